"""Claims of the origin documents, the checks that test them on the model, and the conflicts between texts.

A check is data: its `kind` names one of a small vocabulary, its other fields say what is measured and how much is asked for.
What a kind means in numbers is worked out in the ledger. `expect: false` asks that the measured thing is not so.
"""

from typing import Any, Literal, TypeAlias

import msgspec

from lasegue.knowledge.records import Fact

Topic = Literal[
    "cause",
    "cutaneous_nerve",
    "dermatome",
    "differential",
    "disc",
    "embryology",
    "exam_technique",
    "governance",
    "investigation",
    "management",
    "myotome",
    "pain",
    "prognosis",
    "redflag",
    "reflex",
    "risk",
    "teaching",
    "test",
    "variation",
]
Verdict = Literal["reproduced", "disputed", "told", "superseded"]


class CheckBase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What every check has: whether the measured thing should be so."""

    expect: bool = True


class Graded(CheckBase, frozen=True, kw_only=True):
    """A check on a share: `rank` asks for a place among the largest, `at_least` and `at_most` bound the share itself."""

    rank: int | None = None
    at_least: float | None = None
    at_most: float | None = None


class MuscleRoot(Graded, frozen=True, kw_only=True, tag="muscle_root"):
    """The share of a muscle's or movement's fibres that come from a root."""

    target: str
    root: str


class SkinRoot(Graded, frozen=True, kw_only=True, tag="skin_root"):
    """The share of the feeling at a site, or over a group of sites, that comes from a root."""

    where: str
    root: str


class ReflexRoot(Graded, frozen=True, kw_only=True, tag="reflex_root"):
    """The share of a reflex's effector fibres that come from a root."""

    reflex: str
    root: str


class RootSet(CheckBase, frozen=True, kw_only=True, tag="root_set"):
    """Exactly these roots carry `at_least` of one or more of the muscles, movements, sites or groups named."""

    of: tuple[str, ...]
    roots: tuple[str, ...]
    at_least: float = 0.1


class NerveSupplies(Graded, frozen=True, kw_only=True, tag="nerve_supplies"):
    """The share of a muscle, movement, site or group that runs in a nerve or its branches."""

    nerve: str
    target: str


class PowerAfter(CheckBase, frozen=True, kw_only=True, tag="power_after"):
    """What the hand feels of a movement or muscle once the lesion is complete: weak below a mean grade of 5."""

    lesion: str
    target: str
    shows: Literal["weak", "normal"]


class SkinAfter(CheckBase, frozen=True, kw_only=True, tag="skin_after"):
    """What is left of feeling once the lesion is complete: numb when a careful examiner more often finds a loss than not."""

    lesion: str
    where: str
    shows: Literal["numb", "normal"]


class ReflexAfter(CheckBase, frozen=True, kw_only=True, tag="reflex_after"):
    """What becomes of a reflex once the lesion is complete: lost when reduced or absent is likelier than normal."""

    lesion: str
    reflex: str
    shows: Literal["lost", "kept"]


class DiscRoot(CheckBase, frozen=True, kw_only=True, tag="disc_root"):
    """Which root a disc of this level reaches in this zone of the canal."""

    level: str
    zone: Literal["paracentral", "foraminal"]
    root: str


class PainIn(CheckBase, frozen=True, kw_only=True, tag="pain_region"):
    """The lesion gives pain in a region at least `times` as often as leg complaints in general."""

    lesion: str
    region: str
    times: float = 1.2


class TestRate(CheckBase, frozen=True, kw_only=True, tag="test_rate"):
    """A test is positive in a lesion at least `times` as often as in leg complaints in general."""

    test: str
    lesion: str
    times: float = 1.2


class Specificity(Graded, frozen=True, kw_only=True, tag="specificity"):
    """How often a test is negative in everyone who has none of the `target` families; `rank` is its place among the tests `among`."""

    test: str
    target: tuple[str, ...]
    among: tuple[str, ...] = ()


class Leads(CheckBase, frozen=True, kw_only=True, tag="leads"):
    """On a tiny case the lesion is the likeliest of all single lesions, or of those of the family `among`."""

    case: dict[str, Any]
    lesion: str
    among: str = ""


