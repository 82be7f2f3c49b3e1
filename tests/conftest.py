"""What tests of several rooms share: where the clips, the built assets and the video decoder are."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ownway.cli import main
from ownway.store.database import open_database
from ownway.store.folder import database_url
from tools.stage import screen

ROOT = Path(__file__).parents[1]

# As on anybody's computer: what was compiled once is kept, for the many processes that are started here. And each of those that
# share the work calculates by itself: threads that wait for one another in a matrix of 3 by 3 only take the computer from the rest.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How long an example takes says how busy the computer is, and nothing of what is tested.
settings.register_profile("patient", settings(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("patient")


@pytest.fixture(scope="session")
def clips() -> Path:
    """Folder of the rendered test clips; its README tells what is in them."""
    return ROOT / "tests" / "clips"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Folder of the recordings of real people; its README tells where they come from."""
    return ROOT / "tests" / "recordings"


@pytest.fixture(scope="session")
def assets() -> Path:
    """Folder of what the page loads, as `make test` has built it."""
    folder = Path(os.environ.get("OWNWAY_ASSETS", ROOT / "build" / "assets"))
    if not (folder / "manifest.json").is_file():
        pytest.fail(f"{folder} is not built; run `make test`, or `make assets` before pytest")
    return folder


@pytest.fixture(scope="session")
def empty_diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a diary in which nothing stands yet, to be copied; tests of the migrations make their own."""
    folder = tmp_path_factory.mktemp("empty")
    open_database(database_url(folder)).close()
    return folder / "ownway.sqlite3"


@pytest.fixture(scope="session")
def screened_diary(tmp_path_factory: pytest.TempPathFactory, empty_diary: Path) -> Path:
    """Give that of somebody who has just answered the questions before exercising, and whom nothing keeps from it."""
    copied = Path(shutil.copy(empty_diary, tmp_path_factory.mktemp("screened")))
    screen(database_url(copied.parent))
    return copied


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it told."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Give ``ownway`` within this process: takes what stands behind it. Its local time is UTC.

    A process of its own takes two seconds, and shows more only of streams, signals and the end.
    """
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["ownway", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capfd.readouterr()
        return Ended(int(ended.value.code or 0), told.out, told.err)

    yield run
    monkeypatch.undo()
    time.tzset()


# What takes longest begins first, so that the two who share the work end together.
LONGEST = (
    "tests/browser",
    "tests/test_cli.py",
    "tests/test_record.py",
    "tests/tools",
    "tests/test_assess.py",
    "tests/media/test_pose.py",
    "tests/web/test_pages.py",
    "tests/web/test_screening.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and give it time.

    One by one the quick tests come first, since they tell first; two at a time, the longest.
    """
    for item in items:
        if (ROOT / "tests" / "browser") in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(600))
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)
    else:
        items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _turn(item: pytest.Item) -> int:
    where = item.path.relative_to(ROOT).as_posix()
    return next((turn for turn, begin in enumerate(LONGEST) if where.startswith(begin)), len(LONGEST))
