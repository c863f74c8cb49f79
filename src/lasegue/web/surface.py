"""The body in three dimensions: its surface, and what layers of the atlas put upon it."""

from functools import cache, lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from lasegue.atlas import Density, Lines, Points, Zones, binary
from lasegue.atlas.layers import Layer
from lasegue.atlas.raster import SIDES, Values
from lasegue.atlas.surface import coloured, curves, spot
from lasegue.web.asked import ValuesQuery
from lasegue.web.given import Answer
from lasegue.web.layers import named_layers
from lasegue.web.reply import as_bytes, kept

router = APIRouter(prefix="/atlas")
BINARY = "application/octet-stream"


class SurfaceZone(Answer):
    """A territory by side and site."""

    name: str
    key: str
    colour: str
    values: dict[str, dict[str, float]]


class SurfacePoint(Answer):
    """A labelled place on the left half: to the side, forward, up, in centimetres."""

    name: str
    text: str
    sides: list[str]
    place: tuple[float, float, float]


class SurfaceLayer(Answer):
    """A layer on the surface; its kind (zones, density, points, lines) says which keys it has."""

    kind: str
    label: str
    note: str
    least: float | None = None
    colour: str | None = None
    levels: list[float] | None = None
    values: dict[str, dict[str, float]] | None = None
    zones: list[SurfaceZone] | None = None
    points: list[SurfacePoint] | None = None
    sides: list[str] | None = None
    lines: list[list[tuple[float, float, float]]] | None = None


class SurfaceAnswer(Answer):
    """What a layer's name puts on the surface."""

    layers: list[SurfaceLayer]


@cache
def _mesh() -> bytes:
    return binary()


@router.get("/mesh", response_class=Response, responses={200: {"content": {BINARY: {}}}})
def mesh(request: Request) -> Response:
    """The surface of the left half in three dimensions."""
    return kept(request, _mesh(), BINARY)


def _values(values: Values) -> dict[str, dict[str, float]]:
    sides: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for (side, site), value in values.items():
        if shown := round(float(value), 4):
            sides[side][site] = shown
    return sides


def _rounded(place: Any) -> list[float]:
    return [round(float(x), 2) for x in place]


def _told(layer: Layer) -> dict[str, Any] | None:
    """One layer as the page needs it; bars and marks are nothing on the skin."""
    head = {"label": layer.label, "note": layer.note}
    if isinstance(layer, Zones):
        found = coloured(layer)
        zones = [{"name": z.name, "key": z.key, "colour": z.colour, "values": _values(z.values)} for z in found.zones]
        return {"kind": "zones", **head, "least": layer.least, "zones": zones}
    if isinstance(layer, Density):
        return {"kind": "density", **head, "colour": layer.colour, "levels": list(layer.levels), "values": _values(layer.values)}
    if isinstance(layer, Points):
        points = [{"name": p.name, "text": p.text, "sides": list(p.sides), "place": _rounded(spot(p.name))} for p in layer.points]
        return {"kind": "points", **head, "colour": layer.colour, "points": points}
    if isinstance(layer, Lines):
        lines = [[_rounded(place) for place in line] for line in curves(layer)]
        return {"kind": "lines", **head, "colour": layer.colour, "sides": list(layer.sides), "lines": lines}
    return None


@lru_cache(maxsize=64)
def _surface(asked: str) -> bytes:
    query = ValuesQuery.model_validate_json(asked)
    found = [_told(layer) for layer in named_layers(query.layer, query.map, query.side, query.severity)]
    return as_bytes({"layers": [one for one in found if one]})


@router.get("/surface", response_model=SurfaceAnswer)
def surface(query: Annotated[ValuesQuery, Query()], request: Request) -> Response:
    """A layer of the atlas for the surface: zones or one quantity by side and site, points and lines in centimetres of the left half."""
    return kept(request, _surface(query.model_dump_json()))
