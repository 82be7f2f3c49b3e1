"""The actor's people: their posture is what was asked for, and people can have it. Numbers derived by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from tools.actor import bodies
from tools.actor.camera import parse_camera
from tools.actor.clips import Clip, acted
from tools.actor.hands import Way, arms
from tools.actor.motion import Motion, perform
from tools.actor.movement import Choice, chosen, movements
from tools.actor.pole import RADIUS_M
from tools.actor.posed import (
    Posed,
    bend_deg,
    fingertips_cm,
    flexion_deg,
    knees_deg,
    pelvis_yaw_deg,
    shoulder_yaw_deg,
    side_bend_deg,
    skinned,
    trunk_flexion_deg,
    trunk_side_bend_deg,
    yaw_deg,
)
from tools.actor.posing import on_the_floor, pose
from tools.actor.posture import SIDES, Channel, Side, still
from tools.actor.rotation import Array, Z, about, back, between, carry, part, shortest, turned
from tools.actor.skeleton import SOLE_M, Skeleton, skeleton
from tools.actor.truth import Truth

FPS = 5
STRETCH, ROTATION = "hamstring_stretch", "trunk_rotation"
ALL = [
    Choice(movement=name, level=level, fault=fault)
    for name, movement in movements().items()
    for level, fault in [
        (None, None),
        *((one, None) for one in movement.levels),
        *((None, one) for one in movement.faults),
    ]
]
EVERY = pytest.mark.parametrize("choice", ALL, ids=lambda c: "-".join(n for n in (c.movement, c.level, c.fault) if n))


@cache
def someone(body: str = "m") -> Skeleton:
    return skeleton(bodies.load(body))


@cache
def _done(movement: str, level: str | None, fault: str | None) -> Motion:
    return perform(someone(), chosen(Choice(movement=movement, level=level, fault=fault))[0], FPS, seed=3)


def done(choice: Choice) -> Motion:
    return _done(choice.movement, choice.level, choice.fault)


def standing(body: str = "m", more: Mapping[Channel, float] | None = None) -> Posed:
    posture = still({"feet_apart_m": 0.3, "toes_out_deg": 8.0, "knee_flexion_deg": 4.0, **(more or {})})
    return pose(someone(body), posture, arms("plumb", Way("nothing", np.zeros(1))), "feet")


def told(exercise: str, body: str = "m", fps: int = 30, **choice: object) -> tuple[Motion, Truth]:
    one = Choice(movement=exercise, **choice)  # type: ignore[arg-type]
    return acted(Clip(choice=one, body=body, camera="front,1.0,2.9,0", seed=2, fps=fps))


# ---- angles of points ----------------------------------------------------------------------------------------------------


def point(*xyz: float) -> Array:
    return np.array([xyz], float)


def test_flexion_is_0_upright_and_90_level() -> None:
    """Forwards, to -y, is positive; past level it goes on."""
    for y, z, deg in ((0, 1, 0), (-1, 1, 45), (-1, 0, 90), (-1, -1, 135), (1, 1, -45)):
        assert flexion_deg(point(0, y, z), point(0, 0, 0))[0] == pytest.approx(deg)


def test_side_bend_and_yaw_are_positive_to_the_own_left() -> None:
    """The own left is +x; turning there takes the left shoulder back, to +y."""
    assert side_bend_deg(point(1, 0, 1), point(0, 0, 0))[0] == pytest.approx(45)
    assert yaw_deg(point(1, 0, 0), point(-1, 0, 0))[0] == pytest.approx(0)
    assert yaw_deg(point(1, 1, 0), point(-1, -1, 0))[0] == pytest.approx(45)


def test_a_straight_limb_is_bent_by_0() -> None:
    """Bent squarely it is 90, whichever way."""
    assert bend_deg(point(0, 0, 2), point(0, 0, 1), point(0, 0, 0))[0] == pytest.approx(0)
    assert bend_deg(point(0, 0, 2), point(0, 0, 1), point(0, 1, 1))[0] == pytest.approx(90)


def test_rotations_are_right_handed_and_add_up() -> None:
    """A quarter turn about z takes x to y; a third of it three times is all of it; what carries also brings back."""
    quarter = about(Z, 90.0)
    assert turned(quarter, [1, 0, 0]) == pytest.approx([0, 1, 0])
    third = part(quarter, 1 / 3)
    assert third @ third @ third == pytest.approx(quarter)
    assert between(np.eye(3), quarter, 0.5) == pytest.approx(about(Z, 45.0))
    assert shortest([1, 0, 0], [0, 1, 0]) == pytest.approx(quarter)
    assert carry([1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1]) == pytest.approx(quarter)
    assert back(quarter) @ quarter == pytest.approx(np.eye(3))


# ---- one posture -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", bodies.names())
def test_standing_is_0(body: str) -> None:
    """Every body: no yaw, no side bend, knees as asked; the trunk's line leans by the few degrees of a standing body."""
    posed = standing(body)
    assert shoulder_yaw_deg(posed)[0] == pytest.approx(0, abs=0.1)
    assert pelvis_yaw_deg(posed)[0] == pytest.approx(0, abs=0.1)
    assert trunk_side_bend_deg(posed)[0] == pytest.approx(0, abs=0.1)
    assert [knee[0] for knee in knees_deg(posed).values()] == pytest.approx([4, 4], abs=0.1)
    assert 0 < trunk_flexion_deg(posed)[0] < 6


