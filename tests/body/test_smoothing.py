"""Filters: right at any frame rate, and blind to what they should not see."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest

from ownway.body.smoothing import Bounce, Range, Slope, Smooth, Window


def times(hz: float, seconds: float) -> list[float]:
    return [i / hz for i in range(round(hz * seconds))]


@pytest.mark.parametrize("hz", [6, 15, 30, 60])
def test_smooth_follows_at_the_same_pace_at_any_rate(hz: float) -> None:
    """After one time constant a step has been followed to 63 %."""
    smooth = Smooth(0.5)
    smooth.step(0.0, 0.0)
    value = [smooth.step(t, 1.0) for t in times(hz, 0.5 + 1 / hz)[1:]][-1]
    assert value == pytest.approx(1 - math.exp(-1), abs=0.08)


@pytest.mark.parametrize("hz", [6, 15, 30, 60])
def test_slope_of_a_ramp_is_exact(hz: float) -> None:
    """A value that rises by 12 a second has the slope 12."""
    slope = Slope(0.3)
    assert [slope.step(t, 12 * t) for t in times(hz, 1.0)][-1] == pytest.approx(12)


def test_window_lets_no_outlier_through() -> None:
    """One wild value among good ones is not seen."""
    window = Window(0.5)
    values = [window.step(t, 1000.0 if i == 7 else 1.0) for i, t in enumerate(times(20, 1.0))]
    assert set(values) == {1.0}


def test_range_needs_a_full_window() -> None:
    """Nothing is said about 1.5 s before 1.5 s have passed."""
    rng = Range(1.5)
    values = [rng.step(t, t) for t in times(10, 3.0)]
    assert values[5] is None
    assert values[-1] == pytest.approx(1.5, abs=0.11)


@pytest.mark.parametrize("hz", [8, 15, 30])
@pytest.mark.parametrize("rate_hz", [0.9, 1.2, 1.6, 2.0])
def test_bouncing_is_seen(hz: float, rate_hz: float) -> None:
    """A bounce of 3 deg from top to bottom, between 0.9 and 2 Hz, reads more than a degree."""
    bounce = Bounce()
    value = [bounce.step(t, 80 + 1.5 * math.sin(2 * math.pi * rate_hz * t)) for t in times(hz, 6.0)][-1]
    assert value is not None
    assert value > 1.0


@pytest.mark.parametrize("name", ["breathing", "sway", "readjusting", "jitter"])
def test_what_is_no_bounce_is_not_seen(name: str) -> None:
    """Breathing, slow sway, one re-adjustment of 6 deg and a jittery picture stay below the bounce's threshold."""
    chance = random.Random(3)
    motions: dict[str, Callable[[float], float]] = {
        "breathing": lambda t: 0.8 * math.sin(2 * math.pi * 0.28 * t),
        "sway": lambda t: 0.6 * math.sin(2 * math.pi * 0.4 * t) + 0.5 * math.sin(2 * math.pi * 0.13 * t),
        "readjusting": lambda t: 6.0 / (1 + math.exp(-4 * (t - 5))),
        "jitter": lambda t: chance.gauss(0, 0.6),
    }
    motion, bounce = motions[name], Bounce()
    values = [bounce.step(t, 80 + motion(t)) for t in times(30, 12.0)]
    assert max(v for v in values if v is not None) < 1.0


def test_a_missing_value_begins_anew() -> None:
    """After a gap nothing is known until the filter has settled."""
    bounce = Bounce()
    for t in times(20, 3.0):
        bounce.step(t, math.sin(8 * t))
    assert bounce.step(3.0, None) is None
    assert bounce.step(3.05, 0.0) is None
