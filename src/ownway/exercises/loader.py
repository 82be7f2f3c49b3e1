"""Reads exercise files and checks them whole: every problem is collected, with its line, before anything is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import TypeVar

from ownway.errors import ExerciseError, Problem, Said, later, plain_problem
from ownway.exercises.building import build
from ownway.exercises.contradictions import MOST_WORDS, RIGHT_WAY, contradictions, shared_contradictions
from ownway.exercises.findings import Finding, said
from ownway.exercises.places import Places
from ownway.exercises.schema import Exercise, Setup

__all__ = ["MOST_WORDS", "RIGHT_WAY", "Examined", "examine", "library", "parse_exercise", "setup"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of reading a file: the exercise, unless there are problems; hints may be there with it."""

    exercise: Exercise | None
    problems: tuple[Problem, ...]


def examine(text: str, source: str) -> Examined:
    """Return the exercise written in ``text`` (TOML), and all that there is to say about it, from the first line to the last."""

    def check(exercise: Exercise, unset: frozenset[str]) -> Iterable[Finding]:
        return contradictions(exercise, unset, setup())

    return Examined(*_read(Exercise, text, source, check))


def parse_exercise(text: str, source: str) -> Exercise:
    """Return the exercise written in ``text`` (TOML).

    Raises
    ------
    ExerciseError
        With every problem found: unknown or missing keys, wrong types, names that lead nowhere, what contradicts itself.
    """
    examined = examine(text, source)
    if examined.exercise is None:
        raise ExerciseError(source, (p for p in examined.problems if p.severity == "problem"))
    return examined.exercise


@cache
def setup() -> Setup:
    """Return what all exercises share."""
    source = "setup.toml"
    text = (resources.files("ownway.exercises") / source).read_text(encoding="utf-8")
    read = _read(Setup, text, source, shared_contradictions)
    if read[0] is None:
        raise ExerciseError(source, read[1])
    return read[0]


@cache
def library() -> Mapping[str, Exercise]:
    """Return the exercises that come with Ownway, by id, in file-name order."""
    folder = resources.files("ownway.exercises") / "library"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    exercises = (parse_exercise(f.read_text(encoding="utf-8"), f.name) for f in files)
    return {exercise.id: exercise for exercise in exercises}


def _read(
    cls: type[T], text: str, source: str, check: Callable[[T, frozenset[str]], Iterable[Finding]]
) -> tuple[T | None, tuple[Problem, ...]]:
    """Return what is written in ``text`` unless there are problems, and all of them in the order of their lines."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_not_toml(text, source, error),)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists within lists within lists
        return None, (plain_problem(source, str(error)),)
    found: list[Finding] = []
    result = build(cls, data, (), found)
    unset = frozenset(field.name for field in fields(cls) if not hasattr(result, field.name))  # type: ignore[arg-type]
    found.extend(check(result, unset))
    places = Places(text)
    problems = sorted((f.placed(source, places, data) for f in found), key=lambda problem: problem.line or 0)
    usable = all(problem.severity == "hint" for problem in problems)
    return result if usable else None, tuple(problems)


# ---- what is not TOML at all ----------------------------------------------------------------------------------------------

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=|\s*\[+([^\]]+)\]")
# What the parser says, by its beginning, and what to do about it.
_REMEDIES = {
    "Illegal character '\\n'": later("Close the text with a quotation mark on the same line."),
    "Unterminated string": later("Close the text with a quotation mark."),
    "Invalid value": later('Texts stand in quotation marks, numbers have a point: key = "text", key = 1.5.'),
    "Expected '=' after a key": later("A line is: key = value. A comment begins with #."),
    "Invalid initial character for a key part": later("A line is: key = value, and begins with a letter."),
    "Unclosed array": later("Put a comma after each entry, and close the list with ]."),
    "Unclosed inline table": later("Put a comma between the pairs, and close the table with } on the same line."),
    "Expected ']": later("Close the name of the table: [camera], or [[phases]] for one of several."),
    "Cannot overwrite a value": later("This key stands twice in its table; keep one of them."),
    "Cannot declare": later("This table stands twice; several of a kind are each written [[like_this]]."),
    "Expected newline or end of document": later(
        "One key = value a line. Does a quotation mark stand within the text?"
    ),
}


def _not_toml(text: str, source: str, error: tomllib.TOMLDecodeError) -> Problem:
    complaint, lines = str(error), text.split("\n")
    place = _PLACE.search(complaint)
    line = int(place[1]) if place is not None and place[1] else max(1, len(text.rstrip().split("\n")))
    plain = complaint[: place.start()] if place is not None else complaint
    key = _KEY.match(lines[line - 1])
    name = "" if key is None else next(filter(None, key.groups()))
    remedy = next((words for start, words in _REMEDIES.items() if plain.startswith(start)), "")
    return Problem(
        source, line, name, said(later("a line of TOML")), f"{lines[line - 1].strip()} ({plain})", Said(remedy)
    )
