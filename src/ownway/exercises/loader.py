"""Reads exercise files and checks them whole: every problem is collected, with its line, before anything is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from ownway.errors import ExerciseError, Problem, later, plain_problem
from ownway.exercises.building import UNSAID, build, is_whole
from ownway.exercises.contradictions import MOST_WORDS, contradictions, shared_contradictions
from ownway.exercises.fields import least_and_most
from ownway.exercises.findings import Finding, said
from ownway.exercises.places import Places
from ownway.exercises.rules_of_figures import RIGHT_WAY
from ownway.exercises.salvage import salvage
from ownway.exercises.schema import Exercise, Setup

__all__ = ["MOST_WORDS", "RIGHT_WAY", "Examined", "examine", "library", "parse_exercise", "recalled", "setup"]

T = TypeVar("T")

_WRITE_ONE = later("`ownway exercises new` writes one to begin with.")
_FAR_TOO_LONG = later("A number or a list in it is far too long.")


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of reading a file: the exercise, unless there are problems; hints may be there with it."""

    exercise: Exercise | None
    problems: tuple[Problem, ...]


def examine(text: str, source: str, known: Iterable[Finding] = ()) -> Examined:
    """Return the exercise written in ``text`` (TOML), and all that there is to say about it, from the first line to the last.

    Parameters
    ----------
    known : what was found of the file before, by ``encodings``; it is told with the rest.
    """

    def check(exercise: Exercise, unset: frozenset[str]) -> Iterable[Finding]:
        return contradictions(exercise, unset, setup())

    return Examined(*_read(Exercise, text, source, check, tuple(known)))


def parse_exercise(text: str, source: str, known: Iterable[Finding] = ()) -> Exercise:
    """Return the exercise written in ``text`` (TOML); see ``examine``.

    Raises
    ------
    ExerciseError
        With every problem found: unknown or missing keys, wrong types, names that lead nowhere, what contradicts itself.
    """
    examined = examine(text, source, known)
    if examined.exercise is None:
        raise ExerciseError(source, (p for p in examined.problems if p.severity == "problem"))
    return examined.exercise


def recalled(text: str) -> Exercise | None:
    """Return the exercise of a file that was right when it was used, whatever is looked at more closely since.

    None where it cannot be read whole, or has numbers that nobody could reckon with.
    """
    try:
        salvaged = salvage(text)
    except (ValueError, RecursionError):
        return None
    if salvaged.findings:
        return None
    exercise = build(Exercise, salvaged.data or {}, (), [])
    return exercise if is_whole(exercise) and all(_within(*each) for each in _numbers(exercise)) else None


def _numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of an exercise, with the key it stands behind."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _numbers(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _numbers(inner, name)
    elif isinstance(value, int | float):
        yield name, value


def _within(name: str, number: float) -> bool:
    least, most = least_and_most(name)
    return least <= number <= most


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
    cls: type[T],
    text: str,
    source: str,
    check: Callable[[T, frozenset[str]], Iterable[Finding]],
    known: tuple[Finding, ...] = (),
) -> tuple[T | None, tuple[Problem, ...]]:
    """Return what is written in ``text`` unless there are problems, and all of them in the order of their lines."""
    try:
        salvaged = salvage(text)
    except (ValueError, RecursionError):
        return None, (plain_problem(source, _FAR_TOO_LONG),)
    found, data, result = [*known, *salvaged.findings], salvaged.data or {}, None
    if data:
        result = build(cls, data, (), found)
        names = (field.name for field in fields(cls))  # type: ignore[arg-type]
        unset = frozenset(name for name in names if not (hasattr(result, name) and is_whole(getattr(result, name))))
        found.extend(check(result, unset))
    elif not found:
        found.append(Finding((), said(later("an exercise")), None, said(_WRITE_ONE)))
    places = Places(salvaged.text if data else "")
    told = (finding.placed(source, places, data) for finding in found if finding.expected is not UNSAID)
    problems = sorted(told, key=lambda problem: problem.line or 0)
    usable = all(problem.severity == "hint" for problem in problems)
    return result if usable else None, tuple(problems)
