"""Levels: how far a person goes in an exercise, and when that changes. The ladders stand in the exercises' files.

A level rises after three good days at it with no worse morning, falls by one after a worse morning or a long break, and
never rises on pain. The person may choose any of them at any time, and the rules go on from there. The level down after
a worse morning is in SAFETY.md ("When to stop"); three days, fourteen days and one level at a time are chosen by us: slow
enough to notice a mistake, quick enough to be seen. A level that was left for a worse morning is tried again more slowly
each time: in the simulator (tools/simulate.py) three days alone led people whose backs disliked a level into it every
other week, and nobody is kept from it for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple

from ownway.coach.records import SessionRecord
from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise, Rung
from ownway.programme.days import Days, LevelChoice

GOOD_DAYS_TO_RISE = (
    3  # chosen by us, see above; twice as many for each time the next level was left for a worse morning
)
MOST_DAYS_TO_RISE = 24  # chosen by us: three to four weeks of good days are proof enough for another try
BREAK_DAYS = 14  # chosen by us: after two weeks away the body has less practice than the diary remembers

Cause = Literal["start", "chosen", "risen", "eased", "break"]


@dataclass(frozen=True, slots=True)
class Level:
    """A step of a ladder.

    Attributes
    ----------
    text : what the person does at it.
    dose_s : seconds in good form that are a day's whole dose.
    good_from_s : seconds in good form that make a good day.
    sets, full_s : what a session asks for that does the day's whole dose at once.
    figure : name of the still picture that shows it; None where there is none that would not mislead.
    pole : whether it needs one, where the exercise has one.
    camera : whether the coach can judge it by the camera.
    """

    id: str
    text: str
    dose_s: float
    good_from_s: float
    sets: int
    full_s: float
    figure: str | None = None
    pole: bool = True
    camera: bool = True


@cache
def ladders() -> Mapping[str, tuple[Level, ...]]:
    """Return the ladders of the exercises that come with Ownway and have one, by exercise, the easiest level first."""
    return {id_: ladder_of(exercise) for id_, exercise in library().items() if exercise.levels}


def ladder_of(exercise: Exercise) -> tuple[Level, ...]:
    """Return the ladder of an exercise, the easiest level first; empty where its file has none."""
    return tuple(_level(exercise, rung) for rung in exercise.levels)


def first_level(exercise: Exercise) -> str | None:
    """Return where who is new begins; None for an exercise without a ladder."""
    return next((rung.id for rung in exercise.levels if rung.first), None)


def _level(exercise: Exercise, rung: Rung) -> Level:
    """Return the level that a file describes; its dose is as long as the exercise lets its sets last."""
    most_s = exercise.dosed(rung.sets, rung.full_s).dose.most_s
    return Level(
        rung.id,
        rung.text,
        dose_s=rung.sets * most_s,
        good_from_s=rung.good_from_s,
        sets=rung.sets,
        full_s=rung.full_s,
        figure=rung.figure,
        pole=rung.pole,
        camera=rung.camera,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands on a ladder.

    Attributes
    ----------
    cause : why they are at this level.
    good_days : good days at it so far.
    """

    level: Level
    cause: Cause
    good_days: int


class _Step(NamedTuple):
    """The fold so far; a tuple, because ten years take thousands of steps and a tuple is changed five times as fast.

    Attributes
    ----------
    worked_on : the last day with this exercise. met_on : the same or a choice; both None after a break.
    eased_from : the level, each time one was left for a worse morning.
    """

    place: int
    cause: Cause = "start"
    good_days: int = 0
    worked_on: date | None = None
    met_on: date | None = None
    eased_from: tuple[int, ...] = ()


def standing(exercise_id: str, days: Days, today: date) -> Standing:
    """Return where the person stands on this exercise's ladder at the end of what is known of ``today``.

    Of an exercise that comes with Ownway. Raises KeyError for one without a ladder.
    """
    return _stands(exercise_id, ladders()[exercise_id], first_level(library()[exercise_id]), days, today)


