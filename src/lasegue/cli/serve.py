"""`lasegue serve`: the web application, on this machine."""

from typing import Annotated

import typer

from lasegue.errors import LasegueError


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name or address that other devices may use; needed for any other --host."),
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="0 takes any that is free.")] = 8000,
) -> None:
    """Serve the web application until stopped, to this machine alone unless others are named. Nothing is kept, nothing leaves it.

    \b
    Examples:
      lasegue serve
      lasegue serve --port 8080
      lasegue serve --host 0.0.0.0 --allow-host 192.168.1.20
    """
    try:
        from lasegue.web import serve_command
    except ModuleNotFoundError as error:
        raise LasegueError(f"the web application needs {error.name}: pip install 'lasegue[web]'") from error
    serve_command(host, allow_host, port)
