"""What an exercise file says of itself: levels, cautions, claims and where they come from."""

from __future__ import annotations

from importlib import resources

import pytest

from ownway.errors import ExerciseError
from ownway.exercises.loader import library, parse_exercise
from ownway.exercises.schema import CAUTIONS
from ownway.exercises.sources import sources
from ownway.programme.screening import QUESTIONS

TEXT = (resources.files("ownway.exercises") / "library" / "hamstring_stretch.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "hamstring_stretch"', 'id = "../stretch"', "id: '../stretch' names a file"),
        ("version = 1", "version = 0", "version: it counts from 1"),
        ('id = "seated"', 'id = "knees"', "levels: 'knees' is there twice"),
        ("first = true", "first = false", "levels: exactly one is the first"),
        ("full_s = 30\ngood_from_s = 30\ncamera", "full_s = 31\ngood_from_s = 30\ncamera", "level seated: its dose is"),
        ("good_from_s = 30\ncamera", "good_from_s = 61\ncamera", "level seated: good_from_s is"),
        ('"hori_2019"', '"nobody"', "sources.toml has no 'nobody'"),
        ('sources = ["hori_2019"]', "", "a grade needs a source"),
        ('cautions = ["surgery"', 'cautions = ["knee"', "cautions[0]: expected one of surgery, pregnancy"),
    ],
)
def test_each_mistake_is_named_with_its_place(old: str, new: str, said: str) -> None:
    """What a file says of itself cannot contradict itself."""
    assert old in TEXT
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(TEXT.replace(old, new, 1), "own.toml")
    assert any(said in problem for problem in caught.value.problems)


def test_who_does_not_say_what_to_be_careful_about_is_held_back_by_everything() -> None:
    """A file without cautions is held back by each of them, and counts as a bend."""
    silent = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("cautions =", "bends =")))
    exercise = parse_exercise(silent, "own.toml")
    assert exercise.cautions == CAUTIONS
    assert exercise.bends


def test_cautions_are_the_questions_that_ask_first() -> None:
    """A caution is the id of a question that asks first; all other signs hold every movement back."""
    assert {q.id for q in QUESTIONS if q.group == "ask_first"} == set(CAUTIONS)


def test_every_exercise_of_the_library_says_who_made_it_and_what_is_known() -> None:
    """Author, licence and at least one graded claim are in every file that comes with Ownway."""
    for exercise in library().values():
        assert exercise.author
        assert exercise.licence
        assert exercise.claims, exercise.id


def test_sources_are_told_with_permanent_addresses() -> None:
    """A source has a citation, and where it has an address this is a safe one."""
    assert len(sources()) > 10
    for source in sources().values():
        assert source.text
        assert source.url is None or source.url.startswith("https://")
