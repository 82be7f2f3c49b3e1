"""A real server, a real Chromium, and a camera that plays a test clip."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import imageio_ffmpeg
import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build" / "test-camera"
SAMPLES = ROOT / "src" / "ownway" / "web" / "static" / "samples"
SHIPPED = {"A1_bend_good": "hamstring_stretch.mp4", "A7_twist_good": "trunk_rotation.mp4"}
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
READY = re.compile(r"(http://\S+)")
MODEL_CHATTER = re.compile(r"INFO: |WARNING: |[IW]\d{4} ")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


@dataclass(frozen=True, slots=True)
class Server:
    """A running Ownway: where its pages are, where its diary is, and whom it turned to."""

    address: str
    data_dir: Path
    contacts: Path
    pid: int

    def contacted(self) -> set[str]:
        """Return every host that the server looked up or connected to so far."""
        return {line.split(" ", 1)[1].strip() for line in self.contacts.read_text(encoding="utf-8").splitlines()}


@dataclass(slots=True)
class Visit:
    """One page in one Chromium, with what it asked for and what it complained of.

    ``addresses`` has every address that the page, its workers and its sockets asked for. ``complaints`` are script errors
    and console errors; a test that expects some clears them, any that are left at the end fail it.
    """

    context: BrowserContext
    page: Page
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, level: str, text: str) -> None:
        """Keep a console error; what MediaPipe tells about itself comes as errors too, and is left out."""
        if level == "error" and not MODEL_CHATTER.match(text):
            self.complaints.append(text)

    def hosts(self) -> set[str]:
        """Return the hosts of all addresses that are not made in the page itself."""
        return {urlsplit(a).hostname or "" for a in self.addresses if not a.startswith(("blob:", "data:", "about:"))}


class Open(Protocol):
    """Opens a Chromium on an empty page; ``camera`` is what it sees, None refuses the camera."""

    def __call__(self, camera: Path | None = None, *, viewport: ViewportSize | None = None) -> Visit: ...


class Camera(Protocol):
    """Gives the video of a clip, by the clip's name, in the form in which Chromium takes it for a camera."""

    def __call__(self, clip: str) -> Path: ...


@pytest.fixture
def server(assets: Path, tmp_path: Path) -> Iterator[Server]:
    """Start Ownway with an empty diary on a free port, as a user would, and stop it again."""
    data_dir, contacts = tmp_path / "diary", tmp_path / "contacts.txt"
    contacts.touch()
    command = [sys.executable, str(Path(__file__).with_name("watched_ownway.py")), str(contacts)]
    command += ["serve", "--no-open", "--port", "0", "--data-dir", str(data_dir)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "OWNWAY_ASSETS": str(assets), "COLUMNS": "200"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    with (tmp_path / "server.log").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment)
        try:
            assert process.stdout is not None
            yield Server(_address(process, tmp_path / "server.log"), data_dir, contacts, process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Return the address that the server tells once it is ready."""
    assert process.stdout is not None
    for line in process.stdout:
        found = READY.search(line)
        if found:
            return found[1].rstrip("/")
    process.wait()
    pytest.fail(f"the server ended with exit code {process.returncode}: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def camera(clips: Path) -> Camera:
    """Turn clips into Motion JPEG, 30 pictures a second, once; Chromium plays it in a loop."""

    def video(clip: str) -> Path:
        source = SAMPLES / SHIPPED[clip] if clip in SHIPPED else clips / f"{clip}.mp4"
        target = CACHE / f"{clip}-{source.stat().st_size}.mjpeg"
        if not target.exists():
            CACHE.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(".part")
            command = [
                imageio_ffmpeg.get_ffmpeg_exe(),
                "-loglevel",
                "error",
                "-y",
                "-i",
                str(source),
                "-an",
                "-r",
                "30",
            ]
            command += ["-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", str(unfinished)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            unfinished.rename(target)
        return target

    return video


@pytest.fixture
def open_chromium() -> Iterator[Open]:
    """Give the opener of Chromium; what it opened is closed at the end, and must not have complained."""
    visits: list[Visit] = []
    with sync_playwright() as playwright, ExitStack() as opened:

        def visit(camera: Path | None = None, *, viewport: ViewportSize | None = None) -> Visit:
            options = [
                # What Chromium asks the network for by itself would be mistaken for ours.
                "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
                "--disable-sync", "--no-pings", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ]  # fmt: skip
            if camera is not None:
                options += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
                options += [f"--use-file-for-fake-video-capture={camera}"]
            browser = playwright.chromium.launch(
                executable_path=_chromium(),
                args=options,
                chromium_sandbox=hasattr(os, "geteuid") and os.geteuid() != 0 and "CI" not in os.environ,
            )
            opened.callback(browser.close)
            context = browser.new_context(viewport=viewport or {"width": 1280, "height": 800})
            new = Visit(context, context.new_page())
            context.on("request", lambda request: new.addresses.append(request.url))
            new.page.on("websocket", lambda socket: new.addresses.append(socket.url))
            new.page.on("pageerror", lambda error: new.complaints.append(f"script error: {error}"))
            new.page.on("console", lambda message: new.hear(message.type, message.text))
            visits.append(new)
            return new

        yield visit
    for done in visits:
        assert done.hosts() <= LOOPBACK, "the page asked for something outside this computer"
        assert done.complaints == []


def _chromium() -> str:
    told = os.environ.get("OWNWAY_CHROMIUM")
    found = told or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None and MAC_CHROME.exists():
        found = str(MAC_CHROME)
    if found is None:
        pytest.fail("no Chromium found; `make test` installs it or says what to install")
    return found
