"""The app, put together: nothing happens before ``create_app`` is called, and nothing is opened before it starts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from ownway.exercises.loader import library
from ownway.store.closing import close_left_open
from ownway.store.database import open_database
from ownway.store.errors import SavingError
from ownway.store.persons import Persons
from ownway.store.plans import Plans
from ownway.store.reminders import Reminders
from ownway.store.runs import Runs
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.web import pages, plan_pages, problems, reminder_pages, run_pages, screening_pages
from ownway.web.files import Files
from ownway.web.live import live
from ownway.web.rendering import templates
from ownway.web.room import Rooms
from ownway.web.security import Guard
from ownway.web.services import Services
from ownway.web.settings import Settings
from ownway.web.translation import translations

_log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"


class _GuardedApp(FastAPI):
    """An app whose guard stands outside of everything, error pages included; FastAPI's own place for one is within."""

    def build_middleware_stack(self) -> ASGIApp:
        """Put the guard around the finished stack."""
        settings: Settings = self.state.settings
        return Guard(super().build_middleware_stack(), settings.allowed_hosts, settings.any_address)


def create_app(settings: Settings) -> FastAPI:
    """Return the app for these settings. The diary is opened when it starts and closed when it ends."""
    words = translations(settings.language)
    # Without the usual documentation pages: they load scripts from elsewhere.
    app = _GuardedApp(title="Ownway", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.templates = templates(words, settings.language)
    problems.install(app, words.gettext)
    app.include_router(pages.router)
    app.include_router(screening_pages.router)
    app.include_router(plan_pages.router)
    app.include_router(reminder_pages.router)
    app.include_router(run_pages.router)
    app.add_api_websocket_route("/live", live, name="live")
    app.mount("/static", Files(directory=STATIC), name="static")
    app.mount("/assets", Files(directory=settings.assets_dir, check_dir=False), name="assets")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    run = settings.run_blocking
    exercises = library()
    database = await run(lambda: open_database(settings.database_url, journal_mode=settings.journal_mode))
    sessions = Sessions(database)
    if settings.close_left_open:
        try:
            await run(lambda: close_left_open(sessions, exercises))
        except (
            SavingError
        ) as error:  # a full disk: what was done can still be looked at, and the next start tries again
            _log.warning("%s", error)
    translate = translations(settings.language).gettext
    rooms = Rooms(sessions, exercises, settings, translate)
    app.state.services = Services(
        settings=settings,
        database=database,
        persons=Persons(database),
        sessions=sessions,
        plans=Plans(database),
        screenings=Screenings(database),
        reminders=Reminders(database),
        runs=Runs(database),
        rooms=rooms,
        exercises=exercises,
        translate=translate,
    )
    try:
        yield
    finally:
        await rooms.close()
        await run(database.close)
