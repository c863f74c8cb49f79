"""The answer to one case, as a value."""

from dataclasses import dataclass
from typing import Any, Final

from lasegue.inference import Disc

FORMAT: Final = 1
LIMITS: Final = (
    "Suggests where a nerve lesion may be, and what else must be excluded. It is not a cleared medical device, "
    "no clinician has reviewed it yet, and it was made for adults without acute injury. "
    "Normal findings rule nothing out. It is no reason to delay emergency care."
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One lesion on one side, with its probability and, where it was worked out, the interval of the model's own uncertainty."""

    lesion: str
    label: str
    side: str | None
    probability: float
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RankedPair:
    """Two lesions together."""

    parts: tuple[tuple[str, str | None], tuple[str, str | None]]
    probability: float


@dataclass(frozen=True, slots=True)
class Because:
    """What one finding weighs for the leader against its rival, in log10 units."""

    finding: str
    path: str
    side: str | None
    weight: float
    for_: str
    against: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A finding that the leader seldom brings about."""

    finding: str
    side: str | None
    expected: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Why a case lies at the edge of what the model was made for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that one case file is answered with. Lists are in the order in which they should be read."""

    id: str
    prior: str
    scope: tuple[Scope, ...]
    ranking: tuple[Ranked, ...]
    pairs: tuple[RankedPair, ...]
    rest: float
    families: tuple[tuple[str, float], ...]
    roots: dict[str, dict[str, float]]
    discs: tuple[Disc, ...]
    causes: tuple[tuple[str, float], ...]
    explained: bool | None
    surprise: float | None
    misfits: tuple[Misfit, ...]
    prior_weight: float | None
    joint: float | None
    because: tuple[Because, ...]
    must_ask: tuple[dict[str, Any], ...]
    next_tests: tuple[dict[str, Any], ...]
    would_change: dict[str, Any] | None
    cannot_separate: str | None
    red_flags: tuple[dict[str, Any], ...]
    red_flags_not_asked: tuple[str, ...]
    unused: tuple[dict[str, str], ...]
    knowledge_version: str
    model_version: str
