"""Clips whose truth is known, run through the coach: what was measured beside what was so."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ownway.body.measures import Values
from ownway.coach.assessment import Assessment, Watched, assess
from ownway.coach.engine import Coach
from ownway.coach.events import Event
from ownway.coach.setting import Setting
from ownway.exercises.loader import library
from ownway.media.recordings import read_recording
from tools.stage import ROOT

# In the repository, and what lies beside it on a developer's machine; the same clip is taken once.
FOLDERS = (ROOT / "tests" / "clips", ROOT / "tests" / "people", ROOT.parent / "shared" / "data" / "clips")
# Our measure and the truth's column. The angles of limbs count from the person's own standing, the first row of the truth.
COLUMNS = {
    "trunk_flexion_deg": "trunk_flexion_deg",
    "knee_flexion_deg": "knee_flexion_deg",
    "fingertip_to_floor_cm": "fingertip_to_floor_cm",
    "rotation_deg": "shoulder_yaw_deg",
}
FROM_STANDING = frozenset({"trunk_flexion_deg", "knee_flexion_deg"})
SUFFIX = ".jsonl.gz"


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip with its truth. ``about`` is its JSON; ``true`` holds a row of measures for each frame."""

    name: str
    path: Path
    about: Mapping[str, Any]
    true: Sequence[Values]

    @property
    def refused(self) -> bool:
        """Whether nothing in it can be judged."""
        return bool(self.about.get("refuse"))

    @property
    def sides(self) -> list[str]:
        """The sides of its swings, or of its repetitions to two sides, in their order."""
        sided = (one for one in self.about.get("repetitions", ()) if "side" in one)
        return [one["side"] for one in (*self.about["swings"], *sided)]

    @property
    def one_sided(self) -> int:
        """How many repetitions there are of what has but one side."""
        return sum("side" not in one for one in self.about.get("repetitions", ()))


@dataclass(frozen=True, slots=True)
class Run:
    """A clip as the coach saw it. ``measured`` goes frame by frame with the clip's truth."""

    clip: Clip
    assessment: Assessment
    events: tuple[Event, ...]
    measured: Sequence[Values]

    def errors(self, measure: str) -> list[tuple[float, float]]:
        """Return (truth, measured less truth) of every frame that has both."""
        pairs = (
            (true.get(measure), seen.get(measure)) for true, seen in zip(self.clip.true, self.measured, strict=False)
        )
        return [(true, seen - true) for true, seen in pairs if true is not None and seen is not None]


def clips(folders: Sequence[Path] = FOLDERS) -> Iterator[Clip]:
    """Give every clip of the folders that exist, by name, each name once."""
    found = {path.name: path for folder in reversed(folders) for path in folder.glob(f"*{SUFFIX}")}
    for name in sorted(found, key=_natural):
        yield read_clip(found[name])


def read_clip(path: Path) -> Clip:
    """Return the clip of this recording; its truth lies beside it as JSON and CSV."""
    name = path.name.removesuffix(SUFFIX)
    about = json.loads((path.parent / f"{name}.json").read_text(encoding="utf-8"))
    with (path.parent / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Clip(name, path, about, [_true(row, rows[0]) for row in rows])


def run(clip: Clip) -> Run:
    """Run the clip through the coach as ``ownway assess`` does."""
    header, frames = read_recording(clip.path)
    exercise = library()[clip.about["exercise"]].unlimited()
    stature_cm = clip.about["stature_cm"]
    coach = Coach(exercise, Setting(header.width_px, header.height_px, header.mirrored, stature_cm, camera=True))
    events: list[Event] = []
    measured: list[Values] = []
    hindered: Counter[str] = Counter()
    for frame in frames:
        events.extend(coach.step(frame))
        measured.append(dict(coach.measured()))
        if coach.hindrance is not None:
            hindered[coach.hindrance] += 1
    events.extend(coach.interrupt())
    watched = Watched(len(frames), frames[0].t_s, frames[-1].t_s, hindered)
    return Run(clip, assess(clip.name, exercise, stature_cm, events, watched), tuple(events), measured)


def _true(row: Mapping[str, str], standing: Mapping[str, str]) -> Values:
    values: Values = {}
    for measure, column in COLUMNS.items():
        if row.get(column):
            zero = float(standing[column]) if measure in FROM_STANDING else 0.0
            values[measure] = float(row[column]) - zero
    return values


def _natural(name: str) -> tuple[str, int, str]:
    digits = "".join(c for c in name[1:].split("_", maxsplit=1)[0] if c.isdigit())
    return name[0], int(digits or 0), name
