"""``ownway exercises``: what there is, whether a file is right, how it does on a clip, and a good beginning for a new one."""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import typer
from rich.table import Table

from ownway.commands.console import patient_console
from ownway.commands.describing import described
from ownway.commands.ending import nobody_reads
from ownway.errors import NOTHING, OwnwayError, Problem, Said, later, plain_problem
from ownway.exercises import loader
from ownway.exercises.encodings import Decoded, decoded
from ownway.exercises.fields import SPOKEN_KEYS
from ownway.exercises.findings import key_of, shown
from ownway.exercises.places import Path as KeyPath
from ownway.exercises.places import Places
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import Shelf, not_its_own, taken
from ownway.store import shelves
from ownway.store.shelves import Shelves, files_of, text_of
from ownway.web.translation import lacks, languages

logging.getLogger("ownway").addHandler(
    logging.NullHandler()
)  # bad files are told in the list, not as warnings beside it

BUILT_IN = Path(loader.__file__).parent / "library"

RIGHT, WRONG = 0, 1


class NoSuchExerciseError(OwnwayError):
    """Neither a file nor an exercise."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            later("There is no file and no exercise called {name}. There are: {known}."),
            name=name,
            known=", ".join(known),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, and what there is to say about it."""

    file: Path
    exercise: Exercise | None
    problems: tuple[Problem, ...]

    @property
    def right(self) -> bool:
        """Return whether it can be used."""
        return all(problem.severity == "hint" for problem in self.problems)


# ---- list and show --------------------------------------------------------------------------------------------------------


def tell_all(own: Path, words: NullTranslations) -> None:
    """List the exercises that come with Ownway and those of the folder ``own``; a bad file with how much is wrong in it."""
    _ = words.gettext
    shelf = shelf_of(own)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (_("Exercise"), _("Title"), _("View"), _("Version"), _("From")):
        table.add_column(head, overflow="fold")
    views = {"side": _("side-on"), "front": _("facing")}
    for id_, one in shelf.shelved.items():
        exercise = one.exercise
        whose = _("your folder") if one.own else _("Ownway")
        table.add_row(id_, exercise.title, views[exercise.camera.view], str(exercise.version), whose)
    console = patient_console()
    console.print(table, markup=False, highlight=False)
    for bad in shelf.bad:
        count = len(bad.problems)
        told = words.ngettext("{file}: {count} problem", "{file}: {count} problems", count)
        _say(told.format(file=own / bad.name, count=count))
    if shelf.bad:
        _say(_("What they are: {command}").format(command="ownway exercises check FILE"))
    _say(_("Your own files go into {folder}").format(folder=own))


def tell_one(name: str, own: Path, words: NullTranslations) -> None:
    """Say in words what an exercise asks for, counts and says.

    Raises
    ------
    NoSuchExerciseError, ExerciseError : there is none, or its file is not right.
    """
    _say(described(found(name, own).exercise, words))


@dataclass(frozen=True, slots=True)
class Found:
    """An exercise, and its file where it lies somewhere else than in the folder of one's own."""

    exercise: Exercise
    file: Path | None = None


def found(name: str, own: Path) -> Found:
    """Return the exercise of an id, or of a file.

    Raises
    ------
    NoSuchExerciseError, ExerciseError : there is none, or its file is not right.
    """
    exercises = shelf_of(own).exercises
    if name in exercises:
        return Found(exercises[name])
    file = Path(name)
    if not file.is_file():
        raise NoSuchExerciseError(name, list(exercises))
    read = _read(file)
    exercise = loader.parse_exercise(read.text, file.name, read.findings)
    return Found(exercise, None if file.resolve().parent in {own.resolve(), BUILT_IN.resolve()} else file.resolve())


def shelf_of(own: Path) -> Shelf:
    """Return all exercises; bad files are told in the list, not as warnings beside it."""
    log, quiet = logging.getLogger(shelves.__name__), logging.NullHandler()
    log.addHandler(quiet)
    try:
        return Shelves(own).now()
    finally:
        log.removeHandler(quiet)


