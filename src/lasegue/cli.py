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
    _check_choice("--prior", prior, ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient"))
    _check_choice("--map", map_, ("foerster", "keegan_garrett", "lee2008", "consensus"))
    failed = False
    for number, read in enumerate(_cases(case, lenient)):
        if isinstance(read, CaseError):
            failed = True
            _report(read, as_json)
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


def _check_choice(option: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise InputError(f"{option} {value}: choose one of {', '.join(choices)}")


def _report(error: CaseError, as_json: bool) -> None:
    if as_json:
        faults = [{"path": f.path, "word": f.word, "message": f.message, "nearest": list(f.nearest)} for f in error.faults]
        typer.echo(json.dumps({"id": error.case_id, "errors": faults}, ensure_ascii=False))
    else:
        for fault in error.faults:
            _complain(fault, error.case_id)


def _complain(fault: Fault, case_id: str) -> None:
    typer.echo(f"lasegue: {case_id + ': ' if case_id else ''}{fault}", err=True)


def main() -> None:
    """The command `lasegue`."""
    try:
        app(standalone_mode=True)
    except CaseError as error:
        _report(error, "--json" in sys.argv)
        sys.exit(2)
    except (InputError, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        typer.echo(f"lasegue: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
