"""The pole: across the upper back, behind the neck, or along the spine. It turns with the chest, which carries it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.actor.bodies import Body
from tools.actor.posed import Posed
from tools.actor.rotation import Array, X, turned, unit

Lies = Literal["across", "along"]

BONE = "spine01"  # that carries it
RADIUS_M = 0.0135
_ABOVE_SHOULDERS_M = 0.055
_OFF_THE_SKIN_M = 0.008  # clothes
_SPINE_M = 0.03  # to either side of it a pole along the spine lies
_OVER_THE_HEAD_M = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """Where the pole is: its middle (T, 3) m, its direction (T, 3), to the own left or up, its length."""

    middle: Array
    along: Array
    length_m: float


def at_rest(body: Body, lies: Lies, length_m: float) -> tuple[Array, Array]:
    """Return the pole's middle (3,) on a body at rest, and its direction (3,)."""
    return _AT_REST[lies](body, length_m)


def pole(posed: Posed, lies: Lies, length_m: float) -> Pole:
    """Return the pole on somebody's back."""
    middle, along = at_rest(posed.skeleton.body, lies, length_m)
    return Pole(posed.on(BONE, middle), turned(posed.turn(BONE), along), length_m)


def _across(body: Body, _: float) -> tuple[Array, Array]:
    height = body.heads[[body.bone("upperarm01.L"), body.bone("upperarm01.R")], 2].mean() + _ABOVE_SHOULDERS_M
    near = (np.abs(body.vertices[:, 0]) < 0.11) & (np.abs(body.vertices[:, 2] - height) < 0.012)
    return np.array([0.0, body.vertices[near, 1].max() + RADIUS_M + _OFF_THE_SKIN_M, height]), X


def _along(body: Body, length_m: float) -> tuple[Array, Array]:
    """Lay the pole on sacrum and upper back, and off whatever else comes as far; it ends a little over the head."""
    hips, waist, nape = (body.heads[body.bone(bone), 2] for bone in ("upperleg01.L", "spine04", "neck01"))
    back = body.vertices[(np.abs(body.vertices[:, 0]) < _SPINE_M) & (body.vertices[:, 2] > hips)]
    low, high = (
        part[part[:, 1].argmax()] * [0, 1, 1]
        for part in (back[back[:, 2] < waist], back[(back[:, 2] > waist) & (back[:, 2] < nape)])
    )
    along = unit(high - low)
    behind = np.cross(along, X)  # square to it, away from the back
    off_m = ((back - low) @ behind).max() + RADIUS_M + _OFF_THE_SKIN_M
    top_m = (body.vertices[:, 2].max() + _OVER_THE_HEAD_M - low[2]) / along[2]
    return low + off_m * behind + (top_m - length_m / 2) * along, along


_AT_REST: Mapping[Lies, Callable[[Body, float], tuple[Array, Array]]] = {"across": _across, "along": _along}
