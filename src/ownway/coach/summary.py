"""What a session amounts to: a fold of its events. The same fold serves the summary page, the history and the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeVar

from ownway.coach.events import (
    Calibrated,
    CameraGivenUp,
    ClockStarted,
    ClockStopped,
    Ended,
    Event,
    FaultBegan,
    FaultEnded,
    Progress,
    Repeated,
    SetBegan,
    SetEnded,
    Side,
    Swung,
)
from ownway.coach.records import Measured
from ownway.exercises.schema import Exercise

E = TypeVar("E", bound=Event)

# A set shorter than this was a stumble on the way down, not a hold.
_LEAST_SET_S = 1.0
# A pace is steady where no repetition took less than this share of the tempo.
_STEADY_FROM = 0.6
# Both sides are called even within twice the error of the range (5 deg a side).
_EVEN_WITHIN_DEG = 10.0


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in numbers. Times in seconds, angles in degrees, lengths in cm; None where nothing was judged.

    Attributes
    ----------
    good_s : time in good form, over all sets; of repetitions, what those done well are worth at the asked tempo.
    counted_sets, full_sets : sets long enough to count, and those with the full dose.
    range_left_deg, range_right_deg : the farthest that was reached twice, to the person's own side; range_deg : the same of
        what has but one. Of what is counted by repetitions, those done well alone.
    half_period_s : the median time from the peak on one side to that on the other.
    repetitions : done well, over all sets; None where the dose is none of repetitions. tried : all that were seen.
    went_well : ids of what to be glad about. work_on : at most two fault kinds, the longest-lasting first.
    """

    duration_s: float
    ending: str
    sets: tuple[SetEnded, ...]
    good_s: float
    counted_sets: int
    full_sets: int
    best_reach_zone: str | None
    best_reach_cm: float | None
    swings_left: int
    swings_right: int
    range_left_deg: float | None
    range_right_deg: float | None
    range_deg: float | None
    half_period_s: float | None
    swing_time_s: float
    repetitions: int | None
    tried: int
    faults: dict[str, int]
    went_well: tuple[str, ...]
    work_on: tuple[str, ...]


def summarise(exercise: Exercise, events: Iterable[Event]) -> Summary:
    """Fold a session's events, whole or cut short by a power cut.

    Parameters
    ----------
    events : in the order they happened. Without an ``Ended`` the session counts as interrupted, and a set that was still
        running is kept as far as its clock was written down.
    """
    log = list(events)
    sets = tuple(s for s in (*_of(log, SetEnded), *_open_set(exercise, log)) if s.clock_s >= _LEAST_SET_S)
    swings, repeated = _of(log, Swung), _of(log, Repeated)
    counts = [s.repetitions for s in sets if s.repetitions is not None]
    ended = _of(log, Ended)
    good_s = sum(_worth_s(exercise, s) for s in sets)
    zone, cm = _best_reach(exercise, sets)
    # The range of a swing is the point, and told as it was; that of a repetition is one of those that count.
    far = swings if exercise.swung else [s for s in swings if s.good]
    gaps = _gaps_s(swings) if exercise.swung else []
    faults = Counter(e.fault for e in _of(log, FaultBegan))
    return Summary(
        duration_s=log[-1].t_s if log else 0.0,
        ending=ended[-1].how if ended else "interrupted",
        sets=sets,
        good_s=good_s,
        counted_sets=sum(s.counted for s in sets),
        full_sets=sum(s.full for s in sets),
        best_reach_zone=zone,
        best_reach_cm=cm,
        swings_left=sum(s.side == "left" for s in swings),
        swings_right=sum(s.side == "right" for s in swings),
        range_left_deg=_range(far, "left"),
        range_right_deg=_range(far, "right"),
        range_deg=_twice(r.peak_deg for r in repeated if r.good),
        half_period_s=median(gaps) if gaps else None,
        swing_time_s=good_s if exercise.swung else 0.0,
        repetitions=None if exercise.dose.repetitions is None else sum(counts),
        tried=len(swings) + len(repeated),
        faults=dict(faults),
        went_well=tuple(_went_well(exercise, log, sets, swings, faults)),
        work_on=_work_on(log),
    )


def measured(summary: Summary) -> Measured:
    """Return what of a summary is kept to be compared from session to session."""
    return Measured(
        reach_zone=summary.best_reach_zone,
        reach_cm=summary.best_reach_cm,
        range_left_deg=summary.range_left_deg,
        range_right_deg=summary.range_right_deg,
        half_period_s=summary.half_period_s,
        range_deg=summary.range_deg,
    )


def _worth_s(exercise: Exercise, done: SetEnded) -> float:
    """Return what a set is worth to a plan."""
    spec = exercise.repetitions
    return done.clock_s if done.repetitions is None or spec is None else done.repetitions * spec.tempo_s


