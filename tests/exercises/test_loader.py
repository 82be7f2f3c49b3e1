"""Exercise files: what is wrong is said whole, with where and what was expected."""

from __future__ import annotations

from importlib import resources

import pytest

from ownway.coach.sight import VIEW_REASONS
from ownway.errors import ExerciseError
from ownway.exercises.loader import library, parse_exercise, setup

TEXT = (resources.files("ownway.exercises") / "library" / "hamstring_stretch.toml").read_text(encoding="utf-8")


def test_the_library_loads() -> None:
    """All are there, and each fault and dose has its source beside it."""
    assert len(library()) >= 8
    for exercise in library().values():
        assert exercise.dose.source
        assert all(fault.source for fault in exercise.faults)


def test_every_reason_not_to_judge_has_its_words() -> None:
    """A reason the engine can give is in setup.toml, with a cue that exists."""
    reasons = {s.reason for s in setup().sight}
    cues = {c.id for c in setup().cues}
    expected = {
        "stuck",
        "too_dark",
        "no_person",
        "two_people",
        "too_slow",
        "feet_missing",
        "head_missing",
        "hands_missing",
    }
    assert reasons >= expected | {"body_hidden"} | VIEW_REASONS
    assert {s.cue for s in setup().sight} | {s.cue_moving for s in setup().sight if s.cue_moving} <= cues


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sets = 2", 'sets = "two"', "dose.sets: expected int, got 'two'"),
        ("sets = 2", "sets = true", "dose.sets: expected int, got True"),
        ("full_s = 30", "", "dose.full_s: missing"),
        ('view = "side"', 'view = "above"', "camera.view: expected one of side, front, got 'above'"),
        ('first_phase = "lower"', 'first_phase = "start"', "first_phase: no phase is named 'start'"),
        ('measure = "knee_flexion_deg"', 'measure = "knee"', "fault bent_knees: no measure is named 'knee'"),
        ('cue = "straighten_knees"', 'cue = "nag"', "fault bent_knees: no cue has the id 'nag'"),
        ("clear_below = 12", "clear_below = 20", "fault bent_knees: give above with a lower clear_below"),
        ('text = "Ten seconds."', 'text = "Only ten more seconds to go now."', "cue ten_seconds: 7 words"),
        ('to = "done"', 'to = "finish"', "phase rise: leads to 'finish', which is no phase"),
        ("at_s = 45", "at_s = 45\nleft_s = 1", "mark roll_up: give exactly one of at_s, left_s"),
        ('takes = "', 'tkaes = "', "tkaes: unknown key"),
        ('main = "hold"', 'main = "held"', "demonstration.main: no picture is named 'held'"),
        ('id = "bouncing"', 'id = "hopping"', "demonstration.faults: the exercise has no fault 'hopping'"),
        ('id = "bouncing"', 'id = "bent_knees"', "demonstration.faults: 'bouncing' is missing"),
        ('id = "shins"\ntitle', 'id = "right"\ntitle', "'right' is there twice among the levels and faults"),
        ('id = "rise"', 'id = "../rise"', "demonstration: '../rise' names a file"),
        ('cue = "one_set_done"', 'cue = "applause"', "dose.finishes: no cue has the id 'applause'"),
        ("sets = 2, full_s = 30", "sets = 1, full_s = 30", "dose.finishes: 1 of 30 s is there twice"),
        ("sets = 2, full_s = 30", "sets = 3, full_s = 30", "dose.finishes: the dose itself, 2 of 30 s, is missing"),
        (
            "[hold]",
            '[without_pole]\nneeds = ""\nsteps = []\nprepare = []\n[hold]',
            "without_pole: this exercise has no pole",
        ),
        ("clear_for_s = 0.4", 'clear_for_s = 0.4\nown = "tempo"', "fault bent_knees: own 'tempo' goes with below"),
        ("version = 1", "version 1", "not TOML"),
        ("steps = [", 'steps = "one"\nx = [', "steps: expected a list"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, said: str) -> None:
    """Each mistake is told by its key, what was expected and what came."""
    assert old in TEXT
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(TEXT.replace(old, new, 1), "mine.toml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("mine.toml")


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody mends one mistake only to be shown the next."""
    text = TEXT.replace("sets = 2", 'sets = "two"', 1).replace('view = "side"', 'view = "above"')
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(text, "mine.toml")
    assert len(caught.value.problems) == 2
