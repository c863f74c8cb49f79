"""The web application: a JSON API over the other rooms, and the pages that were built for it. It keeps nothing between requests."""

from lasegue.web.app import create_app
from lasegue.web.serving import serve_command

__all__ = ["create_app", "serve_command"]
