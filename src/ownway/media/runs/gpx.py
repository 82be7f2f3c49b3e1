"""GPX 1.0 and 1.1: each track is something that somebody did; a pause begins a new segment."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ownway.media.runs.elements import closed, local, moment, number, place, text
from ownway.media.runs.points import Activity, Point

FORM = "GPX"
ROOT = "gpx"


def activities(data: bytes) -> Iterator[Activity]:
    """Yield the tracks; a point without a time is left out, and so are routes and places.

    Raises
    ------
    RunFileError : it cannot be read to its end.
    """
    segments: list[list[Point]] = []
    points: list[Point] = []
    for element in closed(data, FORM, frozenset({"trkpt", "trkseg", "trk"})):
        match local(element):
            case "trkpt":
                point = _point(element)
                if point is not None:
                    points.append(point)
            case "trkseg":
                segments.append(points)
                points = []
            case _:
                yield Activity(segments, text(element, "type"))
                segments = []


def _point(element: Element) -> Point | None:
    at = moment(text(element, "time"))
    if at is None:
        return None
    return Point(at, place(element.get("lat"), element.get("lon")), heart_bpm=_heart_rate(element))


def _heart_rate(element: Element) -> float | None:
    """Return what Garmin's extension has under ``hr``, and some programs under ``heartrate``, at whatever depth."""
    for inner in element.iter():
        if local(inner) in ("hr", "heartrate"):
            return number(inner.text)
    return None
