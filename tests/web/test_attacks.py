"""The live socket among strangers: whatever comes in, it says why it closes, keeps the session, and stays up."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from ownway.body.landmarks import Frame, Picture
from ownway.coach.records import SessionRecord
from ownway.coach.setting import Command
from ownway.exercises.shelf import built_in
from ownway.store.database import open_database
from ownway.store.sessions import Sessions
from ownway.web.room import Page, Room, Rooms
from ownway.web.settings import Settings, SocketLimits, directly
from ownway.web.wire import pack_frame, parse_hello
from tests.web.conftest import QUICK, served
from tests.web.test_live import hello, rest, talking

ODD_NUMBERS = [float("nan"), float("inf"), float("-inf"), -1.0, 0.0, 1e-300, 1e300, 101.0]

seconds = st.floats(width=64) | st.sampled_from(ODD_NUMBERS) | st.floats(0, 30)
odd_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    """Draw a frame that is nearly right: odd numbers in it, a byte changed, a piece cut off."""
    head = struct.pack("<BBBBd", 1, draw(st.integers(0, 4)), draw(st.integers(0, 255)), 255, draw(seconds))
    points = [0.5] * 132
    points[draw(st.integers(0, 131))] = draw(st.sampled_from([0.5, *(n for n in ODD_NUMBERS if abs(n) != 1e300)]))
    data = bytearray(head + (struct.pack("<132f", *points) if head[1] == 1 else b""))
    if draw(st.booleans()):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.sampled_from([None, None, 0, 5, 11, 100]))])


orders = st.builds(
    lambda command, t_s, more: json.dumps({"type": "command", "command": command, "t_s": t_s, **more}),
    st.sampled_from([c.value for c in Command if c not in (Command.STOP, Command.HURT)]) | odd_json,
    seconds | odd_json,
    st.dictionaries(st.sampled_from(["type", "version", "x"]), odd_json, max_size=1),
)
hellos = st.builds(
    lambda changes: json.dumps(hello(**changes)), st.dictionaries(st.sampled_from(list(hello())), odd_json, max_size=3)
)
messages = st.binary(max_size=600) | st.text(max_size=50) | frames() | orders | hellos | odd_json.map(json.dumps)


@contextmanager
def on_the_line(address: str, first: str | bytes) -> Iterator[ClientConnection]:
    """Open the socket and say something."""
    with connect(f"ws://{address}/live", proxy=None, compression=None) as line:
        line.send(first)
        yield line


def after(line: ClientConnection, sent: list[bytes | str]) -> tuple[int, str]:
    """Send all of it, and at last what is no message at all; return the close code and its reason."""
    with suppress(ConnectionClosed):
        for message in (*sent, "{"):
            line.send(message)
    _, code, reason = rest(line)
    return code, reason


@pytest.fixture
def no_trace(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Make sure that the server meets no error that it did not expect."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.usefixtures("no_trace")
def test_no_message_breaks_a_session(settings: Settings) -> None:
    """Taken, or refused with a code and a reason; then a page comes back, finds its session, and ends it.

    Two rooms are enough for all of it: none is left behind.
    """
    few = replace(settings, limits=replace(QUICK, rooms=2, keep_s=60.0))

    @trying(max_examples=60, deadline=None)
    @given(st.lists(messages, max_size=6))
    def attack(sent: list[bytes | str]) -> None:
        with talking(address, mode="timer") as (line, welcome):
            line.send(pack_frame(Frame(0.1, None, Picture.NONE)))
            code, reason = after(line, sent)
        assert code in (1003, 1008, 1009)
        assert reason
        with talking(address, mode="timer", session=welcome["session"]) as (line, again):
            assert again["session"] == welcome["session"]
            assert again["resume_at_s"] >= 0.1
            line.send(json.dumps({"type": "command", "command": "stop", "t_s": again["resume_at_s"]}))
            assert rest(line)[1] == 1000

    with served(few) as address:
        attack()


@pytest.mark.usefixtures("no_trace")
def test_no_first_message_breaks_the_server(settings: Settings) -> None:
    """What is no hello is refused in words and opens no room."""
    few = replace(settings, limits=replace(QUICK, rooms=1))

    @trying(max_examples=60, deadline=None)
    @given(messages)
    def attack(first: bytes | str) -> None:
        try:
            parse_hello(first if isinstance(first, str) else "")
        except Exception:  # noqa: BLE001 - whatever it is, the socket must answer it with a reason
            with on_the_line(address, first) as line:
                told, code, reason = rest(line)
            assert told == []
            assert code in (1003, 1008, 1009)
            assert reason

    with served(few) as address:
        attack()
        with talking(address) as (_, welcome):
            assert welcome["type"] == "welcome"


@pytest.mark.usefixtures("no_trace")
def test_two_hellos_are_one_too_many(address: str) -> None:
    """The second is refused; the session of the first is kept."""
    with talking(address, mode="timer") as (line, welcome):
        line.send(json.dumps(hello()))
        _, code, reason = rest(line)
    assert code == 1008
    assert reason.startswith("after the hello")
    with talking(address, mode="timer", session=welcome["session"]) as (_, again):
        assert again["session"] == welcome["session"]


@pytest.mark.usefixtures("no_trace")
def test_a_thousand_frames_at_once_close_the_socket_and_keep_the_session(settings: Settings) -> None:
    """With the limits and the clock of every day."""
    with served(replace(settings, limits=SocketLimits())) as address:
        with talking(address, mode="timer") as (line, welcome):
            sent: list[bytes | str] = [pack_frame(Frame(0.01 * n, None, Picture.NONE)) for n in range(1, 1001)]
            assert after(line, sent) == (1008, "at most 120 messages a second are taken")
        with talking(address, mode="timer", session=welcome["session"]) as (_, again):
            assert 0 < again["resume_at_s"] <= 1.2


@pytest.mark.usefixtures("no_trace")
def test_connections_that_are_cut_leave_nothing_behind(settings: Settings) -> None:
    """Cut with a reset in the middle of a word, over and over: the one session of this server goes on after each."""
    with served(replace(settings, limits=replace(QUICK, rooms=1, keep_s=60.0))) as address:
        with talking(address, mode="timer") as (line, welcome):
            reset(line)
        for n in range(1, 11):
            with talking(address, mode="timer", session=welcome["session"]) as (line, again):
                assert again["type"] == "welcome"
                line.send(pack_frame(Frame(float(n), None, Picture.NONE)))
                line.send(b"bad" if n % 2 else json.dumps({"type": "command", "command": "hide", "t_s": n}))
                reset(line)


def reset(line: ClientConnection) -> None:
    """Cut a connection the hard way."""
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.socket.close()


def test_a_session_waits_longer_than_a_page_tries() -> None:
    """A page tries for thirty seconds; the server notices a silent drop and waits for longer than that."""
    assert SocketLimits().keep_s >= 2 * 30


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://127.0.0.1:1"])
def test_no_other_page_reaches_the_socket(address: str, origin: str) -> None:
    """Neither a page elsewhere, nor a sandboxed one, nor another program's page on this computer."""
    with (
        pytest.raises(Exception, match="403"),
        connect(f"ws://{address}/live", proxy=None, origin=Origin(origin)),
    ):
        pass


