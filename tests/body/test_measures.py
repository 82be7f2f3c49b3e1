"""Measures against a figure whose angles are given, and what must not change them."""

from __future__ import annotations

import random
from dataclasses import replace
from math import atan2, cos, radians, sin, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.body.calibration import Calibration, Calibrator
from ownway.body.landmarks import Joint
from ownway.body.measures import (
    BENT_AGAIN_DEG,
    BENT_FADING,
    BENT_FROM_DEG,
    BENT_MISSING,
    BENT_UNTIL_DEG,
    FOLDED_EXCESS,
    FOLDED_FROM_DEG,
    MEASURES,
    RISES_FROM,
    Gauges,
    Values,
)
from ownway.body.posture import Posture
from ownway.body.view import View, hand_above_head, missing_part, pole_up, wrong_stance
from tests.figure import HEIGHT_CM, HEIGHT_PX, WIDTH_PX, Points, front, mirrored, side

angles = st.floats(0, 120)
turns = st.floats(-60, 60)


def posture(points: Points, *, flipped: bool = False) -> Posture:
    return Posture(points, WIDTH_PX, HEIGHT_PX, mirrored=flipped, sure_from=0.5)


def calibrate(stance: Points, view: View, *, flipped: bool = False) -> Calibration:
    calibrator = Calibrator(1.5, HEIGHT_CM, pole=view == "front")
    for i in range(40):
        p = posture(stance, flipped=flipped)
        found = calibrator.step(i / 20, p, p.near_side())
        if found is not None:
            return found
    raise AssertionError("a figure that stands still is calibrated")


def measure(stance: Points, moved: Points, view: View, *, flipped: bool = False, seconds: float = 3.0) -> Values:
    """Return the measures once the filters have settled on ``moved``."""
    gauges = Gauges(calibrate(stance, view, flipped=flipped), view)
    values: Values = {}
    for i in range(round(seconds * 20)):
        values = gauges.step(i / 20, posture(moved, flipped=flipped))
    return values


def unfolded(line: float) -> float:
    """Return the bend that is told for a line from hip to shoulder: past 73 deg the model's excess is taken off."""
    return line - FOLDED_EXCESS * max(0.0, line - FOLDED_FROM_DEG)


def bent(seen: float) -> float:
    """Return the flexion that is told for a knee: beyond soft knees, what the model misses is added."""
    added = BENT_MISSING * max(0.0, min(seen, BENT_UNTIL_DEG) - BENT_FROM_DEG)
    return seen + added - BENT_FADING * max(0.0, min(seen, BENT_AGAIN_DEG) - BENT_UNTIL_DEG)


@given(angles, st.floats(0, 60))
def test_bend_and_knee_are_those_of_the_figure(trunk: float, knee: float) -> None:
    """Seen exactly from the side, trunk and knee flexion are exact, but for what the model is known to err by."""
    values = measure(side(), side(trunk, knee), "side")
    assert values["trunk_flexion_deg"] == pytest.approx(unfolded(trunk), abs=0.1)
    assert values["knee_flexion_deg"] == pytest.approx(bent(knee), abs=0.1)


def test_what_is_taken_off_changes_no_order() -> None:
    """Deeper is read as deeper, and more bent as more bent; shallow bends and soft knees are read as they are seen."""
    for told in (unfolded, bent):
        read = [told(i / 2) for i in range(360)]
        assert read == sorted(read)
    assert [unfolded(70.0), bent(8.0)] == [70.0, 8.0]
    assert unfolded(110.0) == pytest.approx(103.3, abs=0.1)
    assert bent(28.0) == pytest.approx(32.0)


@given(st.floats(-40, 40))
def test_a_side_bend_is_signed(lean: float) -> None:
    """Positive to the own left, whichever way the picture is flipped; the shoulders do not seem to turn by it."""
    values = measure(front(pole=False), front(lean_deg=lean, pole=False), "front")
    assert values["side_bend_deg"] == pytest.approx(lean, abs=1.5)
    assert values["side_bend_size_deg"] == pytest.approx(abs(lean), abs=1.5)
    assert (values["shoulder_turn_deg"] or 0.0) < 12


