"""Levels: up after good days, down after a worse morning or a break, never up on pain, and always the person's to choose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ownway.exercises.loader import library
from ownway.programme.days import Days, Feeling
from ownway.programme.levels import first_level, ladders, standing, standing_of
from tests.programme.diary import ROTATION, STRETCH, choice, day, session

THREE_GOOD = tuple(session(n) for n in range(3))


def level(days: Days, number: int, exercise_id: str = STRETCH) -> tuple[str, str]:
    """Return the level on a day, and its cause."""
    stands = standing(exercise_id, days, day(number))
    return stands.level.id, stands.cause


def test_it_begins_with_what_nearly_everybody_can() -> None:
    """An empty diary stands at the first level."""
    assert level(Days(), 0) == ("knees", "start")
    assert level(Days(), 0, ROTATION) == ("one_crossed", "start")


def test_three_good_days_take_a_level_up_on_the_next() -> None:
    """Not on the third day itself: its morning after has a say."""
    days = Days(sessions=THREE_GOOD)
    assert level(days, 2) == ("knees", "start")
    assert level(days, 3) == ("shins", "risen")


def test_the_good_days_need_not_follow_each_other() -> None:
    """A missed day is no failure and takes nothing away."""
    assert level(Days(sessions=(session(0), session(4), session(9))), 10) == ("shins", "risen")


def test_three_sessions_on_one_day_are_one_good_day() -> None:
    """More in a day does not go up faster."""
    assert level(Days(sessions=tuple(session(0, hour=h) for h in (8, 12, 18))), 1) == ("knees", "start")


def test_holds_spread_over_the_day_are_a_good_day() -> None:
    """Two short holds, one in the morning and one in the evening, add up."""
    spread = tuple(session(n, hour=h, sets=1, good_s=15.0) for n in range(3) for h in (8, 20))
    assert level(Days(sessions=spread), 3) == ("shins", "risen")


@pytest.mark.parametrize(
    "third",
    [
        session(2, ending="hurt"), session(2, after=3), session(2, before=6, after=6), session(2, after=6),
        session(2, ROTATION, ending="hurt", hour=20),
    ],
)  # fmt: skip
def test_pain_begins_the_count_anew(third: object) -> None:
    """Hurt, grown or strong pain, in either exercise: no level rises on it, and two more good days do not do."""
    sessions = (*THREE_GOOD[:2], *(s for s in [third] if s), session(3), session(4))
    assert level(Days(sessions=sessions), 5) == ("knees", "start")  # type: ignore[arg-type]


def test_pain_that_was_not_told_says_nothing() -> None:
    """Who answers no question still gets on."""
    assert level(Days(sessions=tuple(session(n, before=None, after=None) for n in range(3))), 3)[0] == "shins"


def test_a_worse_morning_takes_a_level_down_instead_of_up() -> None:
    """Also where the third good day had just earned one."""
    assert level(Days(sessions=THREE_GOOD, mornings={day(3): "worse"}), 3) == ("seated", "eased")


@pytest.mark.parametrize("feeling", ["better", "same"])
def test_any_other_morning_is_no_obstacle(feeling: Feeling) -> None:
    """Same is good enough."""
    assert level(Days(sessions=THREE_GOOD, mornings={day(3): feeling}), 3) == ("shins", "risen")


def test_a_worse_morning_lowers_only_what_was_done_the_day_before() -> None:
    """The stretch was done on the day before, the rotation three days earlier."""
    days = Days(sessions=(session(0, ROTATION), session(2)), mornings={day(3): "worse"})
    assert level(days, 3) == ("seated", "eased")
    assert level(days, 3, ROTATION) == ("one_crossed", "start")


def test_a_level_that_brought_a_worse_morning_is_tried_again_more_slowly() -> None:
    """Six good days, then twelve: nobody is led into the same trouble every week, and nobody kept from it for ever."""
    days = Days(sessions=tuple(session(n) for n in (*range(4), *range(5, 11))), mornings={day(4): "worse"})
    assert level(days, 4) == ("knees", "eased")
    assert level(days, 8) == ("knees", "eased")
    assert level(days, 11) == ("shins", "risen")


def test_two_weeks_away_take_one_level_down_once() -> None:
    """However long the break is, one level is enough."""
    days = Days(sessions=(*THREE_GOOD, session(3)))
    assert level(days, 16) == ("shins", "risen")
    assert level(days, 17) == ("knees", "break")
    assert level(days, 300) == ("knees", "break")
    assert level(Days(sessions=(*days.sessions, session(100))), 101) == ("knees", "break")


def test_a_choice_stands_at_once_and_the_rules_go_on_from_there() -> None:
    """Up or down; the last one of a day counts."""
    days = Days(sessions=THREE_GOOD, choices=(choice(3, "seated"), choice(3, "floor", hour=9)))
    assert level(days, 3) == ("floor", "chosen")
    more = Days(sessions=(*THREE_GOOD, *(session(n) for n in (3, 4, 5))), choices=days.choices)
    assert level(more, 6) == ("embrace", "risen")


def test_a_choice_in_a_break_is_not_taken_back_by_it() -> None:
    """Somebody who chooses is there."""
    assert level(Days(sessions=(session(0),), choices=(choice(13, "toes"),)), 15) == ("toes", "chosen")


def test_a_sample_clip_is_no_practice() -> None:
    """Somebody else moves in it."""
    assert level(Days(sessions=tuple(session(n, mode="sample") for n in range(3))), 3) == ("knees", "start")


def test_tomorrow_changes_nothing_today() -> None:
    """What lies after the day is left aside."""
    days = Days(sessions=THREE_GOOD, mornings={day(3): "worse"}, choices=(choice(9, "floor"),))
    assert level(days, 2) == ("knees", "start")


def test_the_ladders_stay_within_the_dose_of_the_exercises() -> None:
    """The source text's: two holds of 45 s, three minutes of rotation; both have their ladder."""
    assert {STRETCH, ROTATION} <= set(ladders())
    for exercise_id, ladder in ladders().items():
        dose = library()[exercise_id].dose
        assert {step.id for step in ladder} >= {first_level(library()[exercise_id])}
        assert all(0 < step.good_from_s <= step.dose_s <= dose.sets * dose.most_s for step in ladder)
    assert (library()[STRETCH].dose.sets, library()[STRETCH].dose.most_s) == (2, 45)
    assert (library()[ROTATION].dose.sets, library()[ROTATION].dose.most_s) == (1, 180)


def test_an_exercise_beside_the_plan_has_levels_by_the_same_rules() -> None:
    """A choice of a level that is no longer in its file is left aside, and one without a ladder has no level."""
    own = replace(library()[STRETCH], id="own", levels=library()[STRETCH].levels[:3])
    days = Days(sessions=tuple(replace(s, exercise_id="own") for s in THREE_GOOD), choices=(choice(0, "floor", "own"),))
    stands = standing_of(own, days, day(3))
    assert stands is not None
    assert (stands.level.id, stands.cause) == ("shins", "risen")
    assert standing_of(replace(own, levels=()), days, day(3)) is None