def standing_of(exercise: Exercise, days: Days, today: date) -> Standing | None:
    """Return the same for any exercise, one of somebody's own among them; None for one without a ladder.

    A level that was chosen and is no longer in its file is left aside.
    """
    ladder = ladder_of(exercise)
    return _stands(exercise.id, ladder, first_level(exercise), days, today) if ladder else None


def _stands(exercise_id: str, ladder: tuple[Level, ...], first: str | None, days: Days, today: date) -> Standing:
    """Fold the days, the oldest first: nothing of tomorrow changes it, and the same days give the same level.

    What is known of later days is left aside.
    """
    places = {level.id: place for place, level in enumerate(ladder)}
    sessions = days.by_day
    mine = (c for c in days.choices if c.exercise_id == exercise_id and c.level_id in places)
    chosen = {c.chosen_at.date(): (places[c.level_id], c.chosen_at) for c in sorted(mine, key=_moment)}
    step = _Step(places.get(first or "", 0))
    for day in sorted({d for d in (*sessions, *chosen, *days.mornings) if d < today} | {today}):
        step = _overnight(step, days, day, len(ladder))
        done = [s for s in sessions.get(day, ()) if s.exercise_id == exercise_id]
        step = _through_the_day(step, day, chosen.get(day), done, ladder, hurt=day in days.painful)
    return Standing(ladder[step.place], step.cause, step.good_days)


def _moment(choice: LevelChoice) -> datetime:
    return choice.chosen_at


def index_of(exercise_id: str, level_id: str) -> int:
    """Return the place of a level on its ladder, 0 for the easiest; KeyError where there is no such level."""
    for index, level in enumerate(ladders()[exercise_id]):
        if level.id == level_id:
            return index
    raise KeyError(level_id)


def _overnight(step: _Step, days: Days, day: date, count: int) -> _Step:
    """Return where the day begins: a long break and a worse morning take a level down, three good days one up."""
    if step.met_on is not None and (day - step.met_on).days >= BREAK_DAYS:
        return _down(step._replace(worked_on=None, met_on=None), "break")
    if days.mornings.get(day) == "worse" and step.worked_on == day - timedelta(days=1):
        return _down(step._replace(eased_from=(*step.eased_from, step.place)), "eased")
    if step.place < count - 1 and step.good_days >= _days_to_rise(step):
        return step._replace(place=step.place + 1, cause="risen", good_days=0)
    return step


def _days_to_rise(step: _Step) -> int:
    asked: int = GOOD_DAYS_TO_RISE * 2 ** step.eased_from.count(step.place + 1)
    return min(MOST_DAYS_TO_RISE, asked)


def _down(step: _Step, cause: Cause) -> _Step:
    """Return the step a level lower; who is at the lowest stays there, and begins to count anew."""
    return step._replace(place=max(0, step.place - 1), cause=cause, good_days=0)


def _through_the_day(
    step: _Step,
    day: date,
    choice: tuple[int, datetime] | None,
    done: Sequence[SessionRecord],
    ladder: Sequence[Level],
    *,
    hurt: bool,
) -> _Step:
    """Return where the day ends: a choice stands at once, a good day counts once, a painful one begins the count anew.

    Parameters
    ----------
    choice : the place that was chosen, and when.
    done : the sessions of this exercise.
    hurt : whether any session of the day was painful.
    """
    if choice is None and not done and not hurt:
        return step
    if choice is not None:
        place, chosen_at = choice
        step = step._replace(place=place, cause="chosen", good_days=0, met_on=day)
        done = [s for s in done if s.started_at >= chosen_at]
    if done:
        step = step._replace(worked_on=day, met_on=day)
    # Pain in the other exercise, or before the choice, counts as well: it is the same back.
    if hurt:
        return step._replace(good_days=0)
    if done and sum(s.good_s for s in done) >= ladder[step.place].good_from_s:
        return step._replace(good_days=step.good_days + 1)
    return step
