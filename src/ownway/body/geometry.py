"""Angles and distances in the picture's plane. Radians never leave this module.

Points are ``(x, y)`` in pixels, ``y`` down.
"""

from __future__ import annotations

from math import acos, asin, atan, atan2, degrees, hypot, sin
from math import radians as _radians

Point = tuple[float, float]


def distance(a: Point, b: Point) -> float:
    """Return the distance of two points, in pixels."""
    return hypot(a[0] - b[0], a[1] - b[1])


def middle(a: Point, b: Point) -> Point:
    """Return the point half way."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def tilt_deg(low: Point, high: Point) -> float:
    """Return how far the line from ``low`` up to ``high`` leans to the right of the picture's vertical, -180..180 deg."""
    return degrees(atan2(high[0] - low[0], low[1] - high[1]))


def flexion_deg(a: Point, joint: Point, b: Point) -> float:
    """Return 180 deg minus the angle at ``joint`` between ``a`` and ``b``: 0 for a straight limb, up to 180."""
    first = atan2(a[1] - joint[1], a[0] - joint[0])
    second = atan2(b[1] - joint[1], b[0] - joint[0])
    inner = abs(degrees(first - second))
    return 180.0 - min(inner, 360.0 - inner)


def wrap_deg(angle: float) -> float:
    """Return the same direction within -180..180 deg."""
    return (angle + 180.0) % 360.0 - 180.0


def arccos_deg(cosine: float) -> float:
    """Return the angle of a cosine, which noise may have pushed outside -1..1, in 0..180 deg."""
    return degrees(acos(min(1.0, max(-1.0, cosine))))


def arcsin_deg(sine: float) -> float:
    """Return the angle of a sine, which noise may have pushed outside -1..1, in -90..90 deg."""
    return degrees(asin(min(1.0, max(-1.0, sine))))


def atan_deg(slope: float) -> float:
    """Return the angle of a slope, in -90..90 deg."""
    return degrees(atan(slope))


def sin_of(angle_deg: float) -> float:
    """Return the sine of an angle in degrees."""
    return sin(_radians(angle_deg))
