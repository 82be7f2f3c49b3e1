"""What a recording or video of an exercise amounts to: a fold of the engine's events, for people, programs and reports.

``as_json`` writes it as ``docs/ASSESS.md`` describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ownway.body.measures import MEASURES
from ownway.coach.events import (
    Calibrated,
    Cue,
    Event,
    FaultBegan,
    FaultEnded,
    Repeated,
    SetEnded,
    Side,
    SightLost,
    SightRegained,
    Swung,
)
from ownway.exercises.schema import Exercise

VERSION = 1

# A rest of a moment is no hold: who picks something up stays down for a second or two.
_LEAST_HOLD_S = 3.0
# Whatever else somebody does before the camera is not their stretch; only what is done this near to a hold is judged with it.
_LEEWAY_S = 0.5


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stretch of time in which nothing could be judged, and why (a reason of ``setup.toml``, or ``not_still``)."""

    reason: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the hands reached: a zone of the exercise, and fingertips above the floor (below 0: past the soles)."""

    zone: str | None
    distance_cm: float | None


@dataclass(frozen=True, slots=True)
class Hold:
    """One set of an exercise that is held.

    Attributes
    ----------
    start_s : when the person left standing. hold_start_s, hold_end_s : when they came to rest, and left it.
    hold_s : the time between them that was in good form.
    peak_trunk_flexion_deg, descent_peak_deg_s : largest bend, and quickest way down; None where not judged.
    sure : 0..1, how well the person could be seen in it.
    """

    start_s: float
    hold_start_s: float
    hold_end_s: float
    hold_s: float
    peak_trunk_flexion_deg: float | None
    descent_peak_deg_s: float | None
    reach: Reached
    sure: float


@dataclass(frozen=True, slots=True)
class Swing:
    """One swing (or bend, or step) to the person's own side: its peak, when it was there, how sure the degrees are (0..1), and whether it was done well."""

    t_s: float
    side: Side
    peak_deg: float
    sure: float
    good: bool = True


