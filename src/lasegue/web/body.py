"""The body: plates, rasters to paint on, what a place is supplied by, and what a painted area says."""

from functools import cache, lru_cache
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from lasegue.atlas import VIEWS, plate, site_at
from lasegue.atlas.body import NOTHING, asset
from lasegue.atlas.painted import coverage, from_runs, meant
from lasegue.atlas.plate import VIEW_NAMES
from lasegue.atlas.raster import raster
from lasegue.errors import InputError
from lasegue.knowledge import KNOWLEDGE_VERSION, load
from lasegue.web import given
from lasegue.web.asked import Area, AreaRequest, PlateQuery, PointQuery, ValuesQuery, View
from lasegue.web.faults import Missing
from lasegue.web.layers import density, named_layers
from lasegue.web.reply import as_bytes, kept, reply

router = APIRouter(prefix="/atlas")
SVG, BINARY = "image/svg+xml", "application/octet-stream"


@lru_cache(maxsize=128)
def _plate(view: str, asked: str) -> bytes:
    query = PlateQuery.model_validate_json(asked)
    layers = tuple(layer for name in query.layer for layer in named_layers(name, query.map, query.side, query.severity))
    drawn = plate(
        view,
        theme=query.theme,
        layers=layers,
        region=query.region if view in ("anterior", "posterior", "lateral", "medial") else None,
        sides=query.sides.split(","),
        title=query.title,
        prefix=query.prefix,
        legend=query.legend,
    )
    return str(drawn).encode()


@router.get("/{view}.svg", response_class=Response, responses={200: {"content": {SVG: {}}}})
def drawn(view: str, query: Annotated[PlateQuery, Query()], request: Request) -> Response:
    """A view, or `all` of them on one sheet, with layers over it."""
    if view not in (*VIEWS, "all"):
        raise Missing(f"There is no view {view[:40]!r}; there are {', '.join(VIEWS)} and all.")
    return kept(request, _plate(view, query.model_dump_json()), SVG)


@cache
def _rasters() -> bytes:
    views = []
    for view in VIEWS:
        r = raster(view)
        planes, height, width = r.ids.shape
        where = {"left": r.left, "top": r.top, "step": r.step, "data": f"api/atlas/raster/{view}.bin"}
        views.append({"view": view, "label": VIEW_NAMES[view], "width": width, "height": height, "planes": planes, **where})
    return as_bytes({"knowledge_version": KNOWLEDGE_VERSION, "sites": list(asset().sites), "nothing": NOTHING, "views": views})


@router.get("/raster", response_model=given.RasterAnswer)
def rasters(request: Request) -> Response:
    """The rasters of all views: their size, where they lie in the view's plane (centimetres), and where their data is."""
    return kept(request, _rasters())


@cache
def _pixels(view: str) -> bytes:
    r = raster(view)
    parts = (r.ids, np.round(r.weights * 255), r.left_side)
    return b"".join(np.ascontiguousarray(part.astype(np.uint8)).tobytes() for part in parts)


@router.get("/raster/{view}.bin", response_class=Response, responses={200: {"content": {BINARY: {}}}})
def pixels(view: View, request: Request) -> Response:
    """Site numbers by plane, then their weights, then which pixels are the patient's left; a byte each, rows from the top."""
    return kept(request, _pixels(view), BINARY)


@router.get("/values", response_model=given.ValuesAnswer)
def values(query: Annotated[ValuesQuery, Query()], request: Request) -> Response:
    """One root, nerve or lesion as shares of each site, to be painted by the page."""
    layer = density(query.layer, query.map, query.side, query.severity)
    sides: dict[str, dict[str, float]] = {"left": {}, "right": {}}
    for (side, site), value in layer.values.items():
        if shown := round(float(value), 4):
            sides[side][site] = shown
    return kept(request, as_bytes({"label": layer.label, "note": layer.note, "values": sides}))


@router.get("/point", response_model=given.PointAnswer)
def point(query: Annotated[PointQuery, Query()], request: Request) -> Response:
    """Roots, maps, branches and nerves of a place on the skin."""
    site, side = query.site, None
    if site is None:
        if query.view is None or query.u is None or query.v is None:
            raise InputError("say either a site, or a view with u and v")
        place = site_at(query.view, query.u, query.v)
        if place is None:
            raise Missing("There is no skin at this point.")
        side, site = place
    if site not in load().skin_site:
        raise Missing(f"There is no site {site[:60]!r}.")
    return kept(request, as_bytes({"view": query.view if side else None, "side": side, **_supply(site)}))


def _supply(name: str) -> dict[str, Any]:
    known = load()
    site = known.skin_site[name]
    branches = [
        {"id": b, "name": known.skin_branch[b].name, "nerve": known.skin_branch[b].nerve, "share": share}
        for b, share in sorted(site.branches.items(), key=lambda one: -one[1])
    ]
    maps = {map_: dict(shares) for map_, shares in site.maps.items() if map_ != "consensus"}
    roots = dict(sorted(site.maps["consensus"].items(), key=lambda one: -one[1]))
    return {"site": name, "name": site.name, "roots": roots, "maps": maps, "branches": branches, "sources": list(site.sources)}


@router.post("/area", response_model=given.AreaAnswer)
def area(asked: AreaRequest) -> Response:
    """Painted areas as findings of a case: one for each side, as one patch is one observation."""
    covered = coverage((one.view, _painted(one)) for one in asked.areas)
    sites = [
        {"side": side, "site": site, "name": load().skin_site[site].name, "covered": round(share, 4)}
        for (side, site), share in sorted(covered.items(), key=lambda one: -one[1])
    ]
    findings = [{"part": asked.kind, "entry": _entry(asked, side, ", ".join(names))} for side, names in meant(covered).items()]
    return reply({"sites": sites, "findings": findings})


def _painted(one: Area) -> Any:
    if (one.runs is None) == (one.polygon is None):
        raise InputError("an area has either runs or a polygon")
    return from_runs(one.view, one.runs) if one.runs is not None else one.polygon


def _entry(asked: AreaRequest, side: str, place: str) -> dict[str, Any]:
    told: dict[str, Any] = {"site": place, "side": side}
    more = {"severity": asked.severity} if asked.kind == "pain" else _sensed(asked)
    return told | {key: value for key, value in more.items() if value is not None}


def _sensed(asked: AreaRequest) -> dict[str, Any]:
    return {"finding": asked.finding, "modality": asked.modality, "source": asked.source}
