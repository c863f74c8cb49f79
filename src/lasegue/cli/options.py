"""Arguments and options that several commands share, and the check of a choice."""

from collections.abc import Sequence
from typing import Final

import click

from lasegue.errors import InputError

SETTINGS: Final = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")
MAPS: Final = ("foerster", "keegan_garrett", "lee2008", "consensus")
SIDES: Final = ("left", "right", "bilateral")
SEVERITIES: Final = ("irritated", "mild", "moderate", "severe", "complete")

as_json = click.option(
    "--json", "as_json", is_flag=True, help="JSON on standard output, and nothing else; the keys are in docs/reference/json.md."
)
lenient = click.option("--lenient", is_flag=True, help="Names that are not understood go to `unused` instead of being errors.")
prior = click.option("--prior", metavar="SETTING", help=f"Who walks in: {', '.join(SETTINGS)}.")
map_ = click.option("--map", "map_", metavar="MAP", help=f"The dermatome map to believe: {', '.join(MAPS)}; by default all are weighed.")
side = click.option("--side", metavar="SIDE", help=f"{', '.join(SIDES)}; by default left, or bilateral where a lesion has no side.")


def check_choice(option: str, value: str | None, choices: Sequence[str]) -> None:
    """Raise InputError, with the choices, for a value that is none of them."""
    if value is not None and value not in choices:
        raise InputError(f"{option} {value}: choose one of {', '.join(choices)}")
