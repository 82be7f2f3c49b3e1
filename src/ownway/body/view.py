"""What of the person is in the picture, and from where they are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ownway.body.geometry import distance, middle
from ownway.body.landmarks import Joint
from ownway.body.posture import Posture, Side
from ownway.body.rotation import asymmetry, halves, on_pole

Group = Literal["head", "hands", "trunk", "legs", "feet"]
View = Literal["side", "front"]

# Shoulder width as a share of the trunk's length, standing: 0.55 to 0.76 from the front, 0.05 to 0.28 from the side. At
# 30 deg off the side it reads 0.36 and a bent knee is already read 10 deg straighter than it is.
SIDE_ON_BELOW = 0.36
SIDE_ON_SURE_BELOW = 0.2
FACING_ABOVE = 0.45
# Asymmetry of the pole's halves: 20 deg of turn at the usual distance. A camera off the axis stays within it, and somebody
# caught in the middle of a swing does not.
SQUARE_WITHIN = 0.095
# In the movement the person may wobble out of the side view a little before the angles are no longer the body's.
SIDE_ON_MOVING_BELOW = 0.5


def _head(p: Posture, _near: Side, _view: View) -> bool:
    return p.sees(Joint.NOSE) and p.inside(Joint.NOSE)


def _feet(p: Posture, near: Side, view: View) -> bool:
    joints = {
        "left": (Joint.LEFT_ANKLE, Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX),
        "right": (Joint.RIGHT_ANKLE, Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX),
    }
    return all(p.sees(*joints[side]) and p.inside(*joints[side]) for side in _sides(near, view))


def _hands(p: Posture, near: Side, view: View) -> bool:
    joints = {"left": Joint.LEFT_WRIST, "right": Joint.RIGHT_WRIST}
    return all(p.sees(joints[side]) and p.inside(joints[side]) for side in _sides(near, view))


def _trunk(p: Posture, near: Side, view: View) -> bool:
    return all(p.sees_side(side, "SHOULDER", "HIP") for side in _sides(near, view))


def _legs(p: Posture, near: Side, view: View) -> bool:
    return all(p.sees_side(side, "KNEE", "ANKLE") for side in _sides(near, view))


def _sides(near: Side, view: View) -> tuple[Side, ...]:
    """From the side only the near half of the body can be asked for."""
    return (near,) if view == "side" else ("left", "right")


_SEEN: dict[Group, Callable[[Posture, Side, View], bool]] = {
    "feet": _feet,
    "head": _head,
    "hands": _hands,
    "trunk": _trunk,
    "legs": _legs,
}
MISSING: dict[Group, str] = {
    "feet": "feet_missing",
    "head": "head_missing",
    "hands": "hands_missing",
    "trunk": "body_hidden",
    "legs": "body_hidden",
}


def missing_part(posture: Posture, groups: tuple[Group, ...], near: Side, view: View) -> str | None:
    """Return why the first missing one of ``groups`` hinders judging, or None where all are seen.

    Feet and head come first: when they are cut off, the person stands too near, and that explains the rest.
    """
    for group, seen in _SEEN.items():
        if group in groups and not seen(posture, near, view):
            return MISSING[group]
    return None


def wrong_stance(posture: Posture, view: View, pole: bool) -> str | None:
    """Return what keeps a *standing* person from being calibrated in this view, or None."""
    shoulders, ankles = posture.shoulders, middle(posture.xy[Joint.LEFT_ANKLE], posture.xy[Joint.RIGHT_ANKLE])
    if abs(shoulders[0] - ankles[0]) > abs(shoulders[1] - ankles[1]):
        return "lying_picture"
    left, right = posture.xy[Joint.LEFT_SHOULDER], posture.xy[Joint.RIGHT_SHOULDER]
    width = distance(left, right) / max(posture.trunk_px, 1.0)
    if view == "side":
        return None if width < SIDE_ON_BELOW else "not_side_on"
    if width < FACING_ABOVE or left[0] < right[0]:  # facing the camera, the person's left is on the picture's right
        return "not_facing"
    if not pole:
        return None
    if not pole_up(posture):
        return "pole_down"
    seen = halves(posture)
    return None if seen is None or abs(asymmetry(*seen)) < SQUARE_WITHIN else "not_facing"


def view_sure(view: View, shoulder_width: float) -> float:
    """Return how sure angles in this view are, 0..1: 1 up to 15 deg off the side, 0.5 at the limit of what is judged.

    Parameters
    ----------
    shoulder_width : of the standing person, as a share of the trunk's length.
    """
    if view == "front":
        return 1.0
    beyond = (shoulder_width - SIDE_ON_SURE_BELOW) / (SIDE_ON_BELOW - SIDE_ON_SURE_BELOW)
    return 1.0 - 0.5 * min(1.0, max(0.0, beyond))


def pole_up(posture: Posture) -> bool:
    """Return whether the wrists lie along a pole across the shoulders: at their height, and well apart."""
    # 1.1 trunks apart is wider than the shoulders (0.7) by a hand on either side: also a short grip counts.
    left, right = posture.xy[Joint.LEFT_WRIST], posture.xy[Joint.RIGHT_WRIST]
    return on_pole(posture) and left[0] - right[0] > 1.1 * posture.trunk_px


def turned_out_of_side_view(posture: Posture, standing_trunk_px: float) -> bool:
    """Return whether a moving person has turned so far that angles in the picture are no longer the body's."""
    width = distance(posture.xy[Joint.LEFT_SHOULDER], posture.xy[Joint.RIGHT_SHOULDER])
    return width > SIDE_ON_MOVING_BELOW * standing_trunk_px


def hand_above_head(posture: Posture) -> bool:
    """Return whether one hand is held up while the other hangs: a wish to pause. A pole across the shoulders is none."""
    shoulders, hips, trunk = posture.shoulders, posture.hips, posture.trunk_px
    upright = hips[1] - shoulders[1] > 0.8 * trunk
    if not upright or not posture.sees(Joint.NOSE):
        return False
    nose = posture.xy[Joint.NOSE][1]
    left, right = posture.xy[Joint.LEFT_WRIST][1], posture.xy[Joint.RIGHT_WRIST][1]
    up = nose - 0.2 * trunk
    down = shoulders[1] + 0.4 * trunk
    if left < up and right > down:
        return posture.sees(Joint.LEFT_WRIST)
    return right < up and left > down and posture.sees(Joint.RIGHT_WRIST)
