"""When somebody came to rest, and when they left it: told afterwards, from where they were moments before.

The end of a slow movement cannot be seen while it happens: its speed fades into sway. Once the person is at rest, though,
the way there is known. Gentle movements end (and begin) like x = c (t - t0)^p, so the times at which the value was ``far`` and a
quarter of it from its resting level tell the moment itself: t0 = t_quarter + (t_quarter - t_far) / (4^(1/p) - 1). Between frames,
and where sight was lost, the course is taken for straight.
"""

from __future__ import annotations

from collections import deque
from statistics import median

# Sway and breathing stay within a quarter of this, a bounce of 5 cm (9 deg from top to bottom) within the whole.
_FAR_DEG = 12.0
# 1 / (4^(1/p) - 1) for p = 2.5: between the parabola of a constant push (2) and the smoothest movement there is, that of least jerk
# (3; Flash and Hogan, 1985).
_BEYOND = 1.35
_KEEP_S = 15.0  # longer than the slowest way down
_LEVEL_S = 6.0


class Trace:
    """The recent course of one angle in degrees."""

    def __init__(self) -> None:
        self._pairs: deque[tuple[float, float]] = deque()

    def add(self, t_s: float, value: float | None) -> None:
        """Take the next value; a missing one is skipped."""
        if value is None:
            return
        pairs = self._pairs
        pairs.append((t_s, value))
        if pairs[0][0] < t_s - _KEEP_S:
            pairs.popleft()

    def clear(self) -> None:
        """Forget everything: what comes is measured anew."""
        self._pairs.clear()

    def level(self, from_s: float, to_s: float) -> float | None:
        """Return the median within a span of time (its last seconds, where it is long), None where there is nothing."""
        values = [v for t, v in self._pairs if max(from_s, to_s - _LEVEL_S) <= t <= to_s]
        return median(values) if values else None

    def came(self, level: float, by_s: float) -> float | None:
        """Return when the value came to rest at ``level``, seen from ``by_s``, when it rests there; None if it always did.

        It is at rest once it was within a quarter for the first time since it was far: a bounce or a correction later is part
        of the rest.
        """
        near = _FAR_DEG / 4.0
        quarter_s, after = by_s, (by_s, 0.0)
        for t, value in reversed(self._pairs):
            off = abs(value - level)
            if t > by_s:
                continue
            if off > near >= after[1]:
                quarter_s = _crossed(near, (t, off), after)
            if off > _FAR_DEG:
                return min(by_s, quarter_s + _BEYOND * (quarter_s - _crossed(_FAR_DEG, (t, off), after)))
            after = t, off
        return None

    def left(self, level: float, by_s: float) -> float | None:
        """Return when the value left ``level``, seen from ``by_s``, when it is on its way; None where it never was there."""
        far: float | None = None
        far_s = by_s
        after = by_s, 0.0
        for t, value in reversed(self._pairs):
            off = abs(value - level)
            if t > by_s:
                continue
            if far is None:
                far = min(_FAR_DEG, off)
            elif after[1] > far >= off:
                far_s = _crossed(far, (t, off), after)
            if off <= far / 4.0:
                quarter_s = _crossed(far / 4.0, (t, off), after)
                return max(self._pairs[0][0], quarter_s + _BEYOND * (quarter_s - far_s))
            after = t, off
        return None


def _crossed(at: float, one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return when a straight line from one (time, value) to another passes ``at``, which lies between their values."""
    (t, value), (u, last) = one, other
    return t if value == last else t + (u - t) * (at - value) / (last - value)
