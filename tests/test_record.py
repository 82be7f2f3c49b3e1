"""``ownway record``, with the real model: a film in, a recording out, or nothing at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from ownway.media.recordings import read_recording
from tests.conftest import Command
from tests.media.films import film, pictures, sound

pytestmark = pytest.mark.model

SRC = Path(__file__).parents[1] / "src"
CLIP = "A3_bend_bent_knees.mp4"

# Runs the command, and tells of every socket that is opened and every name that is looked up.
WATCHED = """
import sys

def watch(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        print("CONTACT", event, args, file=sys.stderr, flush=True)

sys.addaudithook(watch)
from ownway.cli import main
main()
"""


@pytest.fixture
def env(assets: Path) -> dict[str, str]:
    """Give an environment with the real models."""
    return os.environ | {"PYTHONPATH": str(SRC), "OWNWAY_ASSETS": str(assets), "NO_COLOR": "1"}


@pytest.fixture
def short(tmp_path: Path, clips: Path) -> Path:
    """Give a film of a second."""
    return film(tmp_path / "short.mp4", pictures(clips / CLIP, 30))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give an empty folder for what is written."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def record(command: Command, monkeypatch: pytest.MonkeyPatch, assets: Path) -> Command:
    """Give the command: takes what stands behind ``ownway record``."""
    monkeypatch.setenv("OWNWAY_ASSETS", str(assets))
    return partial(command, "record")


def names(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return [file.name for file in folder.iterdir()]


def test_a_film_becomes_a_recording(record: Command, short: Path, out: Path) -> None:
    """What was seen is told and can be read again; no noise of the model reaches the terminal, and nothing else is left."""
    ended = record(short, "-o", out / "a.jsonl.gz", "--mirrored", "--model", "lite")
    assert (ended.code, ended.err) == (0, "")
    assert "30 pictures, with somebody in 30 of them" in ended.out
    header, frames = read_recording(out / "a.jsonl.gz")
    assert (header.width_px, header.height_px, header.fps, header.mirrored) == (640, 480, 30.0, True)
    assert (header.source, header.model) == ("short.mp4", "pose_landmarker_lite")
    assert [frame.t_s for frame in frames] == pytest.approx([n / 30 for n in range(30)], abs=0.001)
    assert names(out) == ["a.jsonl.gz"]


def test_a_film_that_was_cut_off_is_told(record: Command, tmp_path: Path, clips: Path, out: Path) -> None:
    """What is there is written, and it is said that it is not all."""
    path = film(tmp_path / "cut.mp4", pictures(clips / CLIP, 60), options={"movflags": "faststart"})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.8)])
    ended = record(path, "-o", out / "a.jsonl")
    assert ended.code == 0
    assert "The file breaks off." in ended.out
    assert 10 < len(read_recording(out / "a.jsonl")[1]) < 60


def test_nobody_seen_writes_nothing(record: Command, tmp_path: Path, clips: Path, out: Path) -> None:
    """An empty room is told, with its own exit code."""
    path = film(tmp_path / "empty.mp4", pictures(clips / "A11_empty_room.mp4", 5))
    ended = record(path, "-o", out / "a.jsonl.gz")
    assert (ended.code, ended.out) == (3, "")
    assert "Nobody was seen in empty.mp4" in ended.err
    assert names(out) == []


def test_bad_input_is_told_and_writes_nothing(record: Command, tmp_path: Path, clips: Path, out: Path) -> None:
    """One sentence, exit code 2, no file; what was there before stays."""
    (tmp_path / "text.mp4").write_text("no film")
    (out / "a.jsonl").write_text("before")
    for path, said in (
        (tmp_path / "text.mp4", "cannot be read as a film"),
        (tmp_path / "none.mp4", "There is no file"),
        (tmp_path, "is a folder"),
        (sound(tmp_path / "sound.m4a"), "no pictures in it"),
        (clips / "A3_bend_bent_knees.jsonl.gz", "is a recording already"),
    ):
        ended = record(path, "-o", out / "a.jsonl")
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err
        assert len(ended.err.splitlines()) == 1
        assert {file.name: file.read_text() for file in out.iterdir()} == {"a.jsonl": "before"}


def test_a_target_that_cannot_be_is_told_at_once(record: Command, short: Path, out: Path) -> None:
    """The film itself, a folder, and a folder that is not there: told before any work."""
    before = short.read_bytes()
    for target, said in (
        (short, "is the film itself"),
        (out, "is a folder"),
        (out / "no" / "a.jsonl", "cannot be written"),
    ):
        ended = record(short, "-o", target)
        assert (ended.code, ended.out) == (2, "")
        assert said in ended.err
    assert short.read_bytes() == before
    assert names(out) == []


def test_models_that_are_not_set_up(
    record: Command, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said how to set them up."""
    monkeypatch.setenv("OWNWAY_ASSETS", str(tmp_path))
    ended = record(short, "-o", tmp_path / "a.jsonl")
    assert ended.code == 2
    assert "make run" in ended.err


def test_packages_that_are_not_installed(
    record: Command, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra for films the way to get it is told."""
    monkeypatch.setitem(sys.modules, "av", None)
    ended = record(short, "-o", tmp_path / "a.jsonl")
    assert ended.code == 2
    assert "make video" in ended.err
    assert not (tmp_path / "a.jsonl").exists()


# Whatever is started in the background inherits that Ctrl-C is not meant for it; here it is.
HEARS_CTRL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("ownway", run_name="__main__")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ended_in_the_middle_leaves_nothing(
    env: dict[str, str], clips: Path, out: Path, number: signal.Signals
) -> None:
    """Ctrl-C, or a computer that is shut down: no half recording, no traceback."""
    command = [sys.executable, "-c", HEARS_CTRL_C, "record", str(clips / CLIP), "-o", str(out / "a.jsonl")]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            until = time.monotonic() + 60
            while not any(file.stat().st_size for file in out.iterdir()) and time.monotonic() < until:
                time.sleep(0.05)
            assert process.poll() is None
            process.send_signal(number)
            said = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode != 0
    assert "Traceback" not in "".join(said)
    assert names(out) == []


def test_nothing_leaves_the_computer(env: dict[str, str], short: Path, out: Path) -> None:
    """No socket is opened and no name looked up while a film is recorded; and, where the network can be taken away, it works with none."""
    unshare = shutil.which("unshare")
    alone = [unshare, "-rn"] if unshare is not None else []
    if alone and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        alone = []  # this computer lets nobody take the network away
    watched = [*alone, sys.executable, "-c", WATCHED, "record", str(short), "-o", str(out / "a.jsonl")]
    ended = subprocess.run(watched, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(read_recording(out / "a.jsonl")[1]) == 30


def test_progress_is_shown_at_a_terminal_only(env: dict[str, str], short: Path, out: Path) -> None:
    """A bar on the error stream, which the model's noise does not break."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ownway", "record", str(short), "-o", str(out / "a.jsonl")]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # nobody writes any more
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    assert b"short.mp4" in shown
    assert b"%" in shown
    assert b"W0000" not in shown
    assert b"INFO" not in shown
