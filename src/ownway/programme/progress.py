"""How it is going: pain, what was done, how far one moves, function, and what the mornings after were like.

Every number here is a fold over the diary, and stands with its rule in docs/PROGRESS.md. What was not told or not seen is
missing and never a zero. Whatever is worked out for a day rests on that day and those before it, so that nothing that
is written later changes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from math import pi, sqrt
from operator import itemgetter
from statistics import fmean
from typing import Any, Literal, NamedTuple, TypeVar

from ownway.coach.records import Measured
from ownway.exercises.schema import Exercise
from ownway.programme.days import FEELINGS, ITEMS, Feeling
from ownway.programme.guided_run import RUN
from ownway.programme.questionnaires import IMPORTANT, Change, Filled, Kind, change, compared
from ownway.programme.runs import Run

PeriodName = Literal["day", "month", "year", "all"]
Step = Literal["day", "week", "month"]
Moved = Literal["more", "less", "unclear"]
Reader = Callable[[Measured], float | None]
OfDay = TypeVar("OfDay", bound=tuple[Any, ...])  # its day is its first thing

PERIODS: tuple[PeriodName, ...] = ("day", "month", "year", "all")
LENGTH_DAYS: Mapping[PeriodName, int] = {"day": 1, "month": 30, "year": 365}

# Chosen by us: days can be told apart on a phone up to a quarter of a year, weeks up to three years.
_DAYS_UP_TO, _WEEKS_UP_TO = 92, 1100
# The trend is a mean over so many days up to each; chosen by us: a week evens out weekdays, and a longer look needs a calmer line.
TREND_DAYS: Mapping[Step, int] = {"day": 7, "week": 28, "month": 91}
TREND_FROM = 3  # values within it; chosen by us: fewer are a day or two and no trend
GAP_DAYS = (
    14  # nothing is drawn across more than so many days without a value; chosen by us, as the break of the levels
)
_A_DAY, _GAP = timedelta(days=1), timedelta(days=GAP_DAYS)
ENDS_DAYS = 7  # the beginning and the end of a time are so many days with a value; chosen by us: a week of each
ENDS_FROM = 3  # and at least so many; chosen by us: with fewer, one bad day would be the change
ENDS_SESSIONS = 3  # the same for what the camera measured; chosen by us: some two weeks of each exercise
HELPS_FROM = 5  # mornings of a kind before they are counted; chosen by us: fewer are chance and nothing else


# What was told of pain at one moment, 0..10: the day, of the moment itself, the worst and the average of the last 24 hours.
# A plain tuple, since ten years have 20,000.
Told = tuple[date, int | None, int | None, int | None]


class Practised(NamedTuple):
    """A session that is over, as far as it is read here; in none of them somebody else moves, as in a sample clip."""

    day: date
    exercise_id: str
    pain_before: int | None
    pain_after: int | None
    good_s: float
    counted_sets: int
    measured: Measured | None
    repetitions: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something of a single day: pain that was told, 0..10, or None; at a session's beginning, at its end, or a run."""

    at: datetime
    what: Literal["told", "before", "after", "run"]
    pain: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """What the diary knows of the days that are looked at, the oldest first.

    All days and moments are by the person's own clock.

    Attributes
    ----------
    told_runs : days with a run or walk by the person's word.
    moments : of a single day alone.
    exercises : by id, those whose file is gone among them.
    """

    told: Sequence[Told] = ()
    sessions: Sequence[Practised] = ()
    runs: Sequence[Run] = ()
    told_runs: frozenset[date] = frozenset()
    mornings: Mapping[date, Feeling] = field(default_factory=dict)
    filled: Sequence[Filled] = ()
    moments: tuple[Moment, ...] = ()
    exercises: Mapping[str, Exercise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are looked at, both ends among them."""

    name: PeriodName
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.last - self.first).days + 1

    @property
    def step(self) -> Step:
        """What is drawn as one: a day, a week, a month."""
        if self.days <= _DAYS_UP_TO:
            return "day"
        return "week" if self.days <= _WEEKS_UP_TO else "month"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period(name: PeriodName, last: date, earliest: date | None) -> Period:
    """Return the days up to ``last``; they begin no sooner than the diary, whose first day is ``earliest``."""
    known = last if earliest is None else min(earliest, last)
    length = LENGTH_DAYS.get(name)
    return Period(name, known if length is None else max(known, last - timedelta(days=length - 1)), last)


def bucket(day: date, step: Step) -> date:
    """Return the first day of the week (a Monday) or month that this day belongs to; a day is its own."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


_LONGEST: Mapping[Step, timedelta] = {"day": _A_DAY, "week": 7 * _A_DAY, "month": 31 * _A_DAY}


def buckets(days: Sequence[date], step: Step) -> Iterator[tuple[date, slice]]:
    """Give each week or month that has any of these days: its first day, and where its own stand among them.

    Parameters
    ----------
    days : in their order. Looked for and not gone through, so that ten years are a hundred and twenty looks.
    """
    start = 0
    while start < len(days):
        first = bucket(days[start], step)
        end = bisect_left(days, bucket(first + _LONGEST[step], step), start)
        yield first, slice(start, end)
        start = end


def counted(days: Sequence[date], step: Step) -> dict[date, int]:
    """Return how many of these days, which are in their order, each week or month has."""
    return {first: own.stop - own.start for first, own in buckets(days, step)}


def _by_day(rows: Iterable[OfDay]) -> dict[date, list[OfDay]]:
    found: dict[date, list[OfDay]] = {}
    for day, together in groupby(rows, itemgetter(0)):
        found.setdefault(day, []).extend(together)
    return found


# ---- pain ---------------------------------------------------------------------------------------------------------------


class PainOfDay(NamedTuple):
    """Pain on one day, 0..10.

    Attributes
    ----------
    mean : of what was told of the moment, before and after sessions as well; where nothing was, of the averages that were
        told. None where only the worst was.
    worst : the most of all that was told on that day. values : how many numbers the mean rests on.
    """

    day: date
    mean: float | None
    worst: int
    values: int


def pain_by_day(past: Past) -> tuple[PainOfDay, ...]:
    """Return the days on which pain was told, the first day first; other days are missing."""
    told, sessions = _by_day(past.told), _by_day(past.sessions)
    days = (_pain_of(day, told.get(day, ()), sessions.get(day, ())) for day in sorted({*told, *sessions}))
    return tuple(day for day in days if day is not None)


def _pain_of(day: date, told: Sequence[Told], sessions: Sequence[Practised]) -> PainOfDay | None:
    now = [pain for _, pain, _, _ in told if pain is not None]
    now += [pain for one in sessions for pain in (one.pain_before, one.pain_after) if pain is not None]
    values = now or [pain for _, _, _, pain in told if pain is not None]
    worst = [pain for _, _, pain, _ in told if pain is not None]
    if not (values or worst):
        return None
    return PainOfDay(day, sum(values) / len(values) if values else None, max(values + worst), len(values))


class Point(NamedTuple):
    """A value of a day."""

    day: date
    value: float


def columns(points: Sequence[Point]) -> tuple[Sequence[date], Sequence[float]]:
    """Return the days and the values, each by themselves."""
    days, values = zip(*points, strict=True) if points else ((), ())
    return days, values


def means(days: Iterable[PainOfDay]) -> tuple[Point, ...]:
    """Return the mean pain of the days that have one."""
    return tuple(Point(one.day, one.mean) for one in days if one.mean is not None)


def trend(points: Sequence[Point], window_days: int) -> tuple[Point, ...]:
    """Return the trend: for each day with a value the mean over the ``window_days`` up to it, where that has three values.

    A mean of what lay before is late by half its window, and in return never changes afterwards.

    Parameters
    ----------
    points : at most one a day, in their order.
    """
    days, values = columns(points)
    window = timedelta(days=window_days)
    found, start, total = [], 0, 0.0
    for end, day in enumerate(days):
        total += values[end]
        while day - days[start] >= window:
            total -= values[start]
            start += 1
        count = end - start + 1
        if count >= TREND_FROM:
            found.append(Point(day, total / count))
    return tuple(found)


def pieces(points: Sequence[Point]) -> tuple[Sequence[Point], ...]:
    """Return what may be joined by a line: never across more than fourteen days without a value."""
    if not points:
        return ()
    days, _ = columns(points)
    begun = (n for n, (before, day) in enumerate(pairwise(days), 1) if day - before > _GAP)
    return tuple(points[start:end] for start, end in pairwise((0, *begun, len(points))))


def thinned(points: Sequence[Point], step: Step) -> tuple[Point, ...]:
    """Return the last value of each week or month, at its own day; of days, all."""
    days, _ = columns(points)
    return tuple(points[own.stop - 1] for _, own in buckets(days, step))


@dataclass(frozen=True, slots=True)
class Ends:
    """The beginning and the end of a time, each as a mean over so many days or sessions."""

    before: float
    now: float
    count: int


def ends(values: Sequence[float], most: int, least: int) -> Ends | None:
    """Return how the first values compare with the last ones; None where there are too few.

    Parameters
    ----------
    values : in their order. most, least : so many of them stand for each end; no value stands for both.
    """
    count = min(most, len(values) // 2)
    if count < least:
        return None
    return Ends(fmean(values[:count]), fmean(values[-count:]), count)


def pain_change(points: Sequence[Point]) -> tuple[Ends, Change] | None:
    """Return how the first and the last seven days with a value compare, and whether it is an important change."""
    found = ends([point.value for point in points], ENDS_DAYS, ENDS_FROM)
    return None if found is None else (found, change("pain", found.before, found.now))


# ---- what was done ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adherence:
    """What was done in a time.

    Attributes
    ----------
    days : of the time. active_days : with time in good form in an exercise, or a run or walk.
    sets, repetitions, exercise_min : of the exercises; repetitions done well, minutes in good form.
    runs : runs and walks, also those that are known by the person's word alone. run_min : in motion; None where no length
        of any is known.
    """

    days: int
    active_days: int
    sets: int
    repetitions: int
    exercise_min: float
    runs: int
    run_min: float | None


def done_by_day(past: Past) -> dict[date, frozenset[str]]:
    """Return what was done on each day on which anything was: ids of exercises, and ``run``."""
    done: defaultdict[date, set[str]] = defaultdict(set)
    for session in past.sessions:
        if session.good_s > 0:
            done[session.day].add(session.exercise_id)
    for day in (*(run.started_at.date() for run in past.runs), *past.told_runs):
        done[day].add(RUN)
    return {day: frozenset(what) for day, what in sorted(done.items())}


def adherence(past: Past, done: Mapping[date, frozenset[str]], period: Period) -> Adherence:
    """Return what was done in these days; ``done`` as ``done_by_day`` gives it."""
    known = {run.started_at.date() for run in past.runs}
    exercises = [
        session for session in past.sessions if session.exercise_id != RUN
    ]  # those that are runs are told there
    return Adherence(
        days=period.days,
        active_days=len(done),
        sets=sum(session.counted_sets for session in exercises),
        repetitions=sum(session.repetitions or 0 for session in exercises),
        exercise_min=sum(session.good_s for session in exercises) / 60,
        runs=len(past.runs) + len(past.told_runs - known),
        run_min=sum(run.moving_s for run in past.runs) / 60 if past.runs else None,
    )


# ---- how far one moves --------------------------------------------------------------------------------------------------


def readings(sessions: Iterable[Practised], read: Reader) -> tuple[Point, ...]:
    """Return what was measured, by day in their order; of several sessions on a day the mean. Not seen is missing.

    Parameters
    ----------
    sessions : the oldest first.
    """
    found: dict[date, float] = {}
    again: list[tuple[date, float]] = []
    for session in sessions:
        measured = session.measured
        if measured is None or (value := read(measured)) is None:
            continue
        day = session.day
        if day in found:
            again.append((day, value))
        else:
            found[day] = value
    for day, rows in _by_day(again).items():
        values = [found[day], *(value for _, value in rows)]
        found[day] = sum(values) / len(values)
    return tuple(map(Point._make, found.items()))


def averaged(points: Sequence[Point], step: Step) -> tuple[Point, ...]:
    """Return the mean of each week or month, at the last of its days that has a value; of days, all."""
    if step == "day":
        return tuple(points)
    days, values = columns(points)
    return tuple(Point(days[own.stop - 1], sum(values[own]) / (own.stop - own.start)) for _, own in buckets(days, step))


def standard_error(mean_off: float) -> float:
    """Return the standard error of a measurement that is off by ``mean_off`` in the mean, taken for a normal one."""
    return mean_off * sqrt(pi / 2)


def detectable(error: float, least: float = 0.0) -> float:
    """Return the smallest change that is more than the measurement's own error: 1.96 times the root of 2 times that error.

    Two readings are compared, and either may be off (the usual smallest detectable change, at 95 %). ``least`` is one
    that is known from elsewhere and is not gone below.
    """
    return max(least, 1.96 * sqrt(2) * error)


def movement(points: Sequence[Point], least_change: float) -> tuple[Ends, Moved] | None:
    """Return how the first and the last three days with a measure compare; what is less than detectable is unclear."""
    found = ends([point.value for point in points], ENDS_SESSIONS, 1)
    if found is None:
        return None
    gained = found.now - found.before
    if abs(gained) < least_change:
        return found, "unclear"
    return found, "more" if gained > 0 else "less"


def uneven(left: Sequence[Point], right: Sequence[Point], least_difference: float) -> Literal["left", "right"] | None:
    """Return the side to which the last three days with both sides went further; None where they are even, or unknown."""
    other = {point.day: point.value for point in right}
    differences = [point.value - other[point.day] for point in left if point.day in other][-ENDS_SESSIONS:]
    if not differences or abs(fmean(differences)) < least_difference:
        return None
    return "left" if fmean(differences) > 0 else "right"


@dataclass(frozen=True, slots=True)
class Course:
    """How an exercise went that the plan does not ask for every day.

    Attributes
    ----------
    days : on which it was done. repetitions : done well; of what is held none. good_min : minutes in good form.
    far, left, right : how far it went, in degrees, by day; of what has sides to the person's own left and right.
    """

    exercise_id: str
    days: int
    repetitions: int
    good_min: float
    far: tuple[Point, ...]
    left: tuple[Point, ...]
    right: tuple[Point, ...]


def courses(past: Past) -> tuple[Course, ...]:
    """Return how the exercises went that the plan does not ask for, the one of most days first."""
    done: defaultdict[str, list[Practised]] = defaultdict(list)
    for session in past.sessions:
        if session.exercise_id not in ITEMS and session.good_s > 0:
            done[session.exercise_id].append(session)
    found = (
        Course(
            exercise_id,
            days=len({session.day for session in sessions}),
            repetitions=sum(session.repetitions or 0 for session in sessions),
            good_min=sum(session.good_s for session in sessions) / 60,
            far=readings(sessions, lambda measured: measured.range_deg),
            left=readings(sessions, lambda measured: measured.range_left_deg),
            right=readings(sessions, lambda measured: measured.range_right_deg),
        )
        for exercise_id, sessions in done.items()
    )
    return tuple(sorted(found, key=lambda course: (-course.days, course.exercise_id)))


# ---- function -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scores:
    """A questionnaire over time.

    Attributes
    ----------
    points : the scores, the first first; of PSFS those that ask about the same activities as the last one.
    line : the score from which on the change since the first is an important one for the better; None where no score can
        be so far away.
    became : what became of it from the first to the last; None where there is but one.
    """

    kind: Kind
    points: tuple[Point, ...]
    line: float | None
    became: Change | None


_MOST: Mapping[Kind, float] = {"rmdq": 24.0, "psfs": 10.0}


def scores(filled: Iterable[Filled], kind: Kind) -> Scores | None:
    """Return how a questionnaire went; None where it was never filled in."""
    mine = sorted((one for one in filled if one.kind == kind), key=lambda one: one.at)
    if not mine:
        return None
    asked = _asked(mine[-1])
    mine = [one for one in mine if _asked(one) == asked]
    first, rule = mine[0].score, IMPORTANT["psfs_one" if kind == "psfs" and len(asked) == 1 else kind]
    line = first + max(rule.points, rule.share * first) * (1 if rule.up_is_better else -1)
    became = compared(mine[0], mine[-1]) if len(mine) > 1 else None
    return Scores(
        kind,
        tuple(Point(one.at.date(), one.score) for one in mine),
        line if 0 <= line <= _MOST[kind] else None,
        None if became is None else became.became,
    )


def _asked(filled: Filled) -> frozenset[str]:
    return frozenset(name.casefold() for name, _ in filled.activities)


# ---- what helps ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mornings:
    """How the mornings were after days with something; a count, and no proof.

    ``after`` is the id of an exercise, ``run``, or NOTHING.
    """

    after: str
    better: int
    same: int
    worse: int

    @property
    def count(self) -> int:
        """How many mornings these are."""
        return self.better + self.same + self.worse


NOTHING = "nothing"


def mornings_after(
    mornings: Mapping[date, Feeling], done: Mapping[date, frozenset[str]], period: Period
) -> tuple[Mornings, ...]:
    """Return how the mornings were after each kind of day, where there are at least five of it.

    A day with two things counts for both. The morning of the first day is left aside: the day before it is not known.
    """
    others = sorted(frozenset[str]().union(*done.values()).difference(ITEMS))
    kinds = (*ITEMS, *others, NOTHING)
    since, until = period.first + _A_DAY, period.last + _A_DAY
    told = Counter(
        (done.get(morning - _A_DAY, frozenset()), feeling)
        for morning, feeling in mornings.items()
        if since <= morning <= until
    )
    counts = {after: dict.fromkeys(FEELINGS, 0) for after in kinds}
    for (what, feeling), count in told.items():
        for after in what or (NOTHING,):
            counts[after][feeling] += count
    found = (Mornings(after, **{str(f): n for f, n in counts[after].items()}) for after in kinds)
    return tuple(one for one in found if one.count >= HELPS_FROM)
