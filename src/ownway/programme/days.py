"""What the plan knows of a person's days: what was done, how the mornings were, what was chosen and left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from ownway.coach.records import SessionRecord
from ownway.programme.pain import must_stop
from ownway.programme.runs import COUNTS_FROM_S

ItemId = Literal["hamstring_stretch", "trunk_rotation", "run"]
Feeling = Literal["better", "same", "worse"]
Mark = Literal["skipped", "swapped", "done"]

ITEMS: tuple[ItemId, ...] = ("hamstring_stretch", "trunk_rotation", "run")
FEELINGS: tuple[Feeling, ...] = ("better", "same", "worse")
MARKS: tuple[Mark, ...] = ("skipped", "swapped", "done")


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level that the person chose.

    Attributes
    ----------
    chosen_at : aware, in the person's own zone where a rule reads it: its date is the day.
    """

    exercise_id: str
    level_id: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Days:
    """All that the plan is made from.

    Attributes
    ----------
    sessions : those that are over, in any order; ``started_at`` is in the person's own zone: its date is the day.
    mornings : how the back was, by day; a day that nobody asked about or answered has none.
    marks : what the person said of a line of that day's plan: left out, a run in its place, or (a run) done.
    runs : days with a run or brisk walk that is known otherwise; a day may stand there twice.
    told : pain (0..10) as the diary has it of a moment, by day the last that was told; only the day of the plan is asked for.
    by_day : the sessions as ``sessions_by_day`` gives them, put together once.
    painful : the days among them with a painful one, looked through once.
    """

    sessions: tuple[SessionRecord, ...] = ()
    mornings: Mapping[date, Feeling] = field(default_factory=dict)
    choices: tuple[LevelChoice, ...] = ()
    marks: Mapping[tuple[date, ItemId], Mark] = field(default_factory=dict)
    runs: tuple[date, ...] = ()
    told: Mapping[date, int] = field(default_factory=dict)
    by_day: Mapping[date, Sequence[SessionRecord]] = field(init=False, repr=False, compare=False)
    painful: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day = sessions_by_day(self.sessions)
        object.__setattr__(self, "by_day", by_day)
        painful = frozenset(day for day, sessions in by_day.items() if any(map(was_painful, sessions)))
        object.__setattr__(self, "painful", painful)

    def run_days(self) -> frozenset[date]:
        """Return the days with a run or walk, whoever told of it; a guided one counts from the same minutes on as others."""
        told = (day for (day, item), mark in self.marks.items() if item == "run" and mark == "done")
        guided = (s.started_at.date() for s in self.sessions if s.exercise_id == "run" and s.good_s >= COUNTS_FROM_S)
        return frozenset((*self.runs, *told, *guided))


def sessions_by_day(sessions: Iterable[SessionRecord]) -> dict[date, list[SessionRecord]]:
    """Return the sessions in which the person moved, by day; in a sample clip somebody else does."""
    found: dict[date, list[SessionRecord]] = {}
    for session in sessions:
        if session.mode != "sample":
            found.setdefault(session.started_at.date(), []).append(session)
    return found


def was_painful(session: SessionRecord) -> bool:
    """Return whether a session speaks against going on: it hurt, or the pain ends the day by the stop rule, or it grew.

    Any growth counts here, sooner than the stop rule: one point more ends no day, but no level rises on it (chosen by
    us). Pain that was not told says nothing.
    """
    before, after = session.pain_before, session.pain_after
    grew = before is not None and after is not None and after > before
    return session.ending == "hurt" or must_stop(before, None) or must_stop(after, before) or grew


def ends_the_day(session: SessionRecord) -> bool:
    """Return whether nothing more is offered on the day of this session."""
    return session.ending == "hurt" or must_stop(session.pain_after, session.pain_before)
