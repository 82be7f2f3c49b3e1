"""How it is going: numbers that can be told in the head, and what stays missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ownway.coach.records import Measured
from ownway.programme.days import Feeling
from ownway.programme.progress import (
    Past,
    Period,
    Point,
    Practised,
    Step,
    adherence,
    bucket,
    buckets,
    counted,
    courses,
    detectable,
    done_by_day,
    ends,
    means,
    mornings_after,
    movement,
    pain_by_day,
    pain_change,
    period,
    pieces,
    readings,
    scores,
    standard_error,
    trend,
    uneven,
)
from ownway.programme.questionnaires import Filled
from ownway.programme.runs import Run
from tests.programme.diary import ROTATION, STRETCH, day


def practised(number: int, what: str = STRETCH, *, good_s: float = 60.0, sets: int = 2, **more: object) -> Practised:
    """Return a session of a day, without pain and unmeasured unless told otherwise."""
    told: dict[str, object] = {"pain_before": None, "pain_after": None, "measured": None, **more}
    return Practised(day(number), what, good_s=good_s, counted_sets=sets, **told)  # type: ignore[arg-type]


def points(*values: float, every: int = 1) -> tuple[Point, ...]:
    return tuple(Point(day(n * every), value) for n, value in enumerate(values))


ALL = Period("all", day(0), day(99))


def test_pain_of_a_day_is_the_mean_of_all_that_was_told_of_the_moment() -> None:
    """Entries, and before and after sessions; the worst is the most of anything, also of the 24 hours before."""
    past = Past(told=[(day(0), 2, 7, 5), (day(0), 4, None, None)], sessions=[practised(0, pain_before=3, pain_after=3)])
    (one,) = pain_by_day(past)
    assert (one.day, one.mean, one.worst, one.values) == (day(0), 3.0, 7, 4)


def test_what_was_not_told_is_missing_and_no_zero() -> None:
    """A day without a word is no day; the worst alone gives no mean; an average stands in where no moment was told."""
    past = Past(told=[(day(0), None, 8, None), (day(2), None, None, 4), (day(3), None, None, None)])
    assert [(one.day, one.mean, one.worst) for one in pain_by_day(past)] == [(day(0), None, 8), (day(2), 4.0, 4)]
    assert means(pain_by_day(past)) == (Point(day(2), 4.0),)
    assert pain_by_day(Past(sessions=[practised(1)])) == ()


def test_the_trend_is_the_mean_of_a_week_up_to_each_day() -> None:
    """From three values on; the eighth day lets the first go."""
    assert trend(points(1, 2, 3, 4, 5, 6, 7, 8), 7) == (
        *(Point(day(n), 1 + n / 2) for n in (2, 3, 4, 5, 6)),
        Point(day(7), 5.0),
    )
    assert trend(points(1, 2), 7) == ()


def test_a_later_value_never_changes_an_earlier_trend() -> None:
    """The trend of a beginning is the beginning of the trend."""
    values = points(3, 5, 2, 8, 1, 9, 4, 4, 0, 10, 6, every=2)
    whole = trend(values, 7)
    for count in range(len(values)):
        part = trend(values[:count], 7)
        assert whole[: len(part)] == part


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_each_day_is_in_its_own_week_or_month(step: Step) -> None:
    """Over the turn of a year and a leap day, with gaps; none is lost and none counts twice."""
    days = [date(2023, 12, 20) + timedelta(days=n) for n in range(100) if n % 7 != 3 and not 20 < n < 55]
    found = [(first, days[own]) for first, own in buckets(days, step)]
    assert [one for _, own in found for one in own] == days
    assert all(bucket(one, step) == first for first, own in found for one in own)
    assert counted(days, step) == {first: len(own) for first, own in found}
    assert counted([], step) == {}


def test_no_line_is_drawn_across_more_than_fourteen_days() -> None:
    """Fourteen are joined, fifteen are not."""
    some = (Point(day(0), 1), Point(day(14), 2), Point(day(29), 3))
    assert [len(piece) for piece in pieces(some)] == [2, 1]


def test_the_beginning_is_compared_with_the_end() -> None:
    """Seven days each where there are as many, fewer where not, three at least; no day stands for both."""
    found = ends([5.0] * 7 + [9.0] * 4 + [2.0] * 7, 7, 3)
    assert found is not None
    assert (found.before, found.now, found.count) == (5.0, 2.0, 7)
    assert ends([1, 1, 1, 9, 4, 4, 4], 7, 3).count == 3  # type: ignore[union-attr]
    assert ends([1, 1, 1, 4, 4], 7, 3) is None


@pytest.mark.parametrize(("now", "became"), [(4.1, "unclear"), (4.0, "better"), (8.0, "worse")])
def test_pain_has_changed_from_two_points_on(now: float, became: str) -> None:
    """And by 30 % of where it began, for the better."""
    changed = pain_change(points(*[6.0] * 7, *[now] * 7))
    assert changed is not None
    assert changed[1] == became


def test_what_was_done_is_counted_by_the_day() -> None:
    """A day with two sessions is one day; nothing counted is no exercise; a run told twice is one, and its minutes are known."""
    run = Run(datetime(2026, 2, 4, 7, tzinfo=UTC), 1300, 1200, None, None, "run", "gpx")  # on day 2
    past = Past(
        sessions=[practised(0), practised(0, ROTATION, good_s=120, sets=1), practised(1, good_s=0, sets=0)],
        runs=[run],
        told_runs=frozenset({day(2), day(5)}),
    )
    done = done_by_day(past)
    assert done == {day(0): {STRETCH, ROTATION}, day(2): {"run"}, day(5): {"run"}}
    found = adherence(past, done, Period("month", day(0), day(9)))
    assert (found.days, found.active_days, found.sets, found.exercise_min) == (10, 3, 3, 3.0)
    assert (found.runs, found.run_min) == (2, 20.0)


def test_a_run_by_word_alone_has_no_length() -> None:
    """Missing, and no zero; a guided run is told among the runs and not as a set."""
    past = Past(sessions=[practised(3, "run", good_s=900, sets=1)], told_runs=frozenset({day(1)}))
    found = adherence(past, done_by_day(past), ALL)
    assert (found.run_min, found.exercise_min, found.sets, found.active_days) == (None, 0.0, 0, 2)


def test_the_smallest_detectable_change() -> None:
    """1.96 times the root of 2 times the standard error; an average error of 2 cm is a standard error of 2.5 cm."""
    assert detectable(1.0) == pytest.approx(2.772, abs=0.001)
    assert standard_error(2.0) == pytest.approx(2.507, abs=0.001)
    assert detectable(standard_error(2.0), 4.5) == pytest.approx(6.95, abs=0.01)
    assert detectable(1.0, 4.5) == 4.5


def test_a_smaller_change_than_that_is_unclear() -> None:
    """Three days at either end; what lies between tells nothing."""
    some = points(20, 21, 22, 90, 14, 15, 16)
    assert movement(some, 6.1)[1] == "unclear"  # type: ignore[index]
    assert movement(some, 6.0)[1] == "less"  # type: ignore[index]
    assert movement(points(20), 6.0) is None


def test_a_reading_is_missing_where_nothing_was_seen() -> None:
    """Of two on a day the mean."""
    sessions = [
        practised(0, measured=Measured(reach_cm=10.0)),
        practised(0, measured=Measured(reach_cm=14.0)),
        practised(1, measured=Measured(reach_cm=None)),
        practised(2),
    ]
    assert readings(sessions, lambda measured: measured.reach_cm) == (Point(day(0), 12.0),)


def test_sides_are_even_within_what_the_camera_can_tell() -> None:
    """The difference of three days; days with one side alone are left aside."""
    left, right = points(50, 50, 50, 90), points(36, 36, 36)
    assert uneven(left, right, 14.0) == "left"
    assert uneven(left, right, 14.1) is None
    assert uneven(right, left, 14.0) == "right"
    assert uneven((), right, 1.0) is None


def filled(number: int, ticked: int = 0, **scores: int) -> Filled:
    at = datetime.combine(day(number), datetime.min.time(), UTC)
    kind = "psfs" if scores else "rmdq"
    return Filled(f"{number}{kind}", kind, at, tuple(range(1, ticked + 1)), tuple(scores.items()))  # type: ignore[arg-type]


def test_the_line_of_an_important_change() -> None:
    """Five sentences fewer, or 30 % where that is more; none where no score can be so far away."""
    found = scores([filled(14, 14), filled(0, 20)], "rmdq")
    assert found is not None
    assert (found.points[0].value, found.line, found.became) == (20.0, 14.0, "better")
    assert scores([filled(0, 4)], "rmdq").line is None  # type: ignore[union-attr]
    assert scores([], "rmdq") is None


def test_other_activities_are_another_questionnaire() -> None:
    """Only those times are shown that ask about the same as the last."""
    some = [filled(0, shopping=1), filled(14, stairs=3), filled(28, stairs=6)]
    found = scores(some, "psfs")
    assert found is not None
    assert [point.value for point in found.points] == [3.0, 6.0]
    assert found.became == "better"


def test_mornings_are_counted_from_five_on() -> None:
    """After each kind of day; a day with two counts for both, and the morning of the first day for none."""
    sessions = [practised(n) for n in range(5)] + [practised(n, ROTATION) for n in range(4)]
    feelings: tuple[Feeling, ...] = ("worse", "better", "better", "same", "worse", "better")
    mornings = {day(n): feeling for n, feeling in enumerate(feelings)}
    (found,) = mornings_after(mornings, done_by_day(Past(sessions=sessions)), ALL)
    assert (found.after, found.better, found.same, found.worse) == (STRETCH, 3, 1, 1)
    assert mornings_after(mornings, {}, ALL)[0].after == "nothing"
    squats = done_by_day(Past(sessions=[practised(n, "half_squat") for n in range(5)]))
    assert [one.after for one in mornings_after(mornings, squats, ALL)] == ["half_squat"]  # not a day with nothing


def test_an_exercise_beside_the_plan_has_a_course_of_its_own() -> None:
    """The one of most days first; what was not done well, or not seen, is missing."""
    far = Measured(range_deg=60.0)
    sessions = [
        practised(0, "half_squat", measured=far, repetitions=10), practised(0, "half_squat", measured=Measured(), repetitions=4),
        practised(1, "half_squat", measured=far, repetitions=10), practised(1, "wall_sit"), practised(1, STRETCH),
        practised(2, "side_bend", good_s=0.0),
    ]  # fmt: skip
    squats, sits = courses(Past(sessions=sessions))
    assert (squats.exercise_id, squats.days, squats.repetitions) == ("half_squat", 2, 24)
    assert [point.value for point in squats.far] == [60.0, 60.0]
    assert (sits.exercise_id, sits.repetitions, sits.good_min, sits.far) == ("wall_sit", 0, 1.0, ())


def test_a_time_begins_no_sooner_than_the_diary() -> None:
    """Else the days before it would look like days without exercise."""
    last = date(2026, 11, 24)
    assert period("month", last, date(2020, 1, 1)).days == 30
    assert period("year", last, last - timedelta(days=9)).days == 10
    assert period("all", last, date(2016, 11, 25)).step == "month"
    assert period("all", last, None).days == 1
    assert period("day", last, date(2020, 1, 1)).days == 1
