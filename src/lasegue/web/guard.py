"""The outermost layer: who may ask, how much may be sent, and the headers that every answer carries."""

import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from fastapi import Response

from lasegue.web.faults import FAILED
from lasegue.web.reply import error_reply

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 32
WITH_BODY: Final = ("POST", "PUT", "PATCH")
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_LOG = logging.getLogger("lasegue.web")


class Guard:
    """Refuses foreign hosts and bodies that are too large, too deep or not JSON; no fault of the program leaves it without an answer."""

    def __init__(self, inner: Application, hosts: Iterable[str] = ()) -> None:
        self.inner = inner
        self.hosts = frozenset((*LOOPBACK, *(host.lower() for host in hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        answer = _Answer(send)
        refused, given = await self._examine(scope, receive)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        try:
            await self.inner(scope, given, answer)
        except Exception as error:
            # Where it happened, but not the message: that may quote what somebody entered.
            where = "".join(traceback.format_tb(error.__traceback__))
            _LOG.error("%s %s failed\n%s%s", scope["method"], scope["path"], where, type(error).__name__)
            if not answer.begun:
                failed = error_reply(500, "internal", FAILED)
                await failed(scope, receive, answer)

    async def _examine(self, scope: Scope, receive: Receive) -> tuple[Response | None, Receive]:
        """A refusal, or the request's body as the inner application may read it."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if _host(headers.get("host", "")) not in self.hosts:
            return error_reply(400, "bad_host", "This address is not served; start the server with --allow-host to allow it."), receive
        if scope["method"] not in WITH_BODY:
            return None, receive
        length = headers.get("content-length", "0")
        body = None if length.isdigit() and int(length[:12]) > MOST_BYTES else await _read(receive)
        if body is None:
            return error_reply(413, "too_large", f"A request may hold up to {MOST_BYTES // 1024} kB."), receive
        return _refused(headers.get("content-type", ""), body), _replayed(body, receive)


class _Answer:
    """Sends an answer on with the headers that all carry, and knows whether one has begun."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", ()), *own]
        await self.send(message)


def _host(header: str) -> str:
    """A Host header without its port."""
    name = header.strip().lower()
    return f"{name.partition(']')[0]}]" if name.startswith("[") else name.partition(":")[0]


def _refused(kind: str, body: bytes) -> Response | None:
    """Why a body is not read at all, if it is not."""
    if kind.partition(";")[0].strip().lower() != "application/json":
        return error_reply(415, "not_json", "The body must be JSON, with Content-Type: application/json.")
    if depth(body) > DEEPEST:
        return error_reply(422, "invalid_request", f"The body is nested more than {DEEPEST} deep.")
    return None


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None where it is larger than allowed."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever the connection says."""
    pending = [body]

    async def again() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return again


def depth(body: bytes) -> int:
    """How deeply the brackets of a JSON text are nested, asked before a parser recurses into them."""
    deepest = now = 0
    for found in _BRACKETS.finditer(_STRINGS.sub(b"", body)):
        now += 1 if found.group() in b"[{" else -1
        deepest = max(deepest, now)
    return deepest
