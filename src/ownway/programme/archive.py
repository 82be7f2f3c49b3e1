"""All that the diary has of one person: what they can take with them, and bring back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from ownway.coach.events import Event
from ownway.coach.records import HurtReport, Person, SessionRecord
from ownway.programme.days import Feeling, ItemId, LevelChoice, Mark
from ownway.programme.diary import Entry
from ownway.programme.questionnaires import Filled
from ownway.programme.reminders import Reminder
from ownway.programme.runs import Run
from ownway.programme.screening import Screening


@dataclass(frozen=True, slots=True)
class ArchivedSession:
    """A session, whole.

    Attributes
    ----------
    begun : something was done in it.
    hurt : what was answered after *It hurts*; None where nothing was.
    events : in their order.
    """

    record: SessionRecord
    begun: bool = False
    hurt: HurtReport | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedExercise:
    """An exercise file as sessions used it.

    Attributes
    ----------
    digest : by which sessions refer to it: SHA-256 of the text in UTF-8, as hexadecimal digits.
    toml : the file's text.
    """

    digest: str
    toml: str


@dataclass(frozen=True, slots=True)
class ArchivedRun:
    """A run or walk, with the name by which the diary knows it."""

    id: str
    run: Run


@dataclass(frozen=True, slots=True)
class ArchivedMorning:
    """How the back was on a morning."""

    day: date
    feeling: Feeling


@dataclass(frozen=True, slots=True)
class ArchivedMark:
    """What was said of a line of a day's plan."""

    day: date
    item: ItemId
    mark: Mark


@dataclass(frozen=True, slots=True)
class Archive:
    """All of one person, each kind with the oldest first. Neither PIN nor keys are among it.

    Attributes
    ----------
    name : as they want to be called; empty while there is nobody else.
    choices : the levels that were chosen, in the order of choosing.
    sessions : may be read from the diary one by one, each time it is gone through.
    """

    name: str = ""
    person: Person = field(default_factory=Person)
    screenings: tuple[Screening, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    mornings: tuple[ArchivedMorning, ...] = ()
    marks: tuple[ArchivedMark, ...] = ()
    choices: tuple[LevelChoice, ...] = ()
    runs: tuple[ArchivedRun, ...] = ()
    entries: tuple[Entry, ...] = ()
    filled: tuple[Filled, ...] = ()
    exercises: tuple[ArchivedExercise, ...] = ()
    sessions: Iterable[ArchivedSession] = ()


def settled(here: Person, brought: Person) -> Person:
    """Return the person once settings were brought along: what was set here stays, the rest comes from there."""
    new = Person()
    untouched = (one.name for one in fields(Person) if getattr(here, one.name) == getattr(new, one.name))
    return replace(here, **{name: getattr(brought, name) for name in untouched})
