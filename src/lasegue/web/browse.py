"""A page for everything that is known, and search over all of it."""

from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from lasegue.errors import InputError, UnknownName
from lasegue.ledger import TOPICS, VERDICTS, as_dict, ledger
from lasegue.simulate import TABLES, show, show_dict, table
from lasegue.web import given
from lasegue.web.asked import LONGEST_NAME, ClaimsQuery, SearchQuery
from lasegue.web.faults import Missing
from lasegue.web.reply import as_bytes, kept
from lasegue.web.search import search

router = APIRouter()


@router.get("/show/{name:path}", response_model=dict[str, Any])
def shown(name: str, request: Request) -> Response:
    """The cards of everything that goes by a name or id, as `lasegue show --json` tells them."""
    try:
        return kept(request, as_bytes(show_dict(show(name[:LONGEST_NAME]))))
    except UnknownName as error:
        raise Missing(f"Nothing goes by the name {name[:60]!r}.", error) from error


@lru_cache(maxsize=64)
def _claims(topic: str | None, root: str | None, verdict: str | None) -> bytes:
    return as_bytes(as_dict(ledger().where(topic, root, verdict)))


@router.get("/claims", response_model=dict[str, Any])
def claims(query: Annotated[ClaimsQuery, Query()], request: Request) -> Response:
    """The claim ledger with its verdicts and what was measured, as `lasegue claims --json` tells it."""
    roots = tuple(sorted({root for entry in ledger() for root in entry.claim.roots}))
    for name, value, choices in (("topic", query.topic, TOPICS), ("root", query.root, roots), ("verdict", query.verdict, VERDICTS)):
        if value is not None and value not in choices:
            raise InputError(f"{name}: choose one of {', '.join(choices)}")
    return kept(request, _claims(query.topic, query.root, query.verdict))


@router.get("/tables", response_model=given.TablesAnswer)
def tables(request: Request) -> Response:
    """The names of the tables that are worked out from the wiring."""
    return kept(request, as_bytes({"tables": list(TABLES)}))


@lru_cache(maxsize=16)
def _table(name: str) -> bytes:
    return as_bytes(table(name))


@router.get("/tables/{name}", response_model=dict[str, Any])
def one_table(name: str, request: Request) -> Response:
    """A textbook table worked out from the wiring, beside what texts print."""
    if name not in TABLES:
        raise Missing(f"There is no table {name[:40]!r}; there are {', '.join(TABLES)}.")
    return kept(request, _table(name))


@router.get("/search", response_model=given.SearchAnswer)
def find(query: Annotated[SearchQuery, Query()], request: Request) -> Response:
    """Everything that fits some words."""
    return kept(request, as_bytes({"q": query.q, "found": search(query.q, query.limit)}))
