"""The claim ledger: every statement of the origin documents, what became of it, and what was measured to say so.

*reproduced*: its checks hold on the model. *disputed*: they do not, or sources say otherwise. *told*: shown as a statement, with its
source. *superseded*: a dated guideline took its place, and both are shown. The verdict is recorded; `Entry.agrees` says whether the
checks, run now, still bear it out.
"""

from functools import cache
from typing import Final

from lasegue.errors import InputError
from lasegue.knowledge.ready import ready, write_ready
from lasegue.ledger.checking import Outcome
from lasegue.ledger.entries import TOPICS, VERDICTS, Entry, Ledger, Recorded, build
from lasegue.ledger.text import as_dict, in_json, in_words
from lasegue.model import model

ROOMS: Final = ("names", "wiring", "model", "case", "inference", "redflags", "ledger")
"""The rooms whose sources the checks run through."""


@cache
def ledger() -> Ledger:
    """The ledger of the knowledge in the package. What its checks measure comes with the build, where that was of just these sources."""
    nothing: Recorded = {}
    return build(model(), ready("claims", ROOMS, lambda: nothing))


def prepare() -> None:
    """Keep what the checks measure for later starts; the build hook calls this."""
    write_ready("claims", ROOMS, {entry.claim.id: entry.outcomes for entry in build(model())})


def claims_command(topic: str | None = None, root: str | None = None, verdict: str | None = None, as_json: bool = False) -> str:
    """What `lasegue claims` prints. Raises InputError for a topic, root or verdict that does not exist."""
    whole = ledger()
    roots = tuple(sorted({name for entry in whole for name in entry.claim.roots}))
    for option, value, known in (("--topic", topic, TOPICS), ("--root", root, roots), ("--verdict", verdict, VERDICTS)):
        if value is not None and value not in known:
            raise InputError(f"{option} {value}: choose one of {', '.join(known)}")
    found = whole.where(topic, root, verdict)
    return in_json(found) if as_json else in_words(found)


__all__ = ["TOPICS", "VERDICTS", "Entry", "Ledger", "Outcome", "as_dict", "build", "claims_command", "ledger"]
