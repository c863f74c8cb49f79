"""A quick look at the shape while sculpting: `python -m body.preview OUT.png [step] [view ...]`."""

import sys

import numpy as np
from PIL import Image

from body import field, look, shape
from body.look import Camera

CAMERAS = {
    "anterior": (True, Camera((1, 0, 0), (0, 0, 1), (0, -1, 0), -20, -1, 40, 112)),
    "posterior": (True, Camera((-1, 0, 0), (0, 0, 1), (0, 1, 0), -20, -1, 40, 112)),
    "lateral": (True, Camera((0, -1, 0), (0, 0, 1), (-1, 0, 0), -20, -1, 37, 112)),
    "medial": (True, Camera((0, 1, 0), (0, 0, 1), (1, 0, 0), -17, -1, 37, 112, 0.01)),
    "dorsum": (False, Camera((1, 0, 0), (0, -0.8, 0.6), (0, -0.6, -0.8), 1, -17, 16, 34, -44, 40)),
    "sole": (False, Camera((1, 0, 0), (0, 1, 0), (0, 0, 1), 1, -10, 16, 30, -10, 14)),
    "foot_lateral": (False, Camera((0, -1, 0), (0, 0, 1), (-1, 0, 0), -20, -1, 30, 18)),
    "foot_medial": (False, Camera((0, 1, 0), (0, 0, 1), (1, 0, 0), -10, -1, 30, 18)),
    "foot_front": (False, Camera((1, 0, 0), (0, 0, 1), (0, -1, 0), 1, -1, 16, 18)),
    "foot_oblique": (False, Camera((0.8, -0.6, 0), (-0.36, -0.48, 0.8), (-0.48, -0.64, -0.6), -8, -14, 24, 24)),
    "knee_front": (False, Camera((1, 0, 0), (0, 0, 1), (0, -1, 0), 0, 36, 17, 28)),
    "knee_back": (False, Camera((-1, 0, 0), (0, 0, 1), (0, 1, 0), -17, 24, 17, 40)),
    "knee_lateral": (False, Camera((0, -1, 0), (0, 0, 1), (-1, 0, 0), -10, 36, 20, 28)),
    "knee_medial": (False, Camera((0, 1, 0), (0, 0, 1), (1, 0, 0), -10, 36, 20, 28)),
    "hip": (True, Camera((-1, 0, 0), (0, 0, 1), (0, 1, 0), -20, 72, 40, 40)),
    "hip_front": (True, Camera((1, 0, 0), (0, 0, 1), (0, -1, 0), -20, 72, 40, 40)),
    "heel": (False, Camera((-1, 0, 0), (0, 0, 1), (0, 1, 0), -17, -1, 16, 20)),
    "oblique": (True, Camera((0.8, -0.6, 0), (0, 0, 1), (-0.6, -0.8, 0), -26, -1, 46, 112)),
}


def main() -> None:
    """Render the named views side by side."""
    out, step, names = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    shaped = shape.load()
    tiles = []
    for name in names:
        whole, camera = CAMERAS[name]
        picture = look.take(field.build(shaped, whole), camera, step)
        t = look.tone(picture, camera)
        colour = np.array([150, 96, 80]) + (np.array([252, 226, 204]) - np.array([150, 96, 80])) * np.clip(t, 0, 1)[..., None]
        colour = np.where(picture.hit[..., None] > 0, colour, 255)
        tiles.append(colour)
    rows = max(t.shape[0] for t in tiles)
    tiles = [np.pad(t, ((rows - t.shape[0], 0), (4, 4), (0, 0)), constant_values=255) for t in tiles]
    Image.fromarray(np.concatenate(tiles, 1).astype(np.uint8)).save(out)


if __name__ == "__main__":
    main()
