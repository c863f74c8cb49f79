"""The skin of one half of the body as a mesh, with every site's weight at every vertex."""

from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, diags_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from skimage.measure import marching_cubes

from body import place
from body.field import Body, distance
from body.shape import Array

Ints = NDArray[np.int64]
TOP = 107.5
KEPT = 4


class Surface(NamedTuple):
    """Vertices, triangles, outward normals, and the four strongest sites of each vertex."""

    points: Array
    faces: Ints
    normals: Array
    sites: Ints
    weights: Array


@numba.njit(cache=True)
def _sample(b, xs, ys, zs):
    out = np.empty((xs.size, ys.size, zs.size))
    for i in range(xs.size):
        for j in range(ys.size):
            for k in range(zs.size):
                out[i, j, k] = distance(b, xs[i], ys[j], zs[k])
    return out


def _grid() -> tuple[Array, Array, Array]:
    """Spacing: fine for the toes, coarse for the rest."""
    xs = np.arange(-0.35, 18.8, 0.35)
    ys = np.concatenate([np.arange(-15.5, 9.4, 0.45), np.arange(9.4, 19.4, 0.26)])
    zs = np.concatenate([np.arange(-0.4, 4.0, 0.22), np.arange(4.0, TOP + 0.6, 0.5)])
    return xs, ys, zs


def mesh(b: Body) -> tuple[Array, Ints]:
    """Triangles of the half with x >= 0, cut off above the iliac crest."""
    axes = _grid()
    values = _sample(b, *axes)
    vertices, faces, _, _ = marching_cubes(values, 0.0)
    points = np.stack([np.interp(vertices[:, c], np.arange(axes[c].size), axes[c]) for c in range(3)], axis=1)
    points = place.settle(b, points, 3)
    inside = (points[:, 0] >= -0.02) & (points[:, 2] <= TOP)
    faces = faces[inside[faces].all(axis=1)]
    used = np.unique(faces)
    index = np.full(len(points), -1)
    index[used] = np.arange(len(used))
    return points[used], index[faces].astype(np.int64)


def _graph(points: Array, faces: Ints) -> Any:
    """Edges of the mesh, and across every edge to the opposite corners, so that ways are nearly straight."""
    a, c, d = faces.T
    edges = np.concatenate([np.stack([a, c], 1), np.stack([c, d], 1), np.stack([d, a], 1)])
    opposite = np.concatenate([d, a, c])
    key = np.sort(edges, axis=1)
    order = np.lexsort((key[:, 1], key[:, 0]))
    key, opposite = key[order], opposite[order]
    same = (key[1:] == key[:-1]).all(axis=1)
    across = np.stack([opposite[1:][same], opposite[:-1][same]], 1)
    pairs = np.concatenate([key, across])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    length = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    n = len(points)
    return coo_matrix((length, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr()


def _distances(points: Array, faces: Ints, seeds: dict[str, Array]) -> Array:
    graph, tree = _graph(points, faces), cKDTree(points)
    rows = []
    for places in seeds.values():
        gap, start = tree.query(places)
        rows.append(dijkstra(graph, directed=False, indices=np.atleast_1d(start), min_only=True) + gap.min())
    return np.nan_to_num(np.array(rows).T, posinf=1e3)


def _smooth(points: Array, faces: Ints, dense: Array, spacing: Array, rounds: int = 48) -> Array:
    """Weights averaged over the neighbours, so that borders do not follow the triangles; less where sites lie close, as on the toes."""
    graph = _graph(points, faces)
    near = graph + graph.T
    near.data = 1.0 / near.data
    near = diags_array(1.0 / np.asarray(near.sum(axis=1)).ravel()) @ near
    share = 0.5 * np.clip(spacing / 9.0, 0.08, 1.0)
    for _ in range(rounds):
        dense = (1 - share) * dense + share * (near @ dense)
    return dense


def weights(points: Array, faces: Ints, seeds: dict[str, Array]) -> tuple[Ints, Array]:
    """Each vertex's four strongest sites: a soft minimum of the distances along the skin, as wide as the sites lie apart."""
    d = _distances(points, faces, seeds)
    near = np.sort(d, axis=1)[:, :2].sum(axis=1, keepdims=True)
    logit = -(d**2) / (2 * (0.34 * near) ** 2)
    soft = np.exp(logit - logit.max(axis=1, keepdims=True))
    dense = _smooth(points, faces, soft / soft.sum(axis=1, keepdims=True), near)
    order = np.argsort(-dense, axis=1)[:, :KEPT]
    w = np.take_along_axis(dense, order, axis=1)
    return order.astype(np.int64), w / w.sum(axis=1, keepdims=True)


def build(b: Body, data: dict[str, Any]) -> Surface:
    """The half's mesh with normals and weights."""
    points, faces = mesh(b)
    sites, w = weights(points, faces, place.seeds(b, data))
    return Surface(points, faces, place.normals(b, points, 0.12), sites, w)
