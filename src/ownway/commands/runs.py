"""``ownway import``: files of runs, and whole diaries, into the diary, and a row that says what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from gettext import NullTranslations
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ownway.commands.console import patient_console
from ownway.commands.ending import tidy_end
from ownway.commands.progress import progress
from ownway.errors import OwnwayError, later
from ownway.importing import Imported, import_diary, import_file
from ownway.media.runs.archive import ENDINGS, ZIP_ENDING, Chosen, chosen_at, has_runs, is_run_name
from ownway.media.runs.errors import TooFastToTellError, UnreadableError, UntoldKindError
from ownway.programme.runs import Kind, Run
from ownway.report import diary_json
from ownway.store.archives import Archives
from ownway.store.runs import Runs
from ownway.web.settings import new_session_id, utc_now

IMPORTED, SOME_REFUSED = 0, 1
_BEGINS = 4096  # bytes that tell a diary from a run


class NothingToImportError(OwnwayError):
    """A folder without a run."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            later("There is no run in {folder}. Expected files that end in {endings}."),
            folder=folder,
            endings=", ".join((*ENDINGS, ZIP_ENDING)),
        )


@dataclass(frozen=True, slots=True)
class Into:
    """What takes the files of one person."""

    runs: Runs
    archives: Archives


def run(inputs: Sequence[Path], into: Into, words: NullTranslations, untold: Kind | None = None) -> int:
    """Import the files and those in the folders and zip files into somebody's diary, tell what came of each, and return the exit code.

    Parameters
    ----------
    untold : what it was where a file does not say; None lets the pace tell a walk.

    Raises
    ------
    NothingToImportError : a folder has no run; nothing was imported then.
    SavingError : the diary does not take a run; what was imported before stays.
    """
    files = gathered(inputs)
    with tidy_end(), ExitStack() as opened:
        outcomes = list(_imported([one for file in files for one in _takes(file, into, untold, opened)]))
    console = patient_console()
    console.print(_table(outcomes, words))
    console.print(_summed_up(outcomes, words), markup=False, highlight=False)
    if any(isinstance(outcome.refused, TooFastToTellError | UntoldKindError) for outcome in outcomes):
        console.print(
            words.gettext("To choose what it was: ownway import --as run FILE"), markup=False, highlight=False
        )
    return SOME_REFUSED if any(outcome.refused is not None for outcome in outcomes) else IMPORTED


def gathered(inputs: Sequence[Path]) -> list[Path]:
    """Return the inputs with each folder replaced by the files of runs in it and in its folders, by name; a zip file in one, where it has some.

    Raises
    ------
    NothingToImportError : a folder has none.
    """
    found: list[Path] = []
    for path in inputs:
        if not path.is_dir():
            found.append(path)
            continue
        files = sorted(file for file in path.rglob("*") if _is_run(file))
        if not files:
            raise NothingToImportError(path)
        found.extend(files)
    return found


def _is_run(file: Path) -> bool:
    if not file.is_file():
        return False
    return is_run_name(file.name) or (file.suffix.lower() == ZIP_ENDING and has_runs(file))


def _takes(file: Path, into: Into, untold: Kind | None, opened: ExitStack) -> list[Callable[[], Imported]]:
    """Return what takes a file: as a diary, or as one of runs, of which a zip file has several."""
    if _is_diary(file):
        return [partial(_take_diary, file, into.archives)]
    return [partial(_take_runs, one, into.runs, untold) for one in chosen_at(file, opened)]


def _is_diary(file: Path) -> bool:
    try:
        if not file.is_file():  # a pipe gives what is in it only once
            return False
        with file.open("rb") as opened:
            return diary_json.looks_like_one(opened.read(_BEGINS))
    except OSError:
        return False


def _take_diary(file: Path, archives: Archives) -> Imported:
    try:
        if file.stat().st_size > diary_json.MOST_BYTES:
            return Imported(file.name, refused=diary_json.TooBigDiaryError())
        data = file.read_bytes()
    except OSError as error:
        return Imported(file.name, refused=UnreadableError(error.strerror or str(error)))
    return import_diary(file.name, data, archives)


def _take_runs(chosen: Chosen, runs: Runs, untold: Kind | None) -> Imported:
    return import_file(chosen, runs, utc_now(), new_session_id, untold)


def _imported(takes: Sequence[Callable[[], Imported]]) -> Iterator[Imported]:
    with progress("import", len(takes)) as done:
        for count, take in enumerate(takes, 1):
            yield take()
            done(count)


def _table(outcomes: Sequence[Imported], words: NullTranslations) -> Table:
    _ = words.gettext
    table = Table(box=None, pad_edge=False)
    for title in (_("File"), _("What came of it"), _("When"), _("How long"), _("How far")):
        table.add_column(title, overflow="fold")
    for outcome in outcomes:
        name = Text(outcome.name)
        if outcome.refused is not None:
            table.add_row(name, Text(_("refused: {reason}").format(reason=outcome.refused.told(_))))
        if outcome.added is not None:
            told = _("a diary: {new} new, {known} known already")
            table.add_row(name, told.format(new=outcome.added.new, known=outcome.added.known))
        for found, what in ((outcome.new, _("new")), (outcome.known, _("known already"))):
            for one in found:
                table.add_row(name, what, *_facts(one, words))
    return table


def _facts(run: Run, words: NullTranslations) -> tuple[str, str, str]:
    _ = words.gettext
    return (
        run.started_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        _("{minutes} min").format(minutes=round(run.duration_s / 60)),
        "" if run.distance_m is None else _("{km} km").format(km=f"{run.distance_m / 1000:.2f}"),
    )


def _summed_up(outcomes: Sequence[Imported], words: NullTranslations) -> str:
    return words.gettext("{new} new, {known} known already, {refused} refused.").format(
        new=sum(len(one.new) + (one.added.new if one.added else 0) for one in outcomes),
        known=sum(len(one.known) + (one.added.known if one.added else 0) for one in outcomes),
        refused=sum(outcome.refused is not None for outcome in outcomes),
    )
