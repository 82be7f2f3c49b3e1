"""Who exercises on this computer, and in which browser somebody said who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ownway.coach.records import Profile
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import Base, PersonRow, VisitRow

# Whatever belongs to a person, what hangs on it first. What stays of one who starts over, and what they begin with again.
_TABLES = tuple(table for table in reversed(Base.metadata.sorted_tables) if "person_id" in table.c)
NAMED_BY = ("id", "name", "pin")
KEPT_OF_A_NEW_ONE = {"units": "cm", "height_asked": False, "figure": "f"}


class People:
    """Reads and writes the profiles, and the visits of their browsers.

    There is always a first person, also before anything was asked of them. Methods that change a person by their id raise
    KeyError where there is none.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Profile]:
        """Return everybody, whoever came first first."""
        with self._database.reading() as session:
            found = [_profile(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.id))]
        return found or [Profile(FIRST_PERSON)]

    def add(self, name: str) -> Profile:
        """Give somebody new a diary of their own."""
        with self._database.writing() as session:
            keep_person(session, FIRST_PERSON)
            newest = session.scalar(select(func.max(PersonRow.id))) or FIRST_PERSON
            row = PersonRow(id=newest + 1, name=name, height_cm=None, units="cm", height_asked=False)
            session.add(row)
            return _profile(row)

    def rename(self, person_id: int, name: str) -> None:
        """Call somebody by another name."""
        with self._database.writing() as session:
            _row(session, person_id).name = name

    def pin(self, person_id: int) -> str | None:
        """Return the hash of the person's PIN, None where they have none."""
        with self._database.reading() as session:
            row = session.get(PersonRow, person_id)
            return None if row is None else row.pin

    def set_pin(self, person_id: int, hashed: str | None) -> None:
        """Keep the hash of a PIN, or take the PIN away; every browser has to be told again who is there."""
        with self._database.writing() as session:
            _row(session, person_id).pin = hashed
            session.execute(delete(VisitRow).where(VisitRow.person_id == person_id))

    def calendar_key(self, person_id: int, new_key: str) -> str:
        """Return by which name the person's calendar is asked for: the one they have, or else this new one."""
        with self._database.writing() as session:
            row = _row(session, person_id)
            row.calendar_key = row.calendar_key or new_key
            return row.calendar_key

    def by_calendar_key(self, key: str) -> int | None:
        """Return whose calendar is called so, None where nobody's is."""
        with self._database.reading() as session:
            return session.scalar(select(PersonRow.id).where(PersonRow.calendar_key == key))

    # ---- visits ---------------------------------------------------------------------------------------------------------

    def visit(self, token: str, person_id: int, now: datetime) -> None:
        """Remember that this person is in the browser that has this token (here: its hash)."""
        with self._database.writing() as session:
            _row(session, person_id)
            session.merge(VisitRow(token=token, person_id=person_id, opened_at=now))

    def visitor(self, token: str, now: datetime, lasts: timedelta) -> Profile | None:
        """Return who is in the browser with this token; None where nobody is, or was for too long."""
        with self._database.reading() as session:
            visit = session.get(VisitRow, token)
            row = None if visit is None else session.get(PersonRow, visit.person_id)
            if visit is None or row is None or now - visit.opened_at >= lasts:
                return None
            return _profile(row)

    def leave(self, token: str) -> None:
        """Forget who was in the browser with this token."""
        with self._database.writing() as session:
            session.execute(delete(VisitRow).where(VisitRow.token == token))

    def counts(self, person_id: int) -> dict[str, int]:
        """Return how much of a person's diary there is, by table."""
        with self._database.reading() as session:
            return {
                table.name: session.scalar(
                    select(func.count()).select_from(table).where(table.c.person_id == person_id)
                )
                or 0
                for table in _TABLES
            }

    # ---- starting over --------------------------------------------------------------------------------------------------

    def start_over(self, person_id: int) -> None:
        """Forget everything of a person but their name and PIN: sessions, answers, runs, reminders, levels, settings."""
        with self._database.writing() as session:
            row = _row(session, person_id)
            _forget(session, person_id, keep=(VisitRow.__tablename__,))
            for column in PersonRow.__table__.c:
                if column.name not in NAMED_BY:
                    setattr(row, column.name, KEPT_OF_A_NEW_ONE.get(column.name))

    def remove(self, person_id: int) -> None:
        """Forget a person and everything of theirs."""
        with self._database.writing() as session:
            row = _row(session, person_id)
            _forget(session, person_id)
            session.delete(row)


def _forget(session: Session, person_id: int, keep: tuple[str, ...] = ()) -> None:
    """Delete every row that belongs to a person; what hangs on a session goes with it."""
    for table in _TABLES:
        if table.name not in keep:
            session.execute(delete(table).where(table.c.person_id == person_id))


def _row(session: Session, person_id: int) -> PersonRow:
    if session.scalar(select(func.count()).select_from(PersonRow)) == 0:
        keep_person(session, FIRST_PERSON)
    row = session.get(PersonRow, person_id)
    if row is None:
        raise KeyError(person_id)
    return row


def _profile(row: PersonRow) -> Profile:
    return Profile(row.id, row.name or "", locked=row.pin is not None, language=row.language)
