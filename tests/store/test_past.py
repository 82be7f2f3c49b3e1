"""What tells how it is going, read quickly: the same as the diary has it, and the day that the clock on the wall shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ownway.coach.events import Calibrated
from ownway.coach.records import Measured, Mode, SessionRecord
from ownway.programme.diary import Entry
from ownway.programme.progress import Period, Practised, period
from ownway.store.database import Database
from ownway.store.diary import Diary
from ownway.store.past import Pasts
from ownway.store.people import People
from ownway.store.plans import Plans
from ownway.store.sessions import Sessions

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
EVER = Period("all", date(2020, 1, 1), date(2030, 1, 1))


@pytest.fixture
def at_place(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give this computer another place, until the test is over."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def session(sessions: Sessions, name: str, **more: object) -> SessionRecord:
    """Write down a session that is over."""
    record = SessionRecord(name, "hamstring_stretch", 1, "camera", NOON, pain_before=3)
    record = replace(record, **more)  # type: ignore[arg-type]
    sessions.begin(record)
    sessions.append(name, 0, [Calibrated(1.0, near_side="left", values={})])
    record = replace(record, ended_at=NOON + timedelta(minutes=5), ending="done", good_s=61.0, counted_sets=2)
    record = replace(record, measured=Measured("toes", 4.5))
    sessions.end(record)
    return record


@pytest.mark.parametrize(
    "at_place", ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "Asia/Kathmandu"], indirect=True
)
def test_a_moment_belongs_to_the_day_on_the_wall(database: Database, at_place: str) -> None:
    """Also on the days on which the clocks change."""
    diary = Diary(database)
    moments = [NOON + timedelta(minutes=487 * n) for n in range(60)]
    for n, moment in enumerate(moments):
        diary.save(Entry(f"{n}", moment, pain_now=n % 11))
    told = Pasts(database).of(EVER).told
    assert told == [(moment.astimezone().date(), n % 11, None, None) for n, moment in enumerate(moments)]
    one = moments[20].astimezone().date()
    alone = Pasts(database).of(period("day", one, None))
    assert {day for day, *_ in alone.told} == {one}
    assert [moment.at for moment in alone.moments] == [m for m in moments if m.astimezone().date() == one]


def test_sessions_are_those_in_which_the_person_did_something(database: Database) -> None:
    """Not those that run, in which nothing was done, or in which somebody in a clip moves."""
    sessions = Sessions(database)
    session(sessions, "done")
    session(sessions, "clip", mode="sample")
    sessions.begin(SessionRecord("running", "hamstring_stretch", 1, "camera", NOON))
    day = NOON.astimezone().date()
    found = Practised(day, "hamstring_stretch", 3, None, 61.0, 2, Measured("toes", 4.5))
    assert Pasts(database).of(EVER).sessions == [found]


def test_plan_and_levels_read_the_same_as_the_history(database: Database) -> None:
    """But for what they have no use for."""
    sessions = Sessions(database)
    record = session(sessions, "done", height_cm=170.0)
    (found,) = sessions.practised()
    assert found == replace(record, ended_at=None, height_cm=None, measured=None)
    assert found.started_at.utcoffset() == NOON.astimezone().utcoffset()


def test_the_first_day_is_that_of_whatever_came_first(database: Database) -> None:
    """None in an empty diary; and nobody else's."""
    other = People(database).add("Grace").id
    pasts = Pasts(database)
    Diary(database, other).save(Entry("theirs", NOON - timedelta(days=300), pain_now=1))
    assert pasts.first_day() is None
    Plans(database).save_morning(date(2026, 3, 2), "better")
    Diary(database).save(Entry("mine", NOON, pain_now=1))
    assert pasts.first_day() == date(2026, 3, 2)
    assert len(pasts.of(EVER).told) == 1


def test_a_first_day_shows_its_moments_whatever_is_asked_for(database: Database) -> None:
    """Whoever tells their pain for the first time finds it on the page, which opens on a month."""
    Diary(database).save(Entry("one", NOON, pain_now=4))
    today = NOON.astimezone().date()
    past = Pasts(database).of(period("month", today, today))
    assert [moment.pain for moment in past.moments] == [4]


def test_a_run_by_word_alone_begins_the_diary_and_a_sample_clip_does_not(database: Database) -> None:
    """Else the one would be left out of everything, and the other make days without exercise."""
    session(Sessions(database), "clip", mode="sample", started_at=NOON - timedelta(days=40))
    assert Pasts(database).first_day() is None
    Plans(database).save_mark(date(2026, 2, 1), "run", "done")
    assert Pasts(database).first_day() == date(2026, 2, 1)


def test_what_hurt_before_anything_was_done_is_told_too(database: Database) -> None:
    """It bears on safety, also where nothing else is counted of that session; in a sample clip nobody here moves."""
    sessions = Sessions(database)
    modes: tuple[Mode, ...] = ("camera", "sample", "timer")
    for minute, mode in enumerate(modes):
        record = SessionRecord(mode, "hamstring_stretch", 1, mode, NOON + timedelta(minutes=minute))
        sessions.begin(record)
        sessions.end(replace(record, ended_at=NOON, ending="hurt"))
    found = sessions.stopped(NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert [record.id for record, _ in found] == ["timer", "camera"]
