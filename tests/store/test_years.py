"""Years that are kept as they were read."""

from __future__ import annotations

from ownway.store.database import Database
from ownway.store.years import by_year, rows_of


def test_a_year_is_taken_apart_once_until_it_changes_or_something_is_forgotten(database: Database) -> None:
    taken: list[str] = []

    @by_year
    def days(year: str, _zone: tuple[str, str]) -> tuple[str, ...]:
        taken.append(year)
        return tuple(row[0] for row in rows_of(year))

    zone = ("UTC", "UTC")
    one, other = '[["2026-02-01", 3], ["2026-01-01", null]]', '[["2026-02-01", 4]]'
    assert days(one, zone) == ("2026-01-01", "2026-02-01")
    days(one, zone)
    assert taken == [one]
    days(other, zone)
    assert taken == [one, other]
    database.sweep()
    days(one, zone)
    assert taken == [one, other, one]
