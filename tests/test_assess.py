"""``ownway assess`` as it is typed: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ownway.coach.assessment import Assessment
from ownway.exercises.loader import library
from ownway.media.recordings import read_recording, write_recording
from ownway.report import wording
from tests.conftest import Command

SRC = Path(__file__).parents[1] / "src"
DOCS = Path(__file__).parents[1] / "docs" / "ASSESS.md"
STRETCH = ("--exercise", "hamstring_stretch")
ROTATION = ("--exercise", "trunk_rotation")


@pytest.fixture
def assess(command: Command) -> Command:
    """Give the command: takes what stands behind ``ownway assess``."""
    return partial(command, "assess")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"format": "something else"}\n', encoding="utf-8")
    return path


def test_a_good_stretch(assess: Command, clips: Path) -> None:
    """One hold, its time, its reach, no fault, exit code 0."""
    ended = assess(clips / "A1_bend_good.jsonl.gz", *STRETCH, "--height-cm", "177.9")
    assert ended.code == 0
    assert re.search(
        r"1 hold\. In good form 3[12]\.\d s\. Reach: \w+ \(\d+ cm above the floor\)\. No faults\.", ended.out
    )
    assert ended.err == ""


def test_a_fault_is_named_with_its_time(assess: Command, clips: Path) -> None:
    """As in the report and the JSON."""
    ended = assess(clips / "A3_bend_bent_knees.jsonl.gz", *STRETCH)
    assert ended.code == 0
    assert re.search(r"Bent knees, 0:0\d–0:1\d: bent by up to 2\d°", ended.out)


def test_what_could_not_be_judged_ends_with_3_and_is_written(assess: Command, clips: Path, tmp_path: Path) -> None:
    """The files say why, as the terminal does."""
    out = tmp_path / "out.json"
    page, series = tmp_path / "out.html", tmp_path / "out.csv"
    ended = assess(clips / "A11_empty_room.jsonl.gz", *STRETCH, "--json", out, "--report", page, "--series", series)
    assert ended.code == 3
    assert "Could not be judged: no person was seen. Stand 2 to 3 m away" in ended.out
    assert json.loads(out.read_text(encoding="utf-8"))["not_judged"] == "no_person"
    assert "no person was seen" in page.read_text(encoding="utf-8")
    assert len(series.read_text(encoding="utf-8").splitlines()) > 100


@pytest.mark.parametrize("target", ["--json", "--series", "--report"])
def test_a_bad_input_ends_with_2_and_leaves_nothing(assess: Command, bad: Path, tmp_path: Path, target: str) -> None:
    """Neither half a file nor an empty one, and what stood there before stays."""
    (tmp_path / "old").write_text("kept", encoding="utf-8")
    ended = assess(bad, *STRETCH, target, tmp_path / "old")
    assert ended.code == 2
    assert "bad.jsonl, line 1: expected" in ended.err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bad.jsonl", "old"]
    assert (tmp_path / "old").read_text(encoding="utf-8") == "kept"


def test_an_input_that_turns_bad_in_the_middle_leaves_nothing(assess: Command, clips: Path, tmp_path: Path) -> None:
    """The line is told; what was measured before it is not left lying about."""
    lines = gzip.decompress((clips / "A1_bend_good.jsonl.gz").read_bytes()).splitlines()
    film = tmp_path / "turns.jsonl"
    film.write_bytes(b"\n".join([*lines[:300], b'{"t": 1.0, "points": null}', b""]))
    outputs = [part for kind in ("json", "series", "report") for part in (f"--{kind}", tmp_path / f"out.{kind}")]
    ended = assess(film, *STRETCH, *outputs)
    assert ended.code == 2
    assert "turns.jsonl, line 301" in ended.err
    assert [file.name for file in tmp_path.iterdir()] == ["turns.jsonl"]


def test_several_give_a_row_each(assess: Command, clips: Path, bad: Path, tmp_path: Path) -> None:
    """In their order; a bad one is a row with its problem, the others are judged, and the JSON has all of them."""
    out = tmp_path / "all.json"
    inputs = (clips / "A5_bend_too_fast.jsonl.gz", bad, clips / "A12_bend_seen_from_front.jsonl.gz")
    ended = assess(*inputs, *STRETCH, "--json", out)
    assert ended.code == 2
    names = [line.split()[0] for line in ended.out.splitlines() if line[:1] not in ("", " ")]
    assert names == ["File", "A5_bend_too_fast.jsonl.gz", "bad.jsonl", "A12_bend_seen_from_front.jsonl.gz"]
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["version"] == 1
    good, wrong, refused = data["assessments"]
    assert [fault["kind"] for fault in good["faults"]] == ["too_fast"]
    assert wrong["source"] == "bad.jsonl"
    assert wrong["error"].startswith("bad.jsonl, line 1: expected")
    assert refused["not_judged"] == "not_side_on"


def test_a_folder_is_all_its_films_by_name(assess: Command, clips: Path, tmp_path: Path) -> None:
    """Each with its own series and report; what is no film is passed over; 3 when one could not be judged."""
    films = tmp_path / "films"
    (films / "deeper.mp4").mkdir(parents=True)
    for name in ("A9_twist_too_fast.jsonl.gz", "A11_empty_room.jsonl.gz"):
        (films / name).write_bytes((clips / name).read_bytes())
    (films / "notes.txt").write_text("not a film", encoding="utf-8")
    ended = assess(films, *ROTATION, "--series", tmp_path / "out", "--report", tmp_path / "out")
    assert ended.code == 3
    assert ended.out.index("A11_empty_room") < ended.out.index("A9_twist_too_fast")
    assert "swung too fast" in ended.out
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "A11_empty_room.jsonl.gz.csv", "A11_empty_room.jsonl.gz.html",
        "A9_twist_too_fast.jsonl.gz.csv", "A9_twist_too_fast.jsonl.gz.html",
    ]  # fmt: skip


def test_an_empty_folder_is_told(assess: Command, tmp_path: Path) -> None:
    """With what was expected in it; and no folder is made for the results."""
    ended = assess(tmp_path, *STRETCH, "--series", tmp_path / "out")
    assert ended.code == 2
    assert "There is no film or recording in" in ended.err
    assert not (tmp_path / "out").exists()


def test_several_results_do_not_go_into_one_file(assess: Command, clips: Path, tmp_path: Path) -> None:
    """It is told before any work, and the file stays as it was."""
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    film = clips / "A11_empty_room.jsonl.gz"
    ended = assess(film, film, *STRETCH, "--series", tmp_path / "out.csv")
    assert (ended.code, ended.out) == (2, "")
    assert "Name a folder" in ended.err
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"


def test_several_bad_ones_leave_no_folder(assess: Command, bad: Path, tmp_path: Path) -> None:
    """A folder that was made for nothing goes again."""
    assert assess(bad, bad, *STRETCH, "--series", tmp_path / "out").code == 2
    assert not (tmp_path / "out").exists()


def test_json_to_the_standard_output_is_json_alone(assess: Command, clips: Path) -> None:
    """So that it can be piped; the summary goes to the error stream."""
    ended = assess(clips / "A2_bend_two_sets_short.jsonl.gz", *STRETCH, "--json", "-")
    assert len(json.loads(ended.out)["sets"]) == 2
    assert "2 holds." in ended.err


def test_nobody_reading_is_no_reason_to_stop(clips: Path, tmp_path: Path) -> None:
    """``ownway assess ... | head -1`` still writes everything, and ends as it should."""
    films = [clips / f"{name}.jsonl.gz" for name in ("A5_bend_too_fast", "A6_bend_shallow", "A12_bend_seen_from_front")]
    command = [sys.executable, "-m", "ownway", "assess", *films, *STRETCH, "--json", tmp_path / "out.json"]
    env = os.environ | {"PYTHONPATH": str(SRC)}
    process = subprocess.Popen([str(part) for part in command], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 3
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["assessments"]) == 3


@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        ("| true; exit ${PIPESTATUS[0]}", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        ("> /dev/full", 2, "What was to be told cannot be written: No space left on device."),
    ],
)
@pytest.mark.parametrize("json_too", [True, False])
def test_streams_that_lead_nowhere(clips: Path, json_too: bool, streams: str, code: int, told: str) -> None:
    """Nobody who reads, no streams at all (a click, a timer): it ends as it should. A full disk is told in words."""
    if not Path("/dev/full").exists() or shutil.which("bash") is None:
        pytest.skip("no such thing here")
    command = [sys.executable, "-m", "ownway", "assess", clips / "A5_bend_too_fast.jsonl.gz", *STRETCH]
    line = shlex.join(str(part) for part in [*command, *(["--json", "-"] if json_too else [])])
    env = os.environ | {"PYTHONPATH": str(SRC)}
    ended = subprocess.run(
        ["bash", "-c", f"{line} {streams}"], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == code
    lines = [line for line in ended.stderr.splitlines() if "Traceback" in line or "cannot be written" in line]
    assert lines == ([told] if told else [])


def test_the_series_has_a_column_a_measure(assess: Command, clips: Path, tmp_path: Path) -> None:
    """A row a frame; positive to the person's own left; nothing of the other exercise, nothing before it is judged."""
    out = tmp_path / "out.csv"
    assert assess(clips / "A7_twist_good.jsonl.gz", *ROTATION, "--series", out).code == 0
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (clips / "A7_twist_good.csv").open(newline="", encoding="utf-8") as file:
        truth = [float(row["shoulder_yaw_deg"]) for row in csv.DictReader(file)]
    assert list(rows[0]) == ["t_s", "trunk_flexion_deg", "knee_flexion_deg", "fingertip_to_floor_cm", "rotation_deg"]
    assert len(rows) == len(truth)
    assert rows[0]["rotation_deg"] == ""
    assert {row["trunk_flexion_deg"] for row in rows} == {""}
    turned = [(float(row["rotation_deg"]), yaw) for row, yaw in zip(rows, truth, strict=True) if row["rotation_deg"]]
    assert all(read * yaw > 0 for read, yaw in turned if abs(yaw) > 25)


