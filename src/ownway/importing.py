"""One file into the diary: the runs in it that are new, those that were known, or why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ownway.errors import OwnwayError
from ownway.media.runs.errors import RunFileError
from ownway.media.runs.reading import read_runs
from ownway.programme.runs import ImpossibleRunError, Run, checked
from ownway.store.runs import Runs


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file.

    Attributes
    ----------
    name : of the file.
    new, known : its runs, those that were added and those that the diary had already.
    refused : why nothing was added, None where the file was good.
    """

    name: str
    new: tuple[Run, ...] = ()
    known: tuple[Run, ...] = ()
    refused: OwnwayError | None = None


def import_file(name: str, data: bytes, runs: Runs, now: datetime, new_id: Callable[[], str]) -> Imported:
    """Add the runs of this file to the diary that are new: all of them, or none where the diary does not take them.

    A file of which some part is no run, or cannot be true, gives the others.

    Raises
    ------
    SavingError : the diary does not take them.
    """
    found: list[Run] = []
    reasons: list[OwnwayError] = []
    try:
        for run in read_runs(data):
            try:
                found.append(checked(run, now))
            except ImpossibleRunError as error:
                reasons.append(error)
    except RunFileError as error:
        reasons.append(error)
    if not found:
        return Imported(name, refused=reasons[0])
    new, known = runs.add(found, new_id)
    return Imported(name, new, known)
