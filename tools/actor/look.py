"""Looks: colours of room, clothes and skin, furniture and light, each from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.actor.rotation import Array, unit

# Which numbers of a seed are whose, so that a room stays the same when the light or the clothes change.
_ROOM, _PERSON, _LIGHT = range(3)

_SKINS = (
    (0.93, 0.76, 0.67), (0.87, 0.68, 0.56), (0.78, 0.57, 0.44), (0.62, 0.43, 0.32), (0.45, 0.31, 0.24), (0.33, 0.23, 0.18),
)  # fmt: skip
_HAIRS = ((0.22, 0.16, 0.12), (0.12, 0.10, 0.09), (0.42, 0.30, 0.20), (0.70, 0.60, 0.42))
_GREY = (0.62, 0.61, 0.60)
_DARK_SKIN = 0.65  # of red; darker people have darker hair


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A piece of furniture or a picture's frame: corners (3,) m in the room as the camera sees it, y from the wall; its colour."""

    low: Array
    high: Array
    colour: Array


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Colours (sRGB, 0..1) and furniture, which stands along the wall behind the person."""

    wall: Array
    floor: Array
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Clothes:
    """Colours (sRGB, 0..1), and how long sleeves and trousers are: 0 shoulder or hip, 1 elbow or knee, 2 wrist or ankle."""

    shirt: Array
    trousers: Array
    shoes: Array
    skin: Array
    hair: Array
    sleeve: float
    leg: float
    long_hair: bool


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Where it comes from (3,) in the room as the camera sees it, how strong it is, and what the camera makes of it.

    ``noise`` is that of the camera's sensor, of 255.
    """

    towards: Array
    sun: float
    ambient: float
    gain: float
    noise: float


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a clip looks like."""

    room: Room
    clothes: Clothes
    light: Light


def look(body: str, *, person: int, room: int, light: int) -> Look:
    """Return a look from seeds; what a body is called says whether its hair is long and grey."""
    return Look(
        _room(np.random.default_rng([room, _ROOM])),
        _clothes(np.random.default_rng([person, _PERSON]), long_hair=body.startswith("f"), grey="old" in body),
        _light(np.random.default_rng([light, _LIGHT])),
    )


def _room(r: np.random.Generator) -> Room:
    boxes = []
    for side in (-1, 1):
        if r.uniform() < 0.8:
            width, height, deep, x = r.uniform(0.35, 0.9), r.uniform(0.3, 1.9), r.uniform(0.3, 0.5), r.uniform(1.3, 2.4)
            boxes.append(_box(side * x, height / 2, width, height, deep, _hsv(r, (0, 1), (0.1, 0.45), (0.25, 0.7))))
    for _ in range(r.integers(1, 3)):
        width, height, x, z = r.uniform(0.4, 0.9), r.uniform(0.3, 0.7), r.uniform(-1.8, 1.8), r.uniform(1.3, 1.9)
        boxes.append(_box(x, z, width, height, 0.03, _hsv(r, (0, 1), (0.1, 0.5), (0.2, 0.6))))
        boxes.append(_box(x, z, width - 0.06, height - 0.06, 0.035, _hsv(r, (0, 1), (0.05, 0.4), (0.5, 0.9))))
    return Room(
        wall=_hsv(r, (0.05, 0.65), (0.02, 0.18), (0.6, 0.92)),
        floor=_hsv(r, (0.05, 0.11), (0.2, 0.5), (0.45, 0.85)),
        boxes=tuple(boxes),
    )


def _box(x: float, z: float, width: float, height: float, deep: float, colour: Array) -> Box:
    """Return a box whose front is centred at x and z."""
    half = np.array([width / 2, 0, height / 2])
    middle = np.array([x, 0, z])
    return Box(middle - half, middle + half + [0, deep, 0], colour)


def _clothes(r: np.random.Generator, *, long_hair: bool, grey: bool) -> Clothes:
    skin = np.array(_SKINS[r.integers(len(_SKINS))])
    hair = np.array(_GREY if grey else _HAIRS[r.integers(len(_HAIRS))])
    return Clothes(
        shirt=_hsv(r, (0, 1), (0.25, 0.8), (0.3, 0.9)),
        trousers=_hsv(r, (0, 1), (0.05, 0.45), (0.15, 0.55)),
        shoes=_hsv(r, (0, 1), (0, 0.3), (0.2, 0.9)),
        skin=skin,
        hair=hair * (0.5 if skin[0] < _DARK_SKIN and not grey else 1.0),
        sleeve=float(r.choice([0.35, 0.55, 0.75, 1.75])),
        leg=float(r.choice([1.15, 1.6, 1.85, 1.9])),
        long_hair=long_hair,
    )


def _light(r: np.random.Generator) -> Light:
    return Light(
        towards=unit([r.uniform(-1.0, 1.0), -r.uniform(0.35, 0.9), r.uniform(0.9, 1.6)]),
        sun=r.uniform(0.55, 0.95),
        ambient=r.uniform(0.35, 0.55),
        gain=r.uniform(0.75, 1.05),
        noise=r.uniform(0.5, 2.5),
    )


_Range = tuple[float, float]


def _hsv(r: np.random.Generator, hue: _Range, saturation: _Range, value: _Range) -> Array:
    """Return a colour by chance within ranges of hue, saturation and value."""
    h, s, v = r.uniform(*hue), r.uniform(*saturation), r.uniform(*value)
    k = (np.array([5.0, 3.0, 1.0]) + h * 6) % 6
    return np.asarray(v - v * s * np.clip(np.minimum(k, 4 - k), 0, 1))
