"""Accuracy, calibration and red flags on a file of simulated patients, as `lasegue simulate --cohort` writes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Final

from lasegue.batch import Options
from lasegue.batch.running import CHUNK, answer_chunks
from lasegue.batch.sources import cases_of
from lasegue.errors import Fault, InputError
from lasegue.evaluate.calibration import Bin, reliability
from lasegue.evaluate.figures import Figures, Interval, by, figures, wilson
from lasegue.evaluate.scoring import Row, score_case
from lasegue.knowledge import load

ENDINGS: Final = (".csv", ".parquet")
SIDES: Final = ("left", "right", "bilateral")
PRESSING: Final = ("emergency", "same_day")
MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Alerts:
    """The safety net: emergencies are patients whose true lesion is one; caught, those with a red flag for today or sooner.

    `others` are all other patients and `alarmed` those of them with such a flag.
    """

    emergencies: int
    caught: int
    others: int
    alarmed: int

    @property
    def capture(self) -> Interval:
        """The share of emergencies caught: its 95 % interval, (0, 1) of none."""
        return wilson(self.caught, self.emergencies)


@dataclass(frozen=True, slots=True)
class CohortReport:
    """The figures of all patients and by family of the true lesion, the reliability table, and the red flags."""

    file: str
    figures: Figures
    families: dict[str, Figures]
    table: list[Bin]
    alerts: Alerts

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return {
            "name": "lasegue",
            "file": self.file,
            "figures": {"all": self.figures.as_dict()},
            "divisions": {"class": {name: one.as_dict() for name, one in self.families.items()}},
            "reliability": [asdict(b) | {"share": b.share} for b in self.table],
            "red_flags": asdict(self.alerts) | {"capture": list(self.alerts.capture)},
        }


def evaluate_cohort(
    source: str,
    *,
    rows: int | None = None,
    setting: str | None = None,
    processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CohortReport:
    """Answer the patients of a cohort file, the first `rows` of them, and score the answers. `setting` overrides the file's own.

    Raises InputError where the file is no cohort, holds nobody, or names a true lesion or side that is none; many faults at once.
    """
    total = _check(source, rows)
    truth: list[dict[str, Any]] = []
    patients = _without_truth(islice(cases_of(Path(source)), rows), truth)
    scored: list[Row] = []
    pressing: list[bool] = []
    for found in chain.from_iterable(answer_chunks(patients, Options(setting), 1 if total <= CHUNK else processes)):
        case = truth[len(scored)]
        family = case["gold"]["lesions"][0].partition(".")[0]
        scored.append(replace(score_case(case, found), klass=family))
        pressing.append(any(flag["urgency"] in PRESSING for flag in found.get("red_flags", ())))
        progress(len(scored), total)
    return CohortReport(
        file=source,
        figures=figures(scored),
        families=by(scored, lambda row: row.klass),
        table=reliability([row.confidence for row in scored], [row.strict for row in scored]),
        alerts=_alerts(truth, pressing),
    )


def _check(source: str, rows: int | None) -> int:
    """How many patients there are to answer. Looked at beforehand, so that no hour goes into a file that is none."""
    path = Path(source)
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"--cohort {source}: a cohort is a {' or '.join(ENDINGS)} file of `lasegue simulate --cohort N --out FILE`")
    faults: list[str] = []
    number = 0
    for number, case in enumerate(islice(cases_of(path), rows), start=1):
        faults += [f"row {number}: {fault}" for fault in _faults(case)]
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise InputError("\n".join([f"--cohort {source} cannot be evaluated:", *faults]))
    if not number:
        raise InputError(f"--cohort {source}: the file holds no patient")
    return number


def _faults(case: Any) -> list[str]:
    if isinstance(case, Fault):
        return [str(case)]
    gold = case.get("gold") or {}
    lesion, side = gold.get("lesions", [None])[0], gold.get("side")
    if lesion is None:
        return ["no true.lesion: it is no cohort of `lasegue simulate`, or the column was taken out"]
    faults = [] if lesion in load().lesion else [f"true.lesion {lesion}: no lesion has this id"]
    return faults if side in (None, *SIDES) else [*faults, f"true.side {side}: choose one of {', '.join(SIDES)}"]


def _without_truth(patients: Iterable[Mapping[str, Any]], truth: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The patients as the localiser may see them; what it may not see goes to `truth`."""
    for number, case in zip(count(), patients):
        truth.append({"id": str(case.get("id") or number), "gold": case["gold"]})
        yield {key: value for key, value in case.items() if key not in ("gold", "meta")}


def _alerts(truth: list[dict[str, Any]], pressing: list[bool]) -> Alerts:
    known = load().lesion
    emergency = [known[case["gold"]["lesions"][0]].action == "emergency" for case in truth]
    caught = sum(e and p for e, p in zip(emergency, pressing, strict=True))
    return Alerts(sum(emergency), caught, len(emergency) - sum(emergency), sum(pressing) - caught)
