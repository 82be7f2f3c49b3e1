"""Films: pictures to H.264, and back to what the pose model sees in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import av
import numpy as np

from ownway.body.landmarks import Frame, Landmark
from ownway.media.hush import hush
from ownway.media.pose import MediaPipePose
from ownway.media.video import open_video
from tools.actor.stage import Picture

# One thread: the same pictures always give the same bytes.
_ENCODER = {"preset": "veryfast", "threads": "1"}
_QUALITY = 21  # of the encoder: less is finer
_TIME_DIGITS, _PLACE_DIGITS, _DEPTH_DIGITS = 3, 4, 3


def write_film(path: Path, pictures: Iterable[Picture], fps: int, quality: int = _QUALITY) -> None:
    """Write pictures of one size as an MP4 film that plays everywhere."""
    with av.open(path, "w", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=fps, options={**_ENCODER, "crf": str(quality)})
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.height, stream.width = picture.shape[:2]
            film.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")))
        film.mux(stream.encode(None))


def seen(film: Path, model: Path, fps: int) -> Iterator[Frame]:
    """Yield what the pose model sees in a film, picture by picture, rounded to what the coach can use.

    Raises
    ------
    PoseError : the model cannot be used.
    """
    with hush(), closing(MediaPipePose(model)) as pose, open_video(film) as video:
        for number, shot in enumerate(video.pictures):
            points = pose.see(shot.rgb, shot.t_s)
            yield Frame(round(number / fps, _TIME_DIGITS), None if points is None else tuple(map(_rounded, points)))


def _rounded(point: Landmark) -> Landmark:
    x, y, z, visibility = point
    return (
        round(x, _PLACE_DIGITS),
        round(y, _PLACE_DIGITS),
        None if z is None else round(z, _DEPTH_DIGITS),
        None if visibility is None else round(visibility, _DEPTH_DIGITS),
    )
