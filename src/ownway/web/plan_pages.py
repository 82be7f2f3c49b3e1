"""The start page with today's plan, what is said of its lines, and the page on which a level is chosen."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.exercises.schema import Exercise
from ownway.programme.days import ITEMS, LevelChoice
from ownway.programme.levels import ladder_of, standing_of
from ownway.programme.plan import BECAUSE
from ownway.programme.questionnaires import any_due
from ownway.web.forms import read_feeling, read_form, read_level, read_mark
from ownway.web.pages import READ, known_exercise
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.then import then_of
from ownway.web.today import days_of, plan_today, today_of

router = APIRouter(default_response_class=Response)

SHOWN_SESSIONS = 10  # chosen by us: two or three days; the others stand in the diary


@router.api_route("/", name="start", methods=READ)
async def start(request: Request) -> Response:
    """Show what is left today, the exercises, and the past sessions."""
    services = services_of(request)
    run = services.settings.run_blocking
    person = await run(services.persons.get)
    sessions = await run(lambda: services.sessions.history(SHOWN_SESSIONS))
    filled = await run(services.diary.latest_filled)
    return page(
        request,
        "start.html",
        {
            "exercises": [services.exercises[item] for item in ITEMS if item in services.exercises],
            "then": await then_of(services),
            "by_id": services.exercises,
            "sessions": sessions,
            "person": person,
            "plan": await plan_today(services),
            "because": BECAUSE,
            "function_due": any_due(filled, services.settings.clock()),
        },
    )


@router.post("/plan/morning", name="save_morning")
async def save_morning(request: Request) -> Response:
    """Remember how the back is this morning."""
    services = services_of(request)
    feeling = read_feeling(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.plans.save_morning(today_of(services), feeling))
    return _to_today(request)


@router.post("/plan/marks", name="save_mark")
async def save_mark(request: Request) -> Response:
    """Remember that something is left out today, swapped, or done; or take it back."""
    services = services_of(request)
    item, mark = read_mark(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.plans.save_mark(today_of(services), item, mark))
    return _to_today(request)


@router.api_route("/plan/levels/{exercise_id}", name="levels", methods=READ)
async def levels(request: Request, exercise_id: str) -> Response:
    """Show the levels of an exercise, to choose from."""
    services = services_of(request)
    exercise = _with_levels(services, exercise_id)
    days = await days_of(services)
    return page(
        request,
        "levels.html",
        {
            "exercise": exercise,
            "back": _back(request, exercise_id),
            "ladder": ladder_of(exercise),
            "standing": standing_of(exercise, days, today_of(services)),
            "because": BECAUSE,
            "person": await services.settings.run_blocking(services.persons.get),
        },
    )


@router.post("/plan/levels/{exercise_id}", name="save_level")
async def save_level(request: Request, exercise_id: str) -> Response:
    """Remember the level that was chosen."""
    services = services_of(request)
    exercise = _with_levels(services, exercise_id)
    level_id = read_level(await read_form(request, services.translate), exercise, services.translate)
    choice = LevelChoice(exercise_id, level_id, services.settings.clock())
    await services.settings.run_blocking(lambda: services.plans.choose(choice))
    return RedirectResponse(_back(request, exercise_id), status_code=303)


def _with_levels(services: Services, exercise_id: str) -> Exercise:
    exercise = known_exercise(services, exercise_id)
    if not exercise.levels:
        raise NotHereError(services.translate("There are no levels in this exercise."))
    return exercise


def _back(request: Request, exercise_id: str) -> URL:
    """Return where a level is chosen from: the plan, or the exercise's own page."""
    return request.url_for("start") if exercise_id in ITEMS else request.url_for("exercise", exercise_id=exercise_id)


def _to_today(request: Request) -> Response:
    return RedirectResponse(request.url_for("start"), status_code=303)
