"""What an assessment comes to over all its holds, swings, repetitions and faults."""

from __future__ import annotations

from dataclasses import dataclass

from ownway.coach.assessment import Assessment, FaultSeen, Hold, Reached, Repetition, Swing
from ownway.coach.events import Side
from ownway.exercises.schema import Exercise


@dataclass(frozen=True, slots=True)
class FaultTotal:
    """One kind of fault: each time it was seen, and how long in all."""

    kind: str
    seen: tuple[FaultSeen, ...]
    lasted_s: float


def count(assessment: Assessment, side: Side) -> int:
    """Return the swings to this side."""
    return sum(swing.side == side for swing in assessment.swings)


def repeated(assessment: Assessment) -> list[Swing | Repetition]:
    """Return all repetitions in their order, to one side or to two."""
    return [*assessment.swings, *assessment.repetitions]


def farthest_deg(assessment: Assessment) -> float | None:
    """Return how far the farthest repetition went; None where there was none."""
    return max((abs(one.peak_deg) for one in repeated(assessment)), default=None)


def range_deg(assessment: Assessment, side: Side) -> float | None:
    """Return the largest swing to this side that was reached twice (of a single one, that), as a session's summary does."""
    peaks = sorted((abs(swing.peak_deg) for swing in assessment.swings if swing.side == side), reverse=True)[:2]
    return peaks[-1] if peaks else None


def best_reach(assessment: Assessment, exercise: Exercise) -> Reached:
    """Return the furthest reach of all holds: the furthest zone, and the smallest distance."""
    order = [] if exercise.reach is None else [zone.id for zone in (*exercise.reach.zones, exercise.reach.embrace)]
    zones = [hold.reach.zone for hold in assessment.sets if hold.reach.zone in order]
    distances = [hold.reach.distance_cm for hold in assessment.sets if hold.reach.distance_cm is not None]
    return Reached(max(zones, key=lambda zone: order.index(zone or ""), default=None), min(distances, default=None))


def deepest(assessment: Assessment) -> Hold | None:
    """Return the hold with the deepest bend, None where no bend was judged."""
    judged = [hold for hold in assessment.sets if hold.peak_trunk_flexion_deg is not None]
    return max(judged, key=lambda hold: hold.peak_trunk_flexion_deg or 0.0, default=None)


def faults(assessment: Assessment) -> list[FaultTotal]:
    """Return the faults by kind, the longest-lasting first."""
    kinds = dict.fromkeys(fault.kind for fault in assessment.faults)
    totals = []
    for kind in kinds:
        seen = tuple(fault for fault in assessment.faults if fault.kind == kind)
        totals.append(FaultTotal(kind, seen, sum(fault.end_s - fault.start_s for fault in seen)))
    return sorted(totals, key=lambda total: -total.lasted_s)


def good_s(assessment: Assessment) -> float:
    """Return the time in good form."""
    return assessment.swing_time_s + sum(hold.hold_s for hold in assessment.sets)
