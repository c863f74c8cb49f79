"""The surface of the left half for a browser: one little-endian binary, mirrored there for the right half.

Layout: the 8 letters `LASEGUE2`; five unsigned 32-bit numbers (bytes of the header text, vertices, triangles, sites, units to the
centimetre); a JSON header with the site ids; then planes, so that they compress well: positions (3 planes of int16, each vertex as
its difference from the one before), normals (3 planes of int8, likewise), site numbers (4 planes of uint8), weights (4 planes of
uint8), and the corners of the triangles in one row (uint16 differences from the corner before, first all low bytes, then all high
ones). Every sum is taken modulo the number's size. A site number equal to the number of sites is skin of no site.
"""

import json
import struct
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lasegue.atlas.body import Floats, Ints, asset

UNITS = 100


@cache
def points() -> Floats:
    """Vertices in centimetres."""
    result: Floats = np.cumsum(asset().array("mesh.points").astype(np.int64), axis=0) / UNITS
    return result


@cache
def faces() -> Ints:
    """Triangles as vertex numbers."""
    result: Ints = np.cumsum(asset().array("mesh.faces").astype(np.int64)).reshape(-1, 3)
    return result


@cache
def normals() -> Floats:
    """Outward directions of the vertices, of length 1 to within rounding."""
    result: Floats = asset().array("mesh.normals").astype(np.int64) / 127
    return result


def binary() -> bytes:
    """The surface as one binary; about 1 MB, 0.4 MB after compression."""
    a = asset()
    header = json.dumps({"sites": list(a.sites), "side": "left", "axes": ["lateral", "forward", "up"]}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 4)
    corners = np.diff(faces().ravel(), prepend=0).astype("<u2")  # 16 bits hold a vertex number: the body has fewer than 65536
    parts: list[NDArray[Any]] = [
        np.diff(np.round(points() * UNITS).T, axis=1, prepend=0).astype("<i2"),
        np.diff(a.array("mesh.normals").astype(np.int64).T, axis=1, prepend=0).astype(np.uint8),
        a.array("mesh.sites").astype(np.uint8),
        a.array("mesh.weights").astype(np.uint8),
        corners.view(np.uint8).reshape(-1, 2).T,
    ]
    numbers = struct.pack("<5I", len(header), len(points()), len(faces()), len(a.sites), UNITS)
    return b"LASEGUE2" + numbers + header + b"".join(np.ascontiguousarray(p).tobytes() for p in parts)
