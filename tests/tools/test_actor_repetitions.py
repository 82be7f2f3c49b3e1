"""The actor's movements that are counted by repetitions: what they are led by, what they are done with, and their faults."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ownway.exercises.loader import library
from tools.actor import bodies
from tools.actor.animated import FPS
from tools.actor.clips import Clip, acted, samples
from tools.actor.demonstration import FORM
from tools.actor.motion import Motion, perform
from tools.actor.movement import Choice, chosen
from tools.actor.pole import RADIUS_M
from tools.actor.posed import skinned
from tools.actor.posture import OUTWARD, SIDES
from tools.actor.rotation import Array
from tools.actor.shapes import box
from tools.actor.skeleton import Skeleton, skeleton
from tools.actor.truth import Truth, truth
from tools.stage import SAMPLES

COUNTED = ("half_squat", "hip_hinge", "back_extension", "side_bend", "sit_to_stand", "standing_march")
TRIALS_FPS = 10

# By the name of what the coach measures, what of the truth is the same, to whichever side.
SAME = {
    "knee_flexion_deg": "knee_flexion_deg",
    "trunk_flexion_deg": "trunk_flexion_deg",
    "trunk_extension_deg": "trunk_extension_deg",
    "neck_flexion_deg": "neck_flexion_deg",
    "side_bend_size_deg": "trunk_side_bend_deg",
    "lean_deg": "trunk_side_bend_deg",
    "shoulder_turn_deg": "shoulder_yaw_deg",
    "heel_lift_cm": "heels_cm",
}


@cache
def someone(body: str) -> Skeleton:
    return skeleton(bodies.load(body))


@cache
def told(exercise: str, body: str = "m", fault: str | None = None, forms: tuple[str, ...] = ()) -> tuple[Motion, Truth]:
    choice = Choice(movement=exercise, fault=fault, forms=forms)
    return acted(Clip(choice=choice, body=body, camera="front,1.0,2.9,0", seed=2, fps=TRIALS_FPS, steady=True))


def gaps_m(shape: Array, points: Array) -> Array:
    """Return how far points (N, 3) are from a line: its middle and direction (2, 3)."""
    middle, along = shape
    away = points - middle
    return np.asarray(np.linalg.norm(away - (away @ along)[:, None] * along, axis=1))


@pytest.mark.parametrize("body", ["m", "f_old_short"])
@pytest.mark.parametrize(
    ("exercise", "times", "farthest"),
    [
        ("half_squat", 3, 65),
        ("hip_hinge", 3, 60),
        ("back_extension", 3, 18),
        ("side_bend", 4, 20),
        ("sit_to_stand", 3, 92),
        ("standing_march", 6, 62),
    ],
)
def test_each_repetition_goes_as_far_as_its_file_says(exercise: str, body: str, times: int, farthest: float) -> None:
    """On every body alike, within a degree or two of sway; with two sides in turn, the own left first."""
    _, true = told(exercise, body)
    assert [one["peak_deg"] for one in true.repetitions] == pytest.approx([farthest] * times, abs=1.0)
    sides = ["left", "right"] * times if exercise in ("side_bend", "standing_march") else [None] * times
    assert [one.get("side") for one in true.repetitions] == sides[:times]
    for one in true.repetitions:
        assert one["start_s"] < one["t_s"] < one["end_s"]
    assert not true.sets
    assert not true.swings


def test_what_is_held_or_swung_is_not_counted_so() -> None:
    """A stretch has its holds and a rotation its swings; neither has repetitions besides."""
    for exercise in ("hamstring_stretch", "trunk_rotation"):
        assert told(exercise)[1].repetitions == []


@pytest.mark.parametrize(
    ("exercise", "fault", "size", "within"),
    [
        ("half_squat", "too_deep", 115, 1),
        ("half_squat", "leaning_far", 63, 2),
        ("half_squat", "heels_lifting", 7, 1),  # cm: a heel 17 cm behind the ball, up by 24 deg
        ("hip_hinge", "squatting", 77, 3),  # 5 deg, and 160 % of 45
        ("hip_hinge", "head_dropping", 48, 0.5),
        ("hip_hinge", "too_fast", 1.875 * 59 / 0.7, 5),  # deg/s: peak speed of a movement with the least jerk
        ("back_extension", "too_far", 37, 1),
        ("back_extension", "bending_knees", 35, 1),  # 3 deg and 32
        ("back_extension", "too_fast", 1.875 * 20 / 0.45, 6),
        ("side_bend", "turning", 40, 3),
        ("side_bend", "too_fast", 1.875 * 22 / 0.5, 6),
        ("side_bend", "too_far", 38, 1),
        ("sit_to_stand", "dropping", 1.875 * 88 / 0.75, 8),
        ("sit_to_stand", "leaning_far", 73, 3),
        ("standing_march", "leaning", 17, 2),
        ("standing_march", "too_fast", 1.875 * 62 / 0.29, 25),
    ],
)
def test_a_fault_is_as_bad_as_its_file_says(exercise: str, fault: str, size: float, within: float) -> None:
    """Its kind, in each repetition, with the size that follows from the movement's numbers."""
    fps = FPS if fault in ("too_fast", "dropping") else TRIALS_FPS
    choice = Choice(movement=exercise, fault=fault, forms=("twice",))
    _, true = acted(Clip(choice=choice, body="m", camera="front,1.0,2.9,0", seed=2, fps=fps, steady=True))
    times = 1 if (exercise, fault) == ("standing_march", "too_fast") else len(true.repetitions)  # that one never stops
    assert [one["kind"] for one in true.faults] == [fault] * times
    assert [one["size"] for one in true.faults] == pytest.approx([size] * times, abs=within)


