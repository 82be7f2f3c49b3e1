"""Where arms and hands go: how they are held at rest, and what they reach for, by the names that movements use.

All offsets were chosen by eye on the bodies that we have: hands are placed, not pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tools.actor.arms import Arm
from tools.actor.pace import gently
from tools.actor.pole import at_rest, pole
from tools.actor.posed import Posed
from tools.actor.posing import Arms
from tools.actor.posture import OUTWARD, SIDES, Side
from tools.actor.rotation import Array, X, Y, Z, about, turned, unit

Hold = Literal[
    "plumb", "hanging", "pole", "pole_gripped", "pole_along", "crossed", "hips", "small_of_back", "down_the_legs", "circling"
]  # fmt: skip
Goal = Literal["nothing", "knees", "shins", "toes", "embrace", "forward", "pick_up", "floor"]

_REACH = 0.985  # of the arm's length: an arm that hangs is not quite straight
_STARTS = 0.35  # of the way down: before this, hands simply hang
_CLEAR_M = 0.02


@dataclass(frozen=True, slots=True)
class Way:
    """What the hands reach for, and how far on their way to it they are."""

    goal: Goal
    share: Array  # (T,) 0 at rest .. 1 there


def arms(hold: Hold, way: Way) -> Arms:
    """Return where the arms go: held so, and from there on the way to the goal."""

    def placed(half: Posed) -> Mapping[Side, Arm]:
        return {s: _towards(_HOLDS[hold](half, s), half, s, way) for s in SIDES}

    return placed


def _towards(held: Arm, half: Posed, s: Side, way: Way) -> Arm:
    if way.goal == "nothing":
        return held
    there = _GOALS[way.goal](half, s)
    share = gently((way.share - _STARTS) / (1 - _STARTS))[:, None]

    def mixed(a: Array, b: Array) -> Array:
        return np.asarray((1 - share) * a + share * b)

    wrist = mixed(held.wrist, there.wrist)
    wrist[:, 2] = np.maximum(wrist[:, 2], there.lowest_m)
    return replace(
        held,
        wrist=wrist,
        elbow=mixed(held.elbow, _all(half, there.elbow)),
        hand=mixed(_all(half, -Z), unit(_all(half, there.hand))),
        thumb=mixed(held.thumb, unit(_all(half, there.thumb))),
    )


def _all(half: Posed, direction: ArrayLike) -> Array:
    """Return one direction for every frame, or every frame's own (T, 3)."""
    return np.broadcast_to(np.asarray(direction, float), (half.posture.frames, 3))


def _mirrored(s: Side, x: float, y: float, z: float) -> Array:
    """Return a vector whose x points outward on that side."""
    return np.array([OUTWARD[s] * x, y, z])


# ---- held ------------------------------------------------------------------------------------------------------------


def _plumb(half: Posed, s: Side) -> Arm:
    """Hang from the shoulder wherever it is, never into the floor: arms in a forward bend."""
    skeleton = half.skeleton
    shoulder = half.joint(f"upperarm01.{s}") + turned(half.turn("spine01"), [0.0, -0.015, -0.01])
    wrist = shoulder + skeleton.arm_m * _REACH * unit(_mirrored(s, 0.05, -0.03, -1))
    wrist[:, 2] = np.maximum(wrist[:, 2], skeleton.hand_m + _CLEAR_M)
    return Arm(
        wrist=wrist,
        elbow=_all(half, _mirrored(s, 0.75, 0.5, 0)),
        hand=_all(half, [0, -0.10, -1]),
        thumb=_all(half, _mirrored(s, -0.25, -1, 0)),
        collar=0.5,  # blades that slid all the way forward would shorten the trunk as the truth sees it
    )


