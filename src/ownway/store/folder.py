"""Where the diary lies on this computer."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ownway.store.errors import FolderError


def usual_folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder where programs of this system keep a person's data; it need not exist yet."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Ownway"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Ownway"
    given = environ.get("XDG_DATA_HOME", "")
    # The XDG rule: a relative path is invalid and is to be ignored.
    base = Path(given) if Path(given).is_absolute() else home / ".local" / "share"
    return base / "ownway"


def ready_folder(wanted: Path | None) -> Path:
    """Make the folder, readable by its owner alone, prove that a file can be written in it, and return it whole.

    Parameters
    ----------
    wanted : as a person writes it, ``~`` included; None for the usual one.

    Raises
    ------
    FolderError : with the system's reason.
    """
    folder = wanted or Path("~")
    try:
        folder = (wanted or usual_folder()).expanduser().absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except RuntimeError as error:  # what pathlib raises where there is no home folder
        raise FolderError(folder, "there is no such home folder") from error
    except OSError as error:
        raise FolderError(folder, error.strerror or str(error)) from error
    return folder


def database_url(folder: Path) -> str:
    """Return the address of the SQLite file of this folder."""
    return file_url(diary_file(folder))


def diary_file(folder: Path) -> Path:
    """Return the SQLite file of this folder."""
    return folder / "ownway.sqlite3"


def exercises_folder(folder: Path) -> Path:
    """Return the place in this folder for exercise files of one's own; it need not exist."""
    return folder / "exercises"


def file_url(path: Path) -> str:
    """Return the address of an SQLite file."""
    # Not put together by hand: a folder's name may have characters that mean something in an address.
    from sqlalchemy import URL  # takes as long to load as all else here, and a mere folder needs none of it

    return URL.create("sqlite", database=str(path)).render_as_string()
