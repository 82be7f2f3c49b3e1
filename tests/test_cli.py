"""The command line: starting, stopping and dying, in real processes; and what cannot be."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from ownway import __version__
from ownway.body.landmarks import Frame, Picture
from ownway.commands.assets import NEEDED_BY_THE_PAGE
from ownway.media.recordings import read_recording
from ownway.store.database import open_database
from ownway.store.folder import database_url, ready_folder
from ownway.store.sessions import Sessions
from ownway.web.wire import pack_frame
from tests.conftest import Command
from tools.stage import screen

SRC = Path(__file__).parent.parent / "src"
CLIPS = Path(__file__).parent / "clips"
WAIT_S = 60  # for what comes in a moment, on however busy a computer


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Give an environment with stand-ins for the models, which no test here loads."""
    assets = tmp_path / "assets"
    for name in NEEDED_BY_THE_PAGE:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        (assets / name).write_bytes(b"")
    return os.environ | {"PYTHONPATH": str(SRC), "OWNWAY_ASSETS": str(assets), "HOME": str(tmp_path), "NO_COLOR": "1"}


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Give the folder of somebody who has answered the questions before exercising."""
    folder = ready_folder(tmp_path / "data")
    screen(database_url(folder))
    return folder


def run(env: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    """Run ``ownway`` to its end."""
    command = [sys.executable, "-m", "ownway", *args]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


class Running:
    """A running ``ownway``: its process, address, and what it said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            self.said.append(line)
            found = re.search(r"ready: (http://\S+)", line)
            if found is not None:
                self.address = found[1]
                return
        raise AssertionError(f"ownway did not start: {self.said}")

    def stop(self) -> int:
        """Press Ctrl-C; return the exit code."""
        assert self.process.stdout is not None
        self.process.send_signal(signal.SIGINT)
        # Not communicate(): lines that were read ahead with the last one would be lost.
        self.said.extend(self.process.stdout)
        return self.process.wait(WAIT_S)


@contextmanager
def running(
    env: dict[str, str], folder: Path, *args: str, program: tuple[str, ...] = ("-m", "ownway")
) -> Iterator[Running]:
    """Run ``ownway`` beside the test, and never leave it behind."""
    command = [sys.executable, *program, "--no-open", "--data-dir", str(folder), *args]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield Running(process)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@contextmanager
def session(running: Running, mode: str = "timer") -> Iterator[tuple[ClientConnection, str]]:
    """Open a session; give the socket and the session's id."""
    hello = {
        "type": "hello", "version": 1, "exercise": "hamstring_stretch", "mode": mode, "width_px": 640, "height_px": 480,
        "mirrored": False, "height_cm": None, "pain_before": None, "session": None,
    }  # fmt: skip
    with connect(running.address.replace("http", "ws") + "live", proxy=None) as live:
        live.send(json.dumps(hello))
        yield live, json.loads(live.recv(WAIT_S))["session"]


def exercise(live: ClientConnection, until_s: float) -> None:
    """Let the session's time pass, ten times as fast as on a clock."""
    for n in range(1, int(until_s * 5) + 1):
        live.send(pack_frame(Frame(t_s=n / 5, points=None, picture=Picture.NONE)))
        time.sleep(0.02)
    while json.loads(live.recv(WAIT_S)).get("t_s", 0.0) < until_s - 1.0:
        pass


def heard_until(live: ClientConnection, t_s: float) -> list[dict[str, Any]]:
    """Return the events that were told until this time of the session."""
    events: list[dict[str, Any]] = []
    while (message := json.loads(live.recv(WAIT_S))).get("t_s", 0.0) < t_s:
        events.extend(message.get("events", []))
    return events


def get(address: str) -> str:
    """Return a page."""
    with urllib.request.urlopen(address, timeout=WAIT_S) as answer:
        text: str = answer.read().decode()
    return text


def test_help_explains_serve_and_its_options(env: dict[str, str]) -> None:
    """The default needs no second page of help."""
    said = run(env, "--help").stdout
    for word in ("serve ", "--host ADDRESS", "--port NUMBER", "--data-dir FOLDER", "--no-open ", "--version "):
        assert word in said
    assert run(env, "serve", "--help").stdout.count("--data-dir FOLDER") == 1
    assert run(env, "--version").stdout == f"ownway {__version__}\n"


def test_it_starts_answers_and_stops(env: dict[str, str], tmp_path: Path) -> None:
    """Without a command it serves, and Ctrl-C is a good end: exit code 0, no trace."""
    with running(env, tmp_path / "data", "--port", "0") as server:
        assert "Standing hamstring stretch" in get(server.address)
        assert server.stop() == 0
    said = "".join(server.said)
    assert str(tmp_path / "data") in said
    assert "Your sessions are kept." in said
    assert "Traceback" not in said


