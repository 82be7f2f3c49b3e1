"""How the back lets somebody do things: two questionnaires, their scores, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.programme.questionnaires import (
    ACTIVITIES,
    KINDS,
    LONGEST_ACTIVITY,
    RMDQ,
    RMDQ_CREDIT,
    RMDQ_TELLS_FROM,
    RMDQ_TELLS_TO,
    Compared,
    Filled,
    Kind,
    compared,
    due,
)
from ownway.web.diary_forms import read_psfs, read_rmdq
from ownway.web.diary_pages import PageNumber
from ownway.web.forms import read_form
from ownway.web.pages import READ
from ownway.web.rendering import page
from ownway.web.services import Services, services_of

router = APIRouter(default_response_class=Response)

TIMES_A_PAGE = 26  # a year


@dataclass(frozen=True, slots=True)
class Course:
    """What there is to say of one questionnaire.

    Attributes
    ----------
    times : as it was filled in, the newest first.
    since_first, since_last : None where there is nothing to compare with; ``since_last`` also where the last was the first.
    apart : then the activities were others, and could not be compared.
    """

    kind: Kind
    times: Sequence[Filled]
    due: bool
    since_last: Compared | None = None
    since_first: Compared | None = None
    apart: bool = False


@router.api_route("/diary/function", name="function", methods=READ)
async def function(request: Request, number: PageNumber = 1, gone: bool = False) -> Response:
    """Show the scores, what became of them, the way to fill them in, and a page of the earlier times."""
    services = services_of(request)
    filled = await services.settings.run_blocking(services.diary.filled)
    now = services.settings.clock()
    courses = {kind: _course(kind, [one for one in filled if one.kind == kind], now) for kind in KINDS}
    tells = {"least": RMDQ_TELLS_FROM, "most": RMDQ_TELLS_TO}
    context: dict[str, object] = {"courses": courses, "credit": RMDQ_CREDIT, "tells": tells, "gone": gone}
    first, last = (number - 1) * TIMES_A_PAGE, number * TIMES_A_PAGE
    older = any(len(course.times) > last for course in courses.values())
    return page(request, "function.html", context | {"number": number, "first": first, "last": last, "older": older})


@router.api_route("/diary/function/rmdq", name="rmdq", methods=READ)
async def rmdq(request: Request) -> Response:
    """Show the 24 sentences of Roland and Morris, to be ticked."""
    return page(request, "rmdq.html", {"sentences": RMDQ, "credit": RMDQ_CREDIT})


@router.post("/diary/function/rmdq", name="fill_rmdq")
async def fill_rmdq(request: Request) -> Response:
    """Keep which sentences hold today."""
    services = services_of(request)
    ticked = read_rmdq(await read_form(request, services.translate), services.translate)
    return await _keep(request, services, Filled(services.settings.new_id(), "rmdq", services.settings.clock(), ticked))


@router.api_route("/diary/function/psfs", name="psfs", methods=READ)
async def psfs(request: Request) -> Response:
    """Ask how well the person's own activities go; those of last time are taken over, and may be changed."""
    services = services_of(request)
    earlier = await services.settings.run_blocking(lambda: services.diary.filled("psfs"))
    names = [name for name, _score in earlier[0].activities] if earlier else []
    names += [""] * (ACTIVITIES - len(names))
    return page(
        request, "psfs.html", {"names": names[:ACTIVITIES], "again": bool(earlier), "longest": LONGEST_ACTIVITY}
    )


@router.post("/diary/function/psfs", name="fill_psfs")
async def fill_psfs(request: Request) -> Response:
    """Keep how well the activities go."""
    services = services_of(request)
    told = read_psfs(await read_form(request, services.translate), services.translate)
    id_, now = services.settings.new_id(), services.settings.clock()
    return await _keep(request, services, Filled(id_, "psfs", now, activities=told))


async def _keep(request: Request, services: Services, filled: Filled) -> Response:
    await services.settings.run_blocking(lambda: services.diary.fill(filled))
    return RedirectResponse(request.url_for("function"), status_code=303)


def _course(kind: Kind, times: Sequence[Filled], now: datetime) -> Course:
    if not times:
        return Course(kind, times, due=True)
    newest, again = times[0], due(times[0].at, now)
    if len(times) == 1:
        return Course(kind, times, again)
    since_first = compared(times[-1], newest)
    since_last = compared(times[1], newest) if len(times) > 2 else None
    return Course(
        kind,
        times,
        again,
        since_last,
        since_first,
        apart=since_first is None or (len(times) > 2 and since_last is None),
    )
