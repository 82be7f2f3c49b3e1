"""The sessions of the diary and their events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.orm import Session

from ownway.coach.events import Calibrated, ClockStarted, Event, from_dict, to_dict
from ownway.coach.records import HurtReport, Measured, Mode, Numbness, SessionRecord, When, Where
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import Shelf, digest_of
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import EventRow, ExerciseFileRow, HurtRow, SessionRow
from ownway.store.then import Then
from ownway.store.years import by_year, rows_of, years_of

# What plan and levels read of a session.
_PRACTISED = (
    "id", "exercise_id", "exercise_version", "mode", "ending", "pain_before", "pain_after", "good_s",
    "counted_sets", "swings_left", "swings_right",
)  # fmt: skip


class Sessions:
    """Writes the sessions of one person as they happen and reads them back; those of others are not known here.

    All methods are short transactions. Methods that change a session by its id raise KeyError where there is none.
    """

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def begin(self, record: SessionRecord, file: str | None = None) -> None:
        """Open a session in the diary; ``file`` is the text of its exercise's file, whose digest the record has."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            if file is not None:
                session.merge(ExerciseFileRow(person_id=self._person_id, digest=digest_of(file), text=file))
            session.add(_new_row(record, self._person_id))

    def append(self, session_id: str, first_seq: int, events: Sequence[Event]) -> None:
        """Add events, numbered from ``first_seq`` on; the numbers of a session's events run on without a gap."""
        with self._database.writing() as session:
            row = self._row(session, session_id)
            if any(isinstance(event, Calibrated | ClockStarted) for event in events):
                row.begun = True
            session.add_all(EventRow(**values) for values in event_values(session_id, events, first_seq))

    def end(self, record: SessionRecord) -> None:
        """Close a session with its ending and its numbers."""
        with self._database.writing() as session:
            row = self._row(session, record.id)
            row.ended_at = record.ended_at
            row.ending = record.ending
            row.good_s = record.good_s
            row.counted_sets = record.counted_sets
            row.swings_left = record.swings_left
            row.swings_right = record.swings_right
            row.repetitions = record.repetitions
            row.measured = None if record.measured is None else json.dumps(asdict(record.measured))

    def keep(self, record: SessionRecord, events: Sequence[Event]) -> bool:
        """Write a session that is over already, whole or not at all; return False where one of its id is known."""
        with self._database.writing() as session:
            if session.get(SessionRow, record.id) is not None:
                return False
            keep_person(session, self._person_id)
            row = _new_row(record, self._person_id)
            row.begun, row.ended_at, row.ending, row.good_s = True, record.ended_at, record.ending, record.good_s
            session.add(row)
            session.flush()
            session.add_all(EventRow(**values) for values in event_values(record.id, events))
        return True

    def get(self, session_id: str) -> SessionRecord | None:
        """Return the session, or None."""
        with self._database.reading() as session:
            row = self._find(session, session_id)
            return None if row is None else record_of(row)

    def events(self, session_id: str) -> tuple[Event, ...]:
        """Return the session's events in their order; none for an id that is not known."""
        with self._database.reading() as session:
            if self._find(session, session_id) is None:
                return ()
            found = session.scalars(
                select(EventRow.data).where(EventRow.session_id == session_id).order_by(EventRow.seq)
            )
            return tuple(from_dict(json.loads(data)) for data in found)

    def history(self, most: int = 200, exercise_id: str | None = None) -> list[SessionRecord]:
        """Return the sessions that are over and in which something was done, the newest first; of one exercise, or of all."""
        query = self._done(*SessionRow.__table__.columns).limit(most)
        if exercise_id is not None:
            query = query.where(SessionRow.exercise_id == exercise_id)
        with self._database.reading() as session:
            return [record_of(row) for row in session.execute(query)]

    def practised(self) -> list[SessionRecord]:
        """Return the same sessions, all of them, as plan and levels need them: quickly, also after ten years.

        ``started_at`` is by the clock of this computer; ``ended_at``, the height, ``measured`` and what a session was asked
        for are left out.
        """
        return self._database.unchanged(("practised", self._person_id, time.tzname), self._read_practised)

    def _read_practised(self) -> list[SessionRecord]:
        query = self._done(*(SessionRow.__table__.c[name] for name in _PRACTISED))
        with self._database.reading() as session:
            years = years_of(session, query, SessionRow.__table__.c.started_at)
        return [record for year in reversed(years) for record in _practised_in(year, time.tzname)]

    def unmeasured(self) -> list[SessionRecord]:
        """Return the sessions that are over and of which an earlier version did not keep what was measured."""
        query = select(SessionRow).where(
            SessionRow.person_id == self._person_id, SessionRow.ended_at.is_not(None), SessionRow.measured.is_(None)
        )
        with self._database.reading() as session:
            return _records(session.scalars(query))

    def keep_measured(self, session_id: str, found: Measured) -> None:
        """Keep what was measured in a session."""
        with self._database.writing() as session:
            self._row(session, session_id).measured = json.dumps(asdict(found))

    def delete(self, session_id: str) -> None:
        """Forget a session with all its events, and an exercise file that no other used; one that is gone stays gone."""
        mine = (SessionRow.id == session_id, SessionRow.person_id == self._person_id)
        used = select(SessionRow.exercise_file).where(
            SessionRow.person_id == self._person_id, SessionRow.exercise_file.is_not(None)
        )
        unused = (ExerciseFileRow.person_id == self._person_id, ExerciseFileRow.digest.not_in(used))
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(*mine))
            session.execute(delete(ExerciseFileRow).where(*unused))

    def then(self, now: Mapping[str, Exercise]) -> Then:
        """Return the exercises as this person did them; ``now`` are those of today."""
        query = select(ExerciseFileRow.digest, ExerciseFileRow.text).where(ExerciseFileRow.person_id == self._person_id)
        with self._database.reading() as session:
            return Then({row.digest: row.text for row in session.execute(query)}, now)

    def keep_files(self, shelf: Shelf) -> None:
        """Keep the exercise files of sessions that have none, as those of an earlier version, where the file's version is still theirs."""
        query = (
            select(SessionRow.exercise_id, SessionRow.exercise_version)
            .distinct()
            .where(SessionRow.person_id == self._person_id, SessionRow.exercise_file.is_(None))
        )
        with self._database.reading() as session:
            lacking = session.execute(query).all()
        wanted = [shelf.shelved[id_] for id_, version in lacking if _is_there(shelf, id_, version)]
        if not wanted:
            return
        with self._database.writing() as session:
            for one in wanted:
                session.merge(ExerciseFileRow(person_id=self._person_id, digest=one.digest, text=one.text))
                theirs = (
                    SessionRow.person_id == self._person_id,
                    SessionRow.exercise_file.is_(None),
                    SessionRow.exercise_id == one.exercise.id,
                    SessionRow.exercise_version == one.exercise.version,
                )
                session.execute(update(SessionRow).where(*theirs).values(exercise_file=one.digest))

    def open(self) -> list[SessionRecord]:
        """Return the sessions that nobody closed: the plug was pulled while they ran."""
        with self._database.reading() as session:
            mine = (SessionRow.person_id == self._person_id, SessionRow.ended_at.is_(None))
            return _records(session.scalars(select(SessionRow).where(*mine)))

    def stopped(self, since: datetime, until: datetime) -> list[tuple[SessionRecord, HurtReport | None]]:
        """Return the sessions that were stopped because it hurt, from ``since`` on and before ``until``, with what was told.

        The newest first.
        """
        # Also of one that hurt before anything was done in it; but nobody here moves in a sample clip.
        mine = (SessionRow.person_id == self._person_id, SessionRow.ending == "hurt", SessionRow.mode != "sample")
        within = (SessionRow.started_at >= since, SessionRow.started_at < until)
        with self._database.reading() as session:
            query = select(SessionRow).where(*mine, *within).order_by(SessionRow.started_at.desc(), SessionRow.id)
            records = _records(session.scalars(query))
        return [(record, self.hurt(record.id)) for record in records]

    def save_pain(self, session_id: str, when: When, pain: int) -> None:
        """Remember the pain (0..10) before or after a session; the last answer stands."""
        with self._database.writing() as session:
            row = self._row(session, session_id)
            if when == "before":
                row.pain_before = pain
            else:
                row.pain_after = pain

    def save_hurt(self, session_id: str, report: HurtReport) -> None:
        """Remember what was answered after *It hurts*; the last answer stands."""
        with self._database.writing() as session:
            self._row(session, session_id)
            session.merge(
                HurtRow(
                    session_id=session_id,
                    where=report.where,
                    pain=report.pain,
                    down_leg=report.down_leg,
                    numb=report.numb,
                )
            )

    def hurt(self, session_id: str) -> HurtReport | None:
        """Return what was answered after *It hurts*, or None."""
        with self._database.reading() as session:
            row = None if self._find(session, session_id) is None else session.get(HurtRow, session_id)
            if row is None:
                return None
            return hurt_of(row)

    def _done(self, *columns: Any) -> Select[Any]:
        """Ask for these columns of the sessions that are over and in which something was done, the newest first.

        Columns and not rows: a row is watched for changes, which takes three times as long.
        """
        mine = (SessionRow.person_id == self._person_id, SessionRow.ended_at.is_not(None), SessionRow.begun.is_(True))
        return select(*columns).where(*mine).order_by(SessionRow.started_at.desc(), SessionRow.id)

    def _find(self, session: Session, session_id: str) -> SessionRow | None:
        row = session.get(SessionRow, session_id)
        return row if row is not None and row.person_id == self._person_id else None

    def _row(self, session: Session, session_id: str) -> SessionRow:
        row = self._find(session, session_id)
        if row is None:
            raise KeyError(session_id)
        return row


