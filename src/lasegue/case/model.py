"""What was found in one patient, as pure values: every name is resolved, every side is told, nothing is filled in.

One record is one observation on one side. A finding written `bilateral` gives two records that share their `path`.
`side` is `left`, `right`, or None where neither the finding nor the case names one. `past` marks a finding known to be old.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Side: TypeAlias = Literal["left", "right"] | None
CaseSide: TypeAlias = Literal["left", "right", "bilateral"] | None
Shares: TypeAlias = tuple[tuple[str, float], ...]

Setting: TypeAlias = Literal["primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient"]
Onset: TypeAlias = Literal["sudden", "hours", "days", "weeks", "months", "years"]
Course: TypeAlias = Literal["worsening", "stable", "improving", "fluctuating", "episodic"]
Since: TypeAlias = Literal["new", "changed", "long_standing"] | None
Severity: TypeAlias = Literal["mild", "moderate", "severe"] | None

PowerValue: TypeAlias = Literal["graded", "weak", "limited_by_pain", "give_way"]
SenseValue: TypeAlias = Literal["normal", "reduced", "absent", "paraesthesia", "hyperalgesia"]
Modality: TypeAlias = Literal["light_touch", "pin_prick", "temperature", "vibration", "position"]
SenseSource: TypeAlias = Literal["tested", "reported", "unknown"]
ReflexValue: TypeAlias = Literal["normal", "reduced", "absent", "brisk", "upgoing", "mute", "clonus"]
TestValue: TypeAlias = Literal["positive", "negative", "equivocal"]
Zone: TypeAlias = Literal["central", "paracentral", "foraminal", "extraforaminal"] | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the case file a record stands and how it was written."""

    path: str
    text: str
    note: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Power:
    """Strength of one target: shares of `movements`, or of `muscles` where a muscle or a myotome was named.

    `grade` is an MRC grade on the scale 0 to 5 when `value` is `graded` (normal is 5). `rest` marks a statement about
    all other muscles: it covers whatever the case does not name apart. `vague` marks weakness somewhere among the movements.
    """

    origin: Origin
    side: Side
    value: PowerValue
    grade: float | None = None
    movements: Shares = ()
    muscles: Shares = ()
    rest: bool = False
    past: bool = False
    label_root: str | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """Sensation over one patch of skin: shares of sites. `label_root` is the root of a wording such as "L5 dermatome"."""

    origin: Origin
    side: Side
    value: SenseValue
    sites: Shares
    modalities: tuple[Modality, ...] = ()
    source: SenseSource = "unknown"
    label_root: str | None = None
    label_nerve: str | None = None
    rest: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class ReflexFinding:
    """One reflex. A plantar response is `normal` (downgoing), `mute` or `upgoing`."""

    origin: Origin
    side: Side
    reflex: str
    value: ReflexValue
    past: bool = False


@dataclass(frozen=True, slots=True)
class TestFinding:
    """One bedside test or sign; `positive` means abnormal. `parts` names the muscles, movements or sites it was said of."""

    __test__ = False
    origin: Origin
    side: Side
    test: str
    value: TestValue
    number: float | None = None
    parts: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True)
class HistoryFinding:
    """One recognised phrase of the history; `present` is False when it was denied. `level` is a root (L5) or a disc (L4-L5)."""

    origin: Origin
    side: Side
    item: str
    present: bool = True
    level: str | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class PainFinding:
    """Pain as one patch of regions; `present` is False for "no back pain"."""

    origin: Origin
    side: Side
    regions: Shares
    severity: Severity = None
    present: bool = True
    past: bool = False


@dataclass(frozen=True, slots=True)
class SphincterFinding:
    """One finding of bladder, bowel, anal tone, saddle or sexual function."""

    origin: Origin
    item: str
    since: Since = None
    number: float | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class InvestigationFinding:
    """One result of a test beyond the bedside, with whatever it names: muscle, nerve, response, level, zone or a number."""

    origin: Origin
    side: Side
    investigation: str
    result: str
    muscle: str | None = None
    nerve: str | None = None
    response: str | None = None
    level: str | None = None
    zone: Zone = None
    root: str | None = None
    number: float | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Tempo:
    """How the complaint began and went on."""

    onset: Onset | None = None
    course: Course | None = None
    origin: Origin | None = None
    duration_days: float | None = None


@dataclass(frozen=True, slots=True)
class Unused:
    """Words that were read and not understood, or understood and not counted, with the reason."""

    path: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class NotTested:
    """A finding that the file says was not tested; it counts for nothing, but it was not forgotten."""

    origin: Origin
    kind: Literal["power", "sensory", "reflex", "test", "sphincter", "investigation"]
    ids: tuple[str, ...]
    side: Side = None


@dataclass(frozen=True, slots=True)
class Case:
    """One patient. Whatever is not here was not stated."""

    id: str = ""
    age: float | None = None
    sex: Literal["F", "M"] | None = None
    side: CaseSide = None
    setting: Setting | None = None
    tempo: Tempo = Tempo()
    power: tuple[Power, ...] = ()
    sense: tuple[Sense, ...] = ()
    reflexes: tuple[ReflexFinding, ...] = ()
    tests: tuple[TestFinding, ...] = ()
    history: tuple[HistoryFinding, ...] = ()
    pain: tuple[PainFinding, ...] = ()
    sphincter: tuple[SphincterFinding, ...] = ()
    investigations: tuple[InvestigationFinding, ...] = ()
    not_tested: tuple[NotTested, ...] = ()
    unused: tuple[Unused, ...] = ()
    scope: tuple[str, ...] = ()
    text: str = ""
    source: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    gold: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    meta: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
