"""What a recording or video of an exercise amounts to: a fold of the engine's events, for people, programs and reports.

``as_json`` writes it as ``docs/ASSESS.md`` describes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ownway.coach.events import Side

VERSION = 1


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
    """One swing to the person's own side: its peak, when it was there, and how sure the degrees are (0..1)."""

    t_s: float
    side: Side
    peak_deg: float
    sure: float


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
    sets : holds, for an exercise that is held. swings, swing_time_s : for one that is swung; the time is that in good form.
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


def as_json(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as plain JSON data, numbers rounded to what they are worth."""
    data: dict[str, Any] = _rounded({"version": VERSION, **asdict(assessment)})
    return data


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
