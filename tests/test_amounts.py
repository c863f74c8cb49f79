"""Numbers within a report count as the words that they stand for, and a mass in a foramen for the root that leaves there."""

from typing import Any

import pytest

from lasegue.assess import brief
from lasegue.case import Case, read_case


def studied(test: str, result: str, **more: Any) -> list[tuple[str, str]]:
    case = read_case({"side": "left", "investigations": [{"test": test, "result": result, **more}]}, lenient=True)
    return [(one.investigation, one.result) for one in case.investigations]


@pytest.mark.parametrize(
    ("report", "results"),
    [
        ("protein 0.92 g/L", ["high_protein_few_cells"]),
        ("protein 1.6 g/L, 1 cell", ["high_protein_few_cells"]),
        ("protein 160 mg/dl", ["high_protein_few_cells"]),
        ("protein 0.3 g/l, 2 white cells", ["normal"]),
        ("protein 0.9 g/l, 120 cells", ["cells"]),
    ],
)
def test_spinal_fluid(report: str, results: list[str]) -> None:
    assert studied("CSF", report) == [("csf", result) for result in results]


@pytest.mark.parametrize(
    ("report", "results"),
    [
        ("26 m/s with temporal dispersion", [("ncs", "demyelinating")]),
        ("24 m/s", [("ncs", "demyelinating")]),
        ("46 m/s", [("ncs_peroneal_motor", "normal")]),
        ("24 m/s across the fibular head", [("ncs_peroneal_motor", "slow_across_fibular_head")]),
    ],
)
def test_conduction_velocity(report: str, results: list[tuple[str, str]]) -> None:
    assert studied("NCS", report, nerve="common peroneal") == results


def test_a_mass_in_a_foramen_speaks_for_its_root() -> None:
    assert studied("MRI lumbar", "enhancing mass filling the left L2-3 foramen") == [("mri_lumbar", "foraminal_mass")]
    assert studied("MRI lumbar", "mass in the pelvis") == [("mri_lumbar", "mass")]
    base = {"side": "left", "power": [{"movement": "hip flexion", "grade": 4}]}
    with_mass = read_case({**base, "investigations": [{"test": "MRI lumbar", "result": "mass in the left L2-3 foramen"}]})
    of = lambda case: next(row.probability for row in brief(case).ranking if (row.lesion, row.side) == ("root.L2", "left"))  # noqa: E731
    assert of(with_mass) > 2 * of(read_case(base))


@pytest.mark.parametrize("reflex", ["biceps", "triceps", "arm reflexes", "left supinator jerk"])
@pytest.mark.parametrize(("finding", "sign"), [("absent", "generalised_areflexia"), ("brisk", "upper_limb_reflexes_brisk")])
def test_reflexes_of_the_arm(reflex: str, finding: str, sign: str) -> None:
    case: Case = read_case({"reflexes": [{"reflex": reflex, "finding": finding}]})
    assert {(test.test, test.value) for test in case.tests} == {(sign, "positive")}


def test_blood_is_read_part_by_part() -> None:
    assert studied("blood", "CK 8000, ESR 50") == [("ck", "raised"), ("crp_esr", "raised")]
    assert studied("bloods", "B12 normal, lactate 2.6") == [("b12", "normal")]
    assert studied("INR", "4.9") == [("coagulation", "abnormal")]


@pytest.mark.parametrize(("told", "grade"), [("4 minus", 3.75), ("4 plus", 4.5), ("5 minus/5", 4.75)])
def test_grades_with_a_sign_in_words(told: str, grade: float) -> None:
    assert read_case({"side": "left", "power": [{"movement": "EHL", "grade": told}]}).power[0].grade == grade
