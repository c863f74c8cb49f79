"""Arguments and options that several commands share, and the check of a choice."""

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from lasegue.errors import InputError

SETTINGS: Final = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")
MAPS: Final = ("foerster", "keegan_garrett", "lee2008", "consensus")
SIDES: Final = ("left", "right", "bilateral")
SEVERITIES: Final = ("irritated", "mild", "moderate", "severe", "complete")

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else; the keys are in docs/reference/json.md.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Names that are not understood go to `unused` instead of being errors.")]
Prior = Annotated[str | None, typer.Option("--prior", metavar="SETTING", help=f"Who walks in: {', '.join(SETTINGS)}.")]
Map = Annotated[
    str | None, typer.Option("--map", metavar="MAP", help=f"The dermatome map to believe: {', '.join(MAPS)}; by default all are weighed.")
]
Side = Annotated[
    str | None,
    typer.Option("--side", metavar="SIDE", help=f"{', '.join(SIDES)}; by default left, or bilateral where a lesion has no side."),
]


def check_choice(option: str, value: str | None, choices: Sequence[str]) -> None:
    """Raise InputError, with the choices, for a value that is none of them."""
    if value is not None and value not in choices:
        raise InputError(f"{option} {value}: choose one of {', '.join(choices)}")
