"""Legs: soles on the floor, hips above them, and the knees where that leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.actor.posture import OUTWARD, SIDES, Posture, Side
from tools.actor.rotation import Array, X, Z, about, carry, turned, unit
from tools.actor.skeleton import TOES, Limb, Skeleton

# Where the hips are, front to back: where the body balances, over the feet, or over the place the person stands on.
HipsOver = Literal["balance", "feet", "place"]

STANDING_BALANCE_M = 0.035  # of the centre of mass, in front of the ankles
HIPS_FORWARD_M = 0.01  # of the middle of the ankles, where they are not placed by balance
_STEPS = 5  # to balance within a millimetre
_LARGEST_STRAIGHT = 0.99999  # of a limb's length: a straight limb has no plane
_SMALLEST_REACH_M = 0.1
# Of a lifted thigh: its toes hang by so much of its turn, and its foot is not quite as far ahead as its knee.
_TOES_HANG, _AHEAD = 0.3, 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Hips (T, 3), their middle; and rotations (T, 3, 3) of the legs' bones, feet and toes, by number."""

    hips: Array
    turns: Mapping[int, Array]


@dataclass(frozen=True, slots=True, eq=False)
class _Foot:
    ankle: Array
    turn: Array
    flat: Array  # the turn of the toes, which stay on the floor when the heel comes up


def legs(skeleton: Skeleton, posture: Posture, pelvis: Array, trunk: Mapping[str, Array], over: HipsOver) -> Legs:
    """Place hips and legs.

    Parameters
    ----------
    pelvis : (T, 3, 3) its rotation.
    trunk : (T, 3) from the hips to ``neck01`` and to ``head``, which weigh.
    over : where the hips are, front to back.
    """
    feet = {s: _foot(skeleton, posture, s) for s in SIDES}
    middle = (feet["L"].ankle[:, 1] + feet["R"].ankle[:, 1]) / 2
    start = np.zeros(posture.frames) if over == "place" else middle
    y = start - HIPS_FORWARD_M + posture["hips_back_legs"] * skeleton.leg_m
    hips = _hips(skeleton, posture, pelvis, feet, y)
    knees = _knees(skeleton, posture, pelvis, feet, hips)
    if over == "balance":
        for _ in range(_STEPS):
            ahead = middle - _mass_y(hips, trunk, knees, feet)
            y = y + 0.9 * (ahead - STANDING_BALANCE_M - posture["lean_m"])
            hips = _hips(skeleton, posture, pelvis, feet, y)
            knees = _knees(skeleton, posture, pelvis, feet, hips)
    return Legs(hips, _turns(skeleton, posture, pelvis, feet, hips, knees))


def _foot(skeleton: Skeleton, posture: Posture, s: Side) -> _Foot:
    rest = skeleton.foot_yaw_deg[s]
    out = OUTWARD[s]
    flat = about(Z, out * posture["toes_out_deg"] + posture["feet_yaw_deg"] - rest)
    lift_deg = np.maximum(out * posture["knee_lift_deg"], 0)
    heel_up = posture.of(s, "heel_up_left_deg", "heel_up_right_deg") + _TOES_HANG * lift_deg
    turn = flat @ about(Z, rest) @ about(X, heel_up) @ about(Z, -rest)
    ball = skeleton.legs[s].tip - skeleton.legs[s].third
    back_m = posture.of(s, "foot_back_left_legs", "foot_back_right_legs") * skeleton.leg_m
    up_m = posture.of(s, "foot_up_left_m", "foot_up_right_m")
    lift, thigh_m = np.radians(lift_deg), skeleton.legs[s].upper_m
    standing = np.stack([out * posture["feet_apart_m"] / 2, back_m, skeleton.ankle_height_m + up_m], -1)
    lifted = thigh_m * np.stack([np.zeros_like(lift), -_AHEAD * np.sin(lift) ** 2, 1 - np.cos(lift)], -1)
    return _Foot(standing + lifted + turned(flat, ball) - turned(turn, ball), turn, turn if lift.any() else flat)


def _hip(skeleton: Skeleton, pelvis: Array, hips: Array, s: Side) -> Array:
    return np.asarray(hips + turned(pelvis, skeleton.legs[s].first - skeleton.hips))