# ---- check -------------------------------------------------------------------------------------------------------------------


def check(files: Sequence[Path], own: Path, words: NullTranslations, *, as_json: bool) -> int:
    """Say everything that is wrong in these files, or where none is named in all there are; return the exit code."""
    checked = list(_checked(files or [*sorted(BUILT_IN.glob("*.toml")), *files_of(own)], own))
    if as_json:
        _write([_as_json(problem, words) for one in checked for problem in one.problems])
    else:
        for one in checked:
            _tell(one, words)
    return RIGHT if all(one.right for one in checked) else WRONG


def _checked(files: Sequence[Path], own: Path) -> Iterator[Checked]:
    known: dict[str, str] = {}
    home = own.resolve()
    some_at_home = any(file.resolve().parent == home for file in files)
    unused = {bad.name: bad.problems for bad in shelf_of(own).bad} if some_at_home else {}
    for file in files:
        try:
            read = _read(file)
        except OSError as error:
            yield Checked(file, None, (plain_problem(str(file), error.strerror or str(error)),))
            continue
        text = read.text
        examined = loader.examine(text, str(file), read.findings)
        problems = list(examined.problems)
        if file.resolve().parent == BUILT_IN.resolve():
            problems += _untranslated(text, str(file)) if examined.exercise else []
        elif examined.exercise is not None:
            id_ = examined.exercise.id
            if file.resolve().parent == home:  # right by itself, it may still be one that the library does not use
                problems += (replace(problem, file=str(file)) for problem in unused.get(file.name, ()))
            elif (why := taken(id_, known)) is not None:
                problems.append(not_its_own(text, str(file), id_, why))
            known.setdefault(id_, str(file))
        yield Checked(file, examined.exercise, tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def _read(file: Path) -> Decoded:
    if file.is_fifo():  # what a shell makes of ``<(command)``
        return decoded(file.read_bytes())
    return text_of(file, file.stat().st_size)


def _untranslated(text: str, file: str) -> Iterator[Problem]:
    """Yield the texts of a file that comes with Ownway which one of its languages has no words for."""
    data, places = tomllib.loads(text), Places(text)
    for code in languages():
        for path, spoken in _spoken(data):
            if lacks(code, spoken):
                wanted = Said(later("a translation ({language})"), {"language": code})
                mend = Said(later("locale/{language}/LC_MESSAGES/ownway.po has none."), {"language": code})
                yield Problem(file, places.line(path), key_of(path, data), wanted, shown(spoken), mend, "hint")


def _spoken(data: Any, path: KeyPath = (), *, heard: bool = False) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts that people read or hear."""
    if isinstance(data, str) and heard:
        yield path, data
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from _spoken(value, (*path, key), heard=heard or key in SPOKEN_KEYS)


def _tell(one: Checked, words: NullTranslations) -> None:
    for problem in one.problems:
        told = problem.told(words.gettext)
        _say(told if problem.severity == "problem" else words.gettext("{problem} (a hint)").format(problem=told))
    if one.right and one.exercise is not None:
        _say(words.gettext("{file}: “{title}” is right.").format(file=one.file, title=one.exercise.title))
    else:
        count = sum(problem.severity == "problem" for problem in one.problems)
        told = words.ngettext("{file}: {count} problem", "{file}: {count} problems", count)
        _say(told.format(file=one.file, count=count))


def _as_json(problem: Problem, words: NullTranslations) -> dict[str, Any]:
    _ = words.gettext
    return {
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "severity": problem.severity,
        "expected": problem.expected.told(_),
        "got": problem.got or None,
        "mend": problem.mend.told(_) if problem.mend != NOTHING else None,
        "message": problem.told(_),
    }


def _write(rows: list[dict[str, Any]]) -> None:
    _say(json.dumps(rows, ensure_ascii=False, indent=2))


def _say(text: str) -> None:
    try:
        typer.echo(text)
    except BrokenPipeError:  # which is no reason to stop
        nobody_reads()
