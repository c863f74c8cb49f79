"""`lasegue atlas`: a plate of the body with layers, as SVG, PNG or PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from lasegue.cli.options import MAPS, SEVERITIES, SIDES, Side, check_choice
from lasegue.cli.output import report_faults, say
from lasegue.errors import CaseError, InputError

VIEWS: Final = ("anterior", "posterior", "lateral", "medial", "dorsum", "sole", "saddle", "all")
REGIONS: Final = ("foot", "leg", "knee", "thigh", "gluteal")
STANDING: Final = ("anterior", "posterior", "lateral", "medial")
THEMES: Final = ("light", "dark", "print")
ENDINGS: Final = (".svg", ".png", ".pdf")
LAYERS: Final = (
    "dermatomes",
    "disagreement",
    "nerves",
    "nerve-key",
    "root-key",
    "key-points",
    "axial-lines",
    "spiral",
    "semicircles",
    "pain",
    "muscles",
    "findings",
    "expected",
    "none",
)
NEEDS_CASE: Final = ("findings", "expected")
OF_LESION: Final = ("pain", "muscles")


Out = Annotated[str, typer.Option("--out", metavar="FILE", help="The picture: .svg, .png or .pdf.")]
View = Annotated[str, typer.Option("--view", metavar="VIEW", help=f"{', '.join(VIEWS)}.")]
Region = Annotated[str | None, typer.Option("--region", metavar="REGION", help=f"Enlarge a part of a standing view: {', '.join(REGIONS)}.")]
LayerNames = Annotated[list[str] | None, typer.Option("--layer", metavar="LAYER", help=f"May be given several times: {', '.join(LAYERS)}.")]
OneMap = Annotated[str, typer.Option("--map", metavar="MAP", help=f"The dermatome map: {', '.join(MAPS)}.")]
Root = Annotated[str | None, typer.Option("--root", metavar="ROOT", help="One root: its share of the skin and of the movements.")]
Nerve = Annotated[str | None, typer.Option("--nerve", metavar="NERVE", help="One nerve: its share of the skin.")]
Lesion = Annotated[str | None, typer.Option("--lesion", metavar="ID", help="What a lesion takes away from skin and movements.")]
Severity = Annotated[str, typer.Option("--severity", metavar="SEVERITY", help=f"Of the lesion: {', '.join(SEVERITIES)}.")]
CaseFile = Annotated[
    str | None, typer.Option("--case", metavar="CASE", help="A case file: its numbness, tingling and pain, each with its own mark.")
]
Theme = Annotated[str, typer.Option("--theme", metavar="THEME", help=f"{', '.join(THEMES)}.")]


def atlas(
    out: Out,
    view: View = "anterior",
    region: Region = None,
    layer: LayerNames = None,
    map_: OneMap = "consensus",
    root: Root = None,
    nerve: Nerve = None,
    lesion: Lesion = None,
    side: Side = None,
    severity: Severity = "moderate",
    case: CaseFile = None,
    theme: Theme = "light",
) -> None:
    """Draw a plate of the body with what is asked for laid over it; with nothing else asked, the dermatomes.

    The layer `expected` adds to --case the numbness that its ranking expects. Sides are the patient's.

    \b
    Examples:
      lasegue atlas --view posterior --map keegan_garrett --out dermatomes.svg
      lasegue atlas --view lateral --root L5 --out l5.svg
      lasegue atlas --lesion nerve.common_peroneal.fibular_neck --severity severe --out peroneal.svg
      lasegue atlas --view all --case examples/foot-drop.yaml --out patient.svg
    """
    layers = list(layer or [])
    choices = {"--view": (view, VIEWS), "--region": (region, REGIONS), "--map": (map_, MAPS), "--theme": (theme, THEMES)}
    choices |= {"--side": (side, SIDES), "--severity": (severity, SEVERITIES)}
    for option, (value, known) in [*choices.items(), *(("--layer", (one, LAYERS)) for one in layers)]:
        check_choice(option, value, known)
    _check_together(out, view, region, layers, case)
    _draw(out, view, region, theme, _layers(layers, map_, (root, nerve), (lesion, side, severity), case))


def _draw(out: str, view: str, region: str | None, theme: str, layers: list[Any]) -> None:
    from lasegue.atlas import plate, save

    save(plate(view, theme=theme, layers=layers, region=region), out)
    say(out)


def _layers(
    names: list[str], map_: str, one: tuple[str | None, str | None], lesion: tuple[str | None, str | None, str], case: str | None
) -> list[Any]:
    """Everything that is laid over the plate, in the order in which it is drawn."""
    drawn = [made for name in names if name not in (*NEEDS_CASE, *OF_LESION) for made in _of_knowledge(name, map_)]
    asked = [name for name in names if name in OF_LESION]
    if asked:
        drawn += _of_parts(asked, one[0], lesion)
    else:
        drawn += _of_names(map_, *one)
        if lesion[0]:
            drawn += _of_lesion(lesion[0], lesion[1], lesion[2])
    if case:
        drawn += _of_case(case, "expected" in names, lesion[2])
    return drawn if drawn or names else _of_knowledge("dermatomes", map_)


def _check_together(out: str, view: str, region: str | None, layers: list[str], case: str | None) -> None:
    """What does not go together, and where nothing can be written."""
    target = Path(out)
    if target.suffix.lower() not in ENDINGS:
        raise InputError(f"--out {out}: a plate is {', '.join(ENDINGS)}")
    if not target.parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {target.parent}")
    if region and view not in STANDING:
        raise InputError(f"--region goes with --view {', '.join(STANDING)}")
    wanting = [one for one in layers if one in NEEDS_CASE and not case]
    if wanting:
        raise InputError(f"--layer {wanting[0]} needs --case CASE")


def _of_knowledge(layer: str, map_: str) -> list[Any]:
    """A layer that the knowledge alone gives."""
    from lasegue.atlas import territories
    from lasegue.knowledge import load

    known = load()
    makers: dict[str, Callable[[], list[Any]]] = {
        "dermatomes": lambda: [territories.dermatomes(known, map_)],
        "disagreement": lambda: [territories.disagreement(known)],
        "nerves": lambda: [territories.branches(known, numbered=False)],
        "nerve-key": lambda: [territories.branches(known)],
        "root-key": lambda: [territories.root_key(known, map_)],
        "key-points": lambda: [territories.key_points(known)],
        "axial-lines": lambda: [territories.axial_lines()],
        "spiral": lambda: [territories.spiral(known)],
        "semicircles": lambda: [territories.semicircles(known)],
        "none": list,
    }
    return makers[layer]()


def _of_names(map_: str, root: str | None, nerve: str | None) -> list[Any]:
    """One root's and one nerve's share."""
    from lasegue.atlas import territories
    from lasegue.knowledge import load
    from lasegue.names.index import Index

    known, found = load(), []
    if root:
        check_choice("--root", root.upper(), territories.ROOTS)
        found += [territories.root(known, root.upper(), map_), territories.movements(known, root.upper())]
    if nerve:
        index = Index("nerve", known.nerves)
        name = index.find(nerve)
        if name is None:
            raise index.unknown(nerve)
        found.append(territories.nerve(known, name))
    return found


def _of_lesion(lesion: str, side: str | None, severity: str) -> list[Any]:
    """What a lesion takes away; without a side, left where it can be."""
    from lasegue.atlas import lesions
    from lasegue.knowledge import load
    from lasegue.simulate import lesion_of
    from lasegue.wiring import wire

    record = lesion_of(lesion)
    chosen = side or ("left" if record.one_sided else "bilateral")
    return list(lesions.layers(load(), wire(load()), record.id, chosen, severity))


def _of_parts(names: list[str], root: str | None, lesion: tuple[str | None, str | None, str]) -> list[Any]:
    """The deep pain of a lesion or root (of every structure when none is named), or the movements alone."""
    from lasegue.atlas.command import LAYERS as NAMED
    from lasegue.atlas.command import Wish
    from lasegue.simulate import lesion_of

    known = lesion_of(lesion[0]).id if lesion[0] else None
    wish = Wish(root=root.upper() if root else None, lesion=known, side=lesion[1], severity=lesion[2])
    return [made for name in names for made in NAMED[name](wish)]


def _of_case(source: str, expecting: bool, severity: str) -> list[Any]:
    """The patient's own findings, and what the ranking expects of the skin."""
    from lasegue.assess import assess
    from lasegue.atlas import lesions, territories
    from lasegue.atlas.patient import felt
    from lasegue.case import BadCase, read_cases
    from lasegue.knowledge import load
    from lasegue.wiring import wire

    read = next(iter(read_cases(source)))
    if isinstance(read, BadCase):
        report_faults(CaseError(read.faults, case_id=read.id), False, source)
        raise typer.Exit(2)
    known = load()
    found: list[Any] = list(territories.findings(*felt(known, read)))
    if expecting:
        acting = {one.id for one in known.lesions if one.one_sided or one.both}
        rows = [(r.lesion, r.side or "left", r.probability) for r in assess(read).ranking if r.lesion in acting]
        found.insert(0, lesions.expected(known, wire(known), rows, severity))
    return found
