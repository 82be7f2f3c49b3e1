"""Assessments made by hand, whose words and charts can be told beforehand."""

from __future__ import annotations

from gettext import NullTranslations
from math import sin

import pytest

from ownway.coach.assessment import Assessment, FaultSeen, Hold, Reached, Refusal, Said, Swing
from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise
from ownway.report.curves import Curves
from ownway.report.series import COLUMNS


@pytest.fixture
def words() -> NullTranslations:
    return NullTranslations()


@pytest.fixture
def stretch() -> Exercise:
    return library()["hamstring_stretch"]


@pytest.fixture
def rotation() -> Exercise:
    return library()["trunk_rotation"]


@pytest.fixture
def held() -> Assessment:
    """Two holds, bent knees twice, out of the picture for a moment."""
    return Assessment(
        source="garden <1>.mp4",
        exercise="hamstring_stretch",
        exercise_version=1,
        height_cm=178.0,
        duration_s=100.0,
        frames=3000,
        judged_fraction=0.93,
        not_judged=None,
        refusals=(Refusal("no_person", 50.0, 52.5),),
        sets=(
            Hold(4.0, 7.5, 40.0, 31.8, 101.2, 57.3, Reached("toes", 12.2), 0.93),
            Hold(60.0, 63.0, 94.0, 30.2, 99.0, None, Reached("ankles", 14.0), 0.65),
        ),
        swings=(),
        swing_time_s=0.0,
        faults=(
            FaultSeen("bent_knees", 12.0, 16.5, 21.3, "deg", 0.9),
            FaultSeen("bent_knees", 70.0, 71.5, 17.2, "deg", 0.9),
            FaultSeen("too_fast", 5.0, 5.4, 104.4, "deg/s", 0.7),
        ),
        cues=(Said(2.0, "stand_tall"), Said(12.7, "straighten_knees")),
        notes=("cut_short",),
    )


@pytest.fixture
def swung() -> Assessment:
    """Four swings, none of them at fault."""
    peaks = (("left", 40.4), ("right", 38.0), ("left", 44.0), ("right", 41.0))
    return Assessment(
        source="pole.jsonl.gz",
        exercise="trunk_rotation",
        exercise_version=1,
        height_cm=None,
        duration_s=20.0,
        frames=600,
        judged_fraction=1.0,
        not_judged=None,
        refusals=(),
        sets=(),
        swings=tuple(
            Swing(3.0 + 3.5 * n, "left" if side == "left" else "right", peak_deg, 0.9)
            for n, (side, peak_deg) in enumerate(peaks)
        ),
        swing_time_s=15.2,
        faults=(),
        cues=(),
        notes=(),
    )


@pytest.fixture
def bend_curves() -> Curves:
    curves = Curves(COLUMNS)
    for n in range(1000):
        t_s = n / 10
        seen = not 50 <= t_s < 52.5
        values = {"trunk_flexion_deg": 50 + 50 * sin(n / 50), "knee_flexion_deg": 20.0, "fingertip_to_floor_cm": -2.0}
        curves.add(t_s, values if seen else {})
    return curves


@pytest.fixture
def turn_curves() -> Curves:
    curves = Curves(COLUMNS)
    for n in range(600):
        curves.add(n / 30, {"rotation_deg": 70 * sin(n / 33)})
    return curves
