"""Today's plan: what is offered, what is left of it, and why.

The daily dose is the source text's: two holds of 30 to 45 s and about three minutes of rotation; a run or walk counts for
the stretch on its day. Two to three runs a week with a day between them are chosen by us, near the three a week of a
trial of run-walking (ASTEROID, BJSM 2024, n=40). A rest day after a worse morning is in SAFETY.md ("When to stop").
A day that was missed appears nowhere here: the plan looks at today alone, and at levels that know no blame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from ownway.coach.records import SessionRecord
from ownway.errors import later
from ownway.programme.days import ITEMS, Days, Feeling, ItemId, ends_the_day
from ownway.programme.levels import Cause, Standing, standing
from ownway.programme.pain import must_stop

RUNS_A_WEEK = 3  # chosen by us, see above
WORSE_IN_A_ROW = 3  # chosen by us: one worse morning is a bad day, three in a row are a reason to have somebody look

State = Literal["open", "done", "covered", "skipped", "swapped", "rest", "enough", "sore", "held"]
Closed = Literal["rest", "enough", "sore"]
Because = Literal[
    "start", "chosen", "risen", "eased", "break", "run_due", "run_swapped", "done", "covered", "skipped", "swapped",
    "rest", "enough", "sore", "ask_someone",
]  # fmt: skip

# One sentence for each line of the plan, and for what stands above them. Someone who is held back reads the reason of the screening instead.
BECAUSE: dict[Because, str] = {
    "start": later("You see this because it is an easy place to begin, and a little every day is the plan."),
    "chosen": later("You see this because you chose this level yourself."),
    "risen": later("You see this because you had good days at the level before, and no morning was worse."),
    "eased": later("You see this because a morning was worse, and an easier level gives your back time."),
    "break": later("You see this because you were away for a while, and an easier level is a kind way back in."),
    "run_due": later("You see this because two or three runs or brisk walks a week are part of the plan; none was today or yesterday."),
    "run_swapped": later("You see this because you chose a run or walk in place of the stretch today."),
    "done": later("You see this because you did it today; more than this a day is not needed."),
    "covered": later("You see this because a run or brisk walk counts for the stretch on its day."),
    "skipped": later("You see this because you left it out for today. That is fine."),
    "swapped": later("You see this because you chose a run or walk in its place today."),
    "rest": later("You see this because this morning was worse: today is for rest, and for moving as feels good. The plan goes on tomorrow."),
    "enough": later("You see this because it hurt today: leave it at that, and see how tomorrow morning is."),
    "sore": later("You see this because you wrote that your back is at 6 of 10 or more. Move gently, as feels good; once it is less, tell the diary, and the plan goes on."),
    "ask_someone": later("You see this because three mornings in a row were worse: please ask a doctor or physiotherapist before you go on."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of today's plan.

    Attributes
    ----------
    state : ``open`` is offered; everything else says why it is not.
    because : key of ``BECAUSE``; None where ``reason`` says it.
    reason : the screening's sentence for someone who is held back.
    standing : the level; None for the run, which has none.
    sets_left : holds that are left today. 0 for what has none.
    left_s : seconds in good form that are left of the day's dose; 0 for the run.
    can_swap : a run may take its place. told : done by the person's own word, which they may take back.
    """

    item: ItemId
    state: State
    because: Because | None
    reason: str | None = None
    standing: Standing | None = None
    sets_left: int = 0
    left_s: float = 0.0
    can_swap: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a day offers.

    Attributes
    ----------
    ask_morning : the question about this morning is due.
    morning : what was answered to it.
    notes : keys of ``BECAUSE``, to be said above the lines.
    """

    day: date
    lines: tuple[Line, ...]
    ask_morning: bool
    morning: Feeling | None
    notes: tuple[Because, ...]

    @property
    def closed(self) -> Closed | None:
        """Return why nothing more is offered on this day, None where it is."""
        return next((note for note in self.notes if note in ("rest", "enough", "sore")), None)

    def line(self, item: str) -> Line | None:
        """Return the line of this item; None where the day has none."""
        return next((line for line in self.lines if line.item == item), None)

    @property
    def offered(self) -> tuple[Line, ...]:
        """Return the lines that are left to do."""
        return tuple(line for line in self.lines if line.state == "open")


@dataclass(frozen=True, slots=True)
class _Today:
    """What all lines of a day depend on."""

    days: Days
    day: date
    sessions: Sequence[SessionRecord]
    held: Mapping[str, str]
    ran: bool
    closed: Closed | None


def plan_for(day: date, days: Days, held: Mapping[str, str] | None = None) -> Plan:
    """Return the plan of this day, as far as it is known.

    Parameters
    ----------
    day : the day at the person's place.
    days : what was done, answered and chosen; what lies after ``day`` is left aside.
    held : the reason, a whole sentence, by exercise id (or ``run``), for what the screening holds back. It is never
        offered, whatever else was said.
    """
    sessions = days.by_day
    closed = _closed(days.mornings.get(day), sessions.get(day, ()), days.told.get(day))
    today = _Today(days, day, sessions.get(day, ()), held or {}, day in days.run_days(), closed)
    lines = tuple(line for item in ITEMS if (line := _line(today, item)) is not None)
    notes: list[Because] = [closed] if closed else []
    if _worse_in_a_row(days, day) >= WORSE_IN_A_ROW:
        notes.append("ask_someone")
    morning, yesterday = days.mornings.get(day), day - timedelta(days=1)
    was_active = yesterday in sessions or yesterday in days.run_days()
    return Plan(day, lines, morning is None and was_active, morning, tuple(notes))


def _closed(morning: Feeling | None, sessions: Sequence[SessionRecord], told: int | None) -> Closed | None:
    """Return why nothing is offered today, None where it is: pain stops the day by the stop rule of ``pain``."""
    if any(ends_the_day(s) for s in sessions):
        return "enough"
    if must_stop(told, None):
        return "sore"
    return "rest" if morning == "worse" else None


def _worse_in_a_row(days: Days, day: date) -> int:
    """Return how many of the answered mornings up to this day were worse, counted back to the last that was not."""
    count = 0
    for answered in sorted((d for d in days.mornings if d <= day), reverse=True):
        if days.mornings[answered] != "worse":
            break
        count += 1
    return count


def _line(today: _Today, item: ItemId) -> Line | None:
    if item == "run":
        return _run_line(today)
    return _stretch_line(today) if item == "hamstring_stretch" else _rotation_line(today)


def _stretch_line(today: _Today) -> Line:
    item: ItemId = "hamstring_stretch"
    stands = standing(item, today.days, today.day)
    done = [s for s in today.sessions if s.exercise_id == item]
    sets_left = max(0, stands.level.sets - sum(s.counted_sets for s in done))
    left_s = max(0.0, stands.level.dose_s - sum(s.good_s for s in done))
    if sets_left == 0 or left_s == 0.0:
        return _shut(today, item, "done", stands)
    if today.ran:
        return _shut(today, item, "covered", stands)
    can_swap = "run" not in today.held and today.days.marks.get((today.day, "run")) != "skipped"
    return _open(today, item, stands, stands.cause, sets_left=sets_left, left_s=left_s, can_swap=can_swap)


def _rotation_line(today: _Today) -> Line:
    item: ItemId = "trunk_rotation"
    stands = standing(item, today.days, today.day)
    done_s = sum(s.good_s for s in today.sessions if s.exercise_id == item)
    if done_s >= stands.level.good_from_s:
        return _shut(today, item, "done", stands)
    left_s = stands.level.dose_s - done_s
    return _open(today, item, stands, stands.cause, left_s=left_s)


def _run_line(today: _Today) -> Line | None:
    """Return the line of the run, None on a day that asks for none."""
    if today.ran:
        told = today.days.marks.get((today.day, "run")) == "done"
        return replace(_shut(today, "run", "done", None), told=told)
    runs = today.days.run_days()
    swapped = today.days.marks.get((today.day, "hamstring_stretch")) == "swapped"
    lately = sum(1 for back in range(1, 7) if today.day - timedelta(days=back) in runs)
    due = lately < RUNS_A_WEEK and today.day - timedelta(days=1) not in runs
    if not (due or swapped):
        return None
    return _open(today, "run", None, "run_swapped" if swapped else "run_due")


def _open(
    today: _Today,
    item: ItemId,
    stands: Standing | None,
    because: Cause | Literal["run_due", "run_swapped"],
    *,
    sets_left: int = 0,
    left_s: float = 0.0,
    can_swap: bool = False,
) -> Line:
    """Return the line as offered, unless the screening, the back or the person says otherwise, in this order."""
    if item in today.held:
        return Line(item, "held", None, reason=today.held[item], standing=stands)
    if today.closed is not None:
        return Line(item, today.closed, today.closed, standing=stands)
    mark = today.days.marks.get((today.day, item))
    if mark == "skipped":
        return Line(item, "skipped", "skipped", standing=stands)
    if mark == "swapped" and can_swap:
        return Line(item, "swapped", "swapped", standing=stands)
    return Line(item, "open", because, standing=stands, sets_left=sets_left, left_s=left_s, can_swap=can_swap)


def _shut(today: _Today, item: ItemId, state: Literal["done", "covered"], stands: Standing | None) -> Line:
    """Return the line of what needs nothing more today."""
    if item in today.held:
        return Line(item, "held", None, reason=today.held[item], standing=stands)
    return Line(item, state, state, standing=stands)
