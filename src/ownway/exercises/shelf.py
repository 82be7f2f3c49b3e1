"""The exercises that somebody can choose from: those that come with Ownway, and files of their own.

A file of one's own that cannot be used never stands in the way of the others: it is told of, with its problems.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources

from ownway.errors import ExerciseError
from ownway.exercises.loader import library, parse_exercise
from ownway.exercises.schema import Exercise

LONGEST_ID = 64  # what the diary's table holds
LARGEST = 1e9  # chosen by us: far more than any angle, length or time, and every page and table can hold it
NOT_AN_EXERCISE = "run"  # the diary knows the guided run by this name


@dataclass(frozen=True, slots=True)
class Shelved:
    """An exercise with the text of its file.

    Attributes
    ----------
    own : a file of somebody's own; it has neither figure nor sample clip.
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
    problems: tuple[str, ...]


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
            problems = _taken(exercise.id, known)
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
    exercise, _problems = _parsed(text, "")
    return exercise


@lru_cache(maxsize=256)
def _parsed(text: str, name: str) -> tuple[Exercise | None, tuple[str, ...]]:
    try:
        exercise = parse_exercise(text, name)
    except ExerciseError as error:
        return None, tuple(error.problems)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists within lists within lists
        return None, (f"not TOML: {error}",)
    if problems := tuple(_unkeepable(exercise)):
        return None, problems
    return (exercise if exercise.id in library() else _plain(exercise)), ()


def _unkeepable(exercise: Exercise) -> Iterator[str]:
    """Yield what no diary and no page could hold."""
    if len(exercise.id) > LONGEST_ID:
        yield f"id: it has {len(exercise.id)} letters, at most {LONGEST_ID} can be kept"
    yield from (f"{n!r}: no such number can be kept" for n in _numbers(asdict(exercise)) if not abs(n) <= LARGEST)


def _numbers(plain: object) -> Iterator[float]:
    if isinstance(plain, int | float):
        yield plain
    elif isinstance(plain, Mapping | tuple | list):
        for one in plain.values() if isinstance(plain, Mapping) else plain:
            yield from _numbers(one)


def _plain(exercise: Exercise) -> Exercise:
    """Return an exercise of one's own without what only Ownway's makers can give it: a figure and a sample clip."""
    levels = tuple(replace(level, figure=None) for level in exercise.levels)
    return replace(exercise, demonstration=None, sample=None, levels=levels)


def _taken(exercise_id: str, known: Mapping[str, str]) -> tuple[str, ...]:
    if exercise_id in library():
        return (f"id: {exercise_id!r} is an exercise that comes with Ownway; give this one an id of its own",)
    if exercise_id in known:
        return (f"id: {exercise_id!r} stands in {known[exercise_id]} as well, which is used; give this one another id",)
    if exercise_id == NOT_AN_EXERCISE:
        return (f"id: {exercise_id!r} is the guided run; give this exercise another id",)
    return ()
