"""The six views that are baked: camera, pixel size, and which part of the body each keeps."""

from typing import NamedTuple

from body.look import Camera


class View(NamedTuple):
    """A baked view: `line` and `site` are the pixel sizes of drawing and lookup, `paired` views hold both halves."""

    camera: Camera
    line: float
    site: float
    paired: bool = False
    light: tuple[float, float, float] = (0.26, 0.36, 0.90)
    cut: bool = False


VIEWS = {
    "anterior": View(Camera((1, 0, 0), (0, 0, 1), (0, -1, 0), 0, -1, 19.2, 108), 0.08, 0.24, paired=True, light=(0.33, 0.36, 0.87)),
    "posterior": View(Camera((-1, 0, 0), (0, 0, 1), (0, 1, 0), -19.2, -1, 19.2, 108), 0.08, 0.24, paired=True, light=(0.36, 0.36, 0.86)),
    "lateral": View(Camera((0, -1, 0), (0, 0, 1), (-1, 0, 0), -19.2, -1, 36, 108, -40, 0), 0.08, 0.24, light=(0.24, 0.36, 0.90)),
    "medial": View(Camera((0, 1, 0), (0, 0, 1), (1, 0, 0), -16.8, -1, 36, 108, 0.01), 0.08, 0.24, light=(-0.24, 0.36, 0.90), cut=True),
    "dorsum": View(Camera((1, 0, 0), (0, -0.8, 0.6), (0, -0.6, -0.8), 2.4, -15, 13.2, 24, -44, 40), 0.05, 0.12, light=(0.36, -0.12, 0.92)),
    "sole": View(Camera((1, 0, 0), (0, 1, 0), (0, 0, 1), 2.4, -9.6, 13.2, 29, -10, 8), 0.05, 0.12, light=(0.30, 0.34, 0.89)),
}
