"""Rotations of many frames at once.

Matrices are (..., 3, 3), vectors (..., 3), angles in degrees; leading shapes broadcast. Axes everywhere in the actor: x to the
person's own left, y backwards (a person looks to -y), z up; metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

X, Y, Z = np.eye(3)

_TINY = 1e-12
_NO_TURN = 1e-9  # sine below which an axis is anybody's guess


def unit(v: ArrayLike) -> Array:
    """Return the vectors at length 1; a vector of no length stays as it is."""
    v = np.asarray(v, float)
    return np.asarray(v / np.maximum(np.sqrt((v * v).sum(-1, keepdims=True)), _TINY))


def turned(rotation: Array, v: ArrayLike) -> Array:
    """Return the vectors after the rotation."""
    return np.asarray(np.einsum("...ij,...j->...i", rotation, np.asarray(v, float)))


def back(rotation: Array) -> Array:
    """Return the opposite rotation."""
    return np.swapaxes(rotation, -1, -2)


def about(axis: ArrayLike, angle_deg: ArrayLike) -> Array:
    """Return the right-handed rotation about an axis (Rodrigues' formula)."""
    angle = np.radians(np.asarray(angle_deg, float))
    axis = unit(axis)
    x, y, z = axis[..., 0], axis[..., 1], axis[..., 2]
    cross = np.zeros((*axis.shape, 3))  # of one axis for all frames there is one
    cross[..., 2, 1], cross[..., 0, 2], cross[..., 1, 0] = x, y, z
    cross[..., 1, 2], cross[..., 2, 0], cross[..., 0, 1] = -x, -y, -z
    sine, cosine = np.sin(angle)[..., None, None], np.cos(angle)[..., None, None]
    return np.asarray(np.eye(3) + sine * cross + (1 - cosine) * (cross @ cross))


def frame(direction: ArrayLike, hint: ArrayLike) -> Array:
    """Return the frame whose columns are the direction, the hint made square to it, and their cross product."""
    d = unit(direction)
    h = np.asarray(hint, float)
    h = unit(h - (h * d).sum(-1, keepdims=True) * d)
    d, h = np.broadcast_arrays(d, h)
    return np.stack([d, h, np.cross(d, h)], -1)


def carry(rest_direction: ArrayLike, rest_hint: ArrayLike, direction: ArrayLike, hint: ArrayLike) -> Array:
    """Return the rotation that takes one direction to the other, and its hint as near to the other hint as it can."""
    return np.asarray(frame(direction, hint) @ back(frame(rest_direction, rest_hint)))


def shortest(a: ArrayLike, b: ArrayLike) -> Array:
    """Return the smallest rotation that takes direction ``a`` to direction ``b``."""
    a, b = np.broadcast_arrays(unit(a), unit(b))
    return _about_or_none(np.cross(a, b), (a * b).sum(-1), 1.0)


def part(rotation: Array, fraction: float) -> Array:
    """Return a fraction of a rotation of less than 180 degrees, about the same axis."""
    r = rotation
    axis = np.stack([r[..., 2, 1] - r[..., 1, 2], r[..., 0, 2] - r[..., 2, 0], r[..., 1, 0] - r[..., 0, 1]], -1)
    return _about_or_none(axis, np.trace(r, axis1=-2, axis2=-1) - 1, fraction)


def between(a: Array, b: Array, fraction: float) -> Array:
    """Return the rotation that lies the given fraction of the way from ``a`` to ``b``."""
    return np.asarray(a @ part(back(a) @ b, fraction))


def _about_or_none(axis: Array, cosine: Array, fraction: float) -> Array:
    """Return a fraction of the rotation about an axis whose length is to ``cosine`` as sine is to cosine."""
    sine = np.linalg.norm(axis, axis=-1)
    angle_deg = np.degrees(np.arctan2(sine, cosine))
    return about(np.where(sine[..., None] < _NO_TURN, X, axis), angle_deg * fraction)


def quaternion(rotation: Array) -> Array:
    """Return rotations (T, 3, 3) as quaternions (T, 4), x y z w, each in the half in which the one before it lies."""
    r = rotation
    # The four products of w, x, y, z with themselves; the largest is a safe divisor for the others (Shepperd's method).
    trace = np.trace(r, axis1=-2, axis2=-1)
    squares = np.stack([r[:, 0, 0], r[:, 1, 1], r[:, 2, 2], trace], -1) * 2 + (1 - trace)[:, None]
    squares[:, 3] = 1 + trace
    plus = {(i, j): r[:, i, j] + r[:, j, i] for i, j in ((0, 1), (0, 2), (1, 2))}
    minus = [r[:, 2, 1] - r[:, 1, 2], r[:, 0, 2] - r[:, 2, 0], r[:, 1, 0] - r[:, 0, 1]]
    x, y, z, w = squares.T
    rows = [
        [x, plus[0, 1], plus[0, 2], minus[0]],
        [plus[0, 1], y, plus[1, 2], minus[1]],
        [plus[0, 2], plus[1, 2], z, minus[2]],
        [minus[0], minus[1], minus[2], w],
    ]
    turns = np.take_along_axis(np.array(rows), squares.argmax(1)[None, None], 0)[0].T
    turns = unit(turns)
    flips = np.cumprod(np.where((turns[1:] * turns[:-1]).sum(1) < 0, -1.0, 1.0))
    turns[1:] *= flips[:, None]
    return np.asarray(turns)
