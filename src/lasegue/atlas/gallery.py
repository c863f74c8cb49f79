"""The gallery of plates: `python -m lasegue.atlas.gallery docs/gallery` writes every view and layer, and a page that shows them."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lasegue.atlas import lesions, pain, territories
from lasegue.atlas.figure import REGIONS
from lasegue.atlas.layers import Layer
from lasegue.atlas.plate import Picture
from lasegue.atlas.plate import plate as drawn
from lasegue.atlas.raster import SIDES, VIEWS
from lasegue.knowledge import Knowledge, load
from lasegue.wiring import wire

# Half the coats of shading: the page holds many plates.
plate = partial(drawn, coarse=True)


class Shown(NamedTuple):
    """A plate of the gallery, with its caption and section."""

    section: str
    name: str
    caption: str
    picture: Picture


def _foot_drop() -> tuple[Layer, ...]:
    """An invented patient, for the marks."""
    numb = {("left", s): 1.0 for s in ("web1", "hallux_dorsum", "toe2_dorsum", "dorsum_3rd_mtp", "dorsum_proximal", "dorsum_medial_border")}
    tingling = {("left", s): 1.0 for s in ("leg_lat_mid", "leg_lat_lower")}
    pain = {("left", s): 1.0 for s in ("knee_lateral",)} | {("right", "knee_patella"): 1.0}
    return territories.findings(numb, tingling, pain)


def _bodies() -> Iterator[Shown]:
    for view in VIEWS:
        yield Shown("The body", f"body-{view}", f"The {view} view without layers", drawn(view))
    for region in REGIONS:
        view, seen = ("posterior", "behind") if region == "gluteal" else ("lateral", "the outer side")
        picture = plate(view, region=region, sides=_sides(view))
        yield Shown("The body", f"region-{region}", f"Enlarged: {region}, seen from {seen}", picture)


def _sides(view: str) -> tuple[str, ...]:
    """One limb where both would stand far apart."""
    return ("left",) if view in ("lateral", "medial") else SIDES


def _dermatomes(k: Knowledge) -> Iterator[Shown]:
    section = "Dermatomes"
    yield Shown(
        section, "dermatomes-all", "Consensus, every view", plate("all", layers=[territories.dermatomes(k)], title="Dermatomes, consensus")
    )
    for map_id, label in territories.MAPS.items():
        for view in ("anterior", "posterior"):
            picture = plate(view, layers=[territories.dermatomes(k, map_id)])
            yield Shown(section, f"dermatomes-{map_id}-{view}", f"{label}, {view}", picture)
    yield Shown(section, "dermatomes-saddle", "Consensus, saddle", plate("saddle", layers=[territories.dermatomes(k)]))
    for view in ("anterior", "posterior", "sole"):
        yield Shown(section, f"disagreement-{view}", f"Where the maps disagree, {view}", plate(view, layers=[territories.disagreement(k)]))
    layers: list[Layer] = [territories.root(k, "L5"), territories.movements(k, "L5")]
    yield Shown(section, "root-L5", "One root: L5, its skin and the movements it carries", plate("lateral", layers=layers))
    layers = [territories.root(k, "S1"), territories.movements(k, "S1")]
    yield Shown(section, "root-S1", "One root: S1, its skin and the movements it carries", plate("posterior", layers=layers))
    yield Shown(
        section, "spiral", "The arrangement, reading 1", plate("posterior", layers=[territories.spiral(k), territories.axial_lines()])
    )
    yield Shown(
        section,
        "semicircles",
        "The arrangement, reading 2",
        plate("posterior", layers=[territories.semicircles(k), territories.axial_lines()]),
    )
    for view in ("anterior", "posterior"):
        picture = plate(view, layers=[territories.key_points(k)])
        yield Shown(section, f"key-points-{view}", f"Key points of the international standards, {view}", picture)


def _keys(k: Knowledge) -> Iterator[Shown]:
    views = (
        ("dorsum", None),
        ("sole", None),
        ("lateral", "leg"),
        ("anterior", "thigh"),
        ("posterior", "gluteal"),
    )
    for view, region in views:
        for kind, layer in (("nerves", territories.branches(k)), ("roots", territories.root_key(k))):
            place = " ".join((view, region or "")).strip()
            picture = plate(view, region=region, layers=[layer], sides=_sides(view) if region else SIDES)
            yield Shown("Numbered keys", f"key-{kind}-{place.replace(' ', '-')}", f"{kind.capitalize()}, {place}", picture)
    yield Shown("Numbered keys", "nerves-posterior", "Cutaneous nerves, whole", plate("posterior", layers=[territories.branches(k)]))
    yield Shown("Numbered keys", "nerve-saphenous", "One nerve: saphenous", plate("medial", layers=[territories.nerve(k, "saphenous")]))


def _others(k: Knowledge) -> Iterator[Shown]:
    section = "Findings and themes"
    yield Shown(section, "findings", "A patient's own findings: three kinds, three marks", plate("anterior", layers=_foot_drop()))
    yield Shown(section, "dark", "Dark theme", plate("anterior", theme="dark", layers=[*_foot_drop(), territories.key_points(k)]))
    yield Shown(
        section, "print", "Print theme: patterns instead of colours", plate("posterior", theme="print", layers=[territories.dermatomes(k)])
    )
    yield Shown(section, "print-sole", "Print theme, soles", plate("sole", theme="print", layers=[territories.branches(k)]))


def _lesions(k: Knowledge) -> Iterator[Shown]:
    section, wiring = "What a lesion takes away", wire(k)
    chosen = (
        ("nerve.common_peroneal.fibular_neck", "left", "lateral"),
        ("root.S1", "right", "posterior"),
        ("cauda_equina", "bilateral", "saddle"),
        ("polyneuropathy.length_dependent", "bilateral", "anterior"),
    )
    for lesion, side, view in chosen:
        picture = plate(view, layers=lesions.layers(k, wiring, lesion, side, "severe"))
        yield Shown(section, f"lesion-{lesion}", f"{k.lesion[lesion].name}, {side}, severe", picture)
    ranking = (("root.L5", "left", 0.6), ("nerve.common_peroneal.fibular_neck", "left", 0.3), ("root.S1", "left", 0.1))
    caption = "Numbness that a ranking expects (invented: L5 .6, peroneal .3, S1 .1)"
    yield Shown(section, "expected", caption, plate("anterior", layers=[lesions.expected(k, wiring, ranking, "severe")]))


def _pain(k: Knowledge) -> Iterator[Shown]:
    section = "Deep pain"
    yield Shown(section, "pain-structures", "What joints, tendons and spine refer", plate("posterior", layers=pain.deep_pain(k)))
    for lesion, view in (("root.S1", "posterior"), ("root.L3", "anterior")):
        picture = plate(view, layers=pain.deep_pain(k, lesion, "left"))
        yield Shown(section, f"pain-{lesion}", f"Where the pain of {k.lesion[lesion].name} is felt, left", picture)


def plates() -> Iterator[Shown]:
    """Every plate of the gallery."""
    k = load()
    yield from _bodies()
    yield from _dermatomes(k)
    yield from _keys(k)
    yield from _pain(k)
    yield from _lesions(k)
    yield from _others(k)


def write(folder: Path) -> int:
    """Write the plates and their page; how many plates."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    page = ["# Gallery", "", f"Every plate is drawn from one surface; sides are the patient's ({' and '.join(SIDES)}).", ""]
    page += ["Made by `python -m lasegue.atlas.gallery docs/gallery`.", ""]
    section, count = "", 0
    for shown in plates():
        if shown.section != section:
            section = shown.section
            page += [f"## {section}", ""]
        (folder / f"{shown.name}.svg").write_text(shown.picture, encoding="utf-8")
        page += [f"### {shown.caption}", "", f"![{shown.caption}]({shown.name}.svg)", ""]
        count += 1
    (folder / "README.md").write_text("\n".join(page), encoding="utf-8")
    return count


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
