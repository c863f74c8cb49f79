"""The baked body: outlines, tones, lines and site rasters of every view, landmarks, and the mesh, read once from `body.npz`."""

from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BODY_VIEWS = ("anterior", "posterior", "lateral", "medial", "dorsum", "sole")
TONES = 11
NOTHING = 255
# Views of one limb are baked for the left one; this moves it from the midline so that its mirror fits beside it.
_SHIFT = {"lateral": 20.5, "medial": 18.0}


class Path(NamedTuple):
    """A line in a view's plane, in hundredths of a centimetre, v upwards."""

    points: Ints
    closed: bool


class Raster(NamedTuple):
    """Site ids and weights at every pixel of a view's plane, both sides; the top row first."""

    ids: NDArray[np.uint8]
    weights: Floats
    left_side: Bools
    left: float
    top: float
    step: float

    @property
    def skin(self) -> Bools:
        """Pixels that show skin."""
        mask: Bools = self.ids[0] != NOTHING
        return mask


class Asset:
    """The arrays of `body.npz`, unpacked on demand."""

    def __init__(self) -> None:
        with files("lasegue.atlas").joinpath("body.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as data:
            self._arrays = {name: data[name] for name in data.files}
        self._paths: dict[str, list[Path]] = {}
        self._rasters: dict[str, Raster] = {}

    def array(self, name: str) -> NDArray[np.generic]:
        """One stored array."""
        stored: NDArray[np.generic] = self._arrays[name]
        return stored

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """Ids of the skin sites, in the order of the rasters' numbers; the number after the last is skin of no site."""
        return tuple(str(s) for s in self._arrays["sites"])

    @cached_property
    def landmarks(self) -> dict[str, Floats]:
        """Places of the landmarks on the left half, in centimetres: to the side, forward, up."""
        names, places = self._arrays["landmarks"], self._arrays["landmarks.places"]
        return {str(n): p.astype(float) for n, p in zip(names, places, strict=True)}

    @cached_property
    def seeds(self) -> dict[str, Floats]:
        """The first seed of each site."""
        return {s: p.astype(float) for s, p in zip(self.sites, self._arrays["seeds"], strict=True)}

    def paths(self, name: str) -> list[Path]:
        """The lines stored under a name, such as `anterior.outline`."""
        if name not in self._paths:
            counts, steps = self._arrays[f"{name}.counts"].astype(int), self._arrays[f"{name}.steps"].astype(np.int64)
            shift = round(100 * _SHIFT.get(name.split(".", maxsplit=1)[0], 0.0))
            result = []
            for part in np.split(steps, np.cumsum(counts)[:-1]) if len(counts) else []:
                points = np.cumsum(part, axis=0) + np.array([shift, 0])
                result.append(Path(points, bool((points[0] == points[-1]).all())))
            self._paths[name] = result
        return self._paths[name]

    def creases(self, view: str) -> list[tuple[float, list[Path]]]:
        """Creases and nails of a view by stroke weight."""
        prefix = f"{view}.crease"
        weights = sorted(n[len(prefix) : -len(".counts")] for n in self._arrays if n.startswith(prefix) and n.endswith(".counts"))
        return [(float(w), self.paths(prefix + w)) for w in weights]

    def one_limb(self, view: str) -> bool:
        """Whether the view's drawing holds the left limb alone and is mirrored for the right one."""
        return not bool(self._arrays[f"{view}.frame"][3])

    def raster(self, view: str) -> Raster:
        """The view's plane with both sides: the baked left half and its mirror."""
        if view not in self._rasters:
            self._rasters[view] = self._join(view)
        return self._rasters[view]

    def _join(self, view: str) -> Raster:
        left, top, step, _ = (float(v) for v in self._arrays[f"{view}.frame"])
        left += _SHIFT.get(view, 0.0)
        ids, weights = self._arrays[f"{view}.ids"], self._arrays[f"{view}.weights"]
        width = ids.shape[2]
        on_right = left + width * step / 2 > 0
        gap = 2 * round((left if on_right else -(left + width * step)) / step)
        half = Half(ids, weights)
        parts = (half.mirror, half.blank(gap), half) if on_right else (half, half.blank(gap), half.mirror)
        joined = np.concatenate([p.ids for p in parts], axis=2)
        amount = np.concatenate([p.weights for p in parts], axis=2).astype(float)
        total = np.maximum(amount.sum(axis=0), 1.0)
        side = np.zeros(joined[0].shape, bool)
        side[:, joined.shape[2] // 2 :] = True
        return Raster(joined, amount / total, side if on_right else ~side, -joined.shape[2] * step / 2, top, step)

    def place(self, view: str, name: str, side: str) -> tuple[float, float] | None:
        """Where a view's plane shows a site's seed or a landmark (cm), or None if it is hidden there."""
        kind = "seeds" if name in self.seeds else "landmarks"
        known = self.seeds if kind == "seeds" else self.landmarks
        index = list(known).index(name)
        if not self._arrays[f"{view}.{kind}.seen"][index]:
            return None
        right, up, _ = self._arrays[f"{view}.camera"].astype(float)
        u, v = float(known[name] @ right) + _SHIFT.get(view, 0.0), float(known[name] @ up)
        return (u if side == "left" else -u), v


class Half(NamedTuple):
    """Ids and weights of a half plane."""

    ids: NDArray[np.uint8]
    weights: NDArray[np.uint8]

    @property
    def mirror(self) -> "Half":
        """The other limb."""
        return Half(self.ids[:, :, ::-1], self.weights[:, :, ::-1])

    def blank(self, columns: int) -> "Half":
        """Empty columns between the limbs."""
        shape = (self.ids.shape[0], self.ids.shape[1], max(columns, 0))
        return Half(np.full(shape, NOTHING, np.uint8), np.zeros(shape, np.uint8))


@cache
def asset() -> Asset:
    """The baked body."""
    return Asset()
