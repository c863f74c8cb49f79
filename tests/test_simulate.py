"""The model run forward: what lesions do, what separates them, tables, cards and simulated patients."""

import json

import numpy as np
import pytest

from lasegue.case import read_case
from lasegue.errors import InputError, UnknownName
from lasegue.inference import posterior
from lasegue.inference.posterior import case_background, case_prior, population_rates, row_likelihood
from lasegue.knowledge import load
from lasegue.model import UNLISTED, model
from lasegue.model.observe import observe
from lasegue.names import Lexicon
from lasegue.simulate import (
    TABLES,
    calibration,
    calibration_dict,
    cases,
    cohort_table,
    compare,
    compare_dict,
    compare_text,
    confusion,
    confusion_dict,
    draw,
    expected,
    expected_dict,
    expected_text,
    lesion_of,
    show,
    show_dict,
    show_text,
    table,
    table_text,
)
from lasegue.simulate.cards import KINDS
from lasegue.simulate.compare import divergence
from lasegue.simulate.protocol import NOT_TESTED
from lasegue.simulate.trial import Reader, family, site


def leaders(name: str, count: int) -> list[str]:
    """The likeliest lesions for the typical case of a lesion, read back from its case file."""
    anatomy = model()
    case = read_case(expected_dict(expected(name))["case"], lexicon=Lexicon.from_knowledge(load()))
    found = posterior(anatomy, case, observe(anatomy, case))
    total: dict[str, float] = {}
    for row, p in enumerate(found.probability):
        lesion = anatomy.lesions[anatomy.rows.lesion[row]].id
        total[lesion] = total.get(lesion, 0.0) + float(p)
    return sorted(total, key=lambda lesion: -total[lesion])[:count]


# -- what a lesion does ------------------------------------------------------------------------------------------------


def test_every_distribution_sums_to_one() -> None:
    found = expected("root.S1", "right", "severe")
    assert {one.finding.kind for one in found.findings} == {
        "power", "sensation", "group", "reflex", "test", "sphincter", "tempo", "history", "pain",
    }  # fmt: skip
    for one in found.findings:
        assert sum(one.chances.values()) == pytest.approx(1.0), one.finding.id
        assert min(one.chances.values()) >= 0.0


def test_all_movements_sites_and_reflexes_are_told() -> None:
    known, found = load(), expected("nerve.femoral.inguinal_ligament")
    for kind, records in (("power", known.movements), ("sensation", known.skin_sites), ("reflex", known.reflexes), ("test", known.tests)):
        assert [one.finding.id for one in found.of(kind)] == [record.id for record in records]
    assert {one.finding.id for one in found.of("group")} == {group.id for group in known.skin_groups if group.sites}


def test_an_l5_root_weakens_the_great_toe_and_leaves_the_knee_jerk() -> None:
    found = expected("root.L5", severity="severe")
    weakest = max(found.of("power"), key=lambda one: one.abnormal)
    assert weakest.finding.id == "great_toe_extension"
    assert found.one("reflex", "knee").likeliest == "normal"
    assert found.one("test", "heel_walk").chances["positive"] > 0.5
    assert found.one("test", "slr").ratio > 1.5


def test_the_more_severe_the_weaker() -> None:
    severities = ("irritated", "moderate", "complete")
    chances = [expected("common_peroneal", severity=s).one("power", "ankle_dorsiflexion") for s in severities]
    kept = [one.kept for one in chances if one.kept is not None]
    assert kept == sorted(kept, reverse=True)
    assert kept[0] == pytest.approx(1.0)
    assert chances[0].chances["5"] > 0.9
    assert chances[2].chances["0"] + chances[2].chances["1"] > 0.5


def test_sides_mirror_each_other() -> None:
    left, right = expected("root.L4", "left"), expected("root.L4", "right")
    for one, other in zip(left.findings, right.findings, strict=True):
        assert one.chances == pytest.approx(other.chances), one.finding.id


