"""Clothes as parts of the mesh: a body's triangles by what covers them, cut where one thing ends and another begins.

For the demonstrator, who is looked at from near; in films clothes are painted on (``figure.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.actor.bodies import Body
from tools.actor.figure import kinds_of, normals_of, waist_m
from tools.actor.rotation import Array, unit

Cover = Literal["skin", "shirt", "trousers", "shoes", "hair"]
COVERS: tuple[Cover, ...] = ("skin", "shirt", "trousers", "shoes", "hair")

_SKIN, _SHIRT, _TROUSERS, _SHOES, _HAIR = range(len(COVERS))
_THICK_M = np.array([0.0, 0.006, 0.005, 0.006, 0.009])
_KNOT = np.array([0.0, 0.95, 0.32])  # where long hair is tied, from the head's joint
_KNOT_M, _KNOT_WIDE_M = 0.038, 0.036
_EVENED = np.array([0, 25, 10, 6, 8])  # times: cloth hangs over what is beneath, it does not follow it
_EVENING = (0.5, -0.53)  # in and out again, so that nothing shrinks (Taubin 1995)
_HALVINGS = 10  # of an edge: a thousandth of it is near enough
_SLEEVE = 0.55  # of the way from shoulder to elbow
_COLLAR_M, _COLLAR_SLOPE = -0.012, 0.55  # above the lowest joint of the neck; deeper in front
_ANKLE_M = 0.088  # up to here there are shoes
_SHOE_NEAR_M = 0.03  # what a shoe bridges: the gaps between toes
_EYE_M, _BROW_M = 0.0065, 0.022  # the size of an eye, and how high a brow is above it

Floats = NDArray[np.float32]
Covers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tailored:
    """A dressed body, cut.

    Attributes
    ----------
    places, normals : (V, 3).
    weights : (V, B), of the bones.
    faces : (F, 3) of each cover.
    """

    places: Floats
    normals: Floats
    weights: Floats
    faces: Mapping[Cover, NDArray[np.int64]]


def tailored(body: Body, *, long_hair: bool) -> Tailored:
    """Dress a body and cut its mesh along the seams."""
    seen = np.hstack([body.vertices, kinds_of(body)])
    covers = _cover(seen, body, long_hair)
    faces = body.rig.faces.astype(np.int64)
    sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    places = _dressed(body, covers, sides, long_hair)
    edges = np.unique(np.sort(sides, axis=1), axis=0)
    edges = edges[covers[edges[:, 0]] != covers[edges[:, 1]]]
    share = _seam(seen, covers, edges, body, long_hair)[:, None]
    seam = {(int(a), int(b)): len(seen) + i for i, (a, b) in enumerate(edges)}

    def with_seams(values: NDArray[np.floating]) -> Array:
        return np.concatenate([values, values[edges[:, 0]] * (1 - share) + values[edges[:, 1]] * share])

    parts: list[list[tuple[int, int, int]]] = [[] for _ in COVERS]
    for face in faces[np.ptp(covers[faces], axis=1) > 0]:
        for cover, triangle in _cut(face, covers, seam):
            parts[cover].append(triangle)
    whole = faces[np.ptp(covers[faces], axis=1) == 0]
    return Tailored(
        places=with_seams(places).astype(np.float32),
        normals=unit(with_seams(normals_of(places, faces))).astype(np.float32),
        weights=with_seams(body.rig.weights).astype(np.float32),
        faces={
            name: np.concatenate([whole[covers[whole[:, 0]] == i], np.array(parts[i], np.int64).reshape(-1, 3)])
            for i, name in enumerate(COVERS)
        },
    )


# ---- what is where -----------------------------------------------------------------------------------------------------


def _cover(seen: Array, body: Body, long_hair: bool) -> Covers:
    """Return what covers each point (N,), given its place at rest and its kinds (N, 7)."""
    height = seen[:, 2]
    arm, _, neck, _ = seen[:, 3:].T
    nape = body.heads[body.bone("neck01")]
    above_collar = height - nape[2] - _COLLAR_M + _COLLAR_SLOPE * (nape[1] - seen[:, 1])
    return np.select(
        [height < _ANKLE_M, arm > -0.5, neck > 0.5, height < waist_m(body), above_collar > 0],
        [
            np.full(len(seen), _SHOES),
            np.where(arm < _SLEEVE, _SHIRT, _SKIN),
            np.where(_dark(seen[:, :3], body, long_hair), _HAIR, _SKIN),
            np.full(len(seen), _TROUSERS),
            np.full(len(seen), _SKIN),
        ],
        _SHIRT,
    )


def _dark(places: Array, body: Body, long_hair: bool) -> NDArray[np.bool_]:
    """Return which points (N, 3) of the head are hair, brows or eyes."""
    _, back, up = (places - body.heads[body.bone("head")]).T
    crown = up > 0.088 - 0.5 * back
    sides = (back > -0.022) & (up > 0.035 + 0.5 * np.maximum(0, 0.01 - back))
    nape = (back > 0.03) & (up > -0.05) if long_hair else (back > -0.005) & (up > -0.005)
    hair = crown | sides | nape
    across, above = np.abs(places[:, 0]) - body.eye_left[0], places[:, 2] - body.eye_left[2]
    in_front = back < -0.03
    eye = np.hypot(across, 1.5 * above) < _EYE_M
    brow = (np.abs(above - _BROW_M + 0.2 * np.abs(across)) < 0.003) & (np.abs(across) < 0.018)
    return np.asarray(hair | (in_front & (eye | brow)))


# ---- clothes have a body of their own -----------------------------------------------------------------------------------


def _dressed(body: Body, covers: Covers, sides: NDArray[np.int64], long_hair: bool) -> Array:
    """Return the places (V, 3) with clothes on, evened out but for where they end."""
    thick_m = _THICK_M[covers]
    face = body.share("head") * (body.vertices[:, 1] < body.heads[body.bone("head"), 1] - 0.03)
    thick_m = np.where((covers == _HAIR) & (face > 0.5), 0.0005, thick_m)  # brows and eyes
    if long_hair:
        thick_m = thick_m + np.where((covers == _HAIR) & (face <= 0.5), _knot_m(body), 0.0)
    places = _shod(body, body.vertices + normals_of(body.vertices, body.rig.faces) * thick_m[:, None], covers)
    both = np.concatenate([sides, sides[:, ::-1]])
    neighbours = np.bincount(both[:, 0], minlength=len(covers))[:, None]
    ends = np.zeros(len(covers), bool)
    ends[both[covers[both[:, 0]] != covers[both[:, 1]]].ravel()] = True
    times = np.where(ends, 0, _EVENED[covers])
    for turn in range(_EVENED.max()):
        for step in _EVENING:
            around = [np.bincount(both[:, 0], places[both[:, 1], i], len(covers)) for i in range(3)]
            mean = np.stack(around, -1) / neighbours
            places = np.where((turn < times)[:, None], places + step * (mean - places), places)
    places[:, 2] = np.maximum(places[:, 2], 0)  # soles are flat
    return places


def _knot_m(body: Body) -> Array:
    """Return how far long hair, worn in a knot, stands off (V,)."""
    head = body.vertices - body.heads[body.bone("head")]
    back_of_head = head[np.argmax(head @ _KNOT * (body.share("head") > 0.5))]
    away_m = np.linalg.norm(head - back_of_head, axis=1)
    return np.asarray(_KNOT_M * np.exp(-((away_m / _KNOT_WIDE_M) ** 4)))


def _shod(body: Body, places: Array, covers: Covers) -> Array:
    """Return the places with feet in shoes: as far from the foot's middle line as anything near is, toes or not."""
    shod = places.copy()
    for s in ("L", "R"):
        mine = np.flatnonzero((covers == _SHOES) & (np.sign(body.vertices[:, 0]) == (1 if s == "L" else -1)))
        ankle, ball = body.heads[body.bone(f"foot.{s}")], body.heads[body.bone(f"toe2-1.{s}")]
        line = (ball - ankle) * [1, 1, 0]
        start = np.array([ankle[0], ankle[1], ball[2]])
        foot = places[mine]
        nearest = start + np.clip((foot - start) @ line / (line @ line), 0, 1)[:, None] * line
        way = unit(foot - nearest)
        out_m = ((foot[None] - nearest[:, None]) * way[:, None]).sum(-1)
        near = np.linalg.norm(foot[None] - foot[:, None], axis=-1) < _SHOE_NEAR_M
        shod[mine] = nearest + way * np.where(near, out_m, 0).max(1)[:, None]
    return shod


