"""Every way in which a request can go wrong, told in the one shape."""

from collections.abc import Iterable
from typing import Any, Final

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict

from lasegue.errors import CaseError, Fault, InputError, UnknownName
from lasegue.web.reply import error_reply

_CODES: Final = {
    404: ("not_found", "Nothing stands at this address."),
    405: ("method_not_allowed", "This address is not asked in this way."),
}
_LONGEST = 80
FAILED: Final = "The program failed; this is not your fault, and nothing was kept."


class FaultModel(BaseModel):
    """One thing that is wrong, where, and what may have been meant."""

    model_config = ConfigDict(extra="forbid")
    path: str
    word: str
    message: str
    nearest: list[str]


class ErrorDetail(BaseModel):
    """What went wrong."""

    model_config = ConfigDict(extra="forbid")
    code: str
    message: str
    faults: list[FaultModel]


class ErrorAnswer(BaseModel):
    """The shape of every error."""

    model_config = ConfigDict(extra="forbid")
    error: ErrorDetail


ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorAnswer, "description": told}
    for status, told in (
        (400, "the request cannot be read, or its host is not served"),
        (404, "not found"),
        (413, "too large"),
        (415, "not JSON"),
        (422, "the case or the request has faults"),
    )
}


class Missing(InputError):
    """Something that an address names does not exist."""

    def __init__(self, message: str, unknown: UnknownName | None = None) -> None:
        self.unknown = unknown
        super().__init__(message)


def handle_errors(app: FastAPI) -> None:
    """Teach an application the one shape."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(InputError, _input_error)
    # The framework's own 404 and 405 are of the class that HTTPException is made from.
    for kind in (HTTPException, HTTPException.__mro__[1]):
        app.add_exception_handler(kind, _http)
    app.add_exception_handler(Exception, _failed)


def _invalid(_: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(one["type"] == "json_invalid" for one in found):
        return error_reply(422, "not_json", "The body is not JSON.")
    faults = [_fault(one) for one in found]
    return error_reply(422, "invalid_request", _counted(faults, "the request"), faults)


def _fault(one: Any) -> Fault:
    places = [place for n, place in enumerate(one["loc"]) if n or place not in ("body", "query", "path", "header")]
    path = ""
    for place in places:
        path += f"[{place}]" if isinstance(place, int) else f"{'.' if path else ''}{place}"
    given = one.get("input")
    word = "" if isinstance(given, dict | list) or given is None else str(given)
    return Fault(path[: 2 * _LONGEST], word[:_LONGEST], str(one["msg"]))


def _input_error(_: Request, error: Exception) -> Response:
    if isinstance(error, CaseError):
        faults = [Fault(f"case.{f.path}" if f.path else "case", f.word, f.message, f.nearest) for f in error.faults]
        return error_reply(422, "unreadable_case", _counted(faults, "the case"), faults)
    if isinstance(error, Missing):
        known = error.unknown
        faults = [_unknown("name", known)] if known else []
        return error_reply(404, "unknown_name" if known else "not_found", str(error), faults)
    if isinstance(error, UnknownName):
        return error_reply(422, "unknown_name", str(error), [_unknown(error.kind, error)])
    return error_reply(422, "invalid_request", str(error))


def _unknown(path: str, error: UnknownName) -> Fault:
    return Fault(path, error.word[:_LONGEST], str(error)[: 2 * _LONGEST], error.nearest)


def _http(_: Request, error: Exception) -> Response:
    status = int(getattr(error, "status_code", 500))
    headers = getattr(error, "headers", None)
    if status in _CODES:
        return error_reply(status, *_CODES[status], headers=headers)
    if status < 500:
        return error_reply(status, "not_json", "The body cannot be read as JSON.", headers=headers)
    return _failed(_, error)


def _failed(_: Request, __: Exception) -> Response:
    return error_reply(500, "internal", FAILED)


def _counted(faults: Iterable[Fault], what: str) -> str:
    number = len(list(faults))
    return f"{number} fault{'' if number == 1 else 's'} in {what}"
