"""Landmark recordings: what is written is read back, and what cannot be true is refused in words."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.body.landmarks import LANDMARK_COUNT, Frame
from ownway.errors import OwnwayError
from ownway.media.recordings import (
    Header,
    RecordingError,
    RecordingVersionError,
    open_recording,
    read_recording,
    write_recording,
)

HEADER = Header(width_px=640, height_px=480, fps=30.0, mirrored=False, source="a test", model=None)
POINTS = tuple((0.1 + i / 100, 0.5, None, 0.9) for i in range(LANDMARK_COUNT))
TOP: dict[str, Any] = {
    "format": "ownway-recording",
    "version": 1,
    "landmarks": "mediapipe-pose-33",
    "width_px": 640,
    "height_px": 480,
    "fps": 30.0,
    "mirrored": False,
    "source": "a test",
    "model": None,
}

finite = st.floats(allow_nan=False, allow_infinity=False, width=64)
landmark = st.tuples(finite, finite, st.none() | finite, st.none() | finite)
points = st.none() | st.lists(landmark, min_size=LANDMARK_COUNT, max_size=LANDMARK_COUNT).map(tuple)
times = st.lists(st.floats(min_value=0, max_value=1e6), unique=True, max_size=4).map(sorted)
headers = st.builds(
    Header,
    width_px=st.integers(1, 10_000),
    height_px=st.integers(1, 10_000),
    fps=st.floats(min_value=0.1, max_value=240),
    mirrored=st.booleans(),
    source=st.text(),
    model=st.none() | st.text(),
)


@st.composite
def recorded(draw: st.DrawFn) -> tuple[Frame, ...]:
    return tuple(Frame(t_s, draw(points)) for t_s in draw(times))


def text_of(*rows: object, end: str = "\n") -> str:
    return "\n".join(json.dumps(row) for row in rows) + end


def refusal(path: Path, content: str | bytes) -> RecordingError:
    """Read a file of that content to its end and return the refusal."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RecordingError) as caught:
        read_recording(path)
    return caught.value


@settings(max_examples=40)  # each is a file of hundreds of numbers
@given(header=headers, frames=recorded(), name=st.sampled_from(["a.jsonl", "a.jsonl.gz"]))
def test_what_is_written_is_read(header: Header, frames: tuple[Frame, ...], name: str) -> None:
    """read(write(x)) == x, to the last bit, plain and gzipped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        assert write_recording(path, header, frames) == len(frames)
        assert read_recording(path) == (header, frames)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_whatever_breaks_the_reader(content: bytes) -> None:
    """Any bytes give frames or a refusal that names the file, never another error."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.jsonl"
        path.write_bytes(text_of(TOP).encode() + content)
        try:
            read_recording(path)
        except OwnwayError as error:
            said = str(error)
        else:
            said = "any.jsonl is fine"
        assert "any.jsonl" in said


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    """A gzipped recording has no date of its own, so that it can be compared and stored once."""
    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        write_recording(tmp_path / name, HEADER, [Frame(0.0, POINTS)])
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()


def test_the_packing_is_told_by_the_content(tmp_path: Path) -> None:
    """A gzipped recording under a plain name is read all the same."""
    path = tmp_path / "plain.jsonl"
    path.write_bytes(gzip.compress(text_of(TOP, {"t": 0, "points": None}).encode()))
    assert read_recording(path)[1] == (Frame(0.0, None),)


def test_frames_arrive_as_they_are_read(tmp_path: Path) -> None:
    """What stands before a bad line is handed out before the refusal."""
    path = tmp_path / "a.jsonl"
    path.write_text(text_of(TOP, {"t": 0, "points": None}, {"t": 0, "points": None}))
    with open_recording(path) as recording:
        assert recording.header == HEADER
        assert next(recording.frames) == Frame(0.0, None)
        with pytest.raises(RecordingError, match="line 3"):
            next(recording.frames)


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_cut_last_line_loses_that_line_alone(tmp_path: Path, cut: int) -> None:
    """The power fails while a line is written: the frames before it are kept."""
    path = tmp_path / "a.jsonl"
    write_recording(path, HEADER, [Frame(0.0, POINTS), Frame(0.1, POINTS)])
    path.write_bytes(path.read_bytes()[: -1 - cut])
    assert read_recording(path)[1] == (Frame(0.0, POINTS),)


def test_a_missing_line_end_loses_nothing(tmp_path: Path) -> None:
    """A last line that is whole but for its end is a frame."""
    path = tmp_path / "a.jsonl"
    path.write_text(text_of(TOP, {"t": 0.5, "points": None}, end=""))
    assert read_recording(path)[1] == (Frame(0.5, None),)


