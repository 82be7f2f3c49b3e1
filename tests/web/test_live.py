"""The live socket through a real server: a session from hello to history, and everything that can go wrong on the way."""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from ownway.body.landmarks import Frame, Picture
from ownway.coach.engine import Coach
from ownway.coach.records import SessionRecord
from ownway.coach.setting import Command, Setting
from ownway.exercises.loader import library
from ownway.media.recordings import Recording, open_recording
from ownway.store.database import open_database
from ownway.store.sessions import Sessions
from ownway.web.room import Room
from ownway.web.settings import Settings
from ownway.web.wire import pack_frame
from tests.web.conftest import QUICK, WAIT_S, served

CLIPS = Path(__file__).parent.parent / "clips"

Message = dict[str, Any]
T = TypeVar("T")


def hello(**changes: Any) -> Message:
    """Return a hello, with changes."""
    return {
        "type": "hello", "version": 1, "exercise": "hamstring_stretch", "mode": "camera", "width_px": 640,
        "height_px": 480, "mirrored": False, "height_cm": 178.0, "pain_before": 2, "session": None, **changes,
    }  # fmt: skip


@contextmanager
def talking(address: str, **changes: Any) -> Iterator[tuple[ClientConnection, Message]]:
    """Open the socket and say hello; give the connection and the welcome."""
    with connect(f"ws://{address}/live", proxy=None, compression=None, close_timeout=1) as socket:
        socket.send(json.dumps(hello(**changes)))
        yield socket, json.loads(socket.recv(WAIT_S))


def order(socket: ClientConnection, command: str, t_s: float) -> None:
    """Send a command."""
    socket.send(json.dumps({"type": "command", "command": command, "t_s": t_s}))


def heard(socket: ClientConnection, kind: str) -> Message:
    """Return the next message of this type."""
    while True:
        message: Message = json.loads(socket.recv(WAIT_S))
        if message["type"] == kind:
            return message


def rest(socket: ClientConnection) -> tuple[list[Message], int, str]:
    """Return every message until the server closes, the close code and its reason."""
    messages: list[Message] = []
    try:
        while True:
            messages.append(json.loads(socket.recv(WAIT_S)))
    except ConnectionClosed as closed:
        if closed.rcvd is None:
            raise
        return messages, closed.rcvd.code, closed.rcvd.reason


def empty_frame(t_s: float) -> bytes:
    """Return a frame without anybody in it."""
    return pack_frame(Frame(t_s=t_s, points=None))


def timer_frames(until_s: float, from_s: float = 0.2) -> Iterator[bytes]:
    """Yield what a page without camera sends, five times a second."""
    for n in range(int((until_s - from_s) * 5)):
        yield pack_frame(Frame(t_s=from_s + n / 5, points=None, picture=Picture.NONE))


def saved(settings: Settings, session_id: str) -> SessionRecord:
    """Return the session as it stands in the diary."""
    database = open_database(settings.database_url)
    try:
        record = Sessions(database).get(session_id)
    finally:
        database.close()
    assert record is not None
    return record


