"""Which study an entry means, of which nerve, muscle and side, and what its report says."""

from typing import Any

import pytest

from lasegue.case import read_case


def entered(test: str, result: str, **more: str) -> list[Any]:
    case = read_case({"side": "left", "investigations": [{"test": test, "result": result, **more}]}, lenient=True)
    return list(case.investigations)


@pytest.mark.parametrize(
    ("nerve", "response", "result", "found"),
    [
        ("SPN", "SNAP", "normal", [("snap_superficial_peroneal", "left", "normal")]),
        ("SPN", "SNAP", "absent", [("snap_superficial_peroneal", "left", "reduced")]),
        ("peroneal", "SNAP", "absent", [("snap_superficial_peroneal", "left", "reduced")]),
        ("peroneal", "CMAP", "absent", [("ncs_peroneal_motor", "left", "low_amplitude")]),
        ("deep peroneal", "SNAP", "absent", [("snap_deep_peroneal", "left", "reduced")]),
        ("tibial", "H reflex", "absent", [("h_reflex", "left", "absent")]),
        ("tibial", "H reflex", "normal", [("h_reflex", "left", "normal")]),
        ("tibial", "F wave", "prolonged", [("f_waves", "left", "abnormal")]),
        ("tibial", "F wave", "normal", [("f_waves", "left", "normal")]),
        ("femoral", "SNAP", "absent", [("snap_saphenous", "left", "reduced")]),
        ("right sural", "SNAP", "absent", [("snap_sural", "right", "reduced")]),
        ("sural", "SNAP", "bilaterally absent", [("snap_sural", "left", "reduced"), ("snap_sural", "right", "reduced")]),
        ("sural", "SNAP", "absent on left, normal on right", [("snap_sural", "left", "reduced"), ("snap_sural", "right", "normal")]),
        ("sural", "SNAP", "2 uV", [("snap_sural", "left", "reduced")]),
        ("sural", "SNAP", "12 uV", [("snap_sural", "left", "normal")]),
        ("sural", "SNAP", "8 uV", []),
        ("peroneal", "CMAP", "0.3 mV (right 4.5)", [("ncs_peroneal_motor", "left", "low_amplitude")]),
        ("pudendal", "terminal latency", "prolonged", [("ncs", "left", "mononeuropathy")]),
        ("pudendal", "terminal latency", "normal", []),
        ("median", "SNAP", "normal", []),
        ("sural", "SNAP", "not normal", []),
        ("sural", "SNAP", "not reduced", [("snap_sural", "left", "normal")]),
    ],
)
def test_the_response_decides_the_study(nerve: str, response: str, result: str, found: list[tuple[str, str, str]]) -> None:
    told = entered("NCS", result, nerve=nerve, response=response)
    assert [(one.investigation, one.side, one.result) for one in told] == found


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ("absent sural SNAP", {("snap_sural", "reduced")}),
        ("normal sural and superficial peroneal SNAPs", {("snap_sural", "normal"), ("snap_superficial_peroneal", "normal")}),
        ("sural and superficial peroneal absent", {("snap_sural", "reduced"), ("snap_superficial_peroneal", "reduced")}),
        ("absent peroneal and sural SNAPs", {("snap_sural", "reduced"), ("snap_superficial_peroneal", "reduced")}),
        ("peroneal CMAP reduced; sural normal", {("ncs_peroneal_motor", "low_amplitude"), ("snap_sural", "normal")}),
        ("peroneal CMAP reduced, sural normal", {("ncs_peroneal_motor", "low_amplitude"), ("snap_sural", "normal")}),
        (
            "normal SNAPs, reduced CMAPs",
            {
                ("snap_sural", "normal"),
                ("snap_superficial_peroneal", "normal"),
                ("ncs_peroneal_motor", "low_amplitude"),
                ("ncs_tibial_motor", "low_amplitude"),
            },
        ),
        ("slowing of peroneal motor conduction across fibular neck, 28 m/s", {("ncs_peroneal_motor", "slow_across_fibular_head")}),
        ("peroneal neuropathy, sural SNAP normal", {("ncs", "mononeuropathy"), ("snap_sural", "normal")}),
        ("sural SNAP normal, peroneal CMAP 0.9", {("snap_sural", "normal")}),
        (
            "reduced peroneal and tibial CMAPs, sural normal",
            {("ncs_peroneal_motor", "low_amplitude"), ("ncs_tibial_motor", "low_amplitude"), ("snap_sural", "normal")},
        ),
        (
            "sural normal, peroneal and tibial CMAPs reduced",
            {("ncs_peroneal_motor", "low_amplitude"), ("ncs_tibial_motor", "low_amplitude"), ("snap_sural", "normal")},
        ),
        ("normal", {("ncs", "normal")}),
        ("not normal", set()),
        ("absent", set()),
        ("sensorimotor polyneuropathy", {("ncs", "axonal_neuropathy")}),
    ],
)
def test_a_report_tells_of_each_response(report: str, found: set[tuple[str, str]]) -> None:
    assert {(one.investigation, one.result) for one in entered("NCS", report)} == found


