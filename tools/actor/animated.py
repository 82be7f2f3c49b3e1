"""Animated figures: a dressed body that does a few movements, as one glTF file that any viewer plays.

glTF's axes are x to the own left, y up, z to where the person looks. At rest no bone is turned, so that a bone's rotation in
the file is its turn against its parent, and a bone's inverse bind matrix only moves it to the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.actor.bodies import Body
from tools.actor.glb import Glb
from tools.actor.motion import Motion, perform
from tools.actor.movement import Movement
from tools.actor.pole import BONE, RADIUS_M, Lies, at_rest
from tools.actor.posed import Posed, skinned
from tools.actor.rotation import Array, X, about, back, quaternion, shortest, unit
from tools.actor.shapes import Shape, rod
from tools.actor.skeleton import skeleton
from tools.actor.tailor import Cover, Tailored, tailored

FPS = 30  # from which the keys are chosen
_TO_GLTF = about(X, -90.0)
_NO_TURN = np.array([0.0, 0.0, 0.0, 1.0])
_INFLUENCES = 4  # of a vertex: what viewers can do
_STILL_DEG = 0.02  # less is no movement
_OFF_DEG, _OFF_M = 0.1, 0.0005  # of each bone, and of all of it; nobody sees that
_POLE_SIDES = 10
_EVERY_VERTEX, _EVERY_FRAME = 11, 10
_QUATERNION_STEPS = 32767

# A calm mannequin in the colours of the pages, linear RGB. Which skin is nobody's business: one in the middle of all.
_COLOURS: Mapping[Cover, tuple[float, float, float]] = {
    "shirt": (0.06, 0.30, 0.31),
    "trousers": (0.20, 0.22, 0.21),
    "shoes": (0.72, 0.68, 0.58),
    "skin": (0.57, 0.32, 0.21),
    "hair": (0.045, 0.03, 0.025),
}
_POLE_COLOUR = (0.62, 0.38, 0.14)
_CHAIR_COLOUR = (0.42, 0.27, 0.14)


def animated(body: Body, movements: Mapping[str, Movement]) -> bytes:
    """Return a binary glTF file of a body that does each of the movements, as animations of these names.

    An animation's ``extras`` say when its ``phases`` begin and end, and its ``pictures``: the moments worth one, all in s.
    Those of the scene say what the figure takes up in all animations: ``width_m`` about the place where it stands, ``height_m``.
    """
    own = skeleton(body)
    motions = {name: perform(own, movement, FPS, seed=0) for name, movement in movements.items()}
    return figure_of(body, movements, motions)


def figure_of(body: Body, movements: Mapping[str, Movement], motions: Mapping[str, Motion]) -> bytes:
    """Return the same once the movements are done."""
    tracks = {name: _track(motion) for name, motion in motions.items()}
    rest = next(iter(tracks.values())).turns[0]  # where an animation says nothing else: as the first begins
    glb, nodes = Glb(), _bones(body, rest)
    joints = list(range(len(nodes)))
    poles = {motion.pole.length_m for motion in motions.values() if motion.pole is not None}
    lies = next((movement.pole_lies for movement in movements.values() if movement.pole), None)
    pole = None if lies is None else _hang_pole(nodes, body, lies, max(poles))
    person = len(nodes)
    nodes.append({"name": "person", "mesh": 0, "skin": 0})
    chair = next((motion.chair for motion in motions.values() if motion.chair is not None), None)
    scene = [0, person] if chair is None else [0, person, person + 1]
    materials, meshes = _dressed(glb, tailored(body, long_hair=body.name.startswith("f")))
    if pole is not None:
        materials.append(_material("pole", _POLE_COLOUR))
        shape = rod(max(poles), RADIUS_M, _POLE_SIDES)
        meshes.append({"name": "pole", "primitives": [_solid(glb, shape, len(materials) - 1)]})
    if chair is not None:  # it stands where it stands, whatever is done on it
        nodes.append({"name": "chair", "mesh": len(meshes)})
        materials.append(_material("chair", _CHAIR_COLOUR))
        meshes.append({"name": "chair", "primitives": [_solid(glb, chair, len(materials) - 1)]})
    heads = (body.heads @ _TO_GLTF.T).astype(np.float32)
    binds = np.tile(np.eye(4, dtype=np.float32), (len(heads), 1, 1))
    binds[:, 3, :3] = -heads  # column by column
    return glb.written(
        {
            "asset": {"version": "2.0", "generator": "Ownway", "copyright": "Body after MakeHuman, CC0 1.0"},
            "extensionsUsed": ["KHR_mesh_quantization"],
            "extensionsRequired": ["KHR_mesh_quantization"],
            "scene": 0,
            "scenes": [{"nodes": scene, "extras": _room(motions)}],
            "nodes": nodes,
            "meshes": meshes,
            "materials": materials,
            "skins": [{"joints": joints, "skeleton": 0, "inverseBindMatrices": glb.add(binds.reshape(-1, 16), "MAT4")}],
            "animations": [
                _animation(glb, name, motion, tracks[name], rest, pole, max(poles, default=0.0))
                for name, motion in motions.items()
            ],
        }
    )


# ---- the figure --------------------------------------------------------------------------------------------------------


def _bones(body: Body, rest: Array) -> list[dict[str, Any]]:
    """Return a node for each bone, turned as ``rest`` (B, 4) says."""
    parents, heads = body.rig.parents, body.heads @ _TO_GLTF.T
    nodes = []
    for bone, (name, parent) in enumerate(zip(body.rig.bones, parents, strict=True)):
        place = heads[bone] if parent < 0 else heads[bone] - heads[parent]
        node: dict[str, Any] = {"name": name, "translation": np.round(place, 5).tolist()}
        if _apart_deg(rest[bone], _NO_TURN) > _STILL_DEG:
            node["rotation"] = np.round(rest[bone], 5).tolist()
        if children := [child for child, its in enumerate(parents) if its == bone]:
            node["children"] = children
        nodes.append(node)
    return nodes


def _hang_pole(nodes: list[dict[str, Any]], body: Body, lies: Lies, length_m: float) -> int:
    """Lay a pole on the chest, which carries it, and return its node."""
    chest = body.bone(BONE)
    middle, along = at_rest(body, lies, length_m)
    place = (middle - body.heads[chest]) @ _TO_GLTF.T
    node: dict[str, Any] = {"name": "pole", "mesh": 1, "translation": np.round(place, 5).tolist()}
    if lies == "along":
        turn = quaternion(shortest(X, along @ _TO_GLTF.T)[None])[0]
        node["rotation"] = np.round(turn, 5).tolist()
    nodes.append(node)
    nodes[chest]["children"] = [*nodes[chest].get("children", []), len(nodes) - 1]
    return len(nodes) - 1


def _dressed(glb: Glb, cut: Tailored) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the materials and the mesh: one list of vertices, and the triangles of each cover."""
    joints, weights = _strongest(cut.weights)
    attributes = {
        "POSITION": glb.add(_turned(cut.places), "VEC3", target="vertices", limits=True),
        "NORMAL": glb.add(_small(_turned(cut.normals)), "VEC3", target="vertices", normalized=True),
        "JOINTS_0": glb.add(joints, "VEC4", target="vertices"),
        "WEIGHTS_0": glb.add(weights, "VEC4", target="vertices", normalized=True),
    }
    materials: list[dict[str, Any]] = []
    primitives: list[dict[str, Any]] = []
    for cover, faces in cut.faces.items():
        indices = glb.add(faces.ravel().astype(np.uint16), "SCALAR", target="indices")
        primitives.append({"attributes": attributes, "indices": indices, "material": len(materials)})
        materials.append(_material(cover, _COLOURS[cover]))
    return materials, [{"name": "person", "primitives": primitives}]


