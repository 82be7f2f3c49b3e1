"""Who is followed when there are several people: the bigger, nearer one.

A pose estimator that follows one person stays with whom it found first. So every few seconds another look counts the people in the
picture, and where somebody else is clearly bigger, the estimator begins anew in a picture in which everybody else is painted over.
The look goes to the whole picture first, and where it finds one person, to what lies beside them: the model's eye for the whole is too
coarse for somebody of half the size, and leaves out many who are bigger.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from ownway.body.landmarks import Joint
from ownway.media.pose import Onlooker, Points, PoseEstimator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# All chosen by us, and tried on films with one, two and three people.
LOOK_EVERY_S = 2.5
LOOK_EVERY_PICTURES = 75  # a look at the whole and at one side takes as long as following two pictures: 3 % at most
LOOK_AGAIN_S = 1.0  # somebody who only walks by is gone by then
LOOK_ANEW_S = 0.5  # after somebody was found, who is easily somebody else
CLEARLY_BIGGER = 1.25  # below that the one who is followed stays so
SMALLEST = 0.3  # of the biggest one's size: smaller ones are pictures on the wall, or far off
LEAST_VISIBLE = 0.5  # mean of shoulders and hips; a coat on a chair has less
LEAST_APART = 0.25  # of the bigger one's size: a second pose that is nearer is a ghost of the same person
SAME_WITHIN = 0.2  # of the bigger one's size: the same person, seen by two models
LEAST_BESIDE = 0.3  # of the size: a narrower strip beside somebody has room for nobody who counts
LOOKS_REMEMBERED = 4  # two people in two of them are two people; in one only, perhaps a ghost

_TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
_SIDES = (
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
)
_BOTH = (0, 1)  # the left and the right side of the picture
_MARGIN = 0.12  # of the size, around the landmarks: hair, hands and feet reach further than they do


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a picture; lengths in heights of the picture.

    Attributes
    ----------
    size : trunk, thigh and shank, one after the other, of the side that shows more of them: it stays when somebody bends.
    x, y : middle of shoulders and hips.
    """

    points: Points
    size: float
    x: float
    y: float

    def away_from(self, other: Person) -> float:
        """Return how far their middles are apart, in sizes of the bigger one."""
        return math.hypot(self.x - other.x, self.y - other.y) / max(self.size, other.size, 1e-9)


def person(points: Points, aspect: float) -> Person:
    """Return what is to be known of somebody; ``aspect`` is the picture's width over its height."""

    def length(a: Joint, b: Joint) -> float:
        return math.hypot((points[a][0] - points[b][0]) * aspect, points[a][1] - points[b][1])

    return Person(
        points=points,
        size=max(sum(length(a, b) for a, b in pairwise(side)) for side in _SIDES),
        x=fmean(points[joint][0] for joint in _TRUNK) * aspect,
        y=fmean(points[joint][1] for joint in _TRUNK),
    )


def people(seen: Iterable[Points], aspect: float) -> list[Person]:
    """Return who is really there, the biggest first: without ghosts, coats on chairs, and pictures on the wall."""
    real: list[Person] = []
    for one in sorted((person(points, aspect) for points in seen), key=lambda one: one.size, reverse=True):
        visible = fmean(one.points[joint][3] or 0.0 for joint in _TRUNK)
        if visible < LEAST_VISIBLE or any(one.away_from(other) < LEAST_APART for other in real):
            continue
        if not real or one.size >= SMALLEST * real[0].size:
            real.append(one)
    return real


def everybody(onlooker: Onlooker, rgb: NDArray[np.uint8], sides: Sequence[int] = _BOTH) -> list[Person]:
    """Return who is in a picture, the biggest first; where one is seen at first, also who stands on these sides of them."""
    aspect = rgb.shape[1] / rgb.shape[0]
    seen = onlooker.look(rgb)
    there = people(seen, aspect)
    if len(there) == 1:
        for columns in _beside(there[0], rgb.shape, sides):
            seen.extend(_replaced(points, columns, rgb.shape[1]) for points in onlooker.look(rgb[:, columns]))
        there = people(seen, aspect)
    return there


