"""Where the pose models, and the libraries that the page runs, are."""

from __future__ import annotations

import os
from pathlib import Path

from ownway.errors import OwnwayError, later

MODELS = ("models/pose_landmarker_full.task", "models/pose_landmarker_lite.task")
NEEDED_BY_THE_PAGE = ("vision/vision_bundle.mjs", *MODELS, "three/three.module.min.js", "vega/drawing.js")


class AssetsError(OwnwayError):
    """The pose models or the libraries that the page runs are not set up."""

    def __init__(self, folder: Path, missing: list[str]) -> None:
        super().__init__(
            later(
                "The coach's eyes are not set up: {missing} missing in {folder}. "
                "Run `make run` in Ownway's folder once, or set OWNWAY_ASSETS to the folder that has them."
            ),
            missing=", ".join(missing),
            folder=folder,
        )


def assets_folder(needed: tuple[str, ...] = NEEDED_BY_THE_PAGE) -> Path:
    """Return the folder in which these files are, all of them.

    Raises
    ------
    AssetsError : with what is missing there.
    """
    given = os.environ.get("OWNWAY_ASSETS")
    folder = Path(given) if given else Path(__file__).resolve().parents[3] / "build" / "assets"
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise AssetsError(folder, missing)
    return folder


def models_folder() -> Path:
    """Return the folder of the pose models; raises as ``assets_folder``."""
    return assets_folder(MODELS) / "models"
