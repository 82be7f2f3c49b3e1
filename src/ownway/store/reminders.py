"""The times at which a person wants to be reminded."""

from __future__ import annotations

from datetime import time
from typing import cast

from sqlalchemy import select

from ownway.programme.reminders import DAYS, Day, Reminder
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import ReminderRow


class Reminders:
    """Reads and writes the reminders of one person."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def all(self) -> list[Reminder]:
        """Return them in the order of the day."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(ReminderRow)
                .where(ReminderRow.person_id == self._person_id)
                .order_by(ReminderRow.at, ReminderRow.made_at)
            )
            return [
                Reminder(
                    id=row.id,
                    at=time.fromisoformat(row.at),
                    days=cast("tuple[Day, ...]", tuple(day for day in DAYS if day in row.days.split(","))),
                    zone=row.zone,
                    made_at=row.made_at,
                )
                for row in rows
            ]

    def add(self, reminder: Reminder) -> None:
        """Keep a new one."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            session.add(reminder_row(reminder, self._person_id))

    def remove(self, reminder_id: str) -> Reminder | None:
        """Forget one and return what it was; None where there is none."""
        found = next((reminder for reminder in self.all() if reminder.id == reminder_id), None)
        if found is not None:
            with self._database.writing() as session:
                session.delete(session.get_one(ReminderRow, reminder_id))
        return found


def reminder_row(reminder: Reminder, person_id: int) -> ReminderRow:
    """Return the row that keeps a reminder."""
    return ReminderRow(
        id=reminder.id,
        person_id=person_id,
        at=reminder.at.isoformat("minutes"),
        days=",".join(reminder.days),
        zone=reminder.zone,
        made_at=reminder.made_at,
    )
