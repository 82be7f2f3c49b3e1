"""One door for what somebody filmed: a landmark recording, or a film that the pose model looks at while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ownway.body.landmarks import Frame
from ownway.media.hush import hush
from ownway.media.people import Biggest
from ownway.media.pose import MediaPipeOnlooker, MediaPipePose, Model, PoseEstimator, model_file, model_name
from ownway.media.recordings import Header, open_recording
from ownway.media.video import Shot, open_video

_GZIP_MAGIC = b"\x1f\x8b"
_MOST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Footage:
    """What somebody filmed, as landmarks.

    Attributes
    ----------
    frames : as they are read, or looked at by the pose model.
    duration_s : how long a film says it is; None where it does not, and for a recording.
    notes : filled while the frames are read: ``two_people`` when others were seen beside the one who is followed, ``cut_short``
        and ``damaged`` as of the film or recording.
    """

    header: Header
    frames: Iterator[Frame]
    duration_s: float | None
    notes: set[str]


@contextmanager
def open_footage(
    path: Path, models: Callable[[], Path], *, model: Model = "full", mirrored: bool = False
) -> Iterator[Footage]:
    """Open a recording or a film, told apart by their content; it is closed at the end of the ``with`` block.

    Parameters
    ----------
    models : gives the folder of the pose models; asked for films only.
    model : which one looks at a film.
    mirrored : whether a film was flipped left to right when it was made. A recording says so itself.

    Raises
    ------
    OwnwayError : on opening for a file that is neither; while iterating for a recording's first frame that cannot be true.
    """
    if is_recording(path):
        with open_recording(path) as recording:
            yield Footage(recording.header, recording.frames, None, recording.notes)
        return
    with open_video(path) as video, _eyes(models(), model, video.notes) as eyes:
        header = Header(video.width_px, video.height_px, video.fps, mirrored, path.name, model_name(model))
        yield Footage(header, _seen(eyes, video.pictures), video.duration_s, video.notes)


def is_recording(path: Path) -> bool:
    """Return whether a file begins like a landmark recording, plain or gzipped; False for one that cannot be read."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_GZIP_MAGIC)).startswith((_GZIP_MAGIC, b"{"))
    except OSError:
        return False


@contextmanager
def _eyes(models: Path, model: Model, notes: set[str]) -> Iterator[PoseEstimator]:
    with (
        hush(),
        closing(MediaPipeOnlooker(model_file(models, "lite"), _MOST_PEOPLE)) as onlooker,
        closing(Biggest(lambda: MediaPipePose(model_file(models, model)), onlooker, notes)) as eyes,
    ):
        yield eyes


def _seen(eyes: PoseEstimator, pictures: Iterator[Shot]) -> Iterator[Frame]:
    for shot in pictures:
        yield Frame(shot.t_s, eyes.see(shot.rgb, shot.t_s))
