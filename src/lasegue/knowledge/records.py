"""The kinds of fact that Lasegue knows, one typed record per kind.

Every record is a `Fact`: it names its sources, says on what basis it stands and how sure we are.
Weights are shares of one target and sum to 1; rates are probabilities; lengths are centimetres from the spinal cord along the nerve.
"""

from typing import Literal

import msgspec

Basis = Literal["read", "secondary", "judgement"]
Confidence = Literal["high", "medium", "low"]
Shares = dict[str, float]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything that stands in a knowledge file under an id."""

    id: str


class Source(Record, frozen=True, kw_only=True):
    """A publication, by authors, title and year; `access` says how much of it was read."""

    cite: str
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    access: Literal["read", "secondary", "recall"] = "recall"
    note: str = ""


class Fact(Record, frozen=True, kw_only=True):
    """A record that makes a claim: `basis` is how it is known, `sources` are ids of `Source`."""

    sources: tuple[str, ...]
    basis: Basis
    confidence: Confidence
    note: str = ""


class Named(Fact, frozen=True, kw_only=True):
    """A fact with a display name and the other names that people write for it."""

    name: str
    names: tuple[str, ...] = ()


class Root(Named, frozen=True, kw_only=True):
    """A spinal nerve root, with the discs that reach it."""

    plexus: str
    disc_paracentral: str | None = None
    disc_foraminal: str | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing met along a nerve, from proximal to distal: exactly one field is set."""

    site: str | None = None
    muscle: str | None = None
    skin: str | None = None
    nerve: str | None = None


class NerveSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place on a nerve where it is hurt; the segment's name in the wiring is `NERVE.ID`."""

    id: str
    label: str
    mechanism: str = ""


class Nerve(Named, frozen=True, kw_only=True):
    """A peripheral nerve. What stands after a site in `course` lies beyond it."""

    plexus: Literal["thoracolumbar", "lumbar", "sacral", "coccygeal", "dorsal_ramus"]
    parent: str | None = None
    course: tuple[Step, ...]
    sites: tuple[NerveSite, ...] = ()


class SkinBranch(Named, frozen=True, kw_only=True):
    """A cutaneous branch. `roots` may run in it; `snap` names the sensory potential that studies it, if any."""

    nerve: str
    roots: tuple[str, ...]
    snap: str | None = None


class Muscle(Named, frozen=True, kw_only=True):
    """A muscle, its nerve and its roots.

    `upper_motor` is how far a pyramidal lesion weakens it, `proximal` how far a myopathy does (0 to 1).
    """

    nerve: str
    roots: Shares
    length_cm: float
    upper_motor: float = 0.5
    proximal: float = 0.5


class Movement(Named, frozen=True, kw_only=True):
    """A movement tested by hand. `reserve` is the share of fibres that can be lost before the hand feels it."""

    muscles: Shares
    reserve: float
    how: str
    usual_screen: bool = False
    in_limb: bool = True


class MovementGroup(Named, frozen=True, kw_only=True):
    """A wording that covers several movements ("distal leg muscles"); `rest` marks "all other muscles", `vague` one that says that
    some of them are meant.
    """

    movements: tuple[str, ...]
    rest: bool = False
    vague: bool = False


class Reflex(Named, frozen=True, kw_only=True):
    """A reflex arc: effector muscles, and as afferents the same muscles' spindles or skin branches.

    `roots` are the shares of the arc, which need not be those of its muscles: a jerk tests fewer roots than the muscle has.
    """

    kind: Literal["tendon", "plantar", "superficial"]
    roots: Shares
    effectors: Shares
    afferent_skin: Shares = {}
    midline: bool = False
    absent_when_old: float = 0.0
    how: str = ""


class SkinSite(Named, frozen=True, kw_only=True):
    """A place on the skin: its cutaneous branches, and its roots as each map has them."""

    region: str
    view: str
    length_cm: float
    branches: Shares
    maps: dict[str, Shares]
    key_point: str | None = None
    midline: bool = False


class SkinGroup(Named, frozen=True, kw_only=True):
    """A wording that covers several sites ("sole", "L5 dermatome", "stocking to the knees"): one observation on their weighted mean."""

    kind: Literal["region", "dermatome", "territory", "stocking", "saddle"]
    sites: Shares
    root: str | None = None
    nerve: str | None = None


