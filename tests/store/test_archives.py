"""A whole diary out of the database and into one: exactly, and into one that has something already."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from ownway.coach.records import Person
from ownway.programme.archive import Archive, ArchivedRun
from ownway.programme.diary import Entry
from ownway.programme.screening import Screening
from ownway.store.archives import Added, Archives, SomebodyElsesError
from ownway.store.database import Database, open_database
from ownway.store.diary import Diary
from ownway.store.folder import database_url
from ownway.store.people import People
from ownway.store.persons import FIRST_PERSON, Persons
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from tests.archives import HOUR, NOON, archives, everything


def read(database: Database, person_id: int = FIRST_PERSON) -> Archive:
    """Return all of a person, the sessions in memory."""
    found = Archives(database, person_id).read()
    return replace(found, sessions=tuple(found.sessions))


@contextmanager
def empty() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(database_url(Path(folder)))
        try:
            yield database
        finally:
            database.close()


def ids(archive: Archive) -> list[list[str]]:
    return [
        [one.record.id for one in archive.sessions],
        *([one.id for one in some] for some in (archive.entries, archive.filled, archive.runs, archive.reminders)),
    ]


def test_everything_comes_back_exactly(database: Database) -> None:
    """Into an empty diary: every field of everything."""
    added = Archives(database).add(everything())
    assert read(database) == everything()
    assert added == Added(new=20, known=0)


@settings(max_examples=8, deadline=None)
@given(archives, archives)
def test_any_two_diaries_become_one(first: Archive, second: Archive) -> None:
    """Whatever diaries: the first is there as it was, the second too where it is not the same thing, and twice is once."""
    with empty() as database:
        kept = Archives(database)
        kept.add(first)
        assert read(database) == first
        kept.add(second)
        both = read(database)
        for one, there, union in zip(ids(first), ids(second), ids(both), strict=True):
            assert set(one) <= set(union) <= set(one) | set(there)
            assert len(set(union)) == len(union)
        assert {one.record.id: one for one in both.sessions} == {
            one.record.id: one for one in (*second.sessions, *first.sessions)
        }
        assert set(both.mornings) >= set(first.mornings)
        assert len(both.choices) == len({*first.choices, *second.choices})
        again = kept.add(second)
        assert again.new == 0
        assert read(database) == both


def test_what_is_here_stays(database: Database) -> None:
    """The same id is the same thing, though the file tells it otherwise."""
    kept = Archives(database)
    kept.add(everything())
    changed = replace(everything(), entries=tuple(replace(one, note="another") for one in everything().entries))
    assert kept.add(changed).new == 0
    assert read(database) == everything()


def test_settings_that_were_made_here_stay(database: Database) -> None:
    """What is as on the first day is taken from the file."""
    Persons(database).save(Person(height_cm=160.0, voice="Bob"))
    Archives(database).add(everything())
    assert Persons(database).get() == replace(everything().person, height_cm=160.0, voice="Bob")


def test_a_name_and_a_pin_stay(database: Database) -> None:
    """A file brings neither to somebody who has them."""
    people = People(database)
    people.add("Bob")
    people.rename(FIRST_PERSON, "Eve")
    people.set_pin(FIRST_PERSON, "a hash")
    Archives(database).add(everything())
    assert people.all()[0].name == "Eve"
    assert people.pin(FIRST_PERSON) == "a hash"


def test_nobody_takes_what_is_somebody_elses(database: Database) -> None:
    """One of its things in another diary, and nothing of the file is taken."""
    bob = People(database).add("Bob")
    Archives(database).add(everything())
    mine = replace(everything(), sessions=(), entries=everything().entries[:1], filled=(), runs=(), reminders=())
    for archive in (everything(), mine):
        with pytest.raises(SomebodyElsesError):
            Archives(database, bob.id).add(archive)
    assert ids(read(database, bob.id)) == [[], [], [], [], []]
    assert read(database, bob.id).mornings == ()
    assert read(database) == everything()


def test_the_same_run_by_another_name_is_one(database: Database) -> None:
    """The watch's file was taken here, too."""
    run = everything().runs[0]
    kept = Archives(database)
    kept.add(Archive(runs=(run,)))
    near = replace(run.run, started_at=run.run.started_at + timedelta(seconds=90), source="fit")
    far = replace(run.run, started_at=run.run.started_at + HOUR)
    assert kept.add(Archive(runs=(ArchivedRun("near", near), ArchivedRun("far", far)))) == Added(1, 1)
    assert [one.id for one in read(database).runs] == [run.id, "far"]


def test_the_newest_answers_stand(database: Database) -> None:
    """Screenings of two diaries are put in the order of their moments; what was begun elsewhere and never finished is left."""
    Screenings(database).save(Screening(1, NOON, {"fever": "no"}, finished_at=NOON))
    earlier = Screening(1, NOON - HOUR, {"fever": "yes"}, finished_at=NOON - HOUR)
    later = Screening(2, NOON + HOUR, {"fever": "unsaid"}, finished_at=NOON + HOUR)
    Archives(database).add(Archive(screenings=(earlier, later, Screening(3, NOON + 2 * HOUR))))
    found = read(database).screenings
    assert [(one.number, one.answers["fever"]) for one in found] == [(1, "yes"), (2, "no"), (3, "unsaid")]
    assert Screenings(database).latest() == replace(later, number=3)


def test_a_session_that_is_forgotten_meanwhile_is_left_out(database: Database) -> None:
    """An export goes on."""
    Archives(database).add(everything())
    going = iter(Archives(database).read().sessions)
    Sessions(database).delete("bend")
    assert [one.record.id for one in going] == ["turn", "running", "squats", "led"]


def test_an_export_is_of_one_moment(database: Database) -> None:
    """What is saved or forgotten while it is written is in it as it was before, and the diary takes it meanwhile."""
    kept = Archives(database)
    kept.add(everything())

    def told(archive: Archive) -> Iterator[bytes]:
        yield b"begun"
        yield from (one.record.id.encode() for one in archive.sessions)

    before = list(kept.written(told))
    going = kept.written(told)
    begun = next(going)
    Sessions(database).delete("bend")
    Diary(database).save(Entry("meanwhile", NOON, pain_now=3))
    assert [begun, *going] == before
    assert b"bend" in before
    assert b"bend" not in list(kept.written(told))
    assert Diary(database).get("meanwhile") is not None
