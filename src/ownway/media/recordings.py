"""Landmark recordings, version 1: what a pose model saw of one person, frame by frame, as JSON Lines.

Line 1 is the header, every other line is one frame ``{"t": seconds, "points": [[x, y, z, visibility], ...] or null}``;
the file is plain or gzipped. The format is described in ``docs/RECORDING.md``. Reading streams: an hour of recording
needs no more memory than one frame.
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from ownway.body.landmarks import LANDMARK_COUNT, Frame, Landmark
from ownway.errors import OwnwayError

FORMAT = "ownway-recording"
VERSION = 1
LANDMARKS = "mediapipe-pose-33"

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK_BYTES = 64 * 1024
_MOST_LINE_BYTES = 256 * 1024  # a frame takes about 2 kB; a longer line is another kind of file
_SHOWN_CHARACTERS = 60


class RecordingError(OwnwayError):
    """A recording that cannot be used: which file, which line, what was expected and what stands there.

    Parameters
    ----------
    source : name of the file.
    line_no : counted from 1; None where the file as a whole is meant.
    """

    def __init__(self, source: str, line_no: int | None, expected: str, found: str) -> None:
        self.source = source
        self.line_no = line_no
        self.expected = expected
        self.found = found
        where = source if line_no is None else f"{source}, line {line_no}"
        super().__init__(f"{where}: expected {expected}, found {found}")


class RecordingVersionError(RecordingError):
    """A recording of a version that this Ownway cannot read."""


class _LineError(ValueError):
    """What is wrong within one line, before the line's place is known."""

    def __init__(self, expected: str, found: object) -> None:
        self.expected = expected
        self.found = found if isinstance(found, str) else _shown(found)
        super().__init__(expected)


