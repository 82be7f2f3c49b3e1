"""A whole diary as JSON, to keep, to move, to read with other programs; and back. ``docs/DATA.md`` describes every field.

The format has a version. What changes about it is a new one, and every version that was ever written can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, Never, get_type_hints
from zoneinfo import ZoneInfo

from ownway.coach.events import Ending
from ownway.errors import OwnwayError, later
from ownway.exercises.loader import library
from ownway.exercises.shelf import digest_of
from ownway.programme.archive import Archive, ArchivedSession
from ownway.programme.diary import EXTRAS
from ownway.programme.levels import index_of
from ownway.report.plain import StrangeValueError, read_at, reader, to_plain

FORMAT = "ownway-diary"
VERSION = 2  # 1 had no exercise files
MOST_MB = 300  # chosen by us: ten years of two sessions a day are some 100 MB
MOST_BYTES = MOST_MB * 1_000_000

_HINTS = get_type_hints(Archive)
_LISTS = tuple(field.name for field in fields(Archive) if field.name not in ("name", "person"))
_ENDINGS = {ending.value for ending in Ending}


class DiaryFileError(OwnwayError):
    """A file that cannot be taken into a diary; the message says why."""


class NotADiaryError(DiaryFileError):
    """A JSON file of something else."""

    def __init__(self) -> None:
        super().__init__(
            later("It is a JSON file, but no diary of Ownway. Choose one that Ownway wrote with “Everything, as JSON”.")
        )


class CutOffError(DiaryFileError):
    """A file that breaks off, or is no JSON at all."""

    def __init__(self, line: int) -> None:
        super().__init__(
            later(
                "It breaks off or is damaged in line {line}. Export the diary once more; nothing was taken from this file."
            ),
            line=line,
        )


class TooNewDiaryError(DiaryFileError):
    """A later Ownway wrote it."""

    def __init__(self, version: int) -> None:
        super().__init__(
            later(
                "A newer version of Ownway wrote it (format {version}; up to {known} is known here). Use that version to read it; "
                "nothing was taken from this file."
            ),
            version=version,
            known=VERSION,
        )


class TooBigDiaryError(DiaryFileError):
    """More than a life of sessions."""

    def __init__(self) -> None:
        super().__init__(later("It is larger than {most_mb} MB. A diary is far smaller."), most_mb=MOST_MB)


class StrangeDiaryError(DiaryFileError):
    """A diary with something in it that none can have."""

    def __init__(self, where: str, value: object) -> None:
        super().__init__(
            later("No diary can have this in {where}: {value}. Nothing was taken from this file."),
            where=where,
            value=str(value)[:80],
        )


def looks_like_one(data: bytes) -> bool:
    """Return whether the beginning of a file is that of a JSON object: no recording of a run begins so."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def write(archive: Archive) -> Iterator[bytes]:
    """Yield a diary as JSON, piece by piece, each thing of it in a line of its own; the same diary gives the same bytes."""
    head = {"format": FORMAT, "version": VERSION, "name": archive.name, "person": to_plain(archive.person)}
    yield ("{\n" + ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in head.items())).encode()
    for name in _LISTS:
        yield f',\n"{name}": ['.encode()
        for count, item in enumerate(getattr(archive, name)):
            yield f"{',' if count else ''}\n{_json(to_plain(item))}".encode()
        yield b"]"
    yield b"\n}\n"


def read(data: bytes) -> Archive:
    """Return the diary that ``write``, of this version or an earlier one, made into these bytes.

    Raises
    ------
    DiaryFileError : it is none, is cut off, too new, too large, or has something in it that no diary can have.
    """
    told = _opened(data)
    version = told.pop("version", None)
    if told.pop("format", None) != FORMAT or isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise NotADiaryError
    if version > VERSION:
        raise TooNewDiaryError(version)
    try:
        return _checked(_archive(told))
    except StrangeValueError as error:
        raise StrangeDiaryError(".".join(error.where).replace(".[", "[") or "-", error.value) from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _opened(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise TooBigDiaryError
    try:
        told = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise CutOffError(error.lineno) from error
    except UnicodeDecodeError as error:
        raise CutOffError(data.count(b"\n", 0, error.start) + 1) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists within lists within lists
        raise NotADiaryError from error
    return told if isinstance(told, dict) else _none()


def _no_number(_name: str) -> Never:
    raise ValueError("no JSON")


def _none() -> Never:
    raise NotADiaryError


def _archive(told: dict[str, Any]) -> Archive:
    unknown = sorted(told.keys() - {"name", "person", *_LISTS})
    if unknown or "person" not in told:
        raise StrangeValueError(", ".join(unknown) or "person")
    kinds = {**_HINTS, "sessions": tuple[ArchivedSession, ...]}
    return Archive(**{name: read_at(reader(kinds[name], name), item, name) for name, item in told.items()})


def _checked(archive: Archive) -> Archive:
    """Return the archive as it is where its parts fit together and every page can show it."""
    for name, same in _SAME.items():
        seen = set()
        for place, item in enumerate(getattr(archive, name)):
            if same(item) in seen:
                raise StrangeValueError(same(item)).within(f"[{place}]").within(name)
            seen.add(same(item))
    for name, fits in _FITS.items():
        for place, item in enumerate(getattr(archive, name)):
            if not fits(item):
                raise StrangeValueError(item).within(f"[{place}]").within(name)
    if not set(archive.person.extras) <= set(EXTRAS):
        raise StrangeValueError(archive.person.extras).within("extras").within("person")
    return archive


def _known(read_it: Callable[[], object]) -> bool:
    try:
        read_it()
    except (KeyError, ValueError, OSError):  # no such name, or one that is no name
        return False
    return True


# Which things are the same one, so that none may stand there twice; and what the types alone do not say.
_SAME: dict[str, Callable[[Any], object]] = {
    "screenings": lambda one: one.number,
    "reminders": lambda one: one.id,
    "mornings": lambda one: one.day,
    "marks": lambda one: (one.day, one.item),
    "runs": lambda one: one.id,
    "entries": lambda one: one.id,
    "filled": lambda one: one.id,
    "exercises": lambda one: one.digest,
    "sessions": lambda one: one.record.id,
}
_FITS: dict[str, Callable[[Any], bool]] = {
    "reminders": lambda one: bool(one.days) and _known(lambda: ZoneInfo(one.zone)),
    # The levels of an exercise of one's own stand in a file that need not be here.
    "choices": lambda one: one.exercise_id not in library() or _known(lambda: index_of(one.exercise_id, one.level_id)),
    "exercises": lambda one: one.digest == digest_of(one.toml),
    "filled": lambda one: len(set(one.ticked)) == len(one.ticked) and (one.kind == "rmdq" or bool(one.activities)),
    "runs": lambda one: one.run.duration_s > 0 and one.run.moving_s >= 0,
    "sessions": lambda one: one.record.ending is None or one.record.ending in _ENDINGS,
}
