"""The note reader through the page."""

from typing import Any

from fastapi import APIRouter, Response

from lasegue.notes import case_from_text
from lasegue.web.asked import ReadRequest
from lasegue.web.reply import reply

router = APIRouter()
