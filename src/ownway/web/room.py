"""A session that is running: its coach, its events, and the page that watches. It outlives a dropped connection."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from ownway.body.landmarks import Frame
from ownway.coach.engine import Coach
from ownway.coach.events import Event
from ownway.coach.records import SessionRecord
from ownway.coach.setting import Setting
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import Shelf
from ownway.store.closing import ended
from ownway.store.errors import SavingError
from ownway.store.sessions import Sessions
from ownway.web.settings import Settings
from ownway.web.translation import Translate
from ownway.web.wire import POLICY, Hello, Order, WireError, close_reason

_log = logging.getLogger(__name__)


class Page:
    """One connection. Once another page took its session over, it says nothing more."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self.open = True

    async def send(self, text: str) -> None:
        """Send a message, unless the connection was closed from here."""
        if self.open:
            await self._websocket.send_text(text)

    async def close(self, code: int, reason: str) -> None:
        """Close the connection once; one that is gone already needs no closing."""
        if self.open:
            self.open = False
            with suppress(WebSocketDisconnect):
                await self._websocket.close(code, reason)


class Room:
    """A running session. ``page`` is None while the connection is down."""

    def __init__(
        self, record: SessionRecord, exercise: Exercise, coach: Coach, diary: Sessions, settings: Settings
    ) -> None:
        self.record = record
        self.exercise = exercise
        self.coach = coach
        self.events: list[Event] = []
        self.page: Page | None = None
        self.over = False
        self._diary = diary
        self._settings = settings
        self._saved = 0
        self._saving = asyncio.Lock()
        self._under_way: asyncio.Future[None] | None = None  # held, so that nobody clears it away

    def step(self, frame: Frame) -> tuple[Event, ...]:
        """Let the coach look at a frame, unless its time has passed: a command that overtook it, a reconnect."""
        if frame.t_s <= self.coach.t_s:
            return ()
        return self._keep(self.coach.step(frame))

    def obey(self, order: Order) -> tuple[Event, ...]:
        """Do what a button or key asks for; one that lags behind counts as asked for now."""
        return self._keep(self.coach.command(order.command, order.t_s))

    def cut_short(self) -> None:
        """End the session because its page did not come back, or the program ends."""
        self._keep(self.coach.interrupt())

    async def save(self) -> None:
        """Write the events that are not in the diary yet.

        Once begun it is brought to its end, also where whoever asked is gone: a thread that writes cannot be called back, and
        what it writes would be written again.
        """
        self._under_way = asyncio.ensure_future(self._save())
        await asyncio.shield(self._under_way)

    async def _save(self) -> None:
        async with self._saving:
            first, batch = self._saved, self.events[self._saved :]
            if batch:
                await self._settings.run_blocking(lambda: self._diary.append(self.record.id, first, batch))
                self._saved += len(batch)

    async def try_to_save(self) -> None:
        """Save; where the diary refuses, what is unsaved waits for the next time."""
        try:
            await self.save()
        except SavingError as error:
            _log.warning("%s", error)

    async def save_for_ever(self) -> None:
        """Save every so often."""
        while True:
            await asyncio.sleep(self._settings.limits.save_s)
            await self.try_to_save()

    async def finish(self) -> None:
        """Write the end of the session, whose coach has ended, into the diary; once."""
        if self.over:
            return
        await self.save()
        record = ended(self.record, self.exercise, self.events, self._settings.clock())
        await self._settings.run_blocking(lambda: self._diary.end(record))
        self.over = True

    def _keep(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        self.events.extend(events)
        return events


class Rooms:
    """All running sessions, by id."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rooms: dict[str, Room] = {}
        self._savers: dict[str, asyncio.Task[None]] = {}
        self._waits: dict[str, asyncio.Task[None]] = {}

    async def enter(
        self,
        hello: Hello,
        page: Page,
        diary: Sessions,
        translate: Translate,
        shelf: Shelf,
        fitted: Exercise | None = None,
    ) -> Room | SessionRecord:
        """Return the room that this page asks for, new or running; the record of a session that is already over.

        Parameters
        ----------
        diary : of the person who is at the page; a session of somebody else is not known there.
        shelf : the exercises that can be chosen from.
        fitted : the exercise of a new session as it is coached today; None for that of the shelf.

        Raises
        ------
        WireError : an unknown exercise or session, or too many sessions at a time.
        """
        if hello.session is None:
            room = await self._begin(hello, diary, translate, shelf, fitted)
        else:
            found = self._rooms.get(hello.session)
            record = await self._known(hello.session, diary)
            if found is None or record is None:
                return _over(record, translate)
            room = found
            if hello.exercise != room.exercise.id:
                raise WireError("this session belongs to another exercise")
            room.coach.refit(_setting(hello))
        wait = self._waits.pop(room.record.id, None)
        if wait is not None:
            wait.cancel()
        earlier, room.page = room.page, page
        if earlier is not None:
            _ = translate
            await earlier.close(POLICY, close_reason(_("This session goes on in another window.")))
        return room

    async def leave(self, room: Room, page: Page) -> None:
        """Take note that the connection is gone: what is unsaved is saved, and the page may come back for a while."""
        if room.page is not page or room.over:
            return
        room.page = None
        self._waits[room.record.id] = asyncio.create_task(self._wait(room))
        await room.try_to_save()

    async def finish(self, room: Room) -> None:
        """Close a session whose coach has ended."""
        await room.finish()
        self._forget(room)

    async def close(self) -> None:
        """Close every session as interrupted: the program ends."""
        for room in list(self._rooms.values()):
            await self._interrupt(room)

    async def close_of(self, diary: Sessions) -> None:
        """Close every session of one person as interrupted: their diary is forgotten."""
        for room in list(self._rooms.values()):
            if await self._known(room.record.id, diary) is not None:
                await self._interrupt(room)

    async def _begin(
        self, hello: Hello, diary: Sessions, translate: Translate, shelf: Shelf, fitted: Exercise | None
    ) -> Room:
        shelved = shelf.shelved.get(hello.exercise)
        if shelved is None:
            raise WireError(f"exercise is one of {', '.join(shelf.shelved)}")
        exercise = shelved.exercise if fitted is None else fitted
        if len(self._rooms) >= self._settings.limits.rooms:
            _ = translate
            raise WireError(_("Too many sessions are open. Close some windows and wait a minute."))
        record = SessionRecord(
            id=self._settings.new_id(),
            exercise_id=exercise.id,
            exercise_version=exercise.version,
            mode=hello.mode,
            started_at=self._settings.clock(),
            height_cm=hello.height_cm,
            pain_before=hello.pain_before,
            dose_sets=exercise.dose.sets,
            dose_s=exercise.dose.full_s,
            exercise_file=shelved.digest,
        )
        await self._settings.run_blocking(lambda: diary.begin(record, shelved.text))
        room = Room(record, exercise, Coach(exercise, _setting(hello)), diary, self._settings)
        self._rooms[record.id] = room
        self._savers[record.id] = asyncio.create_task(room.save_for_ever())
        return room

    async def _known(self, session_id: str, diary: Sessions) -> SessionRecord | None:
        return await self._settings.run_blocking(lambda: diary.get(session_id))

    async def _wait(self, room: Room) -> None:
        await asyncio.sleep(self._settings.limits.keep_s)
        # From here on a page that comes back does not call it off: half a write must not be cut short.
        self._waits.pop(room.record.id, None)
        await self._interrupt(room)

    async def _interrupt(self, room: Room) -> None:
        room.cut_short()
        try:
            await self.finish(room)
        except SavingError as error:  # it stays open: the end of the program tries again, then the next start
            _log.warning("%s", error)

    def _forget(self, room: Room) -> None:
        self._rooms.pop(room.record.id, None)
        for tasks in (self._savers, self._waits):
            task = tasks.pop(room.record.id, None)
            if task is not None:
                task.cancel()


def _over(record: SessionRecord | None, translate: Translate) -> SessionRecord:
    if record is None or record.ended_at is None:
        _ = translate
        raise WireError(_("This session is not known here. Please begin a new one."))
    return record


def _setting(hello: Hello) -> Setting:
    return Setting(
        width_px=hello.width_px,
        height_px=hello.height_px,
        mirrored=hello.mirrored,
        height_cm=hello.height_cm,
        camera=hello.mode != "timer",
    )