@dataclass(frozen=True, slots=True)
class Repetition:
    """One of what has but one side: its farthest point, when it was there, how sure the degrees are, and whether it was done well."""

    t_s: float
    peak_deg: float
    sure: float
    good: bool


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault from its beginning to its end; ``worst`` in ``unit``; ``sure`` 0..1."""

    kind: str
    start_s: float
    end_s: float
    worst: float
    unit: str
    sure: float


@dataclass(frozen=True, slots=True)
class Said:
    """A cue the person would have heard."""

    t_s: float
    id: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A recording or video in numbers. Times in seconds since its beginning.

    Attributes
    ----------
    source : name of the file. exercise : id of the exercise it was judged by.
    duration_s, frames : how long it is, and of how many pictures.
    judged_fraction : share of the pictures, 0..1, in which the coach could judge.
    not_judged : the reason when nothing at all could be judged, None otherwise.
    sets : holds, for an exercise that is held. swings, repetitions : for one that is repeated, to two sides or to one.
    swing_time_s : of that the time in good form.
    notes : ids of what else should be known, e.g. ``two_people``.
    """

    source: str
    exercise: str
    exercise_version: int
    height_cm: float | None
    duration_s: float
    frames: int
    judged_fraction: float
    not_judged: str | None
    refusals: tuple[Refusal, ...]
    sets: tuple[Hold, ...]
    swings: tuple[Swing, ...]
    swing_time_s: float
    faults: tuple[FaultSeen, ...]
    cues: tuple[Said, ...]
    notes: tuple[str, ...]
    repetitions: tuple[Repetition, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What went into the engine: how many frames from when to when, and by what reason how many could not be judged."""

    frames: int
    first_s: float
    last_s: float
    hindered: Mapping[str, int]


def assess(
    source: str,
    exercise: Exercise,
    height_cm: float | None,
    events: Iterable[Event],
    watched: Watched,
    notes: Iterable[str] = (),
) -> Assessment:
    """Fold the events of one film or recording.

    Parameters
    ----------
    source : its name. events : in the order they happened. notes : ids of what else should be known.
    """
    log = list(events)
    hindered = sum(watched.hindered.values())
    not_judged = None if any(isinstance(e, Calibrated) for e in log) else _why_not(watched)
    ended = [e for e in log if isinstance(e, SetEnded)]
    held = [e for e in ended if e.set_end_s - e.set_start_s >= _LEAST_HOLD_S]
    faults = _faults(exercise, log)
    swings = tuple(Swing(e.peak_s, e.side, e.peak_deg, e.sure, e.good) for e in log if isinstance(e, Swung))
    repeated = [e for e in log if isinstance(e, Repeated)]
    peaks_s = [e.peak_s for e in log if isinstance(e, Swung | Repeated)]
    return Assessment(
        source=source,
        exercise=exercise.id,
        exercise_version=exercise.version,
        height_cm=height_cm,
        duration_s=watched.last_s - watched.first_s,
        frames=watched.frames,
        judged_fraction=0.0 if not_judged is not None else 1.0 - hindered / max(watched.frames, 1),
        not_judged=not_judged,
        refusals=tuple(_refusals(log, watched.last_s)),
        sets=tuple(_hold(e) for e in held) if exercise.hold else (),
        swings=swings,
        repetitions=tuple(Repetition(e.peak_s, e.peak_deg, e.sure, e.good) for e in repeated),
        swing_time_s=sum(e.clock_s for e in ended if any(e.set_start_s <= t_s <= e.set_end_s for t_s in peaks_s)),
        faults=tuple(
            sorted(
                (f for f in faults if not exercise.hold or any(_belongs(f, e) for e in held)),
                key=lambda f: f.start_s,
            )
        ),
        cues=tuple(Said(e.t_s, e.cue) for e in log if isinstance(e, Cue) and e.voiced),
        notes=tuple(sorted(notes)),
    )


def _why_not(watched: Watched) -> str:
    """Return what hindered most; ``not_still`` where the person was seen well but never stood still to be measured."""
    if sum(watched.hindered.values()) < watched.frames / 2:
        return "not_still"
    return max(watched.hindered, key=lambda reason: watched.hindered[reason], default="no_person")


def _refusals(log: list[Event], last_s: float) -> Iterator[Refusal]:
    lost: SightLost | None = None
    for event in log:
        if isinstance(event, SightLost | SightRegained):
            if lost is not None:
                yield Refusal(lost.reason, _since(lost), event.t_s)
            lost = event if isinstance(event, SightLost) else None
    if lost is not None:
        yield Refusal(lost.reason, _since(lost), last_s)


def _since(lost: SightLost) -> float:
    return lost.t_s if lost.since_s is None else lost.since_s


def _hold(ended: SetEnded) -> Hold:
    return Hold(
        start_s=ended.set_start_s if ended.moved_s is None else ended.moved_s,
        hold_start_s=ended.set_start_s,
        hold_end_s=ended.set_end_s,
        hold_s=ended.clock_s,
        peak_trunk_flexion_deg=ended.best.get("trunk_flexion_deg"),
        descent_peak_deg_s=ended.best.get("descent_speed_deg_s"),
        reach=Reached(ended.reach_zone, ended.best.get("fingertip_to_floor_cm")),
        sure=ended.sure,
    )


def _belongs(fault: FaultSeen, ended: SetEnded) -> bool:
    """Return whether the fault was made in this hold, on the way into it, or on the way out."""
    from_s = _hold(ended).start_s - _LEEWAY_S
    return from_s <= fault.end_s and fault.start_s <= ended.t_s + _LEEWAY_S


def _faults(exercise: Exercise, log: list[Event]) -> Iterator[FaultSeen]:
    """Give each fault from its beginning to its end; the engine ends every fault that it began."""
    units = {fault.kind: MEASURES[fault.tells or fault.measure].unit for fault in exercise.faults}
    began: dict[str, FaultBegan] = {}
    for event in log:
        if isinstance(event, FaultBegan):
            began[event.fault] = event
        elif isinstance(event, FaultEnded):
            end_s = event.t_s if event.fault_end_s is None else event.fault_end_s
            sure = began[event.fault].sure
            yield FaultSeen(event.fault, event.fault_start_s, end_s, event.worst, units[event.fault], sure)


def as_json(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as plain JSON data, numbers rounded to what they are worth."""
    data: dict[str, Any] = _rounded({"version": VERSION, **asdict(assessment)})
    return data


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
