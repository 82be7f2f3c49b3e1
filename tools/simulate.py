"""Twelve weeks of the plan for a dozen kinds of people, week by week: ``python -m tools.simulate [NAME ...]``.

The people are made up, the rules are the real ones. A seed stands for the chance in a life, so the same people live the
same weeks each time; tests/programme/test_simulation.py lives many other lives and holds the promises.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from ownway.coach.records import SessionRecord
from ownway.programme.days import Days, Feeling, ItemId, LevelChoice, Mark
from ownway.programme.levels import index_of, ladders
from ownway.programme.pain import STOP_FROM_PAIN
from ownway.programme.plan import Line, Plan, plan_for

WEEKS = 12
FIRST_DAY = date(2026, 2, 2)  # a Monday; the clocks change on 29 March, in the eighth week


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of person.

    Attributes
    ----------
    comes : chance that they do what is offered on a day. away : days (0 is the first) on which they do nothing.
    pain : usual pain before a session, 0..10. eases : points that it eases a week; less than 0 where it grows.
    likes : index of the stretch's highest level that their back likes; above it pain grows and the next morning is worse.
    flares : chance of a day with four points more.
    answers : chance that a question is answered at all.
    stubborn : begins a session with strong pain, too, where the pages advise against it.
    runs, swaps : chance that a run that is offered is done, and that one takes the place of the stretch.
    held, held_days : what the screening holds back, and for how many days.
    chooses : exercise and level that they choose on a day.
    hour : of the first session, at their place.
    """

    name: str
    comes: float = 0.9
    away: range = range(0)
    pain: float = 3.0
    eases: float = 0.1
    likes: int = 6
    flares: float = 0.0
    answers: float = 1.0
    stubborn: bool = False
    runs: float = 0.0
    swaps: float = 0.0
    hold_s: float = 35.0
    held: tuple[str, ...] = ()
    held_days: int = 0
    chooses: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    hour: int = 8
    zone: str = "Europe/Berlin"


KINDS: tuple[Kind, ...] = (
    Kind("quick healer", comes=1.0, pain=2.0, eases=0.4),
    Kind("flares now and then", flares=0.12, likes=5),
    Kind("mostly does not come", comes=0.25, answers=0.5),
    Kind("three weeks away", away=range(28, 49)),
    Kind("always 7 of 10, walks instead", pain=7.0, eases=0.0, runs=0.9, swaps=0.5),
    Kind("always 7 of 10, goes on regardless", pain=7.0, eases=0.0, stubborn=True),
    Kind("gets worse by it", eases=-0.35, likes=0),
    Kind("hypermobile, begins at the floor", likes=3, chooses={0: ("hamstring_stretch", "floor")}),
    Kind("very stiff", likes=1, hold_s=20.0),
    Kind("runner", runs=1.0, swaps=0.3, pain=2.0),
    Kind("night worker", hour=23, comes=0.95),
    Kind("held back from bending, cleared after five weeks", held=("hamstring_stretch",), held_days=35),
    Kind("held back from everything", held=("hamstring_stretch", "trunk_rotation", "run"), held_days=WEEKS * 7),
    Kind("never answers", answers=0.0),
)


@dataclass(frozen=True, slots=True)
class Lived:
    """One day as it was lived: what the plan offered once the morning was answered, and what came of it."""

    plan: Plan
    after: Plan
    pain: int
    held: Mapping[str, str]
    sessions: tuple[SessionRecord, ...] = ()


def live(kind: Kind, seed: int, weeks: int = WEEKS) -> tuple[list[Lived], Days]:
    """Return the days of this person in their order, and all that was known at the end."""
    chance = Random(seed)  # noqa: S311 (a made-up life, not a secret)
    days = Days()
    lived: list[Lived] = []
    hurts_from_yesterday = False
    for number in range(weeks * 7):
        day = FIRST_DAY + timedelta(days=number)
        held = dict.fromkeys(kind.held, "See someone first.") if number < kind.held_days else {}
        pain = _pain(kind, chance, number)
        plan, known = plan_for(day, days, held), days
        if plan.ask_morning and chance.random() < kind.answers:
            feeling: Feeling = "worse" if hurts_from_yesterday else chance.choice(("better", "same", "same"))
            days = replace(days, mornings={**days.mornings, day: feeling})
        if number in kind.chooses:
            at = datetime.combine(day, time(6), ZoneInfo(kind.zone))
            days = replace(days, choices=(*days.choices, LevelChoice(*kind.chooses[number], at)))
        plan = after = plan if days is known else plan_for(day, days, held)
        before = len(days.sessions)
        if number not in kind.away and chance.random() < kind.comes:
            days, after = _do(kind, chance, days, plan, held, pain)
        sessions = days.sessions[before:]
        hurts_from_yesterday = any((s.pain_after or 0) > (s.pain_before or 0) for s in sessions)
        lived.append(Lived(plan, after, pain, held, sessions))
    return lived, days


