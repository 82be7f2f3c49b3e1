"""How far the shoulders are turned, seen from the front: from the wrists on the pole, or coarser from the shoulders.

A wrist at distance L from the spine, turned by theta, stands at depth D -+ L sin(theta) and L cos(theta) to the side. In
the picture the half of the pole that comes nearer looks longer. With the halves h_r (the person's right) and h_l, both
measured from the middle of the shoulders:

    a = (h_r - h_l) / (h_r + h_l) = sin(theta) L / D + b    asymmetry; grows when turned to the person's own left
    s = h_r + h_l = S cos(theta) / (1 - (a - b)^2)          span, a little stretched by perspective

The cosine is exact for large angles and soft for small ones, the sine the other way round once its slope L / D is known: that is learnt
from the larger angles of the same person, where the cosine tells them. The offset b is the model's.

A camera off the axis sees the square stance turned by delta: a_0 = sin(delta) L / D + b. It is taken off again.

Without a pole the width of the shoulders tells the size, to some 10 deg, and their depth the side.
"""

from __future__ import annotations

from dataclasses import dataclass

from ownway.body.geometry import arccos_deg, arcsin_deg, distance, middle, sin_of
from ownway.body.landmarks import LEFT_ANKLE, LEFT_SHOULDER, LEFT_WRIST, RIGHT_ANKLE, RIGHT_SHOULDER, RIGHT_WRIST
from ownway.body.posture import Posture
from ownway.body.smoothing import Kalman, Smooth

# Half the arm span over the distance of the camera before it is learnt: 0.75 m and 2.9 m.
_FIRST_SLOPE = 0.26
# The cosine is soft below the first angle (1 % of span noise is 7 deg at 8 deg) and firm above the second.
_SINE_UNTIL_DEG, _COSINE_FROM_DEG = 8.0, 20.0
# Between these the cosine is firm and the slope still that of small angles, where it is needed; further round it grows.
_LEARN_FROM_DEG, _LEARN_UNTIL_DEG = 20.0, 40.0
# The model sees the half on the picture's left 1 % longer than it is: 0.006 to 0.014 of asymmetry in six bodies on the axis.
_MODEL_OFFSET = 0.009
# The slope is likely within 0.06 of the first guess; one frame's asymmetry scatters by 0.03, and neighbours err alike.
_SLOPE_SD, _FRAME_SD = 0.06, 0.06
# The distance to the camera changes slowly.
_SCALE_TAU_S = 2.0
# The shoulders look wider than they are turned: 30 deg are read as 25, 70 as 56.
_SHOULDERS_GAIN = 1.25
_GAIN_STEP = 0.05
# Their width is 60 px or so, and a pixel of it 10 deg of a small turn: it is followed more slowly than an angle.
_SHOULDERS_QUICKNESS = 1e3
# So much wider than in the square stance they look where that was 18 deg off, or more.
_WIDER = 1.05
_SHOULDERS = (LEFT_SHOULDER, RIGHT_SHOULDER)
# How sure degrees from the shoulders are, beside 1 for the pole: they err three times as much.
SHOULDERS_SURE = 0.6


def scale_px(posture: Posture) -> float | None:
    """Return shoulders to ankles in pixels, which tells the distance; None where the ankles are not seen.

    Turning leaves it within 1 %; the trunk alone looks up to 6 % longer, for the model lets the hips sink.
    """
    if not posture.sees(LEFT_ANKLE, RIGHT_ANKLE):
        return None
    ankles = middle(posture.xy[LEFT_ANKLE], posture.xy[RIGHT_ANKLE])
    return distance(posture.shoulders, ankles)


def halves(posture: Posture) -> tuple[float, float] | None:
    """Return the pole's halves (person's right, person's left) in pixels; None where a wrist is not seen.

    They are measured square to the trunk, so that a side bend, which tilts the pole with it, does not shorten them.
    """
    if not posture.sees(LEFT_WRIST, RIGHT_WRIST):
        return None
    (x, y), (hip_x, hip_y) = posture.shoulders, posture.hips
    length = max(distance((x, y), (hip_x, hip_y)), 1.0)
    across = (hip_y - y) / length, (x - hip_x) / length
    (right_x, right_y), (left_x, left_y) = posture.xy[RIGHT_WRIST], posture.xy[LEFT_WRIST]
    right = (x - right_x) * across[0] + (y - right_y) * across[1]
    return right, (left_x - x) * across[0] + (left_y - y) * across[1]


def asymmetry(right: float, left: float) -> float:
    """Return (right - left) / (right + left), 0 where there is no span."""
    span = right + left
    return (right - left) / span if span > 1e-6 else 0.0


def shoulder_width_px(posture: Posture) -> float:
    """Return the distance of the shoulders, negative where the person's left one is on the picture's left."""
    left, right = posture.xy[LEFT_SHOULDER], posture.xy[RIGHT_SHOULDER]
    return distance(left, right) if left[0] >= right[0] else -distance(left, right)


def shoulder_depth_px(posture: Posture) -> float | None:
    """Return how much deeper the left shoulder is than the right, in pixels; None where the source has no depth."""
    left, right = posture.depth(LEFT_SHOULDER), posture.depth(RIGHT_SHOULDER)
    return None if left is None or right is None else left - right


@dataclass(frozen=True, slots=True)
class SquareStance:
    """A person standing square before the camera, in pixels.

    Attributes
    ----------
    scale_px : shoulders to ankles. span_px : wrist to wrist on the pole, None without one.
    asymmetry : of the pole's halves. shoulder_depth_px : left deeper than right, None where the source has no depth.
    mirrored : the model saw the flipped picture, and errs to the other side.
    """

    scale_px: float
    span_px: float | None
    asymmetry: float
    shoulder_width_px: float
    shoulder_depth_px: float | None
    mirrored: bool = False


