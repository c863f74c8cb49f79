"""What a case holds already, what it says could not be done, and what may not be suggested in it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lasegue.case.model import Case
from lasegue.knowledge import Knowledge
from lasegue.model.observe import symptomatic_side
from lasegue.model.story import there
from lasegue.suggest.candidates import INTIMATE, Candidate

SACRAL: Final = frozenset({"saddle_numbness", "bladder_change", "bowel_change", "sexual_change"})
NAMED: Final = 0.25
"""A finding speaks of a movement, a muscle or a patch of skin that has this share of it."""
CHIEF: Final = 0.5
"""A muscle with this share of a movement has been tested with it."""
AT_ITS_SITE: Final = 0.3
"""A Tinel sign is looked for where it is found in this share of a lesion that is still in play."""


class Standing:
    """The case's side of the question."""

    def __init__(self, case: Case, knowledge: Knowledge, alive: frozenset[str]) -> None:
        self.case = case
        self.knowledge = knowledge
        self.alive = alive
        self.side = symptomatic_side(case)
        self.sacral = self._sacral()
        self.held = frozenset(self._held())
        self.there = there(case)
        self.stories = frozenset(knowledge.history_item[f.item].story for f in case.history if f.present) - {""}
        self.powers, self.senses = bool(case.power), bool(case.sense)

    def open(self, candidate: Candidate) -> bool:
        """Whether a candidate may be suggested."""
        if candidate.subject in INTIMATE and not self.sacral:
            return False
        if not self.held.isdisjoint(self.marks(candidate)):
            return False
        if candidate.form == "history":
            return self._asked_for(candidate)
        if candidate.form == "test" and self.knowledge.test[candidate.subject].kind == "tinel":
            return self._at_a_site(candidate.subject)
        return True

    def _asked_for(self, candidate: Candidate) -> bool:
        item = self.knowledge.history_item[candidate.subject]
        if item.id in SACRAL and self.case.sphincter:
            return False
        return item.story not in self.stories and self.there.isdisjoint(item.covered_by)

    def _at_a_site(self, name: str) -> bool:
        keys = [key for key, rate in self.knowledge.test[name].by.items() if rate >= AT_ITS_SITE]
        return any(lesion == key or lesion.startswith(f"{key}.") for key in keys for lesion in self.alive)

    def marks(self, candidate: Candidate) -> frozenset[str]:
        """What a candidate would tell; a test that reads muscles tells the same as the movement it reads most of."""
        return _marks(self.knowledge, candidate.form, candidate.subject)

    def _held(self) -> Iterator[str]:
        """Marks of everything that the case states, found or normal, and of what it says was not done."""
        case, mine = self.case, (None, self.side)
        for power in (p for p in case.power if p.side in mine):
            yield from (f"power:{name}" for name in self._movements(dict(power.movements), dict(power.muscles), power.rest))
        for sense in (s for s in case.sense if s.side in mine):
            names = [site.id for site in self.knowledge.skin_sites if sense.rest and not sense.sites]
            yield from (f"sense:{name}" for name in (*names, *(site for site, _ in sense.sites)))
        yield from (f"reflex:{r.reflex}" for r in case.reflexes if r.side in mine)
        for test in (t for t in case.tests if t.side in mine):
            yield f"test:{test.test}"
            yield from _chief(self.knowledge, test.test)
        yield from (f"history:{h.item}" for h in case.history)
        for study in (i for i in case.investigations if i.side in mine):
            yield f"result:{study.investigation}"
            if study.muscle:
                yield f"needle:{study.muscle}"
        yield from self._not_done()

    def _not_done(self) -> Iterator[str]:
        forms = {"sensory": "sense", "investigation": "result"}
        for one in self.case.not_tested:
            if one.side in (None, self.side):
                yield from (f"{forms.get(one.kind, one.kind)}:{name}" for name in one.ids)

    def _movements(self, movements: dict[str, float], muscles: dict[str, float], rest: bool) -> Iterator[str]:
        yield from movements
        for movement in self.knowledge.movements:
            led = {name for name, share in movement.muscles.items() if share >= CHIEF}
            if (rest and movement.usual_screen) or led & {name for name, share in muscles.items() if share >= NAMED}:
                yield movement.id

    def _sacral(self) -> bool:
        """Whether a sacral symptom or sign was recorded: before that nothing intimate is suggested."""
        known = self.knowledge
        return (
            any(known.sphincter_item[f.item].abnormal for f in self.case.sphincter)
            or any(f.item in SACRAL and f.present for f in self.case.history)
            or any(s.value != "normal" and any(known.skin_site[name].midline for name, _ in s.sites) for s in self.case.sense)
        )


@lru_cache(maxsize=1024)
def _marks(knowledge: Knowledge, form: str, subject: str) -> frozenset[str]:
    name = {"potential": "result", "saddle": "sense"}.get(form, form)
    return frozenset([f"{name}:{subject}", *(_chief(knowledge, subject) if form == "test" else ())])


def _chief(knowledge: Knowledge, test: str) -> Iterator[str]:
    reads = knowledge.test[test].reads
    if reads:
        yield f"power:{max(reads, key=lambda name: reads[name])}"
