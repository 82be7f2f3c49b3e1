"""The table of measures: what an exercise file may refer to.

A row says its unit, the view it is valid in, and how it is made: from the posture of one frame against the person's own
standing (``value``), from another measure's history (``of`` and ``stream``), or by the coach while it counts (neither).
Zero and sign of every angle: 0 is the person's own standing; flexion forward is positive; rotation is positive towards the
person's own left. What is not seen gives None: "cannot judge", never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import copysign, sqrt
from typing import Protocol

from ownway.body import calibration as standing
from ownway.body.calibration import Calibration
from ownway.body.geometry import Point, arccos_deg, atan_deg, distance, tilt_deg, wrap_deg
from ownway.body.landmarks import LEFT_SHOULDER, NOSE, RIGHT_SHOULDER, Joint
from ownway.body.posture import Posture, Side
from ownway.body.rotation import RotationReader
from ownway.body.smoothing import Bounce, Kalman, Range, Slope, Smooth, Window
from ownway.body.view import View, view_sure

# Wrist to fingertips over wrist to knuckles, of a hand that hangs: 1.9 for a flat hand (0.108 and 0.056 of the stature,
# Drillis and Contini), but relaxed fingers curl. Taken from the hand as it is seen: where it meets the shoe, the model lets
# the wrist slide down and the hand shrink, and a length of its own would reach below the floor.
HAND_OVER_PALM = 1.75

# Towards level and past it the line from hip to shoulder turns on faster than the trunk: the model sees the shoulder where the
# hanging arm begins, and the hip no longer before the joint but at it. Over 21 clips of 8 bodies (``make bench ARGS=accuracy``) the line
# reads 2 deg too deep at 80, 3 at 90, 5 at 100 and 8 at 110; below 70 it is within 1.
FOLDED_FROM_DEG, FOLDED_EXCESS = 73.0, 0.18

# A bent knee is seen straighter than it is: 25 deg as 20 and 34 as 26 to 28, in ten clips of five bodies. Soft knees, below the
# first number, are seen as they are. Beyond the second what is missing fades again, to 2 deg at the third: 50 to 90 deg of eight squats
# and seats are seen as 49 to 88.
BENT_FROM_DEG, BENT_UNTIL_DEG, BENT_AGAIN_DEG = 8.0, 34.0, 50.0
BENT_MISSING, BENT_FADING = 0.2, 0.22

# A knee that rises by less than this share of the thigh may merely bob: shifting the weight lifts one by 0.07. Chosen by us.
RISES_FROM = 0.1

# A coarse length, for which nobody's height is needed: cm of a person so tall.
COARSE_STATURE_CM = 170.0

Values = dict[str, float | None]


class Stream(Protocol):
    """A filter over uneven times, as in ``smoothing``."""

    def step(self, t_s: float, value: float | None) -> float | None:
        """Take the next value and return the filtered one."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """One row; see the module's text."""

    unit: str
    view: View | None
    about: str
    value: Callable[[Posture, Calibration], float | None] | None = None
    of: str | None = None
    stream: Callable[[], Stream] | None = None
    map: Callable[[float], float] | None = None
    against: Callable[[float, Calibration], float] | None = None  # the same, where it needs the person's standing
    reads: str | None = None  # what else the stream of the measure ``of`` knows: the name of its attribute


def _trunk_flexion(p: Posture, c: Calibration) -> float | None:
    if not p.sees_side(c.near, "SHOULDER", "HIP"):
        return None
    flexion = c.facing * wrap_deg(standing.trunk_tilt_deg(p, c.near) - c.trunk_tilt_deg)
    if flexion < -90.0:
        flexion += 360.0  # past 180 deg of a very supple fold, not backwards
    return flexion - FOLDED_EXCESS * max(0.0, flexion - FOLDED_FROM_DEG)


def _knee_flexion(p: Posture, c: Calibration) -> float | None:
    if not p.sees_side(c.near, "HIP", "KNEE", "ANKLE"):
        return None
    flexion = standing.knee_flexion_deg(p, c.near) - c.knee_flexion_deg
    missing = BENT_MISSING * max(0.0, min(flexion, BENT_UNTIL_DEG) - BENT_FROM_DEG)
    return flexion + missing - BENT_FADING * max(0.0, min(flexion, BENT_AGAIN_DEG) - BENT_UNTIL_DEG)


