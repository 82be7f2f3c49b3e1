"""Several people in one diary: each sees their own alone, and what is forgotten is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import text

from ownway.coach.events import Calibrated
from ownway.coach.records import HurtReport, Person, Profile, SessionRecord
from ownway.programme.days import LevelChoice
from ownway.programme.diary import Entry
from ownway.programme.questionnaires import Filled
from ownway.programme.reminders import Reminder
from ownway.programme.runs import Run
from ownway.programme.screening import Screening
from ownway.store.database import Database
from ownway.store.diary import Diary
from ownway.store.people import People
from ownway.store.persons import FIRST_PERSON, Persons
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders
from ownway.store.runs import Runs
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LASTS = timedelta(hours=12)


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


def fill(database: Database, person_id: int) -> None:
    """Write something of every kind into one person's diary."""
    sessions = Sessions(database, person_id)
    record = SessionRecord(f"session{person_id}", "hamstring_stretch", 1, "timer", NOON)
    sessions.begin(record)
    sessions.append(record.id, 0, [Calibrated(1.0, "left", {})])
    sessions.save_hurt(record.id, HurtReport("lower_back", 3, False, "no"))
    sessions.end(replace(record, ended_at=NOON, ending="hurt"))
    plans = Plans(database, person_id)
    plans.save_morning(TODAY, "same")
    plans.save_mark(TODAY, "run", "done")
    plans.choose(LevelChoice("hamstring_stretch", "toes", NOON))
    Screenings(database, person_id).save(Screening(1, NOON, finished_at=NOON))
    Reminders(database, person_id).add(Reminder(f"reminder{person_id}", time(8), ("MO",), "UTC", NOON))
    Runs(database, person_id).add([Run(NOON, 900.0, 900.0, 2000.0, None, "run", "gpx")], lambda: f"run{person_id}")
    diary = Diary(database, person_id)
    diary.save(Entry(f"entry{person_id}", NOON, pain_now=3))
    diary.fill(Filled(f"filled{person_id}", "rmdq", NOON, ticked=(1, 2)))
    Persons(database, person_id).save(Person(height_cm=170.0, birth_year=1980))


def rows(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    with database.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}


def seen(database: Database, person_id: int) -> list[object]:
    """Return what one person finds in the diary, of everything that anybody wrote."""
    sessions, plans, runs = Sessions(database, person_id), Plans(database, person_id), Runs(database, person_id)
    both, diary = (1, 2), Diary(database, person_id)
    return [
        [s.id for s in sessions.history()],
        [n for n in both if sessions.get(f"session{n}") is not None],
        [n for n in both if sessions.events(f"session{n}")],
        [n for n in both if sessions.hurt(f"session{n}") is not None],
        [n for n in both if runs.get(f"run{n}") is not None],
        [k.id for k in runs.history()],
        len(plans.mornings()), len(plans.choices()), len(plans.marks()),
        len(Screenings(database, person_id).all()),
        [r.id for r in Reminders(database, person_id).all()],
        [e.id for e in diary.entries()],
        [n for n in both if diary.get(f"entry{n}") is not None],
        [f.id for f in diary.filled()],
        Persons(database, person_id).get().height_cm,
    ]  # fmt: skip


def test_there_is_always_somebody(people: People) -> None:
    """Before anything was asked, there is one person without a name."""
    assert people.all() == [Profile(FIRST_PERSON)]


def test_each_sees_their_own_alone(database: Database, people: People) -> None:
    """Two people wrote the same things; each finds one of each, and nothing under the other's ids."""
    fill(database, FIRST_PERSON)
    ada = people.add("Ada")
    fill(database, ada.id)
    for number in (FIRST_PERSON, ada.id):
        own = [number]
        assert seen(database, number) == [
            [f"session{number}"], own, own, own, own, [f"run{number}"], 1, 1, 1, 1, [f"reminder{number}"],
            [f"entry{number}"], own, [f"filled{number}"], 170.0,
        ]  # fmt: skip


def test_nobody_changes_what_is_somebody_elses(database: Database, people: People) -> None:
    """Not by its id either."""
    fill(database, FIRST_PERSON)
    ada = people.add("Ada")
    with pytest.raises(KeyError):
        Sessions(database, ada.id).save_pain("session1", "after", 9)
    with pytest.raises(KeyError):
        Diary(database, ada.id).save(Entry("entry1", NOON, pain_now=9))
    Diary(database, ada.id).delete("entry1")
    Diary(database, ada.id).delete_filled("filled1")
    Runs(database, ada.id).delete("run1")
    assert Reminders(database, ada.id).remove("reminder1") is None
    assert seen(database, FIRST_PERSON)[5] == ["run1"]
    assert seen(database, FIRST_PERSON)[10:14] == [["reminder1"], ["entry1"], [1], ["filled1"]]


def test_starting_over_leaves_the_name_and_the_others(database: Database, people: People) -> None:
    """Everything else is as on the first day; who has a PIN keeps it."""
    fill(database, FIRST_PERSON)
    ada = people.add("Ada")
    people.set_pin(ada.id, "a hash")
    before = rows(database)
    people.visit("token", ada.id, NOON)
    fill(database, ada.id)
    people.start_over(ada.id)
    assert rows(database) == {**before, "visit": 1}
    assert Persons(database, ada.id).get() == Person()
    assert people.all()[1] == Profile(ada.id, "Ada", locked=True)
    assert people.visitor("token", NOON, LASTS) is not None
    assert set(people.counts(ada.id).values()) == {0, 1}


def test_who_leaves_is_gone(database: Database, people: People) -> None:
    """No row of any table is left of them; what the others have stays."""
    fill(database, FIRST_PERSON)
    before = rows(database)
    ada = people.add("Ada")
    fill(database, ada.id)
    people.visit("token", ada.id, NOON)
    people.remove(ada.id)
    assert rows(database) == before
    assert people.visitor("token", NOON, LASTS) is None
    with pytest.raises(KeyError):
        people.rename(ada.id, "Eve")


def test_the_last_one_who_leaves_makes_room_for_a_first(database: Database, people: People) -> None:
    """The diary is then as new."""
    fill(database, FIRST_PERSON)
    people.remove(FIRST_PERSON)
    assert people.all() == [Profile(FIRST_PERSON)]


def test_a_visit_lasts_half_a_day(people: People) -> None:
    """And a new PIN ends every visit at once."""
    ada = people.add("Ada")
    people.visit("token", ada.id, NOON)
    assert people.visitor("token", NOON + LASTS - timedelta(seconds=1), LASTS) == ada
    assert people.visitor("token", NOON + LASTS, LASTS) is None
    assert people.visitor("another", NOON, LASTS) is None
    people.set_pin(ada.id, "a hash")
    assert people.visitor("token", NOON, LASTS) is None


def test_a_calendar_keeps_its_key(people: People) -> None:
    """Asked for a new one, the old one stands; it leads to its owner."""
    ada = people.add("Ada")
    assert people.calendar_key(ada.id, "first") == "first"
    assert people.calendar_key(ada.id, "second") == "first"
    assert (people.by_calendar_key("first"), people.by_calendar_key("second")) == (ada.id, None)
