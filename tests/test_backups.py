"""Back-ups: one a day, the last seven; what is forgotten is in none of them; and the way back, which can be taken back."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from ownway.backups import (
    FOLDER,
    Backups,
    LeftInBackupError,
    NoBackupError,
    StillRunningError,
    back_up,
    open_diary,
    restore,
)  # fmt: skip
from ownway.coach.events import EVENT_TYPES
from ownway.media.files import TargetError
from ownway.programme.archive import Archive
from ownway.programme.diary import Entry
from ownway.store.archives import Archives
from ownway.store.claim import claim
from ownway.store.copies import Gone
from ownway.store.database import MIGRATIONS, Database, open_database
from ownway.store.diary import Diary
from ownway.store.errors import CopyError, CopyTooNewError, NotACopyError, StillReadError
from ownway.store.folder import database_url, diary_file, file_url
from ownway.store.people import People
from ownway.store.persons import FIRST_PERSON
from tests.archives import NOON, everything

DAY = timedelta(days=1)
SECRET = "a thing that nobody is to read again"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(database_url(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def backups(database: Database, tmp_path: Path) -> Backups:
    return Backups(database, tmp_path / FOLDER)


def notes(path: Path) -> list[str]:
    """Return the notes in a diary, whatever its age."""
    database = open_database(file_url(path))
    try:
        return [entry.note for entry in Diary(database).entries()]
    finally:
        database.close()


def asked(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements on a file and return what the last one gives."""
    with closing(sqlite3.connect(path)) as connection:
        *earlier, last = statements
        for statement in earlier:
            connection.execute(statement)
        found = connection.execute(last).fetchall()
        connection.commit()
        return found


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def with_secret(folder: Path) -> list[str]:
    """Return the files in which the secret's bytes are, wherever they stand."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if SECRET.encode() in path.read_bytes())


def test_one_a_day_and_the_last_seven(backups: Backups, tmp_path: Path) -> None:
    """A second one of the same day is not made; the oldest go. Those that were asked for are counted apart."""
    back_up(tmp_path / "ownway.sqlite3", tmp_path / FOLDER, NOON)
    for day in range(9):
        assert backups.daily(NOON + day * DAY) is not None
        assert backups.daily(NOON + day * DAY) is None
    found = backups.all()
    assert len(found) == 8
    assert (found[0].daily, found[0].made.date()) == (True, (NOON + 8 * DAY).astimezone().date())
    assert (found[-1].daily, found[-1].made) == (False, NOON)
    assert all(backup.size_bytes > 0 for backup in found)


def test_a_back_up_has_what_was_written_a_moment_ago(database: Database, backups: Backups) -> None:
    """Also what still stands in the write-ahead log; it is a file of its own."""
    Diary(database).save(Entry("a", NOON, note="just now"))
    made = backups.daily(NOON)
    assert made is not None
    assert notes(made.path) == ["just now"]


def test_a_full_disk_leaves_nothing_half_made(database: Database, tmp_path: Path) -> None:
    """A folder that takes nothing: it is told, and what was there stays."""
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(Exception, match="cannot be written"):
        Backups(database, tmp_path / "taken").daily(NOON)
    with pytest.raises(CopyError):
        back_up(tmp_path / "no diary", tmp_path / FOLDER, NOON)
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["ownway.lock"]


def test_a_database_server_makes_its_own(database: Database) -> None:
    """Without a folder none are made, and none are listed."""
    none = Backups(database, None)
    assert (none.possible, none.daily(NOON), none.all()) == (False, None, [])


@pytest.mark.parametrize("everything_of_theirs", [False, True])
def test_what_is_forgotten_is_gone_everywhere(
    database: Database, backups: Backups, tmp_path: Path, everything_of_theirs: bool
) -> None:
    """Its bytes are in no file: not in the diary, not in its log, not in a back-up of any age. The rest stays."""
    diary = Diary(database)
    # So many that pages of the file are split and filled again.
    many = tuple(Entry(f"e{number}", NOON + number * DAY, note=f"note {number} " + "x" * 200) for number in range(99))
    Archives(database).add(Archive(entries=many))
    diary.save(Entry("secret", NOON, note=SECRET))
    backups.daily(NOON)
    for number in range(0, 20, 2):
        diary.delete(f"e{number}")
    backups.daily(NOON + DAY)
    assert len(with_secret(tmp_path)) >= 3
    if everything_of_theirs:
        People(database).start_over(FIRST_PERSON)
        backups.forget(Gone(FIRST_PERSON))
    else:
        diary.delete("secret")
        backups.forget(Gone(FIRST_PERSON, "entry", "secret"))
    assert with_secret(tmp_path) == []
    left = [len(notes(backup.path)) for backup in backups.all()]
    assert left == ([0, 0] if everything_of_theirs else [89, 99])


def test_half_a_copy_that_a_power_cut_left_forgets_with_the_rest(
    database: Database, backups: Backups, tmp_path: Path
) -> None:
    """Of a back-up and of a diary that was being restored."""
    Diary(database).save(Entry("secret", NOON, note=SECRET))
    for folder in (tmp_path, tmp_path / FOLDER):
        folder.mkdir(exist_ok=True)
        (folder / ".0123abcd-part.sqlite3").write_text(SECRET)
    Diary(database).delete("secret")
    backups.forget(Gone(FIRST_PERSON, "entry", "secret"))
    assert with_secret(tmp_path) == []


def test_what_is_forgotten_during_an_export_goes_from_the_file_when_that_ends(
    database: Database, backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export reads the diary as it was; until its end the person is told that traces are left."""
    monkeypatch.setattr("ownway.store.database._WAIT_MS", 50)
    database.engine.dispose()  # what is opened from now on waits no longer than that
    Diary(database).save(Entry("secret", NOON, note=SECRET))
    with database.snapshot():
        Diary(database).delete("secret")
        with pytest.raises(StillReadError):
            backups.forget(Gone(FIRST_PERSON, "entry", "secret"))
        assert with_secret(tmp_path) != []
    assert with_secret(tmp_path) == []


