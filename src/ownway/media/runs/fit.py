"""FIT: sessions with their sums, and records, one a moment."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import fitdecode

from ownway.media.runs.errors import DamagedError, NoRunError, TooManyPointsError
from ownway.media.runs.points import MOST_POINTS, Activity, Point

FORM = "FIT"

_MOST_FRAMES = 20 * MOST_POINTS  # beside the records there are definitions, events, and what each maker adds
_ACTIVITIES = ("activity", "")  # a course and a night's sleep have moments, too
_SAYS_LITTLE = ("generic", "fitness_equipment")
_DEG_PER_SEMICIRCLE = 180 / 2**31
_UNREADABLE = (
    fitdecode.FitError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)  # fmt: skip - what the decoder meets in a damaged file it raises as it came


def is_fit(data: bytes) -> bool:
    """Return whether the file's header says so."""
    return data[8:12] == b".FIT"


def activities(data: bytes) -> Iterator[Activity]:
    """Yield the sessions; all records as one where a file has no session, because the watch could not finish it.

    Raises
    ------
    RunFileError : it cannot be read to its end, or is a course, a night's sleep, a watch's settings.
    """
    sessions, points, sport = _messages(data)
    if not sessions:
        yield Activity([points], sport)
    for session in sessions:
        yield _session(session, points, sport)


def _messages(data: bytes) -> tuple[list[Any], list[Point], str]:
    """Return the session messages, the points and the sport that the file names beside them, empty where it does not.

    A watch that could not finish has at least told what it was about to record, or what the laps were.
    """
    sessions: list[Any] = []
    points: list[Point] = []
    sport = ""
    try:
        with fitdecode.FitReader(
            io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
        ) as reader:
            for count, frame in enumerate(reader):
                if count > _MOST_FRAMES or len(points) > MOST_POINTS:
                    raise TooManyPointsError(MOST_POINTS)
                if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                    continue
                if frame.name == "file_id" and _name(frame, "type") not in _ACTIVITIES:
                    raise NoRunError
                if frame.name == "session":
                    sessions.append(frame)
                elif frame.name in ("sport", "lap"):
                    sport = sport or _sport(frame)
                elif frame.name == "record" and (point := _point(frame)) is not None:
                    points.append(point)
    except _UNREADABLE as error:
        raise DamagedError(FORM) from error
    return sessions, points, sport


def _session(session: Any, points: list[Point], sport: str) -> Activity:
    begin, elapsed_s = _moment(session, "start_time"), _number(session, "total_elapsed_time")
    own = points
    if begin is not None:
        end = begin + timedelta(seconds=elapsed_s or 0.0)
        own = [Point(begin), *(point for point in points if begin <= point.at <= end)]
    return Activity(
        [own],
        _sport(session) or sport,
        distance_m=_number(session, "total_distance"),
        duration_s=elapsed_s,
        timer_s=_number(session, "total_timer_time"),
        heart_bpm=_number(session, "avg_heart_rate"),
    )


def _point(record: Any) -> Point | None:
    at = _moment(record, "timestamp")
    if at is None:
        return None
    latitude, longitude = _number(record, "position_lat"), _number(record, "position_long")
    return Point(
        at,
        None
        if latitude is None or longitude is None
        else (latitude * _DEG_PER_SEMICIRCLE, longitude * _DEG_PER_SEMICIRCLE),
        along_m=_number(record, "distance"),
        heart_bpm=_number(record, "heart_rate"),
    )


def _number(message: Any, name: str) -> float | None:
    value = message.get_value(name, fallback=None)
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _moment(message: Any, name: str) -> datetime | None:
    value = message.get_value(name, fallback=None)
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


def _sport(message: Any) -> str:
    """Return the sport, or the finer name beside it where the sport says little: "fitness_equipment", "treadmill"."""
    sport, finer = _name(message, "sport"), _name(message, "sub_sport")
    return finer if sport in _SAYS_LITTLE and finer not in ("", "generic") else sport


def _name(message: Any, name: str) -> str:
    """Return the name of a row of the profile, or its number where that is newer than the decoder's."""
    value = message.get_value(name, fallback=None)
    return str(value) if isinstance(value, str | int) else ""