def test_options_before_the_command_count(env: dict[str, str], command: Command, tmp_path: Path) -> None:
    """``ownway --data-dir here serve`` serves, and does not write elsewhere."""
    options = ("--data-dir", str(tmp_path / "data"), "--port", "0")
    with running(env, tmp_path / "data", program=("-m", "ownway", *options, "serve")) as server:
        assert "Ownway" in get(server.address)
        assert server.stop() == 0
    (tmp_path / "file").write_text("in the way")
    ended = command("--data-dir", tmp_path / "file" / "data", "serve", "--no-open")
    assert (ended.code, str(tmp_path / "file" / "data") in ended.err) == (2, True)


def test_letters_that_the_terminal_lacks(env: dict[str, str], tmp_path: Path) -> None:
    """A terminal without umlauts, or with a locale that makes no sense, is no reason to stop."""
    odd = env | {"PYTHONIOENCODING": "ascii", "LC_ALL": "xx_YY.nonsense", "LANGUAGE": "tlh"}
    with running(odd, tmp_path / "Rückenübung", "--port", "0") as server:
        assert "Ownway" in get(server.address)
        assert server.stop() == 0
    assert "Traceback" not in "".join(server.said)


def test_nobody_reads_what_it_says(env: dict[str, str], tmp_path: Path) -> None:
    """Started by a click, or in a terminal that was closed since: the coach goes on, and ends in good order."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "ownway", "--no-open", "--data-dir", str(tmp_path / "data"), "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    try:
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            try:
                assert "Ownway" in get(f"http://127.0.0.1:{port}/")
                break
            except OSError:
                time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=WAIT_S)
    finally:
        process.kill()
    assert (process.returncode, said) == (0, "")


def test_a_port_in_use_gets_a_free_one_and_says_so(env: dict[str, str], tmp_path: Path) -> None:
    """Somebody else's program stays where it is."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running(env, tmp_path / "data", "--port", str(port)) as server:
            assert f"Port {port} is not free; taking another one." in "".join(server.said)
            assert "Ownway" in get(server.address)
            assert server.stop() == 0


def test_a_folder_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    """One sentence, exit code 2, no trace."""
    (tmp_path / "file").write_text("in the way")
    ended = command("--no-open", "--data-dir", tmp_path / "file" / "data")
    assert ended.code == 2
    assert "cannot be written" in ended.err
    assert "Traceback" not in ended.err