def test_without_a_height_the_zone_is_still_told(assess: Command, clips: Path) -> None:
    """And no distance is made up."""
    data = json.loads(assess(clips / "A6_bend_shallow.jsonl.gz", *STRETCH, "--json", "-").out)
    assert data["height_cm"] is None
    assert data["sets"][0]["reach"] == {"zone": "knees", "distance_cm": None}


@pytest.mark.parametrize("height", ["49", "251", "nan", "-170"])
def test_a_height_that_nobody_has_is_refused(assess: Command, clips: Path, height: str) -> None:
    """It would make every distance wrong."""
    ended = assess(clips / "A1_bend_good.jsonl.gz", *STRETCH, f"--height-cm={height}")
    assert ended.code == 2
    assert "between 50 and 250" in ended.err


def test_an_unknown_exercise_lists_those_there_are(assess: Command, clips: Path) -> None:
    """So that the next try is the right one."""
    ended = assess(clips / "A1_bend_good.jsonl.gz", "--exercise", "yoga")
    assert ended.code == 2
    assert all(exercise in ended.err for exercise in library())


@pytest.mark.parametrize("target", ["--json", "--series", "--report"])
def test_an_input_is_never_overwritten(assess: Command, clips: Path, tmp_path: Path, target: str) -> None:
    """Not even when it is named as the output."""
    film = tmp_path / "film.jsonl.gz"
    film.write_bytes((clips / "A11_empty_room.jsonl.gz").read_bytes())
    ended = assess(film, *STRETCH, target, film)
    assert ended.code == 2
    assert "cannot be written" in ended.err
    assert film.read_bytes() == (clips / "A11_empty_room.jsonl.gz").read_bytes()


