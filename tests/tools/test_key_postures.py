"""The key postures of an exercise's file are those its figure takes: the file says them, the movement only leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise, KeyPosture
from tools.actor import bodies
from tools.actor.demonstration import demonstrated
from tools.actor.motion import Motion, perform
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


def _off(exercise: Exercise, motion: Motion, posture: KeyPosture) -> dict[str, np.ndarray]:
    """Return of each angle in view how far it is off at every moment, as a share of what it may be; those left at 0 included."""
    truth = {column: motion.posed.angle(column) for column in ANGLES}
    off: dict[str, np.ndarray] = {}
    if exercise.camera.view == "side":
        trunk_deg = posture.trunk_flexion_deg - posture.trunk_extension_deg
        off["trunk"] = abs(truth["trunk_flexion_deg"] - trunk_deg) / TRUNK_WITHIN_DEG
        off["neck"] = abs(motion.posed.posture["neck_flexion_deg"] - posture.neck_flexion_deg) / NECK_WITHIN_DEG
    for angle, (column, within) in COLUMNS.items():
        in_view = (angle == "knee_flexion_deg") == (exercise.camera.view == "side")
        if in_view and not (angle == "knee_lift_deg" and exercise.id != "standing_march"):
            off[angle] = abs(truth[column] - getattr(posture, angle)) / within
    return off


@pytest.mark.parametrize("name", sorted(library()))
def test_a_figure_takes_the_postures_of_its_file(name: str) -> None:
    """At the moment of each picture the truth agrees with the angles that the file says; that of a fault at some moment."""
    exercise = library()[name]
    show, body = exercise.demonstration, skeleton(bodies.load("m"))
    assert show is not None
    ways = demonstrated(exercise)
    right = perform(body, ways["right"], FPS, seed=0)
    for picture in show.pictures:
        assert picture.posture is not None
        at = int(np.abs(right.timeline.t_s - right.timeline.pictures[picture.id]).argmin())
        for angle, off in _off(exercise, right, picture.posture).items():
            assert off[at] <= 1, (picture.id, angle)
    for fault in show.faults:
        if fault.posture is not None:
            shares = _off(exercise, perform(body, ways[fault.id], FPS, seed=0), fault.posture)
            assert np.max(list(shares.values()), axis=0).min() <= 1, fault.id
