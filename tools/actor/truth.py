"""The truth of a motion: angles of every frame, and the holds, swings and faults in it, in the form of ``tests/clips``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.actor.motion import Motion
from tools.actor.movement import Shown, Size
from tools.actor.posed import ANGLES, fingertips_cm, heels_cm, knees_deg, pelvis_yaw_deg
from tools.actor.rotation import Array

_LEAST_SWING_DEG = 5.0  # less is sway
_LEAST_SHARE = 0.05  # of the farthest: with less a repetition has not begun
_THERE_DEG = 1.0  # this near the farthest is there


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is so.

    Attributes
    ----------
    columns : (T,) by name, degrees and cm.
    phases : of every frame.
    sets, swings, repetitions, faults : as in a clip's JSON.
    """

    columns: Mapping[str, Array]
    phases: list[str]
    sets: list[dict[str, Any]]
    swings: list[dict[str, Any]]
    repetitions: list[dict[str, Any]]
    faults: list[dict[str, Any]]


def truth(motion: Motion, fault: str | None, shown: Shown | None) -> Truth:
    """Measure a motion; ``fault`` is the kind of what is wrong in it, and ``shown`` when and how badly it is."""
    posed = motion.posed
    knees = knees_deg(posed)
    columns: dict[str, Array] = {
        **{name: measured(posed) for name, measured in ANGLES.items()},
        "fingertip_to_floor_cm": fingertips_cm(posed),
        "pelvis_yaw_deg": pelvis_yaw_deg(posed),
        "knee_left_deg": knees["L"],
        "knee_right_deg": knees["R"],
        "feet_yaw_deg": posed.posture["feet_yaw_deg"],
        "heels_cm": heels_cm(posed),
        "neck_flexion_deg": posed.posture["neck_flexion_deg"],
    }
    return Truth(
        columns=columns,
        phases=list(motion.timeline.phases()),
        sets=list(_sets(motion, columns)),
        swings=list(_swings(motion, columns["shoulder_yaw_deg"])),
        repetitions=list(_repetitions(motion, columns)),
        faults=[] if fault is None or shown is None else list(_faults(motion, columns, fault, shown)),
    )


def _sets(motion: Motion, columns: Mapping[str, Array]) -> Iterator[dict[str, Any]]:
    spans, t_s = motion.timeline.spans, motion.timeline.t_s
    for lower, hold, rise in zip(spans, spans[1:], spans[2:], strict=False):
        if (lower.phase, hold.phase, rise.phase) == ("lower", "hold", "rise"):
            inside = (t_s >= lower.start_s) & (t_s <= rise.end_s)
            yield {
                "lower_start_s": round(lower.start_s, 3),
                "hold_start_s": round(hold.start_s, 3),
                "hold_end_s": round(hold.end_s, 3),
                "rise_end_s": round(rise.end_s, 3),
                "peak_trunk_flexion_deg": round(float(columns["trunk_flexion_deg"][inside].max()), 1),
                "min_fingertip_to_floor_cm": round(float(columns["fingertip_to_floor_cm"][inside].min()), 1),
            }


def _swings(motion: Motion, yaw_deg: Array) -> Iterator[dict[str, Any]]:
    """Yield the farthest moment of each stretch to one side, while swinging."""
    swinging = motion.timeline.during(["swing"])
    for run in _runs(np.where(swinging, np.sign(yaw_deg), 0.0)):
        farthest = run[np.argmax(np.abs(yaw_deg[run]))]
        peak_deg = float(yaw_deg[farthest])
        if abs(peak_deg) >= _LEAST_SWING_DEG:
            yield {
                "t_s": round(float(motion.timeline.t_s[farthest]), 3),
                "side": "left" if peak_deg > 0 else "right",
                "peak_deg": round(abs(peak_deg), 1),
            }


def _repetitions(motion: Motion, columns: Mapping[str, Array]) -> Iterator[dict[str, Any]]:
    """Yield each time that what the movement is led by comes and goes, with its farthest moment; held and swung is not counted so.

    Where people stay there for a while, the farthest moment is the middle of it.
    """
    if motion.led is None or motion.timeline.during(["hold", "swing"]).any():
        return
    amount, column, t_s = motion.timeline.amounts[motion.led.posture], columns[motion.led.angle], motion.timeline.t_s
    away = np.where(np.abs(amount) > _LEAST_SHARE * np.abs(amount).max(), np.sign(amount), 0.0)
    two_sides = away.min() < 0 < away.max()
    for run in _runs(away):
        size = np.abs(column[run])
        there = run[size > size.max() - _THERE_DEG]
        one: dict[str, Any] = {"t_s": round(float(t_s[there].mean()), 3), "peak_deg": round(float(size.max()), 1)}
        if two_sides:
            one["side"] = "left" if away[run[0]] > 0 else "right"
        yield one | {"start_s": round(float(t_s[run[0]]), 3), "end_s": round(float(t_s[run[-1]]), 3)}


def _faults(motion: Motion, columns: Mapping[str, Array], kind: str, shown: Shown) -> Iterator[dict[str, Any]]:
    there = motion.timeline.during(shown.phases)
    column = columns[shown.column]
    if shown.beyond is not None:
        there = there & (np.abs(column) > shown.beyond)
    t_s = motion.timeline.t_s
    for run in _runs(there.astype(float)):
        yield {
            "kind": kind,
            "start_s": round(float(t_s[run[0]]), 3),
            "end_s": round(float(t_s[run[-1]]), 3),
            "size": round(_SIZES[shown.size](column[run], t_s[run]), 2),
            "unit": shown.unit,
        }


def _runs(signs: Array) -> Iterator[NDArray[np.intp]]:
    """Yield the frames of each unbroken stretch of one sign; 0 belongs to none."""
    edges = np.flatnonzero(np.diff(signs)) + 1
    for run in np.split(np.arange(len(signs)), edges):
        if signs[run[0]]:
            yield run


def _swings_per_s(column: Array, t_s: Array) -> float:
    """Return how many whole rounds, to one side and the other, are done in a second."""
    crossings = np.flatnonzero(np.diff(np.sign(column)))
    return float((len(crossings) - 1) / 2 / (t_s[crossings[-1]] - t_s[crossings[0]]))


_SIZES: Mapping[Size, Callable[[Array, Array], float]] = {
    "most": lambda column, _: float(np.abs(column).max()),
    "peak_to_peak": lambda column, _: float(np.ptp(column)),
    "peak_speed": lambda column, t_s: float(np.abs(np.gradient(column, t_s)).max()),
    "swings_per_s": _swings_per_s,
}
