"""When somebody came to rest and when they left it, told afterwards."""

from __future__ import annotations

import math

import pytest

from ownway.coach.trace import Trace
from tests.session import ease


def bend(t: float, depth_deg: float) -> float:
    """Stand until 3 s, fold until 6 s, hold until 20 s, rise until 24 s."""
    return ease(t, 3.0, 6.0, 0.0, depth_deg) - ease(t, 20.0, 24.0, 0.0, depth_deg)


def traced(depth_deg: float, until_s: float, hz: float = 30.0, bounce_deg: float = 0.0) -> Trace:
    trace = Trace()
    for i in range(round(until_s * hz)):
        t = i / hz
        wave = bounce_deg / 2 * math.sin(2 * math.pi * 1.2 * t) if 6.0 < t < 20.0 else 0.0
        trace.add(t, bend(t, depth_deg) + wave)
    return trace


@pytest.mark.parametrize("depth_deg", [35, 50, 75, 100, 120])
@pytest.mark.parametrize("hz", [6, 10, 30, 60])
def test_rest_begins_where_the_gentle_way_down_ends(depth_deg: float, hz: float) -> None:
    """The fold ends at 6 s and begins at 3 s, whatever its depth and the frame rate, within a third of a second."""
    trace = traced(depth_deg, 8.0, hz)
    level = trace.level(7.0, 8.0)
    assert level == pytest.approx(depth_deg, abs=0.1)
    assert trace.came(depth_deg, 8.0) == pytest.approx(6.0, abs=0.35)
    assert trace.left(0.0, 6.0) == pytest.approx(3.0, abs=0.35)


@pytest.mark.parametrize("depth_deg", [50, 100])
def test_rest_ends_where_the_gentle_way_up_begins(depth_deg: float) -> None:
    """The way up begins at 20 s; a second and a half later that is known within a third of a second."""
    trace = traced(depth_deg, 21.5)
    assert trace.left(depth_deg, 21.5) == pytest.approx(20.0, abs=0.35)


def test_a_bounce_is_part_of_the_rest() -> None:
    """Who bounces by 5 deg from the moment they are down came to rest when they were down, not at the last bounce."""
    trace = traced(90, 9.0, bounce_deg=5.0)
    assert trace.came(90, 9.0) == pytest.approx(6.0, abs=0.3)


def test_who_was_always_there_neither_came_nor_left() -> None:
    """Without a way there is no moment to tell, and without values none at all."""
    trace = Trace()
    assert trace.level(0.0, 1.0) is None
    assert trace.left(0.0, 1.0) is None
    for i in range(30):
        trace.add(i / 10, 50.0)
    assert trace.came(50.0, 3.0) is None
    assert trace.left(0.0, 3.0) is None


def test_what_is_missing_is_skipped_and_what_is_forgotten_is_gone() -> None:
    """A missing value leaves the course as it was; after a new measuring nothing of it is left."""
    trace = traced(80, 8.0)
    trace.add(8.1, None)
    assert trace.level(7.0, 8.2) == pytest.approx(80, abs=0.1)
    trace.clear()
    assert trace.level(0.0, 9.0) is None
