"""TCX 2: activities of laps, each with its sums and its points."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ownway.media.runs.elements import closed, local, moment, number, place, text
from ownway.media.runs.points import Activity, Point

FORM = "TCX"
ROOT = "TrainingCenterDatabase"


def activities(data: bytes) -> Iterator[Activity]:
    """Yield the activities; the laps of a planned course are left out.

    Raises
    ------
    RunFileError : it cannot be read to its end.
    """
    points: list[Point] = []
    of_this_lap = 0
    distance_m, timer_s = 0.0, 0.0
    for element in closed(data, FORM, frozenset({"Trackpoint", "Lap", "Activity", "Course"})):
        match local(element):
            case "Trackpoint":
                point = _point(element)
                if point is not None:
                    points.append(point)
                    of_this_lap += 1
            case "Lap":
                distance_m += number(text(element, "DistanceMeters")) or 0.0
                timer_s += number(text(element, "TotalTimeSeconds")) or 0.0
                begin = moment(element.get("StartTime", ""))
                if not of_this_lap and begin is not None:  # typed in by hand, or without a sensor
                    points.append(Point(begin, heart_bpm=number(text(element, "AverageHeartRateBpm", "Value"))))
                of_this_lap = 0
            case name:
                if name == "Activity":
                    yield Activity(
                        [points], element.get("Sport", ""), distance_m=distance_m, duration_s=timer_s, timer_s=timer_s
                    )
                points, of_this_lap, distance_m, timer_s = [], 0, 0.0, 0.0


def _point(element: Element) -> Point | None:
    at = moment(text(element, "Time"))
    if at is None:
        return None
    return Point(
        at,
        place(text(element, "Position", "LatitudeDegrees"), text(element, "Position", "LongitudeDegrees")),
        along_m=number(text(element, "DistanceMeters")),
        heart_bpm=number(text(element, "HeartRateBpm", "Value")),
    )
