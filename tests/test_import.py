"""``ownway import``: files and folders of runs, good and bad, into a real diary; once in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

from ownway.store.database import open_database
from ownway.store.folder import database_url
from ownway.store.runs import KeptRun, Runs
from tests.conftest import Command

ROOT = Path(__file__).parents[1]
RUNS = ROOT / "tests" / "runs"


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Give the folder of the diary."""
    return tmp_path / "diary"


@pytest.fixture
def imports(command: Command, diary: Path) -> Command:
    """Give the command, into the diary of this test."""
    return partial(command, "import", "--data-dir", diary)


def kept(diary: Path) -> list[KeptRun]:
    """Return what stands in the diary."""
    database = open_database(database_url(diary))
    try:
        return Runs(database).history()
    finally:
        database.close()


def test_the_same_run_in_three_formats_is_one(diary: Path) -> None:
    """A row a file that says what came of it, and exit code 0."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", "TZ": "UTC"}
    files = [str(RUNS / name) for name in ("run.gpx", "run.tcx", "run.fit", "walk.fit")]
    line = [sys.executable, "-m", "ownway", "import", "--data-dir", str(diary), *files]
    done = subprocess.run(line, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert rows[1] == ["run.gpx", "new", "2024-05-06", "05:30", "13", "min", "2.16", "km"]
    assert rows[2][:3] == ["run.tcx", "known", "already"]
    assert rows[3][:3] == ["run.fit", "known", "already"]
    assert rows[4][:2] == ["walk.fit", "new"]
    assert rows[5] == ["2", "new,", "2", "known", "already,", "0", "refused."]
    assert [(one.run.kind, one.run.source) for one in kept(diary)] == [("walk", "fit"), ("run", "gpx")]


def test_a_folder_of_good_and_bad_files(imports: Command, diary: Path, tmp_path: Path) -> None:
    """The good ones are kept, the bad ones named with their reasons, other files left alone; exit code 1."""
    folder = tmp_path / "export" / "activities"
    folder.mkdir(parents=True)
    for name in ("run.fit", "ride.fit"):
        shutil.copy(RUNS / name, folder)
    (folder / "broken.gpx").write_bytes((RUNS / "run.gpx").read_bytes()[:5000])
    (folder / "profile.csv").write_text("name,shoes\n")
    done = imports(folder.parent)
    assert (done.code, done.err) == (1, "")
    told = " ".join(done.out.split())
    assert "broken.gpx refused: It begins like a GPX file but cannot be read to its end" in told
    assert "ride.fit refused: It is neither a run nor a walk, but “cycling”." in told
    assert "1 new, 0 known already, 2 refused." in told
    assert "profile.csv" not in told
    assert [one.run.source for one in kept(diary)] == ["fit"]


def test_an_export_of_everything_in_a_zip_file(imports: Command, diary: Path, tmp_path: Path) -> None:
    """A row for each file in it; one that says nothing of what it was is a run where that is said."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        for name in ("polar-m400-run.tcx.gz", "ride.fit", "unfinished.fit", "README.md"):
            packed.write(RUNS / name, f"activities/{name}")
    done = imports(tmp_path)
    told = " ".join(done.out.split())
    assert done.code == 1
    assert "export.zip/activities/polar-m400-run.tcx.gz new 2019-01-29 10:25 65 min 4.51 km" in told
    assert "too fast for a walk. If it was a run, choose that" in told
    assert told.endswith("1 new, 0 known already, 2 refused. To choose what it was: ownway import --as run FILE")
    assert "1 new, 1 known already, 1 refused." in imports("--as", "run", tmp_path / "export.zip").out
    assert {one.run.source for one in kept(diary)} == {"tcx", "fit"}


def test_a_file_that_is_not_there(imports: Command, diary: Path, tmp_path: Path) -> None:
    """It is a row like the others."""
    done = imports(tmp_path / "nothing.fit", RUNS / "run.fit")
    assert done.code == 1
    assert "No such file" in done.out
    assert len(kept(diary)) == 1


def test_a_folder_without_runs(imports: Command, tmp_path: Path) -> None:
    """Nothing was imported: exit code 2, and what was expected."""
    (tmp_path / "empty").mkdir()
    done = imports(tmp_path / "empty")
    assert (done.code, done.out) == (2, "")
    assert "There is no run in" in done.err
    assert ".gpx" in done.err


def test_a_file_too_large_is_not_even_read(imports: Command, tmp_path: Path) -> None:
    """A sparse file of 10 GB."""
    large = tmp_path / "large.fit"
    with large.open("wb") as file:
        file.truncate(10_000_000_000)
    done = imports(large)
    assert done.code == 1
    assert "larger than 50 MB" in done.out
