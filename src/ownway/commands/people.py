"""``ownway people``: who has a diary here; and taking away a PIN that was forgotten. Also whose diary a command means."""

from __future__ import annotations

from gettext import NullTranslations

import typer

from ownway.coach.records import Profile
from ownway.errors import OwnwayError, later
from ownway.store.database import Database
from ownway.store.people import People


class WhoseDiaryError(OwnwayError):
    """Several people have a diary here, and none of them was named."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            later("Several people have a diary here: {names}. Say whose it is with --person NAME."),
            names=", ".join(names),
        )


class NobodyOfThatNameError(OwnwayError):
    """A name that nobody here has."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(
            later("Nobody here is called {name}. There are: {names}."),
            name=name,
            names=", ".join(filter(None, names)) or "-",
        )


def whose(database: Database, name: str | None) -> Profile:
    """Return the person whose diary is meant.

    Raises
    ------
    WhoseDiaryError : nobody was named, and there are several.
    NobodyOfThatNameError : nobody is called so; upper and lower case are the same.
    """
    everybody = People(database).all()
    names = [one.name for one in everybody]
    if name is None:
        if len(everybody) > 1:
            raise WhoseDiaryError(names)
        return everybody[0]
    for one in everybody:
        if one.name.casefold() == name.strip().casefold():
            return one
    raise NobodyOfThatNameError(name, names)


def run(database: Database, forget_pin: str | None, words: NullTranslations) -> None:
    """Say who is here, after taking away the PIN that was forgotten.

    Raises
    ------
    NobodyOfThatNameError : nobody is called so.
    """
    _ = words.gettext
    people = People(database)
    if forget_pin is not None:
        people.set_pin(whose(database, forget_pin).id, None)
    for one in people.all():
        name = one.name or _("One person, without a name")
        typer.echo(_("{name} (PIN)").format(name=name) if one.locked else name)
