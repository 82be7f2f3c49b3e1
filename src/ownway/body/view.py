"""What of the person is in the picture, and from where they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from ownway.body.geometry import distance, middle
from ownway.body.landmarks import (
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    Joint,
)
from ownway.body.posture import Posture, Side
from ownway.body.rotation import asymmetry, halves, on_pole

Group = Literal["head", "hands", "trunk", "legs", "feet"]
View = Literal["side", "front"]

# Breadth, the width of shoulders and hips together as a share of the trunk's length, standing: 1.0 from the front, 0.01 to
# 0.14 from the side, up to 0.30 with the camera 15 deg off it and 0.5 at 30 deg, where a bent knee is read 10 deg straighter.
SIDE_ON_BELOW = 0.4
SIDE_ON_SURE_BELOW = 0.3
# Shoulder width as a share of the trunk's length: 0.55 to 0.76 from the front.
FACING_ABOVE = 0.45
# Asymmetry of the pole's halves: 20 deg of turn at the usual distance. A camera off the axis stays within it, and somebody
# caught in the middle of a swing does not.
SQUARE_WITHIN = 0.095
# In the movement the person may wobble out of the side view a little before the angles are no longer the body's.
SIDE_ON_MOVING_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the body: its joints (of one side, but for the nose), and whether they must lie inside the picture."""

    group: Group
    joints: tuple[str, ...]
    inside: bool
    reason: str


# Feet and head come first: when they are cut off, the person stands too near, and that explains the rest.
_PARTS = (
    _Part("feet", ("ANKLE", "HEEL", "FOOT_INDEX"), inside=True, reason="feet_missing"),
    _Part("head", (), inside=True, reason="head_missing"),
    _Part("hands", ("WRIST",), inside=True, reason="hands_missing"),
    _Part("trunk", ("SHOULDER", "HIP"), inside=False, reason="body_hidden"),
    _Part("legs", ("KNEE", "ANKLE"), inside=False, reason="body_hidden"),
)


@cache
def _wanted(groups: tuple[Group, ...], near: Side, view: View) -> tuple[tuple[tuple[Joint, ...], bool, str], ...]:
    """Return joints, whether inside the picture, and reason, part by part. From the side only the near half can be asked for."""
    sides: tuple[Side, ...] = (near,) if view == "side" else ("left", "right")
    return tuple(
        (
            tuple(Joint[f"{side.upper()}_{name}"] for side in sides for name in part.joints) or (NOSE,),
            part.inside,
            part.reason,
        )
        for part in _PARTS
        if part.group in groups
    )


def missing_part(posture: Posture, groups: tuple[Group, ...], near: Side, view: View) -> str | None:
    """Return why the first missing one of ``groups`` hinders judging, or None where all are seen."""
    for joints, inside, reason in _wanted(groups, near, view):
        if not posture.sees(*joints) or (inside and not posture.inside(*joints)):
            return reason
    return None


def wrong_stance(posture: Posture, view: View, pole: bool) -> str | None:
    """Return what keeps a *standing* person from being calibrated in this view, or None."""
    shoulders, ankles = posture.shoulders, middle(posture.xy[LEFT_ANKLE], posture.xy[RIGHT_ANKLE])
    if abs(shoulders[0] - ankles[0]) > abs(shoulders[1] - ankles[1]):
        return "lying_picture"
    if view == "side":
        return None if breadth(posture) < SIDE_ON_BELOW else "not_side_on"
    left, right = posture.xy[LEFT_SHOULDER], posture.xy[RIGHT_SHOULDER]
    width = distance(left, right) / max(posture.trunk_px, 1.0)
    if width < FACING_ABOVE or left[0] < right[0]:  # facing the camera, the person's left is on the picture's right
        return "not_facing"
    if not pole:
        return None
    if not pole_up(posture):
        return "pole_down"
    seen = halves(posture)
    return None if seen is None or abs(asymmetry(*seen)) < SQUARE_WITHIN else "not_facing"


def breadth(posture: Posture) -> float:
    """Return how broad shoulders and hips together look, as a share of the trunk's length: it tells the turn off the side."""
    xy = posture.xy
    shoulders = distance(xy[LEFT_SHOULDER], xy[RIGHT_SHOULDER])
    return (shoulders + distance(xy[LEFT_HIP], xy[RIGHT_HIP])) / max(posture.trunk_px, 1.0)


def view_sure(view: View, standing_breadth: float) -> float:
    """Return how sure angles in this view are, 0..1: 1 up to 15 deg off the side, 0.5 at the limit of what is judged."""
    if view == "front":
        return 1.0
    beyond = (standing_breadth - SIDE_ON_SURE_BELOW) / (SIDE_ON_BELOW - SIDE_ON_SURE_BELOW)
    return 1.0 - 0.5 * min(1.0, max(0.0, beyond))


def pole_up(posture: Posture) -> bool:
    """Return whether the wrists lie along a pole across the shoulders: at their height, and well apart."""
    # 1.1 trunks apart is wider than the shoulders (0.7) by a hand on either side: also a short grip counts.
    left, right = posture.xy[LEFT_WRIST], posture.xy[RIGHT_WRIST]
    return on_pole(posture) and left[0] - right[0] > 1.1 * posture.trunk_px


def turned_out_of_side_view(posture: Posture, standing_trunk_px: float) -> bool:
    """Return whether a moving person has turned so far that angles in the picture are no longer the body's."""
    width = distance(posture.xy[LEFT_SHOULDER], posture.xy[RIGHT_SHOULDER])
    return width > SIDE_ON_MOVING_BELOW * standing_trunk_px


def hand_above_head(posture: Posture) -> bool:
    """Return whether one hand is held up while the other hangs: a wish to pause. A pole across the shoulders is none."""
    nose = posture.xy[NOSE][1]
    left, right = posture.xy[LEFT_WRIST][1], posture.xy[RIGHT_WRIST][1]
    if left > nose and right > nose:
        return False
    shoulders, hips, trunk = posture.shoulders, posture.hips, posture.trunk_px
    upright = hips[1] - shoulders[1] > 0.8 * trunk
    if not upright or not posture.sees(NOSE):
        return False
    up = nose - 0.2 * trunk
    down = shoulders[1] + 0.4 * trunk
    if left < up and right > down:
        return posture.sees(LEFT_WRIST)
    return right < up and left > down and posture.sees(RIGHT_WRIST)
