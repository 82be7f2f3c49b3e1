"""What holds for every rendered person: bodies, cameras, rooms and faults at large, through the door that ``ownway assess`` uses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ownway.coach.assessment import Repetition, Swing
from ownway.exercises.loader import library
from tools.bench.truth import Clip, Run, clips, run

PEOPLE = Path(__file__).parents[1] / "people"
ALL = list(clips([PEOPLE]))
JUDGED = [c for c in ALL if not c.refused and "distractor" not in c.about]


@cache
def ran(name: str) -> Run:
    return run(next(c for c in ALL if c.name == name))


def some(chosen: list[Clip]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", [c.name for c in chosen])


@some(JUDGED)
def test_each_is_counted_and_named(name: str) -> None:
    """Every hold, swing and repetition is counted, to its side; the clip's own fault is named within a second, and no other."""
    one, about = ran(name).assessment, ran(name).clip.about
    assert one.not_judged is None
    assert len(one.sets) == len(about["sets"])
    assert [s.side for s in one.swings] == ran(name).clip.sides
    assert len(one.repetitions) == ran(name).clip.one_sided
    assert {f.kind for f in one.faults} == {f["kind"] for f in about["faults"]}
    firsts = {true["kind"]: true for true in reversed(about["faults"])}
    for true in firsts.values():
        first = next(f for f in one.faults if f.kind == true["kind"])
        assert first.start_s == pytest.approx(true["start_s"], abs=1.0)


@some([c for c in JUDGED if c.about.get("repetitions")])
def test_each_repetition_counts_where_it_is_done_well(name: str) -> None:
    """All of a clip without fault, at the moment when they are farthest; those in bad form do not count towards a dose."""
    one, about = ran(name).assessment, ran(name).clip.about
    found: list[Swing | Repetition] = [*one.swings, *one.repetitions]
    if about["faults"]:
        assert not all(r.good for r in found)
        return
    assert all(r.good for r in found)
    assert [r.t_s for r in found] == pytest.approx([true["t_s"] for true in about["repetitions"]], abs=0.6)


@some([c for c in JUDGED if not c.about["faults"] and c.about["sets"]])
def test_each_good_hold_is_timed(name: str) -> None:
    """Beginning, end and time in good form agree with the truth within 0.6 s; nothing is a matter of the frame rate."""
    one = ran(name)
    for found, true in zip(one.assessment.sets, one.clip.about["sets"], strict=True):
        assert found.hold_start_s == pytest.approx(true["hold_start_s"], abs=0.5)
        assert found.hold_end_s == pytest.approx(true["hold_end_s"], abs=0.6)
        assert found.hold_s == pytest.approx(true["hold_end_s"] - true["hold_start_s"], abs=0.6)


@some([c for c in ALL if c.refused])
def test_each_that_cannot_be_judged_says_why(name: str) -> None:
    """A camera 30 deg off the side, a picture on its side, feet cut off: the reason, no number and no accusation."""
    one = ran(name).assessment
    reason = "lying_picture" if "rolled" in name else "feet_missing" if "feet" in name else "not_side_on"
    assert one.not_judged == reason
    assert (one.sets, one.swings, one.faults) == ((), (), ())


@some([c for c in ALL if "distractor" in c.about])
def test_each_other_movement_counts_for_nothing(name: str) -> None:
    """No hold and no swing; and nobody is accused of doing an exercise badly that they were not doing."""
    one = ran(name).assessment
    assert (one.sets, one.swings, one.repetitions) == ((), (), ())
    assert {f.kind for f in one.faults} <= ({"leaning"} if "side_bends" in name else set())


# A chair is only seen by whoever sits on it: that is a half squat, too.
ALIKE = {("sit_to_stand", "half_squat")}
REPEATED = {e.id: e for e in library().values() if e.repetitions is not None and not e.swung}


@pytest.mark.parametrize("name", [c.name for c in JUDGED if c.about["exercise"] in REPEATED and c.name[1:3] == "01"])
def test_one_exercise_is_not_another(name: str) -> None:
    """Done well, it does not count as any other that is seen from the same side."""
    clip = ran(name).clip
    mine = clip.about["exercise"]
    for other in REPEATED.values():
        if other.camera.view == REPEATED[mine].camera.view and other.id != mine and (mine, other.id) not in ALIKE:
            seen = run(replace(clip, about={**clip.about, "exercise": other.id})).assessment
            assert not [one for one in seen.swings if one.good], other.id
            assert not [one for one in seen.repetitions if one.good], other.id


# What somebody may do in between, and what it is a repetition of, so that its form is a matter of that exercise.
MEANWHILE = [
    ("E02_lunge", "hip_hinge"),
    ("E04_picking_up", "back_extension"),
    ("E09_squat_heavy", "back_extension"),
    ("B01_bend_m_100", "half_squat"),
    ("B01_bend_m_100", "sit_to_stand"),
    ("C01_twist_m_40", "side_bend"),
    ("D03_hanging_m", "standing_march"),
    ("E04_picking_up", "half_squat"),
    ("E06_side_bends", "standing_march"),
    ("E10_picking_up_old", "sit_to_stand"),
    ("N01_shifting", "side_bend"),
    ("N02_sitting", "back_extension"),
]


@pytest.mark.parametrize(("name", "exercise"), MEANWHILE)
def test_nobody_does_badly_what_they_are_not_doing(name: str, exercise: str) -> None:
    """Whoever stoops, turns, sits or bends the knees meanwhile is not accused of the fault that it would be in the movement itself."""
    clip = next(c for c in ALL if c.name == name)
    seen = run(replace(clip, about={**clip.about, "exercise": exercise})).assessment
    assert (seen.swings, seen.repetitions, seen.faults) == ((), (), ())