def test_leaning_back_is_extension() -> None:
    """And forward it is negative."""
    assert measure(side(), side(-20), "side")["trunk_extension_deg"] == pytest.approx(20, abs=0.5)
    assert measure(side(), side(20), "side")["trunk_extension_deg"] == pytest.approx(-20, abs=0.5)


@pytest.mark.parametrize(("joint", "sign"), [(Joint.LEFT_KNEE, 1), (Joint.RIGHT_KNEE, -1)])
def test_a_lifted_knee_tells_its_side(joint: Joint, sign: int) -> None:
    """Left is positive. 0.15 m of a thigh of 0.45 m is a lift of 48 deg seen level, and of 53 from as high as the feet show."""
    points = list(front(pole=False))
    x, y, z, seen = points[joint]
    points[joint] = (x, y - 0.15 / 2.4, z, seen)
    values = measure(front(pole=False), tuple(points), "front")
    assert values["knee_lift_deg"] == pytest.approx(sign * 53, abs=4)


@given(st.floats(45, 95), st.floats(0.5, 1.4), st.floats(2.2, 3.5))
def test_a_lifted_knee_is_read_alike_from_any_height(lift: float, camera_m: float, away_m: float) -> None:
    """A knee comes towards the camera, which shows it lower the higher it stands: that is undone, where the knee is seen to rise at all."""
    thigh_m, knee_m = 0.42, 0.48
    above, nearer = camera_m - knee_m - thigh_m * (1 - cos(radians(lift))), away_m - thigh_m * sin(radians(lift))
    rise = ((camera_m - knee_m) / away_m - above / nearer) * away_m / thigh_m
    seen = replace(
        calibrate(front(pole=False), "front"),
        knees_from_above=(camera_m - knee_m) / away_m,
        thigh_over_away=thigh_m / away_m,
    )
    read = MEASURES["knee_lift_deg"].against
    assert read is not None
    if rise > RISES_FROM:
        assert read(rise, seen) == pytest.approx(lift, abs=0.1)
        assert read(-rise, seen) == pytest.approx(-lift, abs=0.1)
    else:
        assert abs(read(rise, seen)) <= lift


def test_heels_and_hips_are_told_by_how_far_they_move() -> None:
    """In cm of somebody 170 cm tall, which the figure is."""
    points = list(side())
    for joint in (Joint.RIGHT_ANKLE, Joint.LEFT_ANKLE):
        x, y, z, seen = points[joint]
        points[joint] = (x, y - 0.06 / 2.0, z, seen)
    assert measure(side(), tuple(points), "side")["heel_lift_cm"] == pytest.approx(6, abs=0.6)
    assert measure(side(), side(0, 90), "side")["hip_drop_cm"] == pytest.approx(26, abs=3)  # (0.45 + 0.45)(1 - cos 45)


def test_only_what_is_asked_for_is_measured() -> None:
    """With what it is made from; trunk and knee always."""
    gauges = Gauges(calibrate(side(), "side"), "side", frozenset({"heel_lift_cm"}))
    values = gauges.step(0.0, posture(side()))
    assert {"heel_lift_cm", "heel_lift_raw_cm", "trunk_flexion_deg", "knee_flexion_deg"} <= values.keys()
    assert not {"reach_held", "bounce_amplitude_deg", "hip_drop_cm"} & values.keys()


@given(angles, st.floats(1.7, 4.0), st.floats(-0.4, 0.4))
def test_distance_and_place_change_no_angle(trunk: float, span_m: float, shift_m: float) -> None:
    """Further away or to the side in the picture, the bend is the same."""
    values = measure(
        side(span_m=span_m, shift_m=shift_m), side(trunk, span_m=span_m, shift_m=shift_m), "side", seconds=1.0
    )
    assert values["trunk_flexion_deg"] == pytest.approx(unfolded(trunk), abs=0.1)


