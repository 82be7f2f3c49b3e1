"""The app, put together: nothing happens before ``create_app`` is called, and nothing is opened before it starts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from ownway.backups import Backups
from ownway.store.closing import close_left_open, measure_earlier
from ownway.store.database import open_database
from ownway.store.errors import SavingError
from ownway.store.people import People
from ownway.store.sessions import Sessions
from ownway.store.shelves import Shelves
from ownway.web import (
    data_pages,
    diary_pages,
    forgetting,
    function_pages,
    guided_run_pages,
    letter_pages,
    library_pages,
    pages,
    people_pages,
    plan_pages,
    problems,
    progress_pages,
    reminder_pages,
    run_pages,
    screening_pages,
    settings_pages,
)
from ownway.web.daily import back_up_daily
from ownway.web.files import Files
from ownway.web.house import House
from ownway.web.live import live
from ownway.web.pins import Tries
from ownway.web.room import Rooms
from ownway.web.security import Guard
from ownway.web.settings import Settings
from ownway.web.takings import Takings
from ownway.web.visitors import somebody

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
    # Without the usual documentation pages: they load scripts from elsewhere.
    app = _GuardedApp(title="Ownway", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    problems.install(app)
    owners = (pages, screening_pages, plan_pages, reminder_pages, run_pages, guided_run_pages, settings_pages)
    for owned in (
        *owners,
        library_pages,
        diary_pages,
        function_pages,
        progress_pages,
        letter_pages,
        forgetting,
        data_pages,
    ):
        app.include_router(owned.router, dependencies=[Depends(somebody)])
    app.include_router(people_pages.router)
    app.include_router(reminder_pages.feeds)
    app.add_api_websocket_route("/live", live, name="live")
    app.mount("/static", Files(directory=STATIC), name="static")
    app.mount("/assets", Files(directory=settings.assets_dir, check_dir=False), name="assets")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    run = settings.run_blocking
    shelves = Shelves(settings.exercises_dir, settings.tried_exercise)
    shelf = await run(shelves.now)
    database = await run(lambda: open_database(settings.database_url, journal_mode=settings.journal_mode))
    people = People(database)
    if settings.close_left_open:
        try:
            for person in await run(people.all):
                sessions = Sessions(database, person.id)
                await run(partial(close_left_open, sessions, shelf.exercises))
                await run(partial(measure_earlier, sessions, shelf.exercises))
                await run(partial(sessions.keep_files, shelf))
        except (
            SavingError
        ) as error:  # a full disk: what was done can still be looked at, and the next start tries again
            _log.warning("%s", error)
    backups = Backups(database, settings.backups_dir)
    rooms = Rooms(settings)
    takings = Takings(settings)
    app.state.house = House(
        settings=settings,
        database=database,
        backups=backups,
        people=people,
        tries=Tries(settings.monotonic),
        rooms=rooms,
        takings=takings,
        shelves=shelves,
    )
    daily = asyncio.create_task(back_up_daily(backups, settings)) if backups.possible else None
    try:
        yield
    finally:
        if daily is not None:
            daily.cancel()
        await takings.close()
        await rooms.close()
        await run(database.close)