# ---- cutting ---------------------------------------------------------------------------------------------------------------


def _seam(seen: Array, covers: Covers, edges: NDArray[np.int64], body: Body, long_hair: bool) -> Array:
    """Return how far along each edge (N,), 0..1, its first cover ends, by halving."""
    a, b = seen[edges[:, 0]], seen[edges[:, 1]]
    low, high = np.zeros(len(edges)), np.ones(len(edges))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        still = _cover(a + (b - a) * middle[:, None], body, long_hair) == covers[edges[:, 0]]
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return (low + high) / 2


def _cut(
    face: NDArray[np.int64], covers: Covers, seam: Mapping[tuple[int, int], int]
) -> list[tuple[int, tuple[int, int, int]]]:
    """Return the triangles, each with its cover, of one that a seam crosses; where three covers meet, it stays whole."""
    found = covers[face]
    if len(set(found.tolist())) != 2:
        return [(int(found[0]), (int(face[0]), int(face[1]), int(face[2])))]
    alone = next(i for i in range(3) if (found == found[i]).sum() == 1)
    a, b, c = (int(face[(alone + i) % 3]) for i in range(3))
    ab, ac = seam[min(a, b), max(a, b)], seam[min(a, c), max(a, c)]
    other = int(covers[b])
    return [(int(covers[a]), (a, ab, ac)), (other, (ab, b, c)), (other, (ab, c, ac))]
