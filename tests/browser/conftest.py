"""A real server, a real Chromium, and a camera that plays a test clip."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from ownway.store.folder import database_url, exercises_folder, ready_folder
from ownway.web.settings import Settings
from tools.stage import camera_video, chromium_may_sandbox, chromium_options, chromium_path, serve, serve_here

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
expect.set_options(timeout=30_000)  # longer than a busy computer takes; only what fails waits for it
MODEL_CHATTER = re.compile(r"INFO: |WARNING: |[IW]\d{4} ")


@dataclass(frozen=True, slots=True)
class Server:
    """A running Ownway: where its pages are, and where its diary is."""

    address: str
    data_dir: Path


@dataclass(frozen=True, slots=True)
class WatchedServer(Server):
    """One in a process of its own, and whom it turned to."""

    contacts: Path

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
    """Opens a Chromium on an empty page.

    ``camera`` is what it sees, None refuses the camera. ``still`` is for somebody who wants less motion: for tests that are
    not about the demonstrator, which takes most of a computer without a graphics card.
    """

    def __call__(
        self, camera: Path | None = None, *, viewport: ViewportSize | None = None, still: bool = False
    ) -> Visit: ...


class Launch(Protocol):
    """Gives a Chromium with these options."""

    def __call__(self, options: Sequence[str]) -> Browser: ...


class Camera(Protocol):
    """Gives the video of a clip, by the clip's name, in the form in which Chromium takes it for a camera."""

    def __call__(self, clip: str) -> Path: ...


@pytest.fixture
def server(assets: Path, tmp_path: Path, screened_diary: Path) -> Iterator[Server]:
    """Serve Ownway from this process, on a free port; in its diary are the answers of somebody healthy."""
    data_dir = ready_folder(tmp_path / "diary")
    shutil.copy(screened_diary, data_dir)
    with serve_here(Settings(database_url(data_dir), assets, exercises_dir=exercises_folder(data_dir))) as address:
        yield Server(address, data_dir)


@pytest.fixture
def fresh_server(assets: Path, tmp_path: Path, empty_diary: Path) -> Iterator[Server]:
    """Serve Ownway with an empty diary, as on its first day."""
    data_dir = ready_folder(tmp_path / "diary")
    shutil.copy(empty_diary, data_dir)
    with serve_here(Settings(database_url(data_dir), assets)) as address:
        yield Server(address, data_dir)


@pytest.fixture
def watched_server(assets: Path, tmp_path: Path) -> Iterator[WatchedServer]:
    """Start Ownway as a user would, watch whom it turns to, and stop it again; its person is healthy, too."""
    data_dir, contacts = tmp_path / "diary", tmp_path / "contacts.txt"
    contacts.touch()
    command = (sys.executable, str(Path(__file__).with_name("watched_ownway.py")), str(contacts))
    with serve(data_dir, command=command, settings={"OWNWAY_ASSETS": str(assets)}) as served:
        yield WatchedServer(served.address, data_dir, contacts)


@pytest.fixture(scope="session")
def camera() -> Camera:
    """Give the maker of camera videos."""
    return camera_video


# Of a module, not of the session: while Playwright runs, no other test of this process may run a loop of its own.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Give Playwright."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def launch(playwright: Playwright) -> Iterator[Launch]:
    """Give the launcher of Chromium: one for each list of options, closed when the module is over."""
    launched: dict[tuple[str, ...], Browser] = {}

    def chromium(options: Sequence[str]) -> Browser:
        found = launched.get(tuple(options))
        if found is None or not found.is_connected():
            found = playwright.chromium.launch(
                executable_path=chromium_path(), args=options, chromium_sandbox=chromium_may_sandbox()
            )
            launched[tuple(options)] = found
        return found

    yield chromium
    for browser in launched.values():
        browser.close()


@pytest.fixture
def open_chromium(launch: Launch) -> Iterator[Open]:
    """Give the opener of pages, each in a profile of its own; they are closed at the end, and must not have complained."""
    visits: list[Visit] = []
    with ExitStack() as opened:

        def visit(camera: Path | None = None, *, viewport: ViewportSize | None = None, still: bool = False) -> Visit:
            browser = launch(chromium_options(camera))
            context = browser.new_context(
                viewport=viewport or {"width": 1280, "height": 800}, reduced_motion="reduce" if still else None
            )
            opened.callback(context.close)
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
