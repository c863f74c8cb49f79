"""Deep pain: where a root, a lesion, or a structure of bone and muscle is felt, region by region, as the knowledge has the rates."""

from lasegue.atlas.layers import Bars, Density, Layer, Zone, Zones
from lasegue.atlas.raster import SIDES, Key
from lasegue.errors import InputError
from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import PainRegion
from lasegue.model.rates import lookup

# The skin over each region of pain. Regions of the back lie above the picture and have none; vague ones ("thigh, not further
# said") would paint half the limb and are left to the bars.
OVER: dict[str, tuple[str, ...]] = {
    "sacrum_coccyx": ("buttock_sacral_medial", "coccyx"),
    "sacroiliac": ("buttock_upper_outer", "buttock_sacral_medial"),
    "buttock": ("buttock_upper_outer", "buttock_central", "buttock_sacral_medial", "gluteal_fold"),
    "ischium": ("ischial_tuberosity",),
    "groin": ("inguinal_ligament_mid", "femoral_triangle", "upper_inner_thigh"),
    "genital": ("genital_anterior", "genital_posterior", "genital_shaft"),
    "perineum": ("perineum_mid", "perianal", "perianal_outer"),
    "abdomen": ("suprapubic",),
    "lateral_hip": ("lateral_hip_crest", "trochanter"),
    "anterior_thigh": ("thigh_ant_upper", "thigh_ant_mid", "thigh_ant_lower", "thigh_anteromedial_mid"),
    "anterolateral_thigh": ("thigh_anterolat_mid", "thigh_ant_mid"),
    "lateral_thigh": ("thigh_lat_upper", "thigh_lat_mid", "thigh_lat_lower"),
    "posterolateral_thigh": ("thigh_posterolat_mid",),
    "posterior_thigh": ("thigh_post_upper", "thigh_post_mid", "thigh_post_lower", "thigh_posterolat_mid", "thigh_posteromed_mid"),
    "medial_thigh": ("thigh_med_upper", "thigh_med_mid", "thigh_med_lower"),
    "knee": ("knee_patella", "knee_infrapatellar", "knee_medial_condyle", "knee_lateral"),
    "medial_knee": ("knee_medial_condyle",),
    "lateral_knee": ("knee_lateral",),
    "popliteal": ("popliteal_mid", "popliteal_lateral", "popliteal_medial"),
    "medial_leg": ("leg_med_upper", "leg_med_mid", "leg_med_lower"),
    "shin_anterior": ("shin_mid", "shin_lower"),
    "lateral_leg": ("leg_lat_upper", "leg_lat_mid", "leg_lat_lower"),
    "calf": ("calf_post_upper", "calf_post_mid", "calf_post_lower", "calf_posteromed", "calf_posterolat"),
    "ankle": ("medial_malleolus", "lateral_malleolus", "ankle_anterior", "achilles"),
    "ankle_medial": ("medial_malleolus",),
    "ankle_lateral": ("lateral_malleolus",),
    "foot_dorsum": ("dorsum_proximal", "dorsum_medial_border", "dorsum_3rd_mtp", "dorsum_lateral_border", "web2", "web3"),
    "great_toe": ("hallux_dorsum", "hallux_medial", "hallux_plantar"),
    "forefoot": ("ball_medial", "ball_lateral"),
    "sole": ("sole_medial_arch", "sole_central", "sole_lateral", "ball_medial", "ball_lateral"),
    "heel": ("heel_plantar", "heel_medial", "heel_lateral", "heel_posterior"),
    "medial_foot": ("medial_foot_navicular",),
    "lateral_foot": ("lateral_foot_5mt_base", "dorsum_lateral_border"),
    "toes": ("toe2_dorsum", "toe3_dorsum", "toe4_dorsum", "toe5_dorsum", "toes2_3_plantar", "toe4_plantar", "toe5_plantar"),
}
# What bone, joint and muscle refer, by the lesion that stands for the structure.
STRUCTURES = (
    ("Hip joint", "mimic.hip"),
    ("Gluteal tendons", "mimic.gluteal_tendinopathy"),
    ("Sacroiliac joint", "mimic.sacroiliac"),
    ("Deep buttock", "mimic.deep_gluteal"),
    ("Lumbar spine, referred", "mimic.referred_pain"),
    ("Knee joint", "mimic.knee"),
    ("Plantar fascia", "mimic.plantar_fasciitis"),
)
NOTE = "The share of patients who feel pain there; deep pain is poorly placed, and borders mean little."


def rate(region: PainRegion, lesion_id: str) -> float:
    """How often the lesion is felt in the region."""
    found = lookup(region.by, lesion_id)
    return region.base if found is None else found


def felt(knowledge: Knowledge, lesion_id: str) -> dict[str, float]:
    """The rate of pain over each site: that of the most painful region that it lies over."""
    result: dict[str, float] = {}
    for region in knowledge.pain_regions:
        for site in OVER.get(region.id, ()):
            result[site] = max(result.get(site, 0.0), rate(region, lesion_id))
    return result


def sites_of(knowledge: Knowledge, region_id: str) -> tuple[str, ...]:
    """The skin over a region of pain. A zone of pain by root is the skin of that root; a vague region has none."""
    if region_id == "stocking":
        return tuple(knowledge.skin_group["stocking.mid_calf"].sites)
    if region_id.startswith("zone_") and (name := f"dermatome.{region_id.removeprefix('zone_')}") in knowledge.skin_group:
        return tuple(s for s, share in knowledge.skin_group[name].sites.items() if share > 0.05)
    return OVER.get(region_id, ())


def deep_pain(knowledge: Knowledge, lesion_id: str | None = None, side: str | None = None) -> tuple[Layer, ...]:
    """Where one lesion's pain is felt, as a field with the regions as bars; without a lesion, what each deep structure refers."""
    if lesion_id is None:
        return (_structures(knowledge),)
    if lesion_id not in knowledge.lesion:
        raise InputError(f"no lesion {lesion_id!r}")
    sides = (side,) if side in SIDES else SIDES
    values: dict[Key, float] = {(s, site): value for s in sides for site, value in felt(knowledge, lesion_id).items()}
    deep = ((r.name, rate(r, lesion_id)) for r in knowledge.pain_regions if r.deep and "not further" not in r.name)
    rows = sorted(((name, value) for name, value in deep if value >= 0.05), key=lambda row: (-row[1], row[0]))[:10]
    label = f"Pain felt: {knowledge.lesion[lesion_id].name}"
    levels = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    return Density(label, values, "#c4430a", levels, NOTE), Bars("Deep pain by region", tuple(rows), "#c4430a")


def _structures(knowledge: Knowledge) -> Zones:
    zones = []
    for name, lesion_id in STRUCTURES:
        values = {(s, site): value for s in SIDES for site, value in felt(knowledge, lesion_id).items()}
        zones.append(Zone(name, values))
    note = "Each place shows the structure that is felt there most often; all of them overlap."
    return Zones("Deep pain by structure", tuple(zones), numbered=True, least=0.2, note=note)
