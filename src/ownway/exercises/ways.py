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
    beyond: dict[str, float] = {}
    touching: dict[str, bool] = {}  # whether a value that is just at the limit would do
    for c in conditions:
        name = c.measure
        above, below = (-c.within, c.within) if c.within is not None else (c.above, c.below)
        least[name] = max(least.get(name, -inf), -inf if above is None else above)
        most[name] = min(most.get(name, inf), inf if below is None else below)
        beyond[name] = max(beyond.get(name, 0.0), 0.0 if c.beyond is None else c.beyond)
        touching[name] = touching.get(name, True) and c.above is None and c.below is None
    return all(_some_value(least[name], most[name], beyond[name], touching=touching[name]) for name in least)


def _some_value(least: float, most: float, beyond: float, *, touching: bool) -> bool:
    """Return whether anything lies between ``least`` and ``most`` whose size is at least ``beyond``."""
    between = least <= most if touching else least < most
    return between and max(abs(least), abs(most)) >= beyond


def can_open(way: Transition, phase: Phase) -> bool:
    """Return whether anything that opens the way can come about in its phase."""
    by_measures = bool(way.when) and way.for_s < lasts_at_most_s(phase)
    by_the_set = phase.counts and (way.set_full or way.at_clock_s is not None)
    return by_measures or by_the_set or _comes_in_time(way, phase)


def _comes_in_time(way: Transition, phase: Phase) -> bool:
    """Return whether time opens the way, and no other way sooner: of two at one moment the first is taken."""
    if way.after_s is None:
        return False
    at = phase.next.index(way)
    return not any(
        (other.after_s, i) < (way.after_s, at)
        for i, other in enumerate(phase.next)
        if other.after_s is not None and not other.dose_met
    )


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
