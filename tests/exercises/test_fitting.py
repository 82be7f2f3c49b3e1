"""The same exercise with another dose, a person's own limits, or without its pole: only ever gentler, and true in its words."""

from __future__ import annotations

import pytest

from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise
from ownway.programme.levels import ladders

STRETCH, ROTATION = library()["hamstring_stretch"], library()["trunk_rotation"]


def fault(exercise: Exercise, own: str) -> tuple[float | None, float | None, float | None, float | None]:
    (found,) = (f for f in exercise.faults if f.own == own)
    return found.above, found.below, found.clear_below, found.clear_above


@pytest.mark.parametrize(
    ("exercise", "sets", "full_s", "words"),
    [
        (STRETCH, 1, 30, "Done. One good set."), (STRETCH, 2, 30, "Done. Two good sets."),
        (ROTATION, 1, 60, "Done. One minute."), (ROTATION, 1, 120, "Done. Two minutes."),
        (ROTATION, 1, 180, "Done. Three minutes."), (ROTATION, 1, 80, "Done."),
    ],
)  # fmt: skip
def test_the_last_words_are_true(exercise: Exercise, sets: int, full_s: float, words: str) -> None:
    """What is said at the end is what was asked for; a remainder that has no name is plainly done."""
    dosed = exercise.dosed(sets, full_s)
    assert dosed.cue(dosed.last_cue).text == words


def test_every_level_ends_in_its_own_words() -> None:
    """A whole dose of a level is never just "Done."."""
    for exercise in (STRETCH, ROTATION):
        for level in ladders()[exercise.id]:
            assert exercise.dosed(level.sets, level.full_s).last_cue != "done"


@pytest.mark.parametrize(
    ("full_s", "marks"),
    [
        (60, ["ten_seconds"]),
        (80, ["one_minute", "ten_seconds"]),
        (120, ["one_minute", "smooth", "ten_seconds"]),
        (10, []),
    ],
)
def test_a_shorter_dose_ends_sooner_and_leaves_out_what_lies_beyond(full_s: float, marks: list[str]) -> None:
    """With camera and without; and nothing is told of a time that does not come, or comes with the end."""
    dosed = ROTATION.dosed(1, full_s)
    (phase,) = dosed.phases
    assert (dosed.dose.full_s, dosed.dose.most_s) == (full_s, full_s)
    assert (phase.next[0].at_clock_s, phase.without_camera_s) == (full_s, full_s)
    assert [mark.cue for mark in dosed.marks] == marks


def test_a_hold_may_still_last_longer_than_full() -> None:
    """One set instead of two changes nothing in the set; a shorter one keeps the time that may be added."""
    one = STRETCH.dosed(1, 30)
    assert (one.phases, one.marks, one.dose.most_s) == (STRETCH.phases, STRETCH.marks, 45)
    shorter = STRETCH.dosed(2, 20)
    assert shorter.dose.most_s == 35
    assert [m.at_s for m in shorter.marks if m.cue == "roll_up"] == [35]
    assert shorter.phase("lower").without_camera_s == STRETCH.phase("lower").without_camera_s


@pytest.mark.parametrize(("exercise", "sets", "full_s"), [(STRETCH, 1, 30), (ROTATION, 1, 80), (ROTATION, 1, 60)])
def test_a_dose_given_twice_is_the_same(exercise: Exercise, sets: int, full_s: float) -> None:
    """The diary gives it again to what the room gave it already; the file's own dose changes nothing."""
    dosed = exercise.dosed(sets, full_s)
    assert dosed.dosed(sets, full_s) == dosed
    assert exercise.dosed(exercise.dose.sets, exercise.dose.full_s) == exercise


def test_a_slower_tempo_is_shown_and_held_to() -> None:
    """The limits grow with it; a quicker one is shown, and leaves them as they are."""
    for half_period_s, slower in ((5.25, 1.5), (6.0, 6 / 3.5), (3.5, 1.0), (3.0, 1.0)):
        suited = ROTATION.suited(half_period_s, None)
        assert suited.repetitions is not None
        assert suited.repetitions.tempo_s == half_period_s
        _, below, _, clear_above = fault(suited, "tempo")
        assert below == pytest.approx(1.8 * slower)
        assert clear_above == pytest.approx(2.2 * slower)


@pytest.mark.parametrize("range_deg", [20, 30, 45, 58, 65])
def test_an_own_range_is_never_more_than_the_coachs(range_deg: float) -> None:
    """And a swing that counts and stays within it mends what was too far."""
    suited = ROTATION.suited(None, range_deg)
    assert suited.repetitions is not None
    assert suited.repetitions.comfort is not None
    assert suited.repetitions.comfort.hard_limit_deg == range_deg
    back = fault(suited, "range")[2]
    assert back is not None
    assert suited.repetitions.counts_from_deg < range_deg + back <= 65 - 8
    assert ROTATION.suited(None, 90).repetitions == ROTATION.repetitions


def test_nothing_of_ones_own_changes_nothing() -> None:
    """Not told is the file's; and an exercise without swings has neither tempo nor range."""
    assert ROTATION.suited(None, None) == ROTATION
    assert STRETCH.suited(5.0, 30.0) == STRETCH


def test_without_the_pole_none_is_asked_for() -> None:
    """Neither by the voice nor in the words before it begins."""
    bare = ROTATION.bare()
    assert bare.camera.pole_wait_s == 0.0
    assert [line for line in (*bare.steps, bare.needs) if "pole" in line.lower()] == []
    assert STRETCH.bare() == STRETCH
