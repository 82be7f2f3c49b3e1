"""``ownway assess``: judge films and recordings, and tell the result to people and programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from rich.console import Console

from ownway.analysis import analyse
from ownway.body.measures import Values
from ownway.coach.assessment import VERSION, Assessment, as_json
from ownway.commands.assets import models_folder
from ownway.commands.console import patient_console
from ownway.commands.ending import nobody_reads, tidy_end
from ownway.commands.progress import progress
from ownway.errors import OwnwayError, later
from ownway.exercises.schema import Exercise
from ownway.media.files import TargetError, whole
from ownway.media.footage import open_footage
from ownway.media.pose import Model
from ownway.report import charts, told
from ownway.report.charts import measures
from ownway.report.curves import Curves
from ownway.report.page import render
from ownway.report.series import SeriesWriter, columns
from ownway.store.folder import exercises_folder, usual_folder
from ownway.store.shelves import Shelves

JUDGED, BAD_INPUT, NOT_JUDGED = 0, 2, 3

# What is taken from a folder; a file that is named may end as it likes.
ENDINGS = (".jsonl", ".jsonl.gz", ".mp4", ".m4v", ".mov", ".webm", ".avi", ".mkv")

_LEAST_HEIGHT_CM, _MOST_HEIGHT_CM = 50, 250


class UnknownExerciseError(OwnwayError):
    """There is no exercise of this id."""

    def __init__(self, exercise: str, known: Iterable[str]) -> None:
        super().__init__(
            later("There is no exercise called {exercise}. Name one of these: {known}."),
            exercise=exercise,
            known=", ".join(known),
        )


class HeightError(OwnwayError):
    """A height that nobody has."""

    def __init__(self, height_cm: float) -> None:
        super().__init__(
            later("{height_cm:g} cm is not the height of a person. Give it in cm, between {least} and {most}."),
            height_cm=height_cm,
            least=_LEAST_HEIGHT_CM,
            most=_MOST_HEIGHT_CM,
        )


class NothingToAssessError(OwnwayError):
    """A folder without a film or recording."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            later("There is no film or recording in {folder}. Expected files that end in {endings}."),
            folder=folder,
            endings=", ".join(ENDINGS),
        )


class NotAFolderError(OwnwayError):
    """Several inputs whose results would all go into one file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            later("{path} is a file, and there are several inputs. Name a folder; each of them gets a file in it."),
            path=path,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be assessed, by what, and where the results go; None where one is not wanted.

    Attributes
    ----------
    inputs : films, recordings and folders of them. json : a file, or ``-`` for the standard output.
    series, report : a file; with several inputs a folder, in which each input gets its own.
    """

    inputs: Sequence[Path]
    exercise: Exercise
    height_cm: float | None
    json: Path | None
    series: Path | None
    report: Path | None
    model: Model
    words: NullTranslations