def looked_at(points: Points, height_m: float, span_m: float = 2.0) -> Points:
    """Return what a camera sees that stands so high, 2.4 m away, and is tilted towards the middle of the person."""
    away_m, tilt = 2.4, atan2(0.86 - height_m, 2.4)
    seen = []
    for x, y, z, v in points:
        up_m = (0.95 - y) * span_m
        seen.append((x, 0.5 - 0.9 * tan(atan2(up_m - height_m, away_m) - tilt), z, v))
    return tuple(seen)


@pytest.mark.parametrize("hand_m", [0.2, 0.35, 0.5])
def test_a_camera_that_looks_down_or_up_changes_no_reach(hand_m: float) -> None:
    """From 0.6 to 1.4 m high, the fingertips are told within 1 cm of each other; by pixels alone they differ by up to 5."""
    bent_over = side(90, hands=(0.1, hand_m))
    told = []
    for height_m in (0.6, 1.0, 1.4):
        values = measure(looked_at(side(), height_m), looked_at(bent_over, height_m), "side")
        told.append(values["fingertip_to_floor_cm"])
    assert told == pytest.approx([told[1]] * 3, abs=1.0)


def rolled(points: Points, roll_deg: float) -> Points:
    """Return what a camera tilted about its axis sees: the picture turned about its middle."""
    c, s = cos(radians(roll_deg)), sin(radians(roll_deg))
    turned = []
    for x, y, z, v in points:
        px, py = (x - 0.5) * WIDTH_PX, (y - 0.5) * HEIGHT_PX
        turned.append((0.5 + (px * c - py * s) / WIDTH_PX, 0.5 + (px * s + py * c) / HEIGHT_PX, z, v))
    return tuple(turned)


@given(angles, st.floats(0, 50), st.floats(-8, 8))
def test_a_crooked_camera_changes_no_angle(trunk: float, knee: float, roll: float) -> None:
    """A laptop that stands crooked sees the same bend, since it counts from the person's own standing."""
    values = measure(rolled(side(span_m=2.3), roll), rolled(side(trunk, knee, span_m=2.3), roll), "side", seconds=1.0)
    assert values["trunk_flexion_deg"] == pytest.approx(unfolded(trunk), abs=0.1)
    assert values["knee_flexion_deg"] == pytest.approx(bent(knee), abs=0.6)


@given(angles)
def test_both_sides_and_the_mirror_read_the_same(trunk: float) -> None:
    """Facing left or right, near side left or right, plain or flipped picture: the same bend."""
    for facing in (1, -1):
        for near in ("left", "right"):
            stance, bent = side(facing=facing, near=near), side(trunk, facing=facing, near=near)
            for flipped in (False, True):
                if flipped:
                    stance, bent = mirrored(stance), mirrored(bent)
                values = measure(stance, bent, "side", flipped=flipped, seconds=0.5)
                assert values["trunk_flexion_deg"] == pytest.approx(unfolded(trunk), abs=0.1)


@given(turns)
def test_rotation_is_that_of_the_figure(turn: float) -> None:
    """Within 60 deg, and once the distance of the camera has been learnt, rotation is read within 4 deg, sign included."""
    gauges = Gauges(calibrate(front(), "front"), "front")
    for i in range(120):
        gauges.step(i / 20, posture(front(40.0 if i % 2 else -40.0)))
    values: Values = {}
    for i in range(120, 160):
        values = gauges.step(i / 20, posture(front(turn)))
    assert values["rotation_deg"] == pytest.approx(turn, abs=4.0)


@given(turns, st.floats(-10, 10))
def test_a_camera_off_the_axis_is_corrected_for(turn: float, off: float) -> None:
    """The square stance seen from up to 10 deg off the axis is zero again."""
    values = measure(front(off), front(turn + off), "front")
    assert values["rotation_deg"] == pytest.approx(turn, abs=6.0)


@given(st.floats(-30, 30))
def test_feet_are_read_cleanly(turn: float) -> None:
    """Both feet turned the same way are read within 2 deg."""
    values = measure(front(), front(feet_deg=turn), "front")
    assert values["feet_turn_deg"] == pytest.approx(abs(turn), abs=2.5)


