"""A stage for tests and benchmarks: Ownway served as at home, and a camera and a Chromium to visit it with."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import imageio_ffmpeg
import uvicorn

from ownway.programme.screening import QUESTIONS, Answer, Screening
from ownway.store.database import open_database
from ownway.store.folder import database_url, ready_folder
from ownway.store.screenings import Screenings
from ownway.web.app import create_app
from ownway.web.settings import Settings

ROOT = Path(__file__).parents[1]
CLIPS = ROOT / "tests" / "clips"
SAMPLES = ROOT / "src" / "ownway" / "web" / "static" / "samples"
SHIPPED = {"A1_bend_good": "hamstring_stretch.mp4", "A7_twist_good": "trunk_rotation.mp4"}
CAMERAS = ROOT / "build" / "test-camera"
# So long the person of a camera's film stands before moving: the pose model loads meanwhile, and nobody waits for the film to begin
# anew. A little noise keeps the picture from looking stuck.
STANDS_S = 12

_READY = re.compile(r"(http://\S+)")
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_STOP_WITHIN_S = 15

# What Chromium asks the network for by itself would be mistaken for ours; names are not looked up at all.
QUIET_CHROMIUM = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class StageError(Exception):
    """Something that the stage needs is missing or does not start."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running Ownway: where its pages are and which process serves them."""

    address: str
    pid: int


@contextmanager
def serve(
    data_dir: Path,
    *,
    command: Sequence[str] = (sys.executable, "-m", "ownway"),
    settings: Mapping[str, str] | None = None,
    screened: bool = True,
) -> Iterator[Served]:
    """Serve Ownway with its diary in ``data_dir`` on a free port, from the moment it is ready until the block ends.

    Parameters
    ----------
    command : what is run; the options of ``ownway serve`` are added.
    settings : environment variables beyond those of this process.
    screened : somebody has answered the questions before exercising, and nothing speaks against it.

    Raises
    ------
    StageError : when the server ends before it is ready; the message has what it said.
    """
    if screened:
        screen(database_url(ready_folder(data_dir)))
    line = [*command, "serve", "--no-open", "--port", "0", "--data-dir", str(data_dir)]
    with running(line, settings or {}) as served:
        yield served


@contextmanager
def serve_here(settings: Settings) -> Iterator[str]:
    """Serve Ownway from a thread of this process on a free port, as long as the block runs; give its address.

    Raises
    ------
    StageError : it did not start.
    """
    config = uvicorn.Config(
        create_app(settings), port=0, log_config=None, ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise StageError("the server did not start")
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_STOP_WITHIN_S)


def screen(url: str, answers: Mapping[str, Answer] | None = None, at: datetime | None = None) -> None:
    """Write into the diary at this address that the questions before exercising were answered.

    Parameters
    ----------
    answers : those that are not a no; they take the place of those that were written so before.
    at : when, now if None.
    """
    moment = at or datetime.now(UTC)
    given: dict[str, Answer] = {**dict.fromkeys((question.id for question in QUESTIONS), "no"), **(answers or {})}
    database = open_database(url)
    Screenings(database).save(Screening(1, moment, answers=given, finished_at=moment))
    database.close()


@contextmanager
def running(line: Sequence[str], settings: Mapping[str, str]) -> Iterator[Served]:
    """Run a command that starts Ownway, such as ``make run``, until the block ends."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200", **settings}
    environment.setdefault("OWNWAY_ASSETS", str(ROOT / "build" / "assets"))
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            list(line),
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            yield Served(_address(process, said), process.pid)
        finally:
            _stop(process)


def _address(process: subprocess.Popen[str], said: IO[str]) -> str:
    for line in process.stdout or ():
        found = _READY.search(line)
        if found:
            return found[1].rstrip("/")
    process.wait()
    said.seek(0)
    raise StageError(f"Ownway ended with exit code {process.returncode} before it was ready: {said.read()}")


def _stop(process: subprocess.Popen[str]) -> None:
    """End the process and what it started, politely first."""
    for how in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is not None:
            break
        os.killpg(process.pid, how)
        try:
            process.communicate(timeout=_STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            continue
    if process.stdout is not None:
        process.stdout.close()


def camera_video(clip: str) -> Path:
    """Return a clip as Motion JPEG, 30 pictures a second, as Chromium takes it for a camera; made once, then kept.

    Whoever is in it stands still for ``STANDS_S`` before.

    Parameters
    ----------
    clip : name of the clip without its ending, such as ``A3_bend_bent_knees``.
    """
    source = SAMPLES / SHIPPED[clip] if clip in SHIPPED else CLIPS / f"{clip}.mp4"
    target = CAMERAS / f"{clip}-{source.stat().st_size}-{STANDS_S}.mjpeg"
    if not target.exists():
        CAMERAS.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", "-i", str(source), "-an", "-r", "30"]
        command += ["-vf", f"tpad=start_mode=clone:start_duration={STANDS_S},noise=alls=2:allf=t"]
        command += ["-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", str(unfinished)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        unfinished.rename(target)
    return target


def chromium_options(camera: Path | None) -> list[str]:
    """Return the options of a Chromium that sees ``camera``; with None, it refuses every page the camera."""
    options = list(QUIET_CHROMIUM)
    if camera is not None:
        options += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        options += [f"--use-file-for-fake-video-capture={camera}"]
    return options


def chromium_may_sandbox() -> bool:
    """Tell whether Chromium can shut itself in: not as root, and not in most CI containers."""
    return os.geteuid() != 0 and "CI" not in os.environ


def chromium_path() -> str:
    """Return where Chromium is: OWNWAY_CHROMIUM, or the first of its usual names.

    Raises
    ------
    StageError : when there is none.
    """
    found = os.environ.get("OWNWAY_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    if found is None and _MAC_CHROME.exists():
        found = str(_MAC_CHROME)
    if found is None:
        raise StageError("no Chromium was found; `make test` installs it, or says what to install")
    return found
