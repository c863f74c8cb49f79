"""What answers hold. These describe the API; the tests hold every answer against them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(extra="forbid")


class RankedLesion(Answer):
    """One lesion on one side."""

    lesion: str
    label: str
    side: str | None
    probability: float
    interval: tuple[float, float] | None


class LesionOnSide(Answer):
    """One of two lesions."""

    lesion: str
    side: str | None


class Pair(Answer):
    """Two lesions together."""

    parts: list[LesionOnSide]
    probability: float


class FamilyShare(Answer):
    """A family with its probability."""

    family: str
    probability: float


class DiscShare(Answer):
    """A disc under a root."""

    level: str
    zone: str
    probability: float


class CauseShare(Answer):
    """A cause under a root."""

    cause: str
    probability: float


class Misfit(Answer):
    """A finding that the leader seldom brings about."""

    finding: str
    side: str | None
    expected: float


class Fit(Answer):
    """Whether the leader explains the picture."""

    explained: bool | None
    surprise: float | None
    misfits: list[Misfit]


class Because(Answer):
    """What one finding weighs for the leader against its rival (log10)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    finding: str
    path: str
    side: str | None
    weight: float
    for_: str = Field(alias="for")
    against: str
    sources: list[str]


class MustAsk(Answer):
    """What must be asked or examined in this presentation."""

    finding: str
    why: str
    how: str


class Change(Answer):
    """What one result would leave."""

    result: str
    chance: float
    lesion: str
    side: str | None
    probability: float


class Enter(Answer):
    """What a result puts into the case: `entry` goes at the end of the list `part`."""

    result: str
    part: str
    entry: dict[str, Any] | str


class NextTest(Answer):
    """What to ask, examine or order next."""

    id: str
    test: str
    side: str | None
    kind: str
    bits: float
    cost_minutes: float
    discomfort: float
    how: str
    why: str
    note: str
    changes: list[Change]


class EnterableTest(NextTest):
    """The same, with what a click enters."""

    enter: list[Enter]


class WouldChange(Answer):
    """The smallest change that would put another lesion first."""

    path: str
    finding: str
    side: str | None
    was: str
    instead: str | None
    lesion: str
    lesion_side: str | None
    probability: float


class RedFlag(Answer):
    """A danger that the findings raise."""

    id: str
    urgency: str
    text: str
    because: list[str]
    sources: list[str]


class ScopeNote(Answer):
    """Why the case lies at the edge of what the model was made for."""

    id: str
    text: str


class Unused(Answer):
    """Something written that did not count."""

    path: str
    text: str
    why: str


class LocalizeAnswer(Answer):
    """The answer of `lasegue localize --json`."""

    id: str
    format: int
    model_version: str
    knowledge_version: str
    prior: str
    scope: list[ScopeNote]
    ranking: list[RankedLesion]
    pairs: list[Pair]
    rest: float
    families: list[FamilyShare]
    roots: dict[str, dict[str, float]]
    discs: list[DiscShare]
    causes: list[CauseShare]
    fit: Fit
    prior_weight: float | None
    joint: float | None
    because: list[Because]
    must_ask: list[MustAsk]
    next_tests: list[NextTest]
    would_change: WouldChange | None
    cannot_separate: str | None
    red_flags: list[RedFlag]
    red_flags_not_asked: list[str]
    unused: list[Unused]
    limits: str


class Interval(Answer):
    """The model's own uncertainty of one probability, 5th to 95th percentile."""

    lesion: str
    side: str | None
    interval: tuple[float, float]


class MoreAnswer(Answer):
    """What takes a moment longer."""

    id: str
    intervals: list[Interval]
    next_tests: list[EnterableTest]
    would_change: WouldChange | None


class SiteShare(Answer):
    """How much of a site is painted."""

    side: str
    site: str
    name: str
    covered: float


class Entry(Answer):
    """A finding for the case."""

    part: str
    entry: dict[str, Any]


class AreaAnswer(Answer):
    """What a painted area is as findings."""

    sites: list[SiteShare]
    findings: list[Entry]


class ValuesAnswer(Answer):
    """A layer as shares by side and site."""

    label: str
    note: str
    values: dict[str, dict[str, float]]


class BranchShare(Answer):
    """A cutaneous branch at a place."""

    id: str
    name: str
    nerve: str
    share: float


class PointAnswer(Answer):
    """What supplies a place on the skin."""

    view: str | None
    side: str | None
    site: str
    name: str
    roots: dict[str, float]
    maps: dict[str, dict[str, float]]
    branches: list[BranchShare]
    sources: list[str]


class RasterView(Answer):
    """The raster of one view."""

    view: str
    label: str
    width: int
    height: int
    planes: int
    left: float
    top: float
    step: float
    data: str


class RasterAnswer(Answer):
    """All rasters."""

    knowledge_version: str
    sites: list[str]
    nothing: int
    views: list[RasterView]


class Found(Answer):
    """One thing that a search found."""

    kind: str
    id: str
    name: str
    matched: str
    text: str | None


class SearchAnswer(Answer):
    """What a search found, the best first."""

    q: str
    found: list[Found]


class Health(Answer):
    """That the server runs, and with what."""

    status: str
    version: str
    model_version: str
    knowledge_version: str
    reader: bool


class CaseError(Answer):
    """One fault of a case in a file."""

    path: str
    word: str
    message: str
    nearest: list[str]


class OpenedCase(Answer):
    """A case of a file; `case` is null where it cannot be read."""

    id: str
    case: dict[str, Any] | None
    errors: list[CaseError]


class OpenAnswer(Answer):
    """The cases of a file."""

    cases: list[OpenedCase]


class CheckAnswer(Answer):
    """A case that can be read."""

    ok: bool
    unused: list[Unused]


class Example(Answer):
    """A published case with its answer."""

    id: str
    title: str
    source: dict[str, Any]
    case: dict[str, Any]
    answer: dict[str, Any]


class ExamplesAnswer(Answer):
    """Published cases to try."""

    examples: list[Example]


class TablesAnswer(Answer):
    """The names of the computed tables."""

    tables: list[str]
