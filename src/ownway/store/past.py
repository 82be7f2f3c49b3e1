"""What of the diary tells how it is going, read so that ten years of it take a moment.

Columns and not rows, since a row is watched for changes; moments as text, of which the day alone is worked out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Select, String, func, select
from sqlalchemy import cast as as_type
from sqlalchemy.orm import InstrumentedAttribute, Session

from ownway.coach.records import Measured
from ownway.programme.days import Feeling
from ownway.programme.guided_run import RUN, as_run
from ownway.programme.progress import Moment, Past, Period, Practised, Told
from ownway.programme.runs import Run, outings
from ownway.store.database import Database
from ownway.store.diary import Diary
from ownway.store.persons import FIRST_PERSON
from ownway.store.runs import Runs
from ownway.store.sessions import Sessions
from ownway.store.tables import EntryRow, FilledRow, MarkRow, MorningRow, RunRow, SessionRow

_MOMENTS = (EntryRow.at, SessionRow.started_at, RunRow.started_at, FilledRow.at)


class Pasts:
    """Reads what is known of one person's days; days are those on the clock of this computer."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def first_day(self) -> date | None:
        """Return the first day of which anything is known."""
        with self._database.reading() as session:
            moments = [session.scalar(self._mine(func.min(moment), of=moment)) for moment in _MOMENTS]
            morning = session.scalar(self._mine(func.min(MorningRow.day), of=MorningRow.day))
        days = [moment.astimezone().date() for moment in moments if moment is not None]
        return min((*days, *([] if morning is None else [morning])), default=None)

    def of(self, period: Period) -> Past:
        """Return what is known of these days, the oldest first; of a single day its moments, too."""
        since, until = midnight(period.first), midnight(period.last + timedelta(days=1))
        filled = Diary(self._database, self._person_id).filled()
        runs = self._runs()
        day_of = _Days().of
        with self._database.reading() as session:
            return Past(
                told=self._told(session, day_of, since, until),
                sessions=self._sessions(session, day_of, since, until),
                runs=[_at_home(run, "started_at") for run in reversed(runs) if since <= run.started_at < until],
                told_runs=frozenset(self._told_runs(session, period)),
                mornings=dict(self._mornings(session, period)),
                filled=[_at_home(one, "at") for one in reversed(filled) if since <= one.at < until],
                moments=tuple(sorted(self._moments(session, since, until), key=lambda m: m.at))
                if period.name == "day"
                else (),
            )

    def _runs(self) -> list[Run]:
        """Return the runs and walks, guided ones among them, each once, the newest first."""
        guided = Sessions(self._database, self._person_id).history(_ALL, exercise_id=RUN)
        imported = Runs(self._database, self._person_id).history(_ALL)
        known = outings({s.id: as_run(s) for s in guided}, {kept.id: kept.run for kept in imported})
        return [outing.run for outing in known]

    def _mine(self, *columns: Any, of: InstrumentedAttribute[Any]) -> Select[Any]:
        """Ask for columns of the rows of this person, in the table of the column ``of``."""
        return select(*columns).where(of.class_.person_id == self._person_id)

    def _within(self, *columns: Any, at: InstrumentedAttribute[Any], since: datetime, until: datetime) -> Select[Any]:
        return self._mine(*columns, of=at).where(at >= since, at < until).order_by(at)

    def _told(self, session: Session, day_of: DayOf, since: datetime, until: datetime) -> list[Told]:
        at = EntryRow.at
        columns = (as_type(at, String), EntryRow.pain_now, EntryRow.pain_worst, EntryRow.pain_average)
        rows = session.execute(self._within(*columns, at=at, since=since, until=until))
        return [(day_of(text), now, worst, average) for text, now, worst, average in rows]

    def _sessions(self, session: Session, day_of: DayOf, since: datetime, until: datetime) -> list[Practised]:
        row, at = SessionRow, SessionRow.started_at
        columns = (
            as_type(at, String), row.exercise_id, row.pain_before, row.pain_after, row.good_s, row.counted_sets, row.measured,
        )  # fmt: skip
        rows = session.execute(_over(self._within(*columns, at=at, since=since, until=until))).all()
        # All at once: to begin anew with each takes longer than to read it.
        measured = json.loads(f"[{','.join(row[-1] or 'null' for row in rows)}]")
        return [
            Practised(
                day_of(text), exercise_id, before, after, good_s, sets, None if seen is None else Measured(**seen)
            )
            for (text, exercise_id, before, after, good_s, sets, _), seen in zip(rows, measured, strict=True)
        ]

    def _told_runs(self, session: Session, period: Period) -> Iterable[date]:
        asked = self._mine(MarkRow.day, of=MarkRow.day).where(MarkRow.item == "run", MarkRow.mark == "done")
        return (day for day in session.scalars(asked) if day in period)

    def _mornings(self, session: Session, period: Period) -> Iterator[tuple[date, Feeling]]:
        for day, feeling in session.execute(self._mine(MorningRow.day, MorningRow.feeling, of=MorningRow.day)):
            if day in period:
                yield day, cast("Feeling", feeling)

    def _moments(self, session: Session, since: datetime, until: datetime) -> Iterator[Moment]:
        at, began, ran = EntryRow.at, SessionRow.started_at, RunRow.started_at
        for moment, pain in session.execute(self._within(at, EntryRow.pain_now, at=at, since=since, until=until)):
            if pain is not None:
                yield Moment(moment.astimezone(), "told", pain)
        columns = (began, SessionRow.ended_at, SessionRow.pain_before, SessionRow.pain_after)
        sessions = session.execute(_over(self._within(*columns, at=began, since=since, until=until)))
        for moment, ended, before, after in sessions:
            yield Moment(moment.astimezone(), "before", before)
            if after is not None:
                yield Moment(ended.astimezone(), "after", after)
        for moment in session.scalars(self._within(ran, at=ran, since=since, until=until)):
            yield Moment(moment.astimezone(), "run", None)


DayOf = Callable[[str], date]
_ALL = 100_000  # runs: ten years of 27 a day


def _over(asked: Select[Any]) -> Select[Any]:
    """Ask for those sessions alone that are over, in which something was done, and not by somebody in a sample clip."""
    return asked.where(SessionRow.ended_at.is_not(None), SessionRow.begun.is_(True), SessionRow.mode != "sample")


def midnight(day: date) -> datetime:
    """Return the beginning of a day at the place of this computer."""
    return datetime.combine(day, time()).astimezone()


class _Days:
    """Works out the day of a moment in UTC that is given as text, each day of UTC once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, date, date]] = {}

    def of(self, text: str) -> date:
        """Return the day by the clock of this computer; ``text`` begins with YYYY-MM-DD HH:MM:SS."""
        known = self._known.get(text[:10])
        if known is None:
            known = self._known[text[:10]] = _midnight_within(date.fromisoformat(text[:10]))
        turns, before, after = known
        return before if text[11:] < turns else after


def _midnight_within(utc_day: date) -> tuple[str, date, date]:
    """Return when within this day of UTC another day begins at this place (as HH:MM:SS), and the days before and after."""
    begins = datetime.combine(utc_day, time(), UTC).astimezone().date()
    ends = datetime.combine(utc_day, time(23, 59, 59, 999_999), UTC).astimezone().date()
    return (f"{midnight(ends).astimezone(UTC):%H:%M:%S}" if begins != ends else ""), begins, ends


def _at_home(record: Any, moment: str) -> Any:
    """Return a record with its moment by the clock of this computer."""
    return replace(record, **{moment: getattr(record, moment).astimezone()})
