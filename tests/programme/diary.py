"""Days written by hand: a few words for a session, a morning, a choice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from ownway.coach.records import Mode, SessionRecord
from ownway.programme.days import LevelChoice

MONDAY = date(2026, 2, 2)
STRETCH, ROTATION = "hamstring_stretch", "trunk_rotation"


def day(number: int) -> date:
    """Return a day; 0 is the first, a Monday."""
    return MONDAY + timedelta(days=number)


def session(
    number: int,
    exercise_id: str = STRETCH,
    *,
    hour: int = 9,
    mode: Mode = "camera",
    sets: int = 2,
    good_s: float = 70.0,
    before: int | None = 2,
    after: int | None = 2,
    ending: str = "done",
) -> SessionRecord:
    """Return a session of this day, a good one unless told otherwise."""
    at = datetime.combine(day(number), time(hour), UTC)
    return SessionRecord(
        f"{number}-{hour}-{exercise_id}", exercise_id, 1, mode, at, ended_at=at, ending=ending,
        pain_before=before, pain_after=after, good_s=good_s, counted_sets=sets,
    )  # fmt: skip


def choice(number: int, level_id: str, exercise_id: str = STRETCH, *, hour: int = 8) -> LevelChoice:
    """Return a level chosen on this day."""
    return LevelChoice(exercise_id, level_id, datetime.combine(day(number), time(hour), UTC))