class _Sink(Protocol):
    """Where bytes go: a plain or a gzipped file."""

    def write(self, data: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Header:
    """What is true of a whole recording.

    Attributes
    ----------
    width_px, height_px : size of the picture that the model saw; without them every angle would be wrong.
    fps : nominal pictures a second; the truth is in each frame's time.
    mirrored : whether the picture was flipped left to right before the model saw it.
    source : free text: camera, file or data set.
    model : name of the pose model, None where the landmarks come from elsewhere.
    """

    width_px: int
    height_px: int
    fps: float
    mirrored: bool
    source: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Recording:
    """An open recording: its header, and its frames as they are read.

    Attributes
    ----------
    notes : filled while the frames are read: ``cut_short`` when the file ends in the middle of one.
    """

    header: Header
    frames: Iterator[Frame]
    notes: set[str]


@contextmanager
def open_recording(path: Path) -> Iterator[Recording]:
    """Open a recording for reading, frame by frame; the file is closed at the end of the ``with`` block.

    A last line that was cut off (the power failed) is left out; everything before it is kept.

    Raises
    ------
    RecordingError : on opening for a file without header, while iterating for the first frame that cannot be true.
    RecordingVersionError : for a recording of another version.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise RecordingError(str(path), None, "a file that can be read", error.strerror or str(error)) from error
    with file:
        notes: set[str] = set()
        lines = _lines(file, path.name, notes)
        header = _read_header(lines, path.name)
        yield Recording(header, _read_frames(lines, path.name, notes), notes)


def read_recording(path: Path) -> tuple[Header, tuple[Frame, ...]]:
    """Return the header and all frames of a recording at once; raises as ``open_recording``."""
    with open_recording(path) as recording:
        return recording.header, tuple(recording.frames)


def write_recording(path: Path, header: Header, frames: Iterable[Frame]) -> int:
    """Write a recording, gzipped when the name ends in ``.gz``, and return the number of frames.

    Each line is written as its frame arrives. The same input always gives the same bytes. What the format has no field
    for (``picture``, ``people``, ``brightness``) is not kept.

    Raises
    ------
    RecordingError : for a header or frame that a reader would refuse; what came before it stays written.
    """
    with path.open("wb") as file:
        if path.suffix == ".gz":
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
                return _write_lines(packed, path.name, header, frames)
        return _write_lines(file, path.name, header, frames)


def _write_lines(file: _Sink, source: str, header: Header, frames: Iterable[Frame]) -> int:
    top = {
        "format": FORMAT,
        "version": VERSION,
        "landmarks": LANDMARKS,
        "width_px": header.width_px,
        "height_px": header.height_px,
        "fps": header.fps,
        "mirrored": header.mirrored,
        "source": header.source,
        "model": header.model,
    }
    line_no, before_s = 1, -math.inf
    try:
        _header(top)
        file.write(_line(top))
        for frame in frames:
            line_no += 1
            row = {"t": frame.t_s, "points": frame.points}
            before_s = _frame(row, before_s).t_s
            file.write(_line(row))
    except _LineError as problem:
        raise RecordingError(source, line_no, problem.expected, problem.found) from None
    return line_no - 1


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _lines(file: IO[bytes], source: str, notes: set[str]) -> Iterator[tuple[bytes, bool]]:
    """Yield each line without its end, and whether it had one."""
    rest = b""
    line_no = 1
    for chunk in _plain(file, source, notes):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line, True
        line_no += len(whole)
        if len(rest) > _MOST_LINE_BYTES:
            raise RecordingError(source, line_no, "one frame a line", f"a line longer than {_MOST_LINE_BYTES} bytes")
    if rest:
        yield rest, False


def _plain(file: IO[bytes], source: str, notes: set[str]) -> Iterator[bytes]:
    """Yield the file's bytes, unpacked where it is gzipped; a cut end of a gzipped file simply ends."""
    chunk = file.read(_CHUNK_BYTES)
    if not chunk.startswith(_GZIP_MAGIC):
        while chunk:
            yield chunk
            chunk = file.read(_CHUNK_BYTES)
        return
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    complete = False
    try:
        while chunk:
            data = unpack.decompress(chunk, _CHUNK_BYTES)
            if data:
                yield data
            complete = unpack.eof
            if complete:
                chunk = unpack.unused_data or file.read(_CHUNK_BYTES)
                unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            else:
                chunk = unpack.unconsumed_tail or file.read(_CHUNK_BYTES)
        yield unpack.flush()
        if not complete:
            notes.add("cut_short")
    except zlib.error as error:
        raise RecordingError(source, None, "a sound gzip file", f"damaged data ({error})") from error


def _read_header(lines: Iterator[tuple[bytes, bool]], source: str) -> Header:
    line, _ = next(lines, (b"", False))
    try:
        return _header(_object(line))
    except _VersionMismatchError as problem:
        raise RecordingVersionError(source, 1, problem.expected, problem.found) from None
    except _LineError as problem:
        raise RecordingError(source, 1, f"a recording's header with {problem.expected}", problem.found) from None


def _read_frames(lines: Iterator[tuple[bytes, bool]], source: str, notes: set[str]) -> Iterator[Frame]:
    before_s = -math.inf
    for line_no, (line, ended) in enumerate(lines, start=2):
        try:
            row = _object(line)
        except _LineError as problem:
            if not ended:
                notes.add("cut_short")  # in the middle of writing it
                return
            raise RecordingError(source, line_no, problem.expected, problem.found) from None
        try:
            frame = _frame(row, before_s)
        except _LineError as problem:
            raise RecordingError(source, line_no, problem.expected, problem.found) from None
        before_s = frame.t_s
        yield frame


class _VersionMismatchError(_LineError):
    """The header names a version that is not ours."""


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _LineError("a JSON object in UTF-8", _shown(line.decode("utf-8", "replace"))) from None
    if not isinstance(data, dict):
        raise _LineError("a JSON object", data)
    return data


def _header(data: dict[str, Any]) -> Header:
    if data.get("format") != FORMAT:
        raise _LineError(f'"format": "{FORMAT}"', data.get("format"))
    if data.get("version") != VERSION or isinstance(data.get("version"), bool):
        raise _VersionMismatchError(f"version {VERSION}", data.get("version"))
    if data.get("landmarks") != LANDMARKS:
        raise _LineError(f'"landmarks": "{LANDMARKS}"', data.get("landmarks"))
    fps = _number(data.get("fps"), '"fps" as a number above 0')
    if fps <= 0:
        raise _LineError('"fps" as a number above 0', fps)
    if not isinstance(data.get("mirrored"), bool):
        raise _LineError('"mirrored" as true or false', data.get("mirrored"))
    if not isinstance(data.get("source"), str):
        raise _LineError('"source" as text', data.get("source"))
    model = data.get("model")
    if not (model is None or isinstance(model, str)):
        raise _LineError('"model" as text or null', model)
    return Header(
        width_px=_pixels(data, "width_px"),
        height_px=_pixels(data, "height_px"),
        fps=fps,
        mirrored=data["mirrored"],
        source=data["source"],
        model=model,
    )


def _pixels(data: dict[str, Any], key: str) -> int:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise _LineError(f'"{key}" as a whole number above 0', value)
    return value


def _frame(row: dict[str, Any], before_s: float) -> Frame:
    t_s = _number(row.get("t"), '"t" as a finite number of seconds')
    if t_s <= before_s:
        raise _LineError(f'"t" above the {before_s} of the line before', t_s)
    if "points" not in row:
        raise _LineError(f'"points" as {LANDMARK_COUNT} landmarks or null', "none")
    points = row["points"]
    return Frame(t_s, None if points is None else _points(points))


def _points(points: object) -> tuple[Landmark, ...]:
    if not isinstance(points, (list, tuple)):
        raise _LineError(f'"points" as {LANDMARK_COUNT} landmarks or null', points)
    if len(points) != LANDMARK_COUNT:
        raise _LineError(f"{LANDMARK_COUNT} landmarks", f"{len(points)}")
    return tuple(_landmark(point, index) for index, point in enumerate(points))


def _landmark(point: object, index: int) -> Landmark:
    expected = f"landmark {index} as [x, y, z, visibility], finite numbers (z and visibility may be null)"
    if not isinstance(point, (list, tuple)) or len(point) != 4:
        raise _LineError(expected, point)
    x, y, z, visibility = point
    return (
        _number(x, expected),
        _number(y, expected),
        None if z is None else _number(z, expected),
        None if visibility is None else _number(visibility, expected),
    )


def _number(value: object, expected: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _LineError(expected, value)
    try:
        number = float(value)
    except OverflowError:
        raise _LineError(expected, "a number too big") from None
    if not math.isfinite(number):
        raise _LineError(expected, str(number))
    return number


def _shown(found: object) -> str:
    """Return what was found as short as a message can bear."""
    if found is None or found == "":
        return "nothing"
    text = found if isinstance(found, str) else repr(found)
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + " …"
