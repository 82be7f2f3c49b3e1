"""Who is exercising? The page on which somebody says so, with a PIN where they have one, and on which others join."""

from __future__ import annotations

import math

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.coach.records import Profile
from ownway.web.forms import read_choice, read_form, read_name
from ownway.web.house import House, house_of
from ownway.web.pages import READ
from ownway.web.pins import is_pin
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.visitors import COOKIE, hashed, new_token, remember, way_on, words_of

router = APIRouter(default_response_class=Response)


@router.api_route("/people", name="people", methods=READ)
async def people(request: Request, next: str = "") -> Response:  # noqa: A002
    """Show everybody who has a diary here, to choose from."""
    everybody = await house_of(request).settings.run_blocking(house_of(request).people.all)
    return page(request, "people.html", {"everybody": everybody, "next": next})


@router.api_route("/people/{person_id}", name="knock", methods=READ)
async def knock(request: Request, person_id: int, next: str = "") -> Response:  # noqa: A002
    """Ask for the PIN of somebody who has one."""
    somebody = await _profile(request, person_id)
    return page(request, "pin.html", {"somebody": somebody, "next": next, "problem": None})


@router.post("/people/{person_id}", name="choose_person")
async def choose_person(request: Request, person_id: int) -> Response:
    """Let somebody in; a wrong PIN is told, and asked for again."""
    house = house_of(request)
    _ = words_of(request)
    somebody = await _profile(request, person_id)
    pin, wanted = read_choice(await read_form(request, _))
    problem = await _problem(house, somebody, pin, request)
    if problem is not None:
        return page(request, "pin.html", {"somebody": somebody, "next": wanted, "problem": problem}, 422)
    return await _let_in(request, somebody, way_on(wanted, str(request.url_for("start"))))


@router.post("/people", name="add_person")
async def add_person(request: Request) -> Response:
    """Give somebody new a diary of their own; whoever was here alone until now says what to call them, too."""
    house = house_of(request)
    run = house.settings.run_blocking
    _ = words_of(request)
    fields = await read_form(request, _)
    everybody = await run(house.people.all)
    nameless = next((one for one in everybody if not one.name), None)
    taken = {one.name for one in everybody}
    if nameless is not None:
        others = read_name(fields, "other_name", taken, _)
        taken.add(others)
    name = read_name(fields, "name", taken, _)
    if nameless is not None:
        await run(lambda: house.people.rename(nameless.id, others))
    new = await run(lambda: house.people.add(name))
    return await _let_in(request, new, str(request.url_for("start")))


async def _profile(request: Request, person_id: int) -> Profile:
    house = house_of(request)
    everybody = await house.settings.run_blocking(house.people.all)
    found = next((one for one in everybody if one.id == person_id), None)
    if found is None:
        raise NotHereError(words_of(request)("There is nobody of that name here."))
    return found


async def _problem(house: House, somebody: Profile, pin: str, request: Request) -> str | None:
    """Return what speaks against letting somebody in, None where nothing does."""
    _ = words_of(request)
    run = house.settings.run_blocking
    kept = await run(lambda: house.people.pin(somebody.id))
    if kept is None:
        return None
    wait_s = house.tries.wait_s(somebody.id)
    if wait_s > 0:
        return _("Please wait {seconds} seconds before you try again.").format(seconds=math.ceil(wait_s))
    if await run(lambda: is_pin(pin, kept)):
        house.tries.passed(somebody.id)
        return None
    house.tries.missed(somebody.id)
    return _("That is not the PIN. Please try again.")


async def _let_in(request: Request, somebody: Profile, address: str) -> Response:
    house, earlier, token = house_of(request), request.cookies.get(COOKIE), new_token()
    run, now = house.settings.run_blocking, house.settings.clock()
    if earlier is not None:
        await run(lambda: house.people.leave(hashed(earlier)))
    await run(lambda: house.people.visit(hashed(token), somebody.id, now))
    response = RedirectResponse(address, status_code=303)
    remember(response, request, token)
    return response