def test_a_name_that_points_here_does_not_reach_the_socket(address: str) -> None:
    """DNS rebinding: Host and Origin agree with each other, but not with us."""
    port = address.rpartition(":")[2]
    here = socket.create_connection(("127.0.0.1", int(port)))
    with (
        pytest.raises(Exception, match="400"),
        connect(f"ws://evil.example:{port}/live", proxy=None, sock=here, origin=Origin(f"http://evil.example:{port}")),
    ):
        pass


class _Gone(WebSocket):
    """A connection that is down, which its reader has not heard yet."""

    def __init__(self) -> None:
        async def nothing(*_: Any) -> Any:
            raise OSError

        super().__init__({"type": "websocket"}, nothing, nothing)

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        raise WebSocketDisconnect(1006, reason)


class _Slow:
    """Does what a thread does: the call is done a while before its caller hears of it."""

    async def __call__(self, call: Any, /) -> Any:
        result = await directly(call)
        for _ in range(5):
            await asyncio.sleep(0)
        return result


@contextmanager
def house(settings: Settings, keep_s: float = 60.0) -> Iterator[tuple[Rooms, Sessions]]:
    """Give rooms on a diary, without a server before them."""
    database = open_database(settings.database_url)
    sessions = Sessions(database)
    own = replace(settings, run_blocking=_Slow(), limits=replace(QUICK, keep_s=keep_s))
    yield Rooms(own), sessions
    database.close()


def test_a_page_takes_over_from_a_connection_that_is_down(settings: Settings) -> None:
    """Before the server has heard that the first one is gone; the room then belongs to the second."""

    async def story(rooms: Rooms, sessions: Sessions) -> None:
        first, second = Page(_Gone()), Page(_Gone())
        room = await rooms.enter(parse_hello(json.dumps(hello())), first, sessions, str, built_in())
        assert isinstance(room, Room)
        assert (
            await rooms.enter(parse_hello(json.dumps(hello(session=room.record.id))), second, sessions, str, built_in())
            is room
        )
        assert room.page is second
        await rooms.leave(room, first)
        assert room.page is second
        await rooms.close()

    with house(settings) as (rooms, sessions):
        asyncio.run(story(rooms, sessions))


def test_a_page_that_comes_back_while_its_session_is_being_closed(settings: Settings) -> None:
    """Half a write is not cut short: the session ends once, with each event once."""

    async def story(rooms: Rooms, sessions: Sessions) -> SessionRecord | Room:
        page = Page(_Gone())
        room = await rooms.enter(parse_hello(json.dumps(hello(mode="timer"))), page, sessions, str, built_in())
        assert isinstance(room, Room)
        for n in range(1, 100):
            room.step(Frame(n / 5, None, Picture.NONE))
        await rooms.leave(room, page)
        for _ in range(100):
            if sessions.events(room.record.id)[-1].kind != "ended":
                await asyncio.sleep(0)
        again = await rooms.enter(
            parse_hello(json.dumps(hello(mode="timer", session=room.record.id))),
            Page(_Gone()),
            sessions,
            str,
            built_in(),
        )
        assert again is room
        await rooms.finish(room)
        return await rooms.enter(
            parse_hello(json.dumps(hello(session=room.record.id))), Page(_Gone()), sessions, str, built_in()
        )

    with house(settings, keep_s=0.0) as (rooms, sessions):
        over = asyncio.run(story(rooms, sessions))
        assert isinstance(over, SessionRecord)
        assert over.ending == "interrupted"
        assert [event.kind for event in sessions.events(over.id)].count("ended") == 1
