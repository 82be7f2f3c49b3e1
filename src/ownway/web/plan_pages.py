"""The start page with today's plan, what is said of its lines, and the page on which a level is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.coach.records import SessionRecord
from ownway.programme.days import Days, LevelChoice
from ownway.programme.levels import LADDERS, standing
from ownway.programme.plan import BECAUSE, plan_for
from ownway.programme.runs import counts
from ownway.programme.screening import Question, judged
from ownway.web.forms import read_feeling, read_form, read_level, read_mark
from ownway.web.pages import READ
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of

router = APIRouter(default_response_class=Response)

SHOWN_SESSIONS = 200
LATEST_RUNS = 100  # the plan looks back a week
ALL_SESSIONS = 20_000  # levels are a fold over the whole diary: ten years of five sessions a day


@router.api_route("/", name="start", methods=READ)
async def start(request: Request) -> Response:
    """Show what is left today, the exercises, and the past sessions."""
    services = services_of(request)
    run = services.settings.run_blocking
    person = await run(services.persons.get)
    sessions = await _sessions(services)
    return page(
        request,
        "start.html",
        {
            "exercises": list(services.exercises.values()),
            "by_id": services.exercises,
            "sessions": sessions[:SHOWN_SESSIONS],
            "person": person,
            "plan": plan_for(_today(services), await _days(services, sessions), await _held(services)),
            "because": BECAUSE,
        },
    )


@router.post("/plan/morning", name="save_morning")
async def save_morning(request: Request) -> Response:
    """Remember how the back is this morning."""
    services = services_of(request)
    feeling = read_feeling(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.plans.save_morning(_today(services), feeling))
    return _to_today(request)


@router.post("/plan/marks", name="save_mark")
async def save_mark(request: Request) -> Response:
    """Remember that something is left out today, swapped, or done; or take it back."""
    services = services_of(request)
    item, mark = read_mark(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.plans.save_mark(_today(services), item, mark))
    return _to_today(request)


@router.api_route("/plan/levels/{exercise_id}", name="levels", methods=READ)
async def levels(request: Request, exercise_id: str) -> Response:
    """Show the levels of an exercise, to choose from."""
    services = services_of(request)
    _check_levels(services, exercise_id)
    days = await _days(services, await _sessions(services))
    return page(
        request,
        "levels.html",
        {
            "exercise": services.exercises[exercise_id],
            "ladder": LADDERS[exercise_id],
            "standing": standing(exercise_id, days, _today(services)),
            "because": BECAUSE,
            "person": await services.settings.run_blocking(services.persons.get),
        },
    )


@router.post("/plan/levels/{exercise_id}", name="save_level")
async def save_level(request: Request, exercise_id: str) -> Response:
    """Remember the level that was chosen."""
    services = services_of(request)
    _check_levels(services, exercise_id)
    level_id = read_level(await read_form(request, services.translate), exercise_id, services.translate)
    choice = LevelChoice(exercise_id, level_id, services.settings.clock())
    await services.settings.run_blocking(lambda: services.plans.choose(choice))
    return _to_today(request)


def _check_levels(services: Services, exercise_id: str) -> None:
    if exercise_id not in LADDERS or exercise_id not in services.exercises:
        raise NotHereError(services.translate("There is no such exercise in the library."))


def _to_today(request: Request) -> Response:
    return RedirectResponse(request.url_for("start"), status_code=303)


def _today(services: Services) -> date:
    """Return the day at the place of this computer."""
    return services.settings.clock().astimezone().date()


async def _held(services: Services) -> dict[str, str]:
    """Return what the answers before exercising hold back, each with its reason; nothing where none were given yet."""
    latest = await services.settings.run_blocking(services.screenings.latest)
    held = {} if latest is None else judged(latest).held
    return {movement: _reason(services, questions) for movement, questions in held.items()}


def _reason(services: Services, questions: Sequence[Question]) -> str:
    _ = services.translate
    sign = _(questions[0].sign)  # they stand in the order of their urgency
    if questions[0].group == "emergency":
        return _("You see this because you told of {sign}: get help first, before any exercise.").format(sign=sign)
    return _("You see this because you told of {sign}: ask somebody who knows about it first.").format(sign=sign)


async def _sessions(services: Services) -> list[SessionRecord]:
    return await services.settings.run_blocking(lambda: services.sessions.history(ALL_SESSIONS))


async def _days(services: Services, sessions: Sequence[SessionRecord]) -> Days:
    """Return what the plan is made from, its moments by the clock of this computer."""
    run = services.settings.run_blocking
    choices = await run(services.plans.choices)
    runs = await run(lambda: services.runs.history(LATEST_RUNS))
    return Days(
        sessions=tuple(replace(s, started_at=s.started_at.astimezone()) for s in sessions),
        mornings=await run(services.plans.mornings),
        choices=tuple(replace(c, chosen_at=c.chosen_at.astimezone()) for c in choices),
        marks=await run(services.plans.marks),
        runs=tuple(kept.run.started_at.astimezone().date() for kept in runs if counts(kept.run)),
    )
