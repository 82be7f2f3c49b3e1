"""Everything the coach can say happened. The event log is the one product of a session.

Summaries, database rows, the screen and the voice are folds of it. An event is never altered by a later frame. Times
are seconds since the session began; a field ``*_start_s`` may lie before ``t_s``: the moment a thing began can be
certain only a little later.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Literal

Side = Literal["left", "right"]


class Ending(Enum):
    """Why a session is over."""

    DONE = "done"
    STOPPED = "stopped"
    HURT = "hurt"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at ``t_s``."""

    kind: ClassVar[str] = ""
    t_s: float


@dataclass(frozen=True, slots=True)
class PhaseBegan(Event):
    """The session entered a phase of its exercise (or one of the setup phases find, view, stand)."""

    kind: ClassVar[str] = "phase_began"
    phase: str
    set_no: int


@dataclass(frozen=True, slots=True)
class Cue(Event):
    """Something to say. ``voiced`` is False once it was said often enough: then only the screen shows it."""

    kind: ClassVar[str] = "cue"
    cue: str
    level: str
    voiced: bool


@dataclass(frozen=True, slots=True)
class ClockStarted(Event):
    """From here the time counts. ``clock_s`` is what stands on the clock of this set."""

    kind: ClassVar[str] = "clock_started"
    clock_s: float


@dataclass(frozen=True, slots=True)
class ClockStopped(Event):
    """The time waits. ``why`` is a fault kind, a sight problem, ``paused``, ``moving`` or ``set_over``."""

    kind: ClassVar[str] = "clock_stopped"
    clock_s: float
    why: str


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """Every few seconds while the clock runs, so that a power cut loses little."""

    kind: ClassVar[str] = "progress"
    set_no: int
    clock_s: float


@dataclass(frozen=True, slots=True)
class Calibrated(Event):
    """The person stood still long enough: what is measured from now on is relative to this stance."""

    kind: ClassVar[str] = "calibrated"
    near_side: Side
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class FaultBegan(Event):
    """A fault became certain; it began at ``fault_start_s``. ``sure`` is how sure that is, 0..1."""

    kind: ClassVar[str] = "fault_began"
    fault: str
    fault_start_s: float
    value: float
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class FaultEnded(Event):
    """A fault is mended (or its phase is over: ``mended`` is False). ``worst`` is in the measure's unit.

    It was last seen at ``fault_end_s``; None in logs from before that was written down.
    """

    kind: ClassVar[str] = "fault_ended"
    fault: str
    fault_start_s: float
    worst: float
    mended: bool
    fault_end_s: float | None = None


@dataclass(frozen=True, slots=True)
class SightLost(Event):
    """The coach cannot judge since ``since_s``, for this reason: no_person, feet_missing, not_side_on, too_dark, ..."""

    kind: ClassVar[str] = "sight_lost"
    reason: str
    since_s: float | None = None


@dataclass(frozen=True, slots=True)
class SightRegained(Event):
    """The coach can judge again."""

    kind: ClassVar[str] = "sight_regained"
    reason: str
    lost_s: float


@dataclass(frozen=True, slots=True)
class SetBegan(Event):
    """A set (a hold, or a spell of swinging or repeating) began."""

    kind: ClassVar[str] = "set_began"
    set_no: int
    set_start_s: float


@dataclass(frozen=True, slots=True)
class DoseReached(Event):
    """The set reached its full dose, in time or repetitions; it goes on if the person likes."""

    kind: ClassVar[str] = "dose_reached"
    set_no: int
    clock_s: float


@dataclass(frozen=True, slots=True)
class SetEnded(Event):
    """A set is over.

    ``clock_s`` is the time in good form; ``counted`` says it was long enough to count towards the dose, ``full`` that
    it reached the full dose. ``best`` holds the best value of each measure the exercise keeps, None where not judged.
    The movement into it began at ``moved_s``. ``sure`` is how well the person was seen, 0..1. ``repetitions`` are those
    done well; None where the dose is none of repetitions.
    """

    kind: ClassVar[str] = "set_ended"
    set_no: int
    set_start_s: float
    set_end_s: float
    clock_s: float
    counted: bool
    full: bool
    reach_zone: str | None
    best: dict[str, float | None]
    moved_s: float | None = None
    sure: float = 1.0
    repetitions: int | None = None


@dataclass(frozen=True, slots=True)
class Swung(Event):
    """One repetition to a side: a swing, a bend, a step. Its farthest point was at ``peak_s``; ``sure`` 0..1 of its degrees.

    Not ``good`` is what was done in bad form for which the clock waits.
    """

    kind: ClassVar[str] = "swung"
    side: Side
    peak_s: float
    peak_deg: float
    sure: float = 1.0
    good: bool = True


@dataclass(frozen=True, slots=True)
class Repeated(Event):
    """One repetition of what has but one side; as ``Swung`` otherwise."""

    kind: ClassVar[str] = "repeated"
    peak_s: float
    peak_deg: float
    sure: float = 1.0
    good: bool = True


@dataclass(frozen=True, slots=True)
class Beat(Event):
    """The tempo of the mode without camera: be at this side now; None for what has but one."""

    kind: ClassVar[str] = "beat"
    side: Side | None


@dataclass(frozen=True, slots=True)
class Offered(Event):
    """The coach offers a way on, for example ``without_camera`` after a minute without seeing anybody."""

    kind: ClassVar[str] = "offered"
    offer: str


@dataclass(frozen=True, slots=True)
class CameraGivenUp(Event):
    """From here the session goes on without camera: time alone moves the phases."""

    kind: ClassVar[str] = "camera_given_up"


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The session waits; ``by`` is ``button``, ``hand`` or ``hidden`` (the page went out of sight)."""

    kind: ClassVar[str] = "paused"
    by: str


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The session goes on."""

    kind: ClassVar[str] = "resumed"
    by: str


@dataclass(frozen=True, slots=True)
class Ran(Event):
    """A guided run is over: so long the person ran, and walked. It is all that a run, led without the server, tells."""

    kind: ClassVar[str] = "ran"
    run_s: float
    walk_s: float


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The session is over; nothing follows."""

    kind: ClassVar[str] = "ended"
    how: str


EVENT_TYPES: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        PhaseBegan, Cue, ClockStarted, ClockStopped, Progress, Calibrated, FaultBegan, FaultEnded, SightLost,
        SightRegained, SetBegan, DoseReached, SetEnded, Swung, Repeated, Beat, Offered, CameraGivenUp, Paused, Resumed, Ran,
        Ended,
    )
}  # fmt: skip


def to_dict(event: Event) -> dict[str, Any]:
    """Return the event as plain JSON data, ``kind`` first."""
    return {"kind": event.kind, **{name: getattr(event, name) for name in _names(type(event).kind)}}


def from_dict(data: dict[str, Any]) -> Event:
    """Return the event that ``to_dict`` wrote; unknown kinds and fields raise KeyError or TypeError."""
    cls = EVENT_TYPES[data["kind"]]
    known = _names(cls.kind)
    return cls(**{key: value for key, value in data.items() if key in known})


@cache
def _names(kind: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(EVENT_TYPES[kind]))
