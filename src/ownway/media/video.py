"""Films, picture by picture, as their maker held the camera.

A film is decoded in a thread of its own, a few pictures ahead of the pose model, so that it costs the model next to no time and
needs no more memory for three hours than for three seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownway.errors import OwnwayError, later
from ownway.media.ahead import ahead
from ownway.media.extra import video_extra
from ownway.media.turning import size_px, turning

if TYPE_CHECKING:
    import numpy as np
    from av import VideoFrame
    from av.container import InputContainer
    from av.filter import Graph
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

MOST_PX = 1280  # the model sees crops of 256 x 256, so a larger picture only takes longer
PICTURES_AHEAD = 4

# What people's cameras write. Lists of other files, which could lead elsewhere, and still pictures are not among them.
_FORMATS = "mov,matroska,avi,mpegts,mpeg,flv,ogg,asf"
_FORMATS_TOLD = "mp4, mov, webm, avi or mkv"
_USUAL_FPS = 30.0
_MOST_FPS = 1000.0
_BEGINS_ANEW_S = (
    1.0  # a time that falls back further than this is a new beginning (joined films), not a picture out of order
)
_CUT_SHORT_S = 0.3  # a film may end this much earlier than it says: the last pictures of sound and film seldom meet


class VideoError(OwnwayError):
    """A film that cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture of a film.

    Attributes
    ----------
    t_s : seconds since the first picture, strictly increasing from picture to picture.
    rgb : the picture, (height, width, 3).
    """

    t_s: float
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Video:
    """An open film.

    Attributes
    ----------
    width_px, height_px : size of its pictures, upright and at most ``MOST_PX`` long.
    fps : nominal pictures a second; the truth is in each picture's time.
    duration_s : how long it says it is; None where it does not say.
    pictures : its pictures as they are decoded.
    notes : filled while they are: ``cut_short`` when it ended before its time, ``damaged`` when pictures had to be left out.
    """

    width_px: int
    height_px: int
    fps: float
    duration_s: float | None
    pictures: Iterator[Shot]
    notes: set[str]


@contextmanager
def open_video(path: Path) -> Iterator[Video]:
    """Open a film for reading, picture by picture; it is closed at the end of the ``with`` block.

    A film that was cut off, or is damaged in the middle, is used as far as it can be decoded, and noted.

    Raises
    ------
    VideoError : not a film, or one of which not a single picture can be decoded.
    MissingExtraError : the packages for films are not installed.
    """
    with video_extra():
        import av
    _check_file(path)
    try:
        container = av.open(
            str(path.absolute()),
            options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"},
            metadata_errors="replace",
        )
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise VideoError(
            later(
                "{file} cannot be read as a film. Expected: {formats}. If it is one, it may be incomplete: copy it again from "
                "the camera."
            ),
            file=path.name,
            formats=_FORMATS_TOLD,
        ) from error
    with container:
        stream = _video_stream(container, path)
        reel = _Reel(container, stream)
        with ahead(reel.pictures(), PICTURES_AHEAD) as pictures:
            first = next(pictures, None)
            if first is None:
                raise VideoError(
                    later(
                        "{file} holds not one picture that can be shown. Copy it again from the camera, or film anew."
                    ),
                    file=path.name,
                )
            height_px, width_px, _colours = first.rgb.shape
            yield Video(
                width_px=width_px,
                height_px=height_px,
                fps=reel.fps,
                duration_s=reel.duration_s,
                pictures=chain([first], pictures),
                notes=reel.notes,
            )


def _check_file(path: Path) -> None:
    """Refuse what is no file at all, in better words than a decoder has."""
    if path.is_dir():
        raise VideoError(later("{file} is a folder; a film or a recording was expected."), file=path)
    if not path.is_file():
        raise VideoError(later("There is no file {file}. Look at its name, and the folder it is in."), file=path)
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise VideoError(
            later("{file} cannot be read: {reason}."), file=path, reason=error.strerror or str(error)
        ) from error
    if empty:
        raise VideoError(later("{file} is empty. Copy it again from the camera."), file=path.name)


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    from av.stream import Disposition

    # The picture on the sleeve of a piece of music is a stream of its own, too.
    streams = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    if not streams:
        raise VideoError(
            later("{file} has no pictures in it, only sound or text. Expected a film: {formats}."),
            file=path.name,
            formats=_FORMATS_TOLD,
        )
    best = container.streams.best("video")
    return next((one for one in streams if one is best), streams[0])


class _Reel:
    """A film that is being decoded."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self._screen = _Screen(float(stream.sample_aspect_ratio or 1))
        self.notes: set[str] = set()
        self.fps = _fps(stream)
        self.duration_s = None if container.duration is None else container.duration / 1e6
        stream.thread_type = "AUTO"

    def pictures(self) -> Iterator[Shot]:
        """Yield the pictures, upright and in the order of their time."""
        from av.error import FFmpegError

        clock = _Clock(1 / self.fps)
        for frame in self._frames():
            t_s = clock.at(frame.time)
            if t_s is None:
                continue
            try:
                rgb = self._screen.shown(frame)
            except FFmpegError:
                self.notes.add("damaged")
                continue
            yield Shot(t_s, rgb)

    def _frames(self) -> Iterator[VideoFrame]:
        """Yield what can be decoded, and note what cannot."""
        from av.error import FFmpegError

        reached_s = 0.0
        failed = False
        packets = self._container.demux()  # of the sound as well: the film is as long as the longest of both
        while True:
            try:
                packet = next(packets, None)
            except FFmpegError:
                failed = True
                break
            if packet is None:
                break
            if packet.pts is not None and packet.time_base is not None:
                reached_s = max(reached_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
            if packet.stream.index != self._stream.index:  # its own stream_index is 0 in the last, empty ones
                continue
            if failed and packet.size:  # the last time was not the end
                self.notes.add("damaged")
            try:
                yield from self._stream.decode(packet)
            except FFmpegError:
                failed = True
            else:
                failed = packet.is_corrupt if packet.size else failed
        begin_s = (self._container.start_time or 0) / 1e6
        if failed or (self.duration_s is not None and reached_s < begin_s + self.duration_s - _CUT_SHORT_S):
            self.notes.add("cut_short")


def _fps(stream: VideoStream) -> float:
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate is not None and 1 <= rate <= _MOST_FPS:
            return round(float(rate), 3)
    return _USUAL_FPS


@dataclass
class _Clock:
    """Times since the first picture, strictly increasing whatever the film says.

    Attributes
    ----------
    step_s : from one picture to the next where the film does not say.
    """

    step_s: float
    _first_s: float | None = None
    _last_s: float | None = None

    def at(self, film_s: float | None) -> float | None:
        """Return when a picture is to be shown; None for one that has no time of its own (a copy of the last)."""
        if self._last_s is None:
            self._first_s = film_s
            self._last_s = 0.0
            return 0.0
        next_s = self._last_s + self.step_s
        if film_s is None:
            t_s = next_s
        else:
            if self._first_s is None or film_s - self._first_s < self._last_s - _BEGINS_ANEW_S:
                self._first_s = film_s - next_s
            t_s = film_s - self._first_s
        t_s = round(t_s, 4)
        if t_s <= self._last_s:
            return None
        self._last_s = t_s
        return t_s


@dataclass
class _Screen:
    """Turns decoded frames into upright pictures of one size, that of the first.

    A film whose frames change their shape (somebody turned the telephone) keeps its size, with black beside the picture.
    """

    pixel_aspect: float
    _size_px: tuple[int, int] | None = None
    _shape: tuple[Any, ...] | None = None
    _graph: Graph | None = None

    def shown(self, frame: VideoFrame) -> NDArray[np.uint8]:
        """Return the frame as it is to be seen."""
        import numpy as np

        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if self._graph is None or shape != self._shape:
            self._shape = shape
            self._graph = self._built(frame)
        self._graph.vpush(frame)
        # Rows that end on a boundary of the decoder's would be read askew by the pose model.
        return np.ascontiguousarray(self._graph.vpull().to_ndarray(), dtype=np.uint8)

    def _built(self, frame: VideoFrame) -> Graph:
        from av.filter import Graph

        # Looked at once only: this would keep every frame alive until Python looks for cycles, hundreds of megabytes later.
        data: Any = frame.side_data.get("DISPLAYMATRIX")
        turn = turning(None if data is None else bytes(data))
        own = size_px(frame.width, frame.height, self.pixel_aspect, turn.on_its_side, MOST_PX)
        if self._size_px is None:
            self._size_px = own
        width_px, height_px = self._size_px
        fit = min(width_px / own[0], height_px / own[1])
        inner = max(2, round(own[0] * fit)), max(2, round(own[1] * fit))
        filters = [*turn.filters, ("scale", f"{inner[0]}:{inner[1]}:flags=bilinear"), ("format", "rgb24")]
        if inner != self._size_px:
            filters.append(("pad", f"{width_px}:{height_px}:-1:-1"))
        graph = Graph()
        graph.threads = 1  # the other cores are the pose model's
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
        )
        graph.link_nodes(
            source,
            *(graph.add(name, given) if given else graph.add(name) for name, given in filters),
            graph.add("buffersink"),
        ).configure()
        return graph
