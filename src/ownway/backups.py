"""Back-ups of the diary: one a day, more where somebody asks for them, the last seven of either; and what is forgotten is taken
out of all of them.
"""

from __future__ import annotations

import logging
import re
import shlex
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ownway.errors import OwnwayError, later
from ownway.media.files import TargetError, whole
from ownway.store.claim import claim
from ownway.store.copies import Gone, copy_into, forget_in, settle, settle_on_disk, take_copy
from ownway.store.database import Database, open_database
from ownway.store.errors import CopyError, SavingError
from ownway.store.folder import database_url, diary_file, file_url, usual_folder

_log = logging.getLogger(__name__)

FOLDER = "backups"
KEPT = 7  # chosen by us, of the daily ones and of the others: a week to notice that something is missing
_AT_ONCE = 4  # that are written anew beside each other, SQLite being at work without Python; chosen by us: cores of a small computer
_WAIT_S = 30.0  # for another Ownway that is making one

_NAME = re.compile(r"ownway-(?P<day>\d{4}-\d\d-\d\d)(?:-(?P<time>\d{6}))?\.sqlite3")


class LeftInBackupError(OwnwayError):
    """Something is forgotten, but not in every back-up."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            later(
                "It is out of your diary, but not out of the back-up {file}: {reason}. "
                "Delete that file in the folder “backups” beside your diary, if it should be gone from there, too."
            ),
            file=path.name,
            reason=reason,
        )


class LeftInFileError(OwnwayError):
    """Something is forgotten, but its bytes may still lie in the diary's file."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            later(
                "It is out of your diary, but traces of it may still lie in the diary's file: {reason}. "
                "They go with the next thing that you forget, once there is room on the disk."
            ),
            reason=reason,
        )


class BusyError(OwnwayError):
    """Another Ownway is at work on the back-ups, and does not come to an end."""

    def __init__(self) -> None:
        super().__init__(later("Another Ownway is at work on the back-ups. Try again in a minute."))


