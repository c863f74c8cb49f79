"""Layers of a plate by the word that an address names them with."""

from collections.abc import Callable
from typing import Final

from lasegue.atlas import Density, territories
from lasegue.atlas.layers import Layer
from lasegue.atlas.lesions import layers as lesion_layers
from lasegue.errors import InputError
from lasegue.knowledge import Knowledge, load
from lasegue.model import model
from lasegue.simulate import lesion_of
from lasegue.simulate.bench import lesion_sides

WHOLE: Final[dict[str, Callable[[Knowledge, str], Layer]]] = {
    "dermatomes": territories.dermatomes,
    "disagreement": lambda known, _: territories.disagreement(known),
    "branches": lambda known, _: territories.branches(known),
    "root_key": territories.root_key,
    "key_points": lambda known, _: territories.key_points(known),
    "axial_lines": lambda _, __: territories.axial_lines(),
    "spiral": lambda known, _: territories.spiral(known),
    "semicircles": lambda known, _: territories.semicircles(known),
}
"""Layers without a subject."""
OF_ONE: Final = ("root", "nerve", "lesion")
"""Layers of one thing, written `root:L5`."""


def named_layers(name: str, map_: str, side: str | None, severity: str) -> tuple[Layer, ...]:
    """The layers of a name. Raises InputError for a name that does not exist."""
    if name in WHOLE:
        return (WHOLE[name](load(), map_),)
    kind, _, subject = name.partition(":")
    if kind == "root" and subject in territories.ROOTS:
        return (territories.root(load(), subject, map_), territories.movements(load(), subject))
    if kind == "nerve" and subject in load().nerve:
        return (territories.nerve(load(), subject),)
    if kind == "lesion" and subject:
        lesion, anatomy = lesion_of(subject), model()
        sides = lesion_sides(anatomy, lesion.id)
        if not sides:
            raise InputError(f"layer {name}: {lesion.id} has no side")
        return lesion_layers(load(), anatomy.wiring, lesion.id, side or ("left" if "left" in sides else sides[0]), severity)
    raise InputError(f"layer {name}: choose one of {', '.join(WHOLE)}, or {', '.join(f'{one}:ID' for one in OF_ONE)} with an id")


def density(name: str, map_: str, side: str | None, severity: str) -> Density:
    """The one quantity of a layer. Raises InputError where the layer is not one quantity."""
    for layer in named_layers(name, map_, side, severity):
        if isinstance(layer, Density):
            return layer
    raise InputError(f"layer {name} is not one quantity over the skin")
