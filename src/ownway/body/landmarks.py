"""One frame of what the pose model saw, and the names of its 33 landmarks.

A landmark is a plain tuple ``(x, y, z, visibility)`` as in ``RECORDING.md``: ``x`` and ``y`` are fractions of the
picture's width and height (origin top left, ``y`` down), ``z`` is the model's depth guess in units of the picture's
width (smaller is nearer), ``visibility`` is 0..1. ``z`` and ``visibility`` are None where the source has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

Landmark = tuple[float, float, float | None, float | None]


class Joint(IntEnum):
    """The MediaPipe Pose landmarks that Ownway uses, by their published index."""

    NOSE = 0
    LEFT_EAR = 7
    RIGHT_EAR = 8
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


# The ones that are asked for many times a frame, as names of their own: reaching a member through its Enum takes longer than
# what is done with it.
NOSE = Joint.NOSE
LEFT_SHOULDER = Joint.LEFT_SHOULDER
RIGHT_SHOULDER = Joint.RIGHT_SHOULDER
LEFT_WRIST = Joint.LEFT_WRIST
RIGHT_WRIST = Joint.RIGHT_WRIST
LEFT_HIP = Joint.LEFT_HIP
RIGHT_HIP = Joint.RIGHT_HIP
LEFT_KNEE = Joint.LEFT_KNEE
RIGHT_KNEE = Joint.RIGHT_KNEE
LEFT_ANKLE = Joint.LEFT_ANKLE
RIGHT_ANKLE = Joint.RIGHT_ANKLE

LANDMARK_COUNT = 33


class Picture(Enum):
    """What the camera delivered for this frame."""

    LIVE = "live"  # a fresh picture; points is None when nobody was found in it
    STUCK = "stuck"  # the camera is on but has delivered no new picture for a while
    NONE = "none"  # no camera in this session: only time passes


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of a session.

    Attributes
    ----------
    t_s : seconds since the session began, strictly increasing from frame to frame.
    points : the 33 landmarks, or None where nobody was found (or there is no picture).
    picture : whether the picture is live, stuck or absent.
    people : how many people a separate look at the picture found; None when not looked at.
    brightness : mean luma of the picture, 0 (black) to 1; None when not measured.
    """

    t_s: float
    points: tuple[Landmark, ...] | None
    picture: Picture = Picture.LIVE
    people: int | None = None
    brightness: float | None = None