@dataclass(slots=True)
class _Seen:
    """What became of one input after another."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    bad: bool = False
    unjudged: bool = False

    @property
    def exit_code(self) -> int:
        return BAD_INPUT if self.bad else NOT_JUDGED if self.unjudged else JUDGED


def known_exercise(exercise: str, data_folder: Path | None = None) -> Exercise:
    """Return the exercise of this id, one of somebody's own in the data folder among them; None for the usual folder.

    Raises
    ------
    UnknownExerciseError : with those that there are.
    """
    folder = (data_folder or usual_folder()).expanduser()
    known = Shelves(exercises_folder(folder)).now().exercises
    found = known.get(exercise)
    if found is None:
        raise UnknownExerciseError(exercise, known)
    return found


def run(asked: Asked) -> int:
    """Assess what is asked, write and tell the results, and return the exit code.

    Raises
    ------
    OwnwayError : what is asked makes no sense, an output cannot be written, or the only input is bad. Nothing is written then.
    """
    if asked.height_cm is not None and not _LEAST_HEIGHT_CM <= asked.height_cm <= _MOST_HEIGHT_CM:
        raise HeightError(asked.height_cm)
    if asked.report is not None:
        charts.ready()
    inputs = gathered(asked.inputs)
    one = len(asked.inputs) == 1 and not asked.inputs[0].is_dir()
    _check_targets(asked, inputs, one=one)
    with tidy_end():
        return _run_one(asked, inputs[0]) if one else _run_several(asked, inputs)


def gathered(inputs: Sequence[Path]) -> list[Path]:
    """Return the inputs with each folder replaced by the films and recordings in it, by name.

    Raises
    ------
    NothingToAssessError : a folder has none.
    """
    found: list[Path] = []
    for path in inputs:
        if not path.is_dir():
            found.append(path)
            continue
        films = sorted(file for file in path.iterdir() if _is_film(file))
        if not films:
            raise NothingToAssessError(path)
        found.extend(films)
    return found


def _is_film(file: Path) -> bool:
    return file.name.lower().endswith(ENDINGS) and not file.name.startswith(".") and file.is_file()


def _check_targets(asked: Asked, inputs: Sequence[Path], *, one: bool) -> None:
    """See that no output would take the place of an input or of another output."""
    taken = {path.resolve() for path in inputs}
    files = (asked.json, asked.series, asked.report) if one else (asked.json,)
    for target in files:
        if target is None or _is_standard_output(target):
            continue
        if target.resolve() in taken:
            raise TargetError(target, asked.words.gettext("another file of this command has that name"))
        taken.add(target.resolve())


def _is_standard_output(path: Path) -> bool:
    return str(path) == "-"


def _run_one(asked: Asked, path: Path) -> int:
    with ExitStack() as stack:
        to_json = _json_target(asked, stack)
        assessment = _assess(asked, path, asked.series, asked.report)
        _write_json(to_json, as_json(assessment))
    console = _console(asked)
    for line in told.summary(assessment, asked.exercise, asked.words):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return NOT_JUDGED if assessment.not_judged is not None else JUDGED


def _run_several(asked: Asked, inputs: Sequence[Path]) -> int:
    rows = told.Rows(_console(asked), asked.exercise, tuple(path.name for path in inputs), asked.words)
    seen = _Seen()
    with ExitStack() as stack:
        to_json = _json_target(asked, stack)
        names = _names(inputs)
        for folder in {folder for folder in (asked.series, asked.report) if folder is not None}:
            stack.enter_context(_folder(folder))
        rows.head()
        for path, name in zip(inputs, names, strict=True):
            series = None if asked.series is None else asked.series / f"{name}.csv"
            report = None if asked.report is None else asked.report / f"{name}.html"
            try:
                assessment = _assess(asked, path, series, report)
            except TargetError:
                raise
            except OwnwayError as error:
                message = error.told(asked.words.gettext)
                seen.bad = True
                seen.rows.append({"source": path.name, "error": message})
                rows.problem(path.name, message)
                continue
            seen.unjudged |= assessment.not_judged is not None
            seen.rows.append(as_json(assessment))
            rows.add(assessment)
        _write_json(to_json, {"version": VERSION, "assessments": seen.rows})
    return seen.exit_code


def _names(inputs: Sequence[Path]) -> list[str]:
    """Return a name for each input's own files: its own, with a number where another input has the same."""
    names: list[str] = []
    for path in inputs:
        name, number = path.name, 1
        while name in names:
            number += 1
            name = f"{path.name}-{number}"
        names.append(name)
    return names


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make the folder where there is none; it goes again when nothing came into it."""
    made = not folder.exists()
    if not made and not folder.is_dir():
        raise NotAFolderError(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise TargetError(folder, error.strerror or str(error)) from error
    try:
        yield
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()


def _assess(asked: Asked, path: Path, series: Path | None, report: Path | None) -> Assessment:
    """Assess one input, and write its series and its report, both or none."""
    curves = Curves(measures(asked.exercise))
    with ExitStack() as stack:
        page = None if report is None else stack.enter_context(whole(report))
        rows = None if series is None else _series(stack, series, columns(asked.exercise))

        def take(t_s: float, values: Values) -> None:
            if rows is not None:
                rows.add(t_s, values)
            if page is not None:
                curves.add(t_s, values)

        with open_footage(path, models_folder, model=asked.model) as footage:
            assessment = analyse(path, footage, asked.exercise, asked.height_cm, take, progress)
        if report is not None and page is not None:
            today = date.today()  # noqa: DTZ011 - the day as it is where the report is read
            with _disk(report):
                page.write_text(render(assessment, curves, asked.exercise, asked.words, today), encoding="utf-8")
    return assessment


def _series(stack: ExitStack, target: Path, names: tuple[str, ...]) -> SeriesWriter:
    part = stack.enter_context(whole(target))
    stack.enter_context(_disk(target))
    return SeriesWriter(stack.enter_context(part.open("w", newline="", encoding="utf-8")), names)


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    """Tell in words that the disk is full, or gone."""
    try:
        yield
    except OSError as error:
        raise TargetError(target, error.strerror or str(error)) from error


def _json_target(asked: Asked, stack: ExitStack) -> Path | None:
    if asked.json is None or _is_standard_output(asked.json):
        return asked.json
    return stack.enter_context(whole(asked.json))


def _write_json(target: Path | None, data: dict[str, Any]) -> None:
    if target is None:
        return
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if _is_standard_output(target):
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            nobody_reads()
    else:
        with _disk(target):
            target.write_text(text, encoding="utf-8")


def _console(asked: Asked) -> Console:
    """Return where the summary is told: the error stream when the JSON takes the standard output."""
    return patient_console(stderr=asked.json is not None and _is_standard_output(asked.json))
