"""What a reader of one case carries along: the lexicon, the case's side, and everything that went wrong or was not used."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lasegue.case.model import (
    CaseSide,
    HistoryFinding,
    InvestigationFinding,
    NotTested,
    Origin,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    Side,
    SphincterFinding,
    TestFinding,
    Unused,
)
from lasegue.errors import Fault, UnknownName
from lasegue.names import Lexicon, fold, nearest
from lasegue.names.sides import OPPOSITE, SIDE_NAMES, side_word
from lasegue.names.values import read_since

BOTH: tuple[Side, ...] = ("left", "right")


@dataclass
class Found:
    """Observations read so far, by kind."""

    power: list[Power] = field(default_factory=list)
    sense: list[Sense] = field(default_factory=list)
    reflexes: list[ReflexFinding] = field(default_factory=list)
    tests: list[TestFinding] = field(default_factory=list)
    history: list[HistoryFinding] = field(default_factory=list)
    pain: list[PainFinding] = field(default_factory=list)
    sphincter: list[SphincterFinding] = field(default_factory=list)
    investigations: list[InvestigationFinding] = field(default_factory=list)
    not_tested: list[NotTested] = field(default_factory=list)


@dataclass
class Context:
    """One case being read."""

    lexicon: Lexicon
    lenient: bool
    side: CaseSide = None
    found: Found = field(default_factory=Found)
    faults: list[Fault] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)

    def fault(self, path: str, word: str, message: str, close: Iterable[str] = ()) -> None:
        """Something is wrong, leniently read or not."""
        self.faults.append(Fault(path, word, message, tuple(close)))

    def unknown(self, path: str, error: UnknownName) -> None:
        """A name is not understood: a fault, or unused when reading leniently."""
        if self.lenient:
            self.leave(path, error.word, f"not a known {error.kind}")
        else:
            self.fault(path, error.word, str(error), error.nearest)

    def unusable(self, path: str, word: str, message: str, close: Iterable[str] = ()) -> None:
        """A statement cannot be used, by itself or beside another: a fault, or left out and said so when reading leniently."""
        if self.lenient:
            self.leave(path, word, message)
        else:
            self.fault(path, word, message, close)

    def leave(self, path: str, text: str, why: str) -> None:
        """Words that count for nothing."""
        self.unused.append(Unused(path, text, why))

    def leave_all(self, path: str, words: Iterable[str], kind: str) -> None:
        """Words beside others that were understood: unknown names of their own in a closed kind."""
        for word in words:
            self.unknown(path, UnknownName(word, kind))

    def sides(self, entry: dict[str, Any], path: str, named: str | None) -> tuple[Side, ...]:
        """The sides of a finding: its own field, else the side in its name, else the case's side."""
        if "side" in entry:
            field_side = self._field_side(entry["side"], f"{path}.side")
            if named and field_side is not None and named not in field_side and not (named == "bilateral" and len(field_side) > 1):
                self.unusable(f"{path}.side", str(entry["side"]), f"the finding's own words say {named}")
            return field_side if field_side is not None else ()
        side = named or self.side
        return BOTH if side == "bilateral" else (side if side in {"left", "right"} else None,)  # type: ignore[return-value]

    def _field_side(self, value: object, path: str) -> tuple[Side, ...] | None:
        if value is None:
            return (None,)
        word = side_word(str(value))
        if word == "bilateral":
            return BOTH
        if word == "unknown":
            return (None,)
        if word in {"same", "other"}:
            return self._relative(word)
        if word in {"left", "right"}:
            return (word,)  # type: ignore[return-value]
        self.unknown(path, UnknownName(str(value), "side", nearest(fold(str(value)), {name: name for name in SIDE_NAMES}) or SIDE_NAMES))
        return None

    def _relative(self, word: str) -> tuple[Side, ...]:
        if self.side == "bilateral":
            return BOTH
        if self.side is None:
            return (None,)
        return (self.side if word == "same" else OPPOSITE[self.side],)  # type: ignore[return-value]

    def origin(self, entry: dict[str, Any], path: str, text: str) -> Origin:
        """Where an observation stands."""
        return Origin(path, text, str(entry.get("note") or ""), str(entry.get("since") or ""))


def is_past(entry: dict[str, Any]) -> bool:
    """Whether a finding is known to be old: said outright, or long-standing."""
    if entry.get("past") is not None:
        return bool(entry["past"])
    return read_since(str(entry.get("since") or "")) == "long_standing"
