"""Who exercises here."""

from __future__ import annotations

from datetime import time
from typing import cast

from sqlalchemy.orm import Session

from ownway.coach.records import Figure, Person, Units
from ownway.store.database import Database
from ownway.store.tables import PersonRow

FIRST_PERSON = 1  # whoever was here first; at most homes nobody else ever comes


def keep_person(session: Session, person_id: int) -> None:
    """See that the person has a row, for others to refer to; who was never asked anything has none yet."""
    if session.get(PersonRow, person_id) is None:
        session.add(PersonRow(id=person_id, height_cm=None, units="cm", height_asked=False))
        session.flush()


class Persons:
    """Reads and writes what is remembered of one person."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def get(self) -> Person:
        """Return the person; one who was never asked anything where there is none yet."""
        with self._database.reading() as session:
            row = session.get(PersonRow, self._person_id)
            return Person() if row is None else person_of(row)

    def save(self, person: Person) -> None:
        """Remember the person."""
        with self._database.writing() as session:
            session.merge(person_row(person, self._person_id))


def person_row(person: Person, person_id: int) -> PersonRow:
    """Return the row that keeps what is remembered of a person; name, PIN and calendar are not among it."""
    return PersonRow(
        id=person_id,
        height_cm=person.height_cm,
        units=person.units,
        height_asked=person.height_asked,
        figure=person.figure,
        wakes_at=None if person.wakes_at is None else f"{person.wakes_at:%H:%M}",
        birth_year=person.birth_year,
        language=person.language,
        voice=person.voice,
        half_period_s=person.half_period_s,
        range_deg=person.range_deg,
        extras=" ".join(person.extras) or None,
    )


def person_of(row: PersonRow) -> Person:
    """Return what a row keeps of a person."""
    return Person(
        height_cm=row.height_cm,
        units=cast("Units", row.units),
        height_asked=row.height_asked,
        figure=cast("Figure", row.figure),
        wakes_at=None if row.wakes_at is None else time.fromisoformat(row.wakes_at),
        birth_year=row.birth_year,
        language=row.language,
        voice=row.voice,
        half_period_s=row.half_period_s,
        range_deg=row.range_deg,
        extras=tuple((row.extras or "").split()),
    )