def test_a_diary_from_a_newer_version(command: Command, tmp_path: Path) -> None:
    """One sentence, exit code 2, no trace."""
    open_database(database_url(tmp_path)).close()
    connection = sqlite3.connect(tmp_path / "ownway.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    ended = command("--no-open", "--data-dir", tmp_path)
    assert ended.code == 2
    assert "newer version of Ownway" in ended.err
    assert "Traceback" not in ended.err


def test_an_address_that_is_not_ours(
    env: dict[str, str], command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """192.0.2.1 is set aside for examples, so it is nobody's."""
    monkeypatch.setenv("OWNWAY_ASSETS", env["OWNWAY_ASSETS"])
    ended = command("--no-open", "--data-dir", tmp_path, "--host", "192.0.2.1")
    assert ended.code == 2
    assert "cannot listen on 192.0.2.1" in ended.err
    assert "Traceback" not in ended.err


def test_assets_that_are_missing(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told before the browser opens, with what to do."""
    monkeypatch.setenv("OWNWAY_ASSETS", str(tmp_path / "nothing"))
    ended = command("--no-open", "--data-dir", tmp_path)
    assert ended.code == 2
    assert "make run" in ended.err
    assert "Traceback" not in ended.err


def _record(folder: Path, session_id: str) -> Any:
    database = open_database(database_url(folder))
    try:
        sessions = Sessions(database)
        return sessions.get(session_id), sessions.events(session_id)
    finally:
        database.close()


def _written_until(folder: Path, session_id: str, t_s: float) -> bool:
    events = _record(folder, session_id)[1]
    return bool(events) and events[-1].t_s > t_s


def test_ctrl_c_in_the_middle_keeps_the_session(env: dict[str, str], diary: Path) -> None:
    """Closed in good order, as interrupted."""
    with running(env, diary, "--port", "0") as server, session(server) as (live, session_id):
        exercise(live, 25.0)
        assert server.stop() == 0
    record, _ = _record(diary, session_id)
    assert record.ending == "interrupted"
    assert record.good_s > 5


def test_pulling_the_plug_loses_at_most_five_seconds(env: dict[str, str], diary: Path) -> None:
    """Kill -9 in the middle of a hold: the events are on the disk, and the next start closes the session."""
    with running(env, diary, "--port", "0") as server, session(server) as (live, session_id):
        exercise(live, 30.0)
        deadline = time.monotonic() + 5.0
        while not _written_until(diary, session_id, 30.0 - 5.0) and time.monotonic() < deadline:
            time.sleep(0.05)
        server.process.kill()
        server.process.wait()
    record, events = _record(diary, session_id)
    assert record.ended_at is None
    assert events[-1].t_s > 30.0 - 5.0
    with running(env, diary, "--port", "0") as server:
        assert f"/sessions/{session_id}" in get(server.address)
        assert server.stop() == 0
    record, _ = _record(diary, session_id)
    assert record.ending == "interrupted"
    assert record.good_s > 5


def test_pulling_the_plug_on_a_camera_session(env: dict[str, str], diary: Path) -> None:
    """The same with a person before the camera: the hold up to the last five seconds is in the diary."""
    recorded = read_recording(CLIPS / "A1_bend_good.jsonl.gz")[1]
    frames = [frame for frame in recorded if frame.t_s < 20.0][::2]
    with running(env, diary, "--port", "0") as server, session(server, mode="camera") as (live, session_id):
        for frame in frames:
            live.send(pack_frame(frame))
            time.sleep(0.02)
        told = heard_until(live, frames[-1].t_s - 1.0)
        deadline = time.monotonic() + 5.0
        while len(_record(diary, session_id)[1]) < len(told) and time.monotonic() < deadline:
            time.sleep(0.05)
        server.process.kill()
        server.process.wait()
    record, events = _record(diary, session_id)
    assert record.ended_at is None
    assert [event["t_s"] for event in told] == [event.t_s for event in events[: len(told)]]
    assert any(event.kind == "clock_started" for event in events)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_fifty_sessions_leave_no_memory_behind(env: dict[str, str], diary: Path) -> None:
    """One after the other, each stopped and kept: the server is as big as it was after the first few."""
    with running(env, diary, "--port", "0") as server:
        for _ in range(5):
            short_session(server)
        before_kb = resident_kb(server.process.pid)
        for _ in range(50):
            short_session(server)
        after_kb = resident_kb(server.process.pid)
    assert after_kb < 150_000
    assert after_kb - before_kb < 5_000


def short_session(server: Running) -> None:
    """Exercise for twenty seconds without camera, then stop."""
    with session(server) as (live, _):
        for n in range(1, 101):
            live.send(pack_frame(Frame(t_s=n / 5, points=None, picture=Picture.NONE)))
        live.send(json.dumps({"type": "command", "command": "stop", "t_s": 20.0}))
        while json.loads(live.recv(WAIT_S))["type"] != "ended":
            pass


def resident_kb(pid: int) -> int:
    """Return how much memory a process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


def test_nothing_heavy_is_loaded_at_the_start(env: dict[str, str]) -> None:
    """What only tools and tests need would cost everybody seconds and memory; and a command waits for no server."""
    program = "import sys, ownway.cli; print(*sys.modules); import ownway.commands.serving; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=60, check=True
    )
    any_command, server = (set(line.split()) for line in ended.stdout.splitlines())
    assert not {"numpy", "cv2", "mediapipe", "matplotlib", "hypothesis", "babel"} & server
    assert not {"fastapi", "uvicorn", "sqlalchemy", "alembic"} & any_command


_WATCHED = """
import sys

def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        print("CONTACT", address[0] if isinstance(address, tuple) else address, flush=True)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        print("CONTACT", args[0], flush=True)

sys.addaudithook(watch)
from ownway.cli import main
main()
"""


def test_nothing_but_this_computer_is_ever_contacted(env: dict[str, str], diary: Path) -> None:
    """From start to end of a session the server looks up and connects to nothing else; the interpreter itself watches."""
    with running(env, diary, "--port", "0", program=("-c", _WATCHED)) as server:
        with session(server) as (live, session_id):
            exercise(live, 12.0)
            live.send(json.dumps({"type": "command", "command": "stop", "t_s": 12.5}))
            while json.loads(live.recv(WAIT_S))["type"] != "ended":
                pass
        for path in (
            "",
            f"sessions/{session_id}",
            "exercises/trunk_rotation/prepare",
            "exercises/trunk_rotation/session",
        ):
            get(server.address + path)
        assert server.stop() == 0
    contacts = {line.split()[1] for line in "".join(server.said).splitlines() if line.startswith("CONTACT")}
    assert contacts <= {"127.0.0.1"}
