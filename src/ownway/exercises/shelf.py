"""The exercises that somebody can choose from: those that come with Ownway, and files of their own.

A file of one's own that cannot be used never stands in the way of the others: it is told of, with its problems.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources

from ownway.errors import Problem, Said, later
from ownway.exercises.loader import Examined, examine, library, recalled
from ownway.exercises.places import Places
from ownway.exercises.schema import Exercise

NOT_AN_EXERCISE = "run"  # the diary knows the guided run by this name


@dataclass(frozen=True, slots=True)
class Shelved:
    """An exercise with the text of its file.

    Attributes
    ----------
    own : a file of somebody's own; it has no made figure and no sample clip.
    """

    exercise: Exercise
    text: str
    own: bool = False

    @property
    def digest(self) -> str:
        """Return the name by which the diary knows this text."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file of one's own that is not used, and why."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All exercises by id: those that come with Ownway in the order of their files, then one's own."""

    shelved: Mapping[str, Shelved]
    bad: tuple[BadFile, ...] = ()
    exercises: Mapping[str, Exercise] = field(init=False)

    def __post_init__(self) -> None:
        """Set the exercises alone."""
        object.__setattr__(self, "exercises", {id_: one.exercise for id_, one in self.shelved.items()})


@cache
def built_in() -> Shelf:
    """Return the exercises that come with Ownway."""
    folder = resources.files("ownway.exercises") / "library"
    texts = {id_: (folder / f"{id_}.toml").read_text(encoding="utf-8") for id_ in library()}
    return Shelf({id_: Shelved(library()[id_], text) for id_, text in texts.items()})


def with_own(texts: Mapping[str, str], bad: tuple[BadFile, ...] = ()) -> Shelf:
    """Return the exercises with these files of somebody's own among them.

    Parameters
    ----------
    texts : by the file's name. Of two with one id the first, in this order, is used.
    bad : files that could not be read at all.
    """
    shelved, known, unused = dict(built_in().shelved), dict[str, str](), list(bad)
    for name, text in texts.items():
        exercise, problems = _parsed(text, name)
        if exercise is not None:
            why = taken(exercise.id, known)
            problems = () if why is None else (not_its_own(text, name, exercise.id, why),)
        if exercise is None or problems:
            unused.append(BadFile(name, problems))
            continue
        known[exercise.id] = name
        shelved[exercise.id] = Shelved(exercise, text, own=True)
    return Shelf(shelved, tuple(sorted(unused, key=lambda file: file.name)))


def digest_of(text: str) -> str:
    """Return the name by which the diary knows this text."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def reread(text: str) -> Exercise | None:
    """Return the exercise that a file described when it was used; None where this version can no longer read it."""
    exercise = recalled(text)
    return None if exercise is None else _as_its_own(exercise)


@lru_cache(maxsize=256)
def _parsed(text: str, name: str) -> tuple[Exercise | None, tuple[Problem, ...]]:
    examined = examine(text, name)
    exercise = examined.exercise
    if exercise is None:
        return None, problems_of(examined)
    return _as_its_own(exercise), ()


def problems_of(examined: Examined) -> tuple[Problem, ...]:
    """Return what keeps a file from being used."""
    return tuple(problem for problem in examined.problems if problem.severity == "problem")


def _as_its_own(exercise: Exercise) -> Exercise:
    return exercise if exercise.id in library() else _plain(exercise)


def _plain(exercise: Exercise) -> Exercise:
    """Return an exercise of one's own without what only Ownway's makers can give it: a made figure and a sample clip.

    What is demonstrated stays where there are postures to draw.
    """
    levels = tuple(replace(level, figure=None) for level in exercise.levels)
    show = exercise.demonstration
    return replace(exercise, demonstration=show if show and show.drawn else None, sample=None, levels=levels)


def taken(exercise_id: str, known: Mapping[str, str]) -> Said | None:
    """Return why an own file cannot have this id; ``known`` has the names of the files by the ids they have."""
    if exercise_id in library():
        return Said(later("An exercise that comes with Ownway has this one."))
    if exercise_id in known:
        return Said(later("{file} has this one, and is used."), {"file": known[exercise_id]})
    if exercise_id == NOT_AN_EXERCISE:
        return Said(later("The guided run has this one."))
    return None


def not_its_own(text: str, file: str, exercise_id: str, why: Said) -> Problem:
    """Return the problem of a file whose id something else has."""
    line = Places(text).line(("id",))
    return Problem(file, line, "id", Said(later("an id that nothing else has")), f"'{exercise_id}'", why)
