"""The tables. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)  # fmt: skip
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC without its zone: SQLite has no type that remembers one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without zone, since nobody could tell later what it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment with its time zone is expected, not {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables; constraints have names, so that a later migration can change them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PersonRow(Base):
    """Who exercises here: one row for each."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    height_cm: Mapped[float | None] = mapped_column(Float)
    units: Mapped[str] = mapped_column(String(2))
    height_asked: Mapped[bool] = mapped_column(Boolean)
    figure: Mapped[str] = mapped_column(String(2), server_default="f")
    wakes_at: Mapped[str | None] = mapped_column(String(5))  # HH:MM, on the wall
    name: Mapped[str | None] = mapped_column(String(40))  # None while there is nobody else
    pin: Mapped[str | None] = mapped_column(String(200))  # a slow hash of it
    calendar_key: Mapped[str | None] = mapped_column(String(32))
    birth_year: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str | None] = mapped_column(String(8))
    voice: Mapped[str | None] = mapped_column(String(200))
    half_period_s: Mapped[float | None] = mapped_column(Float)
    range_deg: Mapped[float | None] = mapped_column(Float)
    extras: Mapped[str | None] = mapped_column(String(60))  # what the diary asks for besides, in words


class VisitRow(Base):
    """A browser in which somebody said who they are; it keeps the token, the diary only its hash."""

    __tablename__ = "visit"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionRow(Base):
    """One session. The numbers are folds of its events, written when it ends."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("pain_before BETWEEN 0 AND 10", name="pain_before"),
        CheckConstraint("pain_after BETWEEN 0 AND 10", name="pain_after"),
        Index("ix_session_person_started", "person_id", "started_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    exercise_id: Mapped[str] = mapped_column(String(64))
    exercise_version: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    ending: Mapped[str | None] = mapped_column(String(16))
    height_cm: Mapped[float | None] = mapped_column(Float)
    pain_before: Mapped[int | None] = mapped_column(Integer)
    pain_after: Mapped[int | None] = mapped_column(Integer)
    begun: Mapped[bool] = mapped_column(Boolean)  # calibrated, or a clock ran: something was done in it
    good_s: Mapped[float] = mapped_column(Float)
    counted_sets: Mapped[int] = mapped_column(Integer)
    swings_left: Mapped[int] = mapped_column(Integer)
    swings_right: Mapped[int] = mapped_column(Integer)
    dose_sets: Mapped[int | None] = mapped_column(Integer)  # what was asked for; None: as the exercise's file has it
    dose_s: Mapped[float | None] = mapped_column(Float)
    measured: Mapped[str | None] = mapped_column(Text)  # JSON; None until it is read from the events
    repetitions: Mapped[int | None] = mapped_column(Integer)  # done well; None: the dose is none of repetitions
    exercise_file: Mapped[str | None] = mapped_column(String(64))  # a digest; None: an earlier version did not keep it


class ExerciseFileRow(Base):
    """An exercise file as a person's sessions used it: what stands in them stays true when the file changes or goes."""

    __tablename__ = "exercise_file"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class EventRow(Base):
    """One event of the coach, in the order in which it happened; ``data`` is its JSON."""

    __tablename__ = "event"

    session_id: Mapped[str] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    t_s: Mapped[float] = mapped_column(Float)
    kind: Mapped[str] = mapped_column(String(32))
    data: Mapped[str] = mapped_column(Text)


class RunRow(Base):
    """A run or walk. There is no column for where it was."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_person_started", "person_id", "started_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_s: Mapped[float] = mapped_column(Float)
    moving_s: Mapped[float] = mapped_column(Float)
    distance_m: Mapped[float | None] = mapped_column(Float)
    heart_rate_bpm: Mapped[float | None] = mapped_column(Float)
    kind: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(8))


class HurtRow(Base):
    """What was answered after *It hurts*; the last answer stands."""

    __tablename__ = "hurt"
    __table_args__ = (CheckConstraint("pain BETWEEN 0 AND 10", name="pain"),)

    session_id: Mapped[str] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    where: Mapped[str | None] = mapped_column(String(32))
    pain: Mapped[int | None] = mapped_column(Integer)
    down_leg: Mapped[bool | None] = mapped_column(Boolean)
    numb: Mapped[str | None] = mapped_column(String(16))


class ReminderRow(Base):
    """A time of day at which the person wants to be reminded."""

    __tablename__ = "reminder"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[str] = mapped_column(String(5))  # HH:MM, on the wall
    days: Mapped[str] = mapped_column(String(20))  # MO,TU,...
    zone: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ScreeningRow(Base):
    """The questions before somebody exercises, as answered once."""

    __tablename__ = "screening"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outdated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    short: Mapped[bool] = mapped_column(Boolean)
    answers: Mapped[str] = mapped_column(Text)  # JSON: question to answer
    carried: Mapped[str] = mapped_column(Text)  # JSON: questions
    cleared: Mapped[str] = mapped_column(Text)  # JSON: question to moment


class MorningRow(Base):
    """How the back was on a morning."""

    __tablename__ = "morning"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    feeling: Mapped[str] = mapped_column(String(8))


class LevelChoiceRow(Base):
    """A level that the person chose; their numbers tell the order."""

    __tablename__ = "level_choice"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    exercise_id: Mapped[str] = mapped_column(String(64))
    level_id: Mapped[str] = mapped_column(String(32))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkRow(Base):
    """What the person said of a line of a day's plan: left out, swapped, done."""

    __tablename__ = "mark"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    mark: Mapped[str] = mapped_column(String(8))


class EntryRow(Base):
    """What a person wrote into the diary at one moment."""

    __tablename__ = "entry"
    __table_args__ = (
        *(
            CheckConstraint(f"{n} BETWEEN 0 AND 10", name=n)
            for n in ("pain_now", "pain_worst", "pain_average", "sleep")
        ),
        Index("ix_entry_person_at", "person_id", "at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    pain_now: Mapped[int | None] = mapped_column(Integer)
    pain_worst: Mapped[int | None] = mapped_column(Integer)
    pain_average: Mapped[int | None] = mapped_column(Integer)
    areas: Mapped[str] = mapped_column(Text)  # names with spaces between
    feels: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    sleep: Mapped[int | None] = mapped_column(Integer)
    active_min: Mapped[int | None] = mapped_column(Integer)
    medicine: Mapped[str] = mapped_column(Text)


class FilledRow(Base):
    """A questionnaire as it was filled in once."""

    __tablename__ = "filled"
    __table_args__ = (Index("ix_filled_person_at", "person_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ticked: Mapped[str] = mapped_column(Text)  # JSON: numbers
    activities: Mapped[str] = mapped_column(Text)  # JSON: name and number
