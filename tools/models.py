"""Lays out what the page loads to see people, to show figures and to draw: pose model bundles, MediaPipe's module, three.js, Vega.

``python -m tools.models --packages node_modules --out build/assets`` writes

* ``vision/vision_bundle.mjs`` and ``vision/wasm/``: copied from ``@mediapipe/tasks-vision``, unchanged;
* ``models/pose_landmarker_full.task`` and ``..._lite.task``: packed from the weights in ``@mediapipe/pose``;
* ``three/``: copied from ``three`` into one folder, its imports turned to the files there. An import map would do the same,
  but it stands in the page itself, which our Content-Security-Policy forbids;
* ``vega/``: Vega and Vega-Lite as they are, Vega's interpreter (which needs no ``eval``), and one module that gives all three;
* ``manifest.json``: size and SHA-256 of each, written last.

The bytes depend on the packages alone, so the same packages always give the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shutil
import struct
import sys
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.tflite_metadata import ALIGNMENT, add_metadata, normalisation_metadata

POSE_VERSION = "0.5.1675469404"
VISION_VERSION = "0.10.35"
THREE_VERSION = "0.180.0"
VEGA_VERSIONS = {"vega": "6.2.0", "vega-lite": "6.4.1", "vega-interpreter": "2.2.1"}
DETECTOR_BYTES = 2962288

# A module worker loads the `module` build; the bundle takes for granted that whoever runs modules has SIMD.
VISION_FILES = (
    "vision_bundle.mjs",
    "wasm/vision_wasm_module_internal.js",
    "wasm/vision_wasm_module_internal.wasm",
)

# The two modules that a page asks for besides three itself, and what they import.
THREE_FILES = (
    "build/three.module.min.js",
    "build/three.core.min.js",
    "examples/jsm/loaders/GLTFLoader.js",
    "examples/jsm/controls/OrbitControls.js",
    "examples/jsm/utils/BufferGeometryUtils.js",
)
VEGA_FILES = (
    "vega/build/vega.min.js",
    "vega-lite/build/vega-lite.min.js",
    "vega-interpreter/build/vega-interpreter.js",
)
# The first two are scripts that leave a global name behind, in this order; the interpreter is a module that imports from a
# package of Vega's own. These two modules join them.
VEGA_MODULES = {
    "vega-util.js": (
        'import "./vega.min.js";\nexport const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;\n'
    ),
    "drawing.js": (
        'import "./vega.min.js";\nimport "./vega-lite.min.js";\n'
        'export { expressionInterpreter } from "./vega-interpreter.js";\n'
        "export const { vega, vegaLite } = globalThis;\n"
    ),
}

# What a module asks for by the name of its package, and the file that it is.
_PACKAGES = {"three": "three.module.min.js", "vega-util": "vega-util.js"}

# A statement, with the address in it; what comments say about importing does not begin a line.
_IMPORT = re.compile(
    r"""(?P<what>(?:^|[;}])(?:import|export)\b(?:[\w\s*{},$]*?\bfrom)?\s*["'])(?P<where>[^"']+)""", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One pose model bundle: its name and its landmark weights in the npm package."""

    name: str
    weights: str


BUNDLES = (
    Bundle("pose_landmarker_full.task", "pose_landmark_full.tflite"),
    Bundle("pose_landmarker_lite.task", "pose_landmark_lite.tflite"),
)


class AssetsError(Exception):
    """The packages are not there, or not the ones that are pinned, or not laid out as those were."""


def pose_bundle(detector: bytes, landmarks: bytes) -> bytes:
    """Return a ``.task`` bundle: a stored ZIP of the two models, each with its input scaling, on 64-byte boundaries.

    The detector expects -1..1, the landmark model 0..1.
    """
    members = {
        "pose_detector.tflite": add_metadata(detector, normalisation_metadata(mean=127.5, std=127.5)),
        "pose_landmarks_detector.tflite": add_metadata(landmarks, normalisation_metadata(mean=0.0, std=255.0)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(_aligned(name, out.tell()), data)
    return out.getvalue()


def _aligned(name: str, at: int) -> zipfile.ZipInfo:
    """Return a ZIP entry whose data start on a 64-byte boundary when its header is written at byte ``at``."""
    header = 30 + len(name.encode()) + 4
    padding = -(at + header) % ALIGNMENT
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.extra = struct.pack("<HH", 0xD935, padding) + bytes(padding)  # 0xD935: the known id for alignment
    return info


def flat_module(name: str, code: str, beside: Collection[str]) -> str:
    """Return a module's code with every import turned to the file of that name in its own folder.

    Parameters
    ----------
    name : the module's own file name, for the message.
    code : of an ES module with static imports, each on a line of its own or after the end of a statement.
    beside : names of the files in the folder. A package's own name (``three``) stands for its file.

    Raises
    ------
    AssetsError : when an import leads to none of them.
    """

    def turned(found: re.Match[str]) -> str:
        where = _PACKAGES.get(found["where"], PurePosixPath(found["where"]).name)
        if where not in beside:
            raise AssetsError(f"{name} imports {found['where']}, which is not among {', '.join(beside)}")
        return f"{found['what']}./{where}"

    return _IMPORT.sub(turned, code)


def build(packages: Path, out: Path) -> dict[str, int]:
    """Write all files into ``out`` and return their sizes in bytes by their name there.

    Parameters
    ----------
    packages : the ``node_modules`` folder.
    out : created where missing; files of the same name are replaced.

    Raises
    ------
    AssetsError : when a package is missing or of another version, or a module would import what is not there.
    """
    pose = _package(packages, "@mediapipe/pose", POSE_VERSION)
    vision = _package(packages, "@mediapipe/tasks-vision", VISION_VERSION)
    three = _package(packages, "three", THREE_VERSION)
    for name, version in VEGA_VERSIONS.items():
        _package(packages, name, version)

    for name in VISION_FILES:
        target = out / "vision" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(vision / name, target)

    detector = (pose / "pose_solution_packed_assets.data").read_bytes()[:DETECTOR_BYTES]
    (out / "models").mkdir(parents=True, exist_ok=True)
    for bundle in BUNDLES:
        data = pose_bundle(detector, (pose / bundle.weights).read_bytes())
        (out / "models" / bundle.name).write_bytes(data)

    names = [f"vision/{name}" for name in VISION_FILES] + [f"models/{bundle.name}" for bundle in BUNDLES]
    names += _lay_flat(out / "three", {PurePosixPath(name).name: three / name for name in THREE_FILES}, {})
    names += _lay_flat(out / "vega", {PurePosixPath(name).name: packages / name for name in VEGA_FILES}, VEGA_MODULES)
    written = {name: (out / name).read_bytes() for name in names}
    manifest = {
        "packages": {
            "@mediapipe/pose": POSE_VERSION,
            "@mediapipe/tasks-vision": VISION_VERSION,
            "three": THREE_VERSION,
            **VEGA_VERSIONS,
        },
        "files": {n: {"bytes": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in written.items()},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return {name: len(data) for name, data in written.items()}


def _lay_flat(folder: Path, copied: Mapping[str, Path], made: Mapping[str, str]) -> list[str]:
    """Write modules and scripts into one folder, their imports turned to each other; return their names in the assets."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: source.read_bytes().decode() for name, source in copied.items()} | dict(made)
    for name, code in texts.items():
        (folder / name).write_bytes(flat_module(name, code, texts).encode())
    return [f"{folder.name}/{name}" for name in texts]


def _package(packages: Path, name: str, version: str) -> Path:
    folder = packages / name
    try:
        found = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    except FileNotFoundError:
        raise AssetsError(f"{name} {version} is not in {packages}; run `npm ci --ignore-scripts` first") from None
    if found != version:
        raise AssetsError(f"{folder}: expected version {version}, found {found}; run `npm ci --ignore-scripts` again")
    return folder


def main() -> int:
    """Build the assets as told on the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.models", description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, default=Path("node_modules"), help="npm's folder of packages")
    parser.add_argument("--out", type=Path, default=Path("build/assets"), help="where the files go")
    told = parser.parse_args()
    try:
        sizes = build(told.packages, told.out)
    except AssetsError as error:
        print(error, file=sys.stderr)
        return 2
    for name, size in sizes.items():
        print(f"  {told.out / name}  {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
