"""What the screen shows of a running session."""

from __future__ import annotations

from dataclasses import dataclass

from ownway.body.posture import Side


@dataclass(frozen=True, slots=True)
class Live:
    """What the screen shows now. Angles in degrees, times in seconds; None where not judged.

    ``reach_height`` is the fingertips' height: 0 the floor, 1 the person's own knee. ``rotation_deg`` is positive to the person's own
    left. ``joints`` are those that a fault concerns. ``count`` of ``full_count`` repetitions of the set are done well; None where the
    dose is none of repetitions.
    """

    t_s: float
    phase: str
    set_no: int
    sets: int
    clock_s: float
    full_s: float
    most_s: float
    clock_runs: bool
    rest_left_s: float | None
    reach_zone: str | None
    reach_cm: float | None
    reach_height: float | None
    rotation_deg: float | None
    range_left_deg: float
    range_right_deg: float
    swings_left: int
    swings_right: int
    count: int
    full_count: int | None
    half_period_s: float | None
    faults: tuple[str, ...]
    joints: tuple[str, ...]
    near_side: Side | None
    sight: str | None
    paused: bool
    camera: bool
