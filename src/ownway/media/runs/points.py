"""What the points of a track amount to: time, distance, time in motion, mean heart rate."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ownway.media.runs.errors import (
    NoRunError,
    OtherSportError,
    TooFastToTellError,
    TooManyPointsError,
    UntoldKindError,
)
from ownway.programme.runs import MOVING_FROM_M_S, RUN_FROM_M_S, Kind, Run, Source, kind_by_pace

MOST_POINTS = 100_000  # a day at one a second, and some more

# Chosen by us: where nothing tells the distance, a longer gap between two points is a pause.
LONGEST_GAP_S = 60.0
LEAST_BPM, MOST_BPM = 30, 240  # outside of it the belt has slipped

_EARTH_M = 6_371_008.8  # mean radius, IUGG

# How the programs name what they have recorded; Strava's older GPX files have its numbers.
_NUMBERED = {"9": "run", "10": "walk", "4": "walk"}
_RUNS, _WALKS = ("run", "jog"), ("walk", "hik")
# What Garmin calls "Other" and "Uncategorized" is whatever the watch has no button for, a walk among it; on a treadmill one walks
# or runs, but there are names that say which.
_UNTOLD = ("", "generic", "other", "uncategorized", "treadmill")


@dataclass(frozen=True, slots=True)
class Point:
    """One moment of a track.

    Attributes
    ----------
    at : aware.
    place_deg : latitude and longitude, None where there is no reception. It is only measured by, never kept.
    along_m : distance since the start as the device counts it, None where it does not.
    """

    at: datetime
    place_deg: tuple[float, float] | None = None
    along_m: float | None = None
    heart_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """What a file tells of one thing that somebody did.

    Attributes
    ----------
    stretches : points from one pause to the next, each in any order.
    sport : as the file names it; empty where it does not.
    distance_m, duration_s, heart_bpm : as the device has summed them up; None where it has not. Its distance and heart rate
        are preferred to what the points give; its duration counts where the points cover less.
    timer_s : the device's own time without pauses; None where it has none.
    """

    stretches: Sequence[Sequence[Point]]
    sport: str
    distance_m: float | None = None
    duration_s: float | None = None
    timer_s: float | None = None
    heart_bpm: float | None = None


def kind_named(sport: str) -> Kind | None:
    """Return what this name of a sport means; None where it says nothing.

    Raises
    ------
    OtherSportError : neither a run nor a walk.
    """
    name = _NUMBERED.get(sport.strip(), sport.strip().lower())
    if name in _UNTOLD:
        return None
    if any(part in name for part in _RUNS):
        return "run"
    if any(part in name for part in _WALKS):
        return "walk"
    raise OtherSportError(sport.strip())


def as_run(activity: Activity, source: Source, untold: Kind | None = None) -> Run:
    """Return the run or walk that this activity is.

    Parameters
    ----------
    untold : what it was where the file does not say, as the person knows; None lets the pace tell a walk.

    Raises
    ------
    RunFileError : it has no points, or too many, is another sport, or cannot be told to be one.
    """
    stretches = [sorted(stretch, key=lambda point: point.at) for stretch in activity.stretches if stretch]
    points = [point for stretch in stretches for point in stretch]
    if not points:
        raise NoRunError
    if len(points) > MOST_POINTS:
        raise TooManyPointsError(MOST_POINTS)
    kind = kind_named(activity.sport)
    start, end = min(point.at for point in points), max(point.at for point in points)
    measured_m, measured_s = _motion(stretches)
    duration_s = max(_some(activity.duration_s) or 0.0, (end - start).total_seconds())
    moving_s = min(measured_s or duration_s, _some(activity.timer_s) or duration_s, duration_s)
    distance_m = _some(activity.distance_m) or measured_m
    kind = kind or untold or _kind_by_pace(distance_m, moving_s)
    return Run(
        started_at=start,
        duration_s=duration_s,
        moving_s=moving_s,
        distance_m=distance_m,
        heart_rate_bpm=_believable(activity.heart_bpm) or _mean_heart_rate(points),
        kind=kind,
        source=source,
    )


def _kind_by_pace(distance_m: float | None, moving_s: float) -> Kind:
    kind = kind_by_pace(distance_m, moving_s)
    if kind is not None:
        return kind
    if distance_m is not None and distance_m >= RUN_FROM_M_S * moving_s:
        raise TooFastToTellError
    raise UntoldKindError


def _motion(stretches: Iterable[Sequence[Point]]) -> tuple[float | None, float]:
    """Return the distance in m, None where no step of it is known or it is none, and the seconds in motion."""
    distance_m, moving_s = 0.0, 0.0
    for stretch in stretches:
        for before, after in pairwise(stretch):
            gap_s = (after.at - before.at).total_seconds()
            step_m = _step_m(before, after)
            distance_m += step_m or 0.0
            if step_m is None:
                moving_s += gap_s if gap_s <= LONGEST_GAP_S else 0.0
            elif step_m >= MOVING_FROM_M_S * gap_s:
                moving_s += gap_s
    return distance_m or None, moving_s


def _step_m(before: Point, after: Point) -> float | None:
    if before.along_m is not None and after.along_m is not None:
        return max(0.0, after.along_m - before.along_m)
    if before.place_deg is not None and after.place_deg is not None:
        return great_circle_m(before.place_deg, after.place_deg)
    return None


def great_circle_m(one_deg: tuple[float, float], other_deg: tuple[float, float]) -> float:
    """Return the way between two places (latitude, longitude) over a round earth, by the haversine formula."""
    lat, lon, other_lat, other_lon = (math.radians(angle) for angle in (*one_deg, *other_deg))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))


def _mean_heart_rate(points: Iterable[Point]) -> float | None:
    rates = [rate for point in points if (rate := _believable(point.heart_bpm)) is not None]
    return sum(rates) / len(rates) if rates else None


def _some(sum_of_device: float | None) -> float | None:
    """Return the sum where it says something: a device without the sensor may write nothing, zero, or less."""
    return sum_of_device if sum_of_device is not None and 0 < sum_of_device < math.inf else None


def _believable(rate_bpm: float | None) -> float | None:
    return rate_bpm if rate_bpm is not None and LEAST_BPM <= rate_bpm <= MOST_BPM else None