def _of(log: list[Event], kind: type[E]) -> list[E]:
    return [event for event in log if isinstance(event, kind)]


def _open_set(exercise: Exercise, log: list[Event]) -> list[SetEnded]:
    """Return the set that was running when the log broke off, as far as it is known."""
    began = next((e for e in reversed(log) if isinstance(e, SetBegan | SetEnded)), None)
    if not isinstance(began, SetBegan):
        return []
    clocks = (e for e in reversed(log) if isinstance(e, Progress | ClockStarted | ClockStopped) and e.t_s >= began.t_s)
    last = next(clocks, None)
    clock_s = 0.0 if last is None else last.clock_s
    dose = exercise.dose
    count = _count(exercise, log, began.t_s, clock_s)
    return [
        SetEnded(
            log[-1].t_s,
            set_no=began.set_no,
            set_start_s=began.set_start_s,
            set_end_s=log[-1].t_s,
            clock_s=clock_s,
            counted=clock_s >= dose.counts_from_s if count is None else count >= dose.counts_from_repetitions,
            full=clock_s >= dose.full_s if count is None else count >= (dose.repetitions or 0),
            reach_zone=None,
            best={},
            repetitions=count,
        )
    ]


def _count(exercise: Exercise, log: list[Event], from_s: float, clock_s: float) -> int | None:
    """Return the repetitions done well since ``from_s``; without camera they are told by the clock."""
    dose, spec = exercise.dose, exercise.repetitions
    if dose.repetitions is None or spec is None:
        return None
    seen = sum(e.good for e in log if isinstance(e, Swung | Repeated) and e.t_s >= from_s)
    watched = any(isinstance(e, Calibrated) for e in log) and not any(isinstance(e, CameraGivenUp) for e in log)
    return seen if watched else max(seen, min(dose.repetitions, int(clock_s / spec.tempo_s)))


def _best_reach(exercise: Exercise, sets: tuple[SetEnded, ...]) -> tuple[str | None, float | None]:
    reach = exercise.reach
    if reach is None:
        return None, None
    order = [zone.id for zone in (*reach.zones, reach.embrace)]
    zones = [s.reach_zone for s in sets if s.reach_zone in order]
    cms = [cm for s in sets if (cm := s.best.get("fingertip_to_floor_cm")) is not None]
    return max(zones, key=lambda z: order.index(z or ""), default=None), min(cms, default=None)


def _gaps_s(swings: list[Swung]) -> list[float]:
    """Return the times from the peak on one side to the next one on the other."""
    return [b.peak_s - a.peak_s for a, b in pairwise(swings) if a.side != b.side]


def _pauses_s(repeated: list[Repeated]) -> list[float]:
    """Return the times from one farthest point to the next."""
    return [b.peak_s - a.peak_s for a, b in pairwise(repeated)]


def _range(swings: list[Swung], side: Side) -> float | None:
    return _twice(s.peak_deg for s in swings if s.side == side)


def _twice(peaks_deg: Iterable[float]) -> float | None:
    """Return the farthest that was reached twice; of a single one, that."""
    farthest = sorted(peaks_deg, reverse=True)[:2]
    return farthest[-1] if farthest else None


def _went_well(
    exercise: Exercise, log: list[Event], sets: tuple[SetEnded, ...], swings: list[Swung], faults: Counter[str]
) -> list[str]:
    well: list[str] = []
    if sum(s.full for s in sets) >= exercise.dose.sets:
        well.append("full_sets")
    watched = bool(_of(log, Calibrated)) and not _of(log, CameraGivenUp)  # without camera nobody saw the form
    if watched and any(s.counted for s in sets) and not faults:
        well.append("clean_form")
    elif any(e.mended for e in _of(log, FaultEnded)):
        well.append("mended")
    gaps, spec = _gaps_s(swings) or _pauses_s(_of(log, Repeated)), exercise.repetitions
    if spec is not None and len(gaps) >= 4 and min(gaps) > _STEADY_FROM * spec.tempo_s:
        well.append("steady_pace")
    left, right = _range(swings, "left"), _range(swings, "right")
    if len(swings) >= 4 and left is not None and right is not None and abs(left - right) <= _EVEN_WITHIN_DEG:
        well.append("even_sides")
    if not well and sets:
        well.append("showed_up")
    return well[:3]


def _work_on(log: list[Event]) -> tuple[str, ...]:
    lasted: Counter[str] = Counter()
    for event in _of(log, FaultEnded):
        lasted[event.fault] += max(1, round(event.t_s - event.fault_start_s))
    return tuple(kind for kind, _ in lasted.most_common(2))
