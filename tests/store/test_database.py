"""Opening the diary: from nothing, from an older one, from a newer one, and where it cannot be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from ownway.coach.records import Person
from ownway.store.claim import claim
from ownway.store.database import MIGRATIONS, open_database
from ownway.store.errors import DatabaseError, DatabaseTooNewError, FolderError
from ownway.store.folder import database_url, ready_folder, usual_folder
from ownway.store.persons import Persons
from ownway.store.sessions import Sessions
from ownway.store.tables import Base


def test_an_empty_folder_gets_the_newest_tables(tmp_path: Path) -> None:
    """The migrations alone make exactly the tables that the code declares."""
    database = open_database(database_url(tmp_path))
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    """The second start finds everything in place."""
    for _ in range(2):
        open_database(database_url(tmp_path)).close()


def test_the_first_diary_is_carried_over(tmp_path: Path) -> None:
    """Person and sessions of the first version are as they were; a woman shows them the movements."""
    url = database_url(tmp_path)
    _first_diary(url)
    database = open_database(url)
    assert Persons(database).get() == Person(height_cm=178.0, units="ft", height_asked=True, figure="f")
    kept = Sessions(database).get("one")
    assert kept is not None
    assert (kept.exercise_id, kept.good_s) == ("hamstring_stretch", 31.0)
    Persons(database).save(Person(height_cm=178.0, units="ft", height_asked=True, figure="m"))
    database.close()
    again = open_database(url)
    assert Persons(again).get().figure == "m"
    assert Sessions(again).get("one") == kept
    again.close()


def _first_diary(url: str) -> None:
    """Make a diary as the first version left it: its tables, a person, a session."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO person (id, height_cm, units, height_asked) VALUES (1, 178.0, 'ft', 1)"))
        connection.execute(
            text(
                "INSERT INTO session (id, person_id, exercise_id, exercise_version, mode, started_at, begun, good_s, "
                "counted_sets, swings_left, swings_right) VALUES "
                "('one', 1, 'hamstring_stretch', 1, 'camera', '2024-05-06 12:00:00.000000', 1, 31.0, 1, 0, 0)"
            )
        )
    engine.dispose()


def test_sqlite_survives_a_pulled_plug(tmp_path: Path) -> None:
    """Write-ahead log, synced at every commit."""
    database = open_database(database_url(tmp_path))
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_a_diary_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """It says so, names the way out, and writes nothing."""
    url = database_url(tmp_path)
    open_database(url).close()
    file = tmp_path / "ownway.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DatabaseTooNewError, match=r"newer version of Ownway.*9999.*--data-dir"):
        open_database(url)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    connection.close()


def test_a_file_that_is_no_diary_is_refused(tmp_path: Path) -> None:
    """Somebody else's file is not touched."""
    (tmp_path / "ownway.sqlite3").write_bytes(b"this is a letter, not a diary" * 100)
    with pytest.raises(DatabaseError, match="cannot be opened"):
        open_database(database_url(tmp_path))
    assert (tmp_path / "ownway.sqlite3").read_bytes().startswith(b"this is a letter")


def test_an_unknown_kind_of_database_is_refused() -> None:
    """An address that nothing here speaks is told, not traced."""
    with pytest.raises(DatabaseError, match="cannot be opened"):
        open_database("abacus://somewhere")


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """A diary about one's back is nobody else's business."""
    folder = ready_folder(tmp_path / "new" / "ownway")
    assert folder.is_dir()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With the reason and the way out."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderError, match=r"cannot be written: .*--data-dir"):
        ready_folder(tmp_path / "file" / "ownway")


@pytest.mark.skipif(os.name != "posix", reason="the mode of a folder says nothing there")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    """Before anything else happens."""
    processes = Path("/proc/self")  # where not even root may write
    tmp_path.chmod(0o500)
    with pytest.raises(FolderError, match="cannot be written"):
        ready_folder(processes if processes.is_dir() else tmp_path)


def test_the_usual_folder_follows_the_rules_of_the_system() -> None:
    """XDG on Linux (a relative value is to be ignored), Library on a Mac, LOCALAPPDATA on Windows."""
    home = Path("/home/ada")
    assert usual_folder({"HOME": "/home/ada"}, "linux") == home / ".local" / "share" / "ownway"
    assert usual_folder({"HOME": "/home/ada", "XDG_DATA_HOME": "/data"}, "linux") == Path("/data/ownway")
    assert usual_folder({"HOME": "/home/ada", "XDG_DATA_HOME": "data"}, "linux") == home / ".local" / "share" / "ownway"
    assert usual_folder({"HOME": "/home/ada"}, "darwin") == home / "Library" / "Application Support" / "Ownway"
    assert usual_folder({"HOME": "/home/ada", "LOCALAPPDATA": "/appdata"}, "win32") == Path("/appdata/Ownway")


@pytest.mark.parametrize("name", ["what?", "a#b", "100%20", "naïve", "two words", "a=b&c"])
def test_the_diary_lies_in_its_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    """A folder's name is never read as part of an address."""
    folder = ready_folder(tmp_path / name)
    open_database(database_url(folder)).close()
    assert (folder / "ownway.sqlite3").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_home_that_does_not_exist_is_told() -> None:
    """Somebody else's folder, misspelt."""
    with pytest.raises(FolderError, match="no such home folder"):
        ready_folder(Path("~nobody-of-this-name/data"))


def test_a_claim_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Something of the same name is in the way."""
    (tmp_path / "ownway.lock").mkdir()
    with pytest.raises(FolderError, match="cannot be written"):
        claim(tmp_path)


def test_one_claim_at_a_time(tmp_path: Path) -> None:
    """Two programs on one folder: only the first may close what seems to be left open."""
    first = claim(tmp_path)
    assert first is not None
    assert claim(tmp_path) is None
    first.close()
    again = claim(tmp_path)
    assert again is not None
    again.close()


def test_what_was_read_stays_until_somebody_writes(tmp_path: Path) -> None:
    """Here or in another process, by whichever connection; and where no file tells of it, all is read each time."""
    url = database_url(tmp_path)
    here, there = open_database(url), open_database(url)
    read: list[int] = []

    def look() -> int:
        read.append(len(read))
        return len(read)

    assert [here.unchanged("it", look), here.unchanged("it", look), here.unchanged("other", look)] == [1, 1, 2]
    for database in (here, there):
        known = len(read)
        Persons(database).save(Person(height_cm=150.0 + known))
        assert here.unchanged("it", look) == known + 1
        assert here.unchanged("it", look) == known + 1
    here.close()
    there.close()
    memory = open_database("sqlite://")
    assert [memory.unchanged("it", look), memory.unchanged("it", look)] == [5, 6]


def test_whoever_writes_is_alone_from_the_first_question_on(tmp_path: Path) -> None:
    """Two imports of the same file at once: what the one finds to be new, the other must not be adding meanwhile."""
    database = open_database(database_url(tmp_path))
    other = sqlite3.connect(tmp_path / "ownway.sqlite3", timeout=0)
    with database.writing(), closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    database.close()
