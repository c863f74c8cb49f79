"""`lasegue batch`: a file of many cases in, a file of answers out."""

from typing import Annotated

import typer

from lasegue.cli.options import MAPS, SETTINGS, AsJson, Lenient, Map, Prior, check_choice
from lasegue.cli.output import progress, say, say_json
from lasegue.errors import InputError


def batch(
    source: Annotated[str, typer.Argument(metavar="IN", help="Cases: .jsonl, .csv, .parquet or .arrow.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="Answers: .jsonl, .csv, .parquet or .arrow.")],
    prior: Prior = None,
    map_: Map = None,
    lenient: Lenient = False,
    full: Annotated[bool, typer.Option("--full", help="Whole answers, with reasons, intervals and next steps: far slower.")] = False,
    processes: Annotated[int | None, typer.Option("--processes", metavar="N", help="By default one a core.")] = None,
    as_json: AsJson = False,
) -> None:
    """Answer every case of a file into another, in order, on every core; a run that was ended goes on where it was.

    Exit status 2 when a case could not be read; its line says why, and the others are answered.

    \b
    Examples:
      lasegue batch cases.jsonl answers.jsonl --lenient
      lasegue batch patients.csv answers.parquet --prior emergency
    """
    check_choice("--prior", prior, SETTINGS)
    check_choice("--map", map_, MAPS)
    if processes is not None and processes < 1:
        raise InputError("--processes takes a number, 1 or more")
    from lasegue.batch import Options, batch_command

    with progress("answering") as advance:
        done = batch_command(
            source, target, Options(prior, map_, lenient, full), processes=processes, tell=lambda now: advance(now.done, None)
        )
    if as_json:
        told = {"answered": done.answered, "before": done.before, "failed": done.failed, "seconds": round(done.seconds, 3)}
        say_json({"format": 1, **told, "file": target})
    else:
        earlier = f", {done.before} by a run before" if done.before else ""
        say(f"{done.answered} cases answered{earlier}, {done.failed} of them not readable, {done.seconds:.1f} s: {target}")
    raise typer.Exit(2 if done.failed else 0)
