"""Today as the diary has it: what the plan is made from, for the pages around a session and for the live socket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ownway.exercises.schema import Exercise
from ownway.programme.days import ITEMS, Days
from ownway.programme.levels import Standing, standing_of
from ownway.programme.plan import Plan, plan_for
from ownway.programme.runs import counts
from ownway.programme.screening import Question, judged, movements
from ownway.web.services import Services

LATEST_RUNS = 100  # the plan looks back a week


def today_of(services: Services) -> date:
    """Return the day at the place of this computer."""
    return services.settings.clock().astimezone().date()


async def plan_today(services: Services) -> Plan:
    """Return today's plan."""
    return plan_for(today_of(services), await days_of(services), await held_of(services))


async def beside(services: Services, exercise: Exercise) -> Standing | None:
    """Return where the person stands in an exercise that is not in the plan; None for one that is, or has no ladder."""
    if exercise.id in ITEMS or not exercise.levels:
        return None
    return standing_of(exercise, await days_of(services), today_of(services))


async def days_of(services: Services) -> Days:
    """Return what the plan is made from, its moments by the clock of this computer."""
    run = services.settings.run_blocking
    choices = await run(services.plans.choices)
    runs = await run(lambda: services.runs.history(LATEST_RUNS))
    return Days(
        sessions=tuple(await run(services.sessions.practised)),
        mornings=await run(services.plans.mornings),
        choices=tuple(replace(c, chosen_at=c.chosen_at.astimezone()) for c in choices),
        marks=await run(services.plans.marks),
        runs=tuple(kept.run.started_at.astimezone().date() for kept in runs if counts(kept.run)),
    )


async def held_of(services: Services) -> dict[str, str]:
    """Return what the answers before exercising hold back, each with its reason; nothing where none were given yet."""
    latest = await services.settings.run_blocking(services.screenings.latest)
    held = {} if latest is None else judged(latest).held(movements(services.exercises.values()))
    return {movement: _reason(services, questions) for movement, questions in held.items()}


def _reason(services: Services, questions: Sequence[Question]) -> str:
    _ = services.translate
    sign = _(questions[0].sign)  # they stand in the order of their urgency
    if questions[0].group == "emergency":
        return _("You see this because you told of {sign}: get help first, before any exercise.").format(sign=sign)
    return _("You see this because you told of {sign}: ask somebody who knows about it first.").format(sign=sign)
