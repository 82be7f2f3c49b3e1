"""Lays out what the page loads for seeing people: the pose model bundles and MediaPipe's module for the browser.

``python -m tools.models --packages node_modules --out build/assets`` writes

* ``vision/vision_bundle.mjs`` and ``vision/wasm/``: copied from ``@mediapipe/tasks-vision``, unchanged;
* ``models/pose_landmarker_full.task`` and ``..._lite.task``: packed from the weights in ``@mediapipe/pose``;
* ``manifest.json``: size and SHA-256 of each, written last.

The bytes depend on the packages alone, so the same packages always give the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import struct
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tools.tflite_metadata import ALIGNMENT, add_metadata, normalisation_metadata

POSE_VERSION = "0.5.1675469404"
VISION_VERSION = "0.10.35"
DETECTOR_BYTES = 2962288

# A module worker loads the `module` build; the bundle takes for granted that whoever runs modules has SIMD.
VISION_FILES = (
    "vision_bundle.mjs",
    "wasm/vision_wasm_module_internal.js",
    "wasm/vision_wasm_module_internal.wasm",
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
    """The packages are not there, or not the ones that are pinned."""


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


def build(packages: Path, out: Path) -> dict[str, int]:
    """Write all files into ``out`` and return their sizes in bytes by their name there.

    Parameters
    ----------
    packages : the ``node_modules`` folder.
    out : created where missing; files of the same name are replaced.

    Raises
    ------
    AssetsError : when a package is missing or of another version.
    """
    pose = _package(packages, "@mediapipe/pose", POSE_VERSION)
    vision = _package(packages, "@mediapipe/tasks-vision", VISION_VERSION)

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
    written = {name: (out / name).read_bytes() for name in names}
    manifest = {
        "packages": {"@mediapipe/pose": POSE_VERSION, "@mediapipe/tasks-vision": VISION_VERSION},
        "files": {n: {"bytes": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in written.items()},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return {name: len(data) for name, data in written.items()}


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