def _hanging(half: Posed, s: Side) -> Arm:
    """Hang beside the body, swinging as the posture says, palms to the thighs."""
    skeleton = half.skeleton
    forward_deg = half.posture.of(s, "arm_forward_left_deg", "arm_forward_right_deg")
    upper = turned(about(X, -forward_deg), unit(_mirrored(s, 0.10, 0, -1)))
    bent_deg = 3.5 + 0.8 * np.abs(forward_deg)  # a walking arm is bent
    fore = turned(about(X, -forward_deg - bent_deg), -Z)
    limb = skeleton.arms[s]
    return Arm(
        wrist=half.joint(f"upperarm01.{s}") + limb.upper_m * upper + limb.lower_m * fore,
        elbow=_all(half, _mirrored(s, 0.6, 0.8, 0)),
        thumb=turned(about(X, -forward_deg), _mirrored(s, -0.25, -1, 0)),
    )


def _pole(half: Posed, s: Side) -> Arm:
    """Arms draped along the pole, wrists over it."""
    skeleton = half.skeleton
    along_m = abs(skeleton.arms[s].first[0]) + skeleton.arm_m * 0.93
    return _on_the_pole(half, s, along_m, over=(0, 0.005, 0.035), curl_deg=22, elbow=(0, 0.3, -1), hand=(0.55, -0.75, -0.35), thumb=(-0.8, -0.55, 0))  # fmt: skip


def _pole_gripped(half: Posed, s: Side) -> Arm:
    """Gripped near the shoulders, elbows bent."""
    along_m = abs(half.skeleton.arms[s].first[0]) + 0.28
    return _on_the_pole(half, s, along_m, over=(0, -0.035, -0.055), curl_deg=48, elbow=(0.35, -0.1, -1), hand=(0.05, 0.25, 1), thumb=(-1, 0, 0.1))  # fmt: skip


_Vector = tuple[float, float, float]


def _on_the_pole(
    half: Posed, s: Side, along_m: float, over: _Vector, curl_deg: float, elbow: _Vector, hand: _Vector, thumb: _Vector
) -> Arm:
    """Return an arm on the pole; directions turn with the chest, x outward."""
    chest, on = half.turn("spine01"), pole(half, "across", 0.0)
    return Arm(
        wrist=on.middle + OUTWARD[s] * along_m * on.along + turned(chest, over),
        elbow=turned(chest, _mirrored(s, *elbow)),
        hand=turned(chest, _mirrored(s, *hand)),
        thumb=turned(chest, _mirrored(s, *thumb)),
        curl_deg=curl_deg,
    )


def _crossed(half: Posed, s: Side) -> Arm:
    """Hands on the opposite shoulders, the right arm over the left."""
    skeleton, chest = half.skeleton, half.turn("spine01")
    other: Side = "R" if s == "L" else "L"
    rest = skeleton.arms[other].first + _mirrored(s, 0.035, 0, -0.10)
    vertices = skeleton.body.vertices
    near = vertices[(np.abs(vertices[:, 0] - rest[0]) < 0.05) & (np.abs(vertices[:, 2] - rest[2]) < 0.03)]
    rest[1] = near[:, 1].min() - (0.030 if s == "L" else 0.060)
    return Arm(
        wrist=half.on("spine01", rest),
        elbow=turned(chest, _mirrored(s, 0.55, -0.55, -1)),
        hand=turned(chest, _mirrored(s, -0.7, 0.4, 0.75)),
        thumb=turned(chest, _mirrored(s, 0.6, 0, 0.8)),
        curl_deg=6,
    )


def _hips(half: Posed, s: Side) -> Arm:
    """Hands on the hips, thumbs back."""
    skeleton, chest, pelvis = half.skeleton, half.turn("spine01"), half.turn("root")
    hip = skeleton.legs[s].first
    x, y, z = (skeleton.body.vertices * [OUTWARD[s], 1, 1]).T
    band = (np.abs(z - hip[2] - 0.10) < 0.02) & (x > 0) & (x < 0.30) & (y > -0.15)
    rest = np.array([OUTWARD[s] * (x[band].max() + 0.03), hip[1] + 0.02, hip[2] + 0.13])
    return Arm(
        wrist=half.on("root", rest),
        elbow=turned(chest, _mirrored(s, 1, 0.45, 0)),
        hand=turned(pelvis, _mirrored(s, -0.25, -0.75, -0.6)),
        thumb=turned(pelvis, _mirrored(s, 0.1, 0.8, -0.6)),
        curl_deg=14,
    )


