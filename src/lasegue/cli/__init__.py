"""The command line. Heavy rooms are imported inside the command that needs them.

Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from lasegue.cli.atlas import atlas
from lasegue.cli.batch import batch
from lasegue.cli.forward import compare, simulate
from lasegue.cli.localize import localize
from lasegue.cli.lookup import claims, show, table
from lasegue.cli.measure import evaluate
from lasegue.cli.notes import read
from lasegue.cli.output import explain_error
from lasegue.cli.serve import serve
from lasegue.errors import InputError, LasegueError

WRONG_CALL = (InputError, FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)


class Commands(TyperGroup):
    """The group of all commands: what Lasegue raises on purpose becomes one line on standard error and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except WRONG_CALL as error:
            explain_error(error)
            raise typer.Exit(2) from error
        except LasegueError as error:
            explain_error(error)
            raise typer.Exit(1) from error


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from lasegue.knowledge import KNOWLEDGE_VERSION
        from lasegue.model import MODEL_VERSION

        typer.echo(f"lasegue {version('lasegue')}, model {MODEL_VERSION}, knowledge {KNOWLEDGE_VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the versions and stop.")] = False,
) -> None:
    """Suggest where a nerve lesion of the lower limb may be, from what was found at the bedside, and what else must be excluded.

    Start with: lasegue localize examples/foot-drop.yaml

    Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.

    For education and as a second opinion; not a medical device.
    """


COMMANDS: Final[dict[Callable[..., None], str]] = {
    localize: "Case file in, ranked lesion sites out.",
    batch: "Many cases into a file of answers.",
    simulate: "What a lesion does; or draw patients.",
    compare: "What separates two lesions.",
    show: "Everything that goes by a name.",
    table: "A textbook table, from the wiring.",
    claims: "The claim ledger with its verdicts.",
    atlas: "Draw a plate of the body.",
    read: "A clinical note in, findings out.",
    serve: "The web application.",
    evaluate: "Measure accuracy and calibration.",
}
"""Every command, in the order in which help lists them, with its line there."""
for _command, _line in COMMANDS.items():
    app.command(short_help=_line)(_command)


def main() -> None:
    """The command `lasegue`."""
    app()
