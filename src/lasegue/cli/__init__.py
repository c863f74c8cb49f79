"""The command line. A command's module is imported when the command is called, and heavy rooms inside the command that needs them.

Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.
"""

import gc
import os
from importlib import import_module
from typing import Any, Final

import click
from click.exceptions import Exit

from lasegue.cli.output import explain_error
from lasegue.errors import InputError, LasegueError
from lasegue.version import __version__

WRONG_CALL = (InputError, FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)
COMMANDS: Final = {
    "localize": "localize",
    "batch": "batch",
    "simulate": "forward",
    "compare": "forward",
    "show": "lookup",
    "table": "lookup",
    "claims": "lookup",
    "atlas": "atlas",
    "read": "notes",
    "serve": "serve",
    "evaluate": "measure",
}
"""Every command with the module of this room that holds it, in the order in which help lists them."""
POOLS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

SELDOM: Final = 100_000
"""New objects before Python looks for cycles; 700 is its own choice."""


class Commands(click.Group):
    """The group of all commands: what Lasegue raises on purpose becomes one line on standard error and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"lasegue.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except WRONG_CALL as error:
            explain_error(error)
            raise Exit(2) from error
        except LasegueError as error:
            explain_error(error)
            raise Exit(1) from error


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from lasegue.knowledge import KNOWLEDGE_VERSION
        from lasegue.model import MODEL_VERSION

        click.echo(f"lasegue {__version__}, model {MODEL_VERSION}, knowledge {KNOWLEDGE_VERSION}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"show_default": True}, no_args_is_help=True)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the versions and stop.")
def app() -> None:
    """Suggest where a nerve lesion of the lower limb may be, from what was found at the bedside, and what else must be excluded.

    Start with: lasegue localize examples/foot-drop.yaml

    Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.

    For education and as a second opinion; not a medical device.
    """


def main() -> None:
    """The command `lasegue`."""
    for pool in POOLS:  # the arrays are small: a pool of threads costs more to start and to wake than it saves
        os.environ.setdefault(pool, "1")
    gc.set_threshold(SELDOM)  # what is loaded at the start stays; looking through it for garbage again and again finds none
    app(prog_name="lasegue")