def test_a_side_or_severity_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="bilateral"):
        expected("polyneuropathy.length_dependent", "left")
    with pytest.raises(InputError, match="severity"):
        expected("root.L5", severity="awful")
    with pytest.raises(InputError, match="unlisted"):
        expected("unlisted")


def test_names_of_lesions() -> None:
    assert lesion_of("L5").id == "root.L5"
    assert lesion_of("common_peroneal").id == "nerve.common_peroneal.fibular_neck"
    assert lesion_of("L5 radiculopathy").id == "root.L5"
    with pytest.raises(UnknownName) as caught:
        lesion_of("cauda equinna")
    assert caught.value.nearest


def test_text_and_json_say_the_same() -> None:
    found = expected("nerve.obturator.obturator_canal")
    data = json.loads(json.dumps(expected_dict(found)))
    assert list(data) == [
        "format", "model_version", "knowledge_version", "lesion", "label", "side", "severity", "power", "sensation", "groups",
        "reflexes", "tests", "sphincter", "tempo", "history", "pain", "other_side", "case",
    ]  # fmt: skip
    assert "Hip adduction" in expected_text(found)


@pytest.mark.parametrize(
    "name", ["root.L5", "root.S1", "nerve.common_peroneal.fibular_neck", "cauda_equina", "mimic.hip", "central.spinal_cord"]
)
def test_the_typical_case_leads_back_to_its_lesion(name: str) -> None:
    first = leaders(name, 1)[0]
    assert first == name or first in load().lesion[name].confusions


# -- what separates two ------------------------------------------------------------------------------------------------


def test_foot_drop_of_root_or_nerve_is_told_by_inversion_and_hip_abduction() -> None:
    found = compare("L5", "common_peroneal")
    assert found.given is not None
    assert found.given.id == "foot_drop"
    examined = [one.finding.id for one in found.separators if one.examined]
    assert {"ankle_inversion_plantarflexed", "hip_abduction"} <= set(examined[:5])
    text = compare_text(found)
    assert "Both taken to show: foot drop" in text
    assert "tibialis posterior alone" in text


def test_separators_are_ranked_and_symmetric() -> None:
    one, other = compare("root.L5", "root.S1"), compare("root.S1", "root.L5")
    bits = [s.bits for s in one.separators]
    assert bits == sorted(bits, reverse=True)
    assert min(bits) >= 0.0
    assert [s.finding.id for s in one.separators[:5]] == [s.finding.id for s in other.separators[:5]]
    assert one.separators[0].first == pytest.approx(other.separators[0].second)
    assert "ankle" in [s.finding.id for s in one.separators if s.finding.kind == "reflex"][:3]
    assert json.loads(json.dumps(compare_dict(one)))["findings"][0]["speaks_for"] in ("root.L5", "root.S1")


def test_a_lesion_is_not_separated_from_itself() -> None:
    assert max(s.bits for s in compare("root.L4", "root.L4").separators) == pytest.approx(0.0, abs=1e-12)


def test_two_lesions_are_compared_on_a_side_that_both_can_take() -> None:
    assert compare("conus_medullaris", "cauda_equina").sides == ("bilateral", "bilateral")
    assert compare("root.L5", "root.S1", "right").sides == ("right", "right")
    assert compare("polyneuropathy.length_dependent", "root.S1").sides == ("bilateral", "bilateral")


def test_divergence_in_bits() -> None:
    assert divergence(np.array([0.8, 0.2]), np.array([0.2, 0.8])) == pytest.approx(0.6 * 2)


# -- tables and cards --------------------------------------------------------------------------------------------------


