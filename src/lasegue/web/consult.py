"""Localising: at once, and a moment later."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from lasegue.assess import Assessment, as_answer, first_look, second_look, with_intervals
from lasegue.case import read_case
from lasegue.web import given
from lasegue.web.asked import LocalizeRequest
from lasegue.web.entering import entries
from lasegue.web.reply import reply
from lasegue.web.turns import turns

router = APIRouter()
HUNG_UP: Final = 204
"""Said to somebody who hung up while waiting for a turn, because the next change came; nobody reads it."""


@router.post("/localize", response_model=given.LocalizeAnswer)
async def localize(asked: LocalizeRequest, request: Request) -> Response:
    """Red flags, ranking, pairs and reasons at once; `next_tests`, `would_change` and intervals come from /localize/more."""
    async with turns().first():
        if await request.is_disconnected():
            return Response(status_code=HUNG_UP)
        return await run_in_threadpool(_first, asked)


def _first(asked: LocalizeRequest) -> Response:
    case = read_case(asked.case, lenient=asked.lenient)
    return reply(as_answer(first_look(case, setting=asked.prior, map_=asked.map).answer))


@router.post("/localize/more", response_model=given.MoreAnswer)
async def more(asked: LocalizeRequest, request: Request) -> Response:
    """Intervals, next tests with what a click on each result enters, and the smallest change that would put another lesion first."""
    async with turns().later():
        if await request.is_disconnected():
            return Response(status_code=HUNG_UP)
        return reply(await run_in_threadpool(_more, asked))


def _more(asked: LocalizeRequest) -> dict[str, Any]:
    first = first_look(read_case(asked.case, lenient=asked.lenient), setting=asked.prior, map_=asked.map)
    answer = with_intervals(first, second_look(first))
    told = as_answer(answer)
    return {
        "id": told["id"],
        "intervals": _intervals(answer),
        "next_tests": [{**test, "enter": entries(test["id"], test["side"])} for test in told["next_tests"]],
        "would_change": told["would_change"],
    }


def _intervals(answer: Assessment) -> list[dict[str, Any]]:
    return [{"lesion": r.lesion, "side": r.side, "interval": list(r.interval)} for r in answer.ranking if r.interval]