def _fingertip(p: Posture, c: Calibration) -> Point | None:
    """Return the near hand's fingertips: from the wrist past the knuckles, as far as fingers hang."""
    if not p.sees_side(c.near, "WRIST"):
        return None
    wrist, knuckle = p.at("WRIST", c.near), p.at("INDEX", c.near)
    return (
        wrist[0] + (knuckle[0] - wrist[0]) * HAND_OVER_PALM,
        wrist[1] + (knuckle[1] - wrist[1]) * HAND_OVER_PALM,
    )


def _reach_height(p: Posture, c: Calibration) -> float | None:
    tip = _fingertip(p, c)
    return None if tip is None else (c.floor_y - tip[1]) / max(c.knee_height_px, 1.0)


def _hand_behind_leg(p: Posture, c: Calibration) -> float | None:
    """Near wrist behind the line from knee to ankle, in cm of a person 170 cm tall (a coarse length, height not needed)."""
    if not p.sees_side(c.near, "WRIST", "KNEE", "ANKLE"):
        return None
    wrist, knee, ankle = p.at("WRIST", c.near), p.at("KNEE", c.near), p.at("ANKLE", c.near)
    share = (wrist[1] - knee[1]) / max(ankle[1] - knee[1], 1.0)
    leg_x = knee[0] + min(1.0, max(0.0, share)) * (ankle[0] - knee[0])
    return c.facing * (leg_x - wrist[0]) / max(c.stature_px, 1.0) * COARSE_STATURE_CM


def _leg_tilt(p: Posture, c: Calibration) -> float | None:
    if not p.sees_side(c.near, "HIP", "ANKLE"):
        return None
    return abs(tilt_deg(p.at("ANKLE", c.near), p.at("HIP", c.near)))


def _neck_flexion(p: Posture, c: Calibration) -> float | None:
    if not (p.sees_side(c.near, "SHOULDER", "HIP", "EAR") and p.sees(NOSE)):
        return None
    return c.facing * wrap_deg(standing.neck_tilt_deg(p, c.near) - c.neck_tilt_deg)


def _heel_lift(p: Posture, c: Calibration) -> float | None:
    """Return how far the ankle rose, as it does with the heel: of a foot that stands the model moves heel and toes, not the ankle."""
    if not p.sees_side(c.near, "ANKLE"):
        return None
    return (c.ankle_y - p.at("ANKLE", c.near)[1]) / max(c.stature_px, 1.0) * COARSE_STATURE_CM


def _hip_drop(p: Posture, c: Calibration) -> float | None:
    if not p.sees_side(c.near, "HIP"):
        return None
    return (p.at("HIP", c.near)[1] - c.hip_y) / max(c.stature_px, 1.0) * COARSE_STATURE_CM


def _side_bend(p: Posture, c: Calibration) -> float:
    return tilt_deg(p.hips, p.shoulders) - c.lean_deg  # facing the camera, the own left is on the picture's right


def _shoulder_turn(p: Posture, c: Calibration) -> float:
    """Return how far the shoulders turned, whichever way: a side bend leaves their width as it is, a turn narrows it."""
    width = distance(p.xy[LEFT_SHOULDER], p.xy[RIGHT_SHOULDER])
    return arccos_deg(width / c.square.shoulder_width_px)


def _knee_rise(p: Posture, c: Calibration) -> float | None:
    if not (p.sees_side("left", "KNEE") and p.sees_side("right", "KNEE")):
        return None
    return (standing.knees_apart_px(p) - c.knees_apart_px) / c.thigh_px


def _thigh(rise: float, c: Calibration) -> float:
    """Return by what angle a thigh is lifted whose knee is seen to rise by so many thigh lengths.

    The knee comes towards the camera, which shows it lower the more the camera looks down. With the slope e of that look and a thigh of
    a distances, a lift of t is seen to rise by u, where cos(t) + (e - a u) sin(t) = 1 - u. Small rises of a knee from which the camera
    looks down are a bob or a lift of twice that look: they fade in.
    """
    seen = abs(rise)
    slope = c.knees_from_above - c.thigh_over_away * seen
    angle = atan_deg(slope) + arccos_deg((1.0 - seen) / sqrt(1.0 + slope * slope))
    return copysign(angle * min(1.0, seen / RISES_FROM), rise)