def _is_there(shelf: Shelf, exercise_id: str, version: int) -> bool:
    return exercise_id in shelf.exercises and shelf.exercises[exercise_id].version == version


def _new_row(record: SessionRecord, person_id: int) -> SessionRow:
    """Return the row of a session in which nothing was done so far."""
    return SessionRow(
        id=record.id,
        person_id=person_id,
        exercise_id=record.exercise_id,
        exercise_version=record.exercise_version,
        mode=record.mode,
        started_at=record.started_at,
        height_cm=record.height_cm,
        pain_before=record.pain_before,
        begun=False,
        good_s=0.0,
        counted_sets=0,
        swings_left=0,
        swings_right=0,
        dose_sets=record.dose_sets,
        dose_s=record.dose_s,
        exercise_file=record.exercise_file,
    )


def event_values(session_id: str, events: Sequence[Event], first_seq: int = 0) -> list[dict[str, Any]]:
    """Return what the rows of a session's events hold."""
    return [
        {
            "session_id": session_id,
            "seq": seq,
            "t_s": event.t_s,
            "kind": event.kind,
            "data": json.dumps(to_dict(event), allow_nan=False),
        }
        for seq, event in enumerate(events, first_seq)
    ]


def hurt_of(row: HurtRow) -> HurtReport:
    """Return the report that a row keeps."""
    return HurtReport(
        where=cast("Where | None", row.where),
        pain=row.pain,
        down_leg=row.down_leg,
        numb=cast("Numbness | None", row.numb),
    )


