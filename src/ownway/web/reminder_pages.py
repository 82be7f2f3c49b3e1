"""The page of reminders, their calendar, and what the open pages need to know of them."""

from __future__ import annotations

import uuid

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ownway.programme.reminders import DAYS, Reminder
from ownway.report.calendar import calendar
from ownway.store.people import People
from ownway.store.reminders import Reminders
from ownway.web.forms import read_form, read_reminder
from ownway.web.house import house_of
from ownway.web.pages import READ
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.translation import Translate
from ownway.web.visitors import words_of

router = APIRouter(default_response_class=Response)
feeds = APIRouter(default_response_class=Response)  # for calendar programs, which cannot say who they are


@router.api_route("/reminders", name="reminders", methods=READ)
async def reminders(request: Request, removed: str = "", days: str = "") -> Response:
    """Show the reminders; one that was just removed can be taken back."""
    services = services_of(request)
    kept = await services.settings.run_blocking(services.reminders.all)
    key = await services.settings.run_blocking(
        lambda: services.people.calendar_key(services.me.id, services.settings.new_id())
    )
    names = day_names(services.translate)
    gone = {"at": removed, "days": [day for day in DAYS if day in days.split(",")]} if removed else None
    return page(request, "reminders.html", {"reminders": kept, "day_names": names, "gone": gone, "calendar_key": key})


@router.post("/reminders", name="add_reminder")
async def add_reminder(request: Request) -> Response:
    """Keep a new one."""
    services = services_of(request)
    at, days, zone = read_reminder(await read_form(request, services.translate), services.translate)
    reminder = Reminder(uuid.uuid4().hex, at, days, zone, services.settings.clock())
    await services.settings.run_blocking(lambda: services.reminders.add(reminder))
    return RedirectResponse(request.url_for("reminders"), status_code=303)


@router.post("/reminders/{reminder_id}/remove", name="remove_reminder")
async def remove_reminder(request: Request, reminder_id: str) -> Response:
    """Forget one."""
    services = services_of(request)
    gone = await services.settings.run_blocking(lambda: services.reminders.remove(reminder_id))
    if gone is None:
        raise NotHereError(services.translate("There is no such reminder."))
    address = request.url_for("reminders").include_query_params(
        removed=gone.at.isoformat("minutes"), days=",".join(gone.days)
    )
    return RedirectResponse(address, status_code=303)


@feeds.api_route("/reminders.ics", name="calendar", methods=READ)
async def feed(request: Request, of: str = "") -> Response:
    """Give somebody's reminders as a calendar, to be kept or asked for again and again.

    Parameters
    ----------
    of : the key of the person's calendar. Without it they are those of whoever is here alone, and has no PIN.
    """
    house = house_of(request)
    _ = words_of(request)
    person_id = await house.settings.run_blocking(lambda: _whose(house.people, of))
    if person_id is None:
        raise NotHereError(_("There is no such calendar here. The page of reminders has the address of yours."))
    kept = await house.settings.run_blocking(Reminders(house.database, person_id).all)
    data = calendar(
        kept,
        title=_("A few minutes for your back"),
        words=_("Open Ownway when it suits you. Later is fine, and so is not today."),
    )
    headers = {"Content-Disposition": 'inline; filename="ownway.ics"', "Cache-Control": "no-store"}
    return Response(data, media_type="text/calendar; charset=utf-8", headers=headers)


@router.api_route("/reminders.json", name="reminders_data", methods=READ)
async def data(request: Request) -> Response:
    """Give the times to the open pages, and when the last session began: after it, nobody needs to be reminded."""
    services = services_of(request)
    kept = await services.settings.run_blocking(services.reminders.all)
    last = await services.settings.run_blocking(lambda: _last_session(services))
    times = [
        {"at": r.at.isoformat("minutes"), "days": [DAYS.index(day) for day in r.days], "made_at": r.made_at.isoformat()}
        for r in kept
    ]
    return JSONResponse({"reminders": times, "last_session": last}, headers={"Cache-Control": "no-store"})


def _whose(people: People, key: str) -> int | None:
    if key:
        return people.by_calendar_key(key)
    everybody = people.all()
    return everybody[0].id if len(everybody) == 1 and not everybody[0].locked else None


def day_names(translate: Translate) -> dict[str, str]:
    """Return what the days of the week are called, in short."""
    _ = translate
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return dict(zip(DAYS, names, strict=True))


def _last_session(services: Services) -> str | None:
    newest = next(iter(services.sessions.history(1)), None)
    return None if newest is None else newest.started_at.isoformat()
