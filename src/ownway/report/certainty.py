"""How far the numbers may be off: the one place that "error about" is said from.

The largest mean error over any of the rendered clips as ``make bench ARGS=accuracy`` prints it, rounded up; people, clothes and rooms
differ from those, so that it may be more (``docs/MEASURES.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ownway.errors import later


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a number is, and how far off it may be: ``error_about`` in ``unit``."""

    name: str
    meaning: str
    error_about: float
    unit: str
    caveat: str = ""


HELD = (
    Certainty(
        later("Bend of the trunk"),
        later("The line from hip to shoulder against the person's own standing. 0° is standing, 90° is level."),
        8, "deg", later("Deep bends are read too deep."),
    ),
    Certainty(
        later("Bend of the knees"),
        later("Hip, knee and ankle against the person's own standing. 0° is as straight as they stand."),
        6, "deg", later("A bent knee is read straighter than it is."),
    ),
    Certainty(
        later("Reach"),
        later("How high the fingertips are at the furthest point: in zones of the own leg, in cm where the height was given."),
        4, "cm",
    ),
    Certainty(
        later("Time in good form"),
        later("The time at rest in the bend without a fault for which the clock waits."),
        0.5, "s",
    ),
)  # fmt: skip

SWUNG = (
    Certainty(
        later("Rotation"),
        later("How far the shoulders are turned from the square stance, to the person's own left and right."),
        4, "deg", later("Large and quick turns are read least exactly."),
    ),
    Certainty(
        later("Range"),
        later("The largest swing to a side that was reached twice."),
        3, "deg",
    ),
    Certainty(
        later("Time in good form"),
        later("The time of swinging without a fault for which the clock waits."),
        0.5, "s",
    ),
)  # fmt: skip
