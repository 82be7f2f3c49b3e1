"""What a person wrote into the diary, and the questionnaires they filled in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, delete, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from ownway.programme.diary import AREAS, FEELS, IN_A_LEG, OF_A_NERVE, Area, Entry, Feel, Line, SessionPain
from ownway.programme.questionnaires import Filled, Kind
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import EntryRow, FilledRow, HurtRow, SessionRow

Row = TypeVar("Row", EntryRow, SessionRow)


class Diary:
    """Reads and writes the diary of one person; the entries of others are not known here."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def save(self, entry: Entry) -> None:
        """Keep an entry, new or changed. Raises KeyError where its id is somebody else's."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            row = session.get(EntryRow, entry.id)
            if row is not None and row.person_id != self._person_id:
                raise KeyError(entry.id)
            session.merge(EntryRow(**entry_values(entry, self._person_id)))

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry, or None."""
        with self._database.reading() as session:
            row = session.get(EntryRow, entry_id)
            return None if row is None or row.person_id != self._person_id else _entry(row)

    def entries(
        self, *, since: datetime | None = None, until: datetime | None = None, most: int | None = None, skip: int = 0
    ) -> list[Entry]:
        """Return the entries, the newest first, from ``since`` on and before ``until``."""
        query = select(EntryRow).where(EntryRow.person_id == self._person_id)
        if since is not None:
            query = query.where(EntryRow.at >= since)
        if until is not None:
            query = query.where(EntryRow.at < until)
        query = query.order_by(EntryRow.at.desc(), EntryRow.id).offset(skip).limit(most)
        with self._database.reading() as session:
            return [_entry(row) for row in session.scalars(query)]

    def latest_pain(self, since: datetime) -> int | None:
        """Return the pain of a moment (0..10) that was told last, from ``since`` on; None where none was."""
        mine = (EntryRow.person_id == self._person_id, EntryRow.at >= since, EntryRow.pain_now.is_not(None))
        query = select(EntryRow.pain_now).where(*mine).order_by(EntryRow.at.desc(), EntryRow.id).limit(1)
        with self._database.reading() as session:
            return session.scalar(query)

    def lines(self, most: int, skip: int = 0) -> list[Line]:
        """Return the entries, and of sessions that are over the pain before, after, and where it hurt; the newest first."""
        entries = select(literal("entry").label("of"), EntryRow.id, EntryRow.at).where(
            EntryRow.person_id == self._person_id
        )
        told = union_all(entries, *(self._told(when) for when in _OF_SESSION)).subquery()
        query = select(told).order_by(told.c.at.desc(), told.c.of, told.c.id).offset(skip).limit(most)
        with self._database.reading() as session:
            found = [(of, id_) for of, id_, _at in session.execute(query)]
            wanted = {id_ for _of, id_ in found}
            entry_rows = {row.id: row for row in _by_id(session, EntryRow, wanted)}
            session_rows = {row.id: row for row in _by_id(session, SessionRow, wanted)}
            hurt = select(HurtRow.session_id, HurtRow.pain).where(HurtRow.session_id.in_(wanted))
            hurt_pain = {row.session_id: row.pain for row in session.execute(hurt)}
            return [
                _entry(entry_rows[id_]) if of == "entry" else _session_pain(session_rows[id_], of, hurt_pain.get(id_))
                for of, id_ in found
            ]

    def _told(self, when: str) -> Select[*tuple[Any, ...]]:
        at, told = _OF_SESSION[when]
        return select(literal(when).label("of"), SessionRow.id, at.label("at")).where(
            SessionRow.person_id == self._person_id,
            SessionRow.ended_at.is_not(None),
            SessionRow.mode != "sample",  # nobody here moves
            told,
        )

    def kinds_told(self) -> list[Entry]:
        """Return an entry that tells of a leg, and one that tells of tingling or numbness, where there are any.

        It is enough for ``changes_kind``, however long the diary is.
        """
        signs = (_any_of(EntryRow.areas, IN_A_LEG), _any_of(EntryRow.feels, OF_A_NERVE))
        with self._database.reading() as session:
            found = [
                session.scalars(select(EntryRow).where(EntryRow.person_id == self._person_id, sign).limit(1)).first()
                for sign in signs
            ]
            return [_entry(row) for row in found if row is not None]

    def count(self) -> int:
        """Return how many entries there are."""
        query = select(func.count()).select_from(EntryRow).where(EntryRow.person_id == self._person_id)
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def delete(self, entry_id: str) -> None:
        """Forget an entry; one that is gone already stays gone."""
        mine = (EntryRow.id == entry_id, EntryRow.person_id == self._person_id)
        with self._database.writing() as session:
            session.execute(delete(EntryRow).where(*mine))

    # ---- questionnaires -------------------------------------------------------------------------------------------------

    def fill(self, filled: Filled) -> None:
        """Keep a questionnaire that was filled in."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            session.add(FilledRow(**filled_values(filled, self._person_id)))

    def filled(self, kind: Kind | None = None) -> list[Filled]:
        """Return the questionnaires that were filled in, of one kind or of all, the newest first."""
        query = select(FilledRow).where(FilledRow.person_id == self._person_id)
        if kind is not None:
            query = query.where(FilledRow.kind == kind)
        with self._database.reading() as session:
            return [_filled(row) for row in session.scalars(query.order_by(FilledRow.at.desc(), FilledRow.id))]

    def get_filled(self, filled_id: str) -> Filled | None:
        """Return the questionnaire that was filled in, or None."""
        with self._database.reading() as session:
            row = session.get(FilledRow, filled_id)
            return None if row is None or row.person_id != self._person_id else _filled(row)

    def latest_filled(self) -> dict[Kind, datetime]:
        """Return when each kind was filled in last; one that never was is missing."""
        query = (
            select(FilledRow.kind, func.max(FilledRow.at))
            .where(FilledRow.person_id == self._person_id)
            .group_by(FilledRow.kind)
        )
        with self._database.reading() as session:
            return {cast("Kind", kind): at for kind, at in session.execute(query)}

    def delete_filled(self, filled_id: str) -> None:
        """Forget a questionnaire that was filled in; one that is gone already stays gone."""
        mine = (FilledRow.id == filled_id, FilledRow.person_id == self._person_id)
        with self._database.writing() as session:
            session.execute(delete(FilledRow).where(*mine))


def entry_values(entry: Entry, person_id: int) -> dict[str, Any]:
    """Return what the row holds that keeps an entry."""
    return {
        "id": entry.id,
        "person_id": person_id,
        "at": entry.at,
        "pain_now": entry.pain_now,
        "pain_worst": entry.pain_worst,
        "pain_average": entry.pain_average,
        "areas": " ".join(entry.areas),
        "feels": " ".join(entry.feels),
        "note": entry.note,
        "sleep": entry.sleep,
        "active_min": entry.active_min,
        "medicine": entry.medicine,
    }


def _entry(row: EntryRow) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        pain_now=row.pain_now,
        pain_worst=row.pain_worst,
        pain_average=row.pain_average,
        areas=cast("tuple[Area, ...]", _known(row.areas, AREAS)),
        feels=cast("tuple[Feel, ...]", _known(row.feels, FEELS)),
        note=row.note,
        sleep=row.sleep,
        active_min=row.active_min,
        medicine=row.medicine,
    )


# The lines of a session: the moment of each, and whether there is one.
_OF_SESSION = {
    "before": (SessionRow.started_at, SessionRow.pain_before.is_not(None)),
    "hurt": (SessionRow.ended_at, SessionRow.ending == "hurt"),
    "after": (SessionRow.ended_at, SessionRow.pain_after.is_not(None)),
}


def _session_pain(row: SessionRow, when: str, hurt: int | None) -> SessionPain:
    at = row.started_at if when == "before" else row.ended_at
    pain = {"before": row.pain_before, "hurt": hurt, "after": row.pain_after}[when]
    return SessionPain(row.id, row.exercise_id, cast("Any", when), cast("datetime", at), pain, row.exercise_file)


def _by_id(session: Session, table: type[Row], ids: set[str]) -> Iterable[Row]:
    return session.scalars(select(table).where(table.id.in_(ids)))


def _any_of(words: InstrumentedAttribute[str], names: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(words.contains(name, autoescape=True) for name in sorted(names)))


def _known(words: str, names: Sequence[str]) -> tuple[str, ...]:
    told = words.split()
    return tuple(name for name in names if name in told)


def filled_values(filled: Filled, person_id: int) -> dict[str, Any]:
    """Return what the row holds that keeps a questionnaire that was filled in."""
    return {
        "id": filled.id,
        "person_id": person_id,
        "kind": filled.kind,
        "at": filled.at,
        "ticked": json.dumps(filled.ticked),
        "activities": json.dumps(filled.activities),
    }


def _filled(row: FilledRow) -> Filled:
    return filled_of(row.id, row.kind, row.at, row.ticked, row.activities)


def filled_of(filled_id: str, kind: str, at: datetime, ticked: str, activities: str) -> Filled:
    """Return the questionnaire that a row with these columns keeps."""
    return Filled(
        id=filled_id,
        kind=cast("Kind", kind),
        at=at,
        ticked=tuple(json.loads(ticked)),
        activities=tuple((name, score) for name, score in json.loads(activities)),
    )
