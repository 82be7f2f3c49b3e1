"""What the plan remembers: it comes back as it was said."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ownway.programme.days import LevelChoice
from ownway.store.database import Database
from ownway.store.plans import Plans

DAY, NEXT = date(2026, 3, 28), date(2026, 3, 29)
EIGHT = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)


def test_a_fresh_diary_remembers_nothing(database: Database) -> None:
    """And is read all the same."""
    plans = Plans(database)
    assert (plans.mornings(), plans.choices(), plans.marks()) == ({}, (), {})


def test_the_last_answer_of_a_morning_stands(database: Database) -> None:
    """One a day."""
    plans = Plans(database)
    for day, feeling in ((DAY, "same"), (DAY, "worse"), (NEXT, "better")):
        plans.save_morning(day, feeling)  # type: ignore[arg-type]
    assert plans.mornings() == {DAY: "worse", NEXT: "better"}


def test_every_choice_is_kept_in_its_order(database: Database) -> None:
    """Also two of the same moment: the rules take the last."""
    plans = Plans(database)
    chosen = tuple(LevelChoice("hamstring_stretch", level, EIGHT) for level in ("toes", "knees"))
    for choice in chosen:
        plans.choose(choice)
    assert plans.choices() == chosen


def test_a_mark_can_be_changed_and_taken_back(database: Database) -> None:
    """Of this day and this line alone."""
    plans = Plans(database)
    plans.save_mark(DAY, "run", "skipped")
    plans.save_mark(DAY, "run", "done")
    plans.save_mark(NEXT, "run", "skipped")
    plans.save_mark(DAY, "trunk_rotation", "skipped")
    plans.save_mark(DAY, "trunk_rotation", None)
    plans.save_mark(DAY, "hamstring_stretch", None)
    assert plans.marks() == {(DAY, "run"): "done", (NEXT, "run"): "skipped"}
