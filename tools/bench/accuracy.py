"""How well the coach measures and judges, against the exact truth of the rendered clips.

The clips are the best case: one room, good light, fitted clothes, one body. What they cannot show stands in ``docs/MEASURES.md``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from ownway.body.calibration import Calibration, Calibrator
from ownway.body.landmarks import Frame
from ownway.body.measures import Gauges, Values
from ownway.body.posture import Posture
from ownway.coach.engine import Coach
from ownway.coach.events import Event, FaultBegan, SetEnded, SightLost, Swung
from ownway.coach.setting import Setting
from ownway.exercises.loader import library, setup
from ownway.media.recordings import Header, read_recording
from tools.bench.figures import Figure
from tools.stage import CLIPS

# Our measure, the truth's column, and its name in the report. Angles count from the person's own standing.
MEASURES = {
    "trunk_flexion_deg": ("trunk_flexion_deg", "trunk"),
    "knee_flexion_deg": ("knee_flexion_deg", "knee"),
    "fingertip_to_floor_cm": ("fingertip_to_floor_cm", "fingertips"),
    "rotation_deg": ("shoulder_yaw_deg", "rotation"),
}
FROM_STANDING = {"trunk_flexion_deg", "knee_flexion_deg"}


def measure() -> Iterator[Figure]:
    """Compare every clip with its truth; the goals are those that hold for all of them."""
    named = quiet = refused = True
    for path in sorted(CLIPS.glob("*.json"), key=lambda p: int(p.name[1:].split("_")[0])):
        about = json.loads(path.read_text(encoding="utf-8"))
        header, frames = read_recording(path.with_suffix(".jsonl.gz"))
        events = _events(about, header, frames)
        faults = {e.fault for e in events if isinstance(e, FaultBegan)}
        if about.get("refuse"):
            refused = refused and not any(isinstance(e, SetEnded) for e in events)
            yield Figure(
                f"{path.stem}: refused", ", ".join(sorted({e.reason for e in events if isinstance(e, SightLost)}))
            )
            continue
        expected = {fault["kind"] for fault in about["faults"]}
        named, quiet = named and faults >= expected, quiet and faults <= expected
        yield Figure(f"{path.stem}: mean abs error", _errors(about, header, frames, path))
        yield Figure(f"{path.stem}: counted", _counted(about, events))
        yield Figure(f"{path.stem}: faults", ", ".join(sorted(faults)) or "none", ", ".join(sorted(expected)) or "none")
    yield Figure("Every faulty clip is named with its fault", "yes" if named else "no", "yes", named)
    yield Figure("No fault that is not there", "yes" if quiet else "no", "yes", quiet)
    yield Figure("What cannot be judged is refused", "yes" if refused else "no", "yes", refused)


def _events(about: Mapping[str, Any], header: Header, frames: tuple[Frame, ...]) -> list[Event]:
    setting = Setting(header.width_px, header.height_px, header.mirrored, about["stature_cm"], camera=True)
    coach = Coach(library()[about["exercise"]], setting)
    events = [event for frame in frames for event in coach.step(frame)]
    return [*events, *coach.interrupt()]


def _errors(about: Mapping[str, Any], header: Header, frames: tuple[Frame, ...], path: Path) -> str:
    """Return the mean abs error of each measure over the frames after calibration, in words."""
    with path.with_suffix(".csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    errors: dict[str, list[float]] = {}
    for values, row in zip(_measured(about, header, frames), truth, strict=False):
        for name, (column, told) in MEASURES.items():
            value = values.get(name)
            if value is not None:
                zero = float(truth[0][column]) if name in FROM_STANDING else 0.0
                errors.setdefault(told, []).append(abs(value - (float(row[column]) - zero)))
    return ", ".join(f"{told} {fmean(e):.1f} {'cm' if told == 'fingertips' else 'deg'}" for told, e in errors.items())


def _measured(about: Mapping[str, Any], header: Header, frames: tuple[Frame, ...]) -> Iterator[Values]:
    """Give the measures frame by frame; nothing while the person is not calibrated or not seen."""
    camera = library()[about["exercise"]].camera
    calibrator = Calibrator(setup().stand_still_s, about["stature_cm"], pole=camera.pole)
    calibration: Calibration | None = None
    gauges: Gauges | None = None
    for frame in frames:
        if frame.points is None:
            yield {}
            continue
        posture = Posture(frame.points, header.width_px, header.height_px, header.mirrored, setup().sure_from)
        if gauges is None:
            calibration = calibrator.step(frame.t_s, posture, posture.near_side())
            gauges = None if calibration is None else Gauges(calibration, camera.view)
            yield {}
        else:
            yield gauges.step(frame.t_s, posture)


def _counted(about: Mapping[str, Any], events: list[Event]) -> str:
    """Return sets and how far their clocks are off, or swings and how far their peaks are off, in words."""
    swings = [e for e in events if isinstance(e, Swung)]
    if about["swings"]:
        pairs = list(zip(swings, about["swings"], strict=False))
        off = fmean(found.peak_deg - true["peak_deg"] for found, true in pairs) if pairs else 0.0
        sides = [e.side for e in swings] == [s["side"] for s in about["swings"]]
        return f"{len(swings)} of {len(about['swings'])} swings, sides {'right' if sides else 'WRONG'}, peaks {off:+.1f} deg"
    sets = [e for e in events if isinstance(e, SetEnded)]
    clocks = ", ".join(
        f"{e.clock_s:.1f} s of {s['hold_end_s'] - s['hold_start_s']:.1f}"
        for e, s in zip(sets, about["sets"], strict=False)
    )
    return f"{len(sets)} of {len(about['sets'])} holds; in good form {clocks}"
