"""What a session today asks for: what is left at the person's level, and never more than the source text's dose."""

from __future__ import annotations

import pytest

from ownway.coach.records import Person
from ownway.exercises.loader import library
from ownway.programme.days import Days, LevelChoice, Mark
from ownway.programme.dose import Asked, asked_today, fitted
from ownway.programme.levels import ladders
from ownway.programme.plan import Line, plan_for

from .diary import ROTATION, STRETCH, day, session


def line(days: Days, item: str) -> Line:
    found = plan_for(day(0), days).line(item)
    assert found is not None
    return found


def at(item: str, level: str, *done: float, mark: Mark | None = None) -> Days:
    """Return a day at this level on which the rotation was done for so many seconds."""
    return Days(
        sessions=tuple(session(0, ROTATION, hour=9 + n, sets=0, good_s=s) for n, s in enumerate(done)),
        choices=(LevelChoice(item, level, session(0, hour=8).started_at),),
        marks={} if mark is None else {(day(0), "trunk_rotation"): mark},
    )


def test_the_stretch_asks_for_the_holds_that_are_left() -> None:
    """Two, then one; and who begins once more gets the whole of it."""
    assert asked_today(line(Days(), STRETCH)) == Asked(2, 30.0)
    for sets, asked in ((1, Asked(1, 30.0)), (2, Asked(2, 30.0))):
        assert asked_today(line(Days(sessions=(session(0, sets=sets, good_s=35.0 * sets),)), STRETCH)) == asked


@pytest.mark.parametrize(
    ("level", "done", "full_s"),
    [
        ("one_crossed", (), 60.0), ("two_crossed", (), 120.0), ("three_heavier", (), 180.0),
        ("three_heavier", (60.0, 41.0), 70.0),  # 79 s are left: told in whole tens, never more than is left
        ("one_crossed", (47.0,), 30.0),  # 13 s are left: not worth getting ready for
        ("two_crossed", (100.0,), 120.0),  # done, and begun all the same: the level's own
    ],
)  # fmt: skip
def test_the_rotation_asks_for_its_levels_minutes_or_what_is_left(
    level: str, done: tuple[float, ...], full_s: float
) -> None:
    """In one go."""
    assert asked_today(line(at(ROTATION, level, *done), ROTATION)) == Asked(1, full_s)


def test_what_was_left_out_is_asked_for_whole() -> None:
    """Somebody who begins it although they had left it out for today."""
    assert asked_today(line(at(ROTATION, "two_broomstick", mark="skipped"), ROTATION)) == Asked(1, 120.0)


def test_no_level_asks_for_more_than_the_file() -> None:
    """The file's dose is the source text's."""
    for exercise_id, ladder in ladders().items():
        dose = library()[exercise_id].dose
        assert all(level.sets <= dose.sets and level.full_s <= dose.full_s for level in ladder)


def test_an_exercise_is_fitted_to_day_level_and_person() -> None:
    """Today's dose, no pole where the level needs none, and the person's own tempo; what the plan does not know stays as it is."""
    rotation, person = library()[ROTATION], Person(half_period_s=5.0)
    crossed = fitted(rotation, line(at(ROTATION, "one_crossed"), ROTATION), person)
    assert (crossed.dose.full_s, crossed.camera.pole_wait_s, crossed.needs) == (60.0, 0.0, "Nothing but room to turn")
    assert crossed.repetitions is not None
    assert crossed.repetitions.tempo_s == 5.0
    with_pole = fitted(rotation, line(at(ROTATION, "two_broomstick"), ROTATION), person)
    assert (with_pole.dose.full_s, with_pole.camera.pole_wait_s) == (120.0, 10.0)
    assert fitted(rotation, None, Person()) == rotation
    assert fitted(rotation, line(Days(), "run"), Person()) == rotation
