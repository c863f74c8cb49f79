"""`lasegue localize`: case files in, ranked lesion sites out."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click
from click.exceptions import Exit

from lasegue.cli import options
from lasegue.cli.options import MAPS, SETTINGS, check_choice
from lasegue.cli.output import report_faults, say_json
from lasegue.errors import CaseError, InputError

LONGEST_NAME: Final = 255
"""No name of a file is longer."""


@click.command(short_help="Case file in, ranked lesion sites out.")
@click.argument("case", metavar="[CASE]", required=False)
@options.as_json
@options.lenient
@options.prior
@options.map_
@click.option("--text", metavar="NOTE", help="Read this note instead of a case file.")
@click.option("--from-text", is_flag=True, help="Read each case's own `text` too; what was entered wins over what the note says.")
def localize(
    case: str | None, as_json: bool, lenient: bool, prior: str | None, map_: str | None, text: str | None, from_text: bool
) -> None:
    """Rank the sites where the lesion of each case may be, red flags first.

    CASE is a case file: YAML, JSON or JSON Lines; - is standard input. It holds what was found; whatever it does not say was not
    tested. A file of several cases gives an answer to each, and one that cannot be read leaves the others theirs.

    \b
    Examples:
      lasegue localize examples/foot-drop.yaml
      lasegue localize cases.jsonl --json --lenient > answers.jsonl
      echo '{side: left, power: [{movement: EHL, grade: 2}]}' | lasegue localize -
      lasegue localize --text "Left foot drop since yesterday. EHL 2/5, ankle jerk present."
    """
    check_choice("--prior", prior, SETTINGS)
    check_choice("--map", map_, MAPS)
    if (case is None) == (text is None) or (from_text and case is None):
        raise InputError("give either a CASE (with or without --from-text) or --text NOTE")
    if text is not None:
        _check_note(text)
    failed = False
    for number, read in enumerate(_cases(case, lenient, from_text) if case else [_of_note(text or "")]):
        if isinstance(read, CaseError):
            failed = True
            report_faults(read, as_json, case or "")
            continue
        _answer(read, number, prior, map_, as_json)
    raise Exit(2 if failed else 0)


def _check_note(note: str) -> None:
    """Raises InputError for the name of a file where a note was meant, and for a note of which nothing is understood."""
    from lasegue.notes import case_from_text

    if len(note) < LONGEST_NAME and "\n" not in note and Path(note.strip()).is_file():
        raise InputError(f'--text takes the note itself, and {note.strip()} is a file: use --text "$(cat {note.strip()})"')
    if not case_from_text(note).keys() - {"format"}:
        raise InputError("--text: nothing was understood in the note; `lasegue read` shows what is read of one")


def _answer(case: Any, number: int, prior: str | None, map_: str | None, as_json: bool) -> None:
    from lasegue.assess import as_answer, assess

    found = assess(case, setting=prior, map_=map_)
    if as_json:
        say_json(as_answer(found))
        return
    from lasegue.report import write

    if number:
        click.echo()
    write(found)


def _cases(source: str, lenient: bool, from_text: bool) -> Iterable[Any]:
    from lasegue.case import BadCase, read_cases

    for read in read_cases(source, lenient=lenient):
        if isinstance(read, BadCase):
            yield CaseError(read.faults, case_id=read.id)
        else:
            yield _of_note(read.text, read.source) if from_text and read.text else read


def _of_note(note: str, entered: dict[str, Any] | None = None) -> Any:
    """The case of a note; names of the note that a case file does not know go to `unused`."""
    from lasegue.case import read_case
    from lasegue.notes import case_from_text

    try:
        return read_case(case_from_text(note, entered), lenient=True)
    except CaseError as error:
        return error
