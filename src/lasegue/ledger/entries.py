"""Claims with their verdicts, and what the checks say now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, get_args

from lasegue.knowledge.claim import Claim, Conflict, Topic, Verdict
from lasegue.ledger.checking import Outcome, run
from lasegue.ledger.measure import Bench
from lasegue.ledger.probe import Probe
from lasegue.model import Model

VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
TOPICS: Final[tuple[str, ...]] = get_args(Topic)


@dataclass(frozen=True)
class Entry:
    """One claim with the conflicts that name it. Its checks run when they are first asked for, unless the build has `recorded` what they
    measure.
    """

    claim: Claim
    conflicts: tuple[Conflict, ...]
    probe: Probe = field(repr=False, compare=False)
    recorded: tuple[Outcome, ...] | None = field(default=None, repr=False, compare=False)

    @property
    def verdict(self) -> str:
        """The recorded verdict."""
        return self.claim.verdict

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What each check measured."""
        return self.recorded if self.recorded is not None else tuple(run(check, self.probe) for check in self.claim.check)

    @property
    def agrees(self) -> bool:
        """Whether the checks bear the verdict out: all hold in a reproduced claim, not all in a disputed one; the others have none."""
        if not self.claim.check:
            return self.verdict != "reproduced"
        held = all(outcome.holds for outcome in self.outcomes)
        return self.verdict == ("reproduced" if held else "disputed")


@dataclass(frozen=True)
class Ledger:
    """Claims in their order, and all conflicts."""

    entries: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def where(self, topic: str | None = None, root: str | None = None, verdict: str | None = None) -> "Ledger":
        """The entries of a topic, about a root, with a verdict; the conflicts are those that name them."""
        kept = tuple(
            entry
            for entry in self.entries
            if topic in (None, entry.claim.topic) and (root is None or root in entry.claim.roots) and verdict in (None, entry.verdict)
        )
        if len(kept) == len(self.entries):
            return self
        named = {conflict.id for entry in kept for conflict in entry.conflicts}
        return Ledger(kept, tuple(conflict for conflict in self.conflicts if conflict.id in named))

    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return {verdict: sum(entry.verdict == verdict for entry in self.entries) for verdict in VERDICTS}


def conflicts_by_claim(conflicts: Iterable[Conflict]) -> dict[str, tuple[Conflict, ...]]:
    """The conflicts that name each claim."""
    found: dict[str, dict[str, Conflict]] = {}
    for conflict in conflicts:
        for position in conflict.positions:
            for claim in position.claims:
                found.setdefault(claim, {})[conflict.id] = conflict
    return {claim: tuple(named.values()) for claim, named in found.items()}


Recorded = dict[str, tuple[Outcome, ...]]
"""What the checks of each claim measured."""


def build(model_: Model, recorded: Recorded | None = None) -> Ledger:
    """The ledger of a model and the knowledge that it was built from; what is `recorded` of just this model is not measured again."""
    conflicts = model_.knowledge.conflicts
    named = conflicts_by_claim(conflicts)
    probe, known = Probe(Bench(model_)), recorded or {}
    entries = (Entry(claim, named.get(claim.id, ()), probe, known.get(claim.id)) for claim in model_.knowledge.claims)
    return Ledger(tuple(entries), conflicts)
