"""How long the coach thinks about one frame."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from ownway.coach.engine import Coach
from ownway.coach.setting import Setting
from ownway.exercises.loader import library
from ownway.media.recordings import read_recording
from tools.bench.figures import Figure, percentile, spread
from tools.stage import CLIPS

GOAL_US = 60


def measure() -> Iterator[Figure]:
    """Run every clip through the coach; time each step on this process's own clock."""
    everything: list[float] = []
    for path in sorted(CLIPS.glob("*.jsonl.gz")):
        steps_us = _steps_us(path)
        everything += steps_us
        yield Figure(f"Coach.step, {path.name.removesuffix('.jsonl.gz')}", spread(steps_us, "µs"))
    median_us = percentile(everything, 0.5)
    goal = f"median at most {GOAL_US} µs"
    yield Figure("Coach.step, all clips", spread(everything, "µs"), goal, median_us <= GOAL_US)


def _steps_us(path: Path) -> list[float]:
    about = json.loads(path.with_name(path.name.replace(".jsonl.gz", ".json")).read_text(encoding="utf-8"))
    header, frames = read_recording(path)
    setting = Setting(
        width_px=header.width_px,
        height_px=header.height_px,
        mirrored=header.mirrored,
        height_cm=about["stature_cm"],
        camera=True,
    )
    coach = Coach(library()[about["exercise"]], setting)
    taken = []
    for frame in frames:
        began = time.perf_counter_ns()
        coach.step(frame)
        taken.append((time.perf_counter_ns() - began) / 1000)
    return taken
