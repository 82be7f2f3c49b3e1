"""The figures of the pages: glTF that others accept, which moves as the actor does, and is there for every exercise."""

from __future__ import annotations

import json
import struct
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ownway.coach.records import FIGURES
from ownway.exercises.loader import RIGHT_WAY, library
from tools.actor import bodies
from tools.actor.__main__ import SHOWN, main
from tools.actor.animated import FPS, figure_of
from tools.actor.demonstration import FORM, demonstrated
from tools.actor.motion import Motion, perform
from tools.actor.movement import Choice, chosen
from tools.actor.rotation import X, about, back, quaternion, turned, unit
from tools.actor.skeleton import skeleton
from tools.actor.truth import truth
from tools.stage import ROOT

_DTYPES = {5120: "i1", 5121: "u1", 5122: "i2", 5123: "u2", 5126: "f4"}
_SIZES = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_TO_US = about(X, 90.0)
FILES = [(exercise, body) for exercise in library() for body in FIGURES]
IN_TURN = [(exercise, FIGURES[i % len(FIGURES)]) for i, exercise in enumerate(library())]  # both are made at once


@dataclass(frozen=True, slots=True)
class File:
    """A binary glTF file, read by its specification: the document, and the arrays it refers to."""

    document: dict[str, Any]
    binary: bytes
    read: dict[int, np.ndarray[Any, np.dtype[np.float64]]] = field(default_factory=dict)

    def array(self, accessor: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        if accessor not in self.read:
            self.read[accessor] = self._array(accessor)
        return self.read[accessor]

    def _array(self, accessor: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        said = self.document["accessors"][accessor]
        view = self.document["bufferViews"][said["bufferView"]]
        dtype, size = np.dtype("<" + _DTYPES[said["componentType"]]), _SIZES[said["type"]]
        stride = view.get("byteStride", dtype.itemsize * size)
        raw = np.frombuffer(self.binary, np.uint8, view["byteLength"], view["byteOffset"]).reshape(
            said["count"], stride
        )
        values = raw[:, : dtype.itemsize * size].copy().view(dtype).astype(float)
        return np.asarray(values / np.iinfo(dtype).max if said.get("normalized") else values)

    def animation(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(a for a in self.document["animations"] if a["name"] == name)
        return found

    def joints(self, name: str, at_s: float) -> tuple[Any, Any]:
        """Return rotations (B, 3, 3) and places (B, 3) of the bones at a moment, interpolated as glTF says, in our axes."""
        nodes, bones = self.document["nodes"], self.document["skins"][0]["joints"]
        turns = {b: np.array(nodes[b].get("rotation", [0, 0, 0, 1.0])) for b in bones}
        places = {b: np.array(nodes[b]["translation"]) for b in bones}
        animation = self.animation(name)
        for channel in animation["channels"]:
            sampler, node = animation["samplers"][channel["sampler"]], channel["target"]["node"]
            times, values = self.array(sampler["input"])[:, 0], self.array(sampler["output"])
            i = min(max(int(np.searchsorted(times, at_s)) - 1, 0), max(len(times) - 2, 0))
            share = 0.0 if len(times) == 1 else float(np.clip((at_s - times[i]) / (times[i + 1] - times[i]), 0, 1))
            last = values[min(i + 1, len(values) - 1)]
            if channel["target"]["path"] == "rotation":
                near = last if values[i] @ last >= 0 else -last
                turns[node] = unit(values[i] + share * (near - values[i]))
            elif node in places:
                places[node] = values[i] + share * (last - values[i])
        parents = {child: b for b in bones for child in nodes[b].get("children", [])}
        rotation: dict[int, Any] = {}
        place: dict[int, Any] = {}
        for b in bones:
            own = _matrix(turns[b])
            up = parents.get(b)
            rotation[b] = own if up is None else rotation[up] @ own
            place[b] = places[b] if up is None else place[up] + rotation[up] @ places[b]
        ours = np.stack([_TO_US @ rotation[b] @ back(_TO_US) for b in bones])
        return ours, np.stack([_TO_US @ place[b] for b in bones])


def _matrix(q: Any) -> Any:
    """Return the rotation of a quaternion x y z w, by its textbook formula."""
    x, y, z, w = q
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def parsed(data: bytes) -> File:
    magic, version, total = struct.unpack("<4sII", data[:12])
    assert (magic, version, total) == (b"glTF", 2, len(data))
    size, kind = struct.unpack("<I4s", data[12:20])
    assert kind == b"JSON"
    length, kind = struct.unpack("<I4s", data[20 + size : 28 + size])
    assert (kind, 28 + size + length) == (b"BIN\0", total)
    return File(json.loads(data[20 : 20 + size]), data[28 + size :])


@cache
def kept(exercise: str, body: str) -> File:
    return parsed((SHOWN / exercise / f"{body}.glb").read_bytes())


@cache
def motion(exercise: str, body: str, name: str) -> Motion:
    return perform(skeleton(bodies.load(body)), demonstrated(library()[exercise])[name], FPS, seed=0)


def test_quaternions_are_those_of_their_rotations() -> None:
    """Also near half a turn, where each of the four parts may be the large one, and from one frame to the next nearby."""
    rng = np.random.default_rng(3)
    rotations = about(rng.normal(size=(200, 3)), rng.uniform(-180, 180, 200))
    for q, rotation in zip(quaternion(rotations), rotations, strict=True):
        assert np.abs(_matrix(q) - rotation).max() < 1e-12
    slow = quaternion(about(X, np.linspace(0, 720, 200)))
    assert (slow[1:] * slow[:-1]).sum(1).min() > 0.99


def test_other_programs_accept_the_files() -> None:
    """Khronos' own validator finds neither errors nor warnings, nor anything that nobody uses."""
    files = [str(SHOWN / exercise / f"{body}.glb") for exercise, body in FILES]
    script = Path(__file__).with_name("validate_gltf.mjs")
    said = subprocess.run(
        ["node", str(script), *files], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    reports = json.loads(said.stdout)
    assert len(reports) == len(files)
    assert [report["messages"] for report in reports] == [[] for _ in files]


@pytest.mark.parametrize(("exercise", "body"), FILES)
def test_the_figures_are_there_and_light(exercise: str, body: str) -> None:
    """Each under 1 MB, with an animation for everything its page offers, and a still picture for each."""
    shown = library()[exercise].demonstration
    assert shown is not None
    assert (SHOWN / exercise / f"{body}.glb").stat().st_size < 1_000_000
    variants = [*(level.id for level in shown.levels), *(fault.id for fault in shown.faults)]
    assert [a["name"] for a in kept(exercise, body).document["animations"]] == [RIGHT_WAY, *variants]
    pictures = {f"{RIGHT_WAY}-{picture.id}" for picture in shown.pictures} | set(variants)
    assert {file.stem for file in (SHOWN / exercise / body).glob("*.webp")} == pictures | {"sheet"}


@pytest.mark.parametrize(("exercise", "body"), FILES)
def test_the_sheet_of_the_guide_has_every_moment(exercise: str, body: str) -> None:
    """Its pictures fit on it, are in order, begin with the movement and are never long apart while there is movement."""
    about = json.loads((SHOWN / exercise / body / "sheet.json").read_text(encoding="utf-8"))
    tile_px, columns, times_s = about["tile_px"], about["columns"], about["times_s"]
    with Image.open(SHOWN / exercise / body / "sheet.webp") as sheet:
        assert sheet.size == (columns * tile_px, -(-len(times_s) // columns) * tile_px)
        alpha = np.asarray(sheet.convert("RGBA"))[..., 3]
    for i in range(len(times_s)):
        row, column = divmod(i, columns)
        assert alpha[row * tile_px : (row + 1) * tile_px, column * tile_px : (column + 1) * tile_px].any()
    assert times_s[0] == 0
    assert times_s == sorted(set(times_s))
    assert times_s[-1] < about["phases"][-1]["end_s"]
    extras = kept(exercise, body).animation(RIGHT_WAY)["extras"]
    assert {key: about[key] for key in extras} == extras
    acted = motion(exercise, body, RIGHT_WAY)
    shown = np.searchsorted(times_s, acted.timeline.t_s + 1e-6) - 1
    frames = np.rint(np.array(times_s)[shown] * FPS).astype(int)
    away = np.linalg.norm(acted.posed.places - acted.posed.places[frames], axis=2).max(1)
    assert np.quantile(away, 0.95) < 0.12


@pytest.mark.parametrize(("exercise", "body"), FILES)
def test_the_files_move_as_the_actor_does(exercise: str, body: str) -> None:
    """Bones carried along as a viewer does it are where the actor has them, within 7 mm, in all that is shown."""
    rng = np.random.default_rng(5)
    file = kept(exercise, body)
    for animation in file.document["animations"]:
        acted = motion(exercise, body, animation["name"])
        for frame in rng.integers(0, len(acted.timeline.t_s), 12):
            rotations, places = file.joints(animation["name"], float(acted.timeline.t_s[frame]))
            assert np.linalg.norm(places - acted.posed.places[frame], axis=1).max() < 0.007
            assert np.abs(rotations - acted.posed.rotations[frame]).max() < 0.02


@pytest.mark.parametrize(("exercise", "body"), FILES)
def test_it_goes_round_without_a_jump(exercise: str, body: str) -> None:
    """The last moment of each animation is the first again, within 1 cm."""
    file = kept(exercise, body)
    for animation in file.document["animations"]:
        name, end_s = animation["name"], animation["extras"]["phases"][-1]["end_s"]
        away = file.joints(name, 0.0)[1] - file.joints(name, end_s)[1]
        assert np.linalg.norm(away, axis=1).max() < 0.01, name


@pytest.mark.parametrize(("exercise", "body"), FILES)
def test_shoes_stay_on_the_floor_and_seams_hold(exercise: str, body: str) -> None:
    """Skinned by the file's own weights: the lowest point of all is the floor, within 1 cm; weights add up to 1."""
    file = kept(exercise, body)
    attributes = file.document["meshes"][0]["primitives"][0]["attributes"]
    places = file.array(attributes["POSITION"]) @ _TO_US.T
    joints, weights = (file.array(attributes[a]) for a in ("JOINTS_0", "WEIGHTS_0"))
    heads = -file.array(file.document["skins"][0]["inverseBindMatrices"]).reshape(-1, 4, 4)[:, 3, :3] @ _TO_US.T
    assert np.abs(weights.sum(1) - 1).max() < 1e-6
    for animation in file.document["animations"]:
        for at_s in animation["extras"]["pictures"].values():
            rotations, now = file.joints(animation["name"], at_s)
            moved = np.zeros_like(places)
            for i in range(4):
                bone = joints[:, i].astype(int)
                moved += weights[:, i : i + 1] * (turned(rotations[bone], places - heads[bone]) + now[bone])
            assert abs(moved[:, 2].min()) < 0.01, animation["name"]


@pytest.mark.parametrize(("exercise", "body"), IN_TURN)
def test_the_kept_figures_are_what_the_actor_makes(exercise: str, body: str) -> None:
    """A change of a movement or a body that forgot `make figures` is found here; another processor may round otherwise."""
    movements = demonstrated(library()[exercise])
    motions = {name: motion(exercise, body, name) for name in movements}
    made, there = parsed(figure_of(bodies.load(body), movements, motions)), kept(exercise, body)
    for what in ("scenes", "materials", "skins"):
        assert made.document[what] == there.document[what]
    assert [a["extras"] for a in made.document["animations"]] == [a["extras"] for a in there.document["animations"]]
    places = [
        file.array(file.document["meshes"][0]["primitives"][0]["attributes"]["POSITION"]) for file in (made, there)
    ]
    assert places[0].shape == places[1].shape
    assert np.abs(places[0] - places[1]).max() < 0.0001
    for animation in made.document["animations"]:
        for at_s in animation["extras"]["pictures"].values():
            now = [file.joints(animation["name"], at_s)[1] for file in (made, there)]
            assert np.abs(now[0] - now[1]).max() < 0.003


@pytest.mark.parametrize("body", FIGURES)
@pytest.mark.parametrize("exercise", list(library()))
def test_the_figure_keeps_the_rules_that_it_teaches(exercise: str, body: str) -> None:
    """By the coach's own limits: the right way and every level are without fault and in tempo; what is to be avoided is there."""
    coached = library()[exercise]
    assert coached.demonstration is not None
    limits = {fault.kind: fault.above for fault in coached.faults}
    for name in (RIGHT_WAY, *(level.id for level in coached.demonstration.levels)):
        acted = motion(exercise, body, name)
        seen = truth(acted, None, None).columns
        if coached.hold is not None:
            speed = np.gradient(seen["trunk_flexion_deg"], 1 / FPS)
            assert np.abs(speed).max() < (limits["too_fast"] or 0)
            assert seen["knee_flexion_deg"].max() < (limits["bent_knees"] or 0)
            (hold,) = truth(acted, None, None).sets
            assert hold["hold_end_s"] - hold["hold_start_s"] > 6
        elif coached.repetitions is not None and coached.repetitions.comfort is not None:
            swings = truth(acted, None, None).swings
            assert [swing["side"] for swing in swings] == ["left", "right", "left", "right"]
            between_s = np.diff([swing["t_s"] for swing in swings])
            assert between_s == pytest.approx(coached.repetitions.tempo_s, abs=0.3)  # it dwells at the ends
            assert max(swing["peak_deg"] for swing in swings) < coached.repetitions.comfort.hard_limit_deg
            assert np.abs(seen["trunk_side_bend_deg"]).max() < (limits["leaning"] or 0)
    for fault in coached.demonstration.faults:
        _, shown = chosen(Choice(movement=exercise, fault=fault.id, forms=(FORM,)))
        found = truth(motion(exercise, body, fault.id), fault.id, shown).faults
        assert {one["kind"] for one in found} == {fault.id}


def test_what_cannot_be_made_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and what there is."""
    assert main(["glb", "handstand"]) == 2
    there_are = ", ".join(sorted(library()))
    assert f"there is no exercise 'handstand'; there are {there_are}" in capsys.readouterr().err
    assert main(["glb", "trunk_rotation", "--body", "giant", "--no-pictures"]) == 2
    assert "no body is called 'giant'" in capsys.readouterr().err
