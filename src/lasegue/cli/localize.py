"""`lasegue localize`: case files in, ranked lesion sites out."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from lasegue.cli.options import MAPS, SETTINGS, AsJson, Lenient, Map, Prior, check_choice
from lasegue.cli.output import report_faults, say_json
from lasegue.errors import CaseError

CaseFile = Annotated[str, typer.Argument(metavar="CASE", help="A case file: YAML, JSON or JSON Lines; - is standard input.")]


def localize(case: CaseFile, as_json: AsJson = False, lenient: Lenient = False, prior: Prior = None, map_: Map = None) -> None:
    """Rank the sites where the lesion of each case may be, red flags first.

    A case file holds what was found; whatever it does not say was not tested. A file of several cases gives an answer to each, and
    one that cannot be read leaves the others theirs.

    \b
    Examples:
      lasegue localize examples/foot-drop.yaml
      lasegue localize cases.jsonl --json --lenient > answers.jsonl
      echo '{side: left, power: [{movement: EHL, grade: 2}]}' | lasegue localize -
    """
    check_choice("--prior", prior, SETTINGS)
    check_choice("--map", map_, MAPS)
    failed = False
    for number, read in enumerate(_cases(case, lenient)):
        if isinstance(read, CaseError):
            failed = True
            report_faults(read, as_json, case)
            continue
        _answer(read, number, prior, map_, as_json)
    raise typer.Exit(2 if failed else 0)


def _answer(case: Any, number: int, prior: str | None, map_: str | None, as_json: bool) -> None:
    from lasegue.assess import as_answer, assess

    found = assess(case, setting=prior, map_=map_)
    if as_json:
        say_json(as_answer(found))
        return
    from lasegue.report import write

    if number:
        typer.echo()
    write(found)


def _cases(source: str, lenient: bool) -> Iterable[Any]:
    from lasegue.case import BadCase, read_cases

    for read in read_cases(source, lenient=lenient):
        yield CaseError(read.faults, case_id=read.id) if isinstance(read, BadCase) else read
