"""Rules about numbers and what they rest on."""

from collections.abc import Iterator
from typing import Final

from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import Knowledge
from lasegue.knowledge.records import Fact

CHANCES: Final = ("base", "reserve", "upper_motor", "proximal", "absent_when_old", "threshold")
CHANCES_OF_A_RESULT: Final = ("when_weak", "when_strong", "when_lost", "when_kept")
STANDING: Final = {"recall": 0, "secondary": 1, "read": 2}
NEEDED: Final = {"judgement": 0, "secondary": 1, "read": 2}


def rates_are_probabilities(knowledge: Knowledge) -> Iterator[str]:
    """Rates lie between 0 and 1, and the base rate of what is asked is neither."""
    for kind in KINDS:
        for record in getattr(knowledge, kind):
            numbers = {name: getattr(record, name) for name in CHANCES + CHANCES_OF_A_RESULT if hasattr(record, name)}
            numbers |= getattr(record, "by", {})
            for result, rates in getattr(record, "results", {}).items():
                numbers |= {f"{result}: {name}": rate for name, rate in rates.items()}
            for name, number in numbers.items():
                if not 0 <= number <= 1:
                    yield f"{kind}: {record.id}: {name} is {number}"
            if numbers.get("base") in (0, 1):
                yield f"{kind}: {record.id}: a base rate of {numbers['base']} leaves no room for the other answer"


def unread_figures_are_judgement(knowledge: Knowledge) -> Iterator[str]:
    """A record does not pass off a remembered figure as read."""
    for kind, type_ in KINDS.items():
        if not issubclass(type_, Fact):
            continue
        for record in getattr(knowledge, kind):
            cited = [knowledge.figure[id_] for id_ in getattr(record, "figures", ()) if id_ in knowledge.figure]
            if record.basis != "judgement" and cited and not any(figure.read for figure in cited):
                yield f"{kind}: {record.id}: basis is {record.basis}, but {', '.join(figure.id for figure in cited)} was never read"


def basis_has_a_source(knowledge: Knowledge) -> Iterator[str]:
    """What is called read rests on a source that was read, what is called secondary at least on one that was seen elsewhere."""
    for kind, type_ in KINDS.items():
        if not issubclass(type_, Fact):
            continue
        for record in getattr(knowledge, kind):
            best = max((STANDING[knowledge.source[id_].access] for id_ in record.sources if id_ in knowledge.source), default=0)
            if best < NEEDED[record.basis]:
                yield f"{kind}: {record.id}: basis is {record.basis}, but none of its sources was {record.basis}"
