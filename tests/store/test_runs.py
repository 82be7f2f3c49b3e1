"""The runs of the diary: each once, newest first, without where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from ownway.programme.runs import Run
from ownway.store.database import Database
from ownway.store.runs import Runs

MORNING = datetime(2024, 5, 6, 5, 30, tzinfo=UTC)
RUN = Run(MORNING, 780.0, 720.0, 2160.0, 144.0, "run", "fit")
WALK = Run(MORNING + timedelta(days=1), 900.0, 900.0, None, None, "walk", "tcx")


@pytest.fixture
def runs(database: Database) -> Runs:
    """Give the runs of an empty diary."""
    return Runs(database)


@pytest.fixture
def new_id() -> Callable[[], str]:
    """Give names that count up from run0."""
    names: Iterator[int] = count()
    return lambda: f"run{next(names)}"


def test_a_run_comes_back_as_it_was(runs: Runs, new_id: Callable[[], str]) -> None:
    """read(write(x)) == x, also without distance and heart rate; the newest first."""
    assert runs.add([RUN, WALK], new_id) == ((RUN, WALK), ())
    assert [(kept.id, kept.run) for kept in runs.history()] == [("run1", WALK), ("run0", RUN)]
    found = runs.get("run0")
    assert found is not None
    assert found.run == RUN
    assert runs.get("run9") is None


def test_the_same_run_is_kept_once(runs: Runs, new_id: Callable[[], str]) -> None:
    """From another format, some other day, and twice at the same time; the first stays."""
    runs.add([RUN], new_id)
    other = replace(RUN, started_at=MORNING - timedelta(seconds=119), duration_s=800.0, source="gpx")
    assert runs.add([other], new_id) == ((), (other,))
    assert runs.add([WALK, WALK], new_id) == ((WALK,), (WALK,))
    assert [kept.run for kept in runs.history()] == [WALK, RUN]


def test_a_forgotten_run_is_gone_and_may_come_again(runs: Runs, new_id: Callable[[], str]) -> None:
    """Forgetting it twice is no harm."""
    runs.add([RUN], new_id)
    runs.delete("run0")
    runs.delete("run0")
    assert runs.history() == []
    assert runs.add([RUN], new_id) == ((RUN,), ())


def test_where_it_was_has_no_place(database: Database) -> None:
    """No column of the table can hold it."""
    with database.engine.connect() as connection:
        columns = connection.exec_driver_sql("SELECT name FROM pragma_table_info('run')").scalars().all()
    assert set(columns) == {
        "id", "person_id", "started_at", "duration_s", "moving_s", "distance_m", "heart_rate_bpm", "kind", "source",
    }  # fmt: skip
