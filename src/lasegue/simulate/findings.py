"""Every finding that a bedside yields, each with the values that exclude one another.

A finding makes the very records that a case file gives, so whatever is computed or drawn from it is read by the same model.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lasegue.case.model import (
    Case,
    HistoryFinding,
    Origin,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    Side,
    SphincterFinding,
    Tempo,
    TestFinding,
)
from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import Fact

GRADES: Final = ("0", "1", "2", "3", "4", "5")
SENSE: Final = ("normal", "reduced", "absent")
REFLEX: Final = ("absent", "reduced", "normal", "brisk")
PLANTAR: Final = ("normal", "mute", "upgoing")
SIGN: Final = ("negative", "positive")
TOLD: Final = ("no", "yes")
ONSET: Final = ("sudden", "hours", "days", "weeks", "months", "years")
COURSE: Final = ("worsening", "stable", "improving", "fluctuating", "episodic")
UNREMARKABLE: Final = {"power": "5", "sensation": "normal", "group": "normal", "reflex": "normal", "test": "negative", "sphincter": "no"}
EXAMINED: Final = ("power", "sensation", "group", "reflex", "test", "sphincter")
"""Kinds of finding that an examination yields; the others are told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its kind, the id of what is examined or asked, how, and the values it can have.

    `base` is how often its last value is found in people with leg complaints, where a rate says so. Without `sided` it belongs to
    the person.
    """

    kind: str
    id: str
    name: str
    values: tuple[str, ...]
    how: str = ""
    sided: bool = True
    base: float | None = None
    sources: tuple[str, ...] = ()
    extra: tuple[Any, ...] = ()

    def case(self, value: str, side: Side, place: str = "") -> dict[str, Any]:
        """What a case holds when this value was found: one field of `Case`; nothing for a value without words of its own."""
        return _MAKERS[self.kind](
            self, value, side if self.sided else None, Origin(place or f"{self.kind}.{self.id}", f"{self.name}: {value}")
        )


def _power(finding: Finding, value: str, side: Side, origin: Origin) -> dict[str, Any]:
    return {"power": (Power(origin, side, "graded", float(value), ((finding.id, 1.0),)),)}


def _sense(finding: Finding, value: str, side: Side, origin: Origin) -> dict[str, Any]:
    sites, root = finding.extra or (((finding.id, 1.0),), None)
    return {"sense": (Sense(origin, side, value, sites, (), "tested", root),)}  # type: ignore[arg-type]


def _reflex(finding: Finding, value: str, side: Side, origin: Origin) -> dict[str, Any]:
    return {"reflexes": (ReflexFinding(origin, side, finding.id, value),)}  # type: ignore[arg-type]


def _test(finding: Finding, value: str, side: Side, origin: Origin) -> dict[str, Any]:
    return {"tests": (TestFinding(origin, side, finding.id, value),)}  # type: ignore[arg-type]


def _sphincter(finding: Finding, value: str, _: Side, origin: Origin) -> dict[str, Any]:
    """The item itself; `extra` names the item that stands for its absence, where there is one."""
    if value == "no":
        return {"sphincter": (SphincterFinding(origin, finding.extra[0]),)} if finding.extra else {}
    return {"sphincter": (SphincterFinding(origin, finding.id),)}


def _history(finding: Finding, value: str, _: Side, origin: Origin) -> dict[str, Any]:
    return {"history": (HistoryFinding(origin, None, finding.id, value == "yes"),)}


def _pain(finding: Finding, value: str, side: Side, origin: Origin) -> dict[str, Any]:
    return {"pain": (PainFinding(origin, side, ((finding.id, 1.0),), None, value == "yes"),)}


def _tempo(finding: Finding, value: str, _: Side, origin: Origin) -> dict[str, Any]:
    return {"tempo": Tempo(**{finding.id: value}, origin=origin)}  # type: ignore[arg-type]


_MAKERS: Final = {
    "power": _power,
    "sensation": _sense,
    "group": _sense,
    "reflex": _reflex,
    "test": _test,
    "sphincter": _sphincter,
    "history": _history,
    "pain": _pain,
    "tempo": _tempo,
}


def _cited(record: Fact) -> tuple[str, ...]:
    return record.sources


def examined(knowledge: Knowledge) -> Iterator[Finding]:
    """All that an examination yields: power, skin sites and groups, reflexes, tests, sphincters."""
    for movement in knowledge.movements:
        yield Finding("power", movement.id, movement.name, GRADES, movement.how, sources=_cited(movement))
    for site in knowledge.skin_sites:
        yield Finding("sensation", site.id, site.name, SENSE, "Compare with the other side: light touch, then pin.", sources=_cited(site))
    for group in knowledge.skin_groups:
        if group.sites:
            shares = tuple((name, share / sum(group.sites.values())) for name, share in group.sites.items())
            extra = (shares, group.root if group.kind == "dermatome" else None)
            yield Finding("group", group.id, group.name, SENSE, sources=_cited(group), extra=extra)
    for reflex in knowledge.reflexes:
        values = PLANTAR if reflex.kind == "plantar" else REFLEX
        yield Finding("reflex", reflex.id, reflex.name, values, reflex.how, sources=_cited(reflex))
    for test in knowledge.tests:
        base = None if test.reads else test.base
        yield Finding("test", test.id, test.name, SIGN, test.how, test.sided, base, _cited(test))
    for item in knowledge.sphincter:
        if item.abnormal:
            yield Finding("sphincter", item.id, item.name, TOLD, sided=False, base=item.base, sources=_cited(item))


def told(knowledge: Knowledge) -> Iterator[Finding]:
    """All that is told: onset, course, history, pain."""
    yield Finding("tempo", "onset", "Onset", ONSET, sided=False, sources=_cited(knowledge.history_item["tempo.sudden"]))
    yield Finding("tempo", "course", "Course", COURSE, sided=False, sources=_cited(knowledge.history_item["course.stable"]))
    for item in knowledge.history:
        if not item.id.startswith(("tempo.", "course.")):
            yield Finding("history", item.id, item.name, TOLD, sided=False, base=item.base, sources=_cited(item))
    for region in knowledge.pain_regions:
        yield Finding("pain", region.id, region.name, TOLD, sided=not region.midline, base=region.base, sources=_cited(region))


def joined(parts: Iterator[dict[str, Any]], **who: Any) -> Case:
    """One case of many single findings."""
    fields: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            if name == "tempo":
                old = fields.get("tempo", Tempo())
                fields["tempo"] = Tempo(value.onset or old.onset, value.course or old.course, value.origin)
            else:
                fields[name] = fields.get(name, ()) + value
    return Case(**who, **fields)
