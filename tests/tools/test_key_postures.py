"""The key postures of an exercise's file are those its figure takes: the file says them, the movement only leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from ownway.exercises.loader import library
from ownway.exercises.schema import KeyPosture
from tools.actor import bodies
from tools.actor.demonstration import demonstrated
from tools.actor.motion import perform
from tools.actor.posed import ANGLES, Angle
from tools.actor.skeleton import skeleton

# By which column of the truth each angle is told. Bodies stand a little forwards, and their arms take the shoulders along.
COLUMNS: Mapping[str, tuple[Angle, float]] = {
    "knee_flexion_deg": ("knee_flexion_deg", 5),
    "side_bend_deg": ("trunk_side_bend_deg", 3),
    "rotation_deg": ("shoulder_yaw_deg", 3),
    "knee_lift_deg": ("knee_lift_deg", 3),
}
TRUNK_WITHIN_DEG, NECK_WITHIN_DEG = 6, 4
FPS = 10


def trunk_deg(posture: KeyPosture) -> float:
    return posture.trunk_flexion_deg - posture.trunk_extension_deg


@pytest.mark.parametrize("name", sorted(library()))
def test_a_figure_takes_the_postures_of_its_file(name: str) -> None:
    """At the moment of each picture the truth agrees with the angles that the file says, those it leaves at 0 included."""
    exercise = library()[name]
    assert exercise.demonstration is not None
    motion = perform(skeleton(bodies.load("m")), demonstrated(exercise)["right"], FPS, seed=0)
    truth = {column: motion.posed.angle(column) for column in ANGLES}
    neck_deg = motion.posed.posture["neck_flexion_deg"]
    for picture in exercise.demonstration.pictures:
        posture, at = picture.posture, int(np.abs(motion.timeline.t_s - motion.timeline.pictures[picture.id]).argmin())
        assert posture is not None
        if exercise.camera.view == "side":
            assert truth["trunk_flexion_deg"][at] == pytest.approx(trunk_deg(posture), abs=TRUNK_WITHIN_DEG), picture.id
            assert neck_deg[at] == pytest.approx(posture.neck_flexion_deg, abs=NECK_WITHIN_DEG), picture.id
        for angle, (column, within) in COLUMNS.items():
            in_view = (angle == "knee_flexion_deg") == (exercise.camera.view == "side")
            if in_view and not (angle == "knee_lift_deg" and name != "standing_march"):
                off = getattr(posture, angle)
                assert truth[column][at] == pytest.approx(off, abs=within), (picture.id, angle)
