"""What the endpoints need: the diary of the person who is there, and what they share with everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection

from ownway.backups import Backups
from ownway.coach.records import Profile
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import Shelf
from ownway.store.archives import Archives
from ownway.store.diary import Diary
from ownway.store.past import Pasts
from ownway.store.people import People
from ownway.store.persons import Persons
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders
from ownway.store.runs import Runs
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.web.room import Rooms
from ownway.web.settings import Settings
from ownway.web.takings import Takings
from ownway.web.translation import Translate


@dataclass(frozen=True, slots=True)
class Services:
    """One person's diary, the running sessions, the exercises and the words."""

    settings: Settings
    me: Profile
    people: People
    persons: Persons
    sessions: Sessions
    plans: Plans
    screenings: Screenings
    reminders: Reminders
    runs: Runs
    diary: Diary
    pasts: Pasts
    archives: Archives
    backups: Backups
    rooms: Rooms
    takings: Takings
    shelf: Shelf
    language: str
    translate: Translate

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """Return the exercises that can be chosen from, by id."""
        return self.shelf.exercises


def services_of(connection: HTTPConnection) -> Services:
    """Return the services for whoever is there, as ``visitors.somebody`` found them."""
    return cast("Services", connection.state.services)
