"""`lasegue batch`: a file of many cases in, a file of answers out."""

from pathlib import Path

import click
from click.exceptions import Exit

from lasegue.cli import options
from lasegue.cli.options import MAPS, SETTINGS, check_choice
from lasegue.cli.output import progress, say, say_json, watched
from lasegue.errors import InputError


@click.command(short_help="Many cases into a file of answers.")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@options.prior
@options.map_
@options.lenient
@click.option("--full", is_flag=True, help="The whole answer, many times slower: also intervals, reasons, next tests.")
@click.option("--processes", type=int, metavar="N", help="By default one a core.")
@options.as_json
def batch(
    source: str, target: str, prior: str | None, map_: str | None, lenient: bool, full: bool, processes: int | None, as_json: bool
) -> None:
    """Answer every case of a file into another, in order, on every core; a run that was ended goes on where it was.

    IN holds cases and OUT will hold the answers: .jsonl, .csv, .parquet or .arrow.
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
    from lasegue.batch import Options, batch_command, count_of

    total = count_of(Path(source)) if watched() and Path(source).is_file() else None
    with progress("answering") as advance:
        done = batch_command(
            source, target, Options(prior, map_, lenient, full), processes=processes, tell=lambda now: advance(now.done, total)
        )
    if as_json:
        told = {"answered": done.answered, "before": done.before, "failed": done.failed, "seconds": round(done.seconds, 3)}
        say_json({"format": 1, **told, "file": target})
    else:
        earlier = f", {done.before} by a run before" if done.before else ""
        say(f"{done.answered} cases answered{earlier}, {done.failed} of them not readable, {done.seconds:.1f} s: {target}")
    raise Exit(2 if done.failed else 0)
