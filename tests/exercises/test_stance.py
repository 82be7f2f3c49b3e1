"""Key postures as bodies: what is drawn has the angles that the file says, and limbs of one length."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees, hypot

import pytest

from ownway.exercises.loader import library
from ownway.exercises.postures import WORDS, Arms, angle_of
from ownway.exercises.schema import KeyPosture
from ownway.exercises.stance import ANKLE, SHANK, THIGH, TRUNK, Point, body, course


def tilt(low: Point, high: Point) -> float:
    """Return how far a line leans to the right of the upright, in degrees."""
    return degrees(atan2(high[0] - low[0], high[1] - low[1]))


@pytest.mark.parametrize("knees", [0, 30, 60, 90])
@pytest.mark.parametrize("trunk", [-20, 0, 45, 90, 120])
def test_from_the_side_the_angles_are_those_of_the_measures(trunk: float, knees: float) -> None:
    """The line from hip to shoulder, and the bend of hip, knee and ankle; the feet stay where they are."""
    posture = KeyPosture(trunk_flexion_deg=max(trunk, 0), trunk_extension_deg=max(-trunk, 0), knee_flexion_deg=knees)
    seen = body(posture, "side")
    hip, knee, ankle = seen["leg"]
    assert tilt(hip, seen["trunk"][-1]) == pytest.approx(trunk)
    assert tilt(ankle, knee) - tilt(knee, hip) == pytest.approx(knees)
    assert ankle == (0.0, ANKLE)
    assert (hypot(hip[0] - knee[0], hip[1] - knee[1]), hypot(knee[0] - ankle[0], knee[1] - ankle[1])) == pytest.approx(
        (THIGH, SHANK)
    )


def test_from_the_front_left_is_where_it_is_in_a_mirror() -> None:
    """A bend to the own left leans to the left of the picture, and the left knee is the one on the left."""
    bent, lifted = body(KeyPosture(side_bend_deg=20), "front"), body(KeyPosture(knee_lift_deg=60), "front")
    left, right, right_hip, left_hip = bent["torso"]
    hips, chest = ((left_hip[0] + right_hip[0]) / 2, left_hip[1]), ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    assert tilt(hips, chest) == pytest.approx(-20)
    assert hypot(chest[0] - hips[0], chest[1] - hips[1]) == pytest.approx(TRUNK)
    assert lifted["left_leg"][1][0] < 0 < lifted["right_leg"][1][0]
    assert lifted["left_leg"][2][1] > ANKLE + 0.1
    assert lifted["right_leg"][2][1] == pytest.approx(ANKLE, abs=0.001)


@pytest.mark.parametrize("arms", WORDS)
def test_whatever_arms_do_they_are_arms(arms: Arms) -> None:
    """From both sides, folded or not: no arm comes apart or reaches under the floor."""
    for view in ("side", "front"):
        for trunk in (0, 100):
            seen = body(KeyPosture(arms=arms, trunk_flexion_deg=trunk if view == "side" else 0), view)
            for name, limb in seen.items():
                assert all(0 <= y < 1.3 and abs(x) < 0.8 for x, y in limb), name
                if "arm" in name:
                    assert sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(limb)) < 0.39


@pytest.mark.parametrize("exercise", list(library()))
def test_a_movement_comes_round(exercise: str) -> None:
    """It ends as it begins, goes forward in time, and no joint jumps."""
    coached = library()[exercise]
    assert coached.demonstration is not None
    steps = course(coached.demonstration)
    assert all(a[0] < b[0] for a, b in pairwise(steps))
    bodies = [body(posture, coached.camera.view) for _, posture in steps]
    assert bodies[0]["head"] == bodies[-1]["head"]
    for before, after in pairwise(bodies):
        (x, y), (u, v) = before["head"][0], after["head"][0]
        assert hypot(u - x, v - y) < 0.1


def test_what_no_drawing_shows_is_left_out() -> None:
    """A measure of its own name, by another one, within what a body does; and none."""
    assert angle_of("knee_flexion_deg", 60) == ("knee_flexion_deg", 60)
    assert angle_of("side_bend_size_deg", 20) == ("side_bend_deg", 20)
    assert angle_of("knee_flexion_deg", 170) == ("knee_flexion_deg", 140)
    assert angle_of("bounce_amplitude_deg", 5) is None
