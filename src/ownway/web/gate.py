"""What stands between a person and an exercise: the questions, their outcome, the day, and how the back feels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import URL
from starlette.requests import Request

from ownway.coach.records import Mode, Person
from ownway.errors import later
from ownway.programme.pain import must_stop
from ownway.programme.plan import Plan
from ownway.programme.screening import bar, movements
from ownway.programme.waking import bends_early
from ownway.web.services import Services

Obstacle = Literal["questions", "outcome", "pain", "closed", "bending"]

# What the socket says to a page that comes past what was asked for; the pages lead to where it is said at length.
REFUSALS: Mapping[Obstacle, str] = {
    "questions": later("A few questions come before this exercise. Please begin on the start page."),
    "outcome": later("A few questions come before this exercise. Please begin on the start page."),
    "pain": later("With pain like this, leave the exercises for today."),
    "closed": later("Today is for rest. The start page says why."),
    "bending": later("You have not been up for long. Please begin on the exercise's page."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to begin.

    Attributes
    ----------
    pain_before : 0..10 as told just now, None where not told.
    bends_anyway : they know that it is early for bending, or are still to be asked.
    """

    exercise_id: str
    mode: Mode
    pain_before: int | None = None
    bends_anyway: bool = False


async def obstacle(services: Services, wish: Wish, person: Person, plan: Plan | None) -> Obstacle | None:
    """Return what comes before this exercise, the first of all; None where the way is free.

    ``plan`` is today's. In a sample clip nobody here moves: nothing stands in its way.
    """
    if wish.mode == "sample":
        return None
    kept, run = services.screenings, services.settings.run_blocking
    cautions = movements(services.exercises.values())[wish.exercise_id]
    barred = bar(await run(kept.latest), await run(kept.unfinished), cautions, services.settings.clock())
    if barred is not None:
        return barred
    if must_stop(wish.pain_before, None):
        return "pain"
    if plan is not None and plan.closed is not None:
        return "closed"
    if not wish.bends_anyway and warns_of_bending(services, wish.exercise_id, wish.mode, person):
        return "bending"
    return None


async def detour(request: Request, services: Services, wish: Wish, person: Person, plan: Plan | None) -> URL | None:
    """Return the page to see first, None where the exercise may begin."""
    first = await obstacle(services, wish, person, plan)
    return None if first is None else _DETOURS[first](request, wish)


def _to_advice(request: Request, wish: Wish) -> URL:
    return request.url_for("not_today", exercise_id=wish.exercise_id).include_query_params(pain=wish.pain_before)


def _to_prepare(request: Request, wish: Wish) -> URL:
    return request.url_for("prepare", exercise_id=wish.exercise_id).include_query_params(mode=wish.mode)


_DETOURS: Mapping[Obstacle, Callable[[Request, Wish], URL]] = {
    "questions": lambda request, _wish: request.url_for("screening"),
    "outcome": lambda request, _wish: request.url_for("screening_outcome"),
    "pain": _to_advice,
    "closed": lambda request, wish: request.url_for("not_today", exercise_id=wish.exercise_id),
    "bending": _to_prepare,
}


def warns_of_bending(services: Services, exercise_id: str, mode: Mode, person: Person) -> bool:
    """Return whether this session would bend the person's back soon after waking; a run does not."""
    exercise = services.exercises.get(exercise_id)
    if mode == "sample" or exercise is None or not exercise.bends:
        return False
    now = services.settings.clock().astimezone().time()
    return bends_early(person.wakes_at, now)
