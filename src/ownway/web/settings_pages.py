"""Settings: what is remembered of a person, their name and PIN, and starting over."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.web.erasing import forget_everything
from ownway.web.forms import read_form, read_name, read_pin, read_settings, read_sure
from ownway.web.pages import READ
from ownway.web.pins import hash_pin
from ownway.web.rendering import page
from ownway.web.services import services_of
from ownway.web.translation import NAMES, languages
from ownway.web.visitors import COOKIE, hashed

router = APIRouter(default_response_class=Response)


@router.api_route("/settings", name="settings", methods=READ)
async def settings(request: Request, saved: bool = False) -> Response:
    """Show what is remembered of the person, to be changed."""
    services = services_of(request)
    run = services.settings.run_blocking
    return page(
        request,
        "settings.html",
        {
            "person": await run(services.persons.get),
            "everybody": await run(services.people.all),
            "languages": {code: NAMES[code] for code in languages()},
            "saved": saved,
        },
    )


@router.post("/settings", name="save_settings")
async def save_settings(request: Request) -> Response:
    """Remember what was told; what the form does not have stays as it is."""
    services = services_of(request)
    run = services.settings.run_blocking
    fields = await read_form(request, services.translate)
    known = await run(services.persons.get)
    person = read_settings(fields, known, services.settings.clock().year, services.translate)
    await run(lambda: services.persons.save(person))
    return _saved(request)


@router.post("/settings/name", name="save_name")
async def save_name(request: Request) -> Response:
    """Call the person by another name."""
    services = services_of(request)
    run, _ = services.settings.run_blocking, services.translate
    taken = {one.name for one in await run(services.people.all) if one.id != services.me.id}
    name = read_name(await read_form(request, _), "name", taken, _)
    await run(lambda: services.people.rename(services.me.id, name))
    return _saved(request)


@router.post("/settings/pin", name="save_pin")
async def save_pin(request: Request) -> Response:
    """Keep a new PIN, or take the PIN away; a new one is asked for at once, so that a slip is noticed now."""
    services = services_of(request)
    run = services.settings.run_blocking
    pin = read_pin(await read_form(request, services.translate), services.translate)
    kept = None if pin is None else await run(lambda: hash_pin(pin))
    await run(lambda: services.people.set_pin(services.me.id, kept))
    return _saved(request)


@router.post("/settings/leave", name="leave")
async def leave(request: Request) -> Response:
    """Forget who is in this browser."""
    services, token = services_of(request), request.cookies.get(COOKIE)
    if token is not None:
        await services.settings.run_blocking(lambda: services.people.leave(hashed(token)))
    return _to_people(request)


@router.api_route("/settings/start-over", name="ask_start_over", methods=READ)
async def ask_start_over(request: Request) -> Response:
    """Say what starting over forgets, and ask whether it is really wanted."""
    services = services_of(request)
    run = services.settings.run_blocking
    everybody = await run(services.people.all)
    counts = await run(lambda: services.people.counts(services.me.id))
    return page(request, "start_over.html", {"counts": counts, "several": len(everybody) > 1})


@router.post("/settings/start-over", name="start_over")
async def start_over(request: Request) -> Response:
    """Forget everything of the person, or the person as well."""
    services = services_of(request)
    leaves = read_sure(await read_form(request, services.translate), services.translate)
    await forget_everything(services, leaves=leaves)
    if leaves:
        return _to_people(request)
    return RedirectResponse(request.url_for("start"), status_code=303)


def _saved(request: Request) -> Response:
    return RedirectResponse(request.url_for("settings").include_query_params(saved=1), status_code=303)


def _to_people(request: Request) -> Response:
    return RedirectResponse(request.url_for("people"), status_code=303)
