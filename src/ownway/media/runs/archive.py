"""Files as they are chosen, and zip files as watches' programs hand them out: each file of a run in one is a file of its own."""

from __future__ import annotations

import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from ownway.media.runs.errors import (
    DamagedError,
    LockedError,
    NothingPackedError,
    RunFileError,
    TooBigError,
    TooMuchPackedError,
    UnreadableError,
)  # fmt: skip
from ownway.media.runs.reading import MOST_BYTES, MOST_MB, ZIP

# What is taken from a folder or zip file; a file that is chosen itself may end as it likes, since its content tells what it is.
ENDINGS = tuple(form + packed for form in (".gpx", ".tcx", ".fit") for packed in ("", ".gz"))
ZIP_ENDING = ".zip"

# Chosen by us: a run or ride every day for more than ten years, each an hour with all that a watch can write. Besides, no file may
# unpack to more than MOST_MB, and each is unpacked only when its turn has come.
MOST_PACKED_FILES = 5_000
MOST_PACKED_GB = 4

_MOST_PACKED_BYTES = MOST_PACKED_GB * 1_000_000_000
_IN_MEMORY_BYTES = 8_000_000
_LOCKED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)  # fmt: skip - what zipfile meets in a damaged file


@dataclass(frozen=True, slots=True)
class Chosen:
    """One file that may have a run in it.

    Attributes
    ----------
    name : as it is told; one of a zip file has the name of that before it. No file is ever written under it.
    read : gives what is in it, no more than one byte over the limit; raises a RunFileError where it cannot.
    """

    name: str
    read: Callable[[], bytes]


def chosen_in(name: str, file: BinaryIO, opened: ExitStack) -> list[Chosen]:
    """Return the file itself, or, of a zip file, the files of runs in it.

    What cannot be taken is one whose ``read`` says why.

    Parameters
    ----------
    file : can be sought in; it stays the caller's, and open as long as something is read.
    opened : closes what is opened beside it.
    """
    file.seek(0)
    if file.read(len(ZIP)) != ZIP:
        return [Chosen(name, partial(_whole, file))]
    try:
        return _packed(name, file, opened)
    except RunFileError as error:
        return [_refused(name, error)]


def chosen_at(path: Path, opened: ExitStack) -> list[Chosen]:
    """Return what ``chosen_in`` does for the file at this path; only a zip file is kept open."""
    if not path.is_file():  # a pipe gives what is in it only once
        return [Chosen(path.name, partial(_at, path))]
    try:
        with path.open("rb") as file:
            if file.read(len(ZIP)) != ZIP:
                return [Chosen(path.name, partial(_at, path))]
        return chosen_in(path.name, opened.enter_context(path.open("rb")), opened)
    except OSError as error:
        return [_refused(path.name, UnreadableError(error.strerror or str(error)))]


def has_runs(path: Path) -> bool:
    """Return whether the zip file at this path has files of runs in it, as far as their names tell."""
    try:
        with zipfile.ZipFile(path) as packed:
            return any(is_run_name(_base(info)) for info in packed.infolist())
    except (OSError, *_UNREADABLE):
        return False


def is_run_name(name: str) -> bool:
    """Return whether a file of this name is taken from a folder or zip file."""
    return name.lower().endswith(ENDINGS) and not name.startswith(".")


def _packed(name: str, file: BinaryIO, opened: ExitStack) -> list[Chosen]:
    outer = _zip(file, opened)
    infos = outer.infolist()
    _keep_sensible(infos)
    found = _runs_in(name, outer)
    for info in infos:
        if info.filename.lower().endswith(ZIP_ENDING):
            found += _packed_within(f"{name}/{info.filename}", outer, info, opened)
    if not found:
        raise NothingPackedError(", ".join(ENDINGS))
    if len(found) > MOST_PACKED_FILES:
        raise TooMuchPackedError(MOST_PACKED_FILES, MOST_PACKED_GB)
    return found


def _packed_within(name: str, outer: zipfile.ZipFile, info: zipfile.ZipInfo, opened: ExitStack) -> list[Chosen]:
    """Return the files of runs in a zip file within another: Garmin's export of everything is made of such."""
    try:
        inner = _zip(_laid_out(outer, info, opened), opened)
        _keep_sensible(inner.infolist())
    except RunFileError as error:
        return [_refused(name, error)]
    return _runs_in(name, inner)


def _keep_sensible(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what would be too much. The sizes are what the file says; more than that is never unpacked of it."""
    wanted = [info for info in infos if is_run_name(_base(info)) or info.filename.lower().endswith(ZIP_ENDING)]
    if len(wanted) > MOST_PACKED_FILES or sum(info.file_size for info in wanted) > _MOST_PACKED_BYTES:
        raise TooMuchPackedError(MOST_PACKED_FILES, MOST_PACKED_GB)


def _runs_in(name: str, packed: zipfile.ZipFile) -> list[Chosen]:
    return [
        Chosen(f"{name}/{info.filename}", partial(_entry, packed, info))
        for info in packed.infolist()
        if is_run_name(_base(info))
    ]


def _base(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).name


def _zip(file: BinaryIO, opened: ExitStack) -> zipfile.ZipFile:
    try:
        return opened.enter_context(zipfile.ZipFile(file))
    except _UNREADABLE as error:
        raise DamagedError("zip") from error


def _laid_out(outer: zipfile.ZipFile, info: zipfile.ZipInfo, opened: ExitStack) -> BinaryIO:
    """Return what is in this entry in a file without a name: only a part of it may have to be read."""
    target = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed with what was opened
    opened.callback(target.close)
    with _reading(outer, info) as source:
        shutil.copyfileobj(source, target)
    return cast("BinaryIO", target)


def _entry(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MOST_BYTES:
        raise TooBigError(MOST_MB)
    with _reading(packed, info) as source:
        return source.read()


@contextmanager
def _reading(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    if info.flag_bits & _LOCKED:
        raise LockedError
    try:
        with packed.open(info) as source:
            yield source
    except _UNREADABLE as error:
        raise DamagedError("zip") from error


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(MOST_BYTES + 1)


def _at(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooBigError(MOST_MB)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error


def _refused(name: str, error: RunFileError) -> Chosen:
    def read() -> bytes:
        raise error

    return Chosen(name, read)