@pytest.mark.parametrize(
    ("muscle", "report", "found"),
    [
        ("right TA", "normal", [("tibialis_anterior", "right", "normal")]),
        ("TA bilateral", "denervation", [("tibialis_anterior", "left", "denervation"), ("tibialis_anterior", "right", "denervation")]),
        ("XYZ", "normal", []),
        ("XYZ", "denervation", []),
        ("SHBF", "normal", [("biceps_femoris_short", "left", "normal")]),
        ("biceps femoris (SH)", "fibrillations", [("biceps_femoris_short", "left", "denervation")]),
        ("biceps femoris", "fibrillations", [("biceps_femoris_long", "left", "denervation")]),
        ("TA", "absent voluntary activity", [("tibialis_anterior", "left", "reduced_recruitment")]),
        ("EDB", "electrically silent", [("extensor_digitorum_brevis", "left", "reduced_recruitment")]),
        ("TA", "nascent units", [("tibialis_anterior", "left", "chronic_reinnervation")]),
        ("L4-S1 paraspinals", "normal", [(None, "left", "normal")]),
    ],
)
def test_a_needle_is_in_its_muscle(muscle: str, report: str, found: list[tuple[str | None, str, str]]) -> None:
    assert [(one.muscle, one.side, one.result) for one in entered("EMG", report, muscle=muscle)] == found


@pytest.mark.parametrize(
    ("report", "found"),
    [
        (
            "peroneal neuropathy, short head of biceps normal",
            {("ncs", None, "mononeuropathy"), ("needle_emg", "biceps_femoris_short", "normal")},
        ),
        ("L5 radiculopathy, paraspinals abnormal", {("needle_emg", None, "radiculopathy"), ("emg_paraspinal", None, "denervation")}),
        (
            "denervation in TA but not in gluteus medius",
            {("needle_emg", "tibialis_anterior", "denervation"), ("needle_emg", "gluteus_medius", "normal")},
        ),
        ("normal in EHL but not in tibialis anterior", {("needle_emg", "extensor_hallucis_longus", "normal")}),
        ("denervation in L5 muscles including paraspinals", {("needle_emg", None, "denervation"), ("emg_paraspinal", None, "denervation")}),
        ("TA normal, EHL peculiar", {("needle_emg", "tibialis_anterior", "normal")}),
        (
            "TA normal, EHL and gluteus medius denervated",
            {
                ("needle_emg", "tibialis_anterior", "normal"),
                ("needle_emg", "extensor_hallucis_longus", "denervation"),
                ("needle_emg", "gluteus_medius", "denervation"),
            },
        ),
        ("widespread denervation four limbs", {("ncs", None, "anterior_horn")}),
    ],
)
def test_a_conclusion_stands_beside_the_muscles(report: str, found: set[tuple[str, str | None, str]]) -> None:
    assert {(one.investigation, one.muscle, one.result) for one in entered("EMG", report)} == found


@pytest.mark.parametrize(
    ("test", "report", "found"),
    [
        ("MRI hip", "normal", {("mri_plexus", "normal")}),
        ("MRI shoulder", "normal", set()),
        ("MRI liver", "metastases", set()),
        ("MRI abdomen", "psoas haematoma", {("ct_abdomen_pelvis", "iliopsoas_haematoma")}),
        ("MRI", "disc L4/5", {("mri_lumbar", "disc_at_level")}),
        ("MRI scan 12/2023", "normal", {("mri_lumbar", "normal")}),
        ("MRI brain and spine", "normal", {("mri_brain", "normal"), ("mri_spine", "normal"), ("mri_lumbar", "normal")}),
        ("MRI lumbar", "no nerve root compression", {("mri_lumbar", "no_compression")}),
        ("MRI lumbar", "no disc herniation", {("mri_lumbar", "no_compression")}),
        ("MRI lumbar", "L4-5 and L5-S1 discs normal", {("mri_lumbar", "no_compression")}),
        ("MRI lumbar", "L4-5 disc prolapse, L5-S1 disc normal", {("mri_lumbar", "disc_at_level")}),
        ("NCS", "small motor responses doubling after brief exercise, sensory normal", {("ncs", "increment")}),
        ("MRI lumbar", "spinal dural AVF with flow voids", {("mri_lumbar", "cord_lesion")}),
        ("MRI leg", "denervation changes anterior compartment", {("mri_limb", "muscle_oedema")}),
        (
            "MRI lumbar",
            "large central L5/S1 extrusion with cauda equina compression",
            {("mri_lumbar", "disc_at_level"), ("mri_lumbar", "large_central_disc"), ("mri_lumbar", "cauda_compression")},
        ),
        ("US leg", "no DVT", {("duplex_venous", "normal")}),
        ("US", "CPN enlarged at fibular head", {("ultrasound_nerve", "nerve_swollen")}),
        ("CSF", "Lyme antibodies positive", {("lyme_serology", "positive")}),
        ("CSF", "VZV PCR positive", set()),
        ("CSF", "protein raised, cells normal", {("csf", "high_protein_few_cells")}),
        ("CSF", "protein normal, cells raised", {("csf", "cells")}),
        ("CSF", "protein 0.3 g/l, WCC 40", {("csf", "cells")}),
        ("CSF", "WCC 120, protein 1.2 g/l", {("csf", "cells")}),
        ("CSF", "acellular", {("csf", "normal")}),
        ("CSF", "albuminocytologic dissociation", {("csf", "high_protein_few_cells")}),
        ("PMP22", "deletion", {("genetic", "positive")}),
        ("PMP22", "no deletion", {("genetic", "normal")}),
        ("MOG IgG", "negative", {("aqp4_mog", "normal")}),
    ],
)
def test_a_scan_or_a_fluid_is_of_one_part(test: str, report: str, found: set[tuple[str, str]]) -> None:
    assert {(one.investigation, one.result) for one in entered(test, report)} == found


