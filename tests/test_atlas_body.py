"""The committed body is what its generator makes: the same field, the same landmarks, the same seeds, within a tolerance."""

import sys
from pathlib import Path

import numpy as np
import pytest

from lasegue.atlas import mesh
from lasegue.atlas.body import asset

pytest.importorskip("numba")
pytest.importorskip("scipy")
pytest.importorskip("yaml")


@pytest.fixture(scope="module")
def generator():
    root = str(Path(__file__).parents[1])
    sys.path.insert(0, root)
    try:
        from body import field, place, shape
    finally:
        sys.path.remove(root)
    return field, place, shape


def test_the_mesh_lies_on_the_field(generator):
    field, _, shape = generator
    body = field.build(shape.load())
    away = [abs(field.distance(body, *p)) for p in mesh.points()[::37]]
    assert max(away) < 0.05
    assert np.mean(away) < 0.01


def test_landmarks_and_seeds_are_where_the_generator_puts_them(generator):
    field, place, shape = generator
    body, data = field.build(shape.load()), place.load()
    made = place.landmarks(body, data)
    assert list(made) == list(asset().landmarks)
    assert max(float(np.linalg.norm(made[n] - p)) for n, p in asset().landmarks.items()) < 0.05
    seeds = place.seeds(body, data)
    assert max(float(np.linalg.norm(seeds[s][0] - p)) for s, p in asset().seeds.items()) < 0.05
