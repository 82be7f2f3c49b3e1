"""The drawing of an exercise of one's own: its key postures as limbs of an SVG, still and moving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise, KeyPosture, View
from ownway.exercises.stance import Body, Point, body, course, each, limits

_PX = 400  # a stature
_ROOM = 0.11  # around the joints, in statures: half of a head, and some air
_FAR = {"side": ("leg", "foot", "arm")}  # limbs of which another one is behind, a little beside
_ORDER = (
    "left_leg", "right_leg", "left_foot", "right_foot", "leg", "foot", "trunk", "torso", "head", "left_arm", "right_arm", "arm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limb:
    """A limb: its name, the path of its joints, and all its paths one after the other, empty where it is still."""

    name: str
    path: str
    moves: str
    far: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A body in an SVG whose box is ``box``; moving, it takes ``lasts_s``, and is at each path at the share ``times``."""

    box: str
    ground: str
    limbs: tuple[Limb, ...]
    lasts_s: float = 0.0
    times: str = ""


def is_drawn(exercise: Exercise) -> bool:
    """Return whether an exercise is shown by a drawing: figures are made for those alone that come with Ownway."""
    return exercise.demonstration is not None and exercise.id not in library()


def moving(exercise: Exercise) -> Drawing:
    """Return the movement of an exercise that says its key postures."""
    assert exercise.demonstration is not None  # noqa: S101 - who asks has seen it
    view = exercise.camera.view
    steps = course(exercise.demonstration)
    lasts_s = steps[-1][0]
    return _drawn([body(posture, view) for _, posture in steps], view, lasts_s, [at_s / lasts_s for at_s, _ in steps])


def still(posture: KeyPosture, exercise: Exercise) -> Drawing:
    """Return one key posture."""
    return _drawn([body(posture, exercise.camera.view)], exercise.camera.view)


def main_posture(exercise: Exercise) -> KeyPosture | None:
    """Return the posture that stands for an exercise."""
    shown = exercise.demonstration
    pictures = () if shown is None else shown.pictures
    return next((one.posture for one in pictures if shown and one.id == shown.main), None)


def _drawn(bodies: Sequence[Body], view: View, lasts_s: float = 0.0, times: Sequence[float] = ()) -> Drawing:
    left, right, top = limits(bodies)
    middle, half = (left + right) / 2, max((right - left) / 2 + _ROOM, 0.42)
    high = max(top + _ROOM, 1.06)

    def path(name: str, points: Sequence[Point]) -> str:
        at = [f"{_PX * (x - middle + half):.0f} {_PX * (high - y):.0f}" for x, y in points]
        if len(at) == 1:
            return f"M{at[0]}h.01"  # as long as nothing: its round ends are what is seen
        if name == "trunk":
            return f"M{at[0]}Q{at[1]} {at[2]}"
        return "M" + "L".join(at) + ("Z" if name == "torso" else "")

    paths = {name: [path(name, points) for points in where] for name, where in each(bodies)}
    behind = [(name, True) for name in _FAR.get(view, ())]
    before = [(name, False) for name in _ORDER if name in paths]
    limbs = tuple(
        Limb(name, paths[name][0], ";".join(paths[name]) if times else "", far) for name, far in (*behind, *before)
    )
    ground = f"M{_PX * 0.06:.0f} {_PX * high:.0f}H{_PX * (2 * half - 0.06):.0f}"
    box = f"0 0 {_PX * 2 * half:.0f} {_PX * (high + 0.04):.0f}"
    return Drawing(box, ground, limbs, round(lasts_s, 2), ";".join(f"{at:.4g}" for at in times))