def test_a_cut_gzip_file_keeps_its_whole_lines(tmp_path: Path) -> None:
    """A gzipped recording without its end gives every frame that can be unpacked."""
    path = tmp_path / "a.jsonl.gz"
    frames = tuple(Frame(i / 30, tuple((i / 7, k / 11, None, None) for k in range(LANDMARK_COUNT))) for i in range(300))
    write_recording(path, HEADER, frames)
    path.write_bytes(path.read_bytes()[:-2000])
    kept = read_recording(path)[1]
    assert 0 < len(kept) < len(frames)
    assert kept == frames[: len(kept)]


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    """Damage inside a gzipped file is told as such."""
    whole = bytearray(gzip.compress(text_of(TOP, *({"t": i, "points": None} for i in range(900))).encode()))
    whole[30:60] = bytes(30)
    assert "gzip" in str(refusal(tmp_path / "a.jsonl.gz", bytes(whole)))


@pytest.mark.parametrize("content", ["", "\n", "[1]\n", "{}\n", "not json\n", '{"format": "owwn'])
def test_a_file_without_header_is_refused(tmp_path: Path, content: str) -> None:
    """Line 1 has to be the header."""
    error = refusal(tmp_path / "a.jsonl", content)
    assert error.line_no == 1
    assert "header" in str(error)


@pytest.mark.parametrize("version", [2, 0, "1", None, True])
def test_another_version_is_refused(tmp_path: Path, version: object) -> None:
    """A recording of another version is told by its version."""
    error = refusal(tmp_path / "a.jsonl", text_of({**TOP, "version": version}))
    assert isinstance(error, RecordingVersionError)
    assert "version 1" in str(error)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("landmarks", "coco-17"), ("width_px", 0), ("width_px", 640.5), ("height_px", None), ("height_px", True),
        ("fps", 0), ("fps", "30"), ("mirrored", 0), ("source", None), ("model", 3),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_true_is_refused(tmp_path: Path, key: str, value: object) -> None:
    """The refusal names the field."""
    error = refusal(tmp_path / "a.jsonl", text_of({**TOP, key: value}))
    assert error.line_no == 1
    assert key in error.expected


def wrong_point(index: int, value: object) -> list[list[object]]:
    rows: list[list[object]] = [list(point) for point in POINTS]
    rows[5][index] = value
    return rows


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"t": 1.0, "points": None}, "above"),
        ({"t": 0.5, "points": None}, "above"),
        ({"t": None, "points": None}, '"t"'),
        ({"t": "2", "points": None}, '"t"'),
        ({"t": True, "points": None}, '"t"'),
        ({"t": float("nan"), "points": None}, "finite"),
        ({"t": 10**400, "points": None}, "finite"),
        ({"t": 2.0}, '"points"'),
        ({"t": 2.0, "points": {}}, "33 landmarks"),
        ({"t": 2.0, "points": []}, "33 landmarks"),
        ({"t": 2.0, "points": [[0, 0, 0, 0]] * 32}, "33 landmarks"),
        ({"t": 2.0, "points": [[0, 0, 0]] * 33}, "landmark 0"),
        ({"t": 2.0, "points": wrong_point(0, float("inf"))}, "landmark 5"),
        ({"t": 2.0, "points": wrong_point(1, None)}, "landmark 5"),
        ({"t": 2.0, "points": wrong_point(2, float("-inf"))}, "landmark 5"),
        ({"t": 2.0, "points": wrong_point(3, "0.9")}, "landmark 5"),
        ([2.0, None], "JSON object"),
    ],
)
def test_a_frame_that_cannot_be_true_is_refused(tmp_path: Path, row: object, expected: str) -> None:
    """The refusal has the line number and says what was expected."""
    error = refusal(tmp_path / "a.jsonl", text_of(TOP, {"t": 1.0, "points": None}, row, {"t": 9.0, "points": None}))
    assert error.line_no == 3
    assert expected in error.expected


@pytest.mark.parametrize("line", ["", "{", "[" * 100_000, "\xff"])
def test_a_line_that_is_no_json_is_refused(tmp_path: Path, line: str) -> None:
    """Only the last line may be broken, and only when it has no end."""
    content = text_of(TOP).encode() + line.encode("latin-1") + b"\n" + text_of({"t": 1, "points": None}).encode()
    error = refusal(tmp_path / "a.jsonl", content)
    assert error.line_no == 2
    assert len(str(error)) < 300


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    """Another kind of file, say a video, is not read into memory whole."""
    error = refusal(tmp_path / "a.jsonl", text_of(TOP).encode() + b"x" * 1_000_000)
    assert error.line_no == 2


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    """No file, no stack trace."""
    with pytest.raises(RecordingError, match="can be read"):
        read_recording(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    "frames",
    [[Frame(1.0, None), Frame(1.0, None)], [Frame(float("nan"), None)], [Frame(0.0, POINTS[:5])]],
)
def test_the_writer_refuses_what_a_reader_would(tmp_path: Path, frames: list[Frame]) -> None:
    """Nobody can write a recording that cannot be read."""
    with pytest.raises(RecordingError):
        write_recording(tmp_path / "a.jsonl", HEADER, frames)


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[1].glob("*/*.jsonl.gz")), ids=lambda path: path.name)
def test_every_recording_of_the_suite_can_be_read(path: Path) -> None:
    """The clips and recordings that other tests build on are sound."""
    with open_recording(path) as recording:
        assert sum(1 for _ in recording.frames) > 50
