"""Films for tests, made on the spot from pictures; and what is measured on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from ownway.media.video import open_video

Picture = NDArray[np.uint8]

CODECS = {"mp4": "libx264", "mov": "libx264", "webm": "libvpx", "avi": "mpeg4", "mkv": "libx264", "ts": "libx264"}
QUICK = {
    "libvpx": {"deadline": "realtime", "cpu-used": "8", "threads": "1"},
    "libx264": {"preset": "veryfast", "threads": "1"},
}


def pictures(clip: Path, count: int, step: int = 1) -> list[Picture]:
    """Return so many pictures of a clip, every ``step``-th."""
    with open_video(clip) as film:
        return [shot.rgb.copy() for shot in islice(film.pictures, 0, count * step, step)]


def corners(width_px: int = 96, height_px: int = 64) -> Picture:
    """Return a picture whose corners are red, green, blue and white, clockwise from the top left."""
    picture = np.zeros((height_px, width_px, 3), np.uint8)
    half_y, half_x = height_px // 2, width_px // 2
    picture[:half_y, :half_x] = (255, 0, 0)
    picture[:half_y, half_x:] = (0, 255, 0)
    picture[half_y:, half_x:] = (0, 0, 255)
    picture[half_y:, :half_x] = 255
    return picture


def film(
    path: Path,
    shown: Iterable[Picture],
    *,
    fps: int = 30,
    times_ms: Sequence[int] | None = None,
    turned: tuple[int, bool, bool] | None = None,
    pixel_aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Write pictures as a film of the kind its name says; ``turned`` is rotation, mirrored across, mirrored down."""
    with av.open(path, "w", options=options or {}) as out:
        stream: Any = None
        for number, picture in enumerate(shown):
            if stream is None:
                codec = CODECS[path.suffix[1:]]
                stream = out.add_stream(codec, rate=fps, options=QUICK.get(codec, {}))
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv420p"
                if pixel_aspect is not None:
                    stream.codec_context.sample_aspect_ratio = pixel_aspect
                if times_ms is not None:
                    stream.codec_context.time_base = Fraction(1, 1000)
                if turned is not None:
                    stream.set_display_rotation(turned[0], hflip=turned[1], vflip=turned[2])
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            if times_ms is not None:
                frame.pts, frame.time_base = times_ms[number], Fraction(1, 1000)
            out.mux(stream.encode(frame))
        if stream is not None:
            out.mux(stream.encode(None))
    return path


def sound(path: Path) -> Path:
    """Write a second of silence."""
    with av.open(path, "w") as out:
        stream: Any = out.add_stream("aac", rate=16000, layout="mono")
        for number in range(16):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16000, 1024 * number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def resident_mb() -> float:
    """Return how much memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
