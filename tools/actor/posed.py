"""Posed people: where every bone is, frame by frame, and the angles that the truth is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.actor.posture import SIDES, Posture, Side
from tools.actor.rotation import Array, turned, unit
from tools.actor.skeleton import SOLE_M, Skeleton

Angle = Literal["trunk_flexion_deg", "trunk_extension_deg", "trunk_side_bend_deg", "shoulder_yaw_deg", "knee_flexion_deg", "knee_lift_deg"]  # fmt: skip

_ALL_OF_IT = 0.9  # of a vertex that moves with one bone
_HEEL_M = 0.02  # up to here it is the sole's


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A person in every frame.

    Attributes
    ----------
    rotations : (T, B, 3, 3) of each bone from rest, in the axes of the world.
    places : (T, B, 3) m, where each bone begins.
    """

    skeleton: Skeleton
    posture: Posture
    rotations: Array
    places: Array

    def joint(self, bone: str) -> Array:
        """Return where a bone begins (T, 3)."""
        return np.asarray(self.places[:, self.skeleton.number[bone]])

    def turn(self, bone: str) -> Array:
        """Return a bone's rotation from rest (T, 3, 3)."""
        return np.asarray(self.rotations[:, self.skeleton.number[bone]])

    def middle(self, bone: str) -> Array:
        """Return the middle between a bone's beginnings left and right (T, 3)."""
        return np.asarray((self.joint(f"{bone}.L") + self.joint(f"{bone}.R")) / 2)

    def on(self, bone: str, rest: Array) -> Array:
        """Return where a point (3,) at rest goes with a bone (T, 3)."""
        return np.asarray(self.joint(bone) + turned(self.turn(bone), rest - self.skeleton.head(bone)))

    def transforms(self) -> Array:
        """Return (T, B, 3, 4), what takes a point at rest along with each bone."""
        offset = self.places - np.einsum("tbij,bj->tbi", self.rotations, self.skeleton.body.heads)
        return np.concatenate([self.rotations, offset[..., None]], -1)

    def angle(self, name: Angle) -> Array:
        """Return an angle by which a movement is led (T,)."""
        return np.asarray(ANGLES[name](self))


def flexion_deg(upper: Array, lower: Array) -> Array:
    """Return how far the line from ``lower`` to ``upper`` (T, 3) leans forwards: 0 upright, 90 level, more head down."""
    line = upper - lower
    return np.asarray(np.degrees(np.arctan2(-line[:, 1], line[:, 2])))


def side_bend_deg(upper: Array, lower: Array) -> Array:
    """Return how far the line from ``lower`` to ``upper`` leans to the own left, out of the plane that parts left from right."""
    line = upper - lower
    return np.asarray(np.degrees(np.arctan2(line[:, 0], np.linalg.norm(line[:, 1:], axis=1))))


def yaw_deg(left: Array, right: Array) -> Array:
    """Return how far the line between two joints (T, 3) is turned to the own left, seen from above: 0 square."""
    line = left - right
    return np.asarray(np.degrees(np.arctan2(line[:, 1], line[:, 0])))


def bend_deg(first: Array, second: Array, third: Array) -> Array:
    """Return how far the limb is bent at its second joint: 0 straight."""
    cosine = (unit(second - first) * unit(third - second)).sum(-1)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def trunk_flexion_deg(posed: Posed) -> Array:
    """Return the flexion of the line from the middle of the hip joints to that of the upper arms' joints (T,)."""
    return flexion_deg(posed.middle("upperarm01"), posed.middle("upperleg01"))


def trunk_extension_deg(posed: Posed) -> Array:
    """Return the same backwards (T,): it is positive where the flexion is negative."""
    return -trunk_flexion_deg(posed)


def trunk_side_bend_deg(posed: Posed) -> Array:
    """Return the side bend of the same line (T,)."""
    return side_bend_deg(posed.middle("upperarm01"), posed.middle("upperleg01"))


def shoulder_yaw_deg(posed: Posed) -> Array:
    """Return the yaw of the line between the upper arms' joints, 0 square to the stance (T,)."""
    return yaw_deg(posed.joint("upperarm01.L"), posed.joint("upperarm01.R"))


def pelvis_yaw_deg(posed: Posed) -> Array:
    """Return the yaw of the line between the hip joints (T,)."""
    return yaw_deg(posed.joint("upperleg01.L"), posed.joint("upperleg01.R"))


def knees_deg(posed: Posed) -> Mapping[Side, Array]:
    """Return the flexion of both knees (T,)."""
    return {
        s: bend_deg(posed.joint(f"upperleg01.{s}"), posed.joint(f"lowerleg01.{s}"), posed.joint(f"foot.{s}"))
        for s in SIDES
    }


def knee_flexion_deg(posed: Posed) -> Array:
    """Return the mean flexion of both knees (T,)."""
    left, right = knees_deg(posed).values()
    return np.asarray((left + right) / 2)


def knee_lift_deg(posed: Posed) -> Array:
    """Return how much higher the left thigh is raised than the right (T,): 0 both hang, 90 one is level."""
    raised = {s: flexion_deg(posed.joint(f"upperleg01.{s}"), posed.joint(f"lowerleg01.{s}")) for s in SIDES}
    return np.asarray(raised["R"] - raised["L"])


def heels_cm(posed: Posed) -> Array:
    """Return how high both heels are above where they are in standing, their mean (T,)."""
    body, rise = posed.skeleton.body, np.zeros(posed.posture.frames)
    for s in SIDES:
        behind = body.vertices[:, 1] > body.heads[body.bone(f"foot.{s}"), 1]
        heel = (body.share(f"foot.{s}") > _ALL_OF_IT) & behind & (body.vertices[:, 2] < _HEEL_M)
        rise += skinned(posed, heel)[..., 2].mean(1) - body.vertices[heel, 2].mean() - SOLE_M
    return np.asarray(rise / 2 * 100)


def fingertips_cm(posed: Posed) -> Array:
    """Return the height of the lowest point of the last finger joints above the floor (T,)."""
    body = posed.skeleton.body
    tips = body.share(*(f"finger{finger}-3" for finger in range(1, 6))) > 0.5
    return np.asarray(skinned(posed, tips)[..., 2].min(1) * 100)


def skinned(posed: Posed, chosen: NDArray[np.bool_]) -> Array:
    """Return where the chosen of all vertices (V,) go, (T, N, 3), by linear blend skinning."""
    body = posed.skeleton.body
    moves = np.einsum("nb,tbij->tnij", body.rig.weights[chosen].astype(float), posed.transforms(), optimize=True)
    return np.asarray(turned(moves[..., :3], body.vertices[chosen]) + moves[..., 3])


ANGLES: Mapping[Angle, Callable[[Posed], Array]] = {
    "trunk_flexion_deg": trunk_flexion_deg,
    "trunk_extension_deg": trunk_extension_deg,
    "trunk_side_bend_deg": trunk_side_bend_deg,
    "shoulder_yaw_deg": shoulder_yaw_deg,
    "knee_flexion_deg": knee_flexion_deg,
    "knee_lift_deg": knee_lift_deg,
}
