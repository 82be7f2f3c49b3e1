"""``ownway export``, ``import`` of a diary, ``backup`` and ``restore``."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ownway.commands import data, runs
from ownway.report.diary_json import write
from ownway.store.archives import Archives
from ownway.store.claim import claim
from ownway.store.database import open_database
from ownway.store.folder import database_url
from ownway.store.runs import Runs
from ownway.web.translation import translations
from tests.archives import everything
from tests.conftest import Command

ROOT = Path(__file__).parents[1]


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Give a folder with a diary that has something of everything."""
    folder = tmp_path / "diary"
    folder.mkdir()
    database = open_database(database_url(folder))
    Archives(database).add(everything())
    database.close()
    return folder


def test_out_and_in_again(command: Command, diary: Path, tmp_path: Path) -> None:
    """JSON to the standard output of a process of its own, and into another diary: everything is there."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    line = [sys.executable, "-m", "ownway", "export", "--data-dir", str(diary), "-o", "-"]
    done = subprocess.run(line, env=env, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"".join(write(everything()))
    (tmp_path / "mine.json").write_bytes(done.stdout)
    brought = command("import", "--data-dir", tmp_path / "other", tmp_path / "mine.json")
    assert brought.code == 0
    assert "a diary: 20 new, 0 known already" in brought.out


def test_files_and_refusals(
    diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named after the day where no name is wanted; a diary that is cut off is refused, and runs beside it are taken."""
    monkeypatch.chdir(tmp_path)
    database = open_database(database_url(diary))
    data.export("csv", database, 1, None, translations("en"))
    (packed,) = tmp_path.glob("ownway-*-csv.zip")
    assert zipfile.is_zipfile(packed)
    assert f"{packed.name} is written. It is yours" in capsys.readouterr().out
    into = runs.Into(Runs(database), Archives(database))
    cut = tmp_path / "cut.json"
    cut.write_bytes(b"".join(write(everything()))[:3000])
    assert runs.run([cut, ROOT / "tests" / "runs" / "run.gpx"], into, translations("en")) == runs.SOME_REFUSED
    database.close()
    told = " ".join(capsys.readouterr().out.split())
    assert "It breaks off or is damaged" in told
    assert "1 new, 0 known already, 1 refused." in told


def test_back_up_and_restore(command: Command, diary: Path) -> None:
    """A back-up beside the diary, restored by its name; while Ownway runs on the diary it refuses, exit code 2."""
    made = command("backup", "--data-dir", diary)
    (backup,) = (diary / "backups").glob("ownway-*.sqlite3")
    assert str(backup) in made.out
    with claim(diary) or pytest.fail("not free"):
        refused = command("restore", "--data-dir", diary, backup.name)
    assert refused.code == 2
    assert "Ownway is running on this diary" in refused.err
    restored = command("restore", "--data-dir", diary, backup.name)
    assert restored.code == 0
    assert f"To take that back: ownway restore --data-dir {diary} ownway-" in restored.out
