"""The page that tells how it is going: pain, what was done, how far one moves, and the mornings after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ownway.programme.progress import LENGTH_DAYS, PERIODS, Period, PeriodName, period
from ownway.report.progress import Story, story
from ownway.web.house import house_of
from ownway.web.pages import READ
from ownway.web.rendering import page
from ownway.web.services import services_of
from ownway.web.translation import translations

router = APIRouter(default_response_class=Response)


@router.api_route("/progress", name="progress", methods=READ)
async def progress(
    request: Request, over: Annotated[PeriodName, Query(alias="period")] = "month", until: date | None = None
) -> Response:
    """Show how it is going over a day, a month, a year or everything, up to a day; up to today where none is given."""
    services = services_of(request)
    today = services.settings.clock().astimezone().date()
    first_day = await services.settings.run_blocking(services.pasts.first_day)
    last = min(max(until or today, first_day or today), today)
    shown, told = await services.settings.run_blocking(lambda: _told(request, over, last, first_day))
    context: dict[str, object] = {"periods": PERIODS, "shown": shown, "told": told, "empty": first_day is None}
    return page(request, "progress.html", context | _ways(shown, today, first_day))


def _told(request: Request, name: PeriodName, last: date, first_day: date | None) -> tuple[Period, Story]:
    services, shown = services_of(request), period(name, last, first_day)
    words = translations(services.language)
    known = ("story", services.me.id, shown, services.language)
    return shown, house_of(request).database.unchanged(known, lambda: story(services.pasts.of(shown), shown, words))


def _ways(shown: Period, today: date, first_day: date | None) -> dict[str, object]:
    """Return up to which days the time before and the time after go; None where there is none."""
    length = LENGTH_DAYS.get(shown.name)
    if length is None or first_day is None:
        return {"earlier": None, "later": None}
    earlier, later = shown.first - timedelta(days=1), min(today, shown.last + timedelta(days=length))
    return {
        "earlier": earlier if earlier >= first_day else None,
        "later": None if shown.last >= today else later,
    }