@pytest.mark.parametrize("body", bodies.names())
def test_a_body_is_as_tall_as_it_says(body: str) -> None:
    """16 bits keep it to a tenth of a millimetre; the soles are on the floor."""
    heights = bodies.load(body).vertices[:, 2]
    assert heights.min() == pytest.approx(0, abs=1e-4)
    assert heights.max() * 100 == pytest.approx(bodies.load(body).stature_cm, abs=0.01)


def test_a_pelvis_turns_as_far_as_it_is_told() -> None:
    """Hip joints and shoulders go with the pelvis, to the own left; a spine's yaw takes the shoulders alone."""
    pelvis, spine = standing(more={"pelvis_yaw_deg": 20}), standing(more={"spine_yaw_deg": 30})
    assert (pelvis_yaw_deg(pelvis)[0], shoulder_yaw_deg(pelvis)[0]) == pytest.approx((20, 20), abs=0.5)
    assert (pelvis_yaw_deg(spine)[0], shoulder_yaw_deg(spine)[0]) == pytest.approx((0, 30), abs=0.5)


def test_knees_bend_as_far_as_they_are_told() -> None:
    """Straight down, both alike; the hips sink as the law of cosines has it."""
    for deg in (0.5, 25, 60, 90):
        posed = standing(more={"knee_flexion_deg": deg, "toes_out_deg": 0.0})
        assert [knee[0] for knee in knees_deg(posed).values()] == pytest.approx([deg, deg], abs=0.2)


def test_left_and_right_mirror_each_other() -> None:
    """Whatever is turned, bent and stepped to the left looks the same to the right in a mirror, within 5 mm."""
    left = standing(
        more={
            "spine_yaw_deg": 30,
            "spine_side_deg": 10,
            "pelvis_yaw_deg": 10,
            "foot_back_left_legs": 0.3,
            "hips_aside_m": 0.03,
        }
    )
    right = standing(
        more={
            "spine_yaw_deg": -30,
            "spine_side_deg": -10,
            "pelvis_yaw_deg": -10,
            "foot_back_right_legs": 0.3,
            "hips_aside_m": -0.03,
        }
    )
    swap: Mapping[Side, Side] = {"L": "R", "R": "L"}
    for bone in ("upperarm01", "lowerarm01", "wrist", "upperleg01", "lowerleg01", "foot"):
        for side in SIDES:
            mirrored = right.joint(f"{bone}.{swap[side]}") * [-1, 1, 1]
            assert left.joint(f"{bone}.{side}") == pytest.approx(mirrored, abs=0.005)


def test_a_walker_goes_where_they_face() -> None:
    """To -y; and turned round, to y."""
    for heading_deg, y in ((0.0, -2.0), (180.0, 2.0)):
        posed = standing(more={"travel_legs": 2.0, "heading_deg": heading_deg})
        turn, shift = on_the_floor(posed)
        assert shift[0] == pytest.approx([0, y * someone().leg_m, 0], abs=1e-9)
        assert turned(turn, [0, -1, 0])[0] == pytest.approx([0, y / 2, 0], abs=1e-9)