def test_the_root_table_is_the_textbooks() -> None:
    lines = {line["root"]: line for line in table("roots")["lines"]}
    assert next(iter(lines["L5"]["movements"])) == "great_toe_extension"
    assert "knee" not in lines["L5"]["reflexes"]
    assert next(iter(lines["S1"]["movements"])) == "ankle_plantarflexion"
    assert "ankle" in lines["S1"]["reflexes"]
    assert next(iter(lines["L3"]["movements"])) == "knee_extension"
    assert {"dorsum_3rd_mtp", "web1"} <= set(lines["L5"]["skin"])
    assert lines["L5"]["disc_paracentral"] == "L4-L5"
    assert "inversion" in lines["L5"]["printed"]["weakness"]


def test_every_table_prints() -> None:
    for name in TABLES:
        found = json.loads(json.dumps(table(name)))
        assert found["lines"]
        assert all(set(line) == set(found["columns"]) for line in found["lines"])
        assert found["title"] in table_text(found)
    with pytest.raises(InputError, match="roots, nerves"):
        table("muscles")


def test_printed_root_values_of_movements_and_reflexes_mostly_agree() -> None:
    for name in ("myotomes", "reflexes"):
        lines = [line for line in table(name)["lines"] if line["printed"]]
        agree = [next(iter(line["roots"])) in line["printed"] for line in lines]
        assert sum(agree) >= 0.7 * len(agree)