def saved_when_over(settings: Settings, session_id: str) -> SessionRecord:
    """Return the session once it is closed in the diary."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        record = saved(settings, session_id)
        if record.ended_at is not None:
            return record
        time.sleep(0.05)
    raise AssertionError("the session was never closed")


def test_a_recorded_stretch_goes_from_hello_to_history(address: str, settings: Settings) -> None:
    """Frames in, events and state out, then it is kept: sets, time and ending."""
    with open_recording(CLIPS / "A1_bend_good.jsonl.gz") as clip, talking(address) as (socket, welcome):
        assert welcome["type"] == "welcome"
        assert welcome["version"] == 1
        assert welcome["resume_at_s"] == 0
        last_s = _feed(socket, clip)
        order(socket, "stop", last_s + 0.1)
        messages, code, _ = rest(socket)
    events = [event for m in messages if m["type"] == "events" for event in m["events"]]
    kinds = {event["kind"] for event in events}
    assert {"phase_began", "calibrated", "clock_started", "cue", "set_ended", "ended"} <= kinds
    cues = [event for event in events if event["kind"] == "cue"]
    assert all(cue["text"] and cue["speak_s"] > 0 for cue in cues)
    assert any(m["type"] == "state" and m["phase"] == "hold" for m in messages)
    assert code == 1000
    ended = messages[-1]
    assert ended["type"] == "ended"
    assert ended["summary"].endswith(f"/sessions/{welcome['session']}")
    record = saved(settings, welcome["session"])
    assert (record.ending, record.mode, record.pain_before, record.height_cm) == ("stopped", "camera", 2, 178.0)
    assert record.counted_sets >= 1
    assert record.good_s > 20


def _feed(socket: ClientConnection, clip: Recording) -> float:
    last_s = 0.0
    for frame in clip.frames:
        last_s = frame.t_s
        socket.send(pack_frame(frame))
    return last_s


def test_a_session_without_camera_runs_to_its_end(address: str, settings: Settings) -> None:
    """Time alone moves the phases; done is done."""
    with talking(address, mode="timer") as (socket, welcome):
        messages: list[Message] = []
        code = 0
        try:
            for data in timer_frames(400):
                socket.send(data)
        except ConnectionClosed:
            pass
        messages, code, _ = rest(socket)
    assert code == 1000
    assert messages[-1]["type"] == "ended"
    record = saved(settings, welcome["session"])
    assert record.ending == "done"
    assert record.counted_sets == 2


def test_it_hurts_ends_the_session_at_once(address: str, settings: Settings) -> None:
    """And it is kept as such."""
    with talking(address, mode="timer") as (socket, welcome):
        for data in timer_frames(20):
            socket.send(data)
        order(socket, "hurt", 20.1)
        messages, code, _ = rest(socket)
    assert code == 1000
    assert any(e.get("cue") == "hurt_stop" for m in messages for e in m.get("events", []))
    assert saved(settings, welcome["session"]).ending == "hurt"


def test_the_screen_is_told_at_most_ten_times_a_second(settings: Settings) -> None:
    """However fast the frames come."""
    with (
        served(replace(settings, monotonic=lambda: 0.0, limits=replace(QUICK, state_hz=10.0))) as address,
        talking(address) as (socket, _),
    ):
        heard(socket, "state")
        for n in range(100):
            socket.send(empty_frame(n / 30 + 0.1))
        order(socket, "stop", 10.0)
        messages, _, _ = rest(socket)
    # One for the standing clock, one for the button.
    assert sum(m["type"] == "state" for m in messages) == 2


@pytest.mark.parametrize(
    ("bad", "code", "reason"),
    [
        (b"", 1003, "12 or 540 bytes"),
        (b"\x01\x01" + bytes(10), 1003, "540 bytes"),
        (b"x" * 5000, 1003, "version 1"),
        (struct.pack("<BBBBd", 1, 0, 255, 255, float("nan")), 1008, "t_s"),
        (struct.pack("<BBBBd132f", 1, 1, 255, 255, 9.0, *([float("inf")] * 132)), 1008, "finite"),
        (empty_frame(1.0), 1008, "increases"),
        ("{", 1003, "JSON"),
        ('{"type": "command", "command": "dance", "t_s": 2}', 1008, "command is one of"),
        ('{"type": "hello"}', 1008, "after the hello"),
    ],
)
def test_a_malformed_message_closes_the_socket_and_keeps_the_session(
    address: str, settings: Settings, bad: bytes | str, code: int, reason: str
) -> None:
    """With the reason in words; the page may come back and go on."""
    with talking(address, mode="timer") as (socket, welcome):
        for data in timer_frames(12):
            socket.send(data)
        socket.send(bad)
        _, found, why = rest(socket)
    assert found == code
    assert reason in why
    with talking(address, mode="timer", session=welcome["session"]) as (socket, again):
        assert again["session"] == welcome["session"]
        assert again["resume_at_s"] > 11
        assert any(event["kind"] == "clock_started" for event in again["events"])
        order(socket, "stop", 20.0)
        rest(socket)
    assert saved(settings, welcome["session"]).good_s > 0


def test_a_message_of_a_megabyte_is_too_big(address: str) -> None:
    """Nothing of it is kept in memory."""
    with talking(address) as (socket, _):
        socket.send(b"x" * 2_000_000)
        _, code, _ = rest(socket)
    assert code in (1003, 1009)


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (json.dumps(hello(exercise="juggling")), "hamstring_stretch, hip_hinge"),
        (json.dumps(hello(version=7)), "version 1"),
        (json.dumps(hello(session="nobody")), "not known here"),
        (empty_frame(1.0), "hello is expected first"),
        ("", "JSON"),
    ],
)
def test_a_hello_that_cannot_be_is_refused_in_words(address: str, first: bytes | str, reason: str) -> None:
    """And no session is opened for it."""
    with connect(f"ws://{address}/live", proxy=None) as socket:
        socket.send(first)
        messages, _, why = rest(socket)
    assert messages == []
    assert reason in why


def test_a_page_that_never_says_hello_is_closed(settings: Settings) -> None:
    """An open socket costs something."""
    impatient = replace(settings, limits=replace(QUICK, hello_s=0.1))
    with served(impatient) as address, connect(f"ws://{address}/live", proxy=None) as socket:
        _, code, why = rest(socket)
    assert (code, why) == (1008, "a hello is expected first, and none came")


@pytest.fixture
def patient_address(settings: Settings) -> Iterator[str]:
    """Give host and port of a server that waits as long for a page as at home: a busy computer may need more than a moment."""
    with served(replace(settings, limits=replace(QUICK, keep_s=60.0))) as found:
        yield found


def test_a_dropped_connection_goes_on_where_it_was(patient_address: str, settings: Settings) -> None:
    """In the middle of a hold, without a goodbye."""
    with talking(patient_address, mode="timer") as (socket, welcome):
        for data in timer_frames(15):
            socket.send(data)
        _until(socket, 14.0)
        socket.socket.close()
    with talking(patient_address, mode="timer", session=welcome["session"]) as (socket, again):
        resume_s = again["resume_at_s"]
        assert resume_s == pytest.approx(14.8, abs=0.5)
        for data in timer_frames(400, from_s=resume_s + 0.2):
            try:
                socket.send(data)
            except ConnectionClosed:
                break
        _, code, _ = rest(socket)
    assert code == 1000
    record = saved(settings, welcome["session"])
    assert record.ending == "done"
    assert record.counted_sets == 2


def _until(socket: ClientConnection, t_s: float) -> None:
    while heard(socket, "state")["t_s"] < t_s:
        pass


def test_a_reload_goes_on_after_the_page_was_hidden(patient_address: str, settings: Settings) -> None:
    """A page that is left says "hide", a little later than its last frame; time never runs backwards for it."""
    with talking(patient_address, mode="timer") as (socket, welcome):
        for data in timer_frames(15):
            socket.send(data)
        order(socket, "hide", 15.5)
        while not heard(socket, "state")["paused"]:
            pass
    with talking(patient_address, mode="timer", session=welcome["session"]) as (socket, again):
        assert again["resume_at_s"] == 15.5
        order(socket, "show", 15.4)
        assert not heard(socket, "events")["events"][0]["t_s"] < 15.5
        order(socket, "stop", 20.0)
        rest(socket)
    database = open_database(settings.database_url)
    times = [event.t_s for event in Sessions(database).events(welcome["session"])]
    database.close()
    assert times == sorted(times)


def test_a_second_page_takes_the_session_over(address: str) -> None:
    """The first is told, and its leaving does not end anything."""
    with talking(address, mode="timer") as (first, welcome):
        for data in timer_frames(12):
            first.send(data)
        with talking(address, mode="timer", session=welcome["session"]) as (second, again):
            assert again["session"] == welcome["session"]
            _, code, why = rest(first)
            assert (code, why) == (1008, "This session goes on in another window.")
            order(second, "pause", 30.0)
            assert heard(second, "state")["phase"]


def test_a_page_that_does_not_come_back_leaves_an_interrupted_session(address: str, settings: Settings) -> None:
    """Kept with everything that was done; asked for later, it is over and says where its summary is."""
    with talking(address, mode="timer") as (socket, welcome):
        for data in timer_frames(35):
            socket.send(data)
        _until(socket, 34.0)
    record = saved_when_over(settings, welcome["session"])
    assert record.ending == "interrupted"
    assert record.good_s > 10
    with talking(address, mode="timer", session=welcome["session"]) as (socket, answer):
        assert answer["type"] == "ended"
        assert answer["summary"].endswith(welcome["session"])


def test_the_end_of_the_program_closes_what_is_open(settings: Settings) -> None:
    """Ctrl-C in the middle of a hold loses nothing."""
    patient = replace(settings, limits=replace(QUICK, keep_s=60.0))
    with served(patient) as address, talking(address, mode="timer") as (socket, welcome):
        for data in timer_frames(35):
            socket.send(data)
        _until(socket, 34.0)
    record = saved(settings, welcome["session"])
    assert record.ending == "interrupted"
    assert record.good_s > 10


def test_frames_beyond_sixty_a_second_are_let_go(settings: Settings) -> None:
    """The coach sees sixty of the hundred, and nobody is closed for it."""
    usual = replace(settings, monotonic=lambda: 0.0, limits=replace(QUICK, taken_hz=60, flood_hz=120))
    with served(usual) as address, talking(address, mode="timer") as (socket, _welcome):
        for n in range(100):
            socket.send(pack_frame(Frame(t_s=0.01 * (n + 1), points=None, picture=Picture.NONE)))
        order(socket, "pause", 0.0)  # it is answered after all frames, with the time of the last one that was taken
        paused = heard(socket, "events")["events"][0]
        while paused["kind"] != "paused":
            paused = heard(socket, "events")["events"][0]
        assert paused["t_s"] == pytest.approx(0.6)


def test_a_flood_closes_the_socket(settings: Settings) -> None:
    """More than 120 messages in a second."""
    usual = replace(settings, monotonic=lambda: 0.0, limits=replace(QUICK, taken_hz=60, flood_hz=120))
    with served(usual) as address, talking(address, mode="timer") as (socket, _):
        for n in range(121):
            socket.send(empty_frame(0.01 * (n + 1)))
        _, code, why = rest(socket)
    assert (code, why) == (1008, "at most 120 messages a second are taken")


def test_a_socket_opened_by_another_page_is_refused(address: str) -> None:
    """A web page elsewhere cannot listen in on the coach."""
    with (
        pytest.raises(Exception, match="403"),
        connect(f"ws://{address}/live", proxy=None, origin=Origin("http://evil.example")),
    ):
        pass


def test_a_session_in_which_nothing_was_done_is_not_shown(address: str, settings: Settings) -> None:
    """An empty room is no session."""
    with talking(address) as (socket, welcome):
        for n in range(60):
            socket.send(empty_frame(n / 30 + 0.1))
        order(socket, "stop", 5.0)
        rest(socket)
    assert saved(settings, welcome["session"]).ending == "stopped"
    database = open_database(settings.database_url)
    assert Sessions(database).history() == []
    database.close()


def test_what_is_being_saved_when_its_saver_is_let_go_is_saved_once(settings: Settings) -> None:
    """The thread goes on writing; the next to save waits for it."""

    async def slowly(call: Callable[[], T], /) -> T:
        def work() -> T:
            time.sleep(0.2)
            return call()

        return await asyncio.to_thread(work)

    database = open_database(settings.database_url)
    diary = Sessions(database)
    record = SessionRecord("slow", "hamstring_stretch", 1, "timer", datetime.now(UTC))
    diary.begin(record)
    exercise = library()["hamstring_stretch"]
    coach = Coach(exercise, Setting(640, 480, mirrored=False, height_cm=None, camera=False))
    room = Room(record, exercise, coach, diary, replace(settings, run_blocking=slowly))

    async def let_go() -> None:
        room.events.extend(coach.command(Command.PAUSE, 1.0))
        saver = asyncio.create_task(room.save())
        await asyncio.sleep(0.05)
        saver.cancel()
        with suppress(asyncio.CancelledError):
            await saver
        room.events.extend(coach.command(Command.RESUME, 2.0))
        await room.save()

    asyncio.run(let_go())
    assert diary.events("slow") == tuple(room.events)
    database.close()
