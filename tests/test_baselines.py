"""The two baselines on invented patients, and that every name they use is known."""

from collections.abc import Iterable
from typing import Any

import pytest

from lasegue.case.model import (
    Case,
    HistoryFinding,
    Origin,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    SenseValue,
    Side,
    SphincterFinding,
    TestFinding,
)
from lasegue.errors import CaseError
from lasegue.evaluate import baseline_localizers
from lasegue.evaluate.baselines import BASELINES, decision_flow, flow, picture, vote
from lasegue.evaluate.baselines.root_table import root_table
from lasegue.knowledge import load

HERE = Origin("", "")


def weak(*movements: str, side: Side = "left", grade: float = 3) -> tuple[Power, ...]:
    return tuple(Power(HERE, side, "graded", grade, movements=((m, 1.0),)) for m in movements)


def skin(*sites: str, side: Side = "left", value: SenseValue = "reduced") -> Sense:
    return Sense(HERE, side, value, tuple((s, 1 / len(sites)) for s in sites))


def lost(reflex: str, side: Side = "left") -> ReflexFinding:
    return ReflexFinding(HERE, side, reflex, "absent")


def hurts(*regions: str, side: Side = "left") -> tuple[PainFinding, ...]:
    return tuple(PainFinding(HERE, side, ((r, 1.0),)) for r in regions)


def sign(test: str, side: Side = "left") -> TestFinding:
    return TestFinding(HERE, side, test, "positive")


def first(answer: dict[str, Any]) -> str:
    return str(answer["ranking"][0]["lesion"])


S1 = Case(power=weak("ankle_plantarflexion"), sense=(skin("lateral_foot_5mt_base", "toe5_dorsum"),), reflexes=(lost("ankle"),))
PERONEAL = Case(side="left", power=weak("ankle_dorsiflexion", "ankle_eversion"), sense=(skin("dorsum_proximal", "web1"),))
RETENTION = SphincterFinding(HERE, "bladder.retention")


@pytest.mark.parametrize(
    ("case", "lesion"),
    [
        (S1, "root.S1"),
        (PERONEAL, "nerve.common_peroneal.fibular_neck"),
        (Case(power=(*PERONEAL.power, *weak("hip_abduction"))), "root.L5"),
        (Case(power=PERONEAL.power, pain=hurts("low_back")), "root.L5"),
        (Case(power=weak("ankle_dorsiflexion", "ankle_plantarflexion"), reflexes=(lost("ankle"),)), "nerve.sciatic.buttock"),
        (Case(power=weak("knee_extension"), sense=(skin("thigh_ant_mid"),), reflexes=(lost("knee"),)), "nerve.femoral.inguinal_ligament"),
        (Case(power=weak("knee_extension", "hip_adduction"), reflexes=(lost("knee"),)), "root.L3"),
        (Case(reflexes=(lost("knee"),), pain=hurts("low_back")), "root.L4"),
        (Case(sense=(skin("thigh_lat_mid"),)), "nerve.lateral_femoral_cutaneous.inguinal_ligament"),
        (Case(sense=(skin("perianal"),), sphincter=(RETENTION,)), "cauda_equina"),
        (Case(pain=(*hurts("calf"), *hurts("calf", side="right")), sphincter=(RETENTION,)), "cauda_equina"),
        (Case(reflexes=(ReflexFinding(HERE, "left", "plantar", "upgoing"),)), "central.spinal_cord"),
        (Case(tests=(sign("slr"),), pain=hurts("calf")), "root.S1"),
        (Case(tests=(sign("bending_forward_relieves"),)), "stenosis.lumbar"),
        (Case(), "none"),
    ],
)
def test_the_flow_answers_as_the_notes_say(case: Case, lesion: str) -> None:
    assert first(flow(case)) == lesion


def test_the_flow_reads_diabetes_from_the_history() -> None:
    history = (HistoryFinding(HERE, None, "diabetes"),)
    case = Case(power=weak("knee_extension", "hip_flexion"), pain=hurts("anterior_thigh"), history=history)
    assert first(flow(case)) == "radiculoplexus_neuropathy"


def test_the_vote_goes_to_the_root_that_most_findings_name() -> None:
    assert first(vote(S1)) == "root.S1"
    assert first(vote(Case(power=weak("great_toe_extension"), sense=(skin("web1"),)))) == "root.L5"


def test_normal_and_old_findings_do_not_vote() -> None:
    old = ReflexFinding(HERE, "left", "ankle", "absent", past=True)
    silent = Case(power=weak("hip_flexion", grade=5), sense=(skin("web1", value="normal"),), reflexes=(old,))
    assert [row["probability"] for row in vote(silent)["ranking"]] == pytest.approx([1 / 9] * 9)


def test_a_named_muscle_votes_as_its_movement() -> None:
    by_muscle = Case(power=(Power(HERE, "left", "weak", muscles=(("extensor_hallucis_longus", 1.0),)),))
    assert vote(by_muscle)["ranking"] == vote(Case(power=weak("great_toe_extension")))["ranking"]


@pytest.mark.parametrize("answer", [vote, flow])
def test_sides(answer: Any) -> None:
    both = Case(power=(*weak("knee_extension"), *weak("knee_extension", side="right")))
    assert answer(PERONEAL)["ranking"][0]["side"] == "left"
    assert answer(both)["ranking"][0]["side"] == "bilateral"
    assert answer(Case(side="right"))["ranking"][0]["side"] == "right"


@pytest.mark.parametrize("answer", [vote, flow])
@pytest.mark.parametrize("case", [S1, PERONEAL, Case()])
def test_probabilities_sum_to_one_and_fall(answer: Any, case: Case) -> None:
    shares = [row["probability"] for row in answer(case)["ranking"]]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_what_cannot_be_read_has_no_answer() -> None:
    def refuse(_: Any) -> Case:
        raise CaseError([])

    assert [answer({"id": "x"})["ranking"] for answer in baseline_localizers(refuse).values()] == [[]] * len(BASELINES)


def test_every_name_is_known() -> None:
    known, table = load(), root_table()

    def unknown(names: Iterable[str], records: Iterable[Any]) -> list[str]:
        return sorted(set(names) - {record.id for record in records})

    assert unknown((s for sites in table.skin.values() for s in sites), known.skin_sites) == []
    assert unknown(decision_flow.LATERAL_THIGH | decision_flow.FEMORAL_SKIN | picture.SADDLE, known.skin_sites) == []
    assert unknown({*table.movements, *table.muscles.values(), *decision_flow.L5_PROXIMAL, *decision_flow.FOOT}, known.movements) == []
    assert unknown(table.muscles, known.muscles) == []
    assert unknown(table.reflexes, known.reflexes) == []
    assert unknown({*table.pain, *decision_flow.SPINE_OR_THIGH}, known.pain_regions) == []
    assert unknown({*table.tests, *decision_flow.DROPS, "clonus", "wasting_quadriceps"}, known.tests) == []
    lesions = [decision_flow.PERONEAL, decision_flow.SCIATIC, decision_flow.FEMORAL, decision_flow.MERALGIA]
    assert unknown(lesions, known.lesions) == []
    assert unknown({*decision_flow.DIABETES, *decision_flow.RELIEVED_BY_BENDING, "back_pain"}, [*known.tests, *known.history]) == []
