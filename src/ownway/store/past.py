"""What of the diary tells how it is going, read so that ten years of it take a moment.

Columns and not rows, since a row is watched for changes; moments as text, of which the day alone is worked out.
"""

from __future__ import annotations

import time as clock
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

from ownway.coach.records import Mode, SessionRecord
from ownway.exercises.loader import library
from ownway.programme.days import Feeling
from ownway.programme.guided_run import RUN, as_run
from ownway.programme.progress import Moment, Past, Period, Practised, Told
from ownway.programme.questionnaires import Filled
from ownway.programme.runs import Run, outings
from ownway.store.database import Database
from ownway.store.diary import filled_of
from ownway.store.persons import FIRST_PERSON
from ownway.store.plans import mornings_of
from ownway.store.sessions import Sessions, measured_of
from ownway.store.tables import EntryRow, FilledRow, MarkRow, MorningRow, RunRow, SessionRow
from ownway.store.years import by_year, rows_of, years_of

# The columns themselves and not those of the mapped rows, which take a third longer.
_ENTRY, _SESSION, _RUN = EntryRow.__table__.c, SessionRow.__table__.c, RunRow.__table__.c
_MORNING, _MARK, _FILLED = MorningRow.__table__.c, MarkRow.__table__.c, FilledRow.__table__.c
_MOMENTS = (_ENTRY.at, _RUN.started_at, _FILLED.at)


