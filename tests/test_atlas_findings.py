"""From paint to words and on to a place: painted areas read as a clinician would write them; the command's options give a file."""

from collections import Counter

import numpy as np
import pytest

import lasegue
from lasegue import atlas
from lasegue.atlas import pain, patient, raster
from lasegue.atlas.body import asset
from lasegue.atlas.command import LAYERS, atlas_command
from lasegue.errors import CaseError, InputError
from lasegue.knowledge import Knowledge, load

EXAMPLE = "examples/foot-drop.yaml"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def _skin(view, side=None, high=999.0):
    r = raster.raster(view)
    v = r.top - (np.arange(r.skin.shape[0]) + 0.5) * r.step
    chosen = r.skin & (v < high)[:, None]
    return chosen if side is None else chosen & (r.left_side == (side == "left"))


def _box(view, place, side, across, down, up):
    u, v = asset().place(view, place, side)
    return {view: [(u - across, v - down), (u + across, v - down), (u + across, v + up), (u - across, v + up)]}


PAINTED = {
    "first web space": lambda: _box("dorsum", "web_1", "left", 1.2, 0.8, 1.2),
    "stocking to the knees": lambda: (
        {v: _skin(v, high=44.0) for v in ("anterior", "posterior", "lateral", "medial")} | {v: _skin(v) for v in ("dorsum", "sole")}
    ),
    "saddle": lambda: {"saddle": [(-7, -9), (7, -9), (7, 4), (-7, 4)]},
    "sole and plantar toes": lambda: {"sole": _skin("sole", "left")},
    "lateral thigh": lambda: _box("lateral", "thigh_lat_mid", "right", 4.0, 13.0, 13.0),
}
SIDE = {"stocking to the knees": "bilateral", "saddle": "bilateral", "lateral thigh": "right"}
THERE = {
    "first web space": {"nerve.deep_peroneal"},
    "stocking to the knees": {"polyneuropathy"},
    "saddle": {"cauda_equina", "root.S2+S3+S4", "root.S3+S4"},
    "sole and plantar toes": {"nerve.tibial", "root.S1"},
    "lateral thigh": {"nerve.lateral_femoral_cutaneous"},
}


@pytest.mark.parametrize("words", PAINTED)
def test_paint_reads_as_a_clinician_would_write_it(words, knowledge):
    found = patient.area_to_findings(knowledge, PAINTED[words]())
    told = [(f["site"].lower(), f["side"], f["finding"]) for f in found]
    assert told == [(words, SIDE.get(words, "left"), "reduced")]


@pytest.mark.parametrize("words", PAINTED)
def test_paint_alone_leads_to_its_place(words, knowledge):
    found = patient.area_to_findings(knowledge, PAINTED[words](), "absent", only=True, tested=True)
    ranking = lasegue.localize({"sensory": found})["ranking"]
    families: Counter[str] = Counter()
    for row in ranking:
        first, _, rest = row["lesion"].partition(".")
        families[f"{first}.{rest.partition('.')[0]}" if first in ("nerve", "root") else first] += row["probability"]
    assert THERE[words] & {name for name, _ in families.most_common(3)}, families.most_common(6)


def test_what_bears_no_paint_is_written_as_normal_only_when_asked(knowledge):
    painted = PAINTED["lateral thigh"]()
    assert all(f["finding"] == "reduced" for f in patient.area_to_findings(knowledge, painted))
    told = {(f["site"], f["side"]): f["finding"] for f in patient.area_to_findings(knowledge, painted, only=True)}
    assert told["Lateral thigh", "right"] == "reduced"
    assert told["Lateral thigh", "left"] == "normal"
    assert told["Sole", "bilateral"] == "normal"


def test_no_paint_gives_no_finding(knowledge):
    assert patient.findings(knowledge, {}) == []