def test_what_is_not_seen_is_missing() -> None:
    """A hidden knee gives no knee angle, and the trunk is still measured; never a zero."""
    hidden = tuple((x, y, z, 0.1 if i == Joint.RIGHT_KNEE else v) for i, (x, y, z, v) in enumerate(side(60)))
    values = measure(side(), hidden, "side")
    assert values["knee_flexion_deg"] is None
    assert values["trunk_flexion_deg"] == pytest.approx(60, abs=0.1)


def test_without_depth_and_wrists_rotation_cannot_be_judged() -> None:
    """Where neither wrists nor depth are there, there is no rotation."""
    hidden = tuple((x, y, None, v) for x, y, _, v in front(30, hidden=(Joint.LEFT_WRIST,)))
    assert measure(front(), hidden, "front")["rotation_deg"] is None


def test_a_hidden_hand_leaves_the_shoulders() -> None:
    """One wrist out of sight: the side is still right, from the shoulders."""
    values = measure(front(), front(40, hidden=(Joint.LEFT_WRIST,)), "front")
    assert values["rotation_deg"] == pytest.approx(40, abs=8)


def test_every_stream_has_a_source() -> None:
    """A row made from another row names one that exists in the same view."""
    for name, row in MEASURES.items():
        if row.of is not None:
            assert MEASURES[row.of].view == row.view, name
            assert sum(way is not None for way in (row.stream, row.map, row.against, row.reads)) == 1, name


@pytest.mark.parametrize(
    ("points", "view", "reason"),
    [
        (side(), "side", None),
        (side(), "front", "not_facing"),
        (front(), "side", "not_side_on"),
        (front(), "front", None),
        (front(pole=False), "front", "pole_down"),
        (front(180), "front", "not_facing"),
    ],
)
def test_the_view_is_checked(points: Points, view: View, reason: str | None) -> None:
    """Each exercise is refused from where it cannot be judged, with the reason."""
    assert wrong_stance(posture(points), view, pole=True) == reason


def test_parts_that_are_cut_off_are_named() -> None:
    """Feet below the picture's edge are missing, whatever the model guesses."""
    low = tuple((x, y + 0.1, z, v) for x, y, z, v in side())
    assert missing_part(posture(low), ("head", "trunk", "legs", "feet"), "right", "side") == "feet_missing"
    assert missing_part(posture(side()), ("head", "trunk", "legs", "feet"), "right", "side") is None


def test_a_raised_hand_is_one_hand() -> None:
    """One hand up and the other down is a wish; standing, folding and a pole are none."""
    assert hand_above_head(posture(side(hand_up=True)))
    for other in (side(), side(90), side(120, hands=(-0.1, 0.4)), front(), front(40)):
        assert not hand_above_head(posture(other))


def test_the_pole_is_up_with_the_arms_along_it() -> None:
    """Arms along the pole, also a little turned."""
    assert pole_up(posture(front()))
    assert pole_up(posture(front(20)))
    assert not pole_up(posture(front(pole=False)))


def test_somebody_who_moves_is_not_calibrated() -> None:
    """Walking through the picture is no standing."""
    calibrator = Calibrator(1.5, None)
    for i in range(60):
        assert calibrator.step(i / 20, posture(side(shift_m=i / 40)), "right") is None


@pytest.mark.parametrize("noise", [0.0, 0.003])
def test_standing_is_told_from_swinging_in_a_noisy_picture(noise: float) -> None:
    """Noise of 0.003 of the picture hides nobody who stands still, and makes nobody stand who swings."""
    for moves in (False, True):
        chance, calibrator, found = random.Random(4), Calibrator(1.5, None, pole=True), False
        for i in range(75):
            turn = 40 * sin(i / 30 * 0.9) if moves else 0.0
            points = front(turn)
            shaken = tuple((x + chance.gauss(0, noise), y + chance.gauss(0, noise), z, v) for x, y, z, v in points)
            found = calibrator.step(i / 30, posture(shaken), "left") is not None or found
        assert found is not moves
