"""How a picture has to be turned, mirrored and scaled before it stands as its maker held the camera.

A film says so with a display matrix: ``a b u, c d v, x y w``, by which a point (x, y) of the stored picture is shown at
(ax + cy, bx + dy). Only quarter turns and mirrors are followed; what lies between is taken to the nearest of them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_MATRIX = struct.Struct("=9i")

# Rows of FFmpeg's filters by the signs of the matrix: of (a, d) where the axes stay, of (b, c) where they change places.
_STAYING = {
    (1, 1): (),
    (-1, 1): (("hflip", ""),),
    (1, -1): (("vflip", ""),),
    (-1, -1): (("hflip", ""), ("vflip", "")),
}
_CHANGING = {
    (1, 1): (("transpose", "cclock_flip"),),
    (1, -1): (("transpose", "clock"),),
    (-1, 1): (("transpose", "cclock"),),
    (-1, -1): (("transpose", "clock_flip"),),
}


class Turning(NamedTuple):
    """Filters that turn a picture, and whether its width and height change places by them."""

    filters: tuple[tuple[str, str], ...]
    on_its_side: bool


UPRIGHT = Turning((), on_its_side=False)


def turning(matrix: bytes | None) -> Turning:
    """Return how a picture with this display matrix (nine 32-bit integers; None: without one) is turned upright."""
    if matrix is None or len(matrix) < _MATRIX.size:
        return UPRIGHT
    a, b, _u, c, d, *_rest = _MATRIX.unpack_from(matrix)
    if abs(b) + abs(c) > abs(a) + abs(d):
        return Turning(_CHANGING[_sign(b), _sign(c)], on_its_side=True)
    return Turning(_STAYING[_sign(a), _sign(d)], on_its_side=False)


def size_px(width_px: int, height_px: int, pixel_aspect: float, on_its_side: bool, most_px: int) -> tuple[int, int]:
    """Return width and height of the upright picture with square pixels, its long side at most ``most_px``, both even.

    Parameters
    ----------
    pixel_aspect : width of a stored pixel over its height; tapes have other than square ones.
    """
    wide = width_px * max(pixel_aspect, 1.0)  # never less than what is stored: the narrower side is stretched
    high = height_px / min(pixel_aspect, 1.0)
    scale = min(1.0, most_px / max(wide, high))
    size = max(2, 2 * round(wide * scale / 2)), max(2, 2 * round(high * scale / 2))
    return (size[1], size[0]) if on_its_side else size


def _sign(value: int) -> int:
    return -1 if value < 0 else 1
