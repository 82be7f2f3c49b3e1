"""Posing: from a posture to the place of every bone. Trunk first, then legs under it, then arms on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from tools.actor.arms import Arm, arm_turns
from tools.actor.legs import HipsOver, legs
from tools.actor.posed import Posed
from tools.actor.posture import Posture, Side
from tools.actor.rotation import Array, X, Y, Z, about, turned
from tools.actor.skeleton import Skeleton

# What each vertebral bone takes of the spine's flexion and side bend, and of its yaw, from the pelvis to the neck: the lumbar
# spine bends more than it turns, the thoracic the other way round. Chosen by us.
_SPINE = {
    "spine05": (0.26, 0.10),
    "spine04": (0.22, 0.15),
    "spine03": (0.18, 0.22),
    "spine02": (0.18, 0.28),
    "spine01": (0.16, 0.25),
}
_NECK = ("neck01", "neck02", "neck03", "head")

# Where the arms go, once trunk and legs are known.
Arms = Callable[[Posed], Mapping[Side, Arm]]


def pose(skeleton: Skeleton, posture: Posture, arms: Arms, over: HipsOver = "balance") -> Posed:
    """Place every bone; ``over`` says where the hips are, front to back."""
    number = skeleton.number
    trunk = _trunk(posture)
    turns = {number[bone]: turn for bone, turn in trunk.items()}
    borne = {number[bone]: about(X, posture["sat_back_deg"]) @ turn for bone, turn in trunk.items()}  # by the feet
    _, places = skeleton.forward(borne, np.zeros((posture.frames, 3)))
    weighing = {bone: places[:, number[bone]] for bone in ("neck01", "head")}
    stance = legs(skeleton, posture, trunk["root"], weighing, over)
    turns |= stance.turns
    half = Posed(skeleton, posture, *skeleton.forward(turns, stance.hips))
    for side, arm in arms(half).items():
        turns |= arm_turns(skeleton, side, arm, half)
    rotations, places = skeleton.forward(turns, stance.hips)
    return replace(half, rotations=rotations, places=places)


def on_the_floor(posed: Posed) -> tuple[Array, Array]:
    """Return how the whole person is turned (T, 3, 3) and moved (T, 3) on the floor, beyond what ``posed`` says."""
    posture = posed.posture
    turn = about(Z, posture["heading_deg"])
    return turn, turned(turn, np.outer(posture["travel_legs"] * posed.skeleton.leg_m, -Y))


def _trunk(posture: Posture) -> dict[str, Array]:
    """Return the rotations (T, 3, 3) of pelvis, spine, neck and head."""
    now = (
        about(Z, posture["pelvis_yaw_deg"])
        @ about(X, posture["pelvis_tilt_deg"] - posture["sat_back_deg"])
        @ about(Y, posture["pelvis_side_deg"])
    )
    turns = {"root": now}
    for bone, (flexing, turning) in _SPINE.items():
        side = about(Y, posture["spine_side_deg"] * flexing)
        yaw = about(Z, posture["spine_yaw_deg"] * turning)
        now = turns[bone] = now @ side @ yaw @ about(X, posture["spine_flexion_deg"] * flexing)
    for bone in _NECK:
        yaw = about(Z, posture["neck_yaw_deg"] / len(_NECK))
        now = turns[bone] = now @ yaw @ about(X, posture["neck_flexion_deg"] / len(_NECK))
    return turns