def test_a_camera_sees_the_own_left_on_its_right() -> None:
    """From the front; and from the own left, the front on its left. Up is up, and the aimed-at point is in the middle."""
    left, front, aim = np.array([0.5, 0, 0.86]), np.array([0, -0.5, 0.86]), np.array([0, 0, 0.86])
    ahead, beside = parse_camera("front,1.0,2.9,0"), parse_camera("side_left,1.0,2.9,0")
    assert ahead.pixels(aim) == pytest.approx([320, 240])
    assert ahead.pixels(left)[0] > 320
    assert beside.pixels(front)[0] < 320
    assert ahead.pixels(np.array([0, 0, 1.36]))[1] < 240
    assert parse_camera("side_left,1.0,2.9,15").eye[1] < 0 < parse_camera("front,1.0,2.9,15").eye[0]


# ---- whole movements -------------------------------------------------------------------------------------------------------


@EVERY
def test_feet_stay_on_the_floor(choice: Choice) -> None:
    """The lower foot is on the floor within 3 mm in every frame, and no part of either is 3 mm under it."""
    posed = done(choice).posed
    lowest = []
    for side in SIDES:
        foot = someone().body.share(f"foot.{side}", *(f"toe{toe}-1.{side}" for toe in range(1, 6))) > 0.9
        lowest.append(skinned(posed, foot & (someone().body.vertices[:, 2] < 0.01))[..., 2].min(1) - SOLE_M)
    assert np.abs(np.minimum(*lowest)).max() < 0.003


@EVERY
def test_limbs_keep_their_lengths(choice: Choice) -> None:
    """Thigh, shank, upper arm and forearm are as long as at rest, within 0.2 mm, in every frame."""
    posed = done(choice).posed
    for chain in (("upperleg01", "lowerleg01", "foot"), ("upperarm01", "lowerarm01", "wrist")):
        for side in SIDES:
            for a, b in pairwise(chain):
                rest = someone().head(f"{b}.{side}") - someone().head(f"{a}.{side}")
                long = np.linalg.norm(posed.joint(f"{b}.{side}") - posed.joint(f"{a}.{side}"), axis=-1)
                assert long == pytest.approx(np.linalg.norm(rest), abs=2e-4)


@EVERY
def test_nobody_moves_by_leaps(choice: Choice) -> None:
    """No joint goes faster than 6 m/s, but where a walker is turned round out of the picture."""
    posed = done(choice).posed
    for bone in ("head", "upperarm01.L", "wrist.L", "wrist.R", "lowerleg01.L", "foot.R"):
        speed = np.linalg.norm(np.diff(posed.joint(bone), axis=0), axis=-1) * FPS
        assert speed.max() < 6


@pytest.mark.parametrize("body", ["m", "f", "f_old_short"])
@pytest.mark.parametrize("level", [None, "knees", "shins", "toes", "embrace"])
def test_a_bend_of_90_is_90(body: str, level: str | None) -> None:
    """However hips and back share it and wherever the hands go, the trunk is as deep as was asked, give or take a breath."""
    motion, true = told(STRETCH, body, fps=FPS, level=level, numbers={"trunk_deg": 90.0})
    hold = motion.timeline.during(["hold"])
    assert np.median(true.columns["trunk_flexion_deg"][hold]) == pytest.approx(90, abs=0.3)
    assert true.columns["trunk_flexion_deg"].max() < 91


@pytest.mark.parametrize("level", [None, *movements()[ROTATION].levels])
def test_a_turn_of_40_is_40(level: str | None) -> None:
    """To the own left first, where yaw is positive, and from side to side; with sway, within a degree."""
    _, true = told(ROTATION, level=level, numbers={"turn_deg": 40.0, "varies": 0.0})
    assert [swing["side"] for swing in true.swings] == ["left", "right"] * 3
    assert [swing["peak_deg"] for swing in true.swings] == pytest.approx([40] * 6, abs=1)


@pytest.mark.parametrize("level", ["pole", "pole_gripped"])
@pytest.mark.parametrize("body", ["m", "f", "m_heavy"])
def test_wrists_stay_on_the_pole(level: str, body: str) -> None:
    """As far from its middle line as a wrist is thick with the hand on it, always the same, and not beyond its ends."""
    motion, _ = told(ROTATION, body, fps=FPS, level=level)
    assert motion.pole is not None
    for side in SIDES:
        from_middle = motion.posed.joint(f"wrist.{side}") - motion.pole.middle
        along_m = (from_middle * motion.pole.along).sum(-1)
        away_m = np.linalg.norm(from_middle - along_m[:, None] * motion.pole.along, axis=-1)
        assert away_m.min() > RADIUS_M
        assert away_m.max() < 0.07
        assert np.ptp(away_m) < 0.002
        assert np.abs(along_m).max() < motion.pole.length_m / 2 + 0.02


