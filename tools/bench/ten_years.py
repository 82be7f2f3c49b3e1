"""Pages with ten years in the diary: how long the server takes for each, and how large it is."""

from __future__ import annotations

import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ownway.programme.diary import Entry
from ownway.store.database import open_database
from ownway.store.diary import Diary
from ownway.store.folder import database_url, ready_folder
from tools.bench.figures import Figure, spread
from tools.stage import serve
from tools.ten_years import TEN_YEARS, live

GOAL_MS = 300
VISITS = 9
PAGES = {
    "start": "/",
    "diary": "/diary",
    "runs": "/runs",
    "levels": "/plan/levels/hamstring_stretch",
    "progress, a month": "/progress?period=month",
    "progress, a year": "/progress?period=year",
    "progress, all": "/progress?period=all",
}


def measure() -> Iterator[Figure]:
    """Fill a diary, serve it, and ask for each page; the first visit, which compiles its template, is left aside.

    Each page twice: just after something was told to the diary, when all is read anew, and again while nothing has changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        written = live(database_url(ready_folder(Path(folder))), TEN_YEARS, datetime.now(UTC).date())
        yield Figure("in the diary", ", ".join(f"{count} {name}" for name, count in written.items()))
        with serve(Path(folder), screened=False) as served:
            diary = Diary(open_database(database_url(Path(folder))))
            for name, address in PAGES.items():
                _visit(served.address + address)
                visits = [_visit(served.address + address, tell=diary) for _ in range(VISITS)]
                yield _figure(f"{name}, after a change", visits)
                yield _figure(f"{name}, again", [_visit(served.address + address) for _ in range(VISITS)])


def _figure(name: str, visits: list[tuple[float, int]]) -> Figure:
    taken_ms = [ms for ms, _ in visits]
    result = f"{spread(taken_ms, 'ms')}, {visits[0][1] / 1e3:.0f} kB"
    return Figure(name, result, f"under {GOAL_MS} ms", sorted(taken_ms)[VISITS // 2] < GOAL_MS)


def _visit(address: str, tell: Diary | None = None) -> tuple[float, int]:
    """Return how many ms the page takes, and its bytes; something is told to the diary before."""
    if tell is not None:
        tell.save(Entry("told", datetime.now(UTC), pain_now=3))
    began = time.perf_counter()
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        size = len(answer.read())
    return (time.perf_counter() - began) * 1000, size