def _back(angle: float) -> float:
    return -angle


def _lean(p: Posture, c: Calibration) -> float:
    return abs(tilt_deg(p.hips, p.shoulders) - c.lean_deg)


def _feet_turn(p: Posture, c: Calibration) -> float | None:
    """Return the smaller turn of the two feet where both turn one way: a single foot may be a bad landmark."""
    if not (p.sees_side("left", "HEEL", "FOOT_INDEX") and p.sees_side("right", "HEEL", "FOOT_INDEX")):
        return None
    left = standing.foot_turn_deg(p, "left", c.stature_px) - c.foot_turn_deg[0]
    right = standing.foot_turn_deg(p, "right", c.stature_px) - c.foot_turn_deg[1]
    return min(abs(left), abs(right)) if left * right > 0 else 0.0


def _angle() -> Stream:
    """Follows a limb within a frame or two: a swing of 40 deg in 0.8 s is read within 1 deg (``make bench ARGS=filters``)."""
    return Kalman(1e4)


def _rise(speed: float) -> float:
    return max(0.0, -speed)


def _descent(speed: float) -> float:
    return max(0.0, speed)


MEASURES: dict[str, Measure] = {
    "trunk_flexion_raw_deg": Measure("deg", "side", "near shoulder-hip line against its standing", _trunk_flexion),
    "trunk_flexion_deg": Measure(
        "deg", "side", "the same, smoothed", of="trunk_flexion_raw_deg", stream=_angle
    ),
    "trunk_speed_deg_s": Measure(
        "deg/s", "side", "speed of the trunk, positive down", of="trunk_flexion_raw_deg", stream=lambda: Slope(0.3)
    ),
    "trunk_drift_deg_s": Measure(
        "deg/s", "side", "the same over a longer time, steadier", of="trunk_flexion_raw_deg", stream=lambda: Slope(0.6)
    ),
    "trunk_range_deg": Measure(
        "deg", "side", "how far the trunk wandered in 1.5 s", of="trunk_flexion_deg", stream=lambda: Range(1.5)
    ),
    "descent_speed_deg_s": Measure("deg/s", "side", "speed downwards, 0 on the way up", of="trunk_speed_deg_s", map=_descent),
    "rise_speed_deg_s": Measure("deg/s", "side", "speed upwards, 0 on the way down", of="trunk_speed_deg_s", map=_rise),
    "bounce_amplitude_deg": Measure(
        "deg", "side", "repeated movement of the trunk between 0.5 and 3 Hz", of="trunk_flexion_raw_deg", stream=Bounce
    ),
    "bounce_since_s": Measure(
        "s", "side", "when the bouncing seen now began", of="bounce_amplitude_deg", reads="since_s"
    ),
    "knee_flexion_raw_deg": Measure("deg", "side", "near hip-knee-ankle against its standing", _knee_flexion),
    "knee_flexion_deg": Measure(
        "deg", "side", "the same, smoothed", of="knee_flexion_raw_deg", stream=_angle
    ),
    "leg_tilt_deg": Measure(
        "deg", "side", "near ankle to hip against the vertical: 10 in a stretch, 40 in a downward dog", _leg_tilt
    ),
    "knee_over_trunk": Measure("1", "side", "knee flexion as a share of trunk flexion; a squat is near 1"),
    "reach_height": Measure(
        "knee heights", "side", "fingertips above the floor, 1 at the own knee",
        of="reach_height_raw", stream=lambda: Window(0.2),
    ),
    "reach_height_raw": Measure("knee heights", "side", "the same, frame by frame", _reach_height),
    "reach_held": Measure(
        "knee heights", "side", "the same over half a second: what was reached, and not where the wrist jumped to",
        of="reach_height_raw", stream=lambda: Window(0.5),
    ),
    "reach_held_cm": Measure("cm", "side", "the same in cm; None without the person's height"),
    "fingertip_to_floor_cm": Measure("cm", "side", "the same in cm; None without the person's height"),
    "hand_behind_leg_cm": Measure(
        "cm", "side", "near wrist behind the shin", of="hand_behind_leg_raw_cm", stream=lambda: Window(0.5)
    ),
    "hand_behind_leg_raw_cm": Measure("cm", "side", "the same, frame by frame", _hand_behind_leg),
    "trunk_extension_deg": Measure("deg", "side", "the trunk backwards, positive; forwards it is negative", of="trunk_flexion_deg", map=_back),
    "trunk_speed_size_deg_s": Measure("deg/s", "side", "speed of the trunk, whichever way", of="trunk_speed_deg_s", map=abs),
    "neck_flexion_raw_deg": Measure("deg", "side", "line from ear to nose against the trunk's, positive: chin to chest", _neck_flexion),
    "neck_flexion_deg": Measure("deg", "side", "the same, smoothed", of="neck_flexion_raw_deg", stream=lambda: Smooth(0.3)),
    "knee_bend_speed_deg_s": Measure(
        "deg/s", "side", "speed of the knee, positive while it bends", of="knee_flexion_raw_deg", stream=lambda: Slope(0.3)
    ),
    "heel_lift_raw_cm": Measure("cm", "side", "near ankle above its standing, where the heel lifts it, as of somebody 170 cm tall", _heel_lift),
    "heel_lift_cm": Measure("cm", "side", "the same, the median of 0.3 s", of="heel_lift_raw_cm", stream=lambda: Window(0.3)),
    "hip_drop_cm": Measure("cm", "side", "near hip below its standing, as of somebody 170 cm tall", _hip_drop),
    "hip_drop_speed_cm_s": Measure(
        "cm/s", "side", "speed of the hip downwards; short, because a fall onto a chair is", of="hip_drop_cm", stream=lambda: Slope(0.2)
    ),
    "side_bend_raw_deg": Measure("deg", "front", "hips to shoulders against their standing, positive to the own left", _side_bend),
    "side_bend_deg": Measure("deg", "front", "the same, smoothed", of="side_bend_raw_deg", stream=_angle),
    "side_bend_size_deg": Measure("deg", "front", "its size", of="side_bend_deg", map=abs),
    "side_bend_velocity_deg_s": Measure("deg/s", "front", "speed of bending to the own left", of="side_bend_raw_deg", stream=lambda: Slope(0.3)),
    "side_bend_speed_deg_s": Measure("deg/s", "front", "its size", of="side_bend_velocity_deg_s", map=abs),
    "shoulder_turn_raw_deg": Measure("deg", "front", "turn of the shoulders, by how narrow they look", _shoulder_turn),
    "shoulder_turn_deg": Measure("deg", "front", "the same, smoothed", of="shoulder_turn_raw_deg", stream=lambda: Smooth(0.3)),
    "knee_rise_raw": Measure("thigh lengths", "front", "left knee above the right one against their standing", _knee_rise),
    "knee_rise": Measure("thigh lengths", "front", "the same, smoothed", of="knee_rise_raw", stream=_angle),
    "knee_lift_deg": Measure("deg", "front", "the thigh lifted, positive on the own left; made from the rise of the knee and from how high the camera stands", of="knee_rise", against=_thigh),
    "rotation_raw_deg": Measure("deg", "front", "shoulders against the square stance, from the wrists on the pole"),
    "rotation_deg": Measure("deg", "front", "the same, smoothed", of="rotation_raw_deg", stream=_angle),
    "rotation_size_deg": Measure("deg", "front", "its size", of="rotation_deg", map=abs),
    "rotation_speed_deg_s": Measure(
        "deg/s", "front", "speed of turning", of="rotation_raw_deg", stream=lambda: Slope(0.3)
    ),
    "rotation_range_deg": Measure(
        "deg", "front", "how far it went within 2.5 s", of="rotation_deg", stream=lambda: Range(2.5)
    ),
    "lean_deg": Measure("deg", "front", "sideways lean of the trunk", of="lean_raw_deg", stream=lambda: Smooth(0.2)),
    "lean_raw_deg": Measure("deg", "front", "the same, frame by frame", _lean),
    "feet_turn_deg": Measure("deg", "front", "both feet turned", of="feet_turn_raw_deg", stream=lambda: Smooth(0.2)),
    "feet_turn_raw_deg": Measure("deg", "front", "the same, frame by frame", _feet_turn),
    "rotation_left_deg": Measure("deg", "front", "range to the person's own left, from the swings counted"),
    "rotation_right_deg": Measure("deg", "front", "range to the person's own right, from the swings counted"),
    "rotation_over_range_deg": Measure("deg", "front", "rotation beyond what is comfortable, negative within it"),
    "repetition_period_s": Measure("s", None, "time from one repetition's farthest point to the next, or to the other side; None at rest"),
    "repetition_range_deg": Measure("deg", None, "how far the counted measure went within one and a half times the tempo"),
    "repetition_since_s": Measure("s", None, "when the counted measure left standing for the side it is on"),
    "repetition_pair_since_s": Measure("s", None, "when the two repetitions began between which the period was taken"),
}  # fmt: skip


