"""What the person answered before exercising, each time whole and dated."""

from __future__ import annotations

import json
from datetime import datetime
from typing import cast

from sqlalchemy import delete, select

from ownway.programme.screening import Answers, Screening
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import ScreeningRow


class Screenings:
    """Reads and writes the screenings of one person."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def all(self) -> list[Screening]:
        """Return those that were finished, the newest first."""
        query = (
            select(ScreeningRow)
            .where(ScreeningRow.person_id == self._person_id, ScreeningRow.finished_at.is_not(None))
            .order_by(ScreeningRow.number.desc())
        )
        with self._database.reading() as session:
            return [screening_of(row) for row in session.scalars(query)]

    def latest(self) -> Screening | None:
        """Return the newest that was finished."""
        return next(iter(self.all()), None)

    def unfinished(self) -> Screening | None:
        """Return the one that is being answered."""
        query = (
            select(ScreeningRow)
            .where(ScreeningRow.person_id == self._person_id, ScreeningRow.finished_at.is_(None))
            .order_by(ScreeningRow.number.desc())
            .limit(1)
        )
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return None if row is None else screening_of(row)

    def save(self, screening: Screening) -> None:
        """Keep a screening, new or changed."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            session.merge(screening_row(screening, self._person_id))

    def withdraw(self) -> None:
        """Forget every answer that was ever given."""
        with self._database.writing() as session:
            session.execute(delete(ScreeningRow).where(ScreeningRow.person_id == self._person_id))


def screening_row(screening: Screening, person_id: int) -> ScreeningRow:
    """Return the row that keeps a screening."""
    return ScreeningRow(
        person_id=person_id,
        number=screening.number,
        begun_at=screening.begun_at,
        finished_at=screening.finished_at,
        outdated_at=screening.outdated_at,
        short=screening.short,
        answers=json.dumps(dict(screening.answers)),
        carried=json.dumps(screening.carried),
        cleared=json.dumps({id_: at.isoformat() for id_, at in screening.cleared.items()}),
    )


def screening_of(row: ScreeningRow) -> Screening:
    """Return the screening that a row keeps."""
    cleared: dict[str, str] = json.loads(row.cleared)
    return Screening(
        number=row.number,
        begun_at=row.begun_at,
        answers=cast("Answers", json.loads(row.answers)),
        short=row.short,
        carried=tuple(json.loads(row.carried)),
        finished_at=row.finished_at,
        cleared={id_: datetime.fromisoformat(at) for id_, at in cleared.items()},
        outdated_at=row.outdated_at,
    )
