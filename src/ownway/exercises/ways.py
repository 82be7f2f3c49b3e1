"""Which ways between the phases can ever open, and where they lead."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from ownway.exercises.ranges import span_of
from ownway.exercises.schema import LAST_PHASE, Condition, Exercise, Phase, Transition

LIMITS = ("above", "below", "within", "beyond", "below_share_of_peak")


def says_when(way: Transition) -> bool:
    """Return whether anything at all opens the way."""
    return bool(way.when) or way.set_full or way.at_clock_s is not None or way.after_s is not None


def lasts_at_most_s(phase: Phase) -> float:
    """Return how long a phase can last, by the ways that time alone opens; infinite where there is none."""
    return min((way.after_s for way in phase.next if way.after_s is not None and not way.dose_met), default=inf)


def can_hold(condition: Condition) -> bool:
    """Return whether the measure can be where the condition wants it."""
    span = span_of(condition.measure)
    largest = max(abs(span.least), abs(span.most))
    smallest = max(0.0, span.least, -span.most)
    match condition:
        case Condition(above=float(limit)):
            return span.most > limit
        case Condition(below=float(limit)):
            return span.least < limit
        case Condition(within=float(limit)):
            return smallest <= limit
        case Condition(beyond=float(limit)):
            return largest >= limit
    return True


def can_hold_together(conditions: Sequence[Condition]) -> bool:
    """Return whether no condition excludes another one on the same measure."""
    least: dict[str, float] = {}
    most: dict[str, float] = {}
    for c in conditions:
        above, below = (-c.within, c.within) if c.within is not None else (c.above, c.below)
        least[c.measure] = max(least.get(c.measure, -inf), -inf if above is None else above)
        most[c.measure] = min(most.get(c.measure, inf), inf if below is None else below)
    return all(least[measure] <= most[measure] for measure in least)


def can_open(way: Transition, phase: Phase) -> bool:
    """Return whether anything that opens the way can come about in its phase."""
    by_measures = bool(way.when) and way.for_s < lasts_at_most_s(phase)
    by_the_set = phase.counts and (way.set_full or way.at_clock_s is not None)
    return by_measures or by_the_set or way.after_s is not None


def reached_from(exercise: Exercise, name: str) -> set[str]:
    """Return the phases that can come after this one, with itself and, where it is reached, the end."""
    phases = {phase.name: phase for phase in exercise.phases}
    reached, open_ends = {name}, [name]
    while open_ends:
        phase = phases[open_ends.pop()]
        new = {way.to for way in phase.next if can_open(way, phase)} - reached
        reached |= new
        open_ends.extend(new - {LAST_PHASE})
    return reached
