"""Shapes and surfaces of the room: boxes, the pole, floor boards, grain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tools.actor.rotation import Array


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Triangles: places (3 N, 3) and normals (3 N, 3)."""

    places: Array
    normals: Array

    def moved(self, turn: Array, by: Array | float = 0.0) -> Shape:
        """Return the shape turned (3, 3), then moved (3,)."""
        return Shape(self.places @ turn.T + by, self.normals @ turn.T)

    def vertices(self) -> bytes:
        """Return places and normals side by side, as the shaders read them."""
        return np.hstack([self.places, self.normals]).astype("f4").tobytes()


def together(*shapes: Shape) -> Shape:
    """Return several shapes as one."""
    return Shape(np.concatenate([s.places for s in shapes]), np.concatenate([s.normals for s in shapes]))


def rectangle(corners: Array, normal: Array) -> Shape:
    """Return a rectangle from its corners (4, 3), in order round it."""
    return Shape(corners[[0, 1, 2, 0, 2, 3]], np.tile(normal, (6, 1)))


def box(low: Array, high: Array) -> Shape:
    """Return a box from two opposite corners (3,)."""
    ends = np.stack([low, high])
    sides = []
    for axis in range(3):
        for end in (0, 1):
            corners = np.empty((4, 3))
            corners[:, axis] = ends[end, axis]
            corners[:, (axis + 1) % 3] = ends[[0, 1, 1, 0], (axis + 1) % 3]
            corners[:, (axis + 2) % 3] = ends[[0, 0, 1, 1], (axis + 2) % 3]
            round_ = corners if end else corners[::-1]  # anticlockwise, seen from outside
            sides.append(rectangle(round_, (2 * end - 1) * np.eye(3)[axis]))
    return together(*sides)


def rod(length_m: float, radius_m: float, sides: int = 12) -> Shape:
    """Return a rod along x, its middle at 0."""
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    round_ = np.stack([np.zeros_like(angle), np.cos(angle), np.sin(angle)], -1)
    end = np.array([length_m / 2, 0, 0])
    places, normals = [], []
    for a, b in pairwise(round_):
        corners = np.stack([radius_m * a - end, radius_m * b - end, radius_m * b + end, radius_m * a + end])
        order = [0, 1, 2, 0, 2, 3]
        places.append(corners[order])
        normals.append(np.stack([a, b, b, a])[order])
        for way in (-1, 1):
            places.append(np.stack([radius_m * a, radius_m * b, np.zeros(3)]) + way * end)
            normals.append(np.tile([float(way), 0, 0], (3, 1)))
    return Shape(np.concatenate(places), np.concatenate(normals))


def boards(rng: np.random.Generator, size: int = 512, rows: int = 8) -> Array:
    """Return a floor of boards (size, size, 3) around 0.85, which can be laid side by side."""
    picture = np.full((size, size, 3), 0.85)
    high = size // rows
    for row in range(rows):
        start, cuts = int(rng.integers(size)), [0]
        while cuts[-1] < size:
            cuts.append(min(size, cuts[-1] + int(rng.integers(size // 4, size // 2))))
        here = picture[row * high : (row + 1) * high]
        for a, b in pairwise(cuts):
            columns = (np.arange(a, b) + start) % size
            here[:, columns] *= rng.normal(1.0, 0.05)
            here[:, columns[0]] *= 0.75
        here[0] *= 0.75
    across, along = np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size), indexing="ij")
    streaks = _filtered(rng, np.exp(-((along * 60) ** 2 + (across * 4) ** 2)))
    return np.clip(picture * (1 + 0.03 * streaks)[..., None], 0, 1)


def grain(rng: np.random.Generator, size: int = 256) -> Array:
    """Return blotches of all sizes (size, size) around 0.5, which can be laid side by side."""
    across, along = np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size), indexing="ij")
    blotches = _filtered(rng, 1 / np.maximum(np.hypot(across, along), 1 / 60) ** 0.9)
    return np.clip(0.5 + 0.18 * blotches, 0, 1)


def _filtered(rng: np.random.Generator, passing: Array) -> Array:
    """Return white noise of which only some spatial frequencies pass, at a standard deviation of 1."""
    noise = np.real(np.fft.ifft2(np.fft.fft2(rng.normal(0, 1, passing.shape)) * passing))
    return np.asarray(noise / noise.std())
