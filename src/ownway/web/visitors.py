"""Who is at the page: the one person at home, or, where there are several or a PIN, whoever this browser said it was.

The browser keeps a token that nobody can guess; the diary keeps its hash and whose it is.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from ownway.coach.records import Profile
from ownway.errors import OwnwayError, later
from ownway.store.people import People
from ownway.web.house import house_of
from ownway.web.translation import Translate, best_language, languages, translations

COOKIE = "ownway_visit"
ASKED_AGAIN_AFTER = timedelta(
    hours=12
)  # chosen by us: where several share a browser, every day begins with who is there


class NobodyYetError(OwnwayError):
    """Several people, or a PIN: first somebody has to say who they are."""

    def __init__(self) -> None:
        super().__init__(later("Please say first who you are."))


async def somebody(connection: HTTPConnection) -> None:
    """See who is there, before anything else is done with their diary: a dependency of every page that shows one.

    Raises
    ------
    NobodyYetError : it is not known.
    """
    house, token = house_of(connection), connection.cookies.get(COOKIE)
    now = house.settings.clock()
    me, shelf = await house.settings.run_blocking(lambda: (_who(house.people, token, now), house.shelves.now()))
    if me is None:
        raise NobodyYetError
    connection.state.me = me
    connection.state.services = house.services(me, language_of(connection), shelf)


def me_of(connection: HTTPConnection) -> Profile | None:
    """Return who is there, None where nobody said so."""
    return cast("Profile | None", getattr(connection.state, "me", None))


def language_of(connection: HTTPConnection) -> str:
    """Return the language to speak: the person's own, or the best one that the browser asks for."""
    me, settings = me_of(connection), house_of(connection).settings
    if me is not None and me.language in languages():
        return me.language
    return best_language(connection.headers.get("accept-language", ""), settings.language, languages())


def words_of(connection: HTTPConnection) -> Translate:
    """Return what translates into the language to speak."""
    return translations(language_of(connection)).gettext


def _who(people: People, token: str | None, now: datetime) -> Profile | None:
    everybody = people.all()
    if len(everybody) == 1 and not everybody[0].locked:
        return everybody[0]
    return None if token is None else people.visitor(hashed(token), now, ASKED_AGAIN_AFTER)


def hashed(token: str) -> str:
    """Return what the diary keeps of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def remember(response: Response, connection: HTTPConnection, token: str) -> None:
    """Give the browser its token, until it is closed."""
    response.set_cookie(
        COOKIE,
        token,
        path=connection.scope.get("root_path") or "/",
        secure=connection.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def way_on(wanted: str, usual: str) -> str:
    """Return the address to go on to: the one that was wanted where it is one of ours, without a host of its own."""
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return wanted if ours and wanted.isprintable() else usual
