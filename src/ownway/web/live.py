"""The live socket: frames and commands in, events and state out. ``docs/WIRE.md`` says how it speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.websockets import WebSocket, WebSocketDisconnect

from ownway.coach.events import Event
from ownway.errors import OwnwayError
from ownway.exercises.schema import Exercise
from ownway.programme.dose import fitted
from ownway.web import wire
from ownway.web.gate import REFUSALS, Wish, obstacle
from ownway.web.house import house_of
from ownway.web.pace import Pace
from ownway.web.room import Page, Room
from ownway.web.services import Services, services_of
from ownway.web.today import beside, plan_today
from ownway.web.visitors import somebody, words_of
from ownway.web.wire import Hello, WireError

_GOING_ON, _BROKEN = 1000, 1011  # RFC 6455, 7.4.1


async def live(websocket: WebSocket) -> None:
    """Serve one page until its session is over or its connection is gone; the session outlives the connection."""
    await websocket.accept()
    page = Page(websocket)
    room: Room | None = None
    try:
        await somebody(websocket)
        services = services_of(websocket)
        hello = await _hello(websocket, services)
        fit = await _let_in(hello, services) if hello.session is None else None
        entered = await services.rooms.enter(hello, page, services.sessions, services.translate, services.shelf, fit)
        if isinstance(entered, Room):
            room = entered
            await _Conversation(websocket, services, page, room).run()
        else:
            await page.send(wire.ended_message(entered.id, _summary_url(websocket, entered.id)))
            await page.close(_GOING_ON, "This session is over.")
    except WebSocketDisconnect:
        pass
    except WireError as error:
        await page.close(error.code, wire.close_reason(str(error)))
    except OwnwayError as error:
        _ = words_of(websocket)
        await page.close(wire.POLICY, wire.close_reason(error.told(_)))
    except Exception:  # the page must hear of it, and the session is kept
        _ = words_of(websocket)
        await page.close(_BROKEN, wire.close_reason(_("Something went wrong in Ownway. Your session is kept.")))
        raise
    finally:
        if room is not None:
            await house_of(websocket).rooms.leave(room, page)


async def _hello(websocket: WebSocket, services: Services) -> Hello:
    try:
        message = await asyncio.wait_for(websocket.receive(), services.settings.limits.hello_s)
    except TimeoutError:
        raise WireError("a hello is expected first, and none came") from None
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    text = message.get("text")
    if text is None:
        raise WireError("a hello is expected first, as text")
    return wire.parse_hello(text)


async def _let_in(hello: Hello, services: Services) -> Exercise | None:
    """Return the exercise of a new session as it is coached today; None for a sample clip, and for what is not there.

    Raises
    ------
    WireError : something comes before it, also for a page that never asked for the way.
    """
    exercise = services.exercises.get(hello.exercise)
    if hello.mode == "sample" and exercise is not None and exercise.sample is None:
        raise WireError(services.translate("There is no sample clip of this exercise."))
    if exercise is None or hello.mode == "sample":
        return None
    person = await services.settings.run_blocking(services.persons.get)
    plan = await plan_today(services)
    wish = Wish(hello.exercise, hello.mode, hello.pain_before, bends_anyway=hello.bends_anyway)
    first = await obstacle(services, wish, person, plan)
    if first is not None:
        raise WireError(services.translate(REFUSALS[first]))
    return fitted(exercise, plan.line(exercise.id), person, await beside(services, exercise))


def _summary_url(websocket: WebSocket, session_id: str) -> str:
    return str(websocket.url_for("summary", session_id=session_id))


class _Conversation:
    """What is said between one page and its room."""

    def __init__(self, websocket: WebSocket, services: Services, page: Page, room: Room) -> None:
        self._websocket = websocket
        self._services = services
        self._page = page
        self._room = room
        self._pace = Pace(services.settings.limits, services.settings.monotonic)
        self._last_frame_s = -1.0

    async def run(self) -> None:
        """Welcome the page, then answer it until one of the two is gone or the session is over."""
        room = self._room
        await self._page.send(wire.welcome(room.record.id, room.coach.t_s, self._told(room.events)))
        await self._page.send(wire.state_message(room.coach.live()))
        while self._page.open and not room.coach.ended:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect" or not self._page.open:
                return
            self._pace.came()
            data = message.get("bytes")
            if data is not None:
                await self._frame(data)
            else:
                await self._command(message["text"])
        if self._page.open:
            await self._services.rooms.finish(room)
            await self._page.send(wire.ended_message(room.record.id, _summary_url(self._websocket, room.record.id)))
            await self._page.close(_GOING_ON, "This session is over.")

    async def _frame(self, data: bytes) -> None:
        frame = wire.parse_frame(data)
        if frame.t_s <= self._last_frame_s:
            raise WireError(f"t_s increases from frame to frame; {frame.t_s:g} came after {self._last_frame_s:g}")
        self._last_frame_s = frame.t_s
        if self._pace.may_take():
            await self._tell(frame.t_s, self._room.step(frame), at_once=False)

    async def _command(self, text: str) -> None:
        order = wire.parse_order(text)
        await self._tell(order.t_s, self._room.obey(order), at_once=True)

    async def _tell(self, t_s: float, events: Sequence[Event], *, at_once: bool) -> None:
        if events:
            await self._page.send(wire.events_message(t_s, self._told(events)))
        # After a button the screen must show at once what it did; no frame may follow it for a while.
        if self._pace.may_tell() or at_once:
            await self._page.send(wire.state_message(self._room.coach.live()))

    def _told(self, events: Sequence[Event]) -> list[dict[str, object]]:
        return [wire.told(event, self._room.exercise, self._services.translate) for event in events]
