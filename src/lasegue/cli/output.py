"""What commands print: JSON and text to standard output, faults and progress to standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from lasegue.errors import CaseError, Fault, InputError, UnknownName

Advance = Callable[[int, int | None], None]


def say(text: str) -> None:
    """Text to standard output, as it is."""
    click.echo(text.rstrip("\n"))


def say_json(value: Any) -> None:
    """One JSON object on one line of standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def complain(message: str) -> None:
    """One line to standard error."""
    click.echo(f"lasegue: {message}", err=True)


def explain_error(error: Exception) -> None:
    """An error in words, with the nearest names of a word that is not known."""
    close = error.nearest if isinstance(error, UnknownName) else ()
    complain(f"{error} (nearest: {', '.join(close)})" if close else str(error))


def report_faults(error: CaseError, as_json: bool, source: str) -> None:
    """A case's faults: one JSON line, or a line each with the file, the case, the place and what to do."""
    if as_json:
        faults = [{"path": f.path, "word": f.word, "message": f.message, "nearest": list(f.nearest)} for f in error.faults]
        say_json({"id": error.case_id, "errors": faults})
        return
    for fault in error.faults:
        _complain_of(fault, source, error.case_id)


def _complain_of(fault: Fault, source: str, case_id: str) -> None:
    where = ": ".join(part for part in ("standard input" if source == "-" else Path(source).name, case_id) if part)
    complain(f"{where}: {fault}")


def watched() -> bool:
    """Whether somebody looks at standard error."""
    return sys.stderr.isatty()


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A bar on standard error while something long runs; nothing where that is no terminal. Call with (done, total)."""
    if not watched():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def write_text(path: str, text: str, option: str) -> None:
    """Write the file that an option names; a folder that is not there is the caller's mistake."""
    target = Path(path)
    if not target.parent.is_dir():
        raise InputError(f"{option} {path}: there is no folder {target.parent}")
    target.write_text(text, encoding="utf-8")
