"""``ownway import``: files of runs into the diary, and a row that says what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import NullTranslations
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ownway.commands.console import patient_console
from ownway.commands.ending import tidy_end
from ownway.commands.progress import progress
from ownway.errors import OwnwayError, later
from ownway.importing import Imported, import_file
from ownway.media.runs.errors import TooBigError
from ownway.media.runs.reading import MOST_BYTES, MOST_MB
from ownway.programme.runs import Run
from ownway.store.database import Database
from ownway.store.runs import Runs
from ownway.web.settings import new_session_id, utc_now

IMPORTED, SOME_REFUSED = 0, 1

# What is taken from a folder; a file that is named may end as it likes, since its content tells what it is.
ENDINGS = tuple(form + packed for form in (".gpx", ".tcx", ".fit") for packed in ("", ".gz"))


class NothingToImportError(OwnwayError):
    """A folder without a run."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            later("There is no run in {folder}. Expected files that end in {endings}."),
            folder=folder,
            endings=", ".join(ENDINGS),
        )


class UnreadableError(OwnwayError):
    """A file that the system does not give."""

    def __init__(self, reason: str) -> None:
        super().__init__(later("It cannot be read: {reason}."), reason=reason)


def run(inputs: Sequence[Path], database: Database, person_id: int, words: NullTranslations) -> int:
    """Import the files and those in the folders into the diary of this person, tell what came of each, and return the exit code.

    Raises
    ------
    NothingToImportError : a folder has no run; nothing was imported then.
    SavingError : the diary does not take a run; what was imported before stays.
    """
    files = gathered(inputs)
    runs = Runs(database, person_id)
    with tidy_end():
        outcomes = list(_imported(files, runs))
    console = patient_console()
    console.print(_table(outcomes, words))
    console.print(_summed_up(outcomes, words), markup=False, highlight=False)
    return SOME_REFUSED if any(outcome.refused is not None for outcome in outcomes) else IMPORTED


def gathered(inputs: Sequence[Path]) -> list[Path]:
    """Return the inputs with each folder replaced by the files of runs in it and in its folders, by name.

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
    return file.name.lower().endswith(ENDINGS) and not file.name.startswith(".") and file.is_file()


def _imported(files: Sequence[Path], runs: Runs) -> Iterator[Imported]:
    with progress("import", len(files)) as done:
        for count, file in enumerate(files, 1):
            yield _import(file, runs)
            done(count)


def _import(file: Path, runs: Runs) -> Imported:
    try:
        if file.stat().st_size > MOST_BYTES:
            return Imported(file.name, refused=TooBigError(MOST_MB))
        data = file.read_bytes()
    except OSError as error:
        return Imported(file.name, refused=UnreadableError(error.strerror or str(error)))
    return import_file(file.name, data, runs, utc_now(), new_session_id)


def _table(outcomes: Sequence[Imported], words: NullTranslations) -> Table:
    _ = words.gettext
    table = Table(box=None, pad_edge=False)
    for title in (_("File"), _("What came of it"), _("When"), _("How long"), _("How far")):
        table.add_column(title, overflow="fold")
    for outcome in outcomes:
        name = Text(outcome.name)
        if outcome.refused is not None:
            table.add_row(name, Text(_("refused: {reason}").format(reason=outcome.refused.told(_))))
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
        new=sum(len(outcome.new) for outcome in outcomes),
        known=sum(len(outcome.known) for outcome in outcomes),
        refused=sum(outcome.refused is not None for outcome in outcomes),
    )
