"""The chair: a plain seat with a back, as high as its sitter needs it, who is on it when the movement is at its farthest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tools.actor.posed import Posed, skinned
from tools.actor.rotation import Array
from tools.actor.shapes import Shape, box, together

_WIDE_M, _DEEP_M, _HIGH_M = 0.44, 0.38, 0.88  # the last to the top of its back
_SEAT_M, _LEG_M = 0.035, 0.035  # thick
_GAP_M = 0.04  # from the calves in standing to the seat, and from who sits to the chair's back
_CLOTH_M = 0.004
_MOSTLY = 0.5  # of a vertex that moves with these bones
_SEATED_DEG = 0.5  # of the farthest
_MOMENTS = 6  # of sitting that are looked at


def chair(posed: Posed, led_deg: Array) -> Shape:
    """Return the chair of somebody who stands in front of it at first, and sits on it when ``led_deg`` (T,) is at its most."""
    body = posed.skeleton.body
    seated = np.flatnonzero(led_deg > led_deg.max() - _SEATED_DEG)
    seated = seated[np.linspace(0, len(seated) - 1, _MOMENTS).astype(int)]
    calves = skinned(_at(posed, np.array([0])), body.share("lowerleg") > _MOSTLY)
    front = float(calves[..., 1].max()) + _GAP_M
    on_it = skinned(_at(posed, seated), body.share("root", "upperleg") > _MOSTLY)
    lowest = np.where(on_it[..., 1] > front, on_it[..., 2], np.inf).min(1)  # of what is over the seat, in each moment
    top = float(lowest.max()) - _CLOTH_M  # who leans presses into it a little
    return _standing(front, max(front + _DEEP_M, float(on_it[..., 1].max()) + _GAP_M), top)


def _at(posed: Posed, frames: NDArray[np.intp]) -> Posed:
    return replace(posed, rotations=posed.rotations[frames], places=posed.places[frames])


def _standing(front: float, behind: float, top: float) -> Shape:
    """Return a chair whose seat goes from ``front`` to ``behind`` (m, y), where its back begins, and is at ``top`` (m, z)."""
    half = _WIDE_M / 2

    def part(low: tuple[float, float, float], high: tuple[float, float, float]) -> Shape:
        return box(np.array(low), np.array(high))

    def post(side: int, y: float, high: float) -> Shape:
        inner, outer = sorted((side * half, side * (half - _LEG_M)))
        return part((inner, y, 0.0), (outer, y + _LEG_M, high))

    return together(
        part((-half, front, top - _SEAT_M), (half, behind + _LEG_M, top)),
        part((-half, behind, top + 0.20), (half, behind + 0.02, _HIGH_M)),
        *(post(side, y, high) for side in (-1, 1) for y, high in ((front, top), (behind, _HIGH_M))),
    )
