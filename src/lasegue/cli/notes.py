"""`lasegue read`: a clinical note in, findings out."""

import sys
from pathlib import Path

import click

from lasegue.cli import options
from lasegue.cli.output import say
from lasegue.errors import InputError


@click.command(short_help="A clinical note in, findings out.")
@click.argument("note", metavar="NOTE")
@options.as_json
def read(note: str, as_json: bool) -> None:
    """Read a clinical note: every finding with its place in the text, and what was not used.

    NOTE is a text file; - is standard input.

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
