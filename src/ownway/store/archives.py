"""All of one person out of the diary, and into one: whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ownway.coach.events import Event, from_dict
from ownway.coach.records import Person, SessionRecord
from ownway.errors import OwnwayError, later
from ownway.programme.archive import (
    Archive,
    ArchivedExercise,
    ArchivedMark,
    ArchivedMorning,
    ArchivedRun,
    ArchivedSession,
    settled,
)  # fmt: skip
from ownway.programme.days import LevelChoice
from ownway.programme.reminders import Reminder
from ownway.programme.runs import Run, same
from ownway.programme.screening import Screening
from ownway.store.database import Database
from ownway.store.diary import Diary, entry_values, filled_values
from ownway.store.people import People
from ownway.store.persons import FIRST_PERSON, Persons, keep_person, person_of, person_row
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders, reminder_row
from ownway.store.runs import run_of, run_row
from ownway.store.screenings import screening_of, screening_row
from ownway.store.sessions import event_values, hurt_of, record_of
from ownway.store.tables import (
    EntryRow,
    EventRow,
    ExerciseFileRow,
    FilledRow,
    HurtRow,
    LevelChoiceRow,
    MarkRow,
    MorningRow,
    PersonRow,
    ReminderRow,
    RunRow,
    ScreeningRow,
    SessionRow,
)  # fmt: skip

_RECORD = tuple(field.name for field in fields(SessionRecord) if field.name != "measured")
_AT_A_TIME = 50  # sessions; with their events some 500 kB

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Added:
    """How many things of an archive were new to the diary, and how many it had already."""

    new: int
    known: int


class SomebodyElsesError(OwnwayError):
    """An archive with something in it that another person here has in their diary."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "It is the diary of somebody else who exercises here. Choose that person first, and bring it to their diary. "
                "Nothing was taken from it."
            )
        )


