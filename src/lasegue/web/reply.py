"""What every answer has in common: JSON as bytes, one shape for errors, and tags by which a browser knows what it already has."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

from fastapi import Request, Response

from lasegue.errors import Fault

JSON: Final = "application/json"
MOST_FAULTS: Final = 200


def as_bytes(value: Any) -> bytes:
    """JSON in ASCII letters, so that half a surrogate pair in somebody's text cannot spoil the encoding."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


def reply(value: Any, status: int = 200) -> Response:
    """An answer that nobody may keep."""
    return Response(as_bytes(value), status, {"Cache-Control": "no-store"}, JSON)


def error_body(code: str, message: str, faults: Iterable[Fault] = ()) -> dict[str, Any]:
    """The one shape of an error."""
    told = [{"path": f.path, "word": f.word, "message": f.message, "nearest": list(f.nearest)} for f in faults]
    return {"error": {"code": code, "message": message, "faults": told[:MOST_FAULTS]}}


def error_reply(status: int, code: str, message: str, faults: Iterable[Fault] = (), headers: dict[str, str] | None = None) -> Response:
    """An error as an answer."""
    return Response(as_bytes(error_body(code, message, faults)), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)


def kept(request: Request, content: bytes, media_type: str = JSON) -> Response:
    """An answer that depends on the knowledge alone: the browser asks whether it changed, and is sent it only then."""
    tag = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
