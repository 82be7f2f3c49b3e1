"""``ownway exercises new``: asks, and writes a file to begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations
from math import inf
from pathlib import Path
from typing import Any, TypeVar

import typer

from ownway.body.measures import MEASURES
from ownway.commands.exercises import shelf_of
from ownway.errors import ExerciseError, OwnwayError, later
from ownway.exercises.fields import LARGEST
from ownway.exercises.findings import nearest
from ownway.exercises.json_schema import FILE_NAME, schema_text
from ownway.exercises.loader import MOST_WORDS, examine
from ownway.exercises.ranges import about
from ownway.exercises.schema import View
from ownway.exercises.shelf import not_its_own, taken
from ownway.exercises.starter import USUAL, Counts, Wanted, id_of, starting_file
from ownway.media.files import TargetError

T = TypeVar("T")

# What can be counted goes there and back by an angle; what is held may be a height, too.
_COUNTED_IN = ("deg",)
_HELD_IN = ("deg", "cm", "knee heights", "thigh lengths")
_FAR = {
    "deg": 20.0,
    "cm": 3.0,
}  # offered where a measure is not the usual one; chosen by us, to be changed by who knows


class ThereAlreadyError(OwnwayError):
    """A file of that name is there; nobody's work is written over."""

    def __init__(self, file: Path) -> None:
        super().__init__(later("{file} is there already, and stays as it is. Choose another id or title."), file=file)


class NotThisWayError(OwnwayError):
    """Two sides cannot be told apart from the side."""

    def __init__(self) -> None:
        super().__init__(later("Left and right are told apart from the front only. Choose --view front."))


@dataclass(frozen=True, slots=True)
class Given:
    """What was said already by options; None is asked for, or the usual."""

    title: str | None = None
    id: str | None = None
    view: View | None = None
    counts: Counts | None = None
    measure: str | None = None
    far: float | None = None
    many: int | None = None
    tempo_s: float | None = None
    sets: int | None = None
    rest_s: float | None = None
    say: str | None = None
    fault: str | None = None
    fault_measure: str | None = None
    fault_above: float | None = None
    fault_cue: str | None = None
    author: str | None = None


def run(given: Given, folder: Path, words: NullTranslations, *, ask: bool) -> Path:
    """Ask for what was not given, write the file into ``folder`` and say what comes next.

    Raises
    ------
    ThereAlreadyError : the file is there.
    ExerciseError : what was answered does not make a right file, or its id belongs to another one; nothing is written.
    TargetError : it cannot be written.
    """
    _ = words.gettext
    wanted = _Questions(given, words, ask=ask).wanted()
    file = folder / f"{wanted.id}.toml"
    text = starting_file(wanted)
    examined = examine(text, file.name)
    if examined.exercise is None:
        raise ExerciseError(file.name, examined.problems)
    if file.exists():
        raise ThereAlreadyError(file)
    others = (one.exercise.id for one in shelf_of(folder).shelved.values() if one.own)
    why = taken(wanted.id, dict.fromkeys(others, _("Another file of yours")))
    if why is not None:
        raise ExerciseError(file.name, (not_its_own(text, file.name, wanted.id, why),))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / FILE_NAME).write_text(schema_text(), encoding="utf-8")
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        raise TargetError(file, error.strerror or str(error)) from error
    typer.echo(_("{file} is written, and right as it stands. It is in your library already.").format(file=file))
    typer.echo(_("Change its words with any text editor. Then:"))
    for line in ("check {file}", "try {id} --on CLIP", "try {id} --camera"):
        typer.echo("  ownway exercises " + line.format(file=file, id=wanted.id))
    return file


