"""What the lexicon gives back."""

from collections.abc import Iterable
from dataclasses import dataclass

Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """One wording, understood: what it covers (`ids` with shares that sum to 1) and the side it names, if any.

    `muscles` takes the place of `ids` where a movement was named by a muscle that is no movement of its own. `rest` marks
    "all other …", `vague` "the leg, muscle not specified".
    `label` is the root (or `L5+S1`) or nerve of a wording such as "L5 dermatome". `leftover` are words that
    were not understood beside others that were.
    """

    kind: str
    text: str
    ids: Shares = ()
    side: str | None = None
    muscles: Shares = ()
    rest: bool = False
    label_root: str | None = None
    label_nerve: str | None = None
    leftover: tuple[str, ...] = ()
    vague: bool = False


@dataclass(frozen=True, slots=True)
class TestPart:
    """One test of a wording, the parts of the body it was said of, and a number that stood in the wording."""

    __test__ = False
    test: str
    parts: tuple[str, ...] = ()
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One phrase found in free text: `span` are its places, `level` a root or a disc named beside it."""

    item: str
    negated: bool
    side: str | None
    span: tuple[int, int]
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A free text, read: phrases, duration of the complaint in days, and what was not used, with the reason.

    `background` says that the duration is only that of the back pain or of the last worsening.
    """

    matches: tuple[Match, ...] = ()
    days: float | None = None
    background: bool = False
    leftover: tuple[tuple[str, str], ...] = ()


def evenly(ids: Iterable[str]) -> Shares:
    """Equal shares, each id once, in the order given."""
    unique = tuple(dict.fromkeys(ids))
    return tuple((one, 1.0 / len(unique)) for one in unique)


def scaled(shares: Iterable[tuple[str, float]]) -> Shares:
    """Shares added up by id and brought to the sum 1, the order kept."""
    total: dict[str, float] = {}
    for one, share in shares:
        if share > 0:
            total[one] = total.get(one, 0.0) + share
    whole = sum(total.values())
    return tuple((one, share / whole) for one, share in total.items())
