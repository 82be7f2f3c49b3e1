"""The drawn person: built like one, standing on the floor and in balance, and of the same shapes in every posture."""

from __future__ import annotations

import re
from math import dist, hypot

import pytest

from ownway.exercises.bearing import (
    ANKLE,
    FOREARM,
    SHANK,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Bearing,
    between,
    body,
)
from ownway.exercises.drawn import drawing
from ownway.exercises.loader import examine, library
from ownway.exercises.schema import KeyPosture
from ownway.exercises.starter import starting_file
from tests.exercises.test_starter import PLAIN

SIDE = [
    KeyPosture(),
    KeyPosture(knee_flexion_deg=100, trunk_flexion_deg=40, arms="forward"),
    KeyPosture(trunk_flexion_deg=120, arms="reaching"),
    KeyPosture(trunk_extension_deg=25, arms="hips"),
    KeyPosture(heel_lift_cm=6, arms="overhead"),
]


def still(posture: KeyPosture) -> Bearing:
    return between(posture, posture, 1.0)


@pytest.mark.parametrize("posture", SIDE)
def test_a_drawn_person_keeps_their_lengths(posture: KeyPosture) -> None:
    """Seen from the side every limb is as long as it is, and the trunk leans as far as the posture says."""
    drawn = body(still(posture), "side")
    hip, knee, ankle, ball = drawn.legs["left"]
    shoulder, elbow, wrist, _ = drawn.arms["left"]
    assert dist(hip, knee) == pytest.approx(THIGH)
    assert dist(knee, ankle) == pytest.approx(SHANK)
    assert dist(drawn.hips, drawn.shoulders) == pytest.approx(TRUNK)
    assert ball[1] == 0
    assert ankle[1] == pytest.approx(ANKLE + posture.heel_lift_cm / 170, abs=0.001)
    assert dist(shoulder, elbow) <= UPPER_ARM + 1e-9
    assert dist(elbow, wrist) <= FOREARM + 1e-9


def test_who_squats_sits_back_over_the_feet() -> None:
    """Hips go back, knees forward past the ankles, and the shoulders stay over the feet."""
    drawn = body(still(KeyPosture(knee_flexion_deg=65, trunk_flexion_deg=28)), "side")
    hip, knee, ankle, ball = drawn.legs["left"]
    assert hip[0] < ankle[0] - 0.05 < ankle[0] + 0.05 < knee[0]
    assert ankle[0] - 0.05 < drawn.shoulders[0] < ball[0] + 0.08


def test_left_mirrors_right() -> None:
    """What goes to the own left goes as far to the right with the other sign."""
    left, right = (body(still(KeyPosture(side_bend_deg=size, knee_lift_deg=size)), "front") for size in (30, -30))
    for one, other in zip(
        left.legs["left"] + left.arms["left"], right.legs["right"] + right.arms["right"], strict=True
    ):
        assert hypot(one[0] + other[0], one[1] - other[1]) < 1e-9


@pytest.mark.parametrize("name", sorted(library()))
def test_only_numbers_change_from_posture_to_posture(name: str) -> None:
    """So that a page can let it move: the same paths on all ways, flags of arcs included, and the round is closed."""
    drawn = drawing(library()[name])
    assert drawn is not None
    built = {tuple(re.sub(r"-?\d+", "0", d) for d in way) for moment in drawn.moments for way in moment.ways}
    flags = {tuple(re.findall(r"A\d+ \d+ 0 (\d) 1 ", " ".join(way))) for moment in drawn.moments for way in moment.ways}
    assert len(built) == len(flags) == 1
    for moment in drawn.moments:
        assert moment.ways[-1] == tuple(shape.d for shape in moment.shapes)


def test_a_new_file_is_drawn_at_once() -> None:
    """What the answers say is what is seen: standing, and farther than where it counts."""
    exercise = examine(starting_file(PLAIN), "mine.toml").exercise
    assert exercise is not None
    assert exercise.demonstration is not None
    stand, far = exercise.demonstration.pictures
    assert stand.posture == KeyPosture()
    assert far.posture is not None
    assert far.posture.knee_flexion_deg > PLAIN.far
    assert drawing(exercise) is not None
