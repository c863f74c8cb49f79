"""The command line. Heavy rooms are imported inside the command that needs them.

Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lasegue.errors import CaseError, Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

CaseFile = Annotated[str, typer.Argument(metavar="CASE", help="A case file: YAML, JSON or JSON Lines; - is standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a case on standard output, and nothing else.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Names that are not understood go to `unused` instead of being errors.")]
Setting = Annotated[str | None, typer.Option("--prior", help="Who walks in: primary_care, emergency, specialist, postoperative, obstetric, inpatient.")]
Map = Annotated[str | None, typer.Option("--map", help="The dermatome map to believe: foerster, keegan_garrett, lee2008, consensus; all are weighed by default.")]


@app.callback()
def root() -> None:
    """Suggest where a nerve lesion of the lower limb may be, from what was found at the bedside, and what else must be excluded."""


@app.command()
def localize(case: CaseFile, as_json: AsJson = False, lenient: Lenient = False, prior: Setting = None, map_: Map = None) -> None:
    """Rank the sites where the lesion of each case may be, red flags first.

    A case file holds what was found; whatever it does not say was not tested. Example: lasegue localize examples/foot-drop.yaml
    """
    _check_choice("--prior", prior, SETTINGS)
    _check_choice("--map", map_, ("foerster", "keegan_garrett", "lee2008", "consensus"))
    failed = False
    for number, read in enumerate(_cases(case, lenient)):
        if isinstance(read, CaseError):
            failed = True
            _report(read, as_json, case)
            continue
        _answer(read, number, prior, map_, as_json)
    raise typer.Exit(2 if failed else 0)


def _answer(case: Any, number: int, prior: str | None, map_: str | None, as_json: bool) -> None:
    from lasegue.assess import as_answer, assess

    found = assess(case, setting=prior, map_=map_)
    if as_json:
        typer.echo(json.dumps(as_answer(found), ensure_ascii=False))
        return
    from lasegue.report import write

    if number:
        typer.echo()
    write(found)


def _cases(source: str, lenient: bool) -> "Iterable[Any]":
    from lasegue.case import BadCase, read_cases

    for read in read_cases(source, lenient=lenient):
        yield CaseError(read.faults, case_id=read.id) if isinstance(read, BadCase) else read


SETTINGS = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")


@app.command()
def evaluate(
    cases: Annotated[str, typer.Argument(metavar="CASES", help="A file of cases with a known answer; `published` are those that ship with the program.")] = "published",
    as_json: AsJson = False,
    plot: Annotated[str | None, typer.Option("--plot", metavar="FILE.svg", help="Write the reliability plot there.")] = None,
    settings: Annotated[bool, typer.Option("--settings", help="Answer every case again under each prior setting.")] = False,
) -> None:
    """Measure the answers on cases with a known answer: accuracy, calibration, what was not understood, beside two baselines."""
    from lasegue.assess import as_answer, assess
    from lasegue.case import read_case
    from lasegue.evaluate import as_dict, as_text, cases_of, plot as draw
    from lasegue.evaluate import evaluate as measure
    from lasegue.evaluate.baselines import baseline_localizers

    def answer(data: Any) -> Any:
        try:
            return as_answer(assess(read_case(data, lenient=True)))
        except CaseError as error:
            return {"id": error.case_id, "errors": [str(fault) for fault in error.faults]}

    baselines = baseline_localizers(lambda data: read_case(data, lenient=True))
    report = measure(cases_of(cases), answer, baselines=baselines, settings=SETTINGS if settings else ())
    if plot:
        Path(plot).write_text(draw(report), encoding="utf-8")
    typer.echo(json.dumps(as_dict(report)) if as_json else as_text(report))


def _check_choice(option: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise InputError(f"{option} {value}: choose one of {', '.join(choices)}")


def _report(error: CaseError, as_json: bool, source: str) -> None:
    """A case's faults: one JSON line, or a line each with the file, the case, the place and what to do."""
    if as_json:
        faults = [{"path": f.path, "word": f.word, "message": f.message, "nearest": list(f.nearest)} for f in error.faults]
        typer.echo(json.dumps({"id": error.case_id, "errors": faults}, ensure_ascii=False))
    else:
        for fault in error.faults:
            _complain(fault, source, error.case_id)


def _complain(fault: Fault, source: str, case_id: str) -> None:
    where = ": ".join(part for part in ("standard input" if source == "-" else Path(source).name, case_id) if part)
    typer.echo(f"lasegue: {where}: {fault}", err=True)


def main() -> None:
    """The command `lasegue`."""
    try:
        app(standalone_mode=True)
    except (InputError, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        typer.echo(f"lasegue: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
