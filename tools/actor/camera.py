"""Cameras: where they stand, and where a point in the room is in their picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from ownway.errors import OwnwayError
from tools.actor.rotation import Array, unit

View = Literal["front", "side_left", "side_right"]

# Round the person: 0 in front, 90 at the own left; and which way "off" goes: towards the own left, or towards the front.
_ROUND_DEG: Mapping[View, float] = {"front": 0.0, "side_left": 90.0, "side_right": -90.0}
_OFF_SIGN: Mapping[View, float] = {"front": 1.0, "side_left": -1.0, "side_right": 1.0}
_OFF_TOLD: Mapping[bool, str] = {
    True: "camera moved towards the person's own left",
    False: "camera moved towards the person's front",
}
_NEAR_M, _FAR_M = 0.1, 30.0


class CameraError(OwnwayError):
    """What was said about a camera cannot be read."""

    def __init__(self, told: str) -> None:
        super().__init__(
            f"camera {told!r}: expected VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG, as in side_right,1.0,2.9,0; "
            f"a view is one of {', '.join(get_args(View))}, a distance more than 0.5"
        )


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that looks at a person who stands at the middle of the room and looks to -y.

    Attributes
    ----------
    off_deg : how far it is off its view, about the person; positive to the own left of a person seen from the front, and
        towards the front of one seen from the side.
    aim_m : height of the point over the person's place that it looks at.
    roll_deg : about its own axis; 90 makes a picture that lies on its side.
    width_deg : angle of view across the picture.
    """

    view: View
    height_m: float
    distance_m: float
    off_deg: float = 0.0
    aim_m: float = 0.86
    roll_deg: float = 0.0
    width_deg: float = 60.0
    width_px: int = 640
    height_px: int = 480

    @property
    def round_deg(self) -> float:
        """Where round the person it stands: 0 in front, 90 at the own left."""
        return _ROUND_DEG[self.view] + _OFF_SIGN[self.view] * self.off_deg

    @property
    def pitch_deg(self) -> float:
        """How far it looks up."""
        return float(np.degrees(np.arctan2(self.aim_m - self.height_m, self.distance_m)))

    @property
    def eye(self) -> Array:
        """Where it is (3,)."""
        a = np.radians(self.round_deg)
        return np.array([self.distance_m * np.sin(a), -self.distance_m * np.cos(a), self.height_m])

    @property
    def room(self) -> Array:
        """The room as it sees it, a matrix of columns (3, 3): to the right, away from it, up."""
        a = np.radians(self.round_deg)
        right, away = np.array([np.cos(a), np.sin(a), 0]), np.array([-np.sin(a), np.cos(a), 0])
        return np.stack([right, away, [0, 0, 1.0]], 1)

    def projection(self) -> Array:
        """Return the matrix (4, 4) from places in the room to clip space, as OpenGL has it."""
        forward = unit(np.array([0, 0, self.aim_m]) - self.eye)
        right = unit(np.cross(forward, [0, 0, 1.0]))
        up = np.cross(right, forward)
        r = np.radians(self.roll_deg)
        right, up = right * np.cos(r) + up * np.sin(r), up * np.cos(r) - right * np.sin(r)
        view = np.eye(4)
        view[:3, :3] = np.stack([right, up, -forward])
        view[:3, 3] = -view[:3, :3] @ self.eye
        f = 1 / np.tan(np.radians(self.width_deg) / 2)
        depth, shift = (_FAR_M + _NEAR_M) / (_NEAR_M - _FAR_M), 2 * _FAR_M * _NEAR_M / (_NEAR_M - _FAR_M)
        aspect = self.width_px / self.height_px
        lens = np.array([[f, 0, 0, 0], [0, f * aspect, 0, 0], [0, 0, depth, shift], [0, 0, -1, 0]])
        return np.asarray(lens @ view)

    def pixels(self, points: Array) -> Array:
        """Return where points (..., 3) in front of the camera are in the picture (..., 2), px from the top left."""
        clip = np.concatenate([points, np.ones((*points.shape[:-1], 1))], -1) @ self.projection().T
        flat = clip[..., :2] / clip[..., 3:]
        return np.asarray((flat * [0.5, -0.5] + 0.5) * [self.width_px, self.height_px])

    def told(self) -> dict[str, object]:
        """Return what a clip's JSON says about it."""
        return {
            "view": self.view,
            "height_m": self.height_m,
            "distance_m": self.distance_m,
            "yaw_off_deg": self.off_deg,
            "hfov_deg": self.width_deg,
            "pitch_deg": round(self.pitch_deg, 1),
            "roll_deg": self.roll_deg,
            "yaw_off_positive": _OFF_TOLD[self.view == "front"],
        }


def parse_camera(told: str) -> Camera:
    """Return the camera of ``VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG``; CameraError where that is not what it says."""
    views: Mapping[str, View] = {view: view for view in get_args(View)}
    match told.split(","):
        case [view, *numbers] if view in views and len(numbers) == 3:
            try:
                height_m, distance_m, off_deg = map(float, numbers)
            except ValueError:
                raise CameraError(told) from None
            if np.isfinite([height_m, off_deg]).all() and 0.5 < distance_m < _FAR_M:
                return Camera(views[view], height_m, distance_m, off_deg)
    raise CameraError(told)
