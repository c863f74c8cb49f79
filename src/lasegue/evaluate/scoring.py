"""Scoring: answers against cases with a known answer, one `Row` for each case.

    strict      the first site is the answer
    accepted    strict, or equally defensible; where abstaining is right, a first answer below 0.4 is accepted
    top3        an accepted site stands among the first three
    p_gold      probability given to all strict answers together; p_accepted, to all accepted ones
    confidence  probability of the first site

The probabilities of one site are added up before sites are ranked. A pair counts for each of its parts, once. A case without
an answer counts as wrong with certainty.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lasegue.evaluate.matching import Gold, Parts, entries, gold_of

ABSTAINS_BELOW = 0.4

Answer = Mapping[str, Any]
CaseFile = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """How one case was answered."""

    id: str
    klass: str
    evidence: str | None
    source_kind: str | None
    prior: str | None
    first: str
    confidence: float
    strict: bool
    accepted: bool
    top3: bool
    p_gold: float
    p_accepted: float
    side: bool | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """An answer at site level: sites in order, their mass, and on which side it lies."""

    entries: list[tuple[float, Parts]]
    mass: dict[str, float]
    sides: dict[str, dict[str | None, float]]
    order: list[str]

    def share(self, right: Callable[[str], bool]) -> float:
        """Probability of all rows and pairs that name a right site."""
        return min(1.0, sum(p for p, parts in self.entries if any(right(lesion) for lesion, _ in parts)))

    def side_of(self, lesion: str) -> str | None:
        """The likelier side of a site."""
        sides = self.sides[lesion]
        return max(sides, key=lambda side: sides[side])


def rank(answer: Answer) -> Ranking:
    """Bring an answer to site level; sites of equal mass stand in the order of their ids."""
    rows = entries(answer)
    mass: dict[str, float] = defaultdict(float)
    sides: dict[str, dict[str | None, float]] = defaultdict(lambda: defaultdict(float))
    for p, parts in rows:
        for lesion in {lesion for lesion, _ in parts}:
            mass[lesion] += p
        for lesion, side in sorted(parts, key=str):  # so that a tie of two sides falls the same way in every run
            sides[lesion][side] += p
    return Ranking(entries=rows, mass=mass, sides=sides, order=sorted(mass, key=lambda lesion: (-mass[lesion], lesion)))


def score_case(case: CaseFile, answer: Answer) -> Row:
    """Score one answer against the known answer of its case."""
    gold, ranking = gold_of(case), rank(answer)
    answered = bool(ranking.order)
    first = ranking.order[0] if answered else ""
    confidence = min(1.0, ranking.mass[first]) if answered else 1.0
    abstained = answered and gold.may_abstain and confidence < ABSTAINS_BELOW
    p_accepted = ranking.share(gold.accepts)
    meta = case.get("meta") or {}
    return Row(
        id=case["id"],
        klass=case["id"].rsplit("-", 1)[0],
        evidence=meta.get("evidence"),
        source_kind=meta.get("source_kind"),
        prior=answer.get("prior"),
        first=first,
        confidence=confidence,
        strict=answered and gold.strict(first),
        accepted=answered and (gold.accepts(first) or abstained),
        top3=any(gold.accepts(lesion) for lesion in ranking.order[:3]) or abstained,
        p_gold=ranking.share(gold.strict),
        p_accepted=max(p_accepted, 1 - confidence) if abstained else p_accepted,
        side=_right_side(gold, ranking, first),
        answered=answered,
    )


def _right_side(gold: Gold, ranking: Ranking, first: str) -> bool | None:
    return ranking.side_of(first) == gold.side if gold.side and first else None


def score(answers: Mapping[str, Answer], cases: Iterable[CaseFile]) -> list[Row]:
    """Score the answers by case id; a case whose id has no answer counts as wrong."""
    return [score_case(case, answers.get(case["id"], {})) for case in cases]
