"""Serving the application on this machine, and on purpose only to others."""

import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address

from lasegue.errors import InputError
from lasegue.web.app import create_app, warm
from lasegue.web.compiling import compile_beside

WARNING = """\
Warning: this serves Lasegue to every device that can reach {host}.
There is no password and no encryption: what is entered, which is health data, can be read on the way,
and anybody on this network can use the program. It keeps nothing. Stop it with Ctrl+C when you are done.
"""


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_hosts(host: str, allowed: Sequence[str]) -> None:
    """Raises InputError where others would be served without being named."""
    if not is_loopback(host) and not allowed:
        raise InputError(
            f"--host {host} would serve other devices: also name the address that they will type, "
            "for example --allow-host 192.168.1.20; without --host only this machine is served"
        )
    if "*" in "".join(allowed):
        raise InputError("--allow-host takes a name or an address, not a pattern")


def serve_command(host: str = "127.0.0.1", allow_host: str | Sequence[str] | None = None, port: int = 8000) -> None:
    """Serve until stopped. Prints the address; refuses other devices unless the names that they may use are given."""
    import uvicorn

    names = [allow_host] if isinstance(allow_host, str) else list(allow_host or ())
    check_hosts(host, names)
    own = [] if host in ("0.0.0.0", "::") else [host]  # "any address" is not a name that somebody types
    listening = _listen(host, port)
    sys.stdout.write(f"Lasegue: {_address(names[0] if names else host, listening.getsockname()[1])}  (stop with Ctrl+C)\n")
    sys.stdout.flush()
    if not is_loopback(host):
        sys.stderr.write(WARNING.format(host=host))
        sys.stderr.flush()
    warm()
    compile_beside()
    config = uvicorn.Config(
        create_app([*names, *own]),
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
        timeout_keep_alive=30,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises InputError where the port or the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise InputError(f"cannot serve {host} on port {port}: {error}; choose another with --port") from error
    return listening


def _address(name: str, port: int) -> str:
    shown = f"[{name.strip('[]')}]" if ":" in name else name
    return f"http://{shown}:{port}/"
