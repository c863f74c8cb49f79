"""One call for one picture, with the options of the command line as plain parameters: choose layers and view, write SVG, PNG or PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lasegue.assess import assess
from lasegue.atlas import export, figure, lesions, pain, patient, raster, territories
from lasegue.atlas.layers import Density, Layer, Marks, Zones
from lasegue.atlas.plate import Picture, plate
from lasegue.atlas.theme import THEMES
from lasegue.case import Case, read_cases
from lasegue.case.files import BadCase
from lasegue.errors import CaseError, InputError
from lasegue.knowledge import Knowledge, load
from lasegue.wiring import Wiring, wire

ENDINGS = (".svg", ".png", ".pdf")


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    map_: str = "consensus"
    root: str | None = None
    nerve: str | None = None
    lesion: str | None = None
    side: str | None = None
    severity: str = "moderate"
    case: str | Case | None = None

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge."""
        return load()

    @cached_property
    def wiring(self) -> Wiring:
        """The wiring."""
        return wire(self.knowledge)

    @cached_property
    def patient(self) -> Case:
        """The first case of the file."""
        if isinstance(self.case, Case):
            return self.case
        if self.case is None:
            raise InputError("this layer shows a patient: name a case file with --case")
        read = next(iter(read_cases(self.case)), None)
        if read is None:
            raise InputError(f"no case in {self.case}")
        if isinstance(read, BadCase):
            raise CaseError(read.faults, case_id=read.id)
        return read

    @property
    def lesion_side(self) -> str:
        """The lesion's side: as asked, or left, or bilateral where the lesion knows no one-sided form."""
        if self.side:
            return self.side
        assert self.lesion is not None
        known = self.knowledge.lesion.get(self.lesion)
        return "left" if known is None or known.one_sided else "bilateral"


def _need(value: str | None, layer: str, option: str) -> str:
    if value is None:
        raise InputError(f"the layer {layer} needs --{option}")
    return value


def _root(w: Wish) -> tuple[Layer, ...]:
    root = _need(w.root, "root", "root")
    return territories.root(w.knowledge, root, w.map_), territories.movements(w.knowledge, root)


def _nerve(w: Wish) -> tuple[Layer, ...]:
    nerve = _need(w.nerve, "nerve", "nerve")
    if nerve not in w.knowledge.nerve:
        raise InputError(f"no nerve {nerve!r}; there are {', '.join(sorted(w.knowledge.nerve))}")
    return (territories.nerve(w.knowledge, nerve),)


def _lesion(w: Wish) -> tuple[Layer, ...]:
    return lesions.layers(w.knowledge, w.wiring, _need(w.lesion, "lesion", "lesion"), w.lesion_side, w.severity)


def _muscles(w: Wish) -> tuple[Layer, ...]:
    if w.root is not None:
        return (territories.movements(w.knowledge, w.root),)
    return lesions.layers(w.knowledge, w.wiring, _need(w.lesion, "muscles", "lesion or --root"), w.lesion_side, w.severity)[1:]


def _pain(w: Wish) -> tuple[Layer, ...]:
    lesion = w.lesion or (f"root.{w.root}" if w.root else None)
    return pain.deep_pain(w.knowledge, lesion, w.side)


def _findings(w: Wish) -> tuple[Layer, ...]:
    return territories.findings(*patient.felt(w.knowledge, w.patient))


def _expected(w: Wish) -> tuple[Layer, ...]:
    """The posterior's own expectation: every ranked lesion by its probability; a side that nobody knows counts half each way."""
    map_ = None if w.map_ == "consensus" else w.map_
    ranked: list[tuple[str, str, float]] = []
    for row in assess(w.patient, map_=map_).ranking:
        sides = (row.side,) if row.side else raster.SIDES
        ranked += [(row.lesion, side, row.probability / len(sides)) for side in sides]
    return (lesions.expected(w.knowledge, w.wiring, ranked, w.severity),)


