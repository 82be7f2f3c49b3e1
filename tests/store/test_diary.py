"""Entries and questionnaires: as they were written, newest first, and gone when deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from sqlalchemy.exc import IntegrityError

from ownway.coach.records import Mode, SessionRecord
from ownway.programme.diary import Entry, SessionPain, changes_kind
from ownway.programme.questionnaires import Filled
from ownway.store.database import Database
from ownway.store.diary import Diary
from ownway.store.sessions import Sessions

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WHOLE = Entry(
    "whole", NOON, 3, 6, 4, ("lower_back", "calf_left"), ("dull", "tingling"), "Nach dem Gärtnern", 7, 45, "Ibuprofen"
)


@pytest.fixture
def diary(database: Database) -> Diary:
    return Diary(database)


def test_an_entry_is_read_as_it_was_written(diary: Diary) -> None:
    """All of it, or nearly nothing; written again, it is changed."""
    for entry in (WHOLE, Entry("bare", NOON)):
        diary.save(entry)
        assert diary.get(entry.id) == entry
    changed = replace(WHOLE, pain_now=2, areas=())
    diary.save(changed)
    assert diary.get("whole") == changed
    assert diary.count() == 2


def test_entries_come_newest_first_and_in_pages(diary: Diary) -> None:
    """From a moment on, and before another."""
    for hour in range(5):
        diary.save(Entry(f"at{hour}", NOON + timedelta(hours=hour)))
    assert [e.id for e in diary.entries(most=2)] == ["at4", "at3"]
    assert [e.id for e in diary.entries(most=2, skip=2)] == ["at2", "at1"]
    between = diary.entries(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=3))
    assert [e.id for e in between] == ["at2", "at1"]


def test_what_is_deleted_is_gone(diary: Diary) -> None:
    """Also twice."""
    diary.save(WHOLE)
    diary.fill(Filled("psfs", "psfs", NOON, activities=(("Tying shoes", 4),)))
    for _ in range(2):
        diary.delete("whole")
        diary.delete_filled("psfs")
    assert (diary.entries(), diary.filled()) == ([], [])


def test_questionnaires_are_read_as_they_were_filled_in(diary: Diary) -> None:
    """By kind, the newest first."""
    rmdq = Filled("first", "rmdq", NOON, ticked=(1, 5, 24))
    psfs = Filled("second", "psfs", NOON, activities=(("Tying shoes", 4), ("Garden", 7)))
    later = replace(rmdq, id="third", at=NOON + timedelta(days=14), ticked=())
    for filled in (rmdq, psfs, later):
        diary.fill(filled)
    assert diary.filled("rmdq") == [later, rmdq]
    assert diary.filled("psfs") == [psfs]


def test_pain_lies_between_0_and_10(diary: Diary) -> None:
    """The diary itself refuses anything else."""
    with pytest.raises(IntegrityError):
        diary.save(Entry("wrong", NOON, pain_now=11))


def test_pain_around_sessions_stands_among_the_entries(diary: Diary, database: Database) -> None:
    """Newest first and in pages; not that of a sample clip, of a session that runs, or where none was told."""
    sessions = Sessions(database)
    for id_, mode, before in (("s1", "camera", 4), ("clip", "sample", 5), ("untold", "timer", None)):
        begun = SessionRecord(id_, "hamstring_stretch", 1, cast("Mode", mode), NOON, pain_before=before)
        sessions.begin(begun)
        sessions.end(replace(begun, ended_at=NOON + timedelta(minutes=5), ending="done"))
    sessions.begin(SessionRecord("runs", "hamstring_stretch", 1, "camera", NOON, pain_before=1))
    sessions.save_pain("s1", "after", 2)
    written = Entry("between", NOON + timedelta(minutes=1), pain_now=3)
    diary.save(written)
    lines = [
        SessionPain("s1", "hamstring_stretch", "after", NOON + timedelta(minutes=5), 2),
        written,
        SessionPain("s1", "hamstring_stretch", "before", NOON, 4),
    ]
    assert diary.lines(10) == lines
    assert diary.lines(1, skip=1) == lines[1:2]
    assert Diary(database, 2).lines(10) == []


def test_two_entries_are_enough_to_know_the_kinds_that_were_told(diary: Diary) -> None:
    """One of a leg and one of tingling or numbness, whatever else there is."""
    diary.save(Entry("back", NOON, areas=("lower_back_left",), feels=("dull",)))
    assert diary.kinds_told() == []
    for number in range(3):
        diary.save(replace(WHOLE, id=str(number)))
    known = diary.kinds_told()
    assert len(known) == 2
    assert not changes_kind(WHOLE, known)


def test_the_latest_of_each_questionnaire_is_known(diary: Diary, database: Database) -> None:
    """One that was never filled in is missing, and others' are nobody else's."""
    for number in range(2):
        diary.fill(Filled(f"r{number}", "rmdq", NOON + timedelta(days=number)))
    assert diary.latest_filled() == {"rmdq": NOON + timedelta(days=1)}
    assert diary.get_filled("r0") == Filled("r0", "rmdq", NOON)
    assert Diary(database, 2).get_filled("r0") is None