def test_everything_known_can_be_shown() -> None:
    known = load()
    kinds = (
        known.lesions, known.roots, known.nerves, known.skin_branches, known.muscles, known.movements, known.skin_sites, known.skin_groups,
        known.reflexes, known.tests, known.history, known.pain_regions, known.sphincter, known.investigations, known.sources,
    )  # fmt: skip
    assert len(kinds) == len(KINDS)
    for records in kinds:
        for record in records[:: max(1, len(records) // 7)]:
            cards = show(record.id)
            assert record.id in {one.id for one in cards}
            assert json.dumps(show_dict(cards))
            assert record.id in show_text(cards)


def test_a_synonym_shows_its_record_with_figures_and_sources() -> None:
    (one,) = show("Lasegue")
    assert (one.kind, one.id) == ("test", "slr")
    assert any(figure["interval"] for figure in one.figures)
    assert all(source["cite"] for source in one.sources)
    assert {(c.kind, c.id) for c in show("ankle")} >= {("reflex", "ankle"), ("pain region", "ankle")}
    assert show("nerve.common_peroneal")[0].id == "nerve.common_peroneal.fibular_neck"


def test_conflicts_between_texts_stand_on_the_card() -> None:
    (one,) = show("common_peroneal")
    assert any("inversion" in conflict["title"].lower() for conflict in one.conflicts)
    assert "texts disagree" in show_text([one])


def test_an_unknown_name_tells_its_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        show("tibialis antterior")
    assert "tibialis anterior" in [name.lower() for name in caught.value.nearest]


# -- simulated patients ------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_patients() -> None:
    one, same, other = draw(50, 7), draw(50, 7), draw(50, 8)
    assert all(np.array_equal(one.columns[name], same.columns[name]) for name in one.columns)
    assert not np.array_equal(one.row, other.row)


def test_lesions_come_by_their_prior() -> None:
    cohort, anatomy = draw(20_000, 1), model()
    sides = np.array(anatomy.rows.side)[cohort.row]
    assert 0.9 < (sides == "left").sum() / (sides == "right").sum() < 1.1
    lesions = np.array([anatomy.lesions[k].id for k in anatomy.rows.lesion])[cohort.row]
    roots = np.array([lesion.startswith("root.") for lesion in lesions]).mean()
    by_prior = sum(anatomy.rows.prior["specialist"][np.array([anatomy.lesions[k].id.startswith("root.") for k in anatomy.rows.lesion])])
    assert roots == pytest.approx(by_prior, abs=0.05)
    assert set(np.unique(draw(500, 1, "obstetric").sex)) == {0}


def test_what_is_drawn_is_what_is_expected() -> None:
    """Weak great toes among L5 roots, drawn as they present, come as often as the tables say."""
    anatomy = model()
    rows = np.array([anatomy.lesions[k].id == "root.L5" for k in anatomy.rows.lesion]) & (np.array(anatomy.rows.side) == "left")
    cohort = draw(30_000, 3, only=rows)
    codes = cohort.columns["left.power.great_toe_extension"]
    found = np.bincount(codes[codes != NOT_TESTED], minlength=6) / (codes != NOT_TESTED).sum()
    (told,) = [s for s in compare("root.L5", "root.L4", same_picture=False).separators if s.finding.id == "great_toe_extension"]
    assert found == pytest.approx(list(told.first.values()), abs=0.02)


def test_what_is_flaccid_is_seldom_drawn_months_later() -> None:
    """A brain lesion of the leg area shows its brisk jerks more often once it is old."""
    anatomy = model()
    rows = np.array([anatomy.lesions[k].id == "central.parasagittal" for k in anatomy.rows.lesion])
    cohort = draw(20_000, 9, only=rows & (np.array(anatomy.rows.side) == "left"))
    assert len(cohort) == 20_000
    knee, onset = cohort.columns["left.reflex.knee"], cohort.columns["tempo.onset"]
    values, times = cohort.values["left.reflex.knee"], cohort.values["tempo.onset"]

    def brisk(*when: str) -> float:
        here = np.isin(onset, [times.index(time) for time in when]) & (knee != NOT_TESTED)
        return float((knee[here] == values.index("brisk")).mean())

    assert brisk("months", "years") > brisk("sudden", "hours", "days") + 0.05


def test_a_cohort_reads_as_cases() -> None:
    cohort = draw(40, 5)
    found = list(cases(cohort))
    assert len(found) == len(cohort) == 40
    for number, case in enumerate(found):
        tested = sum(int(codes[number]) != NOT_TESTED for codes in cohort.columns.values())
        told = sum(map(len, (case.power, case.sense, case.reflexes, case.tests, case.history, case.pain, case.sphincter)))
        assert told + bool(case.tempo.onset) + bool(case.tempo.course) == tested
    columns = cohort_table(cohort)
    assert {len(values) for values in columns.values()} == {40}
    assert "" in columns["left.power.hip_abduction"]


def test_a_cohort_is_quick() -> None:
    import time

    draw(10, 1)
    began = time.perf_counter()
    draw(25_000, 1)
    assert time.perf_counter() - began < 2.0  # a quarter of what is asked for, for a busy machine


def test_simulated_patients_are_read_as_inference_reads_cases() -> None:
    anatomy, cohort = model(), draw(24, 11)
    assert {"weeks", "months"} <= {case.tempo.onset for case in cases(cohort)}  # which ask for the stage too
    unlisted = np.array([anatomy.lesions[k].id == UNLISTED for k in anatomy.rows.lesion])
    for case, found in zip(cases(cohort), Reader(anatomy, cohort).posteriors(), strict=True):
        evidence, background, prior = observe(anatomy, case), case_background(case), case_prior(anatomy, case, "specialist")
        likelihood, _ = row_likelihood(anatomy, evidence, background)
        population = np.prod(list(population_rates(anatomy, evidence, prior, background).values()))
        joint = prior * np.where(unlisted, population, likelihood)
        assert found == pytest.approx(joint / joint.sum(), abs=1e-12)


def test_inference_is_calibrated_on_its_own_patients() -> None:
    found = calibration(300, 2)
    assert sum(b.n for b in found.bins) == 300
    assert abs(found.right - found.confidence) < 0.09
    assert found.ece < found.noise + 0.05
    assert json.dumps(calibration_dict(found))


def test_confusion_counts_every_patient() -> None:
    found = confusion(1, 4)
    assert (found.counts.sum(axis=1) == 1).all()
    assert found.taken_for("root")
    assert json.dumps(confusion_dict(found))
    assert family("nerve.tibial.tarsal_tunnel") == site("nerve.tibial.tarsal_tunnel") == "nerve.tibial"
    assert family("root.L5+S1") == "root"
