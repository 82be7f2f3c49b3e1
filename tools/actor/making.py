"""Making clips: the film, the truth beside it, and what the pose model sees in it."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ownway.media.pose import model_file, model_name
from ownway.media.recordings import Header, write_recording
from tools.actor import bodies
from tools.actor.camera import Camera
from tools.actor.clips import Clip, acted
from tools.actor.film import seen, write_film
from tools.actor.look import look
from tools.actor.motion import Motion
from tools.actor.movement import chosen
from tools.actor.posing import on_the_floor
from tools.actor.rotation import turned
from tools.actor.stage import Held, Picture, stage
from tools.actor.truth import Truth

# What the coach is compared with; the rest of the truth is told by the JSON.
COLUMNS = (
    "trunk_flexion_deg", "knee_flexion_deg", "fingertip_to_floor_cm", "shoulder_yaw_deg", "pelvis_yaw_deg",
)  # fmt: skip


_SAME_DIGITS = 4  # of a metre
_SAMPLE_QUALITY = 24  # coarser than what the pose model is tried on: it is there to be watched


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: the film, and what the model in this folder sees in it."""

    film: bool
    landmarks: Path | None


def make(name: str, clip: Clip, folder: Path, wanted: Wanted) -> Truth:
    """Write a clip into a folder, in the form of ``tests/clips``, and return its truth.

    Raises
    ------
    OwnwayError : a name leads nowhere, OpenGL cannot be had, or the pose model cannot be used.
    """
    camera = clip.filmed_by()
    motion, truth = acted(clip)
    folder.mkdir(parents=True, exist_ok=True)
    _write_truth(folder / f"{name}.csv", motion, truth)
    _write_about(folder / f"{name}.json", name, clip, camera, truth)
    with tempfile.TemporaryDirectory() as passing:
        film = (folder if wanted.film else Path(passing)) / f"{name}.mp4"
        if wanted.film or wanted.landmarks is not None:
            write_film(film, pictures(clip, motion), clip.fps)
        if wanted.landmarks is not None:
            model = model_name("full")
            header = Header(camera.width_px, camera.height_px, float(clip.fps), False, f"rendered: {name}", model)
            frames = seen(film, model_file(wanted.landmarks, "full"), clip.fps)
            write_recording(folder / f"{name}.jsonl.gz", header, frames)
    return truth


def make_sample(name: str, clip: Clip, folder: Path) -> Path:
    """Write a clip's film alone, small, and return it; OwnwayError as for ``make``."""
    film = folder / f"{name}.mp4"
    write_film(film, pictures(clip, acted(clip)[0]), clip.fps, _SAMPLE_QUALITY)
    return film


def pictures(clip: Clip, motion: Motion, chosen_frames: slice = slice(None)) -> Iterator[Picture]:
    """Yield the pictures of a motion as the clip's camera sees it; who comes back to the same posture is not drawn anew."""
    posed, held = motion.posed, motion.pole
    turn, shift = on_the_floor(posed)
    transforms = turn[:, None] @ posed.transforms()
    transforms[..., 3] += shift[:, None]
    seeds = {"person": clip.seed, "room": _or(clip.room, clip.seed), "light": _or(clip.light, clip.seed)}
    with stage(
        bodies.load(clip.body),
        look(clip.body, **seeds),
        clip.filmed_by(),
        pole_m=None if held is None else held.length_m,
        chair=motion.chair,
        seed=clip.seed,
    ) as here:
        known: dict[bytes, Picture] = {}
        for i in range(len(transforms))[chosen_frames]:
            pole = (
                None
                if held is None
                else Held(turned(turn[i], held.middle[i]) + shift[i], turned(turn[i], held.along[i]))
            )
            same = np.round(transforms[i], _SAME_DIGITS).tobytes()
            if not clip.steady or same not in known:
                known[same] = here.draw(transforms[i], pole)
            yield known[same] if clip.steady else known.pop(same)


def _or(seed: int | None, other: int) -> int:
    return other if seed is None else seed


def _write_truth(path: Path, motion: Motion, truth: Truth) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        led = () if motion.led is None or motion.led.angle in COLUMNS else (motion.led.angle,)
        rows.writerow(["t_s", *COLUMNS, *led, "phase"])
        table = np.round(np.stack([truth.columns[c] for c in (*COLUMNS, *led)], -1), 1) + 0.0  # no -0.0 degrees
        for t_s, row, phase in zip(motion.timeline.t_s, table, truth.phases, strict=True):
            rows.writerow([round(float(t_s), 3), *map(float, row), phase])


def _write_about(path: Path, name: str, clip: Clip, camera: Camera, truth: Truth) -> None:
    movement, _ = chosen(clip.choice)
    about: dict[str, Any] = {
        "clip": name,
        "exercise": movement.exercise,
        "body": clip.body,
        "stature_cm": round(bodies.load(clip.body).stature_cm, 1),
        "camera": camera.told(),
        "width_px": camera.width_px,
        "height_px": camera.height_px,
        "fps": clip.fps,
        "sets": truth.sets,
        "swings": truth.swings,
        **({"repetitions": truth.repetitions} if truth.repetitions else {}),
        "faults": truth.faults,
        "arms": movement.arms,
        "hands": movement.hands,
    }
    extra = {
        "level": clip.choice.level,
        "distractor": movement.distractor,
        "refuse": clip.refuse or None,
        "note": clip.note,
    }
    about |= {key: value for key, value in extra.items() if value is not None}
    path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