def test_from_words_to_paint_and_back(knowledge):
    """Findings to area to findings: a patch drawn on the skin reads as the patch it was."""
    for words in ("sole", "lateral_thigh", "anterior_thigh", "posterior_thigh", "buttock", "great_toe"):
        sites = knowledge.skin_group[words].sites
        painted = {view: atlas.sites_to_area(view, {("left", s): 1.0 for s in sites}) for view in raster.VIEWS}
        read = patient.wordings(knowledge, {s: v for (side, s), v in atlas.merge(
            atlas.area_to_sites(view, area) for view, area in painted.items()).items() if side == "left"})  # fmt: skip
        assert len(set(read[0].sites) & set(sites)) >= 0.75 * len(set(read[0].sites) | set(sites)), (words, read)


def test_a_case_keeps_its_kinds_apart(knowledge):
    case = lasegue.read_case({
        "side": "left",
        "sensory": [{"site": "dorsum of foot", "finding": "reduced"}, {"site": "lateral leg", "finding": "paraesthesia"}],
        "pain": [{"site": "buttock"}, {"site": "calf", "side": "right"}],
    })  # fmt: skip
    felt = patient.felt(knowledge, case)
    assert ("left", "dorsum_proximal") in felt.numbness
    assert set(felt.tingling) == {("left", s) for s in knowledge.skin_group["lateral_leg"].sites}
    assert ("left", "buttock_central") in felt.pain
    assert ("right", "calf_post_mid") in felt.pain
    assert not set(felt.numbness) & set(felt.pain)


def test_deep_pain_lies_where_the_knowledge_has_it(knowledge):
    assert set(pain.OVER) <= {r.id for r in knowledge.pain_regions}
    assert {s for sites in pain.OVER.values() for s in sites} <= set(knowledge.skin_site)
    density, bars = pain.deep_pain(knowledge, "root.S1", "left")
    assert {side for side, _ in density.values} == {"left"}
    assert density.values["left", "calf_post_mid"] > density.values["left", "thigh_ant_mid"]
    assert "low back" in dict(bars.rows)
    (zones,) = pain.deep_pain(knowledge)
    assert "Hip joint" in [z.name for z in zones.zones]
    with pytest.raises(InputError):
        pain.deep_pain(knowledge, "nowhere")


@pytest.mark.parametrize("layer", LAYERS)
def test_the_command_draws_every_layer(layer):
    options = {"root": "L5"} if layer == "root" else {"nerve": "sural"} if layer == "nerve" else {}
    if layer in ("lesion", "muscles"):
        options = {"lesion": "nerve.common_peroneal.fibular_neck", "severity": "severe"}
    if layer in ("findings", "expected"):
        options = {"case": EXAMPLE}
    assert atlas_command(layer=layer, **options).startswith("<svg")


def test_the_command_writes_what_the_ending_says_and_picks_a_view(tmp_path):
    out = tmp_path / "picture.svg"
    picture = atlas_command(lesion="nerve.common_peroneal.fibular_neck", side="left", severity="severe", out=out)
    assert out.read_text(encoding="utf-8") == picture
    assert "Feeling lost" in picture
    assert "Soles" in atlas_command(layer="body", view="sole")
    assert atlas_command(view="lateral:leg", layer="nerve-key", side="left").count(">patient's ") == 1
    assert "saddle" not in atlas_command(lesion="cauda_equina").lower()


@pytest.mark.parametrize("options", [
    {"view": "top"}, {"view": "sole:leg"}, {"layer": "aura"}, {"layer": "root"}, {"root": "L9"}, {"nerve": "vagus"}, {"lesion": "nowhere"},
    {"theme": "pink"}, {"out": "picture.gif"}, {"side": "middle"}, {"map_": "mercator"}, {"lesion": "root.L5", "severity": "awful"},
    {"layer": "findings"},
])  # fmt: skip
def test_the_command_refuses_what_it_does_not_know(options):
    with pytest.raises(InputError):
        atlas_command(**options)


def test_the_command_tells_what_is_wrong_with_a_case(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nsensory: [{site: elbow joint of the moon, finding: reduced, side: left}]\n", encoding="utf-8")
    with pytest.raises(CaseError):
        atlas_command(case=str(bad))
