"""The evaluation: localise every case, score the answers, and set the figures beside those of the baselines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lasegue.evaluate.calibration import Bin, reliability
from lasegue.evaluate.coverage import Coverage, coverage, total
from lasegue.evaluate.figures import Figures, by, figures
from lasegue.evaluate.scoring import Answer, CaseFile, Row, score

Localize = Callable[[CaseFile], Answer]

# The groups of cases that are reported, in this order; rich and moderate evidence together is the main figure.
GROUPS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "rich and moderate": lambda row: row.evidence in ("rich", "moderate"),
    "sparse": lambda row: row.evidence == "sparse",
    "published reports": lambda row: row.source_kind == "report",
}
DIVISIONS: dict[str, Callable[[Row], str | None]] = {
    "class": lambda row: row.klass,
    "evidence": lambda row: row.evidence,
    "source kind": lambda row: row.source_kind,
    "prior": lambda row: row.prior,
}


@dataclass(frozen=True)
class Result:
    """One localiser on one set of cases."""

    name: str
    rows: list[Row]
    groups: dict[str, Figures]


@dataclass(frozen=True)
class Report:
    """The whole evaluation. `settings` has the main figures again with the prior of each setting forced on every case."""

    result: Result
    divisions: dict[str, dict[str, Figures]]
    table: list[Bin]
    understood: dict[str, Coverage]
    baselines: list[Result] = field(default_factory=list)
    settings: dict[str, dict[str, Figures]] = field(default_factory=dict)

    @property
    def missed(self) -> list[Row]:
        """The cases whose first answer was not accepted."""
        return [row for row in self.result.rows if not row.accepted]


def group_figures(rows: Sequence[Row]) -> dict[str, Figures]:
    """Figures of the groups that hold any case."""
    held = {name: [row for row in rows if belongs(row)] for name, belongs in GROUPS.items()}
    return {name: figures(group) for name, group in held.items() if group}


def answers_to(cases: Sequence[CaseFile], localize: Localize, setting: str | None = None) -> dict[str, Answer]:
    """The answers by case id; `setting` overrides the case's own. The localiser sees neither the known answer nor remarks on it."""
    override = {"setting": setting} if setting else {}
    return {case["id"]: localize({k: v for k, v in case.items() if k not in ("gold", "meta")} | override) for case in cases}


def run(name: str, cases: Sequence[CaseFile], localize: Localize) -> Result:
    """Localise and score every case."""
    rows = score(answers_to(cases, localize), cases)
    return Result(name=name, rows=rows, groups=group_figures(rows))


def evaluate(
    cases: Sequence[CaseFile],
    localize: Localize,
    *,
    baselines: Mapping[str, Localize] | None = None,
    settings: Sequence[str] = (),
    name: str = "lasegue",
) -> Report:
    """Evaluate a localiser on cases with a known answer.

    `localize` takes a case as its file has it, without `gold` and `meta`, and gives an answer with the keys of `localize --json`; what it
    cannot answer it gives without a ranking, and that counts as wrong. With `settings`, the cases are answered again under each.
    """
    answers = answers_to(cases, localize)
    rows = score(answers, cases)
    return Report(
        result=Result(name=name, rows=rows, groups=group_figures(rows)),
        divisions={division: by(rows, key) for division, key in DIVISIONS.items()},
        table=reliability([row.confidence for row in rows], [row.strict for row in rows]),
        understood=total(coverage(case, answers[case["id"]]) for case in cases),
        baselines=[run(other, cases, answer) for other, answer in (baselines or {}).items()],
        settings={setting: group_figures(score(answers_to(cases, localize, setting), cases)) for setting in settings},
    )
