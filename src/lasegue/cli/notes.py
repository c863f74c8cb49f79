"""`lasegue read`: a clinical note in, findings out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lasegue.cli.options import AsJson
from lasegue.cli.output import say
from lasegue.errors import InputError


def read(
    note: Annotated[str, typer.Argument(metavar="NOTE", help="A text file; - is standard input.")],
    as_json: AsJson = False,
) -> None:
    """Read a clinical note: every finding with its place in the text, and what was not used.

    \b
    Examples:
      lasegue read note.txt
      echo "Left foot drop. EHL 2/5. No back pain." | lasegue read - --json
    """
    from lasegue.notes import read_command

    say(read_command(_text(note), as_json))


def _text(source: str) -> str:
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source} is not text in UTF-8") from error
