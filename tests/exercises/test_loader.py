"""Exercise files: what is wrong is said whole, with where and what was expected."""

from __future__ import annotations

from importlib import resources

import pytest

from ownway.coach.sight import VIEW_REASONS
from ownway.errors import ExerciseError
from ownway.exercises.loader import examine, library, parse_exercise, setup
from ownway.exercises.shelf import reread

TEXT = (resources.files("ownway.exercises") / "library" / "hamstring_stretch.toml").read_text(encoding="utf-8")


def test_the_library_loads() -> None:
    """Each under its file's name, and each fault and dose has its source beside it."""
    folder = resources.files("ownway.exercises") / "library"
    assert list(library()) == sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    assert {"hamstring_stretch", "trunk_rotation"} < set(library())
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


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody mends one mistake only to be shown the next: each on a line of its own, from the first line to the last."""
    text = TEXT.replace("sets = 2", 'sets = "two"', 1).replace('view = "side"', 'view = "above"')
    text = text.replace('text = "Five."', 'text = "Just five more seconds from now on."').replace(
        '"hori_2019"', '"nobody"'
    )
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(text, "mine.toml")
    assert [p.key for p in caught.value.problems] == [
        "camera.view",
        "dose.sets",
        "claims[3].sources[1]",
        "cues[five].text",
    ]
    head, *lines = str(caught.value).splitlines()
    assert head == "mine.toml: 4 problem(s)"
    assert lines[0] == "  - mine.toml:32: camera.view: expected one of side, front, got 'above'"
    assert lines[3].endswith(
        ": cues[five].text: expected at most 6 words, got 'Just five more seconds from now on.'. It has 7; more is not heard by somebody bent over."
    )


def test_nothing_is_said_about_what_is_right() -> None:
    """Neither a problem nor a hint in what comes with Ownway."""
    for file in (resources.files("ownway.exercises") / "library").iterdir():
        if file.name.endswith(".toml"):
            assert examine(file.read_text(encoding="utf-8"), file.name).problems == ()


def test_a_problem_is_told_in_the_language_of_whoever_reads() -> None:
    """All of it, also the words within its braces; keys and what stands in the file are as they are."""
    words = {
        "expected {expected}, got {got}": "erwartet: {expected}, da steht: {got}",
        "the key {key}": "die Angabe {key}",
        "nothing": "nichts",
        "Add it: {about}.": "Bitte ergänzen: {about}.",
        "a number": "eine Zahl",
    }
    (problem,) = examine(TEXT.replace("most_s = 45", ""), "mine.toml").problems
    told = problem.told(lambda message: words[message])
    assert (
        told == "mine.toml:38: dose.most_s: erwartet: die Angabe most_s, da steht: nichts. Bitte ergänzen: eine Zahl."
    )


def test_what_was_right_is_remembered_whatever_is_checked_since() -> None:
    """A file as it was used needs to be whole; it may contradict what only later versions look at."""
    text = (resources.files("ownway.exercises") / "library" / "half_squat.toml").read_text(encoding="utf-8")
    assert reread(text) == library()["half_squat"]
    stricter = text.replace('title = "Half squat"', 'title = "Was"').replace('cue = "chest_up"', 'cue = "nobody"')
    assert examine(stricter, "").exercise is None
    was = reread(stricter)
    assert was is not None
    assert was.title == "Was"
    for broken in (
        "",
        text.replace("[dose]", "[dose"),
        text.replace('title = "Half squat"\n', ""),
        text.replace("full_s =", "full_s = 0 #"),
    ):
        assert reread(broken) is None
