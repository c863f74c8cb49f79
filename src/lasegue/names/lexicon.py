"""The lexicon: one object that understands every name of the knowledge as people write it."""

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from typing import Final

from lasegue.errors import UnknownName
from lasegue.knowledge import load
from lasegue.knowledge.ready import ready, write_ready
from lasegue.knowledge.records import Test
from lasegue.names.facts import Facts
from lasegue.names.history import History
from lasegue.names.located import StudyResult
from lasegue.names.movements import Movements
from lasegue.names.pains import Pains
from lasegue.names.resolved import Reading, Resolved, TestPart
from lasegue.names.signs import Reflexes, Signs
from lasegue.names.sites import Sites
from lasegue.names.sphincters import Sphincters
from lasegue.names.studies import Studies

ROOMS: Final = ("names",)
INDICES: Final = ("sites", "powers", "reflexes", "signs", "studies", "sphincters", "_pains", "_histories")
"""What takes long to build, by the name of its property."""


class Lexicon:
    """Names to ids. A closed kind that is not understood raises UnknownName; free text hands back what it did not use.

    Each kind is indexed when it is first asked for.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        # Names repeat from case to case; what was worked out once is kept.
        self.site = lru_cache(maxsize=8192)(self._site)
        self.movements = lru_cache(maxsize=8192)(self._movements)
        self.movement = lru_cache(maxsize=8192)(self._movement)
        self.reflex = lru_cache(maxsize=2048)(self._reflex)
        self.test = lru_cache(maxsize=8192)(self._test)
        self.pain = lru_cache(maxsize=8192)(self._pain)
        self.history = lru_cache(maxsize=8192)(self._history)

    @classmethod
    def from_knowledge(cls, knowledge: Facts) -> "Lexicon":
        """The lexicon of a knowledge base."""
        return cls(knowledge)

    @cached_property
    def sites(self) -> Sites:
        """Places on the skin."""
        return Sites(self._facts)

    @cached_property
    def powers(self) -> Movements:
        """Movements, muscles and their groups."""
        return Movements(self._facts)

    @cached_property
    def reflexes(self) -> Reflexes:
        """Reflexes."""
        return Reflexes(self._facts)

    @cached_property
    def signs(self) -> Signs:
        """Bedside tests."""
        return Signs(self._facts, self._place)

    @cached_property
    def studies(self) -> Studies:
        """Investigations."""
        return Studies(self._facts)

    @cached_property
    def sphincters(self) -> Sphincters:
        """Words of bladder and bowel."""
        return Sphincters(self._facts)

    @cached_property
    def tests_by_id(self) -> dict[str, Test]:
        """Test records by id."""
        return {test.id: test for test in self._facts.tests}

    def roots_of(self, sites: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
        """The roots of some skin by the consensus of the maps, each with its share."""
        total: dict[str, float] = {}
        for site, weight in sites:
            for root, share in self._maps[site].items():
                total[root] = total.get(root, 0.0) + weight * share
        return list(total.items())

    @cached_property
    def _maps(self) -> dict[str, dict[str, float]]:
        return {site.id: site.maps["consensus"] for site in self._facts.skin_sites}

    @cached_property
    def history_ids(self) -> frozenset[str]:
        """The ids of history items."""
        return frozenset(item.id for item in self._facts.history)

    @cached_property
    def midline_pain(self) -> frozenset[str]:
        """Pain regions that have no side."""
        return frozenset(region.id for region in self._facts.pain_regions if getattr(region, "midline", False))

    @cached_property
    def leg_sites(self) -> tuple[str, ...]:
        """Every place on the skin of one leg that is not in the midline."""
        return tuple(site.id for site in self._facts.skin_sites if not site.midline)

    @cached_property
    def _pains(self) -> Pains:
        return Pains(self._facts, self.sites)

    @cached_property
    def _histories(self) -> History:
        return History(self._facts)

    def _site(self, text: str) -> Resolved:
        """One patch of skin for a wording."""
        return self.sites.resolve(text)

    def _movement(self, text: str) -> Resolved:
        """One target of power for a wording."""
        return self.powers.resolve(text)

    def _movements(self, text: str) -> tuple[Resolved, ...]:
        """Every target of power that a wording lists."""
        return self.powers.members(text)

    def _reflex(self, text: str) -> Resolved:
        """The reflexes of a wording."""
        return self.reflexes.resolve(text)

    def _test(self, text: str) -> tuple[tuple[TestPart, ...], str | None, tuple[str, ...]]:
        """The tests of a wording, the side it names, and the words that were not understood."""
        return self.signs.resolve(text)

    def _pain(self, text: str) -> Resolved:
        """The pain regions of a wording; `leftover` holds the words that were not used."""
        return self._pains.resolve(text)

    def _history(self, text: str) -> Reading:
        """The phrases of a free text of the history."""
        return self._histories.read(text)

    def investigation(
        self, test: str, result: object, *, part: str = "", response: str = "", number: float | None = None
    ) -> tuple[list[StudyResult], str | None, tuple[str, ...]]:
        """The results of one investigation, the side its name carries, and the words left over. Raises UnknownName."""
        identifier, side = self.studies.find(test, part=part, response=response, report=str(result))
        results, left = self.studies.read(identifier, result, number=number, named=test)
        return results, side, left

    def _place(self, text: str) -> tuple[str, ...]:
        """The parts of the body that a wording names: muscles or movements, else reflexes, else places on the skin."""
        for ask in (self.powers.find, self.sites.find, self.reflexes.find):
            try:
                found = ask(text)
            except UnknownName:
                continue
            if isinstance(found, tuple):
                return found
            if found is not None:
                shares = getattr(found, "movements", ()) or getattr(found, "muscles", ()) or getattr(found, "sites", ())
                return tuple(identifier for identifier, _ in shares)
        return ()


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon of the knowledge in the package, with its indices from the build where they are there."""
    lexicon = Lexicon.from_knowledge(load())
    lexicon.__dict__.update(ready("names", ROOMS, dict[str, object], {"lexicon": lexicon}))
    return lexicon


def prepare() -> None:
    """Keep the indices of all names for later starts; the build hook calls this."""
    lexicon = Lexicon.from_knowledge(load())
    write_ready("names", ROOMS, {part: getattr(lexicon, part) for part in INDICES}, {"lexicon": lexicon})
