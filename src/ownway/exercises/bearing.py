"""From a key posture to points on a sheet: where every joint is, seen from the exercise's camera. Pure geometry.

Lengths are shares of the stature. ``x`` goes to where the person looks (seen from the side) or to their own left (from the
front), ``y`` up from the floor. Feet stay where they are; the body keeps its balance over them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Literal

from ownway.body.geometry import Point
from ownway.body.view import View
from ownway.exercises.postures import ANGLES, Arms
from ownway.exercises.schema import KeyPosture

# Segments as shares of the stature: Drillis and Contini 1966, in Winter, Biomechanics and Motor Control of Human Movement.
ANKLE, SHANK, THIGH, TRUNK = 0.039, 0.246, 0.245, 0.288
UPPER_ARM, FOREARM, HAND, HEAD_UP = 0.186, 0.146, 0.108, 0.117
SHOULDER_OUT = 0.115  # half of 0.259 between the outsides, less the joint's own depth
HIP_OUT = 0.052  # ... of 0.191
# Shares of the body's mass (the same table), and where along a segment from its upper end they are.
_MASSES = {"head": 0.081, "trunk": 0.497, "arms": 0.1, "thighs": 0.2, "shanks": 0.093}
_THIGH_AT, _SHANK_AT = 0.433, 0.433

# Chosen by us, for the look of it: the ball of the foot before the ankle, feet hip-wide, and how round the back gets.
BALL = 0.078
FEET_OUT = 0.075
_ROUND, _ARCHED, _ASIDE = 0.036, 0.03, 0.03
_SHIN_LEAST_DEG, _SHIN_MOST_DEG, _SHIN_SEATED_DEG = -16.0, 42.0, 4.0
_HALVINGS = 24
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
OUTWARD = {"left": 1.0, "right": -1.0}


@dataclass(frozen=True, slots=True)
class Bearing:
    """How somebody stands, perhaps on the way from one key posture to the next.

    Attributes
    ----------
    angles : of ``postures``, by name. seat : how much of it a chair carries, 0..1.
    arms : what they do; before and after, and the share of the second.
    """

    angles: Mapping[str, float]
    arms: tuple[Arms, Arms, float]
    seat: float = 0.0


def between(before: KeyPosture, after: KeyPosture, share: float) -> Bearing:
    """Return how somebody stands after a ``share`` of the way from one posture to another."""
    one, two = _angles(before), _angles(after)
    angles = {name: one[name] + (two[name] - one[name]) * share for name in one}
    seat = before.seat + (after.seat - before.seat) * share
    return Bearing(angles, (before.arms, after.arms, share), seat)


def _angles(posture: KeyPosture) -> dict[str, float]:
    return {one.name: float(getattr(posture, one.name)) for one in fields(posture) if one.name in ANGLES}


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: directions from hanging, forwards or outwards, and how much of each length is seen."""

    upper_deg: float
    lower_deg: float
    upper: float = 1.0
    lower: float = 1.0

    def towards(self, other: Arm, share: float) -> Arm:
        """Return the arm after a share of the way to another."""
        return Arm(*(a + (b - a) * share for a, b in zip(_parts(self), _parts(other), strict=True)))


def _parts(arm: Arm) -> tuple[float, ...]:
    return (arm.upper_deg, arm.lower_deg, arm.upper, arm.lower)


@dataclass(frozen=True, slots=True)
class Body:
    """Where the joints are.

    Attributes
    ----------
    hips, shoulders : the ends of the trunk's middle line; ``bulge`` is how far its middle stands off the line between them.
    trunk_deg : of that line, from upright. end_deg : the direction it ends in. head_deg : of the head.
    legs : hip, knee, ankle, and the ball of the foot; arms : shoulder, elbow, wrist and fingertips; of each side.
    turn_deg : of the shoulders to the own left. raised : how level each thigh is, 0..1, seen from the front.
    """

    view: View
    hips: Point
    shoulders: Point
    bulge: float
    trunk_deg: float
    end_deg: float
    head: Point
    head_deg: float
    legs: Mapping[str, tuple[Point, Point, Point, Point]]
    arms: Mapping[str, tuple[Point, Point, Point, Point]]
    turn_deg: float = 0.0
    raised: Mapping[str, float] | None = None


