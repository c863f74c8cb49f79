"""What requests hold. Unknown keys are refused."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler

from lasegue.case.shape import CaseFile

Setting = Literal["primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient"]
Map = Literal["foerster", "keegan_garrett", "lee2008", "consensus"]
CaseSide = Literal["left", "right", "bilateral"]
Severity = Literal["irritated", "mild", "moderate", "severe", "complete"]
View = Literal["anterior", "posterior", "lateral", "medial", "dorsum", "sole", "saddle"]
LONGEST_NAME = 200
LONGEST_TEXT = 200_000
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Centimetres = Annotated[float, Field(allow_inf_nan=False, ge=-500, le=500)]


class Request(BaseModel):
    """A request's body or address."""

    model_config = ConfigDict(extra="forbid")


class _AnyCase:
    """A case as it was sent: the API describes it as a case file, and the case reader says what is wrong with it, all at once."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return handler(dict[str, Any])

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(CaseFile.__pydantic_core_schema__)


CaseData = Annotated[dict[str, Any], _AnyCase]


class LocalizeRequest(Request):
    """A case, who walks in (overrides the case's setting) and the dermatome map to believe."""

    case: CaseData
    prior: Setting | None = None
    map: Map | None = None
    lenient: bool = False


class CheckRequest(Request):
    """A case to be read only."""

    case: CaseData
    lenient: bool = False


class OpenRequest(Request):
    """The text of a case file."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


class ReadRequest(Request):
    """A clinical note, and what was entered by hand already."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    case: CaseData | None = None


class SimulateRequest(Request):
    """A lesion by id or name."""

    lesion: Name
    side: CaseSide | None = None
    severity: Severity = "moderate"


class CompareRequest(Request):
    """Two lesions by id or name; `same_picture` takes both to show the loss of function that they have in common."""

    first: Name
    second: Name
    side: CaseSide | None = None
    severity: Severity | None = None
    same_picture: bool = True
    limit: Annotated[int, Field(ge=1, le=1000)] = 40


class Area(Request):
    """A painted part of a view: `runs` of raster pixels (start, length, ...), or a polygon in centimetres."""

    view: View
    runs: Annotated[list[Annotated[int, Field(ge=0, le=1_000_000)]], Field(max_length=20_000)] | None = None
    polygon: Annotated[list[tuple[Centimetres, Centimetres]], Field(min_length=3, max_length=2_000)] | None = None


class AreaRequest(Request):
    """Painted areas and what was found there."""

    areas: Annotated[list[Area], Field(max_length=20)]
    kind: Literal["sensory", "pain"] = "sensory"
    finding: Literal["normal", "reduced", "absent", "paraesthesia", "hyperalgesia"] = "reduced"
    modality: Annotated[list[Literal["light touch", "pin prick", "temperature", "vibration", "position"]], Field(max_length=5)] | None = (
        None
    )
    source: Literal["tested", "reported"] | None = None
    severity: Literal["mild", "moderate", "severe"] | None = None


class PlateQuery(Request):
    """How a plate is drawn. `layer` may stand several times; `side` and `severity` are for layers of a lesion; `legend=false` leaves the
    legend out."""

    layer: Annotated[list[Name], Field(max_length=8)] = []
    theme: Literal["light", "dark", "print"] = "light"
    map: Map = "consensus"
    sides: Literal["left", "right", "left,right", "right,left"] = "left,right"
    region: Literal["foot", "leg", "knee", "thigh", "gluteal"] | None = None
    side: CaseSide | None = None
    severity: Severity = "moderate"
    legend: bool = True
    title: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,30}$|^$")] = ""


class ValuesQuery(Request):
    """Which layer's values are wanted."""

    layer: Name
    map: Map = "consensus"
    side: CaseSide | None = None
    severity: Severity = "moderate"


class PointQuery(Request):
    """A place on the skin: a site's id, or a view with a point in centimetres."""

    site: Name | None = None
    view: View | None = None
    u: Centimetres | None = None
    v: Centimetres | None = None


class ClaimsQuery(Request):
    """Which claims are wanted."""

    topic: Name | None = None
    root: Name | None = None
    verdict: Name | None = None


class SearchQuery(Request):
    """Words to look for."""

    q: Annotated[str, Field(max_length=LONGEST_NAME)]
    limit: Annotated[int, Field(ge=1, le=100)] = 20