class _Questions:
    """Asks one thing after another; what was given is not asked, and nothing is where nobody is to be asked."""

    def __init__(self, given: Given, words: NullTranslations, *, ask: bool) -> None:
        self._given = given
        self._ = words.gettext
        self._ask = ask

    def wanted(self) -> Wanted:
        _, given = self._, self._given
        title = self._answer("title", _("What is it called?"), _("My exercise"), _words)
        view = self._answer(
            "view", _("How does one stand to the camera: side or front?"), "side", _one_of("side", "front")
        )
        ways = [counts for of, counts in USUAL if of == view]
        if given.counts is not None and given.counts not in ways:
            raise NotThisWayError
        counts = self._answer(
            "counts", _("What is counted: {ways}?").format(ways=", ".join(ways)), "repetitions", _one_of(*ways)
        )
        usual, usual_far = USUAL[view, counts]
        held = counts == "hold"
        fit = _measure_of(view, _HELD_IN if held else _COUNTED_IN)
        measure = self._answer("measure", _("By which measure (? lists them)?"), usual, fit)
        far = self._answer(
            "far",
            _("How far must it go to count (0 is standing)?"),
            usual_far if measure == usual else _FAR.get(MEASURES[measure].unit, 1.0),
            _number,
        )
        many = self._answer(
            "many", _("How many seconds is it held?") if held else _("How many are a set?"), 20 if held else 8, _whole
        )
        tempo_s = self._answer("tempo_s", _("Seconds for each?"), 4.0, _number) if not held else given.tempo_s or 4.0
        sets = self._answer("sets", _("How many sets?"), 2, _whole)
        rest_s = self._answer("rest_s", _("Seconds of rest between them?"), 30.0, _number) if sets > 1 else 30.0
        say = self._answer("say", _("What does the coach say to begin (six words)?"), _("Begin slowly."), _cue)
        fault = self._answer("fault", _("One fault to watch for, in one word (empty: none)?"), "", _plain)
        shows = self._of_fault(
            fault, "fault_measure", _("By which measure is it seen (? lists them)?"), measure, _measure_of(view)
        )
        return Wanted(
            title=title,
            view=view,
            counts=counts,
            measure=measure,
            far=far,
            many=many,
            tempo_s=tempo_s,
            sets=sets,
            rest_s=rest_s,
            say=say,
            fault=fault,
            fault_measure=shows,
            fault_above=self._of_fault(fault, "fault_above", _("Above what is it a fault?"), 60.0, _number),
            fault_cue=self._of_fault(
                fault, "fault_cue", _("What does the coach say then (six words)?"), _("A little less."), _cue
            ),
            author=self._answer("author", _("Who writes it?"), _("The author"), _words),
            id=self._answer("id", _("Its id (letters, digits, underscores)?"), id_of(title), str),
        )

    def _of_fault(self, fault: str, name: str, question: str, usual: T, fit: Callable[[str], T]) -> T:
        return self._answer(name, question, usual, fit) if fault else usual

    def _answer(self, name: str, question: str, usual: T, fit: Callable[[str], T]) -> Any:
        given = getattr(self._given, name)
        if given is not None:
            return _fitting(name, given, fit)
        if not self._ask:
            return usual
        return typer.prompt(question, default=usual, value_proc=fit)


def _fitting(name: str, given: Any, fit: Callable[[Any], T]) -> T:
    """Return what an option says, as if it had been answered; what does not fit is told with the option's name."""
    try:
        return fit(given)
    except typer.BadParameter as error:
        error.param_hint = f"--{name.replace('_', '-')}"
        raise


def _plain(answer: str) -> str:
    """Return an answer on one line, without what nobody can see."""
    return "".join(letter for letter in " ".join(answer.split()) if letter.isprintable())


def _words(answer: str) -> str:
    if not _plain(answer):
        raise typer.BadParameter(later("A word or two, please."))
    return _plain(answer)


def _cue(answer: str) -> str:
    if not 0 < len(answer.split()) <= MOST_WORDS:
        raise typer.BadParameter(later("At most {most} words, please.").format(most=MOST_WORDS))
    return _plain(answer)


def _number(answer: str | float) -> float:
    try:
        number = float(answer)
    except (ValueError, OverflowError):
        number = inf
    if not abs(number) <= LARGEST:
        raise typer.BadParameter(later("A number, please."))
    return number


def _whole(answer: str | int) -> int:
    return int(_number(answer))


def _one_of(*known: str) -> Callable[[str], str]:
    def fit(answer: str) -> str:
        if answer not in known:
            raise typer.BadParameter(", ".join(known))
        return answer

    return fit


def _measure_of(view: str, units: tuple[str, ...] | None = None) -> Callable[[str], str]:
    rows = {
        name: f"{name} ({row.unit}): {about(name)}"
        for name, row in MEASURES.items()
        if row.view in {None, view} and (units is None or row.unit in units) and "_raw" not in name
    }

    def fit(answer: str) -> str:
        if answer not in rows:
            raise typer.BadParameter(nearest(answer, rows) or "\n  ".join(["", *rows.values()]))
        return answer

    return fit
