"""Clips: who does what, filmed from where. A row of ``people.toml``, or what the command line says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ownway.errors import ExerciseError
from tools.actor import bodies
from tools.actor.camera import Camera, parse_camera
from tools.actor.motion import Motion, perform
from tools.actor.movement import Choice, chosen
from tools.actor.skeleton import skeleton
from tools.actor.truth import Truth, truth

PEOPLE = Path(__file__).parent / "people.toml"
SAMPLES = Path(__file__).parent / "samples.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip.

    Attributes
    ----------
    camera : ``VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG``.
    seed : of chance in the movement; and of room, clothes and light where they have none of their own.
    steady : nothing in its movement is a matter of chance.
    refuse : nothing in it can be judged.
    note : for people who read its JSON.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    choice: Choice
    body: str
    camera: str
    seed: int
    fps: int = 15
    room: int | None = None
    light: int | None = None
    roll_deg: float = 0.0
    aim_m: float = 0.86
    steady: bool = False
    refuse: bool = False
    note: str | None = None

    def filmed_by(self) -> Camera:
        """Return its camera; CameraError where it cannot be read."""
        return replace(parse_camera(self.camera), roll_deg=self.roll_deg, aim_m=self.aim_m)


def people() -> Mapping[str, Clip]:
    """Return the clips of ``tests/people`` by name; ExerciseError with every problem found in their table."""
    return parse_clips(PEOPLE.read_text(encoding="utf-8"), PEOPLE.name)


def samples() -> Mapping[str, Clip]:
    """Return the films that the app ships, by exercise; ExerciseError with every problem found in their table."""
    return parse_clips(SAMPLES.read_text(encoding="utf-8"), SAMPLES.name)


def parse_clips(text: str, source: str) -> Mapping[str, Clip]:
    """Return a table of clips; ExerciseError with every problem found in it."""
    try:
        return _TABLE.validate_json(json.dumps(tomllib.loads(text), default=str))
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(source, [f"not TOML: {error}"]) from None
    except ValidationError as error:
        found = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}, got {one['input']!r}" for one in error.errors()]
        raise ExerciseError(source, found) from None


def acted(clip: Clip) -> tuple[Motion, Truth]:
    """Return what is done in a clip, and the truth about it; nothing is drawn yet.

    Raises
    ------
    OwnwayError : a body, movement or variation that does not exist.
    """
    movement, shown = chosen(clip.choice)
    motion = perform(_skeleton(clip.body), movement.steady() if clip.steady else movement, clip.fps, clip.seed)
    return motion, truth(motion, clip.choice.fault, shown)


_TABLE = TypeAdapter(Mapping[str, Clip])
_skeleton = cache(lambda name: skeleton(bodies.load(name)))
