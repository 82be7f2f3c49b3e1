"""A real server, a real Chromium, and a camera that plays a test clip."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from tools.stage import camera_video, chromium_may_sandbox, chromium_options, chromium_path, serve

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
MODEL_CHATTER = re.compile(r"INFO: |WARNING: |[IW]\d{4} ")


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
    """Start Ownway on a free port, as a user would, and stop it again; in its diary are the answers of somebody healthy."""
    with _serving(assets, tmp_path, screened=True) as served:
        yield served


@pytest.fixture
def fresh_server(assets: Path, tmp_path: Path) -> Iterator[Server]:
    """Start Ownway with an empty diary, as on its first day."""
    with _serving(assets, tmp_path, screened=False) as served:
        yield served


@contextmanager
def _serving(assets: Path, tmp_path: Path, *, screened: bool) -> Iterator[Server]:
    data_dir, contacts = tmp_path / "diary", tmp_path / "contacts.txt"
    contacts.touch()
    command = (sys.executable, str(Path(__file__).with_name("watched_ownway.py")), str(contacts))
    with serve(data_dir, command=command, settings={"OWNWAY_ASSETS": str(assets)}, screened=screened) as served:
        yield Server(served.address, data_dir, contacts, served.pid)


@pytest.fixture(scope="session")
def camera() -> Camera:
    """Give the maker of camera videos."""
    return camera_video


@pytest.fixture
def open_chromium() -> Iterator[Open]:
    """Give the opener of Chromium; what it opened is closed at the end, and must not have complained."""
    visits: list[Visit] = []
    with sync_playwright() as playwright, ExitStack() as opened:

        def visit(camera: Path | None = None, *, viewport: ViewportSize | None = None) -> Visit:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(),
                args=chromium_options(camera),
                chromium_sandbox=chromium_may_sandbox(),
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
