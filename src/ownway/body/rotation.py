"""How far the shoulders are turned, from the wrists on the pole, seen from the front.

A wrist at distance L from the spine, turned by theta, stands at depth D -+ L sin(theta) and L cos(theta) to the side. In
the picture the half of the pole that comes nearer looks longer. With the halves h_r (the person's right) and h_l, both
measured from the middle of the shoulders:

    a = (h_r - h_l) / (h_r + h_l) = sin(theta) L / D        asymmetry; positive when turned to the person's own left
    s = h_r + h_l = 2 f L cos(theta) / (D (1 - a^2))        span, a little stretched by perspective

So cos(theta) = (s / s0) (1 - a^2) with the span s0 at theta = 0, and sin(theta) = k a with k = D / L. The cosine is exact
for large angles and soft for small ones, the sine the other way round once k is known; k is learnt from the large angles of
the same person. Spans are shares of the trunk's length, so that stepping nearer changes nothing.

A camera off the axis sees the square stance turned by delta already: sin(delta) = k a0. It is taken off again.
"""

from __future__ import annotations

from ownway.body.geometry import arccos_deg, arcsin_deg, distance, sin_of
from ownway.body.landmarks import Joint
from ownway.body.posture import Posture
from ownway.body.smoothing import Smooth

# Distance of the camera over half the arm span before it is learnt: 2.9 m and a 0.8 m half span.
FIRST_DISTANCE_RATIO = 3.6
# The cosine is soft below the first angle (1 % of span noise is 7 deg at 8 deg) and firm above the second.
_SINE_UNTIL_DEG, _COSINE_FROM_DEG = 8.0, 20.0
_LEARN_FROM_DEG = 25.0
# The distance to the camera changes slowly: the trunk's length, taken over this time, brings no noise of its own.
_TRUNK_TAU_S = 1.0


def halves(posture: Posture) -> tuple[float, float] | None:
    """Return the pole's halves (person's right, person's left) in pixels; None where a wrist is not seen.

    They are measured square to the trunk, so that a side bend, which tilts the pole with it, does not shorten them.
    """
    if not posture.sees(Joint.LEFT_WRIST, Joint.RIGHT_WRIST):
        return None
    (x, y), (hip_x, hip_y) = posture.shoulders, posture.hips
    length = max(distance((x, y), (hip_x, hip_y)), 1.0)
    across = (hip_y - y) / length, (x - hip_x) / length
    (right_x, right_y), (left_x, left_y) = posture.xy[Joint.RIGHT_WRIST], posture.xy[Joint.LEFT_WRIST]
    right = (x - right_x) * across[0] + (y - right_y) * across[1]
    return right, (left_x - x) * across[0] + (left_y - y) * across[1]


def asymmetry(right: float, left: float) -> float:
    """Return (right - left) / (right + left), 0 where there is no span."""
    span = right + left
    return (right - left) / span if span > 1e-6 else 0.0


class RotationReader:
    """Reads the rotation from frame to frame, learning the distance ratio on the way.

    Parameters
    ----------
    span : span of the wrists in the square stance, in trunk lengths, as seen.
    asymmetry_at_rest : the asymmetry of the square stance.
    shoulder_width : shoulder width in the square stance, in trunk lengths; used where a wrist is hidden.
    """

    def __init__(self, span: float, asymmetry_at_rest: float, shoulder_width: float) -> None:
        self._span = span
        self._rest = asymmetry_at_rest
        self._shoulder_width = shoulder_width
        self._ratio = FIRST_DISTANCE_RATIO
        self._trunk = Smooth(_TRUNK_TAU_S)

    def step(self, t_s: float, posture: Posture) -> float | None:
        """Return the rotation in degrees, positive towards the person's own left; None where it cannot be read."""
        trunk_px = max(self._trunk.step(t_s, posture.trunk_px) or 1.0, 1.0)
        seen = halves(posture)
        if seen is None or sum(seen) <= 0.0:
            return self._from_shoulders(posture, trunk_px)
        a = asymmetry(*seen)
        off_axis = arcsin_deg(self._ratio * self._rest)
        square_on = self._span * (1.0 - self._rest**2) / max(sin_of(90.0 - abs(off_axis)), 0.5)
        size = arccos_deg(sum(seen) / trunk_px / square_on * (1.0 - a * a))
        if size > _LEARN_FROM_DEG and abs(a) > 0.03:
            ratio = min(8.0, max(2.0, sin_of(size) / abs(a)))
            self._ratio += 0.02 * (ratio - self._ratio)
        sine = abs(arcsin_deg(self._ratio * a))
        weight = min(1.0, max(0.0, (size - _SINE_UNTIL_DEG) / (_COSINE_FROM_DEG - _SINE_UNTIL_DEG)))
        angle = weight * size + (1.0 - weight) * min(sine, _COSINE_FROM_DEG)
        return (angle if a > 0 else -angle) - off_axis

    def _from_shoulders(self, posture: Posture, trunk_px: float) -> float | None:
        """Size from the shoulders' width, sign from their depth: coarser, and None where there is no depth."""
        left, right = posture.depth(Joint.LEFT_SHOULDER), posture.depth(Joint.RIGHT_SHOULDER)
        if left is None or right is None or not posture.sees(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER):
            return None
        xy = posture.xy
        width = (xy[Joint.LEFT_SHOULDER][0] - xy[Joint.RIGHT_SHOULDER][0]) / trunk_px
        size = arccos_deg(width / self._shoulder_width)
        return size if left > right else -size
