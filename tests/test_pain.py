"""Where pain is felt: the regions load, their names mean one thing, and their rates say what medicine says."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import yaml

from lasegue.knowledge.lesion import Lesion
from lasegue.knowledge.records import PainRegion
from lasegue.names.fold import compact, fold

DATA = Path(__file__).parents[1] / "src" / "lasegue" / "knowledge" / "data"
MIDLINE = {"low_back", "sacrum_coccyx", "perineum", "abdomen"}
ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1")
PAINLESS = (
    "nerve.common_peroneal.fibular_neck",
    "nerve.femoral.inguinal_ligament",
    "motor_neuron_disease",
    "central.parasagittal",
    "central.spinal_cord",
    "neuromuscular_junction",
)
PAINFUL = {
    "radiculoplexus_neuropathy": ("thigh", "anterior_thigh", "buttock", "whole_leg"),
    "root.L5": ("low_back", "buttock", "lateral_leg", "whole_leg"),
    "root.S1": ("low_back", "buttock", "posterior_thigh", "calf", "posterior_leg"),
    "cauda_equina": ("low_back", "whole_leg"),
    "mimic.hip": ("hip", "groin"),
    "mimic.hip_fracture": ("hip", "groin"),
    "mimic.limb_ischaemia": ("foot", "whole_leg", "lower_leg"),
    "mimic.compartment_syndrome": ("lower_leg", "shin_anterior"),
    "mimic.vascular_claudication": ("calf",),
    "mimic.plantar_fasciitis": ("heel",),
    "mimic.gluteal_tendinopathy": ("lateral_hip",),
    "nerve.lateral_femoral_cutaneous.inguinal_ligament": ("thigh", "anterolateral_thigh", "lateral_thigh"),
    "nerve.tibial.tarsal_tunnel": ("sole", "ankle_medial"),
    "nerve.pudendal.alcock_canal": ("perineum",),
}


@cache
def regions() -> dict[str, PainRegion]:
    text = (DATA / "pain_regions.yaml").read_text(encoding="utf-8")
    found = msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), list[PainRegion])
    assert len({region.id for region in found}) == len(found), "an id stands twice"
    return {region.id: region for region in found}


@cache
def lesions() -> dict[str, Lesion]:
    text = (DATA / "lesions.yaml").read_text(encoding="utf-8")
    found = msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), list[Lesion])
    return {lesion.id: lesion for lesion in found}


def own_rate(region: PainRegion, lesion: str) -> float | None:
    """The rate by the documented rule: the lesion's own key, else the longest dotted prefix; root sets take their largest member."""
    if lesion not in region.by and "+" in lesion:
        members = [own_rate(region, f"root.{root}") for root in lesion.removeprefix("root.").split("+")]
        return max((rate for rate in members if rate is not None), default=None)
    fitting = [key for key in region.by if lesion == key or lesion.startswith(f"{key}.")]
    return region.by[max(fitting, key=len)] if fitting else None


def rate(region: str, lesion: str) -> float:
    found = own_rate(regions()[region], lesion)
    assert found is not None, (region, lesion)
    return found


def test_regions_have_names_enough() -> None:
    assert len(regions()) >= 30
    for region in regions().values():
        assert 8 <= len(region.names) <= 25, (region.id, len(region.names))


def test_a_name_belongs_to_one_region() -> None:
    whole: dict[str, str] = {}
    bags: dict[frozenset[str], str] = {}
    for region in regions().values():
        for name in (region.id.replace("_", " "), region.name, *region.names):
            assert whole.setdefault(compact(name), region.id) == region.id, name
            assert bags.setdefault(frozenset(fold(name).split()), region.id) == region.id, name


@pytest.mark.parametrize(
    ("word", "region"),
    [
        ("back", "low_back"),
        ("bum", "buttock"),
        ("glutes", "buttock"),
        ("groin", "groin"),
        ("hip", "hip"),
        ("hamstring", "posterior_thigh"),
        ("back of the thigh", "posterior_thigh"),
        ("front of thigh", "anterior_thigh"),
        ("inner thigh", "medial_thigh"),
        ("shin", "shin_anterior"),
        ("calves", "calf"),
        ("inside of the leg", "medial_leg"),
        ("outside of the calf", "lateral_leg"),
        ("top of the foot", "foot_dorsum"),
        ("big toe", "great_toe"),
        ("bottom of the foot", "sole"),
        ("tailbone", "sacrum_coccyx"),
        ("back of the leg", "posterior_leg"),
        ("leg", "whole_leg"),
        ("little toe", "lateral_foot"),
        ("S1 dermatome", "zone_S1"),
    ],
)
def test_everyday_words(word: str, region: str) -> None:
    record = regions()[region]
    known = {compact(name) for name in (record.id.replace("_", " "), record.name, *record.names)}
    assert compact(word) in known


