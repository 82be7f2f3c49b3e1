"""The pole of the rotation: it lies on the upper back, behind the neck, and turns with the chest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.actor.posed import Posed
from tools.actor.rotation import Array, X, turned

RADIUS_M = 0.0135
_ABOVE_SHOULDERS_M = 0.055
_OFF_THE_SKIN_M = 0.008  # clothes


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """Where the pole is: its middle (T, 3) m, its direction (T, 3) to the own left, its length."""

    middle: Array
    along: Array
    length_m: float


def pole(posed: Posed, length_m: float) -> Pole:
    """Return the pole on somebody's back."""
    skeleton = posed.skeleton
    vertices = skeleton.body.vertices
    height = (skeleton.arms["L"].first + skeleton.arms["R"].first)[2] / 2 + _ABOVE_SHOULDERS_M
    nape = vertices[(np.abs(vertices[:, 0]) < 0.11) & (np.abs(vertices[:, 2] - height) < 0.012)]
    rest = np.array([0.0, nape[:, 1].max() + RADIUS_M + _OFF_THE_SKIN_M, height])
    return Pole(posed.on("spine01", rest), turned(posed.turn("spine01"), X), length_m)
