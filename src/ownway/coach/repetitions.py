"""Counts repetitions, to one side or to two, and knows the range the person is comfortable with."""

from __future__ import annotations

from dataclasses import dataclass

from ownway.body.measures import Values
from ownway.body.smoothing import Range
from ownway.coach.events import Side
from ownway.exercises.schema import UNDER_WAY_FROM, Comfort, Repetitions

# A pause this many times the tempo long is no slow repetition any more.
_STILL_AFTER = 1.5
# Whoever left standing so short a time ago is on the way into one; who has been off it for longer stands so. Chosen by us: half of
# a repetition is the way out.
_LEAVING_TEMPI = 0.5


@dataclass(frozen=True, slots=True)
class Repetition:
    """One that was completed: its side (None where there is but one), when it began, and its farthest point."""

    side: Side | None
    start_s: float
    peak_s: float
    peak_deg: float
    sure: float


class RepetitionCounter:
    """Follows the counted angle from turning point to turning point; see ``exercises.schema.Repetitions``.

    The next one to the same side needs the angle to have come back well below ``counts_from_deg`` before. A wobble about
    standing is none.

    Attributes
    ----------
    under_way : the movement is being made at this moment, and no other. Swings never rest in between, so theirs always is.
    out : one that counts is being made at this moment: it has gone far enough.
    """

    def __init__(self, spec: Repetitions) -> None:
        self._spec = spec
        self._ends_below = spec.counts_from_deg - spec.back_deg if spec.ends_below_deg is None else spec.ends_below_deg
        self._under_way_from = 0.0 if spec.ends_below_deg is None else UNDER_WAY_FROM * spec.counts_from_deg
        self.under_way = spec.ends_below_deg is None
        self.out = False
        self._side: Side | None = None  # ... to this side
        self._counted = False
        self._peak = 0.0
        self._peak_s = 0.0
        self._other = False  # ... where another movement was seen
        self._sure = 1.0
        self._away = False  # the angle has left standing
        self._since_s = 0.0  # when it did, for the side it is on
        self._start_s = 0.0  # of the repetition under way
        self._pair_s = 0.0  # when the first of the two began between which the period was taken
        self._last: Repetition | None = None
        self._period_s: float | None = None
        self._moved = Range(_STILL_AFTER * spec.tempo_s, whole=False)
        self._range_deg: float | None = None
        self._peaks: dict[Side | None, list[float]] = {}  # the two largest of each side
        self.counts: dict[Side | None, int] = {"left": 0, "right": 0, None: 0}
        self._comfort: float | None = None

    def step(self, t_s: float, angle_deg: float | None, sure: float, *, other: bool = False) -> Repetition | None:
        """Take the angle (with two sides positive to the own left) and how sure it is; return what was completed.

        Parameters
        ----------
        other : somebody is seen to do something else at this moment, that has the same angle.
        """
        self._range_deg = self._moved.step(t_s, angle_deg)
        if angle_deg is None:
            return None
        size, side = self._told(angle_deg)
        self.under_way = size >= self._under_way_from and not other
        self._away = size >= self._spec.starts_from_deg
        if not self._away:
            self._since_s = t_s
        done: Repetition | None = None
        if self.out:
            if side == self._side and size > self._peak and not self._counted:
                self._peak, self._peak_s, self._sure, self._other = size, t_s, sure, other
            home = side != self._side or size < self._ends_below
            turned = side != self._side or size < self._peak - self._spec.back_deg
            if not self._counted and turned and (home or self._spec.ends_below_deg is None):
                done = None if self._other else self._count()
                self._counted = True
            self.out = not home
        if not self.out and size >= self._spec.counts_from_deg:
            self.out, self._side, self._counted = True, side, False
            self._peak, self._peak_s, self._sure, self._other = size, t_s, sure, other
            self._pair_s, self._start_s = self._start_s, self._since_s
        return done

    def leaving(self, t_s: float) -> bool:
        """Return whether somebody who stood has just begun to move, so that this may become a repetition."""
        return self._away and t_s - self._since_s < _LEAVING_TEMPI * self._spec.tempo_s

    def begun_since(self, t_s: float) -> bool:
        """Return whether the person was back in standing after ``t_s``, and has left it again."""
        return self._away and self._since_s > t_s

    def forget(self) -> None:
        """Leave the repetition under way uncounted: the person was not seen, or made a pause."""
        self.out = False

    def grow_comfort(self, clock_s: float) -> None:
        """Let the comfortable range grow with what the person shows, while it may."""
        comfort = self._spec.comfort
        if comfort is not None and clock_s <= comfort.first_s:
            ranges = [r for r in (self.range_deg("left"), self.range_deg("right")) if r > 0.0]
            self._comfort = max(ranges) if len(ranges) == 2 else None

    def range_deg(self, side: Side) -> float:
        """Return how far the person goes to a side: the largest peak that was reached twice; 0 before the first."""
        peaks = self._peaks.get(side)
        return peaks[-1] if peaks else 0.0

    def measures(self, t_s: float, angle_deg: float | None, clock_s: float) -> Values:
        """Return the measures that follow from counting; see ``body.measures``."""
        spec = self._spec
        stale = self._last is None or t_s - self._last.peak_s > _STILL_AFTER * spec.tempo_s
        values: Values = {
            "repetition_period_s": None if stale else self._period_s,
            "repetition_since_s": self._since_s,
            "repetition_pair_since_s": self._pair_s,
            "repetition_range_deg": self._range_deg,
        }
        if spec.comfort is not None:
            limit = self._limit_deg(spec.comfort, clock_s)
            values["rotation_over_range_deg"] = None if angle_deg is None else abs(angle_deg) - limit
            values["rotation_left_deg"] = self.range_deg("left") or None
            values["rotation_right_deg"] = self.range_deg("right") or None
        return values

    def _told(self, angle_deg: float) -> tuple[float, Side | None]:
        """Return how far the angle is out, and to which side."""
        if self._spec.sides == 1:
            return angle_deg, None
        return abs(angle_deg), "left" if angle_deg > 0 else "right"

    def _limit_deg(self, comfort: Comfort, clock_s: float) -> float:
        if self._comfort is None or clock_s <= comfort.first_s:
            return comfort.hard_limit_deg
        return min(comfort.hard_limit_deg, self._comfort + comfort.margin_deg)

    def _count(self) -> Repetition:
        side, last = self._side, self._last
        done = Repetition(side, self._start_s, self._peak_s, self._peak, self._sure)
        paired = last is not None and (side is None or last.side != side)
        self._period_s = done.peak_s - last.peak_s if last is not None and paired else None
        self._last = done
        self.counts[side] += 1
        self._peaks[side] = sorted([*self._peaks.get(side, []), done.peak_deg], reverse=True)[:2]
        return done
