"""Figures: a body dressed to be drawn. Clothes are painted on, hair is a cap; both are thick enough to stand off a little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.actor.bodies import Body
from tools.actor.look import Clothes
from tools.actor.rotation import Array, unit

Floats = NDArray[np.float32]

_CLOTH_M, _SHOE_M, _SHORT_HAIR_M, _LONG_HAIR_M = 0.005, 0.007, 0.007, 0.014
_ARM = ("upperarm", "lowerarm", "wrist", "finger")
_LEG = ("upperleg", "lowerleg", "foot", "toe")
_NO_LIMB, _ARMPIT = -1.0, -0.6
_SHOE_HEIGHT_M = 0.105
_WAIST_M = 0.045  # above the lowest vertebral joint


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A dressed body at rest.

    Attributes
    ----------
    places, normals : (V, 3).
    kinds : (V, 4), what the shader paints by: how far along the arm (0 shoulder, 1 elbow, 2 wrist; less than -0.5 is no arm)
        and along the leg, the share of head and neck, and whether it is shoe.
    head : (3,) its joint; ``hair_low_m`` counts from there, ``waist_m`` from the floor.
    """

    body: Body
    places: Floats
    normals: Floats
    kinds: Floats
    head: Array
    waist_m: float
    hair_low_m: float

    def skinned(self, transforms: Array) -> tuple[Floats, Floats]:
        """Return places and normals (V, 3) when the bones have moved by ``transforms`` (B, 3, 4): linear blend skinning."""
        moves = (self.body.rig.weights @ transforms.reshape(-1, 12).astype(np.float32)).reshape(-1, 3, 4)
        turns = moves[:, :, :3]
        places = (turns @ self.places[:, :, None])[:, :, 0] + moves[:, :, 3]
        return places, (turns @ self.normals[:, :, None])[:, :, 0]


def figure(body: Body, clothes: Clothes) -> Figure:
    """Dress a body."""
    vertices = body.vertices
    normals = normals_of(vertices, body.rig.faces)
    kinds = kinds_of(body)
    head = body.heads[body.bone("head")]
    hair_low_m = -0.09 if clothes.long_hair else -0.005
    thick_m = _thickness_m(kinds, vertices - head, clothes, hair_low_m)
    places = vertices + normals * thick_m[:, None]
    places[:, 2] = np.maximum(places[:, 2], 0)  # soles are flat
    return Figure(
        body=body,
        places=places.astype(np.float32),
        normals=normals.astype(np.float32),
        kinds=kinds.astype(np.float32),
        head=head,
        waist_m=waist_m(body),
        hair_low_m=hair_low_m,
    )


def waist_m(body: Body) -> float:
    """Return the height at which trousers end."""
    return float(body.heads[body.bone("spine05")][2] + _WAIST_M)


def kinds_of(body: Body) -> Array:
    """Return what is painted by (V, 4): see ``Figure``."""
    arm, leg = body.share(*_ARM), body.share(*_LEG)
    along_arm = _along(body, ("upperarm01", "lowerarm01", "wrist"))
    along_leg = _along(body, ("upperleg02", "lowerleg01", "foot"))
    shoe = (body.share("foot", "toe") > 0.35) & (body.vertices[:, 2] < _SHOE_HEIGHT_M)
    return np.stack(
        [
            np.where(arm > 0.3, along_arm, np.where(arm < 0.02, _NO_LIMB, _ARMPIT)),
            np.where(leg > 0.2, along_leg, _NO_LIMB),
            body.share("head", "neck"),
            shoe,
        ],
        -1,
    )


def _thickness_m(kinds: Array, from_head: Array, clothes: Clothes, hair_low_m: float) -> Array:
    along_arm, along_leg, head, shoe = kinds.T
    bare = (head > 0.4) | ((along_arm > -0.5) & (along_arm > clothes.sleeve)) | (along_leg > clothes.leg)
    _, y, z = from_head.T
    crown, sides, back = z > 0.088, (y > -0.022) & (z > 0.035), (y > -0.005) & (z > hair_low_m)
    thick = np.where(shoe > 0.5, _SHOE_M, np.where(bare, 0.0, _CLOTH_M))
    return np.where((head > 0.5) & (crown | sides | back), _LONG_HAIR_M if clothes.long_hair else _SHORT_HAIR_M, thick)


def _along(body: Body, chain: tuple[str, str, str]) -> Array:
    """Return how far along a limb each vertex is (V,): 0 at its first joint, 1 at the second, 2 at the third, more beyond."""
    along = np.zeros(len(body.vertices))
    for side, mine in (("L", body.vertices[:, 0] >= 0), ("R", body.vertices[:, 0] < 0)):
        a, b, c = (body.heads[body.bone(f"{bone}.{side}")] for bone in chain)
        upper = (body.vertices[mine] - a) @ (b - a) / ((b - a) @ (b - a))
        lower = (body.vertices[mine] - b) @ (c - b) / ((c - b) @ (c - b))
        along[mine] = np.where(upper < 1, upper, 1 + np.maximum(lower, 0))
    return along


def normals_of(vertices: Array, faces: NDArray[Any]) -> Array:
    """Return the normals (V, 3) of a mesh."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(vertices)
    for i in range(3):
        np.add.at(normals, faces[:, i], across)
    return unit(normals)
