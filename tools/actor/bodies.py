"""Bodies at rest: meshes, joints and skin weights, as ``export.py`` has packed them.

All bodies have the same rig (``rig.npz``): faces, bones and weights. A body's own file has its places. Positions and weights are
kept in 16 bits: 0.03 mm, and a 65,000th of a vertex's weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownway.errors import OwnwayError
from tools.actor.rotation import Array

FOLDER = Path(__file__).parent / "bodies"
RIG = "rig"
STEPS = 65535  # of 16 bits


class BodyError(OwnwayError):
    """There is no body of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no body is called {name!r}; there are {', '.join(names())}")


@dataclass(frozen=True, slots=True, eq=False)
class Rig:
    """What all bodies share.

    Attributes
    ----------
    faces : (F, 3) vertices of each triangle.
    bones : names, after MakeHuman; a parent comes before its children.
    parents : of each bone; -1 for the root.
    weights : (V, B) how much of each vertex moves with each bone; rows sum to 1.
    """

    faces: NDArray[np.int32]
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One body at rest, arms spread, soles on the floor, looking to -y.

    Attributes
    ----------
    vertices : (V, 3) m.
    heads, tails : (B, 3) m, where each bone begins and ends.
    eye_left, mouth : (3,) m.
    """

    name: str
    stature_cm: float
    vertices: Array
    heads: Array
    tails: Array
    eye_left: Array
    mouth: Array
    rig: Rig

    def bone(self, name: str) -> int:
        """Return the number of a bone; ValueError where there is none."""
        return self.rig.bones.index(name)

    def share(self, *beginnings: str) -> NDArray[np.float32]:
        """Return how much of each vertex (V,) moves with the bones whose names begin so."""
        chosen = [number for number, name in enumerate(self.rig.bones) if name.startswith(beginnings)]
        return np.asarray(self.rig.weights[:, chosen].sum(1))


def names() -> list[str]:
    """Return the names of all bodies."""
    return sorted(file.stem for file in FOLDER.glob("*.npz") if file.stem != RIG)


@cache
def load(name: str) -> Body:
    """Return a body by name; BodyError where there is none."""
    if name not in names():
        raise BodyError(name)
    rig = _rig()
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as kept:
        low, high = kept["vertices_range"].astype(float)
        return Body(
            name=name,
            stature_cm=float(kept["stature_cm"]),
            vertices=low + kept["vertices"] * ((high - low) / STEPS),
            heads=kept["heads"].astype(float),
            tails=kept["tails"].astype(float),
            eye_left=kept["eye_left"].astype(float),
            mouth=kept["mouth"].astype(float),
            rig=rig,
        )


@cache
def _rig() -> Rig:
    with np.load(FOLDER / f"{RIG}.npz", allow_pickle=False) as kept:
        return Rig(
            faces=kept["faces"].astype(np.int32),
            bones=tuple(map(str, kept["bones"])),
            parents=tuple(map(int, kept["parents"])),
            weights=_dense(kept["influences"], kept["weights"], len(kept["bones"])),
        )


def _dense(influences: NDArray[Any], weights: NDArray[Any], bones: int) -> NDArray[np.float32]:
    dense = np.zeros((len(weights), bones), np.float32)
    np.add.at(dense, (np.arange(len(weights))[:, None], influences), weights.astype(np.float32))
    return np.asarray(dense / dense.sum(1, keepdims=True))