def _pole_along(half: Posed, s: Side) -> Arm:
    """On a pole along the spine: the right hand behind the neck, its palm to it, the left behind the small of the back."""
    skeleton, chest = half.skeleton, half.turn("spine01")
    body, low = skeleton.body, s == "L"
    height = body.heads[body.bone("spine04"), 2] + 0.01 if low else body.heads[body.bone("neck02"), 2] + 0.01
    middle, along = at_rest(body, "along", 0.0)
    rest = middle + along * (height - middle[2]) / along[2]
    rest += _mirrored(s, 0.075, -0.005 if low else 0.025, 0)
    return Arm(
        wrist=half.on("spine01", rest),
        elbow=turned(chest, _mirrored(s, 0.9, 0.7, -0.35) if low else _mirrored(s, 1, -0.25, 0.75)),
        hand=turned(chest, _mirrored(s, -1, 0.1, 0.05) if low else _mirrored(s, -1, 0.05, -0.1)),
        thumb=turned(chest, Z if low else -Z),
        curl_deg=42,
    )


def _small_of_back(half: Posed, s: Side) -> Arm:
    """Palms on the small of the back, fingers down and in, elbows back."""
    body, chest, pelvis = half.skeleton.body, half.turn("spine01"), half.turn("root")
    height = body.heads[body.bone("spine05"), 2] + 0.13
    rest = _mirrored(s, 0.105, 0, height)
    x, _, z = np.abs(body.vertices - rest).T
    rest[1] = body.vertices[(x < 0.03) & (z < 0.03), 1].max() + 0.035
    return Arm(
        wrist=half.on("root", rest),
        elbow=turned(chest, _mirrored(s, 0.75, 1, 0)),
        hand=turned(pelvis, _mirrored(s, -0.7, 0.05, -1)),
        thumb=turned(pelvis, _mirrored(s, 1, 0.1, -0.3)),
        curl_deg=8,
    )


def _down_the_legs(half: Posed, s: Side) -> Arm:
    """Straight arms, the hands on the outer sides of the legs, where they slide down on one side and up on the other."""
    skeleton, hip = half.skeleton, half.joint(f"upperleg01.{s}")
    x, _, z = (skeleton.body.vertices * [OUTWARD[s], 1, 1]).T
    thigh = np.abs(z - (skeleton.legs[s].first[2] - 0.06)) < 0.02
    out_m = x[thigh & (x < 0.30)].max() - OUTWARD[s] * skeleton.legs[s].first[0] + 0.045
    shoulder = half.joint(f"upperarm01.{s}")
    aside = hip + _mirrored(s, out_m, -0.02, 0) - shoulder
    long = skeleton.arm_m * _REACH
    aside[:, 2] = -np.sqrt(np.maximum(long**2 - (aside[:, :2] ** 2).sum(-1), 0.01))
    return Arm(
        wrist=shoulder + aside,
        elbow=_all(half, _mirrored(s, 0.6, 0.8, 0)),
        hand=_all(half, _mirrored(s, -0.06, -0.06, -1)),
        thumb=_all(half, _mirrored(s, -0.25, -1, 0)),
        collar=0.6,
    )


def _circling(half: Posed, s: Side) -> Arm:
    """Straight arms that circle up in front and down behind, wide at the sides."""
    round_deg = np.radians(half.posture["arms_round_deg"])
    wide = 0.12 + 0.175 * (1 - np.cos(round_deg)) + 0.45 * np.abs(np.sin(round_deg))
    way = np.stack([OUTWARD[s] * wide, -0.05 - 0.45 * np.sin(round_deg), -np.cos(round_deg)], -1)
    return Arm(
        wrist=half.joint(f"upperarm01.{s}") + half.skeleton.arm_m * 0.999 * unit(way),
        elbow=_all(half, _mirrored(s, 0.7, 0.7, 0)),
        thumb=_all(half, _mirrored(s, -0.2, -1, 0.2)),
    )


