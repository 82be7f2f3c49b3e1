"""Counts swings to either side, and knows the range the person is comfortable with."""

from __future__ import annotations

from ownway.body.measures import Values
from ownway.coach.events import Side, Swung
from ownway.exercises.schema import Swings

# So near to straight ahead no swing has begun yet: a standing person reads up to 3 deg.
_MIDDLE_DEG = 4.0
# A pause this many half periods long is no slow swing any more.
_STILL_AFTER = 1.5


class SwingCounter:
    """Follows the rotation from turning point to turning point.

    A swing is an excursion past ``counts_from_deg`` to one side; it is counted once it has turned back by ``back_deg``, and the
    next one to the same side needs the rotation to have come back by as much below ``counts_from_deg`` before. A wobble
    about straight ahead is none.
    """

    def __init__(self, spec: Swings) -> None:
        self._spec = spec
        self._side: Side | None = None  # of the excursion under way
        self._counted = False
        self._peak = 0.0
        self._peak_s = 0.0
        self._sure = 1.0
        self._since_s = 0.0  # when the rotation left the middle for the side it is on
        self._start_s = 0.0  # of the swing under way
        self._pair_s = 0.0  # when the first of the two swings began between which the half period was taken
        self._last: Swung | None = None
        self._half_period_s: float | None = None
        self._peaks: dict[Side, list[float]] = {"left": [], "right": []}  # the two largest of each side
        self.counts: dict[Side, int] = {"left": 0, "right": 0}
        self._comfort: float | None = None

    def step(self, t_s: float, rotation_deg: float | None, sure: float) -> Swung | None:
        """Take the rotation (positive to the person's own left) and how sure it is; return the swing that was completed."""
        if rotation_deg is None:
            return None
        size = abs(rotation_deg)
        side: Side = "left" if rotation_deg > 0 else "right"
        if size < _MIDDLE_DEG:
            self._since_s = t_s
        swung: Swung | None = None
        if self._side is not None:
            if side == self._side and size > self._peak and not self._counted:
                self._peak, self._peak_s, self._sure = size, t_s, sure
            back = side != self._side or size < self._peak - self._spec.back_deg
            if back and not self._counted:
                swung = self._count(t_s, self._side)
            if side != self._side or size < self._spec.counts_from_deg - self._spec.back_deg:
                self._side = None
        if self._side is None and size >= self._spec.counts_from_deg:
            self._side, self._counted, self._peak, self._peak_s, self._sure = side, False, size, t_s, sure
            self._pair_s, self._start_s = self._start_s, self._since_s
        return swung

    def grow_comfort(self, clock_s: float) -> None:
        """Let the comfortable range grow with what the person shows, while it may."""
        if clock_s <= self._spec.comfort_first_s:
            ranges = [r for r in (self.range_deg("left"), self.range_deg("right")) if r > 0.0]
            self._comfort = max(ranges) if len(ranges) == 2 else None

    def range_deg(self, side: Side) -> float:
        """Return how far the person turns to a side: the largest peak that was reached twice; 0 before the first."""
        peaks = self._peaks[side]
        return peaks[-1] if peaks else 0.0

    def measures(self, t_s: float, rotation_deg: float | None, clock_s: float) -> Values:
        """Return the measures that follow from counting; see ``body.measures``."""
        period = self._half_period_s
        stale = self._last is None or t_s - self._last.peak_s > _STILL_AFTER * self._spec.half_period_s
        limit = self._spec.hard_limit_deg
        if self._comfort is not None and clock_s > self._spec.comfort_first_s:
            limit = min(limit, self._comfort + self._spec.comfort_margin_deg)
        return {
            "swing_half_period_s": None if stale else period,
            "swing_since_s": self._since_s,
            "swing_pair_since_s": self._pair_s,
            "rotation_over_range_deg": None if rotation_deg is None else abs(rotation_deg) - limit,
            "rotation_left_deg": self.range_deg("left") or None,
            "rotation_right_deg": self.range_deg("right") or None,
        }

    def _count(self, t_s: float, side: Side) -> Swung:
        swung = Swung(t_s, side, self._peak_s, self._peak, self._sure)
        self._counted = True
        last = self._last
        self._half_period_s = swung.peak_s - last.peak_s if last is not None and last.side != swung.side else None
        self._last = swung
        self.counts[swung.side] += 1
        best = sorted([*self._peaks[swung.side], swung.peak_deg], reverse=True)[:2]
        self._peaks[swung.side] = best
        return swung
