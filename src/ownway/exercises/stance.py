"""A key posture as a body in a picture: where its joints are, seen from the side or from the front.

A unit is the person's stature, y goes up from the floor. From the side the person looks to the right; from the front left and
right are as in a mirror, so that whoever copies it finds their own left on the left. Lengths of the limbs are those of Drillis
and Contini (1966), as shares of the stature. A measure says what an angle is; how a body keeps its balance meanwhile is chosen
by us, so that it looks like one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from math import acos, atan2, cos, hypot, radians, sin

from ownway.exercises.schema import Demonstration, KeyPosture, View

Point = tuple[float, float]
Body = Mapping[str, tuple[Point, ...]]  # the joints of each limb, from the trunk outwards; of the head its middle

ANKLE, SHANK, THIGH, TRUNK, NECK, HEAD = 0.039, 0.246, 0.245, 0.288, 0.052, 0.130
UPPER_ARM, FOREARM, FOOT = 0.186, 0.200, 0.152  # the forearm with half of the hand
_SHOULDER, _HIP = 0.1, 0.052  # from the middle to a joint
_HEEL = 0.04  # behind the ankle
_STATURE_CM = 170.0
_SEAT_BACK = 0.06  # how far the shins of somebody who sits down come forward, as a share of the bend

STEPS_A_SECOND = 12
_RESTS_S = 0.7  # at each key posture


def body(of: KeyPosture, view: View) -> Body:
    """Return where the joints of somebody in this posture are."""
    return _aside(of) if view == "side" else _ahead(of)


def course(shown: Demonstration) -> tuple[tuple[float, KeyPosture], ...]:
    """Return the movement from each key posture to the next and back to the first: moments in s, the last one the length."""
    keys = [picture.posture for picture in shown.pictures if picture.posture is not None]
    found, at_s = [(0.0, keys[0])], 0.0
    for before, after in pairwise([*keys, keys[0]]):
        at_s += _RESTS_S
        found.append((at_s, before))
        steps = max(2, round(after.takes_s * STEPS_A_SECOND))
        for step in range(1, steps + 1):
            share = step / steps
            found.append((at_s + share * after.takes_s, between(before, after, share * share * (3 - 2 * share))))
        at_s += after.takes_s
    return tuple(found)


def between(before: KeyPosture, after: KeyPosture, share: float) -> KeyPosture:
    """Return the posture on the way from one to another; what is no number is that of the nearer one."""
    mixed = {
        one.name: (1 - share) * getattr(before, one.name) + share * getattr(after, one.name)
        for one in fields(KeyPosture)
        if one.name.endswith(("_deg", "_cm"))
    }
    return replace(before if share < 0.5 else after, **mixed)


# ---- from the side ------------------------------------------------------------------------------------------------------------


def _aside(of: KeyPosture) -> Body:
    bent, knee = of.trunk_flexion_deg - of.trunk_extension_deg, of.knee_flexion_deg
    up = of.heel_lift_cm / _STATURE_CM
    # The shins come forward with the knees, less on a seat; the legs go back as the trunk goes forward, and the other way.
    shin = (_SEAT_BACK if of.seat else 0.36) * knee - 0.1 * bent
    ankle = (0.0, ANKLE + up)
    at_knee = _step(ankle, SHANK, shin)
    hip = _step(at_knee, THIGH, shin - knee)
    shoulder = _step(hip, TRUNK, bent)
    back = _step(_step(hip, 0.5 * TRUNK, bent), 0.06 * TRUNK * sin(radians(min(90.0, abs(bent)))), bent - 90)
    toes = (ankle[0] + FOOT - _HEEL, 0.012)
    head = _step(shoulder, NECK + 0.42 * HEAD, bent + of.neck_flexion_deg)
    hand, elbow_back = _hand_aside(of, hip, shoulder, toes, bent)
    return {
        "leg": (hip, at_knee, ankle),
        "foot": ((ankle[0] - _HEEL, 0.012 + up), toes),
        "trunk": (hip, back, shoulder),
        "arm": _bent(shoulder, hand, UPPER_ARM, FOREARM, 1 if elbow_back else -1),
        "head": (head,),
    }


def _hand_aside(of: KeyPosture, hip: Point, shoulder: Point, toes: Point, bent: float) -> tuple[Point, bool]:
    """Return where the hand is, and whether the elbow points backwards."""
    reach = UPPER_ARM + FOREARM
    match of.arms:
        case "forward":
            return (shoulder[0] + 0.98 * reach, shoulder[1]), True
        case "hips":
            return (hip[0] - 0.02, hip[1] + 0.05), True
        case "crossed":
            return _step(_step(shoulder, -0.05, bent), 0.07, bent + 90), False
        case "overhead":
            return _step(shoulder, 0.98 * reach, bent + 8), True
        case "reaching":
            far = hypot(toes[0] - shoulder[0], toes[1] - shoulder[1])
            share = min(1.0, 0.98 * reach / far)
            return (shoulder[0] + share * (toes[0] - shoulder[0]), shoulder[1] + share * (toes[1] - shoulder[1])), True
        case "pole":
            return _step(shoulder, 0.06, bent + 60), True
        case "pole_along":
            return (hip[0] - 0.05, hip[1] + 0.06), True
    return (shoulder[0] + 0.03, shoulder[1] - 0.97 * reach), True


# ---- from the front -------------------------------------------------------------------------------------------------------------


def _ahead(of: KeyPosture) -> Body:
    tilt = -of.side_bend_deg  # to the own left is to the left of a mirror
    knee = of.knee_flexion_deg
    low = SHANK * (1 - cos(radians(0.36 * knee))) + THIGH * (1 - cos(radians(0.64 * knee)))
    hips = (-0.1 * sin(radians(tilt)), ANKLE + SHANK + THIGH - low)
    chest = _step(hips, TRUNK, tilt)
    wide = _SHOULDER * cos(radians(of.rotation_deg))
    found: dict[str, tuple[Point, ...]] = {}
    for side, sign, lifted in (("left", -1, max(0.0, of.knee_lift_deg)), ("right", 1, max(0.0, -of.knee_lift_deg))):
        hip = (hips[0] + sign * _HIP, hips[1])
        foot = (sign * (_HIP + 0.02), ANKLE)
        found[f"{side}_leg"], found[f"{side}_foot"] = _leg_ahead(hip, foot, sign, lifted)
        across = _step(chest, wide, tilt + 90 * sign)
        found[f"{side}_arm"] = _arm_ahead(of, across, hips, chest, sign, tilt)
    outline = (found["left_arm"][0], found["right_arm"][0], found["right_leg"][0], found["left_leg"][0])
    return {**found, "torso": outline, "head": (_step(chest, NECK + 0.42 * HEAD, tilt),)}


def _leg_ahead(hip: Point, foot: Point, sign: int, lifted_deg: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    leg = _bent(hip, foot, THIGH, SHANK, -sign)
    if lifted_deg > 1.0:
        knee = (hip[0] + sign * 0.01, hip[1] - THIGH * cos(radians(lifted_deg)))
        foot = (knee[0], knee[1] - SHANK)
        leg = (hip, knee, foot)
    return leg, (foot, (foot[0] + sign * 0.025, foot[1] - 0.027))


def _arm_ahead(of: KeyPosture, shoulder: Point, hips: Point, chest: Point, sign: int, tilt: float) -> tuple[Point, ...]:
    reach = UPPER_ARM + FOREARM
    out = 1 if sign < 0 else -1
    match of.arms:
        case "hips":
            return _bent(shoulder, (hips[0] + sign * 0.085, hips[1] + 0.05), UPPER_ARM, FOREARM, out)
        case "crossed":
            return _bent(shoulder, (chest[0] - sign * 0.08, chest[1] - 0.07), UPPER_ARM, FOREARM, -out)
        case "overhead":
            return _bent(shoulder, _step(shoulder, 0.97 * reach, tilt + 6 * sign), UPPER_ARM, FOREARM, out)
        case "pole" | "pole_along":
            level = _step(shoulder, 0.97 * reach * cos(radians(of.rotation_deg)), tilt + 90 * sign)
            return _bent(shoulder, level, UPPER_ARM, FOREARM, out)
        case "forward":
            return (shoulder, (shoulder[0], shoulder[1] - 0.03), (shoulder[0] - sign * 0.01, shoulder[1] - 0.06))
    down = (shoulder[0] + sign * 0.03, shoulder[1] - 0.97 * reach)
    return _bent(shoulder, down, UPPER_ARM, FOREARM, out)


# ---- geometry -------------------------------------------------------------------------------------------------------------------


def _step(start: Point, length: float, tilt_deg: float) -> Point:
    """Return the point so far from ``start``; 0 is up, 90 to the right."""
    return start[0] + length * sin(radians(tilt_deg)), start[1] + length * cos(radians(tilt_deg))


def _bent(start: Point, end: Point, first: float, second: float, bend: int) -> tuple[Point, ...]:
    """Return a limb of two parts from ``start`` towards ``end``, its joint to the left (1) or right (-1) of the way down."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = min(max(hypot(dx, dy), abs(first - second) + 1e-6), first + second - 1e-6)
    way = atan2(dy, dx)
    off = acos(min(1.0, max(-1.0, (first * first + far * far - second * second) / (2 * first * far))))
    joint_at = way - bend * off
    joint = (start[0] + first * cos(joint_at), start[1] + first * sin(joint_at))
    return start, joint, (start[0] + far * cos(way), start[1] + far * sin(way))


def limits(bodies: Sequence[Body]) -> tuple[float, float, float]:
    """Return the leftmost, rightmost and highest joint of all of these."""
    every = [point for one in bodies for limb in one.values() for point in limb]
    return min(x for x, _ in every), max(x for x, _ in every), max(y for _, y in every)


def each(bodies: Sequence[Body]) -> Iterator[tuple[str, list[tuple[Point, ...]]]]:
    """Give the limbs, each with where it is in all of these."""
    for name in bodies[0]:
        yield name, [one[name] for one in bodies]
