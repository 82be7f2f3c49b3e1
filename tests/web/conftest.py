"""The app on a diary of its own, asked in this process or through a real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ownway.store.folder import database_url
from ownway.web.app import create_app
from ownway.web.settings import Settings, SocketLimits
from tools.stage import serve_here

BASE = "http://127.0.0.1:8765"

WAIT_S = 60  # for what comes in a moment, on however busy a computer

# A clip is fed as fast as the coach can look at it, and nobody waits a minute for a page that does not come back.
QUICK = SocketLimits(taken_hz=100_000, flood_hz=100_000, hello_s=60.0, keep_s=0.5, save_s=0.1, state_hz=100_000)


@pytest.fixture
def settings(unscreened: Settings, screened_diary: Path, tmp_path: Path) -> Settings:
    """Give settings for a diary in a folder of its own, of somebody whom nothing keeps from exercising."""
    shutil.copy(screened_diary, tmp_path)
    return unscreened


@pytest.fixture
def unscreened(empty_diary: Path, tmp_path: Path) -> Settings:
    """Give settings for a diary in a folder of its own, of somebody who was never asked anything."""
    shutil.copy(empty_diary, tmp_path)
    assets = tmp_path / "assets"
    (assets / "models").mkdir(parents=True)
    (assets / "models" / "pose_landmarker_full.task").write_bytes(b"model")
    (assets / "vision").mkdir()
    (assets / "vision" / "vision_bundle.mjs").write_text("export {};")
    return Settings(database_url=database_url(tmp_path), assets_dir=assets, limits=QUICK, import_wait_s=60.0)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """Give a browser's place beside a running app."""
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as opened:
        yield opened


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Run a real server on a free port of this computer; give host and port."""
    with serve_here(settings) as address:
        yield address.removeprefix("http://")


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """Give host and port of a real server on the fixture's diary."""
    with served(settings) as found:
        yield found
