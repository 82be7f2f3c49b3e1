"""Postures: what every joint does, frame by frame, as numbers that a movement's file may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.actor.rotation import Array

Side = Literal["L", "R"]
SIDES: tuple[Side, Side] = ("L", "R")
OUTWARD: Mapping[Side, float] = {"L": 1.0, "R": -1.0}  # sign of x on that side

# Lengths in legs are multiples of the body's own thigh and shank.
Channel = Literal[
    "pelvis_tilt_deg",  # forwards, with all that is above
    "pelvis_yaw_deg",  # to the own left, as every yaw
    "pelvis_side_deg",  # to the own left, as every side bend
    "sat_back_deg",  # backwards about the hip joints, with all that is above; balance does not count it, a seat carries it
    "spine_flexion_deg",  # forwards, over the whole spine, on top of the pelvis
    "spine_yaw_deg",
    "spine_side_deg",
    "neck_flexion_deg",
    "neck_yaw_deg",
    "knee_flexion_deg",  # of the straighter leg; the hips are as high as that allows
    "hips_aside_m",  # to the own left
    "hips_back_legs",  # where the hips are not placed by balance
    "lean_m",  # centre of mass in front of where it is in standing, where the hips are placed by balance
    "feet_apart_m",  # between the ankles
    "toes_out_deg",
    "feet_yaw_deg",  # both feet, turning about the ankles
    "foot_back_left_legs",
    "foot_back_right_legs",
    "foot_up_left_m",
    "foot_up_right_m",
    "knee_lift_deg",  # of a thigh, the shank hanging from it: the left one, or where it is negative the right
    "heel_up_left_deg",  # the foot about its ball
    "heel_up_right_deg",
    "arm_forward_left_deg",  # of an arm that hangs
    "arm_forward_right_deg",
    "arms_round_deg",  # of arms that circle: 0 hanging, 90 in front, 180 up
    "travel_legs",  # the whole person, over the floor to where they face
    "heading_deg",  # the whole person, 180 is turned round
]


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """What the joints do, a value a frame; a channel that is not named is 0.

    Attributes
    ----------
    frames : T.
    values : (T,) of each channel that is named, degrees, metres or legs.
    """

    frames: int
    values: Mapping[Channel, Array]

    def __getitem__(self, channel: Channel) -> Array:
        return self.values.get(channel, np.zeros(self.frames))

    def of(self, side: Side, left: Channel, right: Channel) -> Array:
        """Return the channel of that side."""
        return self[left if side == "L" else right]


def still(values: Mapping[Channel, float]) -> Posture:
    """Return a posture of one frame."""
    return Posture(1, {channel: np.array([value]) for channel, value in values.items()})
