"""Between what a measure can lie at all: a limit beyond it is never reached, or always.

They are wide on purpose: bounds of geometry, not of what people do. ``standing`` is the value of somebody who merely stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from ownway.body.measures import MEASURES


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that a measure can read; ``standing``: None where standing says nothing about it."""

    least: float = -inf
    most: float = inf
    standing: float | None = None


_SIZE_DEG = Span(0.0, 180.0, 0.0)
_SIZE_DEG_S = Span(0.0, inf, 0.0)

# What holds for all measures of a unit: an angle is 0 in the own standing, and a moment or a duration is never negative.
_BY_UNIT = {
    "deg": Span(-180.0, 180.0, 0.0),
    "deg/s": Span(standing=0.0),
    "s": Span(least=0.0),
}

# What is never negative, since it is a size, a spread or a part of a movement; and what 0 means elsewhere.
_OWN = {
    "trunk_range_deg": _SIZE_DEG,
    "descent_speed_deg_s": _SIZE_DEG_S,
    "rise_speed_deg_s": _SIZE_DEG_S,
    "bounce_amplitude_deg": _SIZE_DEG,
    "trunk_speed_size_deg_s": _SIZE_DEG_S,
    "leg_tilt_deg": Span(0.0, 180.0),
    "heel_lift_cm": Span(standing=0.0),
    "hip_drop_cm": Span(standing=0.0),
    "hip_drop_speed_cm_s": Span(standing=0.0),
    "side_bend_size_deg": _SIZE_DEG,
    "side_bend_speed_deg_s": _SIZE_DEG_S,
    "shoulder_turn_deg": Span(0.0, 90.0, 0.0),
    "knee_rise": Span(standing=0.0),
    "repetition_range_deg": Span(0.0, 360.0, 0.0),
    "knee_over_trunk": Span(standing=0.0),
    "rotation_size_deg": _SIZE_DEG,
    "rotation_range_deg": _SIZE_DEG,
    "rotation_left_deg": Span(0.0, 180.0),
    "rotation_right_deg": Span(0.0, 180.0),
    "rotation_over_range_deg": Span(-180.0, 180.0),
    "lean_deg": _SIZE_DEG,
    "lean_raw_deg": _SIZE_DEG,
    "feet_turn_deg": _SIZE_DEG,
    "feet_turn_raw_deg": _SIZE_DEG,
}


def span_of(measure: str) -> Span:
    """Return between what a measure of the table lies; anything may be where nothing is known."""
    return _OWN.get(measure) or _BY_UNIT.get(MEASURES[measure].unit, Span())


def about(measure: str) -> str:
    """Return what a measure is, in words that need no other row of the table."""
    row = MEASURES[measure]
    if row.of is None or not row.about.startswith(("the same", "its size")):
        return row.about
    return f"{about(row.of)} ({row.about})"
