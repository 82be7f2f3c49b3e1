"""What the plan remembers besides the sessions: mornings, levels that were chosen, and what was left out on a day."""

from __future__ import annotations

import time
from datetime import date
from typing import cast

from sqlalchemy import delete, select

from ownway.programme.days import Feeling, ItemId, LevelChoice, Mark
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import LevelChoiceRow, MarkRow, MorningRow
from ownway.store.years import by_year, rows_of, years_of


@by_year
def mornings_of(year: str, _zone: tuple[str, str]) -> tuple[tuple[date, Feeling], ...]:
    """Return how the back was on the days of a year."""
    return tuple((date.fromisoformat(day), feeling) for day, feeling in rows_of(year))


class Plans:
    """Reads and writes what the plan of one person is made from."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def mornings(self) -> dict[date, Feeling]:
        """Return how the back was, by day."""
        row = MorningRow.__table__.c
        with self._database.reading() as session:
            years = years_of(session, select(row.feeling).where(row.person_id == self._person_id), row.day)
        return dict(morning for year in years for morning in mornings_of(year, time.tzname))

    def save_morning(self, day: date, feeling: Feeling) -> None:
        """Remember how the back is on this day; the last answer stands."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            session.merge(MorningRow(person_id=self._person_id, day=day, feeling=feeling))

    def choices(self) -> tuple[LevelChoice, ...]:
        """Return the levels that were chosen, the oldest first, their moments in UTC."""
        query = select(LevelChoiceRow).where(LevelChoiceRow.person_id == self._person_id).order_by(LevelChoiceRow.id)
        with self._database.reading() as session:
            return tuple(LevelChoice(row.exercise_id, row.level_id, row.chosen_at) for row in session.scalars(query))

    def choose(self, choice: LevelChoice) -> None:
        """Remember that a level was chosen."""
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            session.add(
                LevelChoiceRow(
                    person_id=self._person_id,
                    exercise_id=choice.exercise_id,
                    level_id=choice.level_id,
                    chosen_at=choice.chosen_at,
                )
            )

    def marks(self) -> dict[tuple[date, ItemId], Mark]:
        """Return what was said of a line of a day's plan."""
        with self._database.reading() as session:
            mine = MarkRow.person_id == self._person_id
            rows = session.execute(select(MarkRow.day, MarkRow.item, MarkRow.mark).where(mine))
            return {(day, cast("ItemId", item)): cast("Mark", mark) for day, item, mark in rows}

    def save_mark(self, day: date, item: ItemId, mark: Mark | None) -> None:
        """Remember what is said of a line of this day's plan; None takes back what was said."""
        with self._database.writing() as session:
            if mark is None:
                here = (MarkRow.person_id == self._person_id, MarkRow.day == day, MarkRow.item == item)
                session.execute(delete(MarkRow).where(*here))
            else:
                keep_person(session, self._person_id)
                session.merge(MarkRow(person_id=self._person_id, day=day, item=item, mark=mark))
