"""What everybody who uses one app shares, put together when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection

from ownway.backups import Backups
from ownway.coach.records import Profile
from ownway.exercises.shelf import Shelf
from ownway.store.archives import Archives
from ownway.store.database import Database
from ownway.store.diary import Diary
from ownway.store.past import Pasts
from ownway.store.people import People
from ownway.store.persons import Persons
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders
from ownway.store.runs import Runs
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.store.shelves import Shelves
from ownway.web.pins import Tries
from ownway.web.room import Rooms
from ownway.web.services import Services
from ownway.web.settings import Settings
from ownway.web.takings import Takings
from ownway.web.translation import translations


@dataclass(frozen=True, slots=True)
class House:
    """The diary of all, the people, the running sessions and the exercises."""

    settings: Settings
    database: Database
    backups: Backups
    people: People
    tries: Tries
    rooms: Rooms
    takings: Takings
    shelves: Shelves

    def services(self, me: Profile, language: str, shelf: Shelf) -> Services:
        """Return what the endpoints need for one person, in one language, with the exercises of this moment."""
        return Services(
            settings=self.settings,
            me=me,
            people=self.people,
            persons=Persons(self.database, me.id),
            sessions=Sessions(self.database, me.id),
            plans=Plans(self.database, me.id),
            screenings=Screenings(self.database, me.id),
            reminders=Reminders(self.database, me.id),
            runs=Runs(self.database, me.id),
            diary=Diary(self.database, me.id),
            pasts=Pasts(self.database, me.id),
            archives=Archives(self.database, me.id),
            backups=self.backups,
            rooms=self.rooms,
            takings=self.takings,
            shelf=shelf,
            language=language,
            translate=translations(language).gettext,
        )


def house_of(connection: HTTPConnection) -> House:
    """Return the house of the app that serves this request or socket."""
    return cast("House", connection.app.state.house)
