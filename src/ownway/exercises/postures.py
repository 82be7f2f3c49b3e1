"""The vocabulary of key postures: a few angles, each named as its measure, and what the arms do.

Zero is standing, and signs are those of the measures: forwards, and to the own left, are positive. How far each may go is
chosen by us, within what bodies do and a drawing can show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ownway.body.measures import MEASURES
from ownway.body.view import View

Arms = Literal["plumb", "forward", "hips", "crossed", "overhead", "reaching", "pole", "pole_along"]

ARMS: Mapping[Arms, str] = {
    "plumb": "they hang",
    "forward": "level, ahead",
    "hips": "hands on the hips, or on the small of the back",
    "crossed": "crossed before the chest",
    "overhead": "up past the ears",
    "reaching": "towards the toes, or down the sides of the legs",
    "pole": "on a pole across the shoulders",
    "pole_along": "on a pole along the spine",
}


@dataclass(frozen=True, slots=True)
class Angle:
    """A row: the least and the most of it, and what it says. Its unit and view are those of the measure of its name."""

    least: float
    most: float
    about: str


ANGLES: Mapping[str, Angle] = {
    "trunk_flexion_deg": Angle(0, 150, "The trunk forwards, from hip to shoulder: 90 is level."),
    "trunk_extension_deg": Angle(0, 60, "The trunk backwards; in place of the one above."),
    "knee_flexion_deg": Angle(0, 140, "Both knees bent: 0 is straight, 90 a seat."),
    "neck_flexion_deg": Angle(-50, 60, "The head against the trunk: chin to chest; negative looks up."),
    "heel_lift_cm": Angle(0, 7.5, "By how much the ankles rise with the heels, of somebody 170 cm tall."),
    "side_bend_deg": Angle(-60, 60, "The trunk to the own left; negative to the right."),
    "rotation_deg": Angle(-90, 90, "The shoulders turned to the own left; negative to the right."),
    "knee_lift_deg": Angle(-120, 120, "The left thigh lifted: 90 is level; negative is the right one."),
}

_TAKES_S = (0.2, 60.0)

# What keys of a posture mean, and between what their numbers lie: for ``fields``.
ABOUT: Mapping[str, str] = {
    **{name: row.about for name, row in ANGLES.items()},
    "arms": "What the arms do: " + "; ".join(f"{word}: {about}" for word, about in ARMS.items()) + ".",
    "seat": "Whether it is on a chair, which is drawn along.",
    "takes_s": "Seconds to come there from the picture before it.",
}
BOUNDS: Mapping[str, tuple[float, float]] = {
    **{name: (row.least, row.most) for name, row in ANGLES.items()},
    "takes_s": _TAKES_S,
}


def shown_from(angle: str) -> View | None:
    """Return from where an angle can be seen, and so drawn."""
    return MEASURES[angle].view


# Measures whose own row is another, and what of it they are.
_SAYS_AS: Mapping[str, tuple[str, float]] = {
    "side_bend_size_deg": ("side_bend_deg", 1.0),
    "lean_deg": ("side_bend_deg", 1.0),
    "rotation_size_deg": ("rotation_deg", 1.0),
    "shoulder_turn_deg": ("rotation_deg", 1.0),
    "hip_drop_cm": ("knee_flexion_deg", 4.0),  # at 20 cm, of somebody 170 cm tall: 81 deg
}


def angle_of(measure: str, value: float) -> tuple[str, float] | None:
    """Return the angle by which a posture shows a measure, and how much of it, within its bounds; None where none does."""
    name, each = _SAYS_AS.get(measure, (measure, 1.0))
    row = ANGLES.get(name)
    return None if row is None else (name, min(row.most, max(row.least, value * each)))
