"""Filters over a stream of values at uneven times. Each takes ``(t_s, value)`` in order; a missing value resets it."""

from __future__ import annotations

from collections import deque
from math import exp, pi, sqrt

_SPEED_UNKNOWN = 1e4  # variance of the speed at the beginning, over that of the measurement
_SUMS_AFRESH_S = 5.0


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


class Kalman:
    """Kalman filter of constant velocity: smooths without lagging behind a steady movement, at any frame rate.

    State: value x and speed v. The speed wanders as white acceleration of spectral density ``quickness`` times the measurement's
    variance, so only this ratio matters: the larger, the nearer to the raw value. ``make bench ARGS=filters`` compares it with
    others (Bar-Shalom, Li, Kirubarajan: Estimation with Applications to Tracking and Navigation, section 6.2).

    Parameters
    ----------
    quickness : acceleration density over measurement variance, in 1/s^3.
    """

    def __init__(self, quickness: float) -> None:
        self._q = quickness
        self._t: float | None = None
        self._x = self._v = 0.0
        self._xx = self._xv = self._vv = 0.0  # covariance, in units of the measurement's variance

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the estimate, or None where ``value`` is missing; then it begins anew."""
        if value is None:
            self._t = None
            return None
        if self._t is None:
            self._t, self._x, self._v = t_s, value, 0.0
            self._xx, self._xv, self._vv = 1.0, 0.0, _SPEED_UNKNOWN
            return value
        dt = t_s - self._t
        self._t = t_s
        grown = self._q * dt
        xx = self._xx + dt * (2.0 * self._xv + dt * (self._vv + grown / 3.0))
        xv = self._xv + dt * (self._vv + grown / 2.0)
        vv = self._vv + grown
        ahead = self._x + self._v * dt
        off = value - ahead
        gain, speed_gain = xx / (xx + 1.0), xv / (xx + 1.0)
        self._x = ahead + gain * off
        self._v += speed_gain * off
        self._xx, self._xv, self._vv = (1.0 - gain) * xx, (1.0 - gain) * xv, vv - speed_gain * xv
        return self._x


class Window:
    """Median of the last ``window_s``: outliers do not pass. A missing value is skipped."""

    def __init__(self, window_s: float) -> None:
        self._window = window_s
        self._times: deque[float] = deque()
        self._values: deque[float] = deque()

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the median so far, or None where nothing was seen within the window."""
        times, values = self._times, self._values
        if value is not None:
            times.append(t_s)
            values.append(value)
        oldest = t_s - self._window
        while times and times[0] < oldest:
            times.popleft()
            values.popleft()
        ordered = sorted(values)
        return ordered[len(ordered) // 2] if ordered else None


class Range:
    """Largest minus smallest value of the last ``window_s``: how far something wandered.

    Of the values in the window only those are kept that may still become the largest (or smallest) once older ones are gone.

    Parameters
    ----------
    whole : nothing is said until the window is full.
    """

    def __init__(self, window_s: float, *, whole: bool = True) -> None:
        self._window = window_s
        self._whole = whole
        self._since: float | None = None  # when the first value came
        self._highs: deque[tuple[float, float]] = deque()
        self._lows: deque[tuple[float, float]] = deque()

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the range; None where the value is missing, or the window must be full and is not yet."""
        highs, lows = self._highs, self._lows
        if value is None:
            self._since = None
            highs.clear()
            lows.clear()
            return None
        if self._since is None:
            self._since = t_s
        while highs and highs[-1][1] <= value:
            highs.pop()
        while lows and lows[-1][1] >= value:
            lows.pop()
        highs.append((t_s, value))
        lows.append((t_s, value))
        oldest = t_s - self._window
        while highs[0][0] < oldest:
            highs.popleft()
        while lows[0][0] < oldest:
            lows.popleft()
        return highs[0][1] - lows[0][1] if self._since <= oldest or not self._whole else None


class Slope:
    """Speed in units per second: least-squares slope over the last ``window_s``.

    At least three values are needed; at low rates the window grows until it holds three. The sums over the window are kept
    up from frame to frame, about a recent moment, so that they stay exact however long a session is.
    """

    def __init__(self, window_s: float) -> None:
        self._window = window_s
        self._pairs: deque[tuple[float, float]] = deque()
        self._origin = 0.0
        self._sums = (0.0, 0.0, 0.0, 0.0)  # of t, value, t t, and t value

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the slope, or None until three values are there."""
        pairs = self._pairs
        if value is None:
            pairs.clear()
            return None
        if not pairs or t_s - self._origin > _SUMS_AFRESH_S:
            self._afresh(t_s)
        t = t_s - self._origin
        st, sv, stt, stv = self._sums
        st, sv, stt, stv = st + t, sv + value, stt + t * t, stv + t * value
        pairs.append((t_s, value))
        n = len(pairs)
        oldest = t_s - self._window
        while n > 3 and pairs[0][0] < oldest:
            old_s, old = pairs.popleft()
            t = old_s - self._origin
            st, sv, stt, stv = st - t, sv - old, stt - t * t, stv - t * old
            n -= 1
        self._sums = st, sv, stt, stv
        return (n * stv - st * sv) / (n * stt - st * st) if n > 2 else None

    def _afresh(self, t_s: float) -> None:
        """Sum again about a new origin: rounding must not add up."""
        origin = self._origin = self._pairs[0][0] if self._pairs else t_s
        pairs = [(t - origin, v) for t, v in self._pairs]
        self._sums = (
            sum(t for t, _ in pairs),
            sum(v for _, v in pairs),
            sum(t * t for t, _ in pairs),
            sum(t * v for t, v in pairs),
        )


# Four swings in a row that white noise makes within the band reach less than this times its size in 99 of 100 frames, from 8 to 30
# frames a second.
_JITTER_SWINGS = 2.3
_JITTER_TAU_S = 2.0
_TURN_BY = 0.25  # a turning point is one once the value has come back by so much; small beside any bounce


class Jitter:
    """How much a value scatters from frame to frame: the standard deviation of white noise upon a smooth course.

    Now and then a value is compared with the cubic through its four neighbours (Lagrange's, so that uneven times do not matter).
    A swing of 2 Hz at 15 frames a second leaves a fourteenth of its size, slower ones next to nothing.
    """

    def __init__(self) -> None:
        self._variance = Smooth(_JITTER_TAU_S)
        self._pairs: list[tuple[float, float]] = []
        self._scatter = 0.0

    def step(self, t_s: float, value: float | None) -> float:
        """Return the scatter, in the value's unit; 0 until five values are there."""
        pairs = self._pairs
        if value is None:
            pairs.clear()
            self._variance.step(t_s, None)
            self._scatter = 0.0
            return 0.0
        pairs.append((t_s, value))
        if len(pairs) == 5:
            self._scatter = sqrt(self._variance.step(t_s, self._off_cubic()) or 0.0)
            del pairs[:3]
        return self._scatter

    def _off_cubic(self) -> float:
        """Return the squared distance of the middle value from its neighbours' cubic, over what white noise of size 1 gives."""
        (a, va), (b, vb), (t, value), (c, vc), (d, vd) = self._pairs
        wa = (t - b) * (t - c) * (t - d) / ((a - b) * (a - c) * (a - d))
        wb = (t - a) * (t - c) * (t - d) / ((b - a) * (b - c) * (b - d))
        wc = (t - a) * (t - b) * (t - d) / ((c - a) * (c - b) * (c - d))
        wd = (t - a) * (t - b) * (t - c) / ((d - a) * (d - b) * (d - c))
        off = value - wa * va - wb * vb - wc * vc - wd * vd
        return off * off / (1.0 + wa * wa + wb * wb + wc * wc + wd * wd)


class Bounce:
    """Size of a repeated up and down between about 0.5 and 3 Hz.

    A band pass (a slow low pass taken from a quick one) turns the value into excursions about its own trend. The result
    is the largest size that four swings in a row reach, from turning point to turning point within the last ``window_s``: bouncing
    repeats, while one re-adjustment up and down again makes three, and breathing (under 0.4 Hz) is held back by the band.
    What a jittery picture adds is taken off again.
    """

    def __init__(self, low_hz: float = 0.5, high_hz: float = 3.0, window_s: float = 2.6) -> None:
        self._quick = Smooth(1.0 / (2.0 * pi * high_hz))
        self._slow = Smooth(1.0 / (2.0 * pi * low_hz))
        self._jitter = Jitter()
        self._window = window_s
        self._began: float | None = None
        self._turns: deque[tuple[float, float]] = deque()  # (time, size of the swing that ended there)
        self._reached = 0.0  # by four of them in a row
        self._extreme = 0.0
        self._extreme_t = 0.0
        self._last_turn = 0.0
        self._rising = True
        self.since_s: float | None = None  # when the swings in the window began

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the swing from turning point to turning point, in the value's unit; None while the band settles."""
        quick, slow = self._quick.step(t_s, value), self._slow.step(t_s, value)
        jitter = self._jitter.step(t_s, value)
        if quick is None or slow is None:
            self._began = None
            return None
        x = quick - slow
        if self._began is None:
            self._began = t_s
            self._turns.clear()
            self._reached = 0.0
            self._extreme = self._last_turn = x
            self._extreme_t = t_s
        changed = self._follow(t_s, x, max(_TURN_BY, 2.0 * jitter))
        while self._turns and self._turns[0][0] < t_s - self._window:
            self._turns.popleft()
            changed = True
        if changed:
            self._reached = self._four_in_a_row()
        if t_s - self._began < 1.0:  # two time constants of the slow low pass
            return None
        if len(self._turns) < 4:
            return 0.0
        self.since_s = self._turns[0][0] - self._half_s()
        return max(0.0, self._reached - _JITTER_SWINGS * jitter)

    def _four_in_a_row(self) -> float:
        """Return the size that four neighbouring swings reach."""
        largest = first = second = third = 0.0
        for _, size in self._turns:
            largest = max(largest, min(first, second, third, size))
            first, second, third = second, third, size
        return largest

    def _half_s(self) -> float:
        """Return how long one swing takes at present, from the turning points in the window."""
        return (self._turns[-1][0] - self._turns[0][0]) / (len(self._turns) - 1)

    def _follow(self, t_s: float, x: float, by: float) -> bool:
        """Move the current extreme along, or note a turning point once ``x`` has left it ``by`` so much; return whether it did."""
        ahead = x > self._extreme if self._rising else x < self._extreme
        if ahead:
            self._extreme, self._extreme_t = x, t_s
            return False
        turned = abs(x - self._extreme) > by
        if turned:
            self._turns.append((self._extreme_t, abs(self._extreme - self._last_turn)))
            self._last_turn = self._extreme
            self._rising = not self._rising
            self._extreme, self._extreme_t = x, t_s
        return turned