class _Slope:
    """What is known of L / D: a least-squares line through the frames whose angle is known, from a first guess."""

    def __init__(self) -> None:
        self.value = _FIRST_SLOPE
        self._weight = (_FRAME_SD / _SLOPE_SD) ** 2

    def learn(self, sine: float, seen: float) -> None:
        """Take the asymmetry ``seen`` at an angle of this sine."""
        self._weight += sine * sine
        self.value += sine * (seen - self.value * sine) / self._weight
        self.value = min(0.45, max(0.15, self.value))


class RotationReader:
    """Reads the rotation from frame to frame, learning the person's distance and grip on the way.

    Parameters
    ----------
    rest : the person standing square; all sizes in pixels.
    """

    def __init__(self, rest: SquareStance) -> None:
        self._rest = rest
        self._offset = -_MODEL_OFFSET if rest.mirrored else _MODEL_OFFSET
        self._slope = _Slope()
        self._nearer = Smooth(_SCALE_TAU_S)
        self._scale = 1.0
        self._shoulders_gain = _SHOULDERS_GAIN
        self._square_px, self._square_depth_px = rest.shoulder_width_px, rest.shoulder_depth_px
        self._width, self._depth = Kalman(_SHOULDERS_QUICKNESS), Kalman(_SHOULDERS_QUICKNESS)
        self.sure = 1.0  # how sure the degrees of the last frame are, 0..1

    def step(self, t_s: float, posture: Posture) -> float | None:
        """Return the rotation in degrees, positive towards the person's own left; None where it cannot be read."""
        size_px = scale_px(posture)
        if size_px is not None:
            self._scale = self._nearer.step(t_s, size_px / self._rest.scale_px) or 1.0
        seen = None if self._rest.span_px is None or not on_pole(posture) else halves(posture)
        if seen is None or self._rest.span_px is None or sum(seen) <= 0.0:
            self.sure = SHOULDERS_SURE
            return self._from_shoulders(t_s, posture)
        self.sure = 1.0
        angle = self._from_pole(asymmetry(*seen), sum(seen) / self._scale, self._rest.span_px)
        if abs(angle) > _LEARN_FROM_DEG:
            self._compare(t_s, posture, abs(angle))
        return angle

    def _compare(self, t_s: float, posture: Posture, size: float) -> None:
        """Learn how much less the shoulders of this person show than the pole: they may be all that is left a moment later."""
        width_px = self._width_px(t_s, posture)
        shown = 0.0 if width_px is None else arccos_deg(width_px / self._square_px)
        if shown > _SINE_UNTIL_DEG:
            self._shoulders_gain += _GAIN_STEP * (min(1.6, max(1.0, size / shown)) - self._shoulders_gain)

    def _from_pole(self, a: float, span_px: float, rest_px: float) -> float:
        at_rest = self._rest.asymmetry - self._offset
        off_axis = arcsin_deg(at_rest / self._slope.value)
        turned = a - self._offset
        facing_px = rest_px * (1.0 - at_rest**2) / max(sin_of(90.0 - abs(off_axis)), 0.5)
        size = min(90.0, arccos_deg(span_px / facing_px * (1.0 - turned * turned)))
        if _LEARN_FROM_DEG < size < _LEARN_UNTIL_DEG and abs(turned) > 0.03:
            self._slope.learn(sin_of(size), abs(turned))
        sine = abs(arcsin_deg(turned / self._slope.value))
        weight = min(1.0, max(0.0, (size - _SINE_UNTIL_DEG) / (_COSINE_FROM_DEG - _SINE_UNTIL_DEG)))
        angle = weight * size + (1.0 - weight) * min(sine, _COSINE_FROM_DEG)
        return (angle if turned > 0 else -angle) - off_axis

    def _from_shoulders(self, t_s: float, posture: Posture) -> float | None:
        """Size from the shoulders' width, side from their depth; None where they are not seen, or there is no depth.

        Arms that are raised narrow the shoulders without any turn, so no more is believed than the depth bears out; it errs
        to the large side. Shoulders that look wider than in the square stance show that it was not square: somebody was
        measured at the end of a swing. Where they look widest is straight ahead.
        """
        width_px = self._width_px(t_s, posture)
        depth_px = self._depth.step(t_s, None if width_px is None else shoulder_depth_px(posture))
        if width_px is None or depth_px is None or self._square_depth_px is None:
            return None
        depth_px /= self._scale
        if width_px > _WIDER * self._square_px:
            self._square_px, self._square_depth_px = width_px, depth_px
        shown = arccos_deg(width_px / self._square_px)
        deeper = depth_px - self._square_depth_px
        borne_out = arcsin_deg(abs(deeper) / self._square_px)
        size = min(self._shoulders_gain * shown, borne_out)
        return size if deeper > 0 else -size

    def _width_px(self, t_s: float, posture: Posture) -> float | None:
        seen = shoulder_width_px(posture) / self._scale if posture.sees(*_SHOULDERS) else None
        return self._width.step(t_s, seen)


def on_pole(posture: Posture) -> bool:
    """Return whether both wrists are level with the shoulders, seen along the trunk, where a pole across them holds them."""
    if not posture.sees(LEFT_WRIST, RIGHT_WRIST):
        return False
    (x, y), (hip_x, hip_y) = posture.shoulders, posture.hips
    most = 0.5 * posture.trunk_px * max(distance((x, y), (hip_x, hip_y)), 1.0)
    wrists = posture.xy[LEFT_WRIST], posture.xy[RIGHT_WRIST]
    return all(abs((at[0] - x) * (hip_x - x) + (at[1] - y) * (hip_y - y)) < most for at in wrists)