def test_a_command_that_is_ended_leaves_nothing(clips: Path, tmp_path: Path) -> None:
    """By ``kill`` as by Ctrl-C: what was begun is tidied away."""
    film = tmp_path / "long.jsonl"
    header, frames = read_recording(clips / "A5_bend_too_fast.jsonl.gz")
    write_recording(film, header, (replace(f, t_s=f.t_s + 20 * n) for n in range(40) for f in frames))
    command = [sys.executable, "-m", "ownway", "assess", film, *STRETCH, "--series", tmp_path / "out.csv"]
    process = subprocess.Popen(
        [str(part) for part in command], env=os.environ | {"PYTHONPATH": str(SRC)}, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 30
        while not list(tmp_path.glob(".*-part*")) and time.monotonic() < until:
            time.sleep(0.05)
        assert list(tmp_path.glob(".*-part*"))
        process.terminate()
        assert process.wait(30) != 0
    finally:
        process.kill()
        process.wait()
    assert [file.name for file in tmp_path.iterdir()] == ["long.jsonl"]


@pytest.mark.parametrize("target", ["--json", "--series", "--report"])
def test_a_full_disk_is_told_in_words(assess: Command, clips: Path, target: str) -> None:
    """Not as a stack of lines of code."""
    if not Path("/dev/full").exists():
        pytest.skip("no such device here")
    ended = assess(clips / "A12_bend_seen_from_front.jsonl.gz", *STRETCH, target, "/dev/full")
    assert ended.code == 2
    assert "/dev/full cannot be written" in ended.err


def test_without_the_extra_the_report_is_refused_before_any_work(
    assess: Command, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to install; judging goes without."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    ended = assess(clips / "A1_bend_good.jsonl.gz", *STRETCH, "--report", tmp_path / "out.html")
    assert ended.code == 2
    assert "ownway[report]" in ended.err
    assert list(tmp_path.iterdir()) == []
    assert assess(clips / "A11_empty_room.jsonl.gz", *STRETCH).code == 3


@pytest.mark.model
def test_a_film_is_judged_as_its_recording_is(
    assess: Command, clips: Path, assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pose model looks at it on the way."""
    monkeypatch.setenv("OWNWAY_ASSETS", str(assets))
    ended = assess(clips / "A11_empty_room.mp4", *STRETCH, "--model", "lite", "--json", "-")
    assert ended.code == 3
    assert json.loads(ended.out)["not_judged"] == "no_person"


def paths(data: Any, before: str = "") -> Iterator[str]:
    """Yield the path of every field as the documentation writes it."""
    if isinstance(data, dict):
        for key, value in data.items():
            name = f"{before}{key}" + ("[]" if isinstance(value, list) else "")
            yield name
            yield from paths(value, f"{name}.")
    elif isinstance(data, list):
        for entry in data:
            yield from paths(entry, before)


def test_every_field_is_documented(assess: Command, clips: Path) -> None:
    """And nothing is documented that is not there."""
    inputs = [clips / f"{name}.jsonl.gz" for name in ("A3_bend_bent_knees", "A12_bend_seen_from_front")]
    found = {path for film in inputs for path in paths(json.loads(assess(film, *STRETCH, "--json", "-").out))}
    found |= set(paths(json.loads(assess(clips / "A9_twist_too_fast.jsonl.gz", *ROTATION, "--json", "-").out)))
    squats = clips.parent / "people" / "G01_half_squat_m.jsonl.gz"
    found |= set(paths(json.loads(assess(squats, "--exercise", "half_squat", "--json", "-").out)))
    assert {name.split("[")[0] for name in found} == {"version", *Assessment.__slots__}
    table = DOCS.read_text(encoding="utf-8").split("| field |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)) == found


def test_every_fault_reason_and_note_is_documented() -> None:
    """What a field may hold is told as well, and the report has words for it."""
    text = DOCS.read_text(encoding="utf-8")
    kinds = {fault.kind for exercise in library().values() for fault in exercise.faults}
    for name in (*kinds, *(wording.REASONS.keys() - {"no_picture"}), *wording.NOTES):
        assert f"`{name}`" in text, name
