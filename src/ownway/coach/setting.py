"""The circumstances of a session, and what the person may ask for while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Command(Enum):
    """What the person asks for, by button, key or voice."""

    PAUSE = "pause"
    RESUME = "resume"
    HIDE = "hide"
    SHOW = "show"
    STOP = "stop"
    HURT = "hurt"
    WITHOUT_CAMERA = "without_camera"


@dataclass(frozen=True, slots=True)
class Setting:
    """The circumstances of a session.

    Attributes
    ----------
    width_px, height_px : size of the picture that the model sees.
    mirrored : the picture was flipped before the model saw it.
    height_cm : the person's height, None when not told.
    camera : False for the mode without camera.
    """

    width_px: int
    height_px: int
    mirrored: bool
    height_cm: float | None
    camera: bool