@pytest.mark.parametrize("exercise", COUNTED)
def test_the_figure_keeps_the_limits_of_its_exercise(exercise: str) -> None:
    """By the coach's own limits: the right way never comes near a fault, and what is to be avoided is beyond it."""
    for fault in library()[exercise].faults:
        if fault.measure in SAME and fault.above is not None:
            for kind in (None, fault.kind):
                movement, _ = chosen(Choice(movement=exercise, fault=kind, forms=(FORM,)))
                seen = truth(perform(someone("f"), movement.steady(), FPS, seed=0), None, None)
                most = np.abs(seen.columns[SAME[fault.measure]]).max()
                assert (most > fault.above) == (kind is not None), (fault.kind, kind, most)


# ---- what it is done with -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["m", "f", "m_heavy", "f_old_short"])
def test_the_pole_stays_along_the_spine(body: str) -> None:
    """On sacrum and upper back and in nobody's body, the hands on it; the head near it, until it drops."""
    motion, true = told("hip_hinge", body)
    assert motion.pole is not None
    deepest = int(true.columns["trunk_flexion_deg"].argmax())
    for frame in (0, deepest):
        line = np.stack([motion.pole.middle[frame], motion.pole.along[frame]])
        one = skinned(motion.posed, someone(body).body.share("spine", "root", "head", "neck") > 0.7)[frame]
        assert RADIUS_M < gaps_m(line, one).min() < RADIUS_M + 0.03
        wrists = np.stack([motion.posed.joint(f"wrist.{side}")[frame] for side in SIDES])
        assert gaps_m(line, wrists).max() < 0.10
    dropped, _ = told("hip_hinge", body, "head_dropping")
    assert dropped.pole is not None
    heads = []
    for done in (motion, dropped):
        assert done.pole is not None
        line = np.stack([done.pole.middle[deepest], done.pole.along[deepest]])
        heads.append(gaps_m(line, done.posed.joint("head")[[deepest]])[0])
    assert heads[1] > heads[0] + 0.025


