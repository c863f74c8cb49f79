"""The surface of the left half for a browser: one little-endian binary, mirrored in the shader for the right half.

Layout: the 8 letters `LASEGUE1`; five unsigned 32-bit numbers (bytes of the header text, vertices, triangles, sites, units to the
centimetre); a JSON header with the site ids; then positions (int16 x 3), normals (int8 x 3), site numbers (uint8 x 4), weights
(uint8 x 4), and triangles (uint16 or uint32 x 3, uint16 when the vertices number at most 65536). A site number equal to the number
of sites is skin of no site.
"""

import json
import struct
from functools import cache

import numpy as np

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


def binary() -> bytes:
    """The surface as one binary; about 1 MB, two thirds of it after compression."""
    a = asset()
    header = json.dumps({"sites": list(a.sites), "side": "left", "axes": ["lateral", "forward", "up"]}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 4)
    kind = "<u2" if len(points()) <= 65536 else "<u4"
    parts = [
        np.round(points() * UNITS).astype("<i2"),
        a.array("mesh.normals").astype("i1"),
        a.array("mesh.sites").T.astype("u1"),
        a.array("mesh.weights").T.astype("u1"),
        faces().astype(kind),
    ]
    numbers = struct.pack("<5I", len(header), len(points()), len(faces()), len(a.sites), UNITS)
    return b"LASEGUE1" + numbers + header + b"".join(np.ascontiguousarray(p).tobytes() for p in parts)