def test_only_the_person_s_own_is_taken_out(database: Database, backups: Backups) -> None:
    """Another person's id in somebody's hand changes nothing; and who leaves takes all of theirs, a session's events too."""
    bob = People(database).add("Bob")
    Archives(database, bob.id).add(everything())
    Diary(database).save(Entry("mine", NOON, note="mine"))
    made = backups.daily(NOON)
    assert made is not None
    backups.forget(Gone(FIRST_PERSON, "session", "bend"))
    backups.forget(Gone(bob.id, "session", "turn"))
    rows = "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM event), (SELECT count(*) FROM hurt), (SELECT count(*) FROM person)"
    assert asked(made.path, rows) == [(4, len(EVENT_TYPES) + 1, 1, 2)]
    backups.forget(Gone(bob.id, leaves=True))
    assert asked(made.path, rows) == [(0, 0, 0, 1)]
    assert notes(made.path) == ["mine"]


def old_diary(path: Path) -> None:
    """Make a diary as the first version left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(file_url(path))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO person (id, height_cm, units, height_asked) VALUES (1, 178.0, 'ft', 1)")
        connection.exec_driver_sql(
            "INSERT INTO session (id, person_id, exercise_id, exercise_version, mode, started_at, begun, good_s, counted_sets, "
            "swings_left, swings_right) VALUES ('one', 1, 'hamstring_stretch', 1, 'camera', '2024-05-06 12:00:00', 1, 31, 1, 0, 0)"
        )
    engine.dispose()


def test_a_back_up_of_the_first_version_forgets_too(backups: Backups, tmp_path: Path) -> None:
    """Tables and columns that it lacks are passed over."""
    old = tmp_path / FOLDER / "ownway-2024-05-06.sqlite3"
    old.parent.mkdir()
    old_diary(old)
    for gone in (Gone(1, "entry", "a"), Gone(1, "session", "one"), Gone(1)):
        backups.forget(gone)
    assert asked(old, "SELECT * FROM session") == []
    assert asked(old, "SELECT height_cm, units FROM person") == [(None, "cm")]


def test_a_damaged_back_up_is_deleted_and_one_that_is_held_is_told(
    database: Database,
    backups: Backups,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one is of no use; the other is the person's to decide on. The others are done."""
    Diary(database).save(Entry("secret", NOON, note=SECRET))
    held, other = backups.daily(NOON), backups.daily(NOON + DAY)
    assert held is not None
    assert other is not None
    damaged = tmp_path / FOLDER / "ownway-2020-01-01.sqlite3"
    damaged.write_bytes(b"nothing that was ever a diary" * 200)
    Diary(database).delete("secret")
    monkeypatch.setattr("ownway.store.copies._WAIT_S", 0.05)
    with closing(sqlite3.connect(held.path, isolation_level=None)) as connection, caplog.at_level(logging.WARNING):
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LeftInBackupError, match=held.path.name):
            backups.forget(Gone(FIRST_PERSON, "entry", "secret"))
    assert not damaged.exists()
    assert with_secret(tmp_path) == [held.path.name]


