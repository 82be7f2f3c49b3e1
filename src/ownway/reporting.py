"""The report of one person for a doctor or physiotherapist, gathered from the diary."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import NullTranslations

from ownway.coach.records import Profile
from ownway.programme.progress import PeriodName, period
from ownway.report.letter import Letter, letter, screened, stopped, worse
from ownway.store.database import Database
from ownway.store.past import Pasts, midnight
from ownway.store.persons import Persons
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions


def letter_of(database: Database, me: Profile, name: PeriodName, today: date, words: NullTranslations) -> Letter:
    """Return the report about the time up to today; a diary that is empty gives an empty one."""
    pasts = Pasts(database, me.id)
    shown = period(name, today, pasts.first_day())
    past = pasts.of(shown)
    hurt = Sessions(database, me.id).stopped(midnight(shown.first), midnight(shown.last + timedelta(days=1)))
    events = [
        *stopped(hurt, words),
        *screened(Screenings(database, me.id).all(), shown, words),
        *worse(past.mornings, shown, words),
    ]
    birth_year = Persons(database, me.id).get().birth_year
    return letter(past, shown, events, words, who=me.name, birth_year=birth_year, made_on=today)