class StillRunningError(OwnwayError):
    """A diary is in use and cannot be replaced."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "Ownway is running on this diary. Stop it first (Ctrl-C in its window), then restore. Nothing was changed."
            )
        )


class NoBackupError(OwnwayError):
    """A back-up of this name is neither here nor among the back-ups."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            later("There is no file {file}, and no back-up of that name. Nothing was changed."), file=str(path)
        )


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the diary.

    Attributes
    ----------
    made : by the clock of this computer; the beginning of the day for a daily one.
    """

    path: Path
    made: datetime
    daily: bool
    size_bytes: int

    def restore_line(self) -> str:
        """Return what to type to restore it, with the folder of the diary where that is not the usual one."""
        folder = self.path.parent.parent
        where = [] if folder == usual_folder() else ["--data-dir", str(folder)]
        return shlex.join(["ownway", "restore", *where, self.path.name])


class Backups:
    """The back-ups of one diary. Without a folder, or where a server keeps the diary, there are none."""

    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._diary = database.file
        self._folder = folder

    @property
    def possible(self) -> bool:
        """Whether back-ups are made here at all."""
        return self._diary is not None and self._folder is not None

    def all(self) -> list[Backup]:
        """Return the back-ups, the newest first."""
        return [] if self._folder is None else _kept(self._folder)

    def daily(self, now: datetime) -> Backup | None:
        """Make the back-up of this day, and let the oldest go; None where it is made already.

        Parameters
        ----------
        now : aware; the day is that on the wall of this computer.

        Raises
        ------
        CopyError, TargetError : a full disk, a folder that may not be written. What was there stays.
        """
        if self._folder is None or self._diary is None:
            return None
        self._database.finish_sweep()
        with _alone(self._folder):
            target = self._folder / f"ownway-{now.astimezone():%Y-%m-%d}.sqlite3"
            return None if target.exists() else _made(self._diary, target)

    def forget(self, *gone: Gone) -> None:
        """Take out of every back-up, and out of the diary's own file, what was deleted from the diary.

        A back-up that is damaged is deleted itself: it is of no use, and nobody could tell what stays in it.

        Raises
        ------
        LeftInBackupError, LeftInFileError : a full disk, or somebody else holds a file. All others are done then.
        StillReadError : the diary is being read as it was before; the rest goes by itself.
        """
        try:
            if self._folder is not None and self._folder.is_dir():
                with _alone(self._folder), ThreadPoolExecutor(_AT_ONCE) as pool:
                    for folder in (self._folder, self._folder.parent):  # half a back-up, and half a restored diary
                        _clear(folder)
                    problems = list(pool.map(lambda backup: _forget(backup.path, gone), _kept(self._folder)))
                    for problem in filter(None, problems):
                        raise problem
        finally:
            self._sweep()

    def _sweep(self) -> None:
        try:
            self._database.sweep()
        except SavingError as error:
            raise LeftInFileError(error.reason) from error


def open_diary(data_folder: Path, now: datetime) -> Database:
    """Open the diary of this folder; before a new version changes its tables, a back-up is made of it as it is.

    Raises
    ------
    OwnwayError : it cannot be opened, or that back-up cannot be made. The diary is then as it was.
    """
    folder = data_folder / FOLDER
    return open_database(database_url(data_folder), before_change=lambda diary: back_up(diary, folder, now))


def back_up(diary: Path, folder: Path, now: datetime) -> Backup:
    """Make a back-up beside those of the days, and let the oldest of its like go.

    Raises
    ------
    CopyError, TargetError : a full disk, a folder that may not be written.
    """
    with _alone(folder):
        return _made(diary, _extra_name(folder, now))


def restore(data_folder: Path, wanted: Path, now: datetime) -> Backup | None:
    """Put a back-up in the place of the diary of this folder; return the back-up of what was there before, None for nothing.

    Parameters
    ----------
    wanted : a file, or the name of one among the back-ups.

    Raises
    ------
    OwnwayError : an Ownway is running there, it is no back-up, or it cannot be written. The diary is then as it was.
    """
    held = claim(data_folder)
    if held is None:
        raise StillRunningError
    with held:
        source = _found(data_folder, wanted)
        diary = diary_file(data_folder)
        _clear(data_folder)
        with whole(diary) as part:
            take_copy(source, part)
            open_database(file_url(part), journal_mode="DELETE").close()
            settle_on_disk(part)
            before = _before(diary, data_folder / FOLDER, now)
            for beside in ("-wal", "-shm"):  # of the diary that goes: to the other one they would be poison
                diary.with_name(diary.name + beside).unlink(missing_ok=True)
        return before


def _before(diary: Path, folder: Path, now: datetime) -> Backup | None:
    """Back up the diary that is to be replaced, as it is where it is damaged: that may be why."""
    if not diary.is_file():
        return None
    settle(diary)
    try:
        return back_up(diary, folder, now)
    except CopyError:
        with _alone(folder):
            target = _extra_name(folder, now)
            with whole(target) as part:
                _copy_damaged(diary, part)
            return _told(target)


def _copy_damaged(diary: Path, target: Path) -> None:
    try:
        shutil.copyfile(diary, target)
        settle_on_disk(target)
    except OSError as error:
        raise CopyError(error.strerror or str(error)) from error


def _extra_name(folder: Path, now: datetime) -> Path:
    return folder / f"ownway-{now.astimezone():%Y-%m-%d-%H%M%S}.sqlite3"


def _found(data_folder: Path, wanted: Path) -> Path:
    for path in (wanted.expanduser(), data_folder / FOLDER / wanted.name):
        if path.is_file():
            return path
    raise NoBackupError(wanted)


def _made(diary: Path, target: Path) -> Backup:
    _clear(target.parent)
    with whole(target) as part:
        copy_into(diary, part)
    made = _told(target)
    alike = [one for one in _kept(target.parent) if one.daily == made.daily]
    for oldest in alike[KEPT:]:
        oldest.path.unlink(missing_ok=True)
    return made


def _clear(folder: Path) -> None:
    """Delete what a power cut left of a copy; whoever is making one now holds the claim."""
    for part in folder.glob(".*-part.sqlite3*"):
        part.unlink(missing_ok=True)


def _forget(path: Path, gone: Sequence[Gone]) -> LeftInBackupError | None:
    part = path.with_name(f".{path.stem}-part.sqlite3")
    try:
        if forget_in(path, gone, part):
            part.replace(path)
    except (sqlite3.OperationalError, OSError) as error:
        return LeftInBackupError(path, str(error))
    except sqlite3.Error as error:
        _log.warning("%s is damaged (%s), so it is deleted", path.name, error)
        try:
            path.unlink()
        except OSError as stuck:
            return LeftInBackupError(path, stuck.strerror or str(stuck))
    finally:
        part.unlink(missing_ok=True)
    return None


def _kept(folder: Path) -> list[Backup]:
    found = (path for path in folder.glob("ownway-*.sqlite3") if _NAME.fullmatch(path.name))
    return sorted((_told(path) for path in found), key=lambda backup: backup.path.name, reverse=True)


def _told(path: Path) -> Backup:
    about, named = path.stat(), _NAME.fullmatch(path.name)
    day, at = (None, None) if named is None else named.groups()
    try:
        made = datetime.strptime(f"{day} {at or '000000'}", "%Y-%m-%d %H%M%S").astimezone()
    except ValueError:  # a file that somebody named so
        made = datetime.fromtimestamp(about.st_mtime).astimezone()
    return Backup(path, made, at is None, about.st_size)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else, here or in another process, touch the back-ups: one that is made while something is forgotten would keep it.

    Raises
    ------
    TargetError, FolderError : no such folder can be made or written.
    BusyError : somebody else is at it for too long.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise TargetError(folder, error.strerror or str(error)) from error
    until = time.monotonic() + _WAIT_S
    while (held := claim(folder)) is None:
        if time.monotonic() > until:
            raise BusyError
        time.sleep(0.05)
    with held:
        yield
