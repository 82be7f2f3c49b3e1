"""One file into the diary: runs, or a whole diary; what in it is new, what was known, or why nothing was taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ownway.errors import OwnwayError
from ownway.media.runs.archive import Chosen
from ownway.media.runs.errors import RunFileError
from ownway.media.runs.reading import read_runs
from ownway.programme.runs import ImpossibleRunError, Kind, Run, checked
from ownway.report.diary_json import DiaryFileError, read
from ownway.store.archives import Added, Archives, SomebodyElsesError
from ownway.store.runs import Runs


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file.

    Attributes
    ----------
    name : of the file.
    new, known : its runs, those that were added and those that the diary had already.
    added : how much of a whole diary was new and known; None where the file is of runs.
    refused : why nothing was added, None where the file was good.
    """

    name: str
    new: tuple[Run, ...] = ()
    known: tuple[Run, ...] = ()
    added: Added | None = None
    refused: OwnwayError | None = None


def import_file(
    chosen: Chosen, runs: Runs, now: datetime, new_id: Callable[[], str], untold: Kind | None = None
) -> Imported:
    """Add the runs of this file to the diary that are new: all of them, or none where the diary does not take them.

    A file of which some part is no run, or cannot be true, gives the others.

    Parameters
    ----------
    untold : what it was where the file does not say; None lets the pace tell a walk.

    Raises
    ------
    SavingError : the diary does not take them.
    """
    found: list[Run] = []
    reasons: list[OwnwayError] = []
    try:
        for run in read_runs(chosen.read(), untold):
            try:
                found.append(checked(run, now))
            except ImpossibleRunError as error:
                reasons.append(error)
    except RunFileError as error:
        reasons.append(error)
    if not found:
        return Imported(chosen.name, refused=reasons[0])
    new, known = runs.add(found, new_id)
    return Imported(chosen.name, new, known)


def import_diary(name: str, data: bytes, archives: Archives) -> Imported:
    """Add what is new of a diary that Ownway exported: all of it, or nothing where something speaks against it.

    Raises
    ------
    SavingError : the diary does not take it.
    """
    try:
        return Imported(name, added=archives.add(read(data)))
    except (DiaryFileError, SomebodyElsesError) as error:
        return Imported(name, refused=error)
