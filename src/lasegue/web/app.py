"""The application: the API under /api, the pages everywhere else, and the guard around both."""

import threading
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI, Response
from fastapi.middleware.gzip import GZipMiddleware

from lasegue.knowledge import KNOWLEDGE_VERSION
from lasegue.model import MODEL_VERSION
from lasegue.web import body, browse, cases, consult, forward, given, surface, vocabulary
from lasegue.web.faults import ERRORS, handle_errors
from lasegue.web.guard import Application, Guard, Receive, Scope, Send
from lasegue.web.pages import pages
from lasegue.web.reply import reply

health_router = APIRouter()


def reader_router() -> APIRouter | None:
    """The note reader's address, where the note reader is installed."""
    try:
        from lasegue.web.reader import router
    except ImportError:
        return None
    return router


READER: Final = reader_router()


def version() -> str:
    """The version of the installed program."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("lasegue")
    except PackageNotFoundError:
        return MODEL_VERSION


@health_router.get("/health", response_model=given.Health)
def health() -> Response:
    """That the server runs, with which versions, and whether it reads notes."""
    told = {"status": "ok", "version": version(), "model_version": MODEL_VERSION}
    return reply({**told, "knowledge_version": KNOWLEDGE_VERSION, "reader": READER is not None})


def create_api() -> FastAPI:
    """The JSON API."""
    api = FastAPI(
        title="Lasegue",
        version=version(),
        description="Suggests where a nerve lesion of the lower limb may be, from bedside findings. Nothing is kept between requests.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    routers = [health_router, consult.router, forward.router, vocabulary.router, body.router, surface.router, browse.router, cases.router]
    for router in [*routers, *([READER] if READER else [])]:
        api.include_router(router, prefix="/api", responses=ERRORS)
    handle_errors(api)
    api.add_middleware(GZipMiddleware, minimum_size=600, compresslevel=6)
    return api


class _Split:
    """Addresses under /api go to the API, all others to the pages."""

    def __init__(self, api: Application, others: Application) -> None:
        self.api = api
        self.others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand one request on."""
        path = scope.get("path", "")
        chosen = self.others if scope["type"] == "http" and path != "/api" and not path.startswith("/api/") else self.api
        await chosen(scope, receive, send)


def static_folder() -> Path:
    """Where the built pages lie in the package."""
    return Path(str(files("lasegue.web"))) / "static"


def create_app(hosts: Iterable[str] = (), static: Path | None = None) -> Application:
    """The whole application; `hosts` may be asked for besides this machine's own names."""
    split = _Split(create_api(), pages(static or static_folder()))
    return Guard(split, hosts)


def warm() -> None:
    """Build what the first answers need, in the background, so that nobody waits for it."""
    threading.Thread(target=_warm, name="lasegue-warm", daemon=True).start()


def _warm() -> None:
    from lasegue.assess import assess
    from lasegue.case import read_case

    vocabulary.content()
    assess(read_case({"side": "left", "power": [{"movement": "ankle_dorsiflexion", "grade": 3}]}))
