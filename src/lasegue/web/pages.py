"""The built pages as files, or a plain page that says that they are not built."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from lasegue.web.faults import handle_errors

NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lasegue</title></head>
<body>
<h1>Lasegue</h1>
<p>The program runs, but its pages are not built. In the source folder, run <code>make serve</code>, which builds them.</p>
<p>The interface for programs works all the same: <a href="api/health">api/health</a>, <a href="api/openapi.json">api/openapi.json</a>.</p>
</body>
</html>
"""


def pages(folder: Path) -> FastAPI:
    """Everything that is not the API."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    handle_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=600, compresslevel=6)
    if (folder / "index.html").is_file():
        app.mount("/", _Files(directory=folder, html=True))
    else:
        app.add_api_route("/", _not_built, methods=["GET"], response_class=Response)
    return app


def _not_built(_: Request) -> Response:
    return Response(NOT_BUILT, media_type="text/html", headers={"Cache-Control": "no-store"})


class _Files(StaticFiles):
    """Files whose name holds their digest are kept for good; of all others the browser asks whether they changed."""

    def file_response(self, full_path, stat_result, scope, status_code=200):  # type: ignore[no-untyped-def]
        """The file with how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        lasting = Path(full_path).parent.name == "assets"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response
