"""What stands between a person and an exercise: the questions, their outcome, and how the back feels today."""

from __future__ import annotations

from starlette.datastructures import URL
from starlette.requests import Request

from ownway.coach.records import Mode, Person
from ownway.programme.pain import must_stop
from ownway.programme.screening import Bar, bar
from ownway.programme.waking import bends_early
from ownway.web.services import Services


async def barred(services: Services, exercise_id: str, mode: Mode) -> Bar | None:
    """Return what comes before this exercise, None where the way is free; in a sample clip nobody here moves."""
    if mode == "sample":
        return None
    kept, run = services.screenings, services.settings.run_blocking
    latest = await run(kept.latest)
    unfinished = await run(kept.unfinished)
    return bar(latest, unfinished, exercise_id, services.settings.clock())


async def detour(
    request: Request, services: Services, exercise_id: str, mode: Mode, pain_before: int | None = None
) -> URL | None:
    """Return the page to see first, None where the exercise may begin.

    Parameters
    ----------
    pain_before : 0..10 as told just now; with too much of it, advice stands in place of the session.
    """
    stands = await barred(services, exercise_id, mode)
    if stands == "questions":
        return request.url_for("screening")
    if stands == "outcome":
        return request.url_for("screening_outcome")
    if mode != "sample" and must_stop(pain_before, None):
        return request.url_for("not_today", exercise_id=exercise_id).include_query_params(pain=pain_before)
    return None


def warns_of_bending(services: Services, exercise_id: str, mode: Mode, person: Person) -> bool:
    """Return whether this session would bend the person's back soon after waking."""
    now = services.settings.clock().astimezone().time()
    return mode != "sample" and bends_early(exercise_id, person.wakes_at, now)
