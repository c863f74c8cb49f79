"""`lasegue simulate` and `lasegue compare`: the model run forward."""

from typing import Annotated

import typer

from lasegue.cli.options import SETTINGS, SEVERITIES, SIDES, AsJson, Prior, Side, check_choice
from lasegue.cli.output import say, say_json
from lasegue.errors import InputError

Lesion = Annotated[
    str | None,
    typer.Argument(metavar="LESION", help="A lesion id (root.L5), a family (nerve.common_peroneal: its commonest site) or a name."),
]
Severity = Annotated[str | None, typer.Option("--severity", metavar="SEVERITY", help=f"{', '.join(SEVERITIES)}; by default moderate.")]


def simulate(
    lesion: Lesion = None,
    side: Side = None,
    severity: Severity = None,
    cohort: Annotated[
        int | None, typer.Option("--cohort", metavar="N", help="Draw N patients instead; with LESION, of that lesion alone.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed draws the same patients.")] = 1,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Where the drawn patients go: .csv or .parquet.")] = None,
    prior: Prior = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a lesion does: power, sensation, reflexes, tests, history, each with its probability. Or draw patients.

    \b
    Examples:
      lasegue simulate root.L5
      lasegue simulate nerve.common_peroneal.fibular_neck --side right --severity severe --json
      lasegue simulate --cohort 1000 --seed 7 --out patients.csv
    """
    for option, value, choices in (("--side", side, SIDES), ("--severity", severity, SEVERITIES), ("--prior", prior, SETTINGS)):
        check_choice(option, value, choices)
    if cohort is not None:
        if side or severity:
            raise InputError("--side and --severity do not go with --cohort: drawn patients have their own")
        _draw(cohort, seed, prior or "specialist", lesion, out, as_json)
        return
    if lesion is None:
        raise InputError("name a LESION, or draw patients with --cohort N --out FILE")
    if out or prior:
        raise InputError("--out and --prior go with --cohort")
    from lasegue.simulate import expected, expected_dict, expected_text

    found = expected(lesion, side, severity or "moderate")
    if as_json:
        say_json(expected_dict(found))
    else:
        say(expected_text(found))


def _draw(n: int, seed: int, setting: str, lesion: str | None, out: str | None, as_json: bool) -> None:
    if n < 1 or out is None:
        raise InputError("--cohort takes a number of patients, 1 or more, and --out FILE says where they go")
    from lasegue.simulate import lesion_of, write_cohort

    identifier = lesion_of(lesion).id if lesion else None
    write_cohort(n, seed, setting, out, lesion=identifier)
    if as_json:
        say_json({"format": 1, "patients": n, "seed": seed, "setting": setting, "lesion": identifier, "file": out})
    else:
        say(f"{n} patients ({identifier or f'lesions by the prior of {setting}'}, seed {seed}) in {out}")


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A lesion: id, family or name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The lesion to set beside it.")],
    side: Side = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="SEVERITY", help="Both at one severity; by default as each tends to present.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what separates two lesions, the most telling finding first, with how to examine it.

    Where both bring the same loss of function, such as a foot drop, both are taken to show it.

    \b
    Examples:
      lasegue compare root.L5 nerve.common_peroneal.fibular_neck
      lasegue compare L5 S1 --severity moderate
      lasegue compare conus_medullaris cauda_equina --json
    """
    check_choice("--side", side, SIDES)
    check_choice("--severity", severity, SEVERITIES)
    from lasegue.simulate import compare as separate
    from lasegue.simulate import compare_dict, compare_text

    found = separate(first, second, side, severity)
    if as_json:
        say_json(compare_dict(found))
    else:
        say(compare_text(found))
