"""Arms: from a wrist's place, or from directions, to the turns of collar bone, arm, hand and fingers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.actor.legs import second_joint
from tools.actor.posed import Posed
from tools.actor.posture import Side
from tools.actor.rotation import Array, about, back, between, carry, part, shortest, turned, unit
from tools.actor.skeleton import FINGER_JOINTS, FINGERS, Skeleton

# What collar bone and shoulder blade take of the arm's way from rest.
_COLLAR, _BLADE = 0.10, 0.24
_SETTLING = 3  # the collar bone follows the arm, which starts from it
# Share of a forearm's twist, from how the elbow is hinged to how the hand is held, at its two bones.
_FOREARM = {"lowerarm01": 0.35, "lowerarm02": 0.8}
_THUMB = 1


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """Where one arm goes; places in m, directions of any length, (T, 3) each.

    Attributes
    ----------
    wrist : where the wrist is to be; out of reach, the arm is straight towards it.
    elbow : where the elbow points to.
    hand, thumb : where the hand and the thumb's side of it point to; without ``hand``, on from the forearm.
    curl_deg : of each finger joint; the thumb's bend half as much.
    collar : how much of their usual share collar bone and shoulder blade take, 0..1.
    """

    wrist: Array
    elbow: Array
    thumb: Array
    hand: Array | None = None
    curl_deg: float = 8.0
    collar: float = 1.0


def arm_turns(skeleton: Skeleton, s: Side, arm: Arm, half: Posed) -> dict[int, Array]:
    """Return the rotations (T, 3, 3) of an arm's bones, by number; ``half`` is the person without arms."""
    rest = skeleton.arms[s]
    chest = half.turn("spine01")
    upper, fore, collar, blade = _reach(skeleton, s, arm, half, chest)
    rest_upper, rest_fore = rest.second - rest.first, rest.third - rest.second
    rest_axis = np.cross(rest_upper, rest_fore)
    axis = _hinge(upper, fore, arm.elbow)
    hinged = carry(rest_upper, rest_axis, upper, axis)
    plain = blade @ shortest(rest_upper, turned(back(blade), upper))
    hand = fore if arm.hand is None else arm.hand
    fore_hinged = carry(rest_fore, rest_axis, fore, axis)
    fore_held = carry(rest_fore, skeleton.thumbs[s], fore, arm.thumb)
    wrist = carry(rest.tip - rest.third, skeleton.thumbs[s], hand, arm.thumb)
    turns = {
        "clavicle": collar,
        "shoulder01": blade,
        "upperarm01": between(plain, hinged, 0.5),
        "upperarm02": hinged,
        **{bone: between(fore_hinged, fore_held, share) for bone, share in _FOREARM.items()},
        "wrist": wrist,
    }
    return {skeleton.number[f"{bone}.{s}"]: turn for bone, turn in turns.items()} | _fingers(skeleton, s, arm, wrist)


def _reach(skeleton: Skeleton, s: Side, arm: Arm, half: Posed, chest: Array) -> tuple[Array, Array, Array, Array]:
    """Return the directions of upper arm and forearm, and the rotations of collar bone and shoulder blade."""
    rest = skeleton.arms[s]
    to_blade = skeleton.head(f"shoulder01.{s}") - skeleton.head(f"clavicle.{s}")
    to_arm = rest.first - skeleton.head(f"shoulder01.{s}")
    collar = blade = chest
    upper = fore = np.empty(0)
    for _ in range(_SETTLING):
        shoulder = half.joint(f"clavicle.{s}") + turned(collar, to_blade) + turned(blade, to_arm)
        elbow = second_joint(shoulder, arm.wrist, arm.elbow, rest.upper_m, rest.lower_m)
        upper, fore = unit(elbow - shoulder), unit(arm.wrist - elbow)
        way = shortest(rest.second - rest.first, turned(back(chest), upper))
        collar, blade = (chest @ part(way, share * arm.collar) for share in (_COLLAR, _BLADE))
    return upper, fore, collar, blade


def _hinge(upper: Array, fore: Array, elbow: Array) -> Array:
    """Return the elbow's axis (T, 3): square to a bent arm; of a straight one, so that the elbow points where it is to."""
    bent = np.cross(upper, fore)
    how_bent = np.clip((np.linalg.norm(bent, axis=-1, keepdims=True) - 0.03) / 0.12, 0, 1)
    return np.asarray(unit(np.cross(elbow, upper)) * (1 - how_bent) + unit(bent) * how_bent)


def _fingers(skeleton: Skeleton, s: Side, arm: Arm, wrist: Array) -> dict[int, Array]:
    turns = {}
    for finger in FINGERS:
        bent = np.eye(3)
        for joint in FINGER_JOINTS:
            bone = skeleton.number[f"finger{finger}-{joint}.{s}"]
            bent = bent @ about(skeleton.finger_axes[bone], arm.curl_deg * (0.5 if finger == _THUMB else 1.0))
            # As one matrix: quicker than frame by frame.
            turns[bone] = (wrist.reshape(-1, 3) @ bent).reshape(wrist.shape)
    return turns
