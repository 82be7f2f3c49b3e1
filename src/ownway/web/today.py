"""Today as the diary has it: what the plan is made from, for the pages around a session and for the live socket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ownway.coach.records import SessionRecord
from ownway.programme.days import Days
from ownway.programme.plan import Plan, plan_for
from ownway.programme.runs import counts
from ownway.programme.screening import Question, judged
from ownway.web.services import Services

LATEST_RUNS = 100  # the plan looks back a week
ALL_SESSIONS = 20_000  # levels are a fold over the whole diary: ten years of five sessions a day


def today_of(services: Services) -> date:
    """Return the day at the place of this computer."""
    return services.settings.clock().astimezone().date()


async def plan_today(services: Services, sessions: Sequence[SessionRecord] | None = None) -> Plan:
    """Return today's plan; ``sessions`` are those of ``all_sessions``, where they were read already."""
    known = await all_sessions(services) if sessions is None else sessions
    return plan_for(today_of(services), await days_of(services, known), await _held(services))


async def all_sessions(services: Services) -> list[SessionRecord]:
    """Return the sessions that are over, the newest first."""
    return await services.settings.run_blocking(lambda: services.sessions.history(ALL_SESSIONS))


async def days_of(services: Services, sessions: Sequence[SessionRecord]) -> Days:
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