@pytest.mark.parametrize("body", ["m", "f", "f_old_short"])
def test_who_sits_is_on_the_seat(body: str) -> None:
    """In front of the chair in standing; seated, the thighs are on it and it is as high as chairs are."""
    motion, true = told("sit_to_stand", body)
    assert motion.chair is not None
    seat = motion.chair.places[:36]  # a box of twelve triangles comes first
    (_, front, _), (_, behind, top) = seat.min(0), seat.max(0)
    legs = skinned(motion.posed, someone(body).body.share("lowerleg", "foot") > 0.5)
    assert legs[0, :, 1].max() < front
    assert 0.36 < top < 0.56
    seated = [i for i, phase in enumerate(true.phases) if phase == "sit"]
    thighs = skinned(motion.posed, someone(body).body.share("root", "upperleg") > 0.5)[seated[3:-3]]
    over = np.where((thighs[..., 1] > front) & (thighs[..., 1] < behind), thighs[..., 2], np.inf).min(1)
    assert np.abs(over - top).max() < 0.02
    hips = motion.posed.middle("upperleg01")[seated]
    assert np.ptp(hips, axis=0).max() < 0.005  # the trunk comes upright over hips that stay


def test_a_box_is_closed_and_looks_outwards() -> None:
    """Each triangle runs anticlockwise seen from outside, as viewers expect, and has its normal."""
    shape = box(np.array([-1.0, -2.0, -3.0]), np.array([1.0, 2.0, 3.0]))
    a, b, c = shape.places.reshape(-1, 3, 3).transpose(1, 0, 2)
    across = np.cross(b - a, c - a)
    assert ((across * a).sum(1) > 0).all()
    assert ((across * shape.normals[::3]).sum(1) > 0).all()


@pytest.mark.parametrize("body", ["m", "f"])
def test_hands_slide_down_the_legs(body: str) -> None:
    """Beside the thigh throughout, within a hand's breadth; on the side it bends to lower by some 10 cm, on the other higher."""
    motion, true = told("side_bend", body)
    left = int(true.columns["trunk_side_bend_deg"].argmax())
    heights = {side: motion.posed.joint(f"wrist.{side}")[:, 2] for side in SIDES}
    assert heights["L"][0] - heights["L"][left] > 0.06
    assert heights["R"][left] - heights["R"][0] > 0.04
    for side in SIDES:
        aside = (motion.posed.joint(f"wrist.{side}") - motion.posed.joint(f"upperleg01.{side}"))[:, 0] * OUTWARD[side]
        assert np.ptp(aside) < 0.03


def test_who_marches_stands_on_the_other_leg() -> None:
    """The foot under the lifted knee is off the floor by a hand, the other one stays; the hips go over it."""
    motion, true = told("standing_march")
    for one in true.repetitions:
        frame = round(one["t_s"] * TRIALS_FPS)
        up, down = SIDES if one["side"] == "left" else SIDES[::-1]
        ankles = {side: motion.posed.joint(f"foot.{side}")[frame, 2] for side in SIDES}
        assert ankles[up] - ankles[down] > 0.10
        assert ankles[down] == pytest.approx(someone("m").ankle_height_m, abs=0.002)
        assert motion.posed.middle("upperleg01")[frame, 0] * OUTWARD[down] > 0.01


# ---- the app's samples ----------------------------------------------------------------------------------------------------


def test_each_sample_is_there_and_small() -> None:
    """A film of each exercise that is counted by repetitions, done well, under 400 kB."""
    assert set(samples()) == set(COUNTED)
    for name, clip in samples().items():
        assert clip.choice.movement == name
        assert clip.choice.fault is None
        assert clip.steady
        movement, _ = chosen(clip.choice)
        assert 20 < sum(movement.number(leg.lasts_s) for leg in movement.legs) < 31
        assert (SAMPLES / f"{name}.mp4").stat().st_size < 400_000
        assert library()[name].sample == f"{name}.mp4"