def _pain(kind: Kind, chance: Random, number: int) -> int:
    usual = kind.pain - kind.eases * number / 7
    flare = 4.0 if chance.random() < kind.flares else 0.0
    return min(10, max(0, round(usual + flare)))


def _do(kind: Kind, chance: Random, days: Days, plan: Plan, held: Mapping[str, str], pain: int) -> tuple[Days, Plan]:
    """Return the days once the person did what the plan offered, one thing after the other, and the plan then."""
    strong, day = pain >= STOP_FROM_PAIN, plan.day
    stretch = _line(plan, "hamstring_stretch")
    if stretch is not None and stretch.can_swap and chance.random() < kind.swaps:
        days = _marked(days, day, "hamstring_stretch", "swapped")
        plan = plan_for(day, days, held)
    if _line(plan, "run") is not None and chance.random() < kind.runs:
        days = _marked(days, day, "run", "done")
        plan = plan_for(day, days, held)
    for minute, item in enumerate(("hamstring_stretch", "trunk_rotation")):
        line = _line(plan, item)
        if line is not None and line.standing is not None and (kind.stubborn or not strong):
            too_far = item == "hamstring_stretch" and index_of(item, line.standing.level.id) > kind.likes
            moment = datetime.combine(day, time(kind.hour, 10 * minute), ZoneInfo(kind.zone))
            session = _session(kind, line, moment, pain, min(10, pain + 2) if too_far else pain)
            days = replace(days, sessions=(*days.sessions, session))
            plan = plan_for(day, days, held)
    return days, plan


def _line(plan: Plan, item: str) -> Line | None:
    return next((line for line in plan.offered if line.item == item), None)


def _marked(days: Days, day: date, item: ItemId, mark: Mark) -> Days:
    return replace(days, marks={**days.marks, (day, item): mark})


def _session(kind: Kind, line: Line, moment: datetime, pain: int, pain_after: int) -> SessionRecord:
    """Return the session of someone who does all that is left of a line."""
    return SessionRecord(
        id=f"{moment:%j-%H%M}",
        exercise_id=line.item,
        exercise_version=1,
        mode="timer",
        started_at=moment,
        ended_at=moment,
        ending="done",
        pain_before=pain,
        pain_after=pain_after,
        good_s=min(line.left_s, line.sets_left * kind.hold_s) if line.sets_left else line.left_s,
        counted_sets=line.sets_left,
    )


def main() -> int:
    """Print a table for each kind that was asked for, for all where none was."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.simulate", description="Tell what the plan does in 12 weeks."
    )
    parser.add_argument("names", nargs="*", help="whose weeks to print, as their names begin; all where none is named")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    console = Console(width=120)
    for kind in KINDS:
        if not told.names or kind.name.startswith(tuple(told.names)):
            console.print(_table(kind, live(kind, told.seed)[0]), "")
    return 0


def _table(kind: Kind, lived: list[Lived]) -> Table:
    table = Table(title=kind.name, title_justify="left")
    for column in ("week", "stretch", "rotation"):
        table.add_column(column)
    for column in ("pain", "days at it", "runs", "worse", "rest", "enough", "held back"):
        table.add_column(column, justify="right")
    for week in range(len(lived) // 7):
        table.add_row(str(week + 1), *_week(lived[week * 7 : week * 7 + 7]))
    return table


def _week(seven: list[Lived]) -> tuple[str, ...]:
    stands = [
        f"{standing.level.id} ({standing.cause})"
        for line in seven[-1].after.lines
        if (standing := line.standing) is not None and line.item in ladders()
    ]
    counts = (
        sum(bool(day.sessions) for day in seven),
        sum(line.item == "run" and line.state == "done" for day in seven for line in day.after.lines),
        sum(day.plan.morning == "worse" for day in seven),
        sum("rest" in day.plan.notes for day in seven),
        sum("enough" in day.after.notes for day in seven),
        sum(bool(day.held) for day in seven),
    )
    pain = f"{min(day.pain for day in seven)} to {max(day.pain for day in seven)}"
    return (*stands, pain, *(str(count or "·") for count in counts))


if __name__ == "__main__":
    raise SystemExit(main())
