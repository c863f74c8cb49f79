"""The safety net: dangers that the findings raise, what was not asked, and for whom nothing is ranked.

It reads the findings alone, never a ranking, and nothing normal, negative or denied removes or lowers a warning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from lasegue.case.model import Case
from lasegue.errors import KnowledgeError
from lasegue.knowledge import Knowledge, load
from lasegue.knowledge.conditions import Alternative, alternative_faults, answer_faults, condition_faults, parse, read
from lasegue.knowledge.ready import ready, write_ready
from lasegue.knowledge.records import MustAsk, Question, RedFlag
from lasegue.redflags.reading import Hit, Reader
from lasegue.redflags.scope import Banner, ScopeNote, banners
from lasegue.redflags.wording import because

ROOMS: Final = ("redflags",)
"""The room whose sources the rules are read by, beside the knowledge's."""
TIERS: Final = ("emergency", "same_day", "urgent", "routine")
ALWAYS_ASK: Final = ("saddle", "bladder", "bowel", "sexual")
"""Questions that stand among those not asked whatever the complaint is."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A danger that was raised; `because` tells the findings that raised it."""

    id: str
    name: str
    urgency: str
    text: str
    because: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MustAskItem:
    """Something that this presentation must be asked or examined for, why, and how."""

    finding: str
    why: str
    how: str


@dataclass(frozen=True, slots=True)
class Flags:
    """The safety net of one case. An empty `raised` says that nothing was recorded, not that nothing is there."""

    raised: tuple[Flag, ...]
    not_asked: tuple[str, ...]
    must_ask: tuple[MustAskItem, ...]
    scope: tuple[ScopeNote, ...]
    may_rank: bool


@dataclass(frozen=True, slots=True)
class Net:
    """The rules with their conditions read."""

    flags: tuple[tuple[RedFlag, tuple[Alternative, ...]], ...]
    questions: dict[str, tuple[Question, Alternative]]
    presentations: tuple[tuple[MustAsk, tuple[Alternative, ...]], ...]


def net_of(knowledge: Knowledge) -> Net:
    """The rules of the knowledge. Raises KnowledgeError with every condition that is malformed or names something unknown, by rule."""
    faults = [
        *(f for rule in knowledge.red_flags for f in alternative_faults(f"red_flags: {rule.id}", rule.any_of, knowledge)),
        *(f for one in knowledge.questions for f in answer_faults(f"questions: {one.id}", one.answered_by, knowledge)),
        *(f for one in knowledge.must_ask for f in alternative_faults(f"must_ask: {one.id}", one.when, knowledge)),
    ]
    if faults:
        raise KnowledgeError(faults)
    return Net(
        tuple((rule, read(rule.any_of)) for rule in knowledge.red_flags),
        {one.id: (one, tuple(parse(text, answer=True) for text in one.answered_by)) for one in knowledge.questions},
        tuple((one, read(one.when)) for one in knowledge.must_ask),
    )


@cache
def _net() -> Net:
    return ready("net", ROOMS, lambda: net_of(load()))


def prepare() -> None:
    """Keep the rules for later starts; the build hook calls this."""
    write_ready("net", ROOMS, net_of(load()))


def raise_flags(case: Case) -> Flags:
    """The safety net of a case."""
    net = _net()
    reader = Reader(case, load())
    raised = tuple(_raised(net, reader))
    matching = [one for one, when in net.presentations if any(reader.holds(alternative) is not None for alternative in when)]
    open_ = {id_: question for id_, (question, by) in net.questions.items() if not any(reader.answers(one) for one in by)}
    shown = tuple(banners(reader))
    return Flags(
        raised=raised,
        not_asked=tuple(open_[id_].name for id_ in _relevant(net, raised, matching) if id_ in open_),
        must_ask=tuple(_must_ask(matching, open_)),
        scope=tuple(ScopeNote(banner.id, banner.text) for banner in shown),
        may_rank=not any(banner.refuses for banner in shown),
    )


def danger(flag_id: str) -> str:
    """The danger of a flag's id, which is DANGER.TIER."""
    return flag_id.rpartition(".")[0]


def _raised(net: Net, reader: Reader) -> Iterator[Flag]:
    """The flags that fire, of each danger only the highest tier, the most urgent first."""
    highest: dict[str, Flag] = {}
    for rule, any_of in sorted(net.flags, key=lambda one: TIERS.index(one[0].urgency)):
        if danger(rule.id) in highest:
            continue
        met = [hits for alternative in any_of if (hits := reader.holds(alternative)) is not None]
        if met:
            highest[danger(rule.id)] = Flag(rule.id, rule.name, rule.urgency, rule.text, _because(met), rule.sources)
    yield from highest.values()


def _because(met: Iterable[tuple[Hit, ...]]) -> tuple[str, ...]:
    return because((hit.text, hit.side) for hits in met for hit in hits)


def _relevant(net: Net, raised: Iterable[Flag], matching: Iterable[MustAsk]) -> Iterator[str]:
    """The questions that count as not asked while unanswered: always the sacral ones, then those of flags that this presentation,
    or a flag already raised, brings up."""
    fired = {flag.id for flag in raised}
    asked_by_flags = {id_ for rule, _ in net.flags for id_ in rule.ask}
    wanted = {id_ for rule, _ in net.flags if rule.id in fired for id_ in rule.ask}
    wanted |= {id_ for one in matching for id_ in one.ask} & asked_by_flags
    yield from ALWAYS_ASK
    yield from (id_ for id_ in net.questions if id_ in wanted and id_ not in ALWAYS_ASK)


def _must_ask(matching: Iterable[MustAsk], open_: dict[str, Question]) -> Iterator[MustAskItem]:
    """The open questions of the matching presentations, each once with the reason that its first presentation gives."""
    told: set[str] = set()
    for presentation in matching:
        for id_, why in presentation.ask.items():
            if id_ in open_ and id_ not in told:
                told.add(id_)
                yield MustAskItem(open_[id_].name, why, open_[id_].how)


__all__ = ["Banner", "Flag", "Flags", "MustAskItem", "Net", "ScopeNote", "condition_faults", "danger", "net_of", "raise_flags"]
