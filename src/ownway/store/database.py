"""Opening the diary: one engine, its settings, and the newest tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from ownway.errors import OwnwayError
from ownway.store.errors import DatabaseError, DatabaseTooNewError, SavingError, StillReadError
from ownway.store.years import let_go

T = TypeVar("T")

_WAIT_MS = 5000  # for whoever else is at work on the file; chosen by us
_MOST_READ = 32  # things that are kept until somebody writes; chosen by us: what a few people look at

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """An open diary. Every call is short and synchronous; whoever must not block hands it to ``run_blocking``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sessions = sessionmaker(engine)
        self._changes = Changes(self.file)
        self._read: tuple[int, dict[Hashable, Any]] = (-1, {})  # since which change, and what
        self._unswept = False

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits at the end, or nothing of it where an error comes up.

        Raises
        ------
        SavingError : the disk is full, the file is gone, somebody else holds it.
        """
        try:
            with self._sessions.begin() as session:
                if self.engine.dialect.name == "sqlite":
                    # At once, and not at the first change: what is read before that, another one may be changing meanwhile.
                    session.connection().exec_driver_sql("BEGIN IMMEDIATE")
                yield session
        except OperationalError as error:
            raise SavingError(str(error.orig)) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """Give the diary as it stands at this moment, to be read: what is written meanwhile is not in it.

        Whoever writes goes on, as the write-ahead log keeps both; without one, they wait.
        """
        engine, sqlite = self.engine, self.engine.dialect.name == "sqlite"
        if not sqlite:  # there each question would be answered of another moment, too
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        try:
            with engine.connect() as connection:
                if sqlite:  # Python's driver begins nothing for a mere reading
                    connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql("SELECT 1 FROM person").first()  # the moment is that of the first question
                yield _Still(self.engine, connection)
        finally:
            self.finish_sweep()

    def unchanged(self, what: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gives, and read again only after somebody wrote into the diary.

        Parameters
        ----------
        what : names it; the same name is the same thing. Nobody may change what is given.
        """
        count = self._changes.count()
        if count is None:
            return read()
        since, known = self._read
        if since != count or len(known) >= _MOST_READ:
            known = {}
            self._read = (count, known)
        if what not in known:
            known[what] = read()  # where somebody writes meanwhile, nobody looks here again
        return cast("T", known[what])

    @property
    def file(self) -> Path | None:
        """The file in which the diary lies; None where a database server keeps it."""
        return database_file(self.engine.url)

    def sweep(self) -> None:
        """Write the file anew without what was deleted, so that nothing of it can be found there. A server keeps its own house.

        Raises
        ------
        SavingError : a full disk, or somebody else holds the file for too long.
        StillReadError : somebody has been reading since before; ``finish_sweep`` does the rest.
        """
        let_go()
        if self.engine.dialect.name != "sqlite":
            return
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # What a page of the file was before stands in the write-ahead log until that is emptied.
                connection.exec_driver_sql("VACUUM")
                busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        except OperationalError as error:
            raise SavingError(str(error.orig)) from error
        self._unswept = bool(busy)
        if busy:
            raise StillReadError

    def finish_sweep(self) -> None:
        """Do what ``sweep`` had to leave because somebody was reading, unless they still are. It waits for nobody."""
        if not self._unswept or self.file is None:
            return
        with suppress(sqlite3.Error), closing(sqlite3.connect(self.file, timeout=0)) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._unswept = bool(busy)

    def close(self) -> None:
        """Let go of the file."""
        self._changes.close()
        self.engine.dispose()


class _Still(Database):
    """The diary at one moment: everything is read in the one transaction that was begun then."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        super().__init__(engine)
        self._at = sessionmaker(connection)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads in that transaction, and leaves it as it is."""
        with self._at() as session:
            yield session

    def unchanged(self, what: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gives; whoever asks for one moment asks once."""
        return read()


class Changes:
    """Tells whether anybody, here or in another process, has written into an SQLite file."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def count(self) -> int | None:
        """Return a number that is another one after each change; None where there is no file."""
        if self._file is None:
            return None
        with self._lock:
            if self._connection is None:
                self._connection = sqlite3.connect(self._file, check_same_thread=False)
            # Of one connection: what the others have committed since it looked last.
            (number,) = self._connection.execute("PRAGMA data_version").fetchone()
            return int(number)

    def close(self) -> None:
        """Let go of the file; whoever asks again opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def open_database(
    url: str, *, journal_mode: str = "WAL", before_change: Callable[[Path], object] | None = None
) -> Database:
    """Open the diary at this SQLAlchemy address and bring its tables up to date.

    Parameters
    ----------
    url : for example ``sqlite:////home/me/ownway.sqlite3``.
    journal_mode : SQLite's; WAL lets a page read while a session writes. A browser's file system has no WAL.
    before_change : called with the diary's file before tables of an earlier version are changed; what it raises comes up, and
        the diary is then as it was.

    Raises
    ------
    DatabaseTooNewError : a newer version wrote it; it is left untouched.
    DatabaseError : it cannot be opened or is no diary.
    """
    try:
        place = _place(url)
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DatabaseError(url, str(error)) from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, journal_mode)
    try:
        _upgrade(engine, place, before_change)
    except SQLAlchemyError as error:
        engine.dispose()
        raise DatabaseError(place, str(error.orig) if isinstance(error, DBAPIError) else str(error)) from error
    except OwnwayError:
        engine.dispose()
        raise
    return Database(engine)


def database_file(url: str | URL) -> Path | None:
    """Return the file of an SQLite address; None for any other, and for one in memory."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite") or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def revisions() -> frozenset[str]:
    """Return the revisions of the tables that are known here, whatever their age."""
    return _known()[0]


@cache
def _known() -> tuple[frozenset[str], str | None]:
    """Return all revisions and the newest; they are files, and do not change while this runs."""
    scripts = _scripts(Config())
    return frozenset(script.revision for script in scripts.walk_revisions()), scripts.get_current_head()


def _scripts(config: Config) -> ScriptDirectory:
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _place(url: str) -> str:
    """Return what to call this database in an error: the file, or the address without its password."""
    parsed = make_url(url)
    return (
        parsed.database or url
        if parsed.drivername.startswith("sqlite")
        else parsed.render_as_string(hide_password=True)
    )


def _prepare_sqlite(engine: Engine, journal_mode: str) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA journal_mode={journal_mode}")
        # FULL: with NORMAL a power cut may take back commits of the WAL, and a session promises to lose 5 s at most.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
        cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
        cursor.close()


def _upgrade(engine: Engine, place: str, before_change: Callable[[Path], object] | None) -> None:
    known, newest = _known()
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            raise DatabaseTooNewError(place, current)
        if current != newest:
            file = database_file(engine.url)
            if current is not None and file is not None and before_change is not None:
                before_change(file)
            config = Config()
            _scripts(config)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
