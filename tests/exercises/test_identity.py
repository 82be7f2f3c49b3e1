"""What an exercise file says of itself: levels, cautions, claims and where they come from."""

from __future__ import annotations

from importlib import resources

from ownway.exercises.loader import library, parse_exercise
from ownway.exercises.schema import CAUTIONS
from ownway.exercises.sources import sources
from ownway.programme.screening import QUESTIONS

TEXT = (resources.files("ownway.exercises") / "library" / "hamstring_stretch.toml").read_text(encoding="utf-8")


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
