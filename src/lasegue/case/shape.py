"""The shape of a case file: which keys it may have and of which type. Names are resolved afterwards.

This module loads pydantic; it is imported when a case is read or the schema is asked for, not before.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

SCHEMA_VERSION = "1.0"
_OLDEST = 120


def _text(value: object) -> object:
    """Numbers may stand where text is expected (an id of 7); truth values and containers may not."""
    if isinstance(value, bool | dict | list):
        raise ValueError("should be text")
    return value if isinstance(value, str) or value is None else str(value)


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("should be a number")
    return value


def _words(value: object) -> object:
    """One entry may stand without its list."""
    return [value] if isinstance(value, str) else value


def _line(value: object) -> str:
    """Which of its two shapes an entry of the history has."""
    return "a set" if isinstance(value, dict | HistoryPart) else "a text"


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Value = bool | int | float | str


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Finding(_Part):
    side: Text | None = Field(
        None,
        description="left, right or bilateral; left out it is the case's side; null means unknown",
        examples=["left", "right", "bilateral"],
    )
    note: Text | None = Field(None, description="free text; recognised phrases count")
    past: bool | None = Field(None, description="known to be old")
    since: Text | None = Field(None, examples=["new", "changed", "long-standing"])


class HistoryPart(_Part):
    """A line of the history with what more is known of it; a line alone may stand as text."""

    told: Text = Field(description="the line, as it would stand alone", examples=["back pain", "no diabetes"])
    past: bool | None = Field(None, description="known to be old: over before this complaint began")


class PainPart(_Finding):
    """Where it hurts."""

    site: Text | None = Field(None, description="read by the name grammar", examples=["posterior thigh"])
    region: Text | None = Field(None, description="a synonym of site")
    severity: Value | None = Field(None, description="mild, moderate, severe, or 0 to 10")


class SensoryPart(_Finding):
    """What was found of sensation over one patch of skin."""

    site: Text = Field(examples=["dorsum of foot", "L5 dermatome", "stocking to the knees"])
    modality: Annotated[list[Text] | None, BeforeValidator(_words, list[Text] | Text | None)] = Field(
        None, examples=["light touch", ["pin prick", "light touch"]]
    )
    finding: Text = Field(examples=["normal", "reduced", "absent", "paraesthesia", "hyperalgesia", "not tested"])
    source: Text | None = Field(None, examples=["tested", "reported"])


class PowerPart(_Finding):
    """Strength of a movement."""

    movement: Text = Field(examples=["great toe extension", "all other muscles"])
    grade: Value = Field(description="0 to 5 (MRC), 4+, 4/5, weak, normal, limited by pain, give-way, not tested")


class ReflexPart(_Finding):
    """A reflex."""

    reflex: Text = Field(examples=["ankle", "knee", "plantar"])
    finding: Value = Field(examples=["normal", "reduced", "absent", "brisk", "upgoing", "mute", "clonus", "not tested"])


class TestPart(_Finding):
    """A bedside test or sign."""

    __test__ = False
    test: Text = Field(examples=["SLR", "foot drop"])
    result: Value | None = Field(None, examples=["positive", "negative", "equivocal", "reduced", "absent", "normal", "not tested"])
    angle: Number | None = Field(None, description="degrees")
    value: Number | None = None
    count: Number | None = None


class InvestigationPart(_Finding):
    """A test beyond the bedside; `result` is read by the name grammar."""

    test: Text = Field(examples=["MRI lumbar", "EMG", "NCS"])
    result: Value | None = Field(None, examples=["L4-5 left paracentral protrusion", "denervation", "normal"])
    muscle: Text | None = None
    nerve: Text | None = None
    response: Text | None = Field(None, examples=["SNAP", "CMAP"])
    level: Text | None = Field(None, examples=["L4-5"])
    value: Number | None = None


class SphincterFindingPart(_Part):
    """One sphincter finding with what more is known of it."""

    finding: Text
    since: Text | None = Field(None, examples=["new", "changed", "long-standing"])
    side: Text | None = None
    note: Text | None = None
    past: bool | None = None


Lines = list[Annotated[Annotated[HistoryPart, Tag("a set")] | Annotated[Text, Tag("a text")], Discriminator(_line)]]
History = Annotated[
    Lines | None,
    BeforeValidator(_words, Lines | Text | None),
    Field(
        description="free text, line by line; recognised phrases count, and so does a place that hurts or is numb where no entry tells it"
    ),
]

Sphincters = list[SphincterFindingPart | Text]
OneOrMore = BeforeValidator(lambda value: value if isinstance(value, list) else [value], Sphincters | SphincterFindingPart | Text)
SphincterValue = Annotated[
    Annotated[Sphincters, OneOrMore] | None,
    Field(description="a word, a list of words, or {finding, since}"),
]


class SphincterPart(_Part):
    """Bladder, bowel and what else the sacral roots do."""

    bladder: SphincterValue = None
    bowel: SphincterValue = None
    anal_tone: SphincterValue = None
    saddle_sensation: SphincterValue = None
    sexual_function: SphincterValue = None
    post_void_residual_ml: Number | None = Field(None, ge=0)


class CaseFile(_Part):
    """A case: one patient's findings. What is not stated is not tested; it is never taken as normal."""

    model_config = ConfigDict(extra="forbid", title="Lasegue case file")

    format: int | None = Field(None, description="the version of this format", ge=1, le=1)
    id: Text | None = None
    age: Number | None = Field(None, ge=0, le=_OLDEST, description="years")
    sex: Text | None = Field(None, examples=["F", "M"])
    side: Text | None = Field(None, examples=["left", "right", "bilateral"], description="the symptomatic side")
    onset: Text | None = Field(None, examples=["sudden", "hours", "days", "weeks", "months", "years", "3 weeks"])
    course: Text | None = Field(None, examples=["worsening", "stable", "improving", "fluctuating", "episodic"])
    setting: Text | None = Field(None, examples=["primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient"])
    history: History = None
    pain: list[PainPart] | None = None
    sensory: list[SensoryPart] | None = None
    power: list[PowerPart] | None = None
    reflexes: list[ReflexPart] | None = None
    tests: list[TestPart] | None = None
    sphincter: SphincterPart | None = None
    investigations: list[InvestigationPart] | None = None
    text: Text | None = Field(None, description="free clinical note; read by the note reader when asked to")
    gold: dict[str, Any] | None = Field(None, description="the known answer; ignored by localisation")
    meta: dict[str, Any] | None = Field(None, description="anything of your own; kept, ignored")


PARTS: dict[str, type[_Part]] = {
    "history": HistoryPart,
    "pain": PainPart,
    "sensory": SensoryPart,
    "power": PowerPart,
    "reflexes": ReflexPart,
    "tests": TestPart,
    "investigations": InvestigationPart,
}


def schema() -> dict[str, Any]:
    """The JSON Schema of one case."""
    made = CaseFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "version": SCHEMA_VERSION, **made}
