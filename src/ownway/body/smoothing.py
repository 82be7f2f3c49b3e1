"""Filters over a stream of values at uneven times. Each takes ``(t_s, value)`` in order; a missing value resets it."""

from __future__ import annotations

from collections import deque
from math import exp, pi, sqrt
from statistics import median


class Smooth:
    """First-order low pass with time constant ``tau_s``, right for any frame rate."""

    def __init__(self, tau_s: float) -> None:
        self._tau = tau_s
        self._t: float | None = None
        self._value = 0.0

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the smoothed value, or None where ``value`` is missing."""
        if value is None:
            self._t = None
            return None
        if self._t is None:
            self._value = value
        else:
            self._value += (value - self._value) * (1.0 - exp((self._t - t_s) / self._tau))
        self._t = t_s
        return self._value


class _Recent:
    """The values of the last ``window_s``, and at least ``at_least`` of them where there have been so many."""

    def __init__(self, window_s: float, at_least: int = 0) -> None:
        self._window = window_s
        self._at_least = at_least
        self.since_s: float | None = None  # when the first value came
        self.pairs: deque[tuple[float, float]] = deque()

    def add(self, t_s: float, value: float | None) -> None:
        """Take a value, or only the time where it is missing, and let go of what is too old."""
        if value is not None:
            self.since_s = t_s if self.since_s is None else self.since_s
            self.pairs.append((t_s, value))
        while len(self.pairs) > self._at_least and self.pairs[0][0] < t_s - self._window:
            self.pairs.popleft()

    def clear(self) -> None:
        """Begin anew."""
        self.since_s = None
        self.pairs.clear()

    def full(self, t_s: float) -> bool:
        """Return whether values have come for as long as the window is."""
        return self.since_s is not None and t_s - self.since_s >= self._window


class Window:
    """Median of the last ``window_s``: outliers do not pass. A missing value is skipped."""

    def __init__(self, window_s: float) -> None:
        self._recent = _Recent(window_s)

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the median so far, or None where nothing was seen within the window."""
        self._recent.add(t_s, value)
        return median(v for _, v in self._recent.pairs) if self._recent.pairs else None


class Range:
    """Largest minus smallest value of the last ``window_s``: how far something wandered."""

    def __init__(self, window_s: float) -> None:
        self._recent = _Recent(window_s)

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the range, or None until the window is full."""
        if value is None:
            self._recent.clear()
            return None
        self._recent.add(t_s, value)
        if not self._recent.full(t_s):
            return None
        values = [v for _, v in self._recent.pairs]
        return max(values) - min(values)


class Slope:
    """Speed in units per second: least-squares slope over the last ``window_s``.

    At least three values are needed; at low rates the window grows until it holds three.
    """

    def __init__(self, window_s: float) -> None:
        self._recent = _Recent(window_s, at_least=3)

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the slope, or None until three values are there."""
        if value is None:
            self._recent.clear()
            return None
        self._recent.add(t_s, value)
        pairs = self._recent.pairs
        n = len(pairs)
        if n < 3:
            return None
        mean_t = sum(t for t, _ in pairs) / n
        mean_v = sum(v for _, v in pairs) / n
        covariance = sum((t - mean_t) * (v - mean_v) for t, v in pairs)
        variance = sum((t - mean_t) ** 2 for t, _ in pairs)
        return covariance / variance


# Jitter is measured above this frequency, well above any bounce; the largest swings that white noise makes within the band
# stay below so many times its size there (2 at 30 frames a second, 3.5 at 10, where more of the noise lies in the band).
_JITTER_HZ = 6.0
_JITTER_SWINGS = 3.5


class Bounce:
    """Size of a repeated up and down between about 0.5 and 3 Hz.

    A band pass (a slow low pass taken from a quick one) turns the value into excursions about its own trend. The result
    is the *third* largest of the swings between turning points within the last ``window_s``: bouncing repeats, so three
    swings in a row must be large, while one re-adjustment makes one or two and breathing (under 0.4 Hz) is held back by the band.
    What a jittery picture adds is taken off again: white noise shows above the band as well, where nobody bounces.
    """

    def __init__(self, low_hz: float = 0.5, high_hz: float = 3.0, window_s: float = 2.6) -> None:
        self._quick = Smooth(1.0 / (2.0 * pi * high_hz))
        self._slow = Smooth(1.0 / (2.0 * pi * low_hz))
        self._sharp = Smooth(1.0 / (2.0 * pi * _JITTER_HZ))
        self._jitter = Smooth(1.0)
        self._window = window_s
        self._began: float | None = None
        self._turns: deque[tuple[float, float]] = deque()  # (time, size of the swing that ended there)
        self._extreme = 0.0
        self._extreme_t = 0.0
        self._last_turn = 0.0
        self._rising = True
        self.since_s: float | None = None  # when the swings in the window began

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the swing from turning point to turning point, in the value's unit; None while the band settles."""
        quick, slow = self._quick.step(t_s, value), self._slow.step(t_s, value)
        sharp = self._sharp.step(t_s, value)
        if value is None or quick is None or slow is None or sharp is None:
            self._began = self._jitter.step(t_s, None)
            return None
        jitter = sqrt(self._jitter.step(t_s, (value - sharp) ** 2) or 0.0)
        x = quick - slow
        if self._began is None:
            self._began = t_s
            self._turns.clear()
            self._extreme = self._last_turn = x
            self._extreme_t = t_s
        self._follow(t_s, x)
        while self._turns and self._turns[0][0] < t_s - self._window:
            self._turns.popleft()
        if t_s - self._began < 1.0:  # two time constants of the slow low pass
            return None
        sizes = sorted((size for _, size in self._turns), reverse=True)
        if len(sizes) < 3:
            return 0.0
        self.since_s = self._turns[0][0] - self._half_s()
        return max(0.0, sizes[2] - _JITTER_SWINGS * jitter)

    def _half_s(self) -> float:
        """Return how long one swing takes at present, from the turning points in the window."""
        return (self._turns[-1][0] - self._turns[0][0]) / (len(self._turns) - 1)

    def _follow(self, t_s: float, x: float) -> None:
        """Move the current extreme along, or note a turning point once ``x`` has left it."""
        ahead = x > self._extreme if self._rising else x < self._extreme
        if ahead:
            self._extreme, self._extreme_t = x, t_s
        elif abs(x - self._extreme) > 0.25 * max(abs(self._extreme - self._last_turn), 0.2):
            self._turns.append((self._extreme_t, abs(self._extreme - self._last_turn)))
            self._last_turn = self._extreme
            self._rising = not self._rising
            self._extreme, self._extreme_t = x, t_s
