"""Runs: when two are the same, and what cannot be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.programme.runs import ImpossibleRunError, Run, checked, counts, kind_by_pace, same

MORNING = datetime(2024, 5, 6, 5, 30, tzinfo=UTC)
NOW = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
RUN = Run(MORNING, 780.0, 720.0, 2160.0, 144.0, "run", "fit")


def test_the_same_run_from_two_programs_is_one() -> None:
    """Begun within two minutes, as long within 5 %, whatever else they say."""
    other = Run(MORNING + timedelta(seconds=110), 750.0, 700.0, 2100.0, None, "walk", "gpx")
    assert same(RUN, other)
    assert same(RUN, replace(RUN, started_at=MORNING.astimezone(timezone(timedelta(hours=9)))))
    assert not same(RUN, replace(RUN, started_at=MORNING + timedelta(seconds=121)))
    assert not same(RUN, replace(RUN, duration_s=740.0))


@given(st.floats(-300, 300), st.floats(60, 20_000), st.floats(60, 20_000))
def test_sameness_has_no_direction(apart_s: float, one_s: float, other_s: float) -> None:
    """Which of the two was there first does not matter."""
    one = replace(RUN, duration_s=one_s)
    other = replace(RUN, duration_s=other_s, started_at=MORNING + timedelta(seconds=apart_s))
    assert same(one, other) == same(other, one)
    assert same(one, one)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"started_at": datetime(1989, 12, 31, 23, 59, tzinfo=UTC)}, "1989"),
        ({"started_at": NOW + timedelta(hours=1)}, "future"),
        ({"duration_s": 59.0, "distance_m": 100.0}, "shorter than a minute"),
        ({"duration_s": 24 * 3600.0 + 1, "started_at": MORNING - timedelta(days=2)}, "longer than a day"),
        ({"distance_m": 7.01 * 780}, "ride"),
    ],
)
def test_what_nobody_can_have_done_is_refused_with_its_reason(changed: dict[str, object], reason: str) -> None:
    """A clock that was never set, a button pressed twice, a watch forgotten, a ride."""
    with pytest.raises(ImpossibleRunError, match=reason):
        checked(replace(RUN, **changed), NOW)  # type: ignore[arg-type]


def test_what_can_be_is_taken_as_it_is() -> None:
    """Up to the limits, and without distance or heart rate."""
    for run in (
        RUN,
        replace(RUN, duration_s=60.0, distance_m=None, heart_rate_bpm=None),
        replace(RUN, started_at=datetime(1990, 1, 1, tzinfo=UTC)),
        replace(RUN, started_at=NOW, duration_s=3600.0),  # on a watch whose clock is an hour fast
    ):
        assert checked(run, NOW) is run


def test_the_pace_tells_what_nobody_named() -> None:
    """From 2 m/s on it is a run; without a distance nothing is told."""
    assert kind_by_pace(1440.0, 720.0) is None
    assert kind_by_pace(1439.0, 720.0) == "walk"
    assert kind_by_pace(359.0, 720.0) is None
    assert kind_by_pace(None, 720.0) is None
    assert kind_by_pace(100.0, 0.0) is None


def test_what_counts_in_the_plan() -> None:
    """Ten minutes in motion; a walk at a brisk pace, or one of which nobody knows the pace."""
    assert counts(RUN)
    assert counts(replace(RUN, moving_s=600.0))
    assert not counts(replace(RUN, moving_s=599.0))
    walk = replace(RUN, kind="walk", moving_s=720.0, distance_m=864.0)
    assert counts(walk)
    assert not counts(replace(walk, distance_m=863.0))
    assert counts(replace(walk, distance_m=None))
