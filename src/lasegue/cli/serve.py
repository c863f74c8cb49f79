"""`lasegue serve`: the web application, on this machine."""

import click

from lasegue.errors import LasegueError


@click.command(short_help="The web application.")
@click.option("--host", default="127.0.0.1", metavar="HOST", help="The address to listen on.")
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="A name or address that other devices may use; needed for any other --host."
)
@click.option("--port", type=int, default=8000, metavar="PORT", help="0 takes any that is free.")
def serve(host: str, allow_host: tuple[str, ...], port: int) -> None:
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
