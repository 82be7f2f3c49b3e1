"""Ending a session in the diary: its numbers are folded from its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ownway.coach.events import Ended, Ending, Event
from ownway.coach.records import Measured, SessionRecord
from ownway.coach.summary import measured, summarise
from ownway.exercises.schema import Exercise
from ownway.store.sessions import Sessions


def ended(record: SessionRecord, exercise: Exercise, events: Sequence[Event], ended_at: datetime) -> SessionRecord:
    """Return the record as it stands once the session is over, with ending and numbers from its events and its dose."""
    summary = summarise(record.asked(exercise), tuple(events))
    return replace(
        record,
        ended_at=ended_at,
        ending=summary.ending,
        good_s=summary.good_s,
        counted_sets=summary.counted_sets,
        swings_left=summary.swings_left,
        swings_right=summary.swings_right,
        repetitions=summary.repetitions,
        measured=measured(summary),
    )


def close_left_open(sessions: Sessions, exercises: Mapping[str, Exercise]) -> int:
    """Close every session that was left open when the program died, as interrupted; return how many.

    Such a session ends at its last event. One whose exercise nobody knows any more keeps no numbers.
    """
    left, then = sessions.open(), sessions.then(exercises)
    for record in left:
        events = sessions.events(record.id)
        last_s = events[-1].t_s if events else 0.0
        ended_at = record.started_at + timedelta(seconds=last_s)
        if not (events and isinstance(events[-1], Ended)):
            end = Ended(t_s=last_s, how=Ending.INTERRUPTED.value)
            sessions.append(record.id, len(events), [end])
            events = (*events, end)
        exercise = then.of(record.exercise_id, record.exercise_file)
        if exercise is None:
            sessions.end(replace(record, ended_at=ended_at, ending=Ending.INTERRUPTED.value))
        else:
            sessions.end(ended(record, exercise, events, ended_at))
    return len(left)


def measure_earlier(sessions: Sessions, exercises: Mapping[str, Exercise]) -> int:
    """Read from their events what was measured in the sessions of an earlier version, which did not keep it; return how many.

    One whose exercise nobody knows any more keeps nothing.
    """
    earlier, then = sessions.unmeasured(), sessions.then(exercises)
    for record in earlier:
        exercise = then.of(record.exercise_id, record.exercise_file)
        found = Measured() if exercise is None else measured(summarise(exercise, sessions.events(record.id)))
        sessions.keep_measured(record.id, found)
    return len(earlier)
