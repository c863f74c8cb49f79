"""Every lesion has a case of its own: what it does at moderate severity is read back as it, or as its declared confusion.

The ids are frozen: one that is gone must stand among the retired ones, and none may change its meaning.
"""

from pathlib import Path

import pytest

from lasegue.assess import assess
from lasegue.case import read_case
from lasegue.knowledge import load
from lasegue.simulate import expected, expected_dict

FROZEN = Path(__file__).parent / "lesion_ids.txt"
UNSIMULATED = ("unlisted",)
"""It predicts the population, not a picture of its own."""
LESIONS = [lesion.id for lesion in load().lesions if lesion.id not in UNSIMULATED]


def test_ids_are_frozen() -> None:
    known = {lesion.id for lesion in load().lesions} | {entry.id for entry in load().retired}
    assert set(FROZEN.read_text().split()) <= known


def meant(name: str, first: str) -> bool:
    """Whether a first answer is the lesion, or one that it declares to be confused with."""
    declared = (name, *load().lesion[name].confusions)
    return any(first == key or first.startswith(f"{key}.") for key in declared)


@pytest.mark.parametrize("name", LESIONS)
def test_what_a_lesion_does_is_read_back_as_it(name: str) -> None:
    data = expected_dict(expected(name, severity="moderate"))["case"]
    answer = assess(read_case(data))
    assert answer.ranking, name
    assert meant(name, answer.ranking[0].lesion), [(r.lesion, round(r.probability, 3)) for r in answer.ranking[:4]]