class Raises(CheckBase, frozen=True, kw_only=True, tag="raises"):
    """The findings of a tiny case are at least `times` as likely in the lesion as in everyone seen."""

    case: dict[str, Any]
    lesion: str
    times: float = 1.5


class Separates(CheckBase, frozen=True, kw_only=True, tag="separates"):
    """The findings of a tiny case are at least `times` as likely in one lesion as in another."""

    case: dict[str, Any]
    favours: str
    against: str
    times: float = 2.0


class Flagged(CheckBase, frozen=True, kw_only=True, tag="red_flag"):
    """A tiny case raises a red flag of this urgency."""

    case: dict[str, Any]
    urgency: Literal["emergency", "same_day", "urgent", "routine"]


class PriorShare(Graded, frozen=True, kw_only=True, tag="prior_share"):
    """The share of a lesion, or of a family, among all lesions of the family `among` before anything is found."""

    lesion: str
    among: str


class Older(CheckBase, frozen=True, kw_only=True, tag="older"):
    """The lesion is at least `times` as frequent from 65 on as under 50, other things equal."""

    lesion: str
    times: float = 1.5


class CauseKnown(Graded, frozen=True, kw_only=True, tag="cause"):
    """The share of a cause among root lesions."""

    cause: str


class KeyPoint(CheckBase, frozen=True, kw_only=True, tag="key_point"):
    """The sensory key point of a segment lies in this site or group."""

    root: str
    where: str


class RootCounts(Graded, frozen=True, kw_only=True, tag="root_counts"):
    """The share of all limb muscles, or of all skin sites, that have `fewest` to `most` roots of at least `share` each."""

    of: Literal["muscles", "sites"]
    share: float
    fewest: int
    most: int = 11


class RootCutGrade(Graded, frozen=True, kw_only=True, tag="root_cut_grade"):
    """The lowest mean grade that any one root's complete loss leaves in any limb movement."""


class Crosses(Graded, frozen=True, kw_only=True, tag="crosses"):
    """The share of all fibres to limb muscles, or to skin, that cross segments of the wiring with this beginning."""

    of: Literal["muscles", "sites"]
    segment: str


class NameMeans(CheckBase, frozen=True, kw_only=True, tag="name_means"):
    """A name is understood as this bedside test."""

    word: str
    test: str


Check: TypeAlias = (
    MuscleRoot
    | SkinRoot
    | ReflexRoot
    | RootSet
    | NerveSupplies
    | PowerAfter
    | SkinAfter
    | ReflexAfter
    | DiscRoot
    | PainIn
    | TestRate
    | Specificity
    | Leads
    | Raises
    | Separates
    | Flagged
    | PriorShare
    | Older
    | CauseKnown
    | KeyPoint
    | RootCounts
    | RootCutGrade
    | Crosses
    | NameMeans
)


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has read a claim with clinical eyes: nobody while it is a draft."""

    status: Literal["draft", "reviewed"]
    reviewed_by: str | None = None
    date: str | None = None


class Claim(Fact, frozen=True, kw_only=True):
    """One statement of an origin document, in the product's words.

    `sources` are the documents that make it. `answer` is what stands instead of a disputed or superseded claim, or qualifies another,
    and `answer_sources` say so.
    All of `check` must hold for a claim to be reproduced. `place` is where in its document it stands.
    """

    topic: Topic
    text: str
    roots: tuple[str, ...] = ()
    place: str = ""
    check: tuple[Check, ...] = ()
    verdict: Verdict
    answer: str = ""
    answer_sources: tuple[str, ...] = ()
    review: Review


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one holder says: an origin document, with the claims in which it says so, or the studies and standards."""

    holder: str
    says: str
    claims: tuple[str, ...] = ()


class Conflict(Fact, frozen=True, kw_only=True):
    """Texts that disagree, with all positions, what the evidence adds and what Lasegue goes by (`consensus`, held with `confidence`)."""

    title: str
    nature: str
    severity: Literal["safety", "teaching", "granularity"]
    positions: tuple[Position, ...]
    evidence: str
    consensus: str
    rule: str = ""
