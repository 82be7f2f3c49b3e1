"""One set: a hold, or a spell of swinging or repeating. Its clock, its count, its best values, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from ownway.body.measures import Values
from ownway.coach.clock import Clock
from ownway.coach.events import ClockStarted, ClockStopped, DoseReached, Event, Progress, SetBegan, SetEnded
from ownway.coach.faults import FaultWatch
from ownway.exercises.schema import Exercise, Reach, Zone

# How often the clock is written down while it runs: a power cut loses no more.
_PROGRESS_EVERY_S = 2.0


class Set:
    """The running set.

    Parameters
    ----------
    number : 1 for the first of the session.
    start_s : when the person came to rest (or began to swing), which may be a moment ago.
    moved_s : when the movement into it began.
    approach : the peaks of the kept measures on the way into the set.
    """

    def __init__(
        self, number: int, start_s: float, moved_s: float, exercise: Exercise, approach: dict[str, float]
    ) -> None:
        self.number = number
        self.clock = Clock()
        self.clean = True
        self.counted = False
        self.full = False
        self.repetitions = 0  # done well
        self.peaks = dict(approach)
        self.start_s = start_s
        self._exercise = exercise
        self._moved_s = moved_s
        self._sure_sum = 0.0
        self._seen = 0
        self._active_s = start_s  # when the person was last seen in the movement
        self._seen_clock_s = 0.0
        self._progress_s = start_s
        self._reached_well = False
        self._lowest_reach: float | None = None
        self._best_cm: float | None = None
        self._zone: Zone | None = None
        self._seen_count = 0
        self._waits_for_fault = False

    def begin(self, t: float, active: bool) -> Iterator[Event]:
        """Begin; where the person is already at it (``active``) the clock counts from ``start_s``."""
        yield SetBegan(t, self.number, self.start_s)
        if active:
            self.clock.start(self.start_s)
            yield ClockStarted(t, self.clock.at(t))

    def note(self, values: Values, sure: float) -> None:
        """Keep the best of what this frame shows, and how well it shows it."""
        self._sure_sum += sure
        self._seen += 1
        keep_peaks(self.peaks, self._exercise.keeps, values)
        height, cm = values.get("reach_held"), values.get("reach_held_cm")
        if self._exercise.reach is None or height is None:
            return
        if self.clock.runs and not self._reached_well:
            self._reached_well = True  # what was reached in bad form counts only where nothing else was
            self._lowest_reach = self._best_cm = self._zone = None
        if self.clock.runs or not self._reached_well:
            if self._lowest_reach is None or height < self._lowest_reach:
                self._lowest_reach, self._best_cm = height, cm
            zone = zone_of(self._exercise.reach, values)
            if zone is not None and (self._zone is None or zone.above < self._zone.above):
                self._zone = zone

    def run(
        self, t: float, active: bool, patience_s: float, faulty: FaultWatch | None, clean_since_s: float
    ) -> Iterator[Event]:
        """Let the clock run or wait, for this frame.

        Parameters
        ----------
        active : the person is at rest in the hold (or swinging).
        patience_s : so long may ``active`` be missing before the clock stops, as of the moment it went missing.
        faulty : a fault for which the clock waits, as of the moment the fault began.
        clean_since_s : when the last fault was last seen: time that waited for it counts from there.
        """
        if active:
            self._active_s = t
        if faulty is not None:
            self._waits_for_fault = True
            yield from self.wait(t, faulty.start_s, faulty.fault.kind)
        elif t - self._active_s > patience_s:
            yield from self.wait(t, self._active_s, "resting" if self._exercise.repetitions is not None else "moving")
        elif self.clock.at(t) >= self._exercise.dose.most_s:
            yield from self.wait(t, t, "set_over")
        elif active and not self.clock.runs:
            self.clock.start(clean_since_s if self._waits_for_fault else t)
            self._waits_for_fault = False
            yield ClockStarted(t, self.clock.at(t))
        if self.clock.runs and t - self._progress_s >= _PROGRESS_EVERY_S:
            self._progress_s = t
            yield Progress(t, self.number, self.clock.at(t))

    def wait(self, t: float, from_s: float, why: str) -> Iterator[Event]:
        """Stop the clock as of ``from_s``, if it runs."""
        if self.clock.runs:
            self.clock.stop(from_s)
            self._seen_clock_s = min(self._seen_clock_s, self.clock.at(t))
            yield ClockStopped(t, self.clock.at(t), why)

    def advance(self, t: float) -> tuple[float, float]:
        """Return the clock at the last call and now: the marks in between are passed."""
        before, self._seen_clock_s = self._seen_clock_s, self.clock.at(t)
        return before, self._seen_clock_s

    def pace(self, t: float) -> None:
        """Count by the clock alone: nobody sees what is done, and the tempo leads."""
        dose, spec = self._exercise.dose, self._exercise.repetitions
        if dose.repetitions is not None and spec is not None:
            self.repetitions = min(dose.repetitions, int(self.clock.at(t) / spec.tempo_s))

    def advance_count(self) -> tuple[int, int]:
        """Return the repetitions done well at the last call and now."""
        before, self._seen_count = self._seen_count, self.repetitions
        return before, self._seen_count

    def milestones(self, t: float) -> Iterator[Event]:
        """Say so when the full dose was just reached."""
        dose, clock_s = self._exercise.dose, self.clock.at(t)
        reached = clock_s >= dose.full_s if dose.repetitions is None else self.repetitions >= dose.repetitions
        if reached and not self.full:
            self.full = True
            yield DoseReached(t, self.number, clock_s)

    def counts_at(self, t: float) -> bool:
        """Return whether the set is long enough to count."""
        dose = self._exercise.dose
        if dose.repetitions is not None:
            return self.repetitions >= dose.counts_from_repetitions
        return min(self.clock.at(t), dose.most_s) >= dose.counts_from_s

    def suspend(self, t: float, left_s: float | None = None) -> Iterator[Event]:
        """Let the clock wait, as of when the person left the hold, or was last seen in the movement."""
        if left_s is not None:
            self._active_s = max(self.start_s, left_s)
        runs = self.clock.runs
        self.clock.stop(self._active_s)
        self._seen_clock_s = min(self._seen_clock_s, self.clock.at(t))
        if runs:
            yield ClockStopped(t, self.clock.at(t), "set_over")

    def end(self, t: float) -> Iterator[Event]:
        """End the set, as of when the person was last seen in it."""
        yield from self.suspend(t)
        dose, clock_s = self._exercise.dose, min(self.clock.at(t), self._exercise.dose.most_s)
        self.counted = self.counts_at(t)
        best: dict[str, float | None] = {name: self.peaks.get(name) for name in self._exercise.keeps}
        if "fingertip_to_floor_cm" in best:
            best["fingertip_to_floor_cm"] = self._best_cm
        yield SetEnded(
            t,
            set_no=self.number,
            set_start_s=self.start_s,
            set_end_s=self._active_s,
            clock_s=clock_s,
            counted=self.counted,
            full=self.full,
            reach_zone=None if self._zone is None else self._zone.id,
            best=best,
            moved_s=self._moved_s,
            sure=self._sure_sum / self._seen if self._seen else 1.0,
            repetitions=None if dose.repetitions is None else self.repetitions,
        )


def keep_peaks(peaks: dict[str, float], names: tuple[str, ...], values: Values) -> None:
    """Raise ``peaks`` to the present values of the named measures, where they are larger."""
    for name in names:
        value = values.get(name)
        if value is not None:
            peaks[name] = max(value, peaks.get(name, value))


def zone_of(reach: Reach, values: Values) -> Zone | None:
    """Return the zone that the fingertips reach, None where they are not seen."""
    height = values.get("reach_held")
    if height is None:
        return None
    trunk, behind = values.get("trunk_flexion_deg"), values.get("hand_behind_leg_cm")
    if (
        trunk is not None
        and behind is not None
        and trunk > reach.embrace_trunk_flexion_above_deg
        and behind > reach.embrace_hand_behind_leg_cm
    ):
        return reach.embrace
    for zone in reach.zones:
        if height > zone.above:
            return zone
    return reach.zones[-1]
