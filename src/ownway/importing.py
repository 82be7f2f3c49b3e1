"""One file into the diary: the runs in it that are new, those that were known, or why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ownway.errors import OwnwayError
from ownway.media.runs.archive import Chosen
from ownway.media.runs.errors import RunFileError
from ownway.media.runs.reading import read_runs
from ownway.programme.runs import ImpossibleRunError, Kind, Run, checked
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
