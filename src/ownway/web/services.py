"""What the endpoints of one app share, put together when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection

from ownway.exercises.schema import Exercise
from ownway.store.database import Database
from ownway.store.persons import Persons
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders
from ownway.store.runs import Runs
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.web.room import Rooms
from ownway.web.settings import Settings
from ownway.web.translation import Translate


@dataclass(frozen=True, slots=True)
class Services:
    """The diary, the running sessions, the exercises and the words."""

    settings: Settings
    database: Database
    persons: Persons
    sessions: Sessions
    plans: Plans
    screenings: Screenings
    reminders: Reminders
    runs: Runs
    rooms: Rooms
    exercises: Mapping[str, Exercise]
    translate: Translate


def services_of(connection: HTTPConnection) -> Services:
    """Return the services of the app that serves this request or socket."""
    return cast("Services", connection.app.state.services)
