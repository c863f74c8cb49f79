"""Bake the body into the asset that `lasegue.atlas` ships: `python -m body.bake [OUT]`. About a minute."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from body import drawing, field, look, place, shape, surface
from body.shape import Array
from body.views import VIEWS, View

OUT = Path(__file__).parent.parent / "src" / "lasegue" / "atlas" / "body.npz"
SCALE = 100  # stored path units to the centimetre


def _pack(name: str, paths: list[Array], store: dict[str, Any]) -> None:
    """Paths as first differences in hundredths of a centimetre, one array, with the number of points of each."""
    whole = [np.round(p * SCALE).astype(np.int32) for p in paths]
    steps = [np.concatenate([p[:1], np.diff(p, axis=0)]) for p in whole]
    store[f"{name}.counts"] = np.array([len(p) for p in paths], np.uint16)
    store[f"{name}.steps"] = (np.concatenate(steps) if steps else np.zeros((0, 2))).astype(np.int16)


def _both(picture: look.Picture, tone: Array, left_first: bool) -> tuple[look.Picture, Array]:
    """A half picture and its mirror, joined at the midline."""

    def join(a: Array, flip: int | None = None) -> Array:
        m = a[:, ::-1].copy()
        if flip is not None:
            m[..., flip] *= -1
        return np.concatenate([m, a] if left_first else [a, m], axis=1)

    whole = look.Picture(join(picture.hit), join(picture.point, 0), join(picture.normal, 0), join(picture.open), join(picture.edge))
    return whole, join(tone)


RIM = 8  # pixels past the midline that a half's drawing keeps; it is cut at the midline where it is shown


def _half(picture: look.Picture, left_first: bool) -> slice:
    """The columns of the joined picture that hold the drawn half and a rim past the midline."""
    width = picture.hit.shape[1]
    return slice(width - RIM, None) if left_first else slice(0, width + RIM)


def draw(name: str, view: View, body: field.Body, data: dict[str, Any], shaped: dict[str, Any], store: dict[str, Any]) -> None:
    """Silhouette, tones and lines of one view; of a view of both limbs the tones and lines of the left half alone."""
    camera = view.camera
    picture = look.take(body, camera, view.line)
    tone = look.tone(picture, camera, view.light)
    if view.cut:
        _cut(name, view, picture, store)
    left, part, standing = camera.left, slice(None), view.line > 0.06
    if view.paired:
        left, part = -camera.width, _half(picture, name == "anterior")
        picture, tone = _both(picture, tone, name == "anterior")
    frame = (left, camera.bottom + camera.height, view.line)
    _pack(f"{name}.outline", drawing.silhouette(picture, frame), store)
    for k, paths in enumerate(drawing.tones(picture, tone, frame, (0.30, 1.8) if standing else (0.12, 0.7), part)):
        _pack(f"{name}.tone{k}", paths, store)
    kept = look.Picture(*(a[:, part] for a in picture))
    shown = (left + part.indices(picture.hit.shape[1])[0] * view.line, *frame[1:])
    edges = drawing.hidden_edges(kept, np.array(camera.toward, float), shown, 0.30 if standing else 0.22, standing)
    _pack(f"{name}.edges", edges, store)
    creases: dict[str, list[Array]] = {}
    marked = [(heavy, p) for _, heavy, p in place.lines(body, data)] + [(0.4, p) for p in place.nails(body, shaped)]
    for heavy, points in marked:
        for seen in drawing.visible(points, picture, camera, frame):
            creases.setdefault(f"{heavy:.2f}", []).append(seen)
    for heavy_name, parts in creases.items():
        _pack(f"{name}.crease{heavy_name}", parts, store)


def _cut(name: str, view: View, picture: look.Picture, store: dict[str, Any]) -> None:
    """Where the midline plane cuts the body: flat, without skin."""
    toward = np.array(view.camera.toward, float)
    flat = (picture.hit > 0) & (picture.point @ toward < view.camera.near + 0.005)
    frame = (view.camera.left, view.camera.bottom + view.camera.height, view.line)
    paths = drawing.contours(gaussian_filter(flat.astype(float), 3.0), 0.5, frame, 0.05, 0.0)
    _pack(f"{name}.cut", [p for p in paths if len(p) > 12], store)


def lookup(name: str, view: View, body: field.Body, skin: surface.Surface, store: dict[str, Any]) -> None:
    """The view's raster of site ids and weights; 255 marks pixels without skin."""
    camera = view.camera
    picture = look.take(body, camera, view.site)
    seen = picture.hit > 0
    if view.cut:
        seen &= picture.point @ np.array(camera.toward, float) > camera.near + 0.005
    points, normals = picture.point[seen], picture.normal[seen]
    dense = np.zeros((len(skin.points), int(skin.sites.max()) + 1))
    np.put_along_axis(dense, skin.sites, skin.weights, axis=1)
    gap, index = cKDTree(skin.points).query(points, k=6)
    facing = np.einsum("pc,pkc->pk", normals, skin.normals[index]) > 0.2
    share = facing / (gap + 0.05) ** 2 + 1e-9
    mixed = np.einsum("pk,pks->ps", share / share.sum(axis=1, keepdims=True), dense[index])
    mixed = _even(mixed, seen, normals, (0.45 if view.site > 0.2 else 0.10) / view.site)
    order = np.argsort(-mixed, axis=1)[:, : surface.KEPT]
    weight = np.take_along_axis(mixed, order, axis=1)
    weight /= weight.sum(axis=1, keepdims=True)
    ids = np.full((*seen.shape, surface.KEPT), 255, np.uint8)
    amounts = np.zeros((*seen.shape, surface.KEPT), np.uint8)
    ids[seen], amounts[seen] = order, np.round(weight * 255)
    ids[amounts == 0] = 255
    store[f"{name}.ids"], store[f"{name}.weights"] = np.moveaxis(ids, -1, 0).copy(), np.moveaxis(amounts, -1, 0).copy()
    store[f"{name}.frame"] = np.array([camera.left, camera.bottom + camera.height, view.site, float(view.paired)])
    store[f"{name}.camera"] = np.array([camera.right, camera.up, camera.toward], np.float32)
    for kind in ("landmarks.places", "seeds"):
        store[f"{name}.{kind.split('.')[0]}.seen"] = _seen(store[kind], picture, seen, view)


