"""Copies of the diary's SQLite file: making one, taking one back, and taking out of it what is to be forgotten.

A copy may be of any earlier version of Ownway: a table or column that it lacks is passed over.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ownway.store.database import revisions
from ownway.store.errors import CopyError, CopyTooNewError, NotACopyError
from ownway.store.people import KEPT_OF_A_NEW_ONE, NAMED_BY
from ownway.store.tables import Base

_WAIT_S = 5.0
_OWNED = tuple(table.name for table in Base.metadata.sorted_tables if "person_id" in table.c)
_OF_SESSIONS = tuple(table.name for table in Base.metadata.sorted_tables if "session_id" in table.c)


@dataclass(frozen=True, slots=True)
class Gone:
    """What is forgotten: one thing of a person, all of theirs in one table, or all of theirs.

    Attributes
    ----------
    table : None for every table.
    id : of a row in that table; None for all of the person's.
    leaves : the person goes as well.
    """

    person_id: int
    table: str | None = None
    id: str | None = None
    leaves: bool = False


def copy_into(diary: Path, target: Path) -> None:
    """Write the diary as it stands at this moment into an empty file, without anything that was deleted from it.

    Whoever writes into the diary meanwhile goes on.

    Raises
    ------
    CopyError : the disk is full, or the diary cannot be read.
    """
    try:
        with _opened(diary, readable_only=True) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        settle_on_disk(target)
    except (sqlite3.Error, OSError) as error:
        raise CopyError(str(error)) from error


def settle(diary: Path) -> None:
    """Move what stands in the write-ahead log into the file itself; a file that is damaged stays as it is."""
    with suppress(sqlite3.Error), _opened(diary) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def take_copy(source: Path, target: Path) -> None:
    """Write a file that somebody chose into an empty one, and see that it is a diary, undamaged, of a version known here.

    The chosen file is only read, and needs no folder that can be written.

    Raises
    ------
    NotACopyError, CopyTooNewError : with what it is instead.
    CopyError : the disk is full.
    """
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise CopyError(error.strerror or str(error)) from error
    log = source.with_name(source.name + "-wal")  # what a diary that was copied while in use has beside it
    if log.is_file():
        shutil.copyfile(log, target.with_name(target.name + "-wal"))
    try:
        with _opened(target) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            _check(connection, source)
    except sqlite3.Error as error:
        raise NotACopyError(source, str(error)) from error


def _check(connection: sqlite3.Connection, source: Path) -> None:
    if not {"alembic_version", "person", "session"} <= _tables(connection):
        raise NotACopyError(source, "it is another program's")
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise NotACopyError(source, str(verdict))
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None or found[0] not in revisions():
        raise CopyTooNewError(source, "?" if found is None else str(found[0]))


def forget_in(path: Path, gone: Sequence[Gone], target: Path) -> bool:
    """Take things out of a copy; return whether there was anything to take.

    Then the copy is written anew into the empty ``target``, which has nothing of it and is to take the copy's place.

    Raises
    ------
    sqlite3.Error : it is no diary, is held by somebody else, or the disk is full.
    """
    with _opened(path) as connection:
        # In the file itself and in nothing beside it, wherever the copy was opened last.
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA secure_delete=ON")
        before = connection.total_changes
        with connection:
            for one in gone:
                _delete(connection, one)
        changed = connection.total_changes > before
        if changed:
            # What is deleted is overwritten, but a page that was laid out anew may keep an older state of itself in its gaps.
            connection.execute("VACUUM INTO ?", (str(target),))
            settle_on_disk(target)
    return changed


def settle_on_disk(target: Path) -> None:
    """See that a new file is on the disk before it takes the place of another; neither ``VACUUM INTO`` nor a mere copy does."""
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _delete(connection: sqlite3.Connection, gone: Gone) -> None:
    one = "" if gone.id is None else " AND id = :id"
    if gone.table in (None, "session"):
        whose = f"session_id IN (SELECT id FROM session WHERE person_id = :person{one})"  # noqa: S608 - no text of anybody's
        for table in _OF_SESSIONS:
            _delete_from(connection, table, "session_id", whose, gone)
    for table in _OWNED if gone.table is None else (gone.table,):
        _delete_from(connection, table, "person_id", f"person_id = :person{one}", gone)
    if gone.table == "session":
        used = "SELECT exercise_file FROM session WHERE person_id = :person AND exercise_file IS NOT NULL"
        unused = f"person_id = :person AND digest NOT IN ({used})"
        _delete_from(connection, "exercise_file", "digest", unused, gone)
    if gone.table is None:
        _forget_person(connection, gone)


def _delete_from(connection: sqlite3.Connection, table: str, column: str, where: str, gone: Gone) -> None:
    if column in _columns(connection, table):
        values = {"person": gone.person_id, "id": gone.id}
        connection.execute(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608 - a name of our own tables


def _forget_person(connection: sqlite3.Connection, gone: Gone) -> None:
    if gone.leaves:
        _delete_from(connection, "person", "id", "id = :person", gone)
        return
    settings = [name for name in _columns(connection, "person") if name not in NAMED_BY]
    values = {name: KEPT_OF_A_NEW_ONE.get(name) for name in settings}
    told = ", ".join(f'"{name}" = :{name}' for name in settings)
    connection.execute(f"UPDATE person SET {told} WHERE id = :person", {**values, "person": gone.person_id})  # noqa: S608


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


@contextmanager
def _opened(path: Path, *, readable_only: bool = False) -> Iterator[sqlite3.Connection]:
    """Give a connection to a file that is there already; SQLite would make one that is not."""
    address = f"{path.resolve().as_uri()}?mode={'ro' if readable_only else 'rw'}"
    with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_S)) as connection:
        yield connection