class Rated(Named, frozen=True, kw_only=True):
    """Something asked or seen. `base` is its rate in people with leg complaints in general; `by` its rate under lesions.

    A key of `by` is a lesion id or a prefix of ids that ends at a dot; the longest that fits counts. A set of roots takes
    the largest of its members' rates unless it has a key of its own.
    """

    base: float
    by: dict[str, float] = {}


class HistoryItem(Rated, frozen=True, kw_only=True):
    """A phrase of the history. Items of one `story` are one observation.

    `covered_by` names the findings that tell the same better: `power`, `weak:MOVEMENT`, `sensory`, `pain:REGION`, `sphincter:PART`;
    where they stand, the phrase counts for nothing. `necessary` marks what a lesion cannot be without: no block wears off that nobody gave.
    `after` are the rates instead of `by` in people who come from where `after_in` says: from an operation, from a delivery.
    """

    story: str = ""
    necessary: bool = False
    after: Shares = {}
    after_in: tuple[str, ...] = ("postoperative",)
    figures: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()


class PainRegion(Rated, frozen=True, kw_only=True):
    """A region where pain is felt; `deep` marks what bone and muscle refer as well as roots, `midline` what has no side."""

    deep: bool = False
    midline: bool = False


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a number beside a test is read: positive when below or above a bound."""

    quantity: Literal["angle", "value", "count"]
    unit: str
    positive: Literal["below", "above"]
    bound: float


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bound of a study's number in some units: beyond `abnormal` is abnormal, within `normal` normal, between the two neither."""

    abnormal: float
    normal: float
    positive: Literal["below", "above"]
    named: str = ""
    units: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Test(Named, frozen=True, kw_only=True):
    """A bedside test or sign. Either `reads` wiring targets (movement or muscle ids with shares) or it has rates.

    `when_weak` and `when_strong` are P(positive) at nothing kept and at all kept of what it reads. `explained_by` names items of
    the history that bring the sign about under any lesion: beside one of them a positive test counts for nothing.
    """

    how: str
    kind: Literal[
        "tension", "function", "gait", "wasting", "tinel", "upper_motor", "functional", "joint", "vascular", "tender", "autonomic", "other"
    ]
    reads: Shares = {}
    threshold: float = 0.6
    when_weak: float = 0.9
    when_strong: float = 0.05
    base: float = 0.05
    by: dict[str, float] = {}
    sided: bool = True
    normal_means: Literal["negative", "positive"] = "negative"
    measure: Measure | None = None
    minutes: float = 1.0
    discomfort: float = 0.0
    figures: tuple[str, ...] = ()
    population: str = ""
    explained_by: tuple[str, ...] = ()


class Investigation(Named, frozen=True, kw_only=True):
    """A test beyond the bedside. `results` maps a result to its rates (base and by lesion)."""

    kind: Literal["imaging", "nerve_conduction", "needle_emg", "blood", "bladder", "vascular", "fluid"]
    how: str = ""
    results: dict[str, Shares] = {}
    measure: Measure | None = None
    scales: tuple[Scale, ...] = ()
    minutes: float = 20.0
    discomfort: float = 0.3
    figures: tuple[str, ...] = ()


class SphincterItem(Rated, frozen=True, kw_only=True):
    """A finding of bladder, bowel, anal tone, saddle or sexual function that a word or a number of the case file states."""

    part: Literal["bladder", "bowel", "anal_tone", "saddle_sensation", "sexual_function"]
    abnormal: bool
    when_lost: float
    when_kept: float


class RedFlag(Fact, frozen=True, kw_only=True):
    """A danger that the findings themselves raise. `any_of` lists alternatives, each a list of conditions that must all hold."""

    name: str
    urgency: Literal["emergency", "same_day", "urgent", "routine"]
    text: str
    any_of: tuple[tuple[str, ...], ...]
    ask: tuple[str, ...] = ()


class Question(Fact, frozen=True, kw_only=True):
    """Something that must be asked or examined.

    `answered_by` are conditions without a value (the language is in red_flags.yaml): any finding of one answers it.
    """

    name: str
    how: str
    answered_by: tuple[str, ...]


class MustAsk(Fact, frozen=True, kw_only=True):
    """What must be asked for one presentation: `when` is read like `any_of` of a red flag, `ask` maps a question to its reason."""

    presentation: str
    when: tuple[tuple[str, ...], ...]
    ask: dict[str, str]