_MUST_SEE: dict[View, Callable[[Side], tuple[Joint, ...]]] = {
    "side": lambda near: tuple(Joint[f"{near.upper()}_{name}"] for name in ("SHOULDER", "HIP", "KNEE", "ANKLE")),
    "front": lambda _near: (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP),
}


# What is measured whatever is asked for: it stands in the tables and curves of every film.
_ALWAYS = frozenset({"trunk_flexion_deg", "knee_flexion_deg"})


def _needed(wanted: Iterable[str]) -> set[str]:
    """Return these measures with those that they are made from."""
    needed: set[str] = set()
    for name in wanted:
        of: str | None = name
        while of is not None and of not in needed:
            needed.add(of)
            of = MEASURES[of].of
    return needed


def _change(row: Measure, calibration: Calibration) -> Callable[[float], float] | None:
    """Return what makes this row of another one's value, for this person; None where nothing does."""
    against = row.against
    return row.map if against is None else lambda value: against(value, calibration)


class Gauges:
    """Makes the measures of one view, frame by frame, for one calibrated person.

    Parameters
    ----------
    wanted : the measures that are asked for; None for all of the view.
    """

    def __init__(self, calibration: Calibration, view: View, wanted: frozenset[str] | None = None) -> None:
        self._calibration = calibration
        needed = MEASURES.keys() if wanted is None else _needed(wanted | _ALWAYS)
        rows = [(name, row) for name, row in MEASURES.items() if row.view == view and name in needed]
        self._direct = [(name, row.value) for name, row in rows if row.value is not None]
        self._streams = [(name, row.of, row.stream()) for name, row in rows if row.of and row.stream]
        made_by = {name: stream for name, _, stream in self._streams}
        self._reads = [(name, made_by[row.of], row.reads) for name, row in rows if row.of and row.reads]
        self._view_sure = view_sure(view, calibration.breadth)
        self._must_see = _MUST_SEE[view](calibration.near)
        self.sure = 1.0  # how sure the measures of the last frame are: 0..1
        self._mapped = [
            (name, row.of, change) for name, row in rows if row.of and (change := _change(row, calibration))
        ]
        self._rotation = (
            RotationReader(calibration.square) if view == "front" and "rotation_raw_deg" in needed else None
        )

    def step(self, t_s: float, posture: Posture) -> Values:
        """Return every measure that is asked for and that this frame gives; what is missing is None."""
        c = self._calibration
        values: Values = {name: value(posture, c) for name, value in self._direct}
        self.sure = self._view_sure * min([posture.visibility[joint] for joint in self._must_see])
        if self._rotation is not None:
            values["rotation_raw_deg"] = self._rotation.step(t_s, posture)
            self.sure *= self._rotation.sure
        for name, source, stream in self._streams:
            values[name] = stream.step(t_s, values[source])
        for name, source, change in self._mapped:
            value = values[source]
            values[name] = None if value is None else change(value)
        for name, stream, attribute in self._reads:
            values[name] = getattr(stream, attribute)
        knee, trunk = values.get("knee_flexion_deg"), values.get("trunk_flexion_deg")
        if knee is not None and trunk is not None:
            values["knee_over_trunk"] = knee / max(trunk, 1.0)
        height, held = values.get("reach_height"), values.get("reach_held")
        if height is not None:
            values["fingertip_to_floor_cm"] = c.height_cm(height * c.knee_height_px)
        if held is not None:
            values["reach_held_cm"] = c.height_cm(held * c.knee_height_px)
        return values
