"""What is written of a session is what is read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ownway.coach.events import Calibrated, ClockStarted, Cue, Ended, Event, PhaseBegan, Progress, Ran, SetBegan
from ownway.coach.records import HurtReport, Person, SessionRecord
from ownway.exercises.loader import library
from ownway.exercises.shelf import Shelf, built_in
from ownway.store.closing import close_left_open
from ownway.store.database import Database
from ownway.store.persons import Persons
from ownway.store.sessions import Sessions

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
STRETCH = SessionRecord("one", "hamstring_stretch", 1, "camera", NOON, height_cm=178.0, pain_before=3)
CALIBRATED = Calibrated(t_s=3.0, near_side="left", values={"knee_flexion_deg": 4.5})


def test_a_new_session_is_open(sessions: Sessions) -> None:
    """It comes back as it was given."""
    sessions.begin(STRETCH)
    assert sessions.get("one") == STRETCH
    assert sessions.open() == [STRETCH]
    assert sessions.get("two") is None


def test_events_come_back_in_order_and_whole(sessions: Sessions) -> None:
    """read(write(x)) == x, over several batches."""
    events: list[Event] = [PhaseBegan(0.0, "find", 0), CALIBRATED, ClockStarted(9.0, 0.0), Progress(11.0, 1, 2.0)]
    sessions.begin(STRETCH)
    sessions.append("one", 0, events[:2])
    sessions.append("one", 2, events[2:])
    assert list(sessions.events("one")) == events


def test_a_moment_keeps_its_instant_whatever_its_zone(sessions: Sessions) -> None:
    """Kept in UTC; a moment without zone is refused."""
    local = NOON.astimezone(timezone(timedelta(hours=9)))
    sessions.begin(replace(STRETCH, started_at=local))
    found = sessions.get("one")
    assert found is not None
    assert found.started_at == NOON
    assert found.started_at.tzinfo is UTC
    with pytest.raises(Exception, match="time zone"):
        sessions.begin(replace(STRETCH, id="two", started_at=NOON.replace(tzinfo=None)))


def test_history_shows_what_was_done_newest_first(sessions: Sessions) -> None:
    """Open sessions and sessions in which nothing was done stay out."""
    for day, name in enumerate(("first", "second", "nothing", "open")):
        record = replace(STRETCH, id=name, started_at=NOON + timedelta(days=day))
        sessions.begin(record)
        if name != "nothing":
            sessions.append(name, 0, [CALIBRATED])
        if name != "open":
            sessions.end(replace(record, ended_at=NOON + timedelta(days=day, minutes=3), ending="stopped"))
    assert [record.id for record in sessions.history()] == ["second", "first"]


def test_pain_and_hurt_are_kept_the_last_answer_stands(sessions: Sessions) -> None:
    """One tap may be followed by another."""
    sessions.begin(STRETCH)
    sessions.save_pain("one", "after", 5)
    sessions.save_pain("one", "after", 2)
    sessions.save_hurt("one", HurtReport("leg", 6, True, "leg"))
    sessions.save_hurt("one", HurtReport("leg", 4, None, "no"))
    found = sessions.get("one")
    assert found is not None
    assert (found.pain_before, found.pain_after) == (3, 2)
    assert sessions.hurt("one") == HurtReport("leg", 4, None, "no")
    with pytest.raises(KeyError):
        sessions.save_pain("nobody", "after", 1)
    with pytest.raises(KeyError):
        sessions.save_hurt("nobody", HurtReport(None, None, None, None))


def test_the_person_is_asked_once(database: Database) -> None:
    """Skipping is an answer, too."""
    persons = Persons(database)
    assert persons.get() == Person(height_cm=None, units="cm", height_asked=False)
    persons.save(Person(height_cm=None, units="ft", height_asked=True))
    assert persons.get() == Person(height_cm=None, units="ft", height_asked=True)


def test_who_shows_the_movements_is_kept(database: Database) -> None:
    """A woman at first, a man once he was chosen."""
    persons = Persons(database)
    assert persons.get().figure == "f"
    persons.save(Person(figure="m"))
    assert persons.get().figure == "m"


def test_sessions_left_open_are_closed_with_their_numbers(sessions: Sessions) -> None:
    """After a pulled plug: interrupted, at its last event, with the time that was done."""
    sessions.begin(STRETCH)
    done = [
        PhaseBegan(0.0, "find", 0), CALIBRATED, PhaseBegan(12.0, "hold", 1), SetBegan(12.0, 1, 12.0),
        ClockStarted(12.0, 0.0), Progress(14.0, 1, 2.0), Progress(24.0, 1, 12.0),
    ]  # fmt: skip
    sessions.append("one", 0, done)
    assert close_left_open(sessions, library()) == 1
    found = sessions.get("one")
    assert found is not None
    assert found.ending == "interrupted"
    assert found.ended_at == NOON + timedelta(seconds=24)
    assert found.good_s == pytest.approx(12.0)
    assert sessions.events("one")[-1] == Ended(24.0, "interrupted")
    assert close_left_open(sessions, library()) == 0


def test_a_session_of_an_exercise_that_is_gone_is_closed_all_the_same(sessions: Sessions) -> None:
    """No numbers then, but no open end either."""
    sessions.begin(replace(STRETCH, exercise_id="gone"))
    close_left_open(sessions, library())
    found = sessions.get("one")
    assert found is not None
    assert found.ending == "interrupted"


def test_nothing_of_a_picture_is_kept(sessions: Sessions, database: Database) -> None:
    """No column and no event can hold landmarks."""
    sessions.begin(STRETCH)
    sessions.append("one", 0, [Cue(1.0, "turn_side", "sight", True)])
    with database.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        assert set(names) == {
            "alembic_version", "person", "session", "event", "hurt", "reminder", "run", "screening",
            "morning", "level_choice", "mark", "visit", "entry", "filled", "exercise_file",
        }  # fmt: skip


def test_a_session_that_is_over_is_kept_once_and_forgotten_whole(sessions: Sessions) -> None:
    """A guided run comes in one piece; the same one again changes nothing; what was told of it goes with it."""
    run = replace(
        STRETCH,
        exercise_id="run",
        height_cm=None,
        ended_at=NOON,
        ending="done",
        good_s=1200.0,
        dose_sets=5,
        dose_s=60.0,
    )
    assert sessions.keep(run, [Ran(1200.0, run_s=300.0, walk_s=900.0)])
    assert not sessions.keep(replace(run, good_s=0.0), [])
    assert sessions.history() == [run]
    assert len(sessions.events("one")) == 1
    sessions.save_hurt("one", HurtReport(where="leg", pain=3, down_leg=None, numb=None))
    sessions.delete("one")
    sessions.delete("one")
    assert (sessions.get("one"), sessions.events("one"), sessions.hurt("one")) == (None, (), None)


def test_sessions_of_an_earlier_version_get_their_exercise_file(sessions: Sessions) -> None:
    """Where its version is still theirs; and once they have one, a later file changes nothing of it."""
    sessions.begin(STRETCH)
    sessions.begin(replace(STRETCH, id="newer", exercise_version=STRETCH.exercise_version + 1))
    sessions.keep_files(built_in())
    shelved = built_in().shelved[STRETCH.exercise_id]
    assert [getattr(sessions.get(id_), "exercise_file", "") for id_ in ("one", "newer")] == [shelved.digest, None]
    later = replace(shelved, text=shelved.text + "# changed")
    sessions.keep_files(Shelf({STRETCH.exercise_id: later}))
    assert sessions.then({}).texts == {shelved.digest: shelved.text}
