"""Filters: right at any frame rate, and blind to what they should not see."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable

import pytest

from ownway.body.smoothing import Bounce, Jitter, Kalman, Range, Slope, Smooth, Window


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


@pytest.mark.parametrize("hz", [8, 15, 30])
def test_slope_stays_exact_through_a_long_session(hz: float) -> None:
    """The sums that are kept up from frame to frame do not wear out in an hour, nor at an uneven pace."""
    chance, slope, t, value = random.Random(1), Slope(0.3), 0.0, None
    while t < 3600.0:
        t += chance.choice((0.6, 1.0, 1.7)) / hz
        value = slope.step(t, 90 + 40 * math.sin(t / 7) if t < 3598 else 12 * t)
    assert value == pytest.approx(12, abs=1e-6)


@pytest.mark.parametrize("hz", [8, 15, 30])
def test_kalman_does_not_lag_behind_a_steady_movement(hz: float) -> None:
    """A fold at 40 deg/s is followed within a tenth of a degree; a low pass of the same quiet lags by 3."""
    kalman = Kalman(1e4)
    value = [kalman.step(t, 40 * t) for t in times(hz, 2.0)][-1]
    assert value == pytest.approx(40 * times(hz, 2.0)[-1], abs=0.1)


def test_kalman_is_quieter_than_what_it_follows() -> None:
    """Noise of 1 deg at rest comes out as less than 0.85 deg at 30 frames a second."""
    chance, kalman = random.Random(5), Kalman(1e4)
    values = [kalman.step(t, chance.gauss(50, 1)) for t in times(30, 60.0)]
    assert statistics.pstdev(v for v in values[30:] if v is not None) < 0.85


def test_kalman_begins_anew_after_a_gap() -> None:
    """Who comes back elsewhere is there at once, without a flight from where they were."""
    kalman = Kalman(1e4)
    for t in times(30, 1.0):
        kalman.step(t, 100 * t)
    assert kalman.step(1.0, None) is None
    assert kalman.step(1.03, 20.0) == 20.0
    assert kalman.step(1.06, 20.0) == pytest.approx(20.0)


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


@pytest.mark.parametrize(
    ("hz", "rate_hz"), [(hz, rate_hz) for hz in (8, 15, 30) for rate_hz in (0.9, 1.2, 1.6, 2.0) if hz > 4 * rate_hz]
)
def test_bouncing_is_seen(hz: float, rate_hz: float) -> None:
    """A bounce of 3 deg, between 0.9 and 2 Hz, reads more than a degree, where a bounce has more than four pictures."""
    bounce = Bounce()
    value = [bounce.step(t, 80 + 1.5 * math.sin(2 * math.pi * rate_hz * t)) for t in times(hz, 6.0)][-1]
    assert value is not None
    assert value > 1.0


@pytest.mark.parametrize("hz", [8, 15, 30])
def test_jitter_is_no_bounce(hz: float) -> None:
    """White noise of 0.6 deg upon a fold and a hold stays below the bounce's threshold, also at a slow pace."""
    for seed in range(6):
        chance, bounce = random.Random(seed), Bounce()
        values = [
            bounce.step(t, 45 - 45 * math.cos(math.pi * min(1.0, max(0.0, (t - 3) / 3))) + chance.gauss(0, 0.6))
            for t in times(hz, 16.0)
        ]
        assert max(v for v in values[round(7.5 * hz) :] if v is not None) < 1.0


@pytest.mark.parametrize("hz", [8, 15, 30])
def test_scatter_is_that_of_the_noise(hz: float) -> None:
    """Noise of 0.5 deg is found as such upon a swing and at an uneven pace; a swing alone leaves next to nothing."""
    for noise, expected in ((0.5, pytest.approx(0.5, rel=0.35)), (0.0, pytest.approx(0.0, abs=0.1))):
        chance, jitter, t, scatter = random.Random(2), Jitter(), 0.0, 0.0
        while t < 20.0:
            t += chance.uniform(0.6, 1.4) / hz
            scatter = jitter.step(t, 40 * math.sin(t) + chance.gauss(0, noise))
        assert scatter == expected


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


@pytest.mark.parametrize("hz", [15, 30])
def test_one_readjustment_in_a_jittery_picture_is_no_bounce(hz: float) -> None:
    """Eight degrees up and down again within three seconds are three swings at most; bouncing is four."""

    def bend(t: float) -> float:
        return 95 - 4 * (1 - math.cos(2 * math.pi * min(1.0, max(0.0, (t - 4) / 3))))

    for seed in range(12):
        chance, bounce = random.Random(seed), Bounce()
        values = [bounce.step(t, bend(t) + chance.gauss(0, 0.5)) for t in times(hz, 9.0)]
        assert max(v for v in values if v is not None) < 1.0


@pytest.mark.parametrize("size_deg", [3.0, 5.0])
def test_a_bounce_after_a_deep_fold_is_seen(size_deg: float) -> None:
    """The fold itself is a swing fifty times as large; it must not hide the bouncing that follows."""
    bounce = Bounce()

    def bend(t: float) -> float:
        wave = size_deg / 2 * math.sin(2 * math.pi * 0.9 * (t - 6)) if t > 6 else 0.0
        return 45 - 45 * math.cos(math.pi * min(1.0, max(0.0, (t - 3) / 3))) + wave

    values = [bounce.step(t, bend(t)) for t in times(15, 12.0)]
    assert values[-1] is not None
    assert values[-1] > 1.0
    assert bounce.since_s is not None
    assert bounce.since_s >= 12.0 - 2.6 - 1.2


def test_a_missing_value_begins_anew() -> None:
    """After a gap nothing is known until the filter has settled."""
    bounce = Bounce()
    for t in times(20, 3.0):
        bounce.step(t, math.sin(8 * t))
    assert bounce.step(3.0, None) is None
    assert bounce.step(3.05, 0.0) is None
