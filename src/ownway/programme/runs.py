"""Runs and walks: what is kept of one, when two are the same, and what cannot be one.

Where somebody was is not among it: no latitude, no longitude.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from ownway.errors import OwnwayError, later

Kind = Literal["run", "walk"]
Source = Literal["gpx", "tcx", "fit", "guided"]

KINDS: tuple[Kind, ...] = get_args(Kind)

# The same run from two formats, or from a watch and the phone beside it, begins and lasts nearly the same. Chosen by us:
# programs round the start to the minute, and differ in whether the seconds before the first position count.
SAME_START = timedelta(minutes=2)
SAME_DURATION = 0.05  # of the longer one

# A watch that went along on a guided run is started at the door and stopped at home, or late and early. Nobody runs twice at
# once, so two that share half of the shorter one are one; half is chosen by us.
SHARED = 0.5

# Chosen by us: what lies outside is a button pressed twice, a watch forgotten on the charger, or a clock that was never set.
SHORTEST_S, LONGEST_S = 60.0, 24 * 3600.0
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first watches that could know
CLOCKS_DIFFER = timedelta(hours=1)  # a run may seem to end a little after now, on a watch whose clock is fast

# Chosen by us: slower than anybody walks, and faster than the position of a resting receiver wanders.
MOVING_FROM_M_S = 0.5
# Chosen by us. People change from walking to running near 2 m/s; nobody runs at 7 m/s for minutes (the marathon of the very
# best is 5.9 m/s), while nearly every ride is faster than that.
RUN_FROM_M_S, FASTEST_M_S = 2.0, 7.0

# What counts in the day's plan, chosen by us: two thirds of the quarter of an hour that the plan means by a run, and for a walk
# a pace that is called brisk. To the car and back is no reason to leave the stretch out.
COUNTS_FROM_S = 600.0
BRISK_FROM_M_S = 1.2


@dataclass(frozen=True, slots=True)
class Run:
    """One run or walk.

    Attributes
    ----------
    started_at : aware.
    duration_s : from the first to the last moment, pauses included.
    moving_s : the part of it in which the person moved.
    distance_m : None where it was not measured.
    heart_rate_bpm : mean, None where it was not measured.
    source : the format in which a watch told of it, or ``guided`` where Ownway led it.
    """

    started_at: datetime
    duration_s: float
    moving_s: float
    distance_m: float | None
    heart_rate_bpm: float | None
    kind: Kind
    source: Source


@dataclass(frozen=True, slots=True)
class Outing:
    """One time out of doors, told once though two may know of it.

    Attributes
    ----------
    ids : the names under which it is kept.
    run : as the watch tells of it where it does, since it measured more.
    led : as Ownway led it, None where it did not.
    """

    ids: tuple[str, ...]
    run: Run
    led: Run | None


class ImpossibleRunError(OwnwayError):
    """A run that nobody can have done; the message says why."""


def checked(run: Run, now: datetime) -> Run:
    """Return the run as it is where it can be true.

    Raises
    ------
    ImpossibleRunError : it lies in the future or before there were such watches, has no length to speak of, is longer than
        a day, or is faster than anybody.
    """
    if run.started_at < EARLIEST:
        raise ImpossibleRunError(
            later("It says it was in {year}. Perhaps the clock of the watch was not set."), year=run.started_at.year
        )
    if run.duration_s < SHORTEST_S:
        raise ImpossibleRunError(later("It is shorter than a minute."))
    if run.duration_s > LONGEST_S:
        raise ImpossibleRunError(later("It is longer than a day."))
    if run.started_at > now + CLOCKS_DIFFER - timedelta(seconds=run.duration_s):
        raise ImpossibleRunError(
            later("It lies in the future ({day}). Perhaps the clock of the watch, or of this computer, is wrong."),
            day=run.started_at.date().isoformat(),
        )
    if run.distance_m is not None and run.distance_m > FASTEST_M_S * run.duration_s:
        raise ImpossibleRunError(later("It is faster than anybody runs; it looks like a ride."))
    return run


def kind_by_pace(distance_m: float | None, moving_s: float) -> Kind | None:
    """Return a walk where the pace is one's that walks; None where it cannot be told.

    What is faster may be a run as well as a ride, a row, or the way home in a car, so nothing is made of it.
    """
    if distance_m is None or moving_s <= 0:
        return None
    return "walk" if MOVING_FROM_M_S <= distance_m / moving_s < RUN_FROM_M_S else None


def counts(run: Run) -> bool:
    """Return whether it is the run or brisk walk that the plan speaks of; a walk without a distance is taken for one."""
    if run.moving_s < COUNTS_FROM_S:
        return False
    return run.kind == "run" or run.distance_m is None or run.distance_m >= BRISK_FROM_M_S * run.moving_s


def same(one: Run, other: Run) -> bool:
    """Return whether both tell of the same run, whatever program wrote them down."""
    apart_s = abs(one.duration_s - other.duration_s)
    return (
        abs(one.started_at - other.started_at) <= SAME_START
        and apart_s <= SAME_DURATION * max(one.duration_s, other.duration_s)
    )  # fmt: skip


def shared(one: Run, other: Run) -> bool:
    """Return whether both were going on at the same time for so long that they are the same outing."""
    start = max(one.started_at, other.started_at)
    end = min(
        one.started_at + timedelta(seconds=one.duration_s), other.started_at + timedelta(seconds=other.duration_s)
    )
    return (end - start).total_seconds() >= SHARED * min(one.duration_s, other.duration_s) > 0


def outings(guided: Mapping[str, Run], imported: Mapping[str, Run]) -> list[Outing]:
    """Return each outing once, the newest first.

    Parameters
    ----------
    guided, imported : the runs that Ownway led and those that watches told of, by the names under which they are kept.
    """
    left = dict(imported)
    found: list[Outing] = []
    # Each looks only at those that began while it was going on, or so shortly before that they still went on.
    by_start = sorted((run.started_at.timestamp(), name) for name, run in imported.items())
    longest_s = max((run.duration_s for run in imported.values()), default=0.0)
    for led_id, led in guided.items():
        began_s = led.started_at.timestamp()
        after = bisect_left(by_start, (began_s - longest_s, ""))
        before = bisect_left(by_start, (began_s + led.duration_s, ""))
        near = (name for _, name in by_start[after:before] if name in left)
        twin = next((name for name in near if shared(led, left[name])), None)
        found.append(Outing((led_id,), led, led) if twin is None else Outing((led_id, twin), left.pop(twin), led))
    found += [Outing((name,), run, None) for name, run in left.items()]
    return sorted(found, key=lambda outing: outing.run.started_at, reverse=True)