def _even(mixed: Array, seen: Any, normals: Array, sigma: float) -> Array:
    """Weights blurred a little within the picture, so that borders run smoothly; skin that turns away counts less."""
    turn = np.zeros(seen.shape)
    turn[seen] = np.abs(normals).max(axis=1)
    total = gaussian_filter(turn, sigma)
    result = np.empty_like(mixed)
    for k in range(mixed.shape[1]):
        plane = np.zeros(seen.shape)
        plane[seen] = mixed[:, k]
        result[:, k] = (gaussian_filter(plane * turn, sigma) / np.maximum(total, 1e-9))[seen]
    return result


def _seen(places: Array, picture: look.Picture, seen: Any, view: View) -> Any:
    """Which places on the skin the view sees, within a few millimetres of the skin at their pixel."""
    camera = view.camera
    right, up, toward = (np.array(v, float) for v in (camera.right, camera.up, camera.toward))
    rows, cols = seen.shape
    i = np.floor((camera.bottom + camera.height - places @ up) / view.site).astype(int)
    j = np.floor((places @ right - camera.left) / view.site).astype(int)
    inside = (i >= 0) & (j >= 0) & (i < rows) & (j < cols)
    i, j = np.clip(i, 0, rows - 1), np.clip(j, 0, cols - 1)
    return inside & seen[i, j] & (np.abs(picture.point[i, j] @ toward - places @ toward) < 0.5)


def _order(faces: Any) -> Any:
    """Vertices renumbered in order of first use, so that face indices compress well."""
    flat = faces.ravel()
    _, first = np.unique(flat, return_index=True)
    old = flat[np.sort(first)]
    new = np.empty(old.max() + 1, int)
    new[old] = np.arange(len(old))
    return old, new[faces]


def mesh(skin: surface.Surface, store: dict[str, Any]) -> None:
    """The half's triangles, compact: positions in hundredths of a centimetre, normals in 127ths, weights in 255ths."""
    old, faces = _order(skin.faces)
    place_ = np.round(skin.points[old] * SCALE).astype(np.int32)
    store["mesh.points"] = np.diff(place_, axis=0, prepend=0).astype(np.int16)
    store["mesh.normals"] = np.round(skin.normals[old] * 127).astype(np.int8)
    store["mesh.sites"] = skin.sites[old].T.astype(np.uint8).copy()
    store["mesh.weights"] = np.round(skin.weights[old] * 255).T.astype(np.uint8).copy()
    store["mesh.faces"] = np.diff(faces.ravel(), prepend=0).astype(np.int32)


def bake() -> dict[str, Any]:
    """Everything, as named arrays."""
    shaped, data = shape.load(), place.load()
    body = field.build(shaped)
    store: dict[str, Any] = {}
    skin = surface.build(body, data)
    store["sites"] = np.array(list(data["sites"]))
    names = place.landmarks(body, data)
    store["landmarks"] = np.array(list(names))
    store["landmarks.places"] = np.array([names[n] for n in names], np.float32)
    store["seeds"] = np.array([p[0] for p in list(place.seeds(body, data).values())[:-1]], np.float32)
    mesh(skin, store)
    for name, view in VIEWS.items():
        draw(name, view, body, data, shaped, store)
        lookup(name, view, body, skin, store)
    return store


def main() -> None:
    """Write the asset."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **bake())


if __name__ == "__main__":
    main()