def body(bearing: Bearing, view: View) -> Body:
    """Return where the joints of somebody who stands so are."""
    return _from_the_side(bearing) if view == "side" else _from_the_front(bearing)


def _step(start: Point, length: float, angle_deg: float) -> Point:
    """Return the point so far from ``start``; 0 deg is straight up, and positive leans to positive ``x``."""
    return start[0] + length * sin(radians(angle_deg)), start[1] + length * cos(radians(angle_deg))


def _hang(start: Point, length: float, angle_deg: float) -> Point:
    """Return the same for what hangs: 0 deg is straight down, and positive swings to positive ``x``."""
    return _step(start, length, 180.0 - angle_deg)


def _way(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


# ---- from the side ------------------------------------------------------------------------------------------------------


def _from_the_side(b: Bearing) -> Body:
    angle = b.angles
    trunk_deg = angle["trunk_flexion_deg"] - angle["trunk_extension_deg"]
    bulge = _ROUND * trunk_deg / 90 if trunk_deg > 0 else max(-_ARCHED, _ARCHED * trunk_deg / 40)
    end_deg = trunk_deg + degrees(4 * bulge / TRUNK) * 0.8
    ankle, ball = _foot(angle["heel_lift_cm"] / 170)
    trial = partial(_stacked, ankle, angle["knee_flexion_deg"], trunk_deg)
    shin_deg = _balanced(trial, _target_x(ankle, ball, angle["heel_lift_cm"]))
    knee, hip, shoulder = trial(shin_deg + (_SHIN_SEATED_DEG - shin_deg) * b.seat)
    neck_deg = end_deg + angle["neck_flexion_deg"] * 0.6
    head = _step(_step(shoulder, HEAD_UP, neck_deg), 0.012, neck_deg + 90)
    arm = _arm(b, partial(_side_arm, trunk_deg=trunk_deg, end_deg=end_deg, hip=hip, shoulder=shoulder))
    leg = (hip, knee, ankle, ball)
    hands = _reached(shoulder, arm, 1.0)
    return Body(
        view="side",
        hips=hip,
        shoulders=shoulder,
        bulge=bulge,
        trunk_deg=trunk_deg,
        end_deg=end_deg,
        head=head,
        head_deg=end_deg * 0.9 + angle["neck_flexion_deg"],
        legs=dict.fromkeys(_SIDES, leg),
        arms=dict.fromkeys(_SIDES, hands),
    )


def _foot(lift: float) -> tuple[Point, Point]:
    """Return ankle and ball of a foot that stands, or whose heel is up: it turns about its ball."""
    ball = (BALL, 0.0)
    far, rest = hypot(BALL, ANKLE), atan2(ANKLE, BALL)
    pitch = asin(min(1.0, (ANKLE + lift) / far))
    return (BALL - far * cos(max(rest, pitch)), far * sin(max(rest, pitch))), ball


def _stacked(ankle: Point, knee_deg: float, trunk_deg: float, shin_deg: float) -> tuple[Point, Point, Point]:
    """Return knee, hip and shoulder over an ankle, for a shin that leans so far forwards."""
    knee = _step(ankle, SHANK, shin_deg)
    hip = _step(knee, THIGH, shin_deg - knee_deg)
    return knee, hip, _step(hip, TRUNK, trunk_deg)


def _mass_x(ankle: Point, knee: Point, hip: Point, shoulder: Point) -> float:
    parts = {
        "head": _way(hip, shoulder, 1.0 + HEAD_UP / TRUNK)[0],
        "trunk": _way(hip, shoulder, 0.5)[0],
        "arms": _way(hip, shoulder, 0.7)[0],
        "thighs": _way(hip, knee, _THIGH_AT)[0],
        "shanks": _way(knee, ankle, _SHANK_AT)[0],
    }
    return sum(_MASSES[name] * x for name, x in parts.items()) / sum(_MASSES.values())


def _target_x(ankle: Point, ball: Point, heel_lift_cm: float) -> float:
    """Return over what the body balances: the ankles, as in standing; on tiptoe the balls."""
    return ankle[0] + (ball[0] - ankle[0]) * 0.85 * min(1.0, heel_lift_cm / 2)


def _balanced(trial: Callable[[float], tuple[Point, Point, Point]], target_x: float) -> float:
    """Return how far the shins lean so that the mass is over ``target_x``: more lean brings it forwards."""
    least, most = _SHIN_LEAST_DEG, _SHIN_MOST_DEG
    for _ in range(_HALVINGS):
        shin_deg = (least + most) / 2
        knee, hip, shoulder = trial(shin_deg)
        ankle = _step(knee, -SHANK, shin_deg)
        if _mass_x(ankle, knee, hip, shoulder) < target_x:
            least = shin_deg
        else:
            most = shin_deg
    return (least + most) / 2


def _side_arm(word: Arms, *, trunk_deg: float, end_deg: float, hip: Point, shoulder: Point) -> Arm:
    down_deg = -trunk_deg  # where the trunk points down to
    match word:
        case "forward":
            return Arm(84.0, 92.0)
        case "overhead":
            return Arm(172.0 - end_deg, 180.0 - end_deg)
        case "crossed":
            return Arm(down_deg + 22.0, down_deg + 112.0, 0.95, 0.45)
        case "pole":
            return Arm(down_deg - 50.0, down_deg + 165.0, 0.4, 0.5)
        case "pole_along":
            return Arm(down_deg + 165.0, down_deg - 30.0, 0.75, 0.6)
        case "hips":
            return _bent_to(shoulder, _step(hip, 0.055, trunk_deg - 62.0), -1.0, 0.98)
        case "reaching":
            return _bent_to(shoulder, (BALL + 0.06, 0.1), 1.0, 1.0)
        case _:
            return Arm(-3.0, 9.0)


def _bent_to(shoulder: Point, hand: Point, bends: float, seen: float) -> Arm:
    """Return the arm whose wrist gets to a point, or as near as it can; ``bends``: the elbow goes forwards, or back (-1)."""
    upper, lower = UPPER_ARM * seen, FOREARM * seen
    across, down = hand[0] - shoulder[0], shoulder[1] - hand[1]
    far = min(max(hypot(across, down), abs(upper - lower) + 0.001), upper + lower - 0.001)
    straight_deg = degrees(atan2(across, down))
    inner = degrees(acos((upper**2 + far**2 - lower**2) / (2 * upper * far)))
    outer = degrees(acos((lower**2 + far**2 - upper**2) / (2 * lower * far)))
    return Arm(straight_deg + bends * inner, straight_deg - bends * outer, seen, seen)


def _arm(b: Bearing, held: Callable[[Arms], Arm]) -> Arm:
    before, after, share = b.arms
    return held(before).towards(held(after), share)


def _reached(shoulder: Point, arm: Arm, side: float) -> tuple[Point, Point, Point, Point]:
    elbow = _hang(shoulder, UPPER_ARM * arm.upper, side * arm.upper_deg)
    wrist = _hang(elbow, FOREARM * arm.lower, side * arm.lower_deg)
    return shoulder, elbow, wrist, _hang(wrist, HAND * 0.75 * min(1.0, arm.lower + 0.2), side * arm.lower_deg)


# ---- from the front -----------------------------------------------------------------------------------------------------

_HEAVIER = 0.09  # how far the hips go out of the way of a trunk that bends to 90 deg; whole balance would take 0.15
_STANCE = 0.04  # ... and over the leg that stands, once a foot is lifted


def _from_the_front(b: Bearing) -> Body:
    angle = b.angles
    bend_deg, lift_deg = angle["side_bend_deg"], angle["knee_lift_deg"]
    bulge = _ASIDE * bend_deg / 40
    end_deg = bend_deg + degrees(4 * bulge / TRUNK) * 0.6
    aside = -_HEAVIER * sin(radians(bend_deg)) - _STANCE * max(-1.0, min(1.0, lift_deg / 40))
    lifts = {"left": max(0.0, lift_deg), "right": max(0.0, -lift_deg)}
    hips = (aside, _hips_y(aside, lifts))
    shoulders = _step(hips, TRUNK, bend_deg)
    turn_deg = angle["rotation_deg"]
    arms: dict[str, tuple[Point, Point, Point, Point]] = {}
    for side in _SIDES:
        out = OUTWARD[side]
        shoulder = _step(shoulders, SHOULDER_OUT * cos(radians(turn_deg)) * out, end_deg + 90)
        held = partial(_front_arm, out=out, lean_deg=out * end_deg, turn_deg=turn_deg, shoulder=shoulder, hips=hips)
        arms[side] = _reached(shoulder, _arm(b, held), out)
    return Body(
        view="front",
        hips=hips,
        shoulders=shoulders,
        bulge=bulge,
        trunk_deg=bend_deg,
        end_deg=end_deg,
        head=_step(shoulders, HEAD_UP, end_deg),
        head_deg=end_deg,
        legs={side: _front_leg(hips, OUTWARD[side], lifts[side]) for side in _SIDES},
        arms=arms,
        turn_deg=turn_deg,
        raised={side: sin(radians(min(90.0, lifts[side]))) for side in _SIDES},
    )


def _hips_y(aside: float, lifts: Mapping[str, float]) -> float:
    """Return how high the hips are: as the farther of the legs that stand lets them."""
    standing = [OUTWARD[side] for side in _SIDES if not lifts[side]] or [1.0]
    across = max(abs(FEET_OUT * out - (aside + HIP_OUT * out)) for out in standing)
    return ANKLE + sqrt((SHANK + THIGH) ** 2 - across**2)


def _front_leg(hips: Point, out: float, lift_deg: float) -> tuple[Point, Point, Point, Point]:
    hip = (hips[0] + HIP_OUT * out, hips[1])
    ankle = (FEET_OUT * out, ANKLE)
    knee = _way(hip, ankle, THIGH / (THIGH + SHANK))
    if lift_deg:
        hung = _step(hip, -THIGH * cos(radians(lift_deg)), 0.0)
        knee = (knee[0] + (hung[0] + 0.012 * out - knee[0]) * min(1.0, lift_deg / 30), hung[1])
        below = (knee[0] - 0.006 * out, knee[1] - SHANK)
        ankle = _way(ankle, below, min(1.0, lift_deg / 30)) if lift_deg < 30 else below
    return hip, knee, ankle, (ankle[0] + 0.012 * out, ankle[1] - ANKLE)


def _front_arm(word: Arms, *, out: float, lean_deg: float, turn_deg: float, shoulder: Point, hips: Point) -> Arm:
    """Return an arm seen from the front, its angles outwards; ``lean_deg`` is that of the trunk to this side."""
    narrow = cos(radians(turn_deg))
    match word:
        case "forward":
            return Arm(12.0, -10.0, 0.28, 0.3)
        case "overhead":
            return Arm(170.0 + lean_deg, 178.0 + lean_deg)
        case "crossed":
            return Arm(10.0 + lean_deg, -118.0 + lean_deg, 0.9, 0.95 * narrow + 0.02)
        case "pole" | "pole_along":
            return Arm(84.0 + lean_deg, 92.0 + lean_deg, narrow, narrow)
        case "hips":
            return _mirrored(shoulder, (hips[0] + 0.1 * out, hips[1] + 0.06), out)
        case "reaching":
            return _mirrored(shoulder, (hips[0] + 0.118 * out, hips[1] - 0.16), out)
        case _:
            return Arm(7.0, 3.0)


def _mirrored(shoulder: Point, hand: Point, out: float) -> Arm:
    """Return the arm whose wrist gets to a point, the elbow outwards."""
    return _bent_to((shoulder[0] * out, shoulder[1]), (hand[0] * out, hand[1]), 1.0, 0.98)
