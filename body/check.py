"""Does the committed body agree with its generator? `python -m body.check` bakes again and compares, within tolerances.

Bytes differ between machines (mathematical libraries, vector units), so the comparison is of places, areas and sites.
"""

import sys
from typing import Any

import numpy as np

from body import bake
from body.views import VIEWS


def faults(kept: dict[str, Any], made: dict[str, Any]) -> list[str]:
    """What differs by more than it may."""
    found = []
    for name in ("sites", "landmarks"):
        if list(kept[name]) != list(made[name]):
            found.append(f"{name}: not the same ids")
    for name in ("landmarks.places", "seeds"):
        away = float(np.abs(kept[name] - made[name]).max())
        if away > 0.05:
            found.append(f"{name}: {away:.3f} cm apart")
    if abs(len(kept["mesh.points"]) - len(made["mesh.points"])) > 0.01 * len(made["mesh.points"]):
        found.append("mesh: another number of vertices")
    for view in VIEWS:
        old, new = kept[f"{view}.ids"], made[f"{view}.ids"]
        same = float((old[0] == new[0]).mean()) if old.shape == new.shape else 0.0
        if same < 0.99:
            found.append(f"{view}: only {same:.1%} of the pixels have the same site")
        counts = [int(a[f"{view}.outline.counts"].sum()) for a in (kept, made)]
        if abs(counts[0] - counts[1]) > 0.1 * counts[1]:
            found.append(f"{view}: the outline has {counts[0]} points, made anew {counts[1]}")
    return found


def main() -> None:
    """Compare, and say what differs."""
    with np.load(bake.OUT) as data:
        found = faults({name: data[name] for name in data.files}, bake.bake())
    sys.stdout.write(
        "\n".join([*found, "the body agrees with its generator" if not found else "the body differs from its generator"]) + "\n"
    )
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
