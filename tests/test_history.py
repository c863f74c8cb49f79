"""The history: phrases load, mean one thing each, and their rates say what medicine says."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
import yaml

from lasegue.knowledge.records import HistoryItem
from lasegue.model.rates import bounded, lookup
from lasegue.names.fold import tokens
from lasegue.names.history import History
from lasegue.names.phrases import Phrases, content

DATA = Path(__file__).parents[1] / "src" / "lasegue" / "knowledge" / "data"
SITES = {
    "common_peroneal": "popliteal_fossa fibular_neck",
    "deep_peroneal": "proximal_leg anterior_tarsal_tunnel dorsum_of_foot",
    "superficial_peroneal": "proximal_leg fascial_exit",
    "tibial": "popliteal_fossa soleal_sling proximal_tarsal_tunnel tarsal_tunnel",
    "medial_plantar": "abductor_hallucis",
    "lateral_plantar": "plantar_fascia baxter",
    "interdigital": "second_web third_web",
    "sural": "calf lateral_malleolus",
    "sciatic": "buttock peroneal_division_buttock tibial_division_buttock distal_thigh peroneal_division_thigh tibial_division_thigh",
    "femoral": "iliopsoas inguinal_ligament anterior_division posterior_division",
    "saphenous": "adductor_canal medial_knee leg",
    "obturator": "pelvis obturator_canal anterior_division",
    "lateral_femoral_cutaneous": "pelvis inguinal_ligament",
    "superior_gluteal": "sciatic_foramen inferior_branch",
    "inferior_gluteal": "sciatic_foramen",
    "posterior_femoral_cutaneous": "buttock thigh",
    "pudendal": "ischial_spine alcock_canal dorsal_genital",
    "ilioinguinal": "abdominal_wall inguinal_canal",
    "iliohypogastric": "retroperitoneum abdominal_wall",
    "genitofemoral": "psoas genital_branch femoral_branch",
    "cluneal": "superior middle",
    "subcostal": "flank",
}
FAMILIES = {
    "root": "L1 L2 L3 L4 L5 S1 S2 S3 S4",
    "plexus": "lumbar sacral lumbosacral_trunk lumbosacral",
    "polyneuropathy": "length_dependent acute_demyelinating chronic_demyelinating multifocal hereditary",
    "central": "parasagittal spinal_cord",
    "conus_medullaris": "epiconus",
    "mimic": "hip hip_fracture gluteal_tendinopathy sacroiliac knee tendon_rupture vascular_claudication "
    "limb_ischaemia compartment_syndrome dvt regional_block referred_pain plantar_fasciitis deep_gluteal stress_fracture",
    "stenosis": "lumbar",
}
SINGLE = (
    "cauda_equina radiculoplexus_neuropathy motor_neuron_disease myopathy neuromuscular_junction functional unlisted none nerve".split()
)
KEYS = (
    {*SINGLE, *FAMILIES}
    | {f"{family}.{member}" for family, members in FAMILIES.items() for member in members.split()}
    | {f"nerve.{nerve}" for nerve in SITES}
    | {f"nerve.{nerve}.{site}" for nerve, sites in SITES.items() for site in sites.split()}
)
ONSETS = ("sudden", "hours", "days", "weeks", "months", "years")
COURSES = ("worsening", "stable", "improving", "fluctuating", "episodic")
SACRAL = ("bladder_change", "bowel_change", "saddle_numbness", "sexual_change")


@cache
def items() -> dict[str, HistoryItem]:
    text = (DATA / "history.yaml").read_text(encoding="utf-8")
    found = msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), list[HistoryItem])
    assert len({item.id for item in found}) == len(found), "an id stands twice"
    return {item.id: item for item in found}


def phrases(item: HistoryItem) -> set[str]:
    return {item.id, item.name, *item.names}


def ratio(item: str, lesion: str, other: str) -> float:
    """How far the phrase speaks for one lesion against another, as the model reads it."""
    record = items()[item]
    rates = [record.base if (rate := lookup(record.by, name)) is None else rate for name in (lesion, other)]
    return float(bounded(rates[0], record.base) / bounded(rates[1], record.base))


def test_there_are_enough_items_and_each_has_several_phrases() -> None:
    assert len(items()) >= 170
    assert not [item.id for item in items().values() if len(item.names) < 5]


def test_every_rate_is_a_probability_of_a_lesion_or_a_family() -> None:
    faults = [
        f"{item.id}: {key}: {rate}" for item in items().values() for key, rate in item.by.items() if key not in KEYS or not 0 < rate < 1
    ]
    assert not faults
    assert not [item.id for item in items().values() if not 0 < item.base < 1]


def test_every_item_rates_at_least_three_families_and_cites_a_source() -> None:
    assert not [item.id for item in items().values() if len({key.split(".")[0] for key in item.by}) < 3]
    assert not [item.id for item in items().values() if not item.sources]


def test_a_phrase_belongs_to_one_item() -> None:
    owner: dict[str, str] = {}
    faults = []
    for item in items().values():
        for phrase in phrases(item):
            words = "".join(word.text for word in content(tokens(phrase)))
            assert words, f"{item.id}: {phrase!r} is made of filler words only"
            if owner.setdefault(words, item.id) != item.id:
                faults.append(f"{phrase!r}: {item.id} and {owner[words]}")
    assert not faults


def test_every_phrase_is_read_as_its_own_item() -> None:
    known = Phrases((name, item.id) for item in items().values() for name in (item.id, item.name, *item.names))
    faults = []
    for item in items().values():
        for name in item.names:
            read = [hit.item for hit in known.scan(tokens(name))]
            if read != [item.id]:
                faults.append(f"{name!r} of {item.id} is read as {read}")
    assert not faults


@pytest.mark.parametrize(("prefix", "classes"), [("tempo", ONSETS), ("course", COURSES)])
def test_the_classes_of_onset_and_course_share_one_whole(prefix: str, classes: tuple[str, ...]) -> None:
    parts = [items()[f"{prefix}.{name}"] for name in classes]
    assert sum(part.base for part in parts) == pytest.approx(1, abs=0.02)
    for lesion in parts[0].by:
        assert sum(part.by[lesion] for part in parts) == pytest.approx(1, abs=0.02), lesion


def test_sacral_words_are_one_story() -> None:
    assert {items()[id_].story for id_ in SACRAL} == {"sacral"}


def test_zoster_is_there_for_every_root_and_without_one() -> None:
    for number, root in enumerate(("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4")):
        by = items()[f"zoster.{root}"].by
        assert by[f"root.{root}"] == max(by.values()), number
    assert items()["zoster"].by["root"] > items()["zoster"].by["nerve"]


def test_no_rate_leaves_the_population_far_behind() -> None:
    """The base is the rate in people seen with a leg complaint: the mean over the lesions by their share."""
    lesions = yaml.load((DATA / "lesions.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    whole = sum(lesion["prior"]["specialist"] for lesion in lesions)
    for item in items().values():
        rates = [item.base if (rate := lookup(item.by, lesion["id"])) is None else rate for lesion in lesions]
        mean = sum(rate * lesion["prior"]["specialist"] for rate, lesion in zip(rates, lesions, strict=True)) / whole
        odds = mean / (1 - mean) * (1 - item.base) / item.base
        assert 0.5 < odds < 2, f"{item.id}: base {item.base}, mean over the lesions {mean:.3f}"


@pytest.mark.parametrize(
    ("item", "lesion", "other", "least"),
    [
        ("leg_crossing", "nerve.common_peroneal.fibular_neck", "root.L5", 8),
        ("squatting", "nerve.common_peroneal.fibular_neck", "root.L5", 5),
        ("gluteal_injection", "nerve.sciatic.buttock", "root.S1", 5),
        ("anticoagulant", "nerve.femoral.iliopsoas", "root.L3", 4),
        ("labour", "plexus.lumbosacral_trunk", "root.L5", 5),
        ("diabetes", "radiculoplexus_neuropathy", "root.L3", 4),
        ("weight_loss", "radiculoplexus_neuropathy", "root.L4", 8),
        ("recent_infection", "polyneuropathy.acute_demyelinating", "polyneuropathy.length_dependent", 5),
        ("nitrous_oxide", "central.spinal_cord", "stenosis.lumbar", 10),
        ("eased_sitting", "stenosis.lumbar", "mimic.vascular_claudication", 4),
        ("claudication_distance", "mimic.vascular_claudication", "stenosis.lumbar", 4),
        ("back_pain", "root.L5", "nerve.common_peroneal.fibular_neck", 3),
        ("painless", "nerve.common_peroneal.fibular_neck", "root.L5", 5),
        ("saddle_numbness", "cauda_equina", "root.S1", 8),
        ("bladder_change", "cauda_equina", "root.L5", 5),
        ("groin_pain", "mimic.hip", "root.L5", 8),
        ("lateral_hip", "mimic.gluteal_tendinopathy", "root.L5", 5),
        ("fatigable", "neuromuscular_junction", "polyneuropathy.length_dependent", 6),
        ("childhood_feet", "polyneuropathy.hereditary", "polyneuropathy.length_dependent", 4),
        ("worse_sitting", "nerve.pudendal.alcock_canal", "stenosis.lumbar", 10),
        ("first_step", "mimic.plantar_fasciitis", "root.S1", 5),
        ("tempo.days", "polyneuropathy.acute_demyelinating", "polyneuropathy.length_dependent", 10),
        ("tempo.years", "polyneuropathy.hereditary", "root.L5", 8),
        ("course.worsening", "motor_neuron_disease", "root.L5", 2.5),
        ("course.fluctuating", "neuromuscular_junction", "root.L5", 3),
    ],
)
def test_the_phrase_speaks_for_its_lesion(item: str, lesion: str, other: str, least: float) -> None:
    assert ratio(item, lesion, other) >= least


@pytest.mark.parametrize("id_", ["no_response_analgesia", "referred_as_radiculopathy", "right_handed", "occupation"])
def test_harmless_phrases_say_nothing(id_: str) -> None:
    item = items()[id_]
    assert all(rate == pytest.approx(item.base, rel=0.05) for rate in item.by.values())


def test_denied_sacral_symptoms_barely_speak_against_the_cauda() -> None:
    for id_ in SACRAL:
        item = items()[id_]
        assert (1 - item.by["cauda_equina"]) / (1 - item.base) >= 0.25, id_


LINES = yaml.load((Path(__file__).parent / "history_lines.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def reader() -> History:
    return History(SimpleNamespace(history=tuple(items().values())))  # type: ignore[arg-type]


def told(line: str) -> set[str]:
    return {("-" if match.negated else "") + match.item for match in reader().read(line).matches}


def test_lines_as_clinicians_write_them_are_recognised() -> None:
    assert len(LINES) >= 150
    left = [one["line"] for one in LINES if any(why == "not recognised" for _, why in reader().read(one["line"]).leftover)]
    assert len(left) <= 0.1 * len(LINES), left
    wrong = {one["line"]: (one["items"], told(one["line"])) for one in LINES if not _as_meant(one["items"], told(one["line"]))}
    assert not wrong


def _as_meant(wanted: list[str], found: set[str]) -> bool:
    """Whether all wanted items were told, and none of those behind "!"."""
    unwanted = {name.removeprefix("!") for name in wanted if name.startswith("!")}
    return {name for name in wanted if not name.startswith("!")} <= found and not unwanted & found


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("leg radiation", "pelvic_radiation"),
        ("worse with lifting", "lifting_onset"),
        ("failed epidural", "neuraxial_block"),
        ("bilateral", "bilateral_leg_symptoms"),
        ("numb left foot", "feet_numb_first"),
        ("better walking than sitting", "eased_sitting"),
        ("family history of diabetes", "diabetes"),
        ("ankle jerks absent", "seizure"),
        ("runs down the leg", "running"),
        ("bladder not examined", "bladder_change"),
        ("worse on walking", "-worse_walking"),
        ("spinal tenderness", "neuraxial_block"),
        ("slow, apathetic", "tempo.months"),
        ("pain goes off when he stops walking", "walking_difficulty"),
        ("no history of back pain", "back_pain"),
        ("no previous history of back pain", "back_pain"),
        ("tripped over the dog, landed on the left knee", "squatting"),
        ("leg swollen", "tight_clothing"),
        ("worse walking, relieved by standing", "relief_sitting_toilet"),
    ],
)
def test_words_are_not_read_as_what_they_do_not_say(line: str, absent: str) -> None:
    assert absent not in told(line)
