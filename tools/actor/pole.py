"""The pole of the rotation: it lies on the upper back, behind the neck, and turns with the chest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.actor.bodies import Body
from tools.actor.posed import Posed
from tools.actor.rotation import Array, X, turned

BONE = "spine01"  # that carries it
RADIUS_M = 0.0135
_ABOVE_SHOULDERS_M = 0.055
_OFF_THE_SKIN_M = 0.008  # clothes


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """Where the pole is: its middle (T, 3) m, its direction (T, 3) to the own left, its length."""

    middle: Array
    along: Array
    length_m: float


def at_rest(body: Body) -> Array:
    """Return the pole's middle (3,) on a body at rest, along x."""
    height = body.heads[[body.bone("upperarm01.L"), body.bone("upperarm01.R")], 2].mean() + _ABOVE_SHOULDERS_M
    near = (np.abs(body.vertices[:, 0]) < 0.11) & (np.abs(body.vertices[:, 2] - height) < 0.012)
    return np.array([0.0, body.vertices[near, 1].max() + RADIUS_M + _OFF_THE_SKIN_M, height])


def pole(posed: Posed, length_m: float) -> Pole:
    """Return the pole on somebody's back."""
    rest = at_rest(posed.skeleton.body)
    return Pole(posed.on(BONE, rest), turned(posed.turn(BONE), X), length_m)