def _records(rows: Iterable[SessionRow]) -> list[SessionRecord]:
    return [record_of(row) for row in rows]


def record_of(row: SessionRow | Row[Any]) -> SessionRecord:
    """Return the record of a session that a row keeps."""
    return SessionRecord(
        id=row.id,
        exercise_id=row.exercise_id,
        exercise_version=row.exercise_version,
        mode=cast("Mode", row.mode),
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=row.ending,
        height_cm=row.height_cm,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        good_s=row.good_s,
        counted_sets=row.counted_sets,
        swings_left=row.swings_left,
        swings_right=row.swings_right,
        dose_sets=row.dose_sets,
        dose_s=row.dose_s,
        measured=measured_of(row.measured),
        exercise_file=row.exercise_file,
        repetitions=row.repetitions,
    )


@by_year
def _practised_in(year: str, _zone: tuple[str, str]) -> tuple[SessionRecord, ...]:
    """Return the sessions of a year, the newest first, and of one moment by their ids."""
    rows = sorted(sorted(rows_of(year), key=itemgetter(1)), key=itemgetter(0), reverse=True)
    return tuple(_practised(*row) for row in rows)


def _practised(moment: str, of: str, exercise_id: str, version: int, mode: Mode, *done: Any) -> SessionRecord:
    ending, before, after, good_s, *counted = done
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone()
    return SessionRecord(of, exercise_id, version, mode, at, None, ending, None, before, after, good_s, *counted)


def measured_of(text: str | None) -> Measured | None:
    """Return what was measured in a session, as it stands in its row; None where an earlier version did not keep it."""
    return None if text is None else Measured(**json.loads(text))
