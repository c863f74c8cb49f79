"""`lasegue atlas`: a plate of the body with layers, as SVG, PNG or PDF."""

from pathlib import Path
from typing import Any, Final

import click
from click.exceptions import Exit

from lasegue.cli import options
from lasegue.cli.options import MAPS, SEVERITIES, SIDES, check_choice
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


@click.command(short_help="Draw a plate of the body.")
@click.option("--out", metavar="FILE", required=True, help="The picture: .svg, .png or .pdf.")
@click.option("--view", default="anterior", metavar="VIEW", help=f"{', '.join(VIEWS)}.")
@click.option("--region", metavar="REGION", help=f"Enlarge a part of a standing view: {', '.join(REGIONS)}.")
@click.option("--layer", multiple=True, metavar="LAYER", help=f"May be given several times: {', '.join(LAYERS)}.")
@click.option("--map", "map_", default="consensus", metavar="MAP", help=f"The dermatome map: {', '.join(MAPS)}.")
@click.option("--root", metavar="ROOT", help="One root: its share of the skin and of the movements.")
@click.option("--nerve", metavar="NERVE", help="One nerve: its share of the skin.")
@click.option("--lesion", metavar="ID", help="What a lesion takes away from skin and movements.")
@options.side
@click.option("--severity", default="moderate", metavar="SEVERITY", help=f"Of the lesion: {', '.join(SEVERITIES)}.")
@click.option("--case", metavar="CASE", help="A case file: its numbness, tingling and pain, each with its own mark.")
@click.option("--theme", default="light", metavar="THEME", help=f"{', '.join(THEMES)}.")
def atlas(
    out: str,
    view: str,
    region: str | None,
    layer: tuple[str, ...],
    map_: str,
    root: str | None,
    nerve: str | None,
    lesion: str | None,
    side: str | None,
    severity: str,
    case: str | None,
    theme: str,
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
    layers = list(layer)
    choices = {"--view": (view, VIEWS), "--region": (region, REGIONS), "--map": (map_, MAPS), "--theme": (theme, THEMES)}
    choices |= {"--side": (side, SIDES), "--severity": (severity, SEVERITIES)}
    for option, (value, known) in [*choices.items(), *(("--layer", (one, LAYERS)) for one in layers)]:
        check_choice(option, value, known)
    _check_together(out, view, region, layers, case)
    _draw(out, view, region, theme, _layers(layers, _wish(map_, root, nerve, (lesion, side, severity), case)))


def _draw(out: str, view: str, region: str | None, theme: str, layers: list[Any]) -> None:
    from lasegue.atlas import plate, save

    save(plate(view, theme=theme, layers=layers, region=region), out)
    say(out)


def _layers(names: list[str], wish: Any) -> list[Any]:
    """Everything that is laid over the plate, in the order in which it is drawn: what is named, then what the other options imply."""
    from lasegue.atlas.command import LAYERS as MAKERS

    implied = [("findings", wish.case is not None)]
    if not any(name in OF_LESION for name in names):
        implied = [("root", wish.root), ("nerve", wish.nerve), ("lesion", wish.lesion), *implied]
    drawn = [name for name in names if name != "none"]
    drawn += [name for name, given in implied if given and name not in drawn]
    if not drawn and not names:
        drawn = ["dermatomes"]
    return [layer for name in drawn for layer in MAKERS[name](wish)]


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


def _wish(map_: str, root: str | None, nerve: str | None, lesion: tuple[str | None, str | None, str], case: str | None) -> Any:
    """What was asked for, every name resolved."""
    from lasegue.atlas.command import Wish
    from lasegue.atlas.territories import ROOTS
    from lasegue.knowledge import load
    from lasegue.names.index import Index
    from lasegue.simulate import lesion_of

    check_choice("--root", root and root.upper(), ROOTS)
    index = Index("nerve", load().nerves)
    named = index.find(nerve) if nerve else None
    if nerve and named is None:
        raise index.unknown(nerve)
    identifier = lesion_of(lesion[0]).id if lesion[0] else None
    return Wish(map_, root and root.upper(), named, identifier, lesion[1], lesion[2], _patient(case) if case else None)


def _patient(source: str) -> Any:
    """The first case of a file."""
    from lasegue.case import BadCase, read_cases

    read = next(iter(read_cases(source)))
    if isinstance(read, BadCase):
        report_faults(CaseError(read.faults, case_id=read.id), False, source)
        raise Exit(2)
    return read