class Pasts:
    """Reads what is known of one person's days; days are those on the clock of this computer."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def first_day(self) -> date | None:
        """Return the first day of which anything is known."""
        with self._database.reading() as session:
            moments = [session.scalar(self._mine(func.min(moment), of=moment)) for moment in _MOMENTS]
            began = (
                _over(self._mine(_SESSION.started_at, of=_SESSION.started_at)).order_by(_SESSION.started_at).limit(1)
            )
            moments.append(session.scalar(began))
            days = [
                session.scalar(self._mine(func.min(_MORNING.day), of=_MORNING.day)),
                session.scalar(_ran(self._mine(func.min(_MARK.day), of=_MARK.day))),
            ]
        days += [moment.astimezone().date() for moment in moments if moment is not None]
        return min((day for day in days if day is not None), default=None)

    def of(self, period: Period) -> Past:
        """Return what is known of these days, the oldest first; of a single day its moments, too."""
        return self._database.unchanged(("past", self._person_id, period, clock.tzname), lambda: self._of(period))

    def _of(self, period: Period) -> Past:
        since, until = midnight(period.first), midnight(period.last + timedelta(days=1))
        exercises = Sessions(self._database, self._person_id).then(library()).known()
        with self._database.reading() as session:
            return Past(
                told=self._told(session, since, until),
                sessions=self._sessions(session, since, until),
                runs=self._runs(session, since, until),
                told_runs=frozenset(self._told_runs(session, period)),
                mornings=dict(self._mornings(session, period)),
                filled=self._filled(session, since, until),
                moments=tuple(sorted(self._moments(session, since, until), key=lambda m: m.at))
                if period.days == 1  # a day, or the first one of a diary whatever is asked for
                else (),
                exercises=exercises,
            )

    def _mine(self, *columns: Any, of: Any) -> Select[Any]:
        """Ask for columns of the rows of this person, in the table of the column ``of``."""
        return select(*columns).where(of.table.c.person_id == self._person_id)

    def _within(self, *columns: Any, at: Any, since: datetime, until: datetime) -> Select[Any]:
        return self._mine(*columns, of=at).where(at >= since, at < until).order_by(at)

    def _told(self, session: Session, since: datetime, until: datetime) -> list[Told]:
        columns = (_ENTRY.pain_now, _ENTRY.pain_worst, _ENTRY.pain_average)
        years = years_of(session, self._within(*columns, at=_ENTRY.at, since=since, until=until), _ENTRY.at)
        return [told for year in years for told in _told_of(year, clock.tzname)]

    def _sessions(self, session: Session, since: datetime, until: datetime) -> list[Practised]:
        row, at = _SESSION, _SESSION.started_at
        columns = (
            row.exercise_id, row.pain_before, row.pain_after, row.good_s, row.counted_sets, row.measured, row.repetitions,
        )  # fmt: skip
        years = years_of(session, _over(self._within(*columns, at=at, since=since, until=until)), at)
        return [done for year in years for done in _practised_of(year, clock.tzname)]

    def _runs(self, session: Session, since: datetime, until: datetime) -> list[Run]:
        """Return runs and walks, each once though Ownway and a watch may tell of it."""
        row, at = _SESSION, _SESSION.started_at
        columns = (
            row.id,
            row.exercise_version,
            row.mode,
            cast(row.ended_at, String),
            row.good_s,
            row.dose_sets,
            row.dose_s,
        )
        led = self._within(*columns, at=at, since=since, until=until).where(row.exercise_id == RUN, *_ENDED)
        guided = {
            name: run for year in reversed(years_of(session, led, at)) for name, run in _led_of(year, clock.tzname)
        }
        watched = self._within(*(_RUN[name] for name in _WATCHED), at=_RUN.started_at, since=since, until=until)
        years = years_of(session, watched, _RUN.started_at)
        imported = {name: run for year in years for name, run in _watched_of(year, clock.tzname)}
        return [outing.run for outing in reversed(outings(guided, imported))]

    def _filled(self, session: Session, since: datetime, until: datetime) -> list[Filled]:
        columns, at = (_FILLED.id, _FILLED.kind, _FILLED.ticked, _FILLED.activities), _FILLED.at
        years = years_of(session, self._within(*columns, at=at, since=since, until=until), at)
        return [filled for year in years for filled in _filled_of(year, clock.tzname)]

    def _told_runs(self, session: Session, period: Period) -> Iterable[date]:
        asked = _ran(self._mine(_MARK.day, of=_MARK.day))
        return (day for day in session.scalars(asked) if day in period)

    def _mornings(self, session: Session, period: Period) -> Iterator[tuple[date, Feeling]]:
        day = _MORNING.day
        asked = self._mine(_MORNING.feeling, of=day).where(day.between(period.first, period.last))
        return (morning for year in years_of(session, asked, day) for morning in mornings_of(year, clock.tzname))

    def _moments(self, session: Session, since: datetime, until: datetime) -> Iterator[Moment]:
        at, began, ran = _ENTRY.at, _SESSION.started_at, _RUN.started_at
        for moment, pain in session.execute(self._within(at, _ENTRY.pain_now, at=at, since=since, until=until)):
            if pain is not None:
                yield Moment(moment.astimezone(), "told", pain)
        columns = (began, _SESSION.ended_at, _SESSION.pain_before, _SESSION.pain_after)
        sessions = session.execute(_over(self._within(*columns, at=began, since=since, until=until)))
        for moment, ended, before, after in sessions:
            yield Moment(moment.astimezone(), "before", before)
            if after is not None:
                yield Moment(ended.astimezone(), "after", after)
        for moment in session.scalars(self._within(ran, at=ran, since=since, until=until)):
            yield Moment(moment.astimezone(), "run", None)


_ENDED = (_SESSION.ended_at.is_not(None), _SESSION.begun.is_(True))
_WATCHED = ("id", "duration_s", "moving_s", "distance_m", "heart_rate_bpm", "kind", "source")  # of a run by a watch


def _over(asked: Select[Any]) -> Select[Any]:
    """Ask for those sessions alone that are over, in which something was done, and not by somebody in a sample clip."""
    return asked.where(*_ENDED, _SESSION.mode != "sample")


def _ran(asked: Select[Any]) -> Select[Any]:
    """Ask for the days alone on which somebody says that they ran or walked."""
    return asked.where(_MARK.item == "run", _MARK.mark == "done")


@by_year
def _told_of(year: str, _zone: tuple[str, str]) -> tuple[Told, ...]:
    rows = rows_of(year)
    days = _days(row[0] for row in rows)
    return tuple((day, now, worst, average) for day, (_, now, worst, average) in zip(days, rows, strict=True))


@by_year
def _practised_of(year: str, _zone: tuple[str, str]) -> tuple[Practised, ...]:
    rows = rows_of(year)
    return tuple(
        Practised(day, exercise_id, before, after, good_s, sets, measured_of(told), count)
        for day, (_, exercise_id, before, after, good_s, sets, told, count) in zip(
            _days(row[0] for row in rows), rows, strict=True
        )
    )


@by_year
def _led_of(year: str, _zone: tuple[str, str]) -> tuple[tuple[str, Run], ...]:
    """Return the runs that Ownway led, by their names; the newest first, as the history has them."""
    rows = sorted(sorted(rows_of(year), key=itemgetter(1)), key=itemgetter(0), reverse=True)
    return tuple((name, as_run(_led(name, *told, began=began))) for began, name, *told in rows)


def _led(name: str, version: int, mode: Mode, ended: str, good_s: float, *dose: Any, began: str) -> SessionRecord:
    sets, length_s = dose
    return SessionRecord(
        name, RUN, version, mode, _at_home(began), _at_home(ended), good_s=good_s, dose_sets=sets, dose_s=length_s
    )


@by_year
def _watched_of(year: str, _zone: tuple[str, str]) -> tuple[tuple[str, Run], ...]:
    return tuple((name, Run(_at_home(began), *told)) for began, name, *told in rows_of(year))


@by_year
def _filled_of(year: str, _zone: tuple[str, str]) -> tuple[Filled, ...]:
    """Return the questionnaires of a year, the oldest first."""
    rows = sorted(sorted(rows_of(year), key=itemgetter(1), reverse=True), key=itemgetter(0))
    return tuple(filled_of(name, kind, _at_home(at), ticked, activities) for at, name, kind, ticked, activities in rows)


def midnight(day: date) -> datetime:
    """Return the beginning of a day at the place of this computer."""
    return datetime.combine(day, time()).astimezone()


def _days(moments: Iterable[str]) -> Iterator[date]:
    """Give the days of moments in UTC by the clock of this computer; each begins with YYYY-MM-DD HH:MM:SS."""
    known: dict[str, tuple[str, date, date]] = {}
    for moment in moments:
        utc_day = moment[:10]
        found = known.get(utc_day)
        if found is None:
            found = known[utc_day] = _midnight_within(utc_day, clock.tzname)
        turns, before, after = found
        yield before if moment[11:] < turns else after


@lru_cache(maxsize=10_000)
def _midnight_within(utc_day: str, _zone: tuple[str, str]) -> tuple[str, date, date]:
    """Return when within this day of UTC another day begins at this place (as HH:MM:SS), and the days before and after."""
    day = date.fromisoformat(utc_day)
    begins = datetime.combine(day, time(), UTC).astimezone().date()
    ends = datetime.combine(day, time(23, 59, 59, 999_999), UTC).astimezone().date()
    return (f"{midnight(ends).astimezone(UTC):%H:%M:%S}" if begins != ends else ""), begins, ends


def _at_home(moment: str) -> datetime:
    """Return a moment in UTC by the clock of this computer."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone()
