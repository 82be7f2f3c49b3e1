"""One person in one frame, in pixels and with left and right as the person's own."""

from __future__ import annotations

from typing import Literal

from ownway.body.geometry import Point, distance, middle
from ownway.body.landmarks import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, Joint, Landmark

Side = Literal["left", "right"]

_LEG_AND_TRUNK = ("SHOULDER", "HIP", "KNEE", "ANKLE")
_SWAP = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, 33))]
_BY_SIDE: dict[Side, dict[str, Joint]] = {
    side: {joint.name.split("_", 1)[1]: joint for joint in Joint if joint.name.startswith(side.upper())}
    for side in ("left", "right")
}
# How far outside the picture (as a share of it) a landmark may be guessed and still count as inside.
_EDGE = 0.02


class Posture:
    """The landmarks of one frame, made ready for measuring.

    Parameters
    ----------
    points : the 33 landmarks as fractions of the picture.
    width_px, height_px : size of the picture; without the aspect ratio every angle would be wrong.
    mirrored : the picture was flipped before the model saw it; undone here, so that left is the person's own.
    sure_from : landmarks with less visibility count as not seen; landmarks without a visibility count as seen.
    """

    __slots__ = ("_points", "_size", "_sure", "hips", "mirrored", "shoulders", "trunk_px", "visibility", "xy")

    def __init__(
        self, points: tuple[Landmark, ...], width_px: int, height_px: int, mirrored: bool, sure_from: float
    ) -> None:
        if mirrored:
            points = tuple((1.0 - p[0], *p[1:]) for p in (points[i] for i in _SWAP))
        self._points = points
        self.mirrored = mirrored
        self._size = (width_px, height_px)
        self._sure = sure_from
        self.visibility = [
            1.0 if v is None else v for _, _, _, v in points
        ]  # by joint; 1 where the source does not say
        self.xy: list[Point] = [(x * width_px, y * height_px) for x, y, _, _ in points]
        left, right = self.xy[LEFT_SHOULDER], self.xy[RIGHT_SHOULDER]
        left_hip, right_hip = self.xy[LEFT_HIP], self.xy[RIGHT_HIP]
        self.shoulders = middle(left, right)  # the middle between them
        self.hips = middle(left_hip, right_hip)
        self.trunk_px = 0.5 * (distance(left, left_hip) + distance(right, right_hip))  # shoulder to hip, of both sides

    @property
    def longer_px(self) -> int:
        """The longer side of the picture."""
        return max(self._size)

    def at(self, name: str, side: Side) -> Point:
        """Return a joint of one side by its name, e.g. ``at("KNEE", "left")``, in pixels."""
        return self.xy[_BY_SIDE[side][name]]

    def sees(self, *joints: Joint) -> bool:
        """Return whether the model is sure of all of these joints."""
        seen, sure = self.visibility, self._sure
        for joint in joints:  # noqa: SIM110 - no generator: this is asked many times a frame
            if seen[joint] < sure:
                return False
        return True

    def sees_side(self, side: Side, *names: str) -> bool:
        """Return whether the model is sure of all of these joints of one side."""
        seen, sure, joints = self.visibility, self._sure, _BY_SIDE[side]
        for name in names:  # noqa: SIM110 - as above
            if seen[joints[name]] < sure:
                return False
        return True

    def inside(self, *joints: Joint) -> bool:
        """Return whether all of these joints lie within the picture."""
        low, high, points = -_EDGE, 1.0 + _EDGE, self._points
        for joint in joints:
            x, y, _, _ = points[joint]
            if not (low <= x <= high and low <= y <= high):
                return False
        return True

    def depth(self, joint: Joint) -> float | None:
        """Return the model's depth guess in pixels, smaller is nearer; None where the source has none."""
        z = self._points[joint][2]
        return None if z is None else z * self._size[0]

    def swapped(self) -> Posture:
        """Return the same person with left and right exchanged: seen from the side, the model confuses them at times."""
        other = object.__new__(Posture)
        other._points = tuple(self._points[i] for i in _SWAP)
        other._size, other._sure = self._size, self._sure
        other.visibility = [self.visibility[i] for i in _SWAP]
        other.xy = [self.xy[i] for i in _SWAP]
        other.mirrored = self.mirrored
        other.shoulders, other.hips, other.trunk_px = self.shoulders, self.hips, self.trunk_px
        return other

    def with_near(self, near: Side) -> Posture:
        """Return the posture whose ``near`` side is the one that is seen, exchanging left and right where it must."""
        far: Side = "right" if near == "left" else "left"
        if self.sees_side(near, *_LEG_AND_TRUNK) or not self.sees_side(far, *_LEG_AND_TRUNK):
            return self
        return self.swapped()

    def near_side(self) -> Side:
        """Return the side that is nearer to the camera: the one the model is surer of, or failing that the less deep."""
        sure = 0.0
        deep = 0.0
        for name in _LEG_AND_TRUNK:
            left, right = _BY_SIDE["left"][name], _BY_SIDE["right"][name]
            sure += self.visibility[left] - self.visibility[right]
            deep += (self.depth(left) or 0.0) - (self.depth(right) or 0.0)
        if abs(sure) > 0.4:  # the far leg reads 0.1 to 0.5, the near one 0.9: four joints add up
            return "left" if sure > 0 else "right"
        return "left" if deep < 0 else "right"