def test_restoring_can_be_taken_back(tmp_path: Path) -> None:
    """The diary is as it was on that day; what was there before is a back-up, and restoring that brings it back."""
    database = open_database(database_url(tmp_path))
    diary, backups = Diary(database), Backups(database, tmp_path / FOLDER)
    diary.save(Entry("a", NOON, note="then"))
    made = backups.daily(NOON)
    assert made is not None
    diary.save(Entry("b", NOON + DAY, note="now"))
    database.close()
    before = restore(tmp_path, Path(made.path.name), NOON + DAY)
    assert notes(diary_file(tmp_path)) == ["then"]
    assert before is not None
    again = restore(tmp_path, before.path, NOON + DAY)
    assert notes(diary_file(tmp_path)) == ["now", "then"]
    assert again is not None
    assert [name for name in names(tmp_path) if name.startswith(".")] == []


def test_what_is_restored_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could leave neither the one nor the other."""
    open_diary(tmp_path, NOON).close()
    made = back_up(diary_file(tmp_path), tmp_path / FOLDER, NOON)
    settled, settle = set(), os.fsync

    def watched(number: int) -> None:
        settled.add(os.fstat(number).st_ino)
        settle(number)

    monkeypatch.setattr(os, "fsync", watched)
    restore(tmp_path, made.path, NOON + DAY)
    assert diary_file(tmp_path).stat().st_ino in settled


def test_an_old_one_is_carried_over(tmp_path: Path) -> None:
    """Restored, it has the newest tables; the file itself stays as it was, wherever it lies."""
    old = tmp_path / "elsewhere.sqlite3"
    old_diary(old)
    before = old.read_bytes()
    data = tmp_path / "data"
    data.mkdir()
    assert restore(data, old, NOON) is None
    assert old.read_bytes() == before
    assert notes(diary_file(data)) == []
    assert names(tmp_path) == ["data", "elsewhere.sqlite3"]


def test_a_new_version_keeps_the_diary_as_it_was(tmp_path: Path) -> None:
    """Once, before it changes the tables; and where that cannot be kept, nothing is changed."""
    old_diary(diary_file(tmp_path))
    before = asked(diary_file(tmp_path), "SELECT * FROM session")
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(TargetError):
        open_diary(tmp_path, NOON)
    assert asked(diary_file(tmp_path), "SELECT * FROM alembic_version") == [("0001",)]
    (tmp_path / FOLDER).unlink()
    for _ in range(2):
        open_diary(tmp_path, NOON).close()
    (kept,) = (tmp_path / FOLDER).glob("*.sqlite3")
    assert asked(kept, "SELECT * FROM alembic_version") == [("0001",)]
    assert asked(kept, "SELECT * FROM session") == before


def test_what_is_no_back_up_is_refused(database: Database, tmp_path: Path) -> None:
    """With the reason; the diary stays, and nothing lies about."""
    Diary(database).save(Entry("a", NOON, note="mine"))
    good = back_up(diary_file(tmp_path), tmp_path / FOLDER, NOON).path
    files = {name: tmp_path / FOLDER / name for name in ("text", "other", "newer", "cut")}
    files["text"].write_bytes(b"no database at all, and long enough to be read as one" * 40)
    asked(files["other"], "CREATE TABLE recipes (name TEXT)")
    for name in ("newer", "cut"):
        files[name].write_bytes(good.read_bytes())
    asked(files["newer"], "UPDATE alembic_version SET version_num = '9999'")
    files["cut"].write_bytes(good.read_bytes()[:20_000])
    before = names(tmp_path)
    for name, error in {
        "text": NotACopyError,
        "other": NotACopyError,
        "newer": CopyTooNewError,
        "cut": NotACopyError,
    }.items():
        with pytest.raises(error, match=name):
            restore(tmp_path, files[name], NOON)
    with pytest.raises(NoBackupError):
        restore(tmp_path, Path("nowhere"), NOON)
    with claim(tmp_path) or pytest.fail("not free"), pytest.raises(StillRunningError):
        restore(tmp_path, good, NOON)
    assert notes(diary_file(tmp_path)) == ["mine"]
    assert {*names(tmp_path)} - {*before} <= {"ownway.lock"}


def test_a_damaged_diary_is_kept_and_replaced(tmp_path: Path) -> None:
    """That may be why somebody restores; its bytes are kept, for whoever can read them."""
    database = open_database(database_url(tmp_path))
    Diary(database).save(Entry("a", NOON, note="then"))
    made = Backups(database, tmp_path / FOLDER).daily(NOON)
    database.close()
    assert made is not None
    diary_file(tmp_path).write_bytes(b"a broken disk" * 1000)
    before = restore(tmp_path, made.path, NOON)
    assert notes(diary_file(tmp_path)) == ["then"]
    assert before is not None
    assert before.path.read_bytes() == b"a broken disk" * 1000
