"""When an answer counts as right: lesion ids against the known answer of a case.

Ids are compared at site level, `nerve.NAME.SITE` as `nerve.NAME`. A known answer that is a family accepts each of its members.
Several known answers are alternatives; a set of roots is meant whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ABSTAIN = "abstain"


def site(lesion: str) -> str:
    """A lesion id brought to site level: its first two parts."""
    return ".".join(lesion.split(".")[:2])


def roots(lesion: str) -> set[str]:
    """The roots that a root lesion names; of any other lesion none."""
    return set(lesion.removeprefix("root.").split("+")) if lesion.startswith("root.") else set()


def under(lesion: str, family: str) -> bool:
    """Whether a lesion is a family or one of its members; a family ends at a dot, never inside a word."""
    return lesion == family or lesion.startswith(family + ".")


@dataclass(frozen=True, slots=True)
class Gold:
    """The known answer of a case at site level: the alternatives, and what is equally defensible."""

    lesions: tuple[str, ...]
    also: tuple[str, ...] = ()
    side: str | None = None

    @property
    def may_abstain(self) -> bool:
        """Whether no confident answer is a right answer."""
        return ABSTAIN in self.also

    def strict(self, lesion: str) -> bool:
        """The answer itself: a set of roots must be the whole set, neither more nor less."""
        return any(roots(lesion) == roots(g) if roots(g) else under(lesion, g) for g in self.lesions)

    def accepts(self, lesion: str) -> bool:
        """The answer, or one that is equally defensible.

        A set of roots is accepted when it shares roots with the accepted ones and holds at most one root too many.
        """
        if self.strict(lesion):
            return True
        answers = self.lesions + self.also
        allowed = set().union(*map(roots, answers))
        mine = roots(lesion)
        if mine:
            return bool(mine & allowed) and len(mine - allowed) <= 1 and len(mine) <= len(allowed) + 1
        return any(not roots(g) and g != ABSTAIN and under(lesion, g) for g in answers)


def gold_of(case: Mapping[str, Any]) -> Gold:
    """The known answer of a case, from its `gold`."""
    gold = case["gold"]

    def at_site(ids: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(site(x) for x in ids or ())

    return Gold(lesions=at_site(gold.get("lesions")), also=at_site(gold.get("also_accept")), side=gold.get("side"))


Parts = frozenset[tuple[str, str | None]]


def entries(answer: Mapping[str, Any]) -> list[tuple[float, Parts]]:
    """Rows and pairs of an answer, each once: its probability, and the (site, side) that it names. An error holds none."""
    groups: list[tuple[float, Sequence[Mapping[str, Any]]]] = [(row["probability"], [row]) for row in answer.get("ranking") or []]
    groups += [(pair["probability"], pair["parts"]) for pair in answer.get("pairs") or []]
    return [(p, frozenset((site(part["lesion"]), part.get("side")) for part in parts)) for p, parts in groups]
