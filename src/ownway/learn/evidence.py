"""What the evidence says: every claim of every page and exercise once, with where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ownway.exercises.schema import Claim, Exercise, Grade
from ownway.learn.grades import GRADES
from ownway.learn.page import Page
from ownway.learn.tree import EXERCISE


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, and the places of the tree that make it."""

    claim: Claim
    places: tuple[str, ...]


def stated(
    pages: Iterable[Page], exercises: Iterable[Exercise], translate: Callable[[str], str]
) -> list[tuple[str, Claim]]:
    """Return every claim with the place that makes it; those of the exercises are translated."""
    told = [(page.address, claim) for page in pages for claim in page.claims]
    for exercise in exercises:
        told.extend((EXERCISE + exercise.id, Claim(translate(c.claim), c.grade, c.sources)) for c in exercise.claims)
    return told


def evidence(claims: Iterable[tuple[str, Claim]]) -> dict[Grade, list[Row]]:
    """Return the rows of the table, the surest grade first; a grade that nothing has is not there."""
    places: dict[Claim, list[str]] = {}
    for place, claim in claims:
        there = places.setdefault(claim, [])
        if place not in there:
            there.append(place)
    rows = {grade: [Row(claim, tuple(at)) for claim, at in places.items() if claim.grade == grade] for grade in GRADES}
    return {grade: found for grade, found in rows.items() if found}


Table = Mapping[Grade, list[Row]]


def part_of(table: Table, *, place: str | None = None, grade: str | None = None) -> dict[Grade, list[Row]]:
    """Return the rows that stand at a place, or are of a grade; all where neither is named."""
    rows = {
        of: [row for row in found if place is None or place in row.places]
        for of, found in table.items()
        if grade is None or of == grade
    }
    return {of: found for of, found in rows.items() if found}


def claims_at(table: Table) -> Mapping[str, int]:
    """Return how many claims each place makes."""
    return Counter(place for rows in table.values() for row in rows for place in row.places)
