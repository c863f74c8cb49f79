"""`lasegue simulate` and `lasegue compare`: the model run forward."""

import click

from lasegue.cli import options
from lasegue.cli.options import SETTINGS, SEVERITIES, SIDES, check_choice
from lasegue.cli.output import say, say_json
from lasegue.errors import InputError


@click.command(short_help="What a lesion does; or draw patients.")
@click.argument("lesion", metavar="[LESION]", required=False)
@options.side
@click.option("--severity", metavar="SEVERITY", help=f"{', '.join(SEVERITIES)}; by default moderate.")
@click.option("--cohort", type=int, metavar="N", help="Draw N patients instead; with LESION, of that lesion alone.")
@click.option("--seed", type=int, default=1, metavar="S", help="The same seed draws the same patients.")
@click.option("--out", metavar="FILE", help="Where the drawn patients go: .csv or .parquet.")
@options.prior
@options.as_json
def simulate(
    lesion: str | None,
    side: str | None,
    severity: str | None,
    cohort: int | None,
    seed: int,
    out: str | None,
    prior: str | None,
    as_json: bool,
) -> None:
    """Tell what a lesion does: power, sensation, reflexes, tests, history, each with its probability. Or draw patients.

    LESION is a lesion id (root.L5), a family (nerve.common_peroneal: its commonest site) or a name.

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


@click.command(short_help="What separates two lesions.")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@options.side
@click.option("--severity", metavar="SEVERITY", help="Both at one severity; by default as each tends to present.")
@options.as_json
def compare(first: str, second: str, side: str | None, severity: str | None, as_json: bool) -> None:
    """Tell what separates two lesions, the most telling finding first, with how to examine it.

    A and B are each an id, a family or a name of a lesion.

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