class Archives:
    """Reads all that one person has in the diary, and adds such an archive to theirs."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def read(self) -> Archive:
        """Return all of the person; their sessions are read one by one, while somebody goes through them."""
        database, me = self._database, self._person_id
        plans, diary = Plans(database, me), Diary(database, me)
        return Archive(
            name=next((one.name for one in People(database).all() if one.id == me), ""),
            person=Persons(database, me).get(),
            screenings=self._screenings(),
            reminders=tuple(sorted(Reminders(database, me).all(), key=lambda one: (one.made_at, one.id))),
            mornings=tuple(ArchivedMorning(day, feeling) for day, feeling in sorted(plans.mornings().items())),
            marks=tuple(ArchivedMark(day, item, mark) for (day, item), mark in sorted(plans.marks().items())),
            choices=plans.choices(),
            runs=self._runs(),
            entries=tuple(reversed(diary.entries())),
            filled=tuple(reversed(diary.filled())),
            exercises=self._exercises(),
            sessions=_Sessions(database, me),
        )

    def written(self, write: Callable[[Archive], Iterator[bytes]]) -> Generator[bytes]:
        """Give all of the person as ``write`` puts it, as it stood when the first piece was asked for.

        A session that is saved while somebody goes through it is in none of it.
        """
        with self._database.snapshot() as still:
            yield from write(Archives(still, self._person_id).read())

    def add(self, archive: Archive) -> Added:
        """Add what is not there yet, all of it or nothing.

        The same id is the same thing, and what is here stays as it is; so adding an archive twice adds nothing. A run that was
        taken from the same watch here, or a reminder for the same time, is the same as well. Settings: ``archive.settled``.

        Raises
        ------
        SomebodyElsesError : something of it is in the diary of another person.
        SavingError : the diary does not take it.
        """
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            adding = _Adding(session, self._person_id)
            adding.settings(archive.name, archive.person)
            adding.screenings(archive.screenings)
            adding.reminders(archive.reminders)
            adding.days(archive)
            adding.choices(archive.choices)
            adding.runs(archive.runs)
            adding.named(EntryRow, archive.entries, lambda one: one.id, entry_values)
            adding.named(FilledRow, archive.filled, lambda one: one.id, filled_values)
            adding.exercises(archive.exercises)
            adding.sessions(archive.sessions)
            return Added(adding.new, adding.known)

    def _screenings(self) -> tuple[Screening, ...]:
        query = select(ScreeningRow).where(ScreeningRow.person_id == self._person_id).order_by(ScreeningRow.number)
        with self._database.reading() as session:
            return tuple(screening_of(row) for row in session.scalars(query))

    def _exercises(self) -> tuple[ArchivedExercise, ...]:
        mine = ExerciseFileRow.person_id == self._person_id
        with self._database.reading() as session:
            rows = session.scalars(select(ExerciseFileRow).where(mine).order_by(ExerciseFileRow.digest))
            return tuple(ArchivedExercise(row.digest, row.text) for row in rows)

    def _runs(self) -> tuple[ArchivedRun, ...]:
        query = select(RunRow).where(RunRow.person_id == self._person_id).order_by(RunRow.started_at, RunRow.id)
        with self._database.reading() as session:
            return tuple(ArchivedRun(row.id, run_of(row)) for row in session.scalars(query))


class _Sessions:
    """The sessions of one person, the oldest first, a handful in memory at a time."""

    def __init__(self, database: Database, person_id: int) -> None:
        self._database = database
        self._person_id = person_id

    def __iter__(self) -> Iterator[ArchivedSession]:
        mine = select(SessionRow.id).where(SessionRow.person_id == self._person_id)
        with self._database.reading() as session:
            ids = session.scalars(mine.order_by(SessionRow.started_at, SessionRow.id)).all()
        for some in _batches(ids, _AT_A_TIME):
            yield from self._some(some)

    def _some(self, ids: Sequence[str]) -> list[ArchivedSession]:
        with self._database.reading() as session:
            rows = session.scalars(select(SessionRow).where(SessionRow.id.in_(ids)))
            found = {row.id: row for row in rows}
            hurts = {row.session_id: hurt_of(row) for row in session.scalars(_of(HurtRow, ids))}
            events: dict[str, list[Event]] = {}
            log = select(EventRow.session_id, EventRow.data).where(EventRow.session_id.in_(ids))
            for session_id, data in session.execute(log.order_by(EventRow.session_id, EventRow.seq)):
                events.setdefault(session_id, []).append(from_dict(json.loads(data)))
            return [
                ArchivedSession(record_of(found[id_]), found[id_].begun, hurts.get(id_), tuple(events.get(id_, ())))
                for id_ in ids
                if id_ in found  # else it was forgotten meanwhile
            ]


class _Adding:
    """What is added to one person's diary in one transaction, and how much of it was new."""

    def __init__(self, session: Session, person_id: int) -> None:
        self.new = 0
        self.known = 0
        self._session = session
        self._person_id = person_id

    def settings(self, name: str, brought: Person) -> None:
        """Take over the settings that were never changed here, and the name of somebody who has none here."""
        row = self._session.get_one(PersonRow, self._person_id)
        here = person_of(row)
        self._session.merge(person_row(settled(here, brought), self._person_id))
        row.name = row.name or name or None

    def named(
        self, cls: Any, items: Iterable[T], id_of: Callable[[T], str], values_of: Callable[[T, int], dict[str, Any]]
    ) -> None:
        """Add the things whose ids are not here yet."""
        told = list(items)
        fresh = self._fresh(cls, [id_of(item) for item in told])
        self._insert(cls, [values_of(item, self._person_id) for item in told if id_of(item) in fresh])
        self._count(len(fresh), len(told))

    def runs(self, items: Sequence[ArchivedRun]) -> None:
        """Add the runs that are not here yet, also not by another id."""
        near: dict[int, list[Run]] = {}
        for row in self._mine(RunRow):
            near.setdefault(_hour(row.started_at), []).append(run_of(row))
        others = [one for one in items if not any(same(one.run, run) for run in _around(near, one.run.started_at))]
        fresh = self._fresh(RunRow, [one.id for one in items])
        adding = [one for one in others if one.id in fresh]
        self._session.add_all(run_row(one.run, one.id, self._person_id) for one in adding)
        self._count(len(adding), len(items))

    def reminders(self, items: Sequence[Reminder]) -> None:
        """Add the reminders that are not here yet, also not for the same time."""
        here = {(row.at, row.days, row.zone) for row in self._mine(ReminderRow)}
        fresh = self._fresh(ReminderRow, [one.id for one in items])
        rows = [reminder_row(one, self._person_id) for one in items if one.id in fresh]
        adding = [row for row in rows if (row.at, row.days, row.zone) not in here]
        self._session.add_all(adding)
        self._count(len(adding), len(items))

    def days(self, archive: Archive) -> None:
        """Add the mornings, and the marks of a day's plan, of days that have none here."""
        mornings = {row.day for row in self._mine(MorningRow)}
        marks = {(row.day, row.item) for row in self._mine(MarkRow)}
        rows: list[object] = [
            MorningRow(person_id=self._person_id, day=one.day, feeling=one.feeling)
            for one in archive.mornings
            if one.day not in mornings
        ]
        rows += [
            MarkRow(person_id=self._person_id, day=one.day, item=one.item, mark=one.mark)
            for one in archive.marks
            if (one.day, one.item) not in marks
        ]
        self._session.add_all(rows)
        self._count(len(rows), len(archive.mornings) + len(archive.marks))

    def choices(self, items: Sequence[LevelChoice]) -> None:
        """Add the levels that were chosen; where both diaries have some, they are put in the order of their moments."""
        order = select(LevelChoiceRow).where(LevelChoiceRow.person_id == self._person_id).order_by(LevelChoiceRow.id)
        here = [LevelChoice(row.exercise_id, row.level_id, row.chosen_at) for row in self._session.scalars(order)]
        known = set(here)
        adding = [one for one in items if one not in known]
        self._count(len(adding), len(items))
        if not adding:
            return
        if here:
            self._session.execute(delete(LevelChoiceRow).where(LevelChoiceRow.person_id == self._person_id))
            adding = sorted((*here, *adding), key=lambda one: one.chosen_at)
        for one in adding:
            self._session.add(LevelChoiceRow(person_id=self._person_id, **asdict(one)))
            self._session.flush()  # their numbers tell the order

    def screenings(self, items: Sequence[Screening]) -> None:
        """Add the answers that were given at another moment, all numbered anew by their moments where both diaries have some.

        Questions that were begun there and never finished are left aside where there are answers here.
        """
        mine = list(self._mine(ScreeningRow))
        here = [screening_of(row) for row in mine]
        known = {one.begun_at for one in here}
        adding = [one for one in items if one.begun_at not in known and not (here and one.finished_at is None)]
        self._count(len(adding), len(items))
        if here and adding:
            for row in mine:
                self._session.delete(row)
            self._session.flush()
            whole = sorted((*here, *adding), key=lambda one: one.begun_at)
            adding = [replace(one, number=number) for number, one in enumerate(whole, 1)]
        self._session.add_all(screening_row(one, self._person_id) for one in adding)

    def exercises(self, items: Iterable[ArchivedExercise]) -> None:
        """Add the exercise files that are not here yet; they belong to sessions and are not counted."""
        here = {row.digest for row in self._mine(ExerciseFileRow)}
        self._session.add_all(
            ExerciseFileRow(person_id=self._person_id, digest=one.digest, text=one.toml)
            for one in items
            if one.digest not in here
        )

    def sessions(self, items: Iterable[ArchivedSession]) -> None:
        """Add the sessions that are not here yet, with all that happened in them."""
        told = list(items)
        fresh = self._fresh(SessionRow, [one.record.id for one in told])
        adding = [one for one in told if one.record.id in fresh]
        for some in _batches(adding, _AT_A_TIME):
            self._insert(SessionRow, [_session_values(one, self._person_id) for one in some])
            hurts = [(one.record.id, one.hurt) for one in some if one.hurt is not None]
            self._insert(HurtRow, [{"session_id": id_, **asdict(hurt)} for id_, hurt in hurts])
            self._insert(EventRow, [values for one in some for values in event_values(one.record.id, one.events)])
        self._count(len(adding), len(told))

    def _insert(self, cls: Any, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows as they are: thousands of objects that are watched for changes would take half a minute."""
        if rows:
            self._session.execute(insert(cls.__table__), rows)

    def _mine(self, cls: type[T]) -> Sequence[T]:
        return self._session.scalars(select(cls).where(cls.person_id == self._person_id)).all()  # type: ignore[attr-defined]

    def _fresh(self, cls: Any, ids: Sequence[str]) -> set[str]:
        """Return those of the ids that no row has. Raises SomebodyElsesError where another person has one."""
        taken: dict[str, int] = {}
        for some in _batches(ids, 500):
            taken.update(self._session.execute(select(cls.id, cls.person_id).where(cls.id.in_(some))).all())
        if any(owner != self._person_id for owner in taken.values()):
            raise SomebodyElsesError
        return set(ids) - taken.keys()

    def _count(self, new: int, told: int) -> None:
        self.new += new
        self.known += told - new


def _session_values(one: ArchivedSession, person_id: int) -> dict[str, Any]:
    record = one.record
    told = {name: getattr(record, name) for name in _RECORD}
    measured = None if record.measured is None else json.dumps(asdict(record.measured))
    return {**told, "person_id": person_id, "begun": one.begun, "measured": measured}


def _of(cls: Any, ids: Sequence[str]) -> Any:
    return select(cls).where(cls.session_id.in_(ids))


def _hour(moment: datetime) -> int:
    return int(moment.timestamp() // 3600)


def _around(by_hour: dict[int, list[Run]], moment: datetime) -> Iterator[Run]:
    """Yield the runs that began within an hour, among which any same one is."""
    for hour in (_hour(moment) + apart for apart in (-1, 0, 1)):
        yield from by_hour.get(hour, ())


def _batches(items: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    return (items[start : start + count] for start in range(0, len(items), count))