class Biggest:
    """A pose estimator that follows the biggest person, and notes ``two_people`` when there is more than one.

    Parameters
    ----------
    new_estimator : makes a pose estimator that knows nobody yet.
    onlooker : sees everybody in single pictures; it stays the caller's to close.
    notes : where to note that there are two.
    """

    def __init__(self, new_estimator: Callable[[], PoseEstimator], onlooker: Onlooker, notes: set[str]) -> None:
        self._new_estimator = new_estimator
        self._estimator = new_estimator()
        self._onlooker = onlooker
        self._notes = notes
        self._looked_s = -math.inf
        self._pictures_since = 0
        self._found_anew = True  # whoever is found next may be somebody else
        self._several: deque[bool] = deque(maxlen=LOOKS_REMEMBERED)
        self._side = 0  # where the last look at one side went
        self._wrong = False  # so the last look said: somebody else is clearly bigger

    def see(self, rgb: NDArray[np.uint8], t_s: float) -> Points | None:
        """Return the landmarks of the biggest person in the next picture, or None where nobody is seen."""
        points = self._estimator.see(rgb, t_s)
        self._pictures_since += 1
        if points is None:
            self._found_anew = True
        elif self._is_due(t_s):
            self._looked_s, self._pictures_since = t_s, 0
            return self._looked(rgb, t_s, points)
        return points

    def close(self) -> None:
        """Give back what the estimator holds."""
        self._estimator.close()

    def _is_due(self, t_s: float) -> bool:
        since_s = t_s - self._looked_s
        if self._found_anew:
            return since_s >= LOOK_ANEW_S
        if self._wrong or (any(self._several) and "two_people" not in self._notes):
            return since_s >= LOOK_AGAIN_S
        return since_s >= LOOK_EVERY_S and self._pictures_since >= LOOK_EVERY_PICTURES

    def _sides(self) -> tuple[int, ...]:
        """Return where to look for others: both sides at first and to make sure, then by turns, nowhere once it is noted."""
        if "two_people" in self._notes:
            return ()
        if not self._several or any(self._several):
            return _BOTH
        self._side = 1 - self._side
        return (self._side,)

    def _looked(self, rgb: NDArray[np.uint8], t_s: float, points: Points) -> Points | None:
        """Count the people; begin anew where the wrong one is followed, at once or, in the middle of it, at the second look."""
        aspect = rgb.shape[1] / rgb.shape[0]
        there = everybody(self._onlooker, rgb, self._sides())
        followed = _same(there, person(points, aspect))
        wrong = followed is not None and there[0].size > CLEARLY_BIGGER * followed.size
        begin_anew = wrong and (self._wrong or self._found_anew)
        self._several.append(len(there) > 1)
        if begin_anew or sum(self._several) > 1:
            self._notes.add("two_people")
        self._wrong, self._found_anew = wrong and not begin_anew, False
        if not begin_anew:
            return points
        self._estimator.close()
        self._estimator = self._new_estimator()
        return self._estimator.see(alone(rgb, there), t_s)


def alone(rgb: NDArray[np.uint8], there: Sequence[Person]) -> NDArray[np.uint8]:
    """Return a copy of the picture in which the first person is as before, and all others are painted over."""
    painted = rgb.copy()
    colour = rgb[::8, ::8].mean(axis=(0, 1)).astype(rgb.dtype)
    for one in there[1:]:
        painted[_around(one, rgb.shape)] = colour
    kept = _around(there[0], rgb.shape)
    painted[kept] = rgb[kept]
    return painted


def _beside(one: Person, shape: tuple[int, ...], sides: Sequence[int]) -> Iterator[slice]:
    """Yield the columns of the picture on these sides of somebody, where there is room for another."""
    _rows, taken = _around(one, shape)
    left_right = slice(0, taken.start), slice(taken.stop, shape[1])
    for columns in (left_right[side] for side in sides):
        if columns.stop - columns.start >= LEAST_BESIDE * one.size * shape[0]:
            yield columns


def _replaced(points: Points, columns: slice, width_px: int) -> Points:
    """Return landmarks of a strip of the picture as they are in the whole of it."""
    share = (columns.stop - columns.start) / width_px
    left = columns.start / width_px
    return tuple((left + x * share, y, None if z is None else z * share, visible) for x, y, z, visible in points)


def _same(there: Sequence[Person], followed: Person) -> Person | None:
    """Return who of them is the one that is followed; None where it is nobody for sure."""
    nearest = min(there, key=followed.away_from, default=None)
    return None if nearest is None or followed.away_from(nearest) > SAME_WITHIN else nearest


def _around(one: Person, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of the picture in which somebody is."""
    height_px, width_px = shape[:2]
    margin_px = _MARGIN * one.size * height_px

    def span(values: Sequence[float], most: int) -> slice:
        return slice(
            min(max(0, math.floor(min(values) * most - margin_px)), most),
            min(max(0, math.ceil(max(values) * most + margin_px)), most),
        )

    return span([p[1] for p in one.points], height_px), span([p[0] for p in one.points], width_px)