@pytest.mark.parametrize(
    ("report", "levels", "root"),
    [
        ("prolapsed intervertebral disc L5S1", ["L5-S1"], None),
        ("severe canal stenosis L3-5", ["L3-L4", "L4-L5"], None),
        ("L2 metastasis", [None], None),
        ("wedge fracture L1", [None], None),
    ],
)
def test_levels_are_told_from_vertebrae(report: str, levels: list[str | None], root: str | None) -> None:
    found = entered("MRI lumbar", report)
    assert [(one.level, one.root) for one in found] == [(level, root) for level in levels]


@pytest.mark.parametrize(
    ("test", "report", "found"),
    [
        ("CK", "12,000", [("raised", 12000.0)]),
        ("CK", "12 000 U/L", [("raised", 12000.0)]),
        ("CK", "120", [("normal", 120.0)]),
        ("CK", "x10 normal", [("raised", None)]),
        ("CK", "raised 250", [("raised", 250.0)]),
        ("WCC", "18", [("raised", 18.0)]),
        ("WCC", "7.2", [("normal", 7.2)]),
        ("WCC", "18 x10^9/l", [("raised", 18.0)]),
        ("CRP", "18", [("normal", 18.0)]),
        ("HbA1c", "40 mmol/mol", [("normal", 40.0)]),
        ("HbA1c", "64 mmol/mol", [("raised", 64.0)]),
        ("HbA1c", "8.2 %", [("raised", 8.2)]),
        ("glucose", "98 mg/dl", [("normal", 98.0)]),
        ("glucose", "18 mmol/l", [("raised", 18.0)]),
        ("PVR", "0.4 L", [("high", 400.0)]),
        ("PVR", "40 ml", [("normal", 40.0)]),
        ("ABPI", "0.5", [("low", 0.5)]),
        ("B12", "120", [("low", 120.0)]),
        ("B12", "450", [("normal", 450.0)]),
        ("Hb", "6.2", [("low", 6.2)]),
        ("Hb", "140 g/l", [("normal", 140.0)]),
        ("platelets", "20", [("abnormal", 20.0)]),
        ("platelets", "80", []),
        ("compartment pressure", "55 mmHg", [("raised", 55.0)]),
        ("delta pressure", "20 mmHg", [("raised", 20.0)]),
        ("toe pressure", "30 mmHg", [("low", 30.0)]),
    ],
)
def test_a_number_is_read_in_its_unit(test: str, report: str, found: list[tuple[str, float | None]]) -> None:
    assert [(one.result, one.number) for one in entered(test, report)] == found


def test_each_leg_has_its_own_number() -> None:
    found = {(one.side, one.result) for one in entered("ABPI", "right 1.0 left 0.5")}
    assert found == {("left", "low"), ("right", "normal")}


def test_blood_told_in_one_line_keeps_its_names() -> None:
    found = [(one.investigation, one.result, one.number) for one in entered("bloods", "CK 12,000, WCC 18, HbA1c 40")]
    assert found == [("ck", "raised", 12000.0), ("crp_esr", "raised", 18.0), ("hba1c", "normal", 40.0)]


def test_a_block_is_of_what_its_name_says() -> None:
    assert [one.root for one in entered("L5 nerve root block", "complete relief")] == ["L5"]
    assert [one.nerve for one in entered("diagnostic block LFCN", "relief")] == ["lateral_femoral_cutaneous"]
