"""Who is at work on a data folder: the first Ownway that opens it holds a claim until it ends, however it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from ownway.store.errors import FolderError


def claim(folder: Path) -> IO[bytes] | None:
    """Return the claim on this folder, to be kept open; None where another process holds it.

    The system lets go of it when the process dies, so that a pulled plug leaves nothing behind.

    Raises
    ------
    FolderError : with the system's reason.
    """
    try:
        file = (folder / "ownway.lock").open("ab")
    except OSError as error:
        raise FolderError(folder, str(error)) from error
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