_HOLDS: Mapping[Hold, Callable[[Posed, Side], Arm]] = {
    "plumb": _plumb,
    "hanging": _hanging,
    "pole": _pole,
    "pole_gripped": _pole_gripped,
    "pole_along": _pole_along,
    "crossed": _crossed,
    "hips": _hips,
    "small_of_back": _small_of_back,
    "down_the_legs": _down_the_legs,
    "circling": _circling,
}


# ---- reached ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _There:
    """Where a hand goes: wrist (T, 3); elbow, hand and thumb's directions; how low the wrist may come on its way."""

    wrist: Array
    hand: Array
    thumb: Array
    lowest_m: float
    elbow: Array


def _leg(half: Posed, s: Side, ankle_share: float, offset: _Vector, hand: _Vector, thumb: _Vector) -> _There:
    """Return a place on the leg, the given share of the way down from the knee to the ankle."""
    knee, ankle = half.joint(f"lowerleg01.{s}"), half.joint(f"foot.{s}")
    wrist = (1 - ankle_share) * knee + ankle_share * ankle + _mirrored(s, *offset)
    return _There(wrist, _mirrored(s, *hand), _mirrored(s, *thumb), 0.10, _mirrored(s, 0.75, 0.5, 0))


def _toes(half: Posed, s: Side) -> _There:
    ball = half.on(f"foot.{s}", half.skeleton.legs[s].tip)
    return _There(
        wrist=ball * [1, 1, 0] + _mirrored(s, -0.01, -0.05, 0.15),
        hand=np.array([0, -0.25, -1]),
        thumb=_mirrored(s, -1, -0.6, 0),
        lowest_m=half.skeleton.hand_m + _CLEAR_M,
        elbow=_mirrored(s, 0.75, 0.5, 0),
    )


def _forward(half: Posed, s: Side) -> _There:
    reach = half.skeleton.arm_m * 0.97 * unit(_mirrored(s, 0.05, -1, -0.08))
    return _There(
        half.joint(f"upperarm01.{s}") + reach, -Y, _mirrored(s, -0.7, 0, 0.7), 0.0, _mirrored(s, 0.5, 0.2, -0.6)
    )


def _pick_up(half: Posed, s: Side) -> _There:
    ankle = half.joint(f"foot.{s}")
    wrist = np.stack([ankle[:, 0] * 0.8, ankle[:, 1] - 0.26, np.full(len(ankle), 0.17)], -1)
    return _There(wrist, _mirrored(s, -0.2, -0.3, -1), _mirrored(s, -0.3, -1, 0.2), 0.10, _mirrored(s, 0.6, 0.6, 0))


def _floor(half: Posed, s: Side) -> _There:
    wrist = _all(half, _mirrored(s, 0.20, -0.36, 0.07))
    return _There(wrist, np.array([0, -1, -0.12]), _mirrored(s, -1, 0, 0), 0.0, _mirrored(s, 0.8, 0.6, 0.2))


_GOALS: Mapping[Goal, Callable[[Posed, Side], _There]] = {
    "knees": lambda half, s: _leg(half, s, 0.0, (0.02, -0.085, 0.10), (0, 0.15, -1), (-1, -0.1, 0)),
    "shins": lambda half, s: _leg(half, s, 0.5, (0.0, -0.085, 0.10), (0, 0.12, -1), (-1, -0.1, 0)),
    "embrace": lambda half, s: _leg(half, s, 0.55, (0.03, 0.11, 0.03), (-1, 0, -0.3), (0, 0, 1)),
    "toes": _toes,
    "forward": _forward,
    "pick_up": _pick_up,
    "floor": _floor,
}