def _solid(glb: Glb, shape: Shape, material: int) -> dict[str, Any]:
    attributes = {
        "POSITION": glb.add(_turned(shape.places), "VEC3", target="vertices", limits=True),
        "NORMAL": glb.add(_small(_turned(shape.normals)), "VEC3", target="vertices", normalized=True),
    }
    return {"attributes": attributes, "material": material}


def _material(name: str, colour: tuple[float, float, float]) -> dict[str, Any]:
    surface = {"baseColorFactor": [*colour, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.85}
    return {"name": name, "pbrMetallicRoughness": surface}


def _strongest(weights: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the bones (V, 4) that move each vertex most and their shares of 255, which make 255 together."""
    joints = np.argsort(-weights, axis=1, kind="stable")[:, :_INFLUENCES]
    shares = np.take_along_axis(weights, joints, 1).astype(float)
    shares = shares / shares.sum(1, keepdims=True) * 255
    whole = np.floor(shares)
    missing = 255 - whole.sum(1)
    order = np.argsort(np.argsort(-(shares - whole), axis=1, kind="stable"), axis=1)
    whole += order < missing[:, None]  # what rounding left over goes to those that lost most
    joints[whole == 0] = 0
    return joints.astype(np.uint8), whole.astype(np.uint8)


def _turned(vectors: NDArray[Any]) -> NDArray[np.float32]:
    return (vectors @ _TO_GLTF.T).astype(np.float32)


def _small(normals: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.round(normals * 127).astype(np.int8)


# ---- what it does ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """A motion as a viewer plays it: at each key the turns against the parent as quaternions, and where the root is.

    Attributes
    ----------
    t_s : (K,).
    turns : (K, B, 4).
    root : (K, 3) m.
    """

    t_s: Array
    turns: Array
    root: Array


def _track(motion: Motion) -> _Track:
    """Return a motion with no more keys than are needed to come back to it by interpolation."""
    turns = _turns(motion)
    root = motion.posed.places[:, 0] @ _TO_GLTF.T
    keys = [0]
    while keys[-1] < len(root) - 1:
        start = keys[-1]
        end = start + 1
        while end < len(root) - 1 and _near_enough(turns, root, start, end + 1):
            end += 1
        keys.append(end)
    return _Track(motion.timeline.t_s[keys], turns[keys], root[keys])


def _turns(motion: Motion) -> Array:
    """Return each bone's turn against its parent as quaternions (T, B, 4)."""
    rotations = _TO_GLTF @ motion.posed.rotations @ back(_TO_GLTF)
    parents = motion.posed.skeleton.body.rig.parents
    own = [rotations[:, b] if p < 0 else back(rotations[:, p]) @ rotations[:, b] for b, p in enumerate(parents)]
    return np.stack([quaternion(turn) for turn in own], 1)


def _near_enough(turns: Array, root: Array, start: int, end: int) -> bool:
    """Return whether all between two frames lies on the straight way from one to the other."""
    share = np.linspace(0, 1, end - start + 1)[1:-1]
    between = unit(turns[start] + share[:, None, None] * (turns[end] - turns[start]))
    way = root[start] + share[:, None] * (root[end] - root[start])
    off_m = np.abs(way - root[start + 1 : end]).max()
    return bool(_apart_deg(between, turns[start + 1 : end]).max() < _OFF_DEG and off_m < _OFF_M)


def _apart_deg(a: Array, b: Array) -> Array:
    """Return the angle between quaternions (..., 4), of any sign."""
    return np.asarray(np.degrees(2 * np.arccos(np.clip(np.abs((a * b).sum(-1)), 0, 1))))


def _animation(
    glb: Glb, name: str, motion: Motion, track: _Track, rest: Array, pole: int | None, pole_m: float
) -> dict[str, Any]:
    always = glb.add(track.t_s.astype(np.float32), "SCALAR", limits=True)
    samplers: list[dict[str, Any]] = []
    channels: list[dict[str, Any]] = []

    def once() -> int:
        return glb.add(np.zeros(1, np.float32), "SCALAR", limits=True)

    def channel(node: int, path: str, times: int, values: int) -> None:
        channels.append({"sampler": len(samplers), "target": {"node": node, "path": path}})
        samplers.append({"input": times, "output": values})

    channel(0, "translation", always, glb.add(track.root.astype(np.float32), "VEC3"))
    for bone in range(len(rest)):
        turns = track.turns[:, bone]
        moves = _apart_deg(turns, turns[0]).max() > _STILL_DEG
        if moves or _apart_deg(turns[0], rest[bone]) > _STILL_DEG:
            values = _steps(turns if moves else turns[:1])
            channel(bone, "rotation", always if moves else once(), glb.add(values, "VEC4", normalized=True))
    if pole is not None and (motion.pole is None or motion.pole.length_m != pole_m):
        length = 0.0 if motion.pole is None else motion.pole.length_m / pole_m
        size = np.array([[length, float(length > 0), float(length > 0)]], np.float32)
        channel(pole, "scale", once(), glb.add(size, "VEC3"))
    return {"name": name, "channels": channels, "samplers": samplers, "extras": told(motion)}


def _steps(turns: Array) -> NDArray[np.int16]:
    return np.round(turns * _QUATERNION_STEPS).astype(np.int16)


def told(motion: Motion) -> dict[str, Any]:
    """Return when the phases of a motion begin and end, and the moments worth a picture, s."""
    spans = motion.timeline.spans
    return {
        "phases": [{"phase": s.phase, "start_s": round(s.start_s, 3), "end_s": round(s.end_s, 3)} for s in spans],
        "pictures": {name: round(at_s, 3) for name, at_s in motion.timeline.pictures.items()},
    }


def _room(motions: Mapping[str, Motion]) -> dict[str, float]:
    """Return how much room all of it takes."""
    points = []
    for motion in motions.values():
        points.append(_seen(motion.posed))
        if motion.pole is not None:
            half = motion.pole.along * motion.pole.length_m / 2
            points += [motion.pole.middle + half, motion.pole.middle - half]
        if motion.chair is not None:
            points.append(motion.chair.places)
    every = np.concatenate(points)
    width_m = 2 * float(np.linalg.norm(every[:, :2], axis=1).max())
    return {"width_m": round(width_m, 2), "height_m": round(float(every[:, 2].max()), 2)}


def _seen(posed: Posed) -> Array:
    """Return where some vertices are in some frames (N, 3): enough to know where the person is."""
    chosen = np.arange(len(posed.skeleton.body.vertices)) % _EVERY_VERTEX == 0
    few = replace(posed, rotations=posed.rotations[::_EVERY_FRAME], places=posed.places[::_EVERY_FRAME])
    return np.asarray(skinned(few, chosen).reshape(-1, 3))
