"""How far the numbers may be off: the one place from which a report says it.

Mean and worst of the mean absolute errors over the rendered clips, as ``make bench ARGS=accuracy`` prints them, to half a unit and
rounded up. Two numbers the bench does not print: the deepest bend, which is a hold's ``peak_trunk_flexion_deg`` against the clip's, and
the time of swinging against that from leaving straight ahead to the last return, in the clips without a fault.
People, clothes and rooms differ from those, so that it may be more (``docs/MEASURES.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ownway.errors import later
from ownway.exercises.schema import Counts


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a number is, and how far off it was, in ``unit``: in the mean over all films, and in the worst of them."""

    name: str
    meaning: str
    mean: float
    worst: float
    unit: str
    caveat: str = ""


HELD = (
    Certainty(
        later("Bend of the trunk"),
        later("The line from hip to shoulder against the person's own standing. 0° is standing, 90° is level."),
        1.5, 4, "deg",
    ),
    Certainty(
        later("Deepest bend"),
        later("The bend at the deepest moment of a hold."),
        3, 7, "deg", later("It is read too shallow rather than too deep."),
    ),
    Certainty(
        later("Bend of the knees"),
        later("Hip, knee and ankle against the person's own standing. 0° is as straight as they stand."),
        2, 4.5, "deg", later("Of clearly bent knees: by 3° and 5°. Most are read straighter than they are."),
    ),
    Certainty(
        later("Reach"),
        later("How high the fingertips are at the furthest point: in zones of the own leg, in cm where the height was given."),
        2, 5, "cm",
    ),
    Certainty(
        later("Time in good form"),
        later("The time at rest in the bend without a fault for which the clock waits."),
        0.2, 0.5, "s",
    ),
)  # fmt: skip

SWUNG = (
    Certainty(
        later("Rotation"),
        later("How far the shoulders are turned from the square stance, to the person's own left and right."),
        2.5, 3, "deg",
        later(
            "That is with a pole and up to 60°. Without a pole it was up to 9°. Beyond 60° it is certain only that the turn "
            "was far: the degrees may be 30° too many."
        ),
    ),
    Certainty(
        later("Range"),
        later("The largest swing to a side that was reached twice."),
        4, 6.5, "deg", later("Most are read too far rather than too little."),
    ),
    Certainty(
        later("Time in good form"),
        later("The time of swinging without a fault for which the clock waits."),
        0.6, 0.8, "s",
    ),
)  # fmt: skip

REPEATED = (
    Certainty(
        later("How far"),
        later("The angle of the farthest moment of a repetition, against the person's own standing."),
        4, 22, "deg", later("The worst is a lifted knee, seen from beside; from straight ahead it is read some 11° too low. The others are within 4°."),
    ),
)  # fmt: skip

# How far the farthest point of a repetition is off in the mean, in degrees, by what is counted. What is missing was never measured.
RANGE_OFF_DEG: Mapping[str, float] = {
    "rotation_deg": 4,
    "trunk_flexion_deg": 3,
    "trunk_extension_deg": 3,
    "knee_flexion_deg": 3,
    "side_bend_deg": 3,
    "knee_lift_deg": 11,
}

# By what an exercise counts.
OFF: Mapping[Counts, tuple[Certainty, ...]] = {"held": HELD, "swung": SWUNG, "repeated": REPEATED}
