"""Skeletons: a body's joints at rest, the lengths between them, and bones carried along from parent to child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.actor.bodies import Body
from tools.actor.posture import SIDES, Side
from tools.actor.rotation import Array, turned, unit

SOLE_M = 0.004  # of the shoe, under the foot
FINGERS = range(1, 6)
FINGER_JOINTS = (1, 2, 3)
TOES = range(1, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Three joints of a leg or an arm at rest, (3,) m: hip, knee, ankle, or shoulder, elbow, wrist; and what hangs on.

    ``tip`` is the joint in the ball of the foot, or the knuckle of the middle finger.
    """

    first: Array
    second: Array
    third: Array
    tip: Array

    @property
    def upper_m(self) -> float:
        """Length of thigh or upper arm."""
        return float(np.linalg.norm(self.second - self.first))

    @property
    def lower_m(self) -> float:
        """Length of shank or forearm."""
        return float(np.linalg.norm(self.third - self.second))


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """A body with what posing it needs to know.

    Attributes
    ----------
    number : of each bone, by name.
    legs, arms : joints at rest.
    hips : (3,) the middle between the hip joints at rest.
    thumbs : (3,) from the little finger's knuckle to the index finger's: across the hand, to the thumb.
    hand_m : from wrist to fingertip.
    foot_yaw_deg : of each foot at rest, to the own left.
    finger_axes : about which each finger's joints bend, by bone.
    """

    body: Body
    number: Mapping[str, int]
    legs: Mapping[Side, Limb]
    arms: Mapping[Side, Limb]
    hips: Array
    thumbs: Mapping[Side, Array]
    hand_m: float
    foot_yaw_deg: Mapping[Side, float]
    finger_axes: Mapping[int, Array]

    @property
    def leg_m(self) -> float:
        """Thigh and shank."""
        return self.legs["L"].upper_m + self.legs["L"].lower_m

    @property
    def arm_m(self) -> float:
        """Upper arm and forearm."""
        return self.arms["L"].upper_m + self.arms["L"].lower_m

    @property
    def ankle_height_m(self) -> float:
        """Height of the ankles above the floor when standing."""
        return float(self.legs["L"].third[2] + SOLE_M)

    def head(self, bone: str) -> Array:
        """Return where a bone begins at rest (3,)."""
        return np.asarray(self.body.heads[self.number[bone]])

    def forward(self, turns: Mapping[int, Array], hips: Array) -> tuple[Array, Array]:
        """Carry the bones along, from parent to child.

        Parameters
        ----------
        turns : rotations (T, 3, 3) from rest of the bones that turn by themselves; the others turn with their parent.
        hips : (T, 3) where the middle of the hip joints is.

        Returns
        -------
        Rotations (T, B, 3, 3) from rest, in the axes of the world, and beginnings (T, B, 3) of all bones.
        """
        heads, parents = self.body.heads, self.body.rig.parents
        # In memory bone by bone, as they are written and mostly read.
        rotations = np.empty((len(parents), len(hips), 3, 3)).swapaxes(0, 1)
        places = np.empty((len(parents), len(hips), 3)).swapaxes(0, 1)
        for bone, parent in enumerate(parents):
            if parent < 0:
                rotations[:, bone] = turns[bone]
                places[:, bone] = hips + turned(turns[bone], heads[bone] - self.hips)
            else:
                rotations[:, bone] = turns.get(bone, rotations[:, parent])
                places[:, bone] = places[:, parent] + turned(rotations[:, parent], heads[bone] - heads[parent])
        return rotations, places


def skeleton(body: Body) -> Skeleton:
    """Return the skeleton of a body."""
    number = {name: i for i, name in enumerate(body.rig.bones)}

    def head(bone: str) -> Array:
        return np.asarray(body.heads[number[bone]])

    def leg(s: Side) -> Limb:
        return Limb(head(f"upperleg01.{s}"), head(f"lowerleg01.{s}"), head(f"foot.{s}"), head(f"toe2-1.{s}"))

    def arm(s: Side) -> Limb:
        return Limb(head(f"upperarm01.{s}"), head(f"lowerarm01.{s}"), head(f"wrist.{s}"), head(f"finger3-1.{s}"))

    legs, arms = {s: leg(s) for s in SIDES}, {s: arm(s) for s in SIDES}
    feet = {s: legs[s].tip - legs[s].third for s in SIDES}
    middle_fingertip = body.vertices[body.share("finger3-3.L") > 0.5]
    return Skeleton(
        body=body,
        number=number,
        legs=legs,
        arms=arms,
        hips=(legs["L"].first + legs["R"].first) / 2,
        thumbs={s: head(f"finger2-1.{s}") - head(f"finger5-1.{s}") for s in SIDES},
        hand_m=float(np.linalg.norm(middle_fingertip - arms["L"].third, axis=1).max()),
        foot_yaw_deg={s: float(np.degrees(np.arctan2(feet[s][0], -feet[s][1]))) for s in SIDES},
        finger_axes={
            number[f"finger{finger}-{joint}.{s}"]: _finger_axis(body, number, finger, s)
            for s in SIDES
            for finger in FINGERS
            for joint in FINGER_JOINTS
        },
    )


def _finger_axis(body: Body, number: Mapping[str, int], finger: int, s: Side) -> Array:
    """Return the axis that the finger, slightly bent at rest, is bent about."""
    first, last = number[f"finger{finger}-1.{s}"], number[f"finger{finger}-3.{s}"]
    return unit(np.cross(body.tails[first] - body.heads[first], body.tails[last] - body.heads[last]))
