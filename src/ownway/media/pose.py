"""The pose model: 33 landmarks of a person in a picture.

The same model files as in the page, run by MediaPipe on the processor; pictures and landmarks stay in this process. MediaPipe
writes to the terminal of its own accord: ``hush`` keeps that from a user.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ownway.body.landmarks import Landmark
from ownway.errors import OwnwayError, later
from ownway.media.extra import video_extra

if TYPE_CHECKING:
    import numpy as np
    from mediapipe.tasks.python.vision.pose_landmarker import PoseLandmarker
    from numpy.typing import NDArray

Model = Literal["full", "lite"]
Points = tuple[Landmark, ...]

_USUAL_CONFIDENCE = 0.5  # MediaPipe's own, and that of the page
_ONLOOKER_CONFIDENCE = 0.4  # chosen by us: a second person is overlooked half as often, a ghost seldom seen
_DIGITS = 5  # of a fraction of the picture: 0.01 px in 1000


class PoseError(OwnwayError):
    """The pose model cannot be used on this computer."""


class PoseEstimator(Protocol):
    """Follows one person through the pictures of a film."""

    def see(self, rgb: NDArray[np.uint8], t_s: float) -> Points | None:
        """Return the person's landmarks in the next picture, or None where nobody is seen; times must increase."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class Onlooker(Protocol):
    """Sees everybody in single pictures."""

    def look(self, rgb: NDArray[np.uint8]) -> list[Points]:
        """Return the landmarks of each person that may be in the picture; some may be nobody."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


def model_file(models: Path, model: Model) -> Path:
    """Return the path of a model in the folder of models."""
    return models / f"{model_name(model)}.task"


def model_name(model: Model) -> str:
    """Return the name under which a recording knows its model."""
    return f"pose_landmarker_{model}"


class MediaPipePose:
    """A pose estimator that follows one person from picture to picture.

    Raises
    ------
    PoseError : the model, or a library it needs, cannot be loaded.
    MissingExtraError : MediaPipe is not installed.
    """

    def __init__(self, model: Path) -> None:
        self._last_ms = -1
        self._landmarker = _Landmarker(model, people=1, film=True)

    def see(self, rgb: NDArray[np.uint8], t_s: float) -> Points | None:
        """Return the person's landmarks in the next picture, or None where nobody is seen; times must increase."""
        self._last_ms = max(self._last_ms + 1, round(t_s * 1000))
        return next(iter(self._landmarker.found(rgb, self._last_ms)), None)

    def close(self) -> None:
        """Give back the model's memory and threads."""
        self._landmarker.close()


class MediaPipeOnlooker:
    """Sees up to so many people in single pictures; raises as ``MediaPipePose``."""

    def __init__(self, model: Path, people: int) -> None:
        self._landmarker = _Landmarker(model, people=people, film=False)

    def look(self, rgb: NDArray[np.uint8]) -> list[Points]:
        """Return the landmarks of each person that may be in the picture; some may be nobody."""
        return self._landmarker.found(rgb, None)

    def close(self) -> None:
        """Give back the model's memory and threads."""
        self._landmarker.close()


class _Landmarker:
    """One of MediaPipe's landmarkers, for films or for single pictures."""

    def __init__(self, model: Path, *, people: int, film: bool) -> None:
        if not model.is_file():
            raise PoseError(
                later(
                    "The pose model {file} is missing. Run `make run` in Ownway's folder once, or set OWNWAY_ASSETS to the "
                    "folder that has it."
                ),
                file=model,
            )
        self._landmarker = _landmarker(model, people, film=film)

    def found(self, rgb: NDArray[np.uint8], t_ms: int | None) -> list[Points]:
        import numpy as np
        from mediapipe import Image, ImageFormat

        image = Image(
            image_format=ImageFormat.SRGB, data=np.ascontiguousarray(rgb)
        )  # it would read others askew, in silence
        result = self._landmarker.detect(image) if t_ms is None else self._landmarker.detect_for_video(image, t_ms)
        people = [
            tuple((_rounded(p.x), _rounded(p.y), _rounded(p.z), _rounded(p.visibility)) for p in person)
            for person in result.pose_landmarks
        ]
        return [points for points in people if all(map(math.isfinite, (value for point in points for value in point)))]

    def close(self) -> None:
        self._landmarker.close()


def _landmarker(model: Path, people: int, *, film: bool) -> PoseLandmarker:
    # MediaPipe loads it to draw, which we never do, and the first time it tells everybody about its fonts.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with video_extra():
        from mediapipe.tasks.python.core.base_options import BaseOptions
        from mediapipe.tasks.python.vision.core.vision_task_running_mode import VisionTaskRunningMode
        from mediapipe.tasks.python.vision.pose_landmarker import PoseLandmarker, PoseLandmarkerOptions

    options = PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model), delegate=BaseOptions.Delegate.CPU),
        running_mode=VisionTaskRunningMode.VIDEO if film else VisionTaskRunningMode.IMAGE,
        num_poses=people,
        min_pose_detection_confidence=_USUAL_CONFIDENCE if film else _ONLOOKER_CONFIDENCE,
    )
    try:
        return PoseLandmarker.create_from_options(options)
    except OSError as error:
        raise PoseError(
            later(
                "The pose model's program cannot be loaded: {reason}. On Debian or Ubuntu this helps: "
                "sudo apt-get install libegl1 libgles2"
            ),
            reason=error,
        ) from error
    except (RuntimeError, ValueError) as error:
        raise PoseError(
            later(
                "The pose model {file} cannot be used: {reason}. Run `make assets` in Ownway's folder to build it anew."
            ),
            file=model,
            reason=error,
        ) from error


def _rounded(value: float | None) -> float:
    return math.nan if value is None else round(value, _DIGITS)
