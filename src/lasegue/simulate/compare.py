"""What separates two lesions: every finding by what it is expected to weigh, with how to look for it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lasegue.knowledge import KNOWLEDGE_VERSION
from lasegue.model import MODEL_VERSION, Model, model
from lasegue.simulate.bench import Bench, lesion_sides, row_of
from lasegue.simulate.findings import EXAMINED, UNREMARKABLE, Finding, examined, joined, told
from lasegue.simulate.naming import lesion_of
from lasegue.wiring import Array

SHARED: Final = 3.0
"""A loss of function is shared when each of the two lesions makes it this much commoner than it is in healthy people."""
HEALTHY: Final = "none"
LOG10_2: Final = float(np.log10(2.0))


@dataclass(frozen=True, slots=True)
class Separator:
    """One finding and P(value) under each of the two lesions.

    `bits` is the mean of the information that it is expected to give for the one and for the other (half the symmetrised
    Kullback-Leibler divergence); `weight` is the same in log10 units, the expected log10 likelihood ratio for the truth.
    """

    finding: Finding
    first: dict[str, float]
    second: dict[str, float]
    bits: float

    @property
    def weight(self) -> float:
        """Expected log10 likelihood ratio in favour of whichever is true."""
        return self.bits * LOG10_2

    @property
    def examined(self) -> bool:
        """Whether it is found by examining; else it is told."""
        return self.finding.kind in EXAMINED

    @property
    def telling(self) -> str:
        """The value whose chance differs most; it speaks for the first lesion where that makes it likelier."""
        return max(self.first, key=lambda value: abs(self.first[value] - self.second[value]))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All findings, the most separating first. `given` is the sign that both lesions are taken to show."""

    first: str
    second: str
    labels: tuple[str, str]
    sides: tuple[str, str]
    severity: str | None
    given: Finding | None
    separators: tuple[Separator, ...]


def divergence(first: Array, second: Array) -> float:
    """Half the symmetrised Kullback-Leibler divergence of two distributions, in bits."""
    return 0.5 * float(((first - second) * np.log2(first / second)).sum())


def compare(first: str, second: str, side: str | None = None, severity: str | None = None, *, same_picture: bool = True) -> Comparison:
    """What separates two lesions on one side, or on both where they meet only there.

    Without `severity` each lesion is as severe as it tends to present. With `same_picture` both are taken to show the loss of
    function that they have most in common ("the same foot drop"), where they have one.
    """
    anatomy = model()
    a, b = lesion_of(first), lesion_of(second)
    common = side or _common_side(anatomy, a.id, b.id)
    rows = (row_of(anatomy, a.id, common), row_of(anatomy, b.id, common))
    sides = (anatomy.rows.side[rows[0]], anatomy.rows.side[rows[1]])
    looked = "right" if "right" in sides else "left"
    bench = Bench(anatomy, rows, severity)
    given = _shared(bench, anatomy, looked) if same_picture else None
    if given:
        bench.suppose(joined(iter([given.case("positive", looked)])))  # type: ignore[arg-type]
    found = [_separator(bench, finding, looked) for finding in (*examined(anatomy.knowledge), *told(anatomy.knowledge)) if finding != given]
    ranked = sorted(found, key=lambda one: (-one.bits, one.finding.kind, one.finding.id))
    return Comparison(a.id, b.id, (a.name, b.name), sides, severity, given, tuple(ranked))


def _common_side(anatomy: Model, first: str, second: str) -> str | None:
    """A side that both lesions can take; None where there is none, and each is then taken on its own."""
    both = [side for side in lesion_sides(anatomy, first) if side in lesion_sides(anatomy, second)]
    return both[0] if both else None


def _separator(bench: Bench, finding: Finding, side: str) -> Separator:
    table = bench.chances(finding, side)
    one, two = ({value: float(p) for value, p in zip(finding.values, table[:, k], strict=True)} for k in (0, 1))
    return Separator(finding, one, two, divergence(table[:, 0], table[:, 1]))


def _shared(bench: Bench, anatomy: Model, side: str) -> Finding | None:
    """The loss of function that stands out most in both lesions, measured by the less telling of the two."""
    functions = {t.id for t in anatomy.knowledge.tests if t.kind == "function" and t.reads and t.sided}
    healthy = Bench(anatomy, (row_of(anatomy, HEALTHY, None),))
    best, most = None, SHARED
    for finding in (f for f in examined(anatomy.knowledge) if f.kind == "test" and f.id in functions):
        often = float((bench.chances(finding, side)[1] / healthy.chances(finding, side)[1]).min())
        if often > most:
            best, most = finding, often
    return best


def compare_dict(found: Comparison) -> dict[str, Any]:
    """The JSON object of `lasegue compare A B --json`."""
    given = found.given and {"kind": found.given.kind, "id": found.given.id, "name": found.given.name, "value": "positive"}
    return {
        "format": 1,
        "model_version": MODEL_VERSION,
        "knowledge_version": KNOWLEDGE_VERSION,
        "lesions": [
            {"lesion": lesion, "label": label, "side": side}
            for lesion, label, side in zip((found.first, found.second), found.labels, found.sides, strict=True)
        ],
        "severity": found.severity,
        "given": given,
        "findings": [_entry(found, one) for one in found.separators],
    }


def _entry(found: Comparison, one: Separator) -> dict[str, Any]:
    telling = one.telling
    return {
        "kind": one.finding.kind,
        "id": one.finding.id,
        "name": one.finding.name,
        "bits": round(one.bits, 4),
        "weight": round(one.weight, 4),
        "probability": [{v: round(p, 4) for v, p in side.items()} for side in (one.first, one.second)],
        "telling": telling,
        "speaks_for": found.first if one.first[telling] > one.second[telling] else found.second,
        "how": one.finding.how,
        "sources": list(one.finding.sources),
    }


def abnormal(one: Separator) -> tuple[float, float]:
    """P(abnormal, or said) under each of the two."""
    plain = UNREMARKABLE.get(one.finding.kind, "no")
    return 1.0 - one.first.get(plain, 0.0), 1.0 - one.second.get(plain, 0.0)