def test_midline_regions_have_no_side() -> None:
    marked = {region.id for region in regions().values() if region.midline}
    assert marked >= MIDLINE
    assert not marked & {"buttock", "groin", "calf", "foot", "hip", "whole_leg", "sacroiliac"}


def test_rates_are_probabilities() -> None:
    for region in regions().values():
        for key, value in (("base", region.base), *region.by.items()):
            assert 0 < value < 1, (region.id, key)


def test_rate_keys_are_lesions() -> None:
    for region in regions().values():
        for key in region.by:
            assert any(lesion == key or lesion.startswith(f"{key}.") for lesion in lesions()), (region.id, key)


def test_every_lesion_has_a_rate_everywhere() -> None:
    for region in regions().values():
        bare = [lesion for lesion in lesions() if lesion != "unlisted" and own_rate(region, lesion) is None]
        assert not bare, (region.id, bare)


def test_base_is_what_the_lesions_make_of_it() -> None:
    """The population is the lesions as they present; half or double leaves room for another setting."""
    for region in regions().values():
        weights = {i: lesion.prior["specialist"] + lesion.prior["primary_care"] for i, lesion in lesions().items() if i != "unlisted"}
        mean = sum(weight * rate(region.id, i) for i, weight in weights.items()) / sum(weights.values())
        assert mean / 2 < region.base < mean * 2, (region.id, mean)


def test_l5_and_s1_are_hard_to_tell_apart() -> None:
    for region in regions():
        l5, s1 = rate(region, "root.L5"), rate(region, "root.S1")
        if max(l5, s1) >= 0.1:
            assert 1 / 3.001 < l5 / s1 < 3.001, region


@pytest.mark.parametrize(("upper", "lower"), list(pairwise(ROOTS)))
def test_neighbouring_roots_differ_little_where_pain_is_shown(upper: str, lower: str) -> None:
    for region in regions():
        if region.startswith("zone_"):
            continue
        a, b = rate(region, f"root.{upper}"), rate(region, f"root.{lower}")
        if max(a, b) >= 0.2:
            assert 1 / 3.5 < a / b < 3.5, (region, a, b)


@pytest.mark.parametrize(
    ("region", "root", "other"),
    [
        ("groin", "L1", "L4"),
        ("anterior_thigh", "L3", "L5"),
        ("medial_leg", "L4", "S1"),
        ("foot_dorsum", "L5", "S1"),
        ("great_toe", "L5", "S1"),
        ("lateral_leg", "L5", "S1"),
        ("calf", "S1", "L5"),
        ("sole", "S1", "L5"),
        ("lateral_foot", "S1", "L5"),
        ("posterior_thigh", "S1", "L5"),
        ("zone_L5", "L5", "S1"),
        ("zone_S1", "S1", "L5"),
        ("perineum", "S3", "S1"),
    ],
)
def test_each_root_leads_in_its_own_zone(region: str, root: str, other: str) -> None:
    assert rate(region, f"root.{root}") > 1.25 * rate(region, f"root.{other}")


@pytest.mark.parametrize("lesion", PAINLESS)
def test_painless_lesions_make_pain_rare(lesion: str) -> None:
    for region in ("low_back", "buttock", "whole_leg", "posterior_leg", "posterior_thigh", "calf", "thigh", "foot", "hip"):
        assert rate(region, lesion) < 0.75 * regions()[region].base, region
    assert rate("whole_leg", lesion) < 0.35 * rate("whole_leg", "root.L5")


@pytest.mark.parametrize("lesion", list(PAINFUL))
def test_painful_lesions_hurt_where_they_should(lesion: str) -> None:
    for region in PAINFUL[lesion]:
        assert rate(region, lesion) >= 0.5 or rate(region, lesion) > 3 * regions()[region].base, region
        assert rate(region, lesion) > 1.1 * regions()[region].base, region


def test_root_sets_take_their_largest_member() -> None:
    assert rate("calf", "root.L5+S1") == rate("calf", "root.S1")
    assert rate("foot_dorsum", "root.L5+S1") == rate("foot_dorsum", "root.L5")


def test_the_nothing_found_are_below_the_population() -> None:
    for region in regions().values():
        assert rate(region.id, "none") <= max(region.base, 0.08), region.id