def _hips(skeleton: Skeleton, posture: Posture, pelvis: Array, feet: Mapping[Side, _Foot], y: Array) -> Array:
    """Return the middle of the hips (T, 3), as high as the straighter leg allows when its knee is bent as asked."""
    level = np.stack([posture["hips_aside_m"], y, np.zeros_like(y)], -1)
    heights = []
    for s in SIDES:
        leg = skeleton.legs[s]
        hip, ankle = _hip(skeleton, pelvis, level, s), feet[s].ankle
        away = ((hip - ankle)[:, :2] ** 2).sum(-1)
        long = _reach_m(leg, posture["knee_flexion_deg"]) ** 2
        heights.append(ankle[:, 2] - hip[:, 2] + np.sqrt(np.maximum(long - away, _SMALLEST_REACH_M**2)))
    return np.asarray(level + np.minimum(*heights)[:, None] * Z)


def _reach_m(limb: Limb, bend_deg: Array) -> Array:
    """Return the distance from the limb's first joint to its third when the second is bent (law of cosines)."""
    a, b = limb.upper_m, limb.lower_m
    return np.sqrt(a**2 + b**2 + 2 * a * b * np.cos(np.radians(bend_deg)))


def second_joint(first: Array, third: Array, out: Array, upper_m: float, lower_m: float) -> Array:
    """Return the knee or elbow (T, 3) between hip and ankle, or shoulder and wrist, on the side that ``out`` (T, 3) points to.

    Where the third joint is out of reach the limb is straight towards it.
    """
    reach = np.linalg.norm(third - first, axis=-1)
    reach = np.clip(reach, _SMALLEST_REACH_M, (upper_m + lower_m) * _LARGEST_STRAIGHT)
    along = unit(third - first)
    out = unit(out - (out * along).sum(-1, keepdims=True) * along)
    cosine = np.clip((upper_m**2 + reach**2 - lower_m**2) / (2 * upper_m * reach), -1, 1)[:, None]
    return np.asarray(first + upper_m * (cosine * along + np.sqrt(1 - cosine**2) * out))


def _across(posture: Posture, s: Side) -> Array:
    """Return the axis (T, 3) of the knee: half turned with the pelvis, a quarter with the foot, as hips share it out."""
    foot = OUTWARD[s] * posture["toes_out_deg"] + posture["feet_yaw_deg"]
    return turned(about(Z, foot / 4 + posture["pelvis_yaw_deg"] / 2), X)


def _knees(
    skeleton: Skeleton, posture: Posture, pelvis: Array, feet: Mapping[Side, _Foot], hips: Array
) -> Mapping[Side, Array]:
    knees = {}
    for s in SIDES:
        leg, hip, ankle = skeleton.legs[s], _hip(skeleton, pelvis, hips, s), feet[s].ankle
        forwards = np.cross(unit(ankle - hip), _across(posture, s))
        knees[s] = second_joint(hip, ankle, forwards, leg.upper_m, leg.lower_m)
    return knees


def _turns(
    skeleton: Skeleton,
    posture: Posture,
    pelvis: Array,
    feet: Mapping[Side, _Foot],
    hips: Array,
    knees: Mapping[Side, Array],
) -> Mapping[int, Array]:
    turns: dict[str, Array] = {}
    for s in SIDES:
        leg, across = skeleton.legs[s], _across(posture, s)
        thigh = carry(leg.second - leg.first, X, knees[s] - _hip(skeleton, pelvis, hips, s), across)
        shank = carry(leg.third - leg.second, X, feet[s].ankle - knees[s], across)
        turns |= {f"upperleg01.{s}": thigh, f"upperleg02.{s}": thigh}
        turns |= {f"lowerleg01.{s}": shank, f"lowerleg02.{s}": shank, f"foot.{s}": feet[s].turn}
        turns |= {f"toe{toe}-1.{s}": feet[s].flat for toe in TOES}
    return {skeleton.number[bone]: turn for bone, turn in turns.items()}


def _mass_y(hips: Array, trunk: Mapping[str, Array], knees: Mapping[Side, Array], feet: Mapping[Side, _Foot]) -> Array:
    """Return y of the centre of mass (T,). Masses of the segments after Dempster; the arms count at the neck."""
    hip = hips[:, 1]
    neck, head = hip + trunk["neck01"][:, 1], hip + trunk["head"][:, 1]
    knee = (knees["L"][:, 1] + knees["R"][:, 1]) / 2
    ankle = (feet["L"].ankle[:, 1] + feet["R"].ankle[:, 1]) / 2
    return np.asarray(
        0.497 * (0.45 * hip + 0.55 * neck)
        + 0.081 * head
        + 0.10 * neck
        + 0.20 * (0.57 * hip + 0.43 * knee)
        + 0.093 * (0.57 * knee + 0.43 * ankle)
        + 0.029 * (ankle - 0.06)
    )
