"""What a lesion does: how likely every finding is at one severity, and the case that shows its most likely ones."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lasegue.case import Case
from lasegue.knowledge import KNOWLEDGE_VERSION
from lasegue.model import MODEL_VERSION, Model, model
from lasegue.simulate.bench import SEVERITIES, Bench, row_of
from lasegue.simulate.findings import UNREMARKABLE, Finding, examined, told
from lasegue.simulate.modal import case_data, modal_case
from lasegue.simulate.naming import lesion_of

DEFAULT_SEVERITY: Final = "moderate"
FIELDS: Final = {
    "power": "power",
    "sensation": "sensation",
    "group": "groups",
    "reflex": "reflexes",
    "test": "tests",
    "sphincter": "sphincter",
    "tempo": "tempo",
    "history": "history",
    "pain": "pain",
}
"""Keys of the JSON object by kind of finding, in its order."""
STRAYS: Final = 0.5
"""A finding of the other side is told when something abnormal is likelier than this."""


@dataclass(frozen=True, slots=True)
class Likely:
    """One finding with P(value) for each of its values; `kept` is the mean share of fibres kept, of movements and skin."""

    finding: Finding
    chances: dict[str, float]
    kept: float | None = None

    @property
    def likeliest(self) -> str:
        """The likeliest value."""
        return max(self.chances, key=lambda value: self.chances[value])

    @property
    def abnormal(self) -> float:
        """P(anything but the unremarkable value)."""
        return 1.0 - self.chances.get(UNREMARKABLE.get(self.finding.kind, "no"), 0.0)

    @property
    def ratio(self) -> float:
        """How much likelier the last value is than in people with leg complaints in general; 1 where no rate is known."""
        return self.chances[self.finding.values[-1]] / self.finding.base if self.finding.base else 1.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What a lesion does on its side at one severity; `other` holds what shows on the side that is not named."""

    lesion: str
    label: str
    side: str
    severity: str
    findings: tuple[Likely, ...]
    other: tuple[Likely, ...]
    case: Case

    def of(self, kind: str) -> tuple[Likely, ...]:
        """The findings of one kind, in the order of the knowledge."""
        return tuple(one for one in self.findings if one.finding.kind == kind)

    def one(self, kind: str, name: str) -> Likely:
        """One finding by kind and id."""
        return next(one for one in self.findings if (one.finding.kind, one.finding.id) == (kind, name))


def expected(lesion: str, side: str | None = None, severity: str = DEFAULT_SEVERITY) -> Expected:
    """What a lesion does, summed over its variants and everything that is not known of the person (age 50), at one severity.

    `side` is left, right or bilateral; without it the side is left, or bilateral where the lesion cannot be on one side.
    """
    anatomy = model()
    record = lesion_of(lesion)
    row = row_of(anatomy, record.id, side)
    chosen = anatomy.rows.side[row]
    bench = Bench(anatomy, (row,), severity)
    near = "left" if chosen == "bilateral" else chosen
    far = "right" if near == "left" else "left"
    findings = tuple(_likely(bench, finding, near) for finding in _all(anatomy))
    strays = () if chosen == "bilateral" else tuple(_strays(bench, anatomy, far))
    case = modal_case(anatomy.knowledge, {(one.finding.kind, one.finding.id): one.chances for one in findings}, chosen)
    return Expected(record.id, record.name, chosen, severity, findings, strays, case)


def _all(anatomy: Model) -> tuple[Finding, ...]:
    return (*examined(anatomy.knowledge), *told(anatomy.knowledge))


def _likely(bench: Bench, finding: Finding, side: str) -> Likely:
    chances = bench.chances(finding, side)[:, 0]
    kept = float(bench.kept(finding, side)[0]) if finding.kind in ("power", "sensation", "group") else None
    return Likely(finding, {value: float(p) for value, p in zip(finding.values, chances, strict=True)}, kept)


def _strays(bench: Bench, anatomy: Model, far: str) -> list[Likely]:
    looked = [f for f in examined(anatomy.knowledge) if f.kind in ("power", "sensation", "reflex") and f.sided]
    return [one for one in (_likely(bench, finding, far) for finding in looked) if one.abnormal > STRAYS]


def expected_dict(found: Expected) -> dict[str, Any]:
    """The JSON object of `lasegue simulate LESION --json`."""
    answer: dict[str, Any] = {
        "format": 1,
        "model_version": MODEL_VERSION,
        "knowledge_version": KNOWLEDGE_VERSION,
        "lesion": found.lesion,
        "label": found.label,
        "side": found.side,
        "severity": found.severity,
    }
    for kind, key in FIELDS.items():
        answer[key] = [_entry(one) for one in found.of(kind)]
    answer["other_side"] = [{"kind": one.finding.kind, **_entry(one)} for one in found.other]
    answer["case"] = case_data(found.case)
    return answer


def _entry(one: Likely) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.finding.id, "name": one.finding.name}
    if one.kept is not None:
        entry["kept"] = round(one.kept, 4)
    if one.finding.base is not None:
        entry |= {"base": one.finding.base, "ratio": round(one.ratio, 2)}
    entry["probability"] = {value: round(p, 4) for value, p in one.chances.items()}
    return entry


def mean_grade(one: Likely) -> float:
    """The mean MRC grade of a movement."""
    return float(np.dot([float(value) for value in one.finding.values], list(one.chances.values())))


__all__ = ["DEFAULT_SEVERITY", "SEVERITIES", "Expected", "Likely", "expected", "expected_dict", "mean_grade"]