@pytest.mark.parametrize("level", ["knees", "shins", "toes", "embrace"])
def test_hands_go_where_the_level_says(level: str) -> None:
    """In the hold the wrist is as high as a hand on knee, shin or toes has it, and the fingers are not in the floor."""
    motion, true = told(STRETCH, fps=FPS, level=level)
    hold = motion.timeline.during(["hold"])
    wrist = motion.posed.joint("wrist.L")[hold][:, 2]
    knee, ankle = (motion.posed.joint(f"{bone}.L")[hold][:, 2] for bone in ("lowerleg01", "foot"))
    expected = {
        "knees": knee + 0.10,
        "shins": (knee + ankle) / 2 + 0.10,
        "toes": someone().hand_m + 0.02,
        "embrace": 0.45 * knee + 0.55 * ankle + 0.03,
    }[level]
    assert wrist == pytest.approx(expected, abs=0.04)
    assert true.columns["fingertip_to_floor_cm"].min() > 0


def test_balance_keeps_the_mass_over_the_feet() -> None:
    """In a deep bend the hips go back behind the ankles, in standing they are over them."""
    motion, _ = told(STRETCH, fps=FPS)
    back_m = motion.posed.middle("upperleg01")[:, 1] - motion.posed.middle("foot")[:, 1]
    hold = motion.timeline.during(["hold"])
    assert np.abs(back_m[0]) < 0.05
    assert back_m[hold].min() > 0.08


# ---- what the truth tells --------------------------------------------------------------------------------------------------


def test_a_set_lasts_as_long_as_its_legs() -> None:
    """Stand 2.8 s, lower 3, hold 8, rise 3.5, as the file says."""
    _, true = told(STRETCH, fps=FPS)
    (one,) = true.sets
    assert (one["lower_start_s"], one["hold_start_s"], one["hold_end_s"], one["rise_end_s"]) == (2.8, 5.8, 13.8, 17.3)
    assert len(told(STRETCH, fps=FPS, forms=("two_sets",))[1].sets) == 2


@pytest.mark.parametrize(
    ("exercise", "fault", "size", "within"),
    [
        (STRETCH, "bent_knees", 34, 0.3),  # 4 + 30 deg
        (STRETCH, "bouncing", 4, 1),  # cm, of 2.2 deg to either side about an arm of some 0.5 m
        (STRETCH, "too_fast", 1.875 * 87 / 1.15, 3),  # deg/s: peak speed of a movement with the least jerk
        (ROTATION, "over_rotation", 75, 3),
        (ROTATION, "swinging_too_fast", 0.6, 0.005),  # Hz: 0.833 s to a side
        (ROTATION, "feet_turning", 0.44 * 50, 2),
        (ROTATION, "leaning", 18, 2),
    ],
)
def test_a_fault_is_as_bad_as_its_file_says(exercise: str, fault: str, size: float, within: float) -> None:
    """Its kind, once, with the size that follows from the movement's numbers, while its phase lasts."""
    motion, true = told(exercise, fault=fault)
    (one,) = true.faults
    assert one["kind"] == fault
    assert one["size"] == pytest.approx(size, abs=within)
    phase = {"too_fast": "lower", "bent_knees": "hold", "bouncing": "hold"}.get(fault, "swing")
    span = next(span for span in motion.timeline.spans if span.phase == phase)
    assert one["start_s"] == pytest.approx(span.start_s, abs=0.05)
    assert one["end_s"] == pytest.approx(span.end_s, abs=0.05)


def test_knees_that_bend_late_are_told_from_then_on() -> None:
    """5 s into the hold they begin to, half way after half a second: not before."""
    _, true = told(STRETCH, forms=("knees_bend_late",), fault="bent_knees", numbers={"bent_deg": 0.0})
    (one,) = true.faults
    assert one["start_s"] == pytest.approx(5.8 + 5.5, abs=0.1)


def test_fingertips_are_where_arms_end() -> None:
    """Standing, arms plumb: shoulder height less the arm and the hand, within 3 cm: neither is quite straight."""
    posed = standing()
    down = posed.joint("upperarm01.L")[0, 2] - someone().arm_m - someone().hand_m
    assert fingertips_cm(posed)[0] == pytest.approx(down * 100, abs=3)
