"""What can be laid over a plate. Layers carry values by (side, site), so the atlas needs no model."""

from dataclasses import dataclass, field
from typing import Literal

from lasegue.atlas.raster import Values

Kind = Literal["numbness", "tingling", "pain"]


@dataclass(frozen=True)
class Density:
    """A quantity from 0 to 1 as nested bands with soft edges: one root's share, what a lesion takes away, the posterior's numbness."""

    label: str
    values: Values
    colour: str = "#0072b2"
    levels: tuple[float, ...] = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85)
    note: str = ""


@dataclass(frozen=True)
class Zone:
    """One of several quantities that share the skin: where it is the strongest, the skin is its own."""

    name: str
    values: Values
    key: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Zones:
    """Territories side by side, such as all dermatomes or all cutaneous nerves; `numbered` writes a key's number instead of its name."""

    label: str
    zones: tuple[Zone, ...]
    numbered: bool = False
    least: float = 0.05
    note: str = ""


@dataclass(frozen=True)
class Marks:
    """The patient's own findings of one kind, each kind with its own mark: numbness, tingling, pain."""

    kind: Kind
    values: Values
    label: str = ""
    threshold: float = 0.5
    note: str = ""


@dataclass(frozen=True)
class Point:
    """A labelled place: a site or a landmark on one side, or on both."""

    name: str
    text: str
    sides: tuple[str, ...] = ("left", "right")


@dataclass(frozen=True)
class Points:
    """Places with a label, such as the key points of a standard."""

    label: str
    points: tuple[Point, ...]
    colour: str = "#1f2328"
    note: str = ""


@dataclass(frozen=True)
class Lines:
    """Lines over the skin through sites or landmarks, such as axial lines."""

    label: str
    lines: tuple[tuple[str, ...], ...]
    colour: str = "#882255"
    dashed: bool = True
    sides: tuple[str, ...] = ("left", "right")
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """A list beside the figure with a bar from 0 to 1 each, such as the movements that a lesion weakens."""

    label: str
    rows: tuple[tuple[str, float], ...]
    colour: str = "#d55e00"
    note: str = ""
    sides: tuple[str, ...] = field(default=())


Layer = Density | Zones | Marks | Points | Lines | Bars
