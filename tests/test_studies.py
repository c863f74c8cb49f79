"""Reports as people write them: roots beside discs, nerves, muscles in one sentence, and what they weigh."""

from typing import Any

import pytest

from lasegue import localize
from lasegue.case import Case, read_case
from lasegue.names.levels import find_discs, named_roots, split_roots


def reported(test: str, result: str) -> Case:
    return read_case({"side": "left", "investigations": [{"test": test, "result": result}]})


@pytest.mark.parametrize(
    ("text", "discs", "roots"),
    [
        ("L4/5 disc on the left L5 nerve root", ("L4-L5",), ("L5",)),
        ("enhancing L4 and L5 roots", (), ("L4", "L5")),
        ("roots of L3 and L4", (), ("L3", "L4")),
        ("disc at L4-5 and L5-S1", ("L4-L5", "L5-S1"), ()),
        ("the first right sacral foramen", (), ("S1",)),
        ("fifth lumbar nerve root", (), ("L5",)),
        ("denervation in L2-L4 myotomes", (), ("L2", "L3", "L4")),
    ],
)
def test_roots_are_told_from_discs(text: str, discs: tuple[str, ...], roots: tuple[str, ...]) -> None:
    assert (find_discs(text), named_roots(text)) == (discs, roots)
    assert set(roots) <= set(split_roots(text)[0])


@pytest.mark.parametrize(
    ("test", "result", "found"),
    [
        (
            "MRI lumbar",
            "disc L4-5 compressing the left L5 root",
            {("disc_at_level", "L4-L5", "L5"), ("compression_at_level", "L4-L5", "L5")},
        ),
        ("MRI lumbar", "L4-5 bulge touching both L5 roots", {("disc_at_level", "L4-L5", "L5"), ("contact_at_level", "L4-L5", "L5")}),
        ("MRI", "Tarlov cyst S2", {("perineural_cyst", None, "S2")}),
        ("CT lumbar", "left L5 pedicle screw breaches the medial wall", {("hardware", None, "L5")}),
        ("CT", "right L5 transverse process articulating with the sacral ala", {("far_out_stenosis", None, "L5")}),
        ("PET", "uptake along the L3 and L4 roots", {("nerve_uptake", None, "L3+L4")}),
        ("EMG", "L5 radiculopathy", {("radiculopathy", None, "L5")}),
    ],
)
def test_a_scan_names_its_roots(test: str, result: str, found: set[tuple[Any, ...]]) -> None:
    assert {(one.result, one.level, one.root) for one in reported(test, result).investigations} == found


@pytest.mark.parametrize(
    ("result", "found"),
    [
        (
            "neurogenic changes in tibialis anterior and gluteus medius",
            {("tibialis_anterior", "denervation"), ("gluteus_medius", "denervation")},
        ),
        ("fibrillations in vastus medialis; adductor longus normal", {("vastus_medialis", "denervation"), ("adductor_longus", "normal")}),
        (
            "tibialis anterior and tibialis posterior denervated",
            {("tibialis_anterior", "denervation"), ("tibialis_posterior", "denervation")},
        ),
        ("denervation", {(None, "denervation")}),
        ("denervation, myokymic discharges", {(None, "denervation"), (None, "myokymia")}),
    ],
)
def test_a_needle_report_tells_of_each_muscle(result: str, found: set[tuple[str | None, str]]) -> None:
    assert {(one.muscle, one.result) for one in reported("EMG", result).investigations} == found


def test_paraspinals_in_a_needle_report_are_a_study_of_their_own() -> None:
    found = reported("EMG", "denervation in tibialis anterior, paraspinals normal").investigations
    assert {(one.investigation, one.result) for one in found} == {("needle_emg", "denervation"), ("emg_paraspinal", "normal")}


def probabilities(investigation: dict[str, str], *, power: str) -> dict[str, float]:
    answer = localize({"side": "left", "power": [{"movement": power, "grade": "weak"}], "investigations": [investigation]})
    found: dict[str, float] = {}
    for row in answer["ranking"]:
        found[row["lesion"]] = found.get(row["lesion"], 0.0) + row["probability"]
    return found


def test_a_conclusion_speaks_for_the_nerve_that_it_names() -> None:
    femoral = probabilities({"test": "EMG", "result": "severe femoral neuropathy"}, power="knee extension")
    sciatic = probabilities({"test": "EMG", "result": "axonal sciatic neuropathy"}, power="knee extension")
    of_femoral = [lesion for lesion in femoral if lesion.startswith("nerve.femoral")]
    assert sum(femoral[lesion] for lesion in of_femoral) > 3 * sum(sciatic.get(lesion, 0.0) for lesion in of_femoral)


def test_a_mass_at_a_root_speaks_for_that_root() -> None:
    named = probabilities({"test": "MRI", "result": "schwannoma of the L4 root"}, power="knee extension")
    other = probabilities({"test": "MRI", "result": "schwannoma of the S1 root"}, power="knee extension")
    assert named["root.L4"] > 3 * other["root.L4"]


def test_contact_weighs_less_than_compression() -> None:
    touching = probabilities({"test": "MRI lumbar", "result": "L4-5 bulge touching the left L5 root"}, power="great toe extension")
    pressing = probabilities({"test": "MRI lumbar", "result": "L4-5 bulge compressing the left L5 root"}, power="great toe extension")
    assert pressing["root.L5"] > touching["root.L5"]
