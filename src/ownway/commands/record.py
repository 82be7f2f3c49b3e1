"""``ownway record``: a film in, a landmark recording out."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import typer

from ownway.body.landmarks import Frame
from ownway.commands.assets import models_folder
from ownway.commands.ending import tidy_end
from ownway.commands.progress import progress
from ownway.errors import OwnwayError, later
from ownway.media.files import TargetError, whole
from ownway.media.footage import Footage, is_recording, open_footage
from ownway.media.pose import Model
from ownway.media.recordings import write_recording
from ownway.report import wording


class NotAFilmError(OwnwayError):
    """What is to be recorded is a recording already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            later("{file} is a recording already. Name a film: mp4, mov, webm, avi or mkv."), file=path.name
        )


class SameFileError(OwnwayError):
    """The film would be replaced by its own recording."""

    def __init__(self, path: Path) -> None:
        super().__init__(later("{file} is the film itself. Give the recording another name."), file=path.name)


class NobodyError(OwnwayError):
    """A film in which nobody is ever seen."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            later(
                "Nobody was seen in {file}, so nothing was written. The whole body should be in the picture, in good light, "
                "2 to 3 m from the camera."
            ),
            file=path.name,
        )


def run(film: Path, target: Path, model: Model, words: NullTranslations, *, mirrored: bool) -> None:
    """Write what the pose model sees in a film, and say how much it saw.

    Raises
    ------
    OwnwayError : the film cannot be used, nobody is seen in it, or the recording cannot be written. No file is left then.
    """
    if is_recording(film):
        raise NotAFilmError(film)
    if film.exists() and target.exists() and target.samefile(film):
        raise SameFileError(film)
    with tidy_end(), whole(target) as part:
        with open_footage(film, models_folder, model=model, mirrored=mirrored) as footage:
            frames, seen = _write(part, target, footage, film.name)
        if not seen:
            raise NobodyError(film)
    typer.echo(
        words.gettext("{file} is written: {frames} pictures, with somebody in {seen} of them.").format(
            file=target, frames=frames, seen=seen
        )
    )
    for note in sorted(footage.notes):
        typer.echo(wording.note(note, words))


def _write(part: Path, target: Path, footage: Footage, label: str) -> tuple[int, int]:
    """Write the recording; return how many pictures it has, and in how many somebody was seen."""
    seen = 0

    def counted(frames: Iterator[Frame]) -> Iterator[Frame]:
        nonlocal seen
        for frame in frames:
            seen += frame.points is not None
            yield frame
            done(frame.t_s)

    with progress(label, footage.duration_s) as done:
        try:
            return write_recording(part, footage.header, counted(footage.frames)), seen
        except OSError as error:  # the disk is full, or gone
            raise TargetError(target, error.strerror or str(error)) from error