LAYERS: dict[str, Callable[[Wish], tuple[Layer, ...]]] = {
    "body": lambda _: (),
    "dermatomes": lambda w: (territories.dermatomes(w.knowledge, w.map_),),
    "disagreement": lambda w: (territories.disagreement(w.knowledge),),
    "root": _root,
    "nerves": lambda w: (territories.branches(w.knowledge, numbered=False),),
    "nerve": _nerve,
    "nerve-key": lambda w: (territories.branches(w.knowledge),),
    "root-key": lambda w: (territories.root_key(w.knowledge, w.map_),),
    "key-points": lambda w: (territories.key_points(w.knowledge),),
    "axial-lines": lambda _: (territories.axial_lines(),),
    "spiral": lambda w: (territories.spiral(w.knowledge), territories.axial_lines()),
    "semicircles": lambda w: (territories.semicircles(w.knowledge), territories.axial_lines()),
    "pain": _pain,
    "lesion": _lesion,
    "muscles": _muscles,
    "expected": _expected,
    "findings": _findings,
}


def _named(layer: str | None, w: Wish) -> list[str]:
    """The layers asked for; without a name, what the other options imply."""
    if layer:
        return [name.strip() for name in layer.split(",") if name.strip()]
    implied = (("lesion", w.lesion), ("root", w.root), ("nerve", w.nerve), ("findings", w.case))
    found = [name for name, given in implied if given is not None]
    return found or (["dermatomes"] if w.map_ != "consensus" else ["body"])


def _best(layers: tuple[Layer, ...], sides: tuple[str, ...]) -> str:
    """The view that shows most of what the layers hold; never the saddle, which is shown only when it is named."""
    if any(isinstance(layer, Zones) for layer in layers):
        return "anterior"
    values: dict[raster.Key, float] = {}
    for layer in layers:
        if isinstance(layer, (Density, Marks)):
            values = raster.merge((values, layer.values))
    shown = {view: raster.field(view, values).sum() * raster.raster(view).step ** 2 for view in figure.WHOLE if view != "saddle"}
    return max(shown, key=lambda view: (shown[view], view == "anterior")) if values and sides else "anterior"


def _check(map_: str, theme: str, out: str | Path | None) -> None:
    if map_ not in territories.MAPS:
        raise InputError(f"no map {map_!r}; there are {', '.join(territories.MAPS)}")
    if theme not in THEMES:
        raise InputError(f"no theme {theme!r}; there are {', '.join(THEMES)}")
    if out is not None and Path(out).suffix.lower() not in ENDINGS:
        raise InputError(f"a picture is {', '.join(ENDINGS)}: {out}")


def atlas_command(  # noqa: PLR0913, PLR0917 - the command's options, one for one
    view: str | None = None,
    layer: str | None = None,
    map_: str | None = None,
    root: str | None = None,
    nerve: str | None = None,
    lesion: str | None = None,
    side: str | None = None,
    severity: str | None = None,
    case: str | Case | None = None,
    theme: str | None = None,
    out: str | Path | None = None,
) -> Picture:
    """Draw what the options name and, with `out`, write it in the format of its ending.

    `view` is one of the views or `all`, or a view with a region as `lateral:leg`; without it the view that shows most of the layers.
    `layer` is one name or several with commas between them (see LAYERS); without it lesion, root, nerve or case say what is shown.
    `side` is the lesion's side; with a root, a nerve or no lesion at all it leaves the other limb out.
    Raises InputError for names that do not exist.
    """
    _check(map_ or "consensus", theme or "light", out)
    if side not in (None, *raster.SIDES, "bilateral"):
        raise InputError(f"no side {side!r}; there are left, right, bilateral")
    wish = Wish(map_ or "consensus", root, nerve, lesion, side, severity or "moderate", case)
    names = _named(layer, wish)
    if wrong := [name for name in names if name not in LAYERS]:
        raise InputError(f"no layer {wrong[0]!r}; there are {', '.join(LAYERS)}")
    limbs = (side,) if side in raster.SIDES and lesion is None and case is None else raster.SIDES
    try:
        layers = tuple(x for name in names for x in LAYERS[name](wish))
        shown, _, region = (view or _best(layers, limbs)).partition(":")
        picture = plate(shown, theme=theme or "light", layers=layers, region=region or None, sides=limbs)
    except ValueError as error:  # the drawing's own refusals: views, regions, roots
        raise InputError(str(error)) from error
    if out is not None:
        export.save(picture, out)
    return picture
