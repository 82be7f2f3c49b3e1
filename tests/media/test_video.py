"""Films: every container, turned as their maker held the camera, with their own times, and refused in words."""

from __future__ import annotations

import os
import random
import subprocess
import threading
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from ownway.media.video import MOST_PX, Video, VideoError, open_video
from tests.media.films import Picture, corners, film, pictures, resident_mb, sound

FASTSTART = {"movflags": "faststart"}


@pytest.fixture(scope="module")
def bend(clips: Path) -> list[Picture]:
    """Small pictures of somebody who bends."""
    return [np.ascontiguousarray(one[::2, ::2]) for one in pictures(clips / "A3_bend_bent_knees.mp4", 60)]


def read(path: Path) -> tuple[Video, list[float], list[Picture]]:
    """Return the film, and times and pictures of all its shots."""
    with open_video(path) as video:
        shots = list(video.pictures)
    return video, [shot.t_s for shot in shots], [shot.rgb for shot in shots]


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm", "avi", "mkv"])
def test_every_container(tmp_path: Path, bend: list[Picture], kind: str) -> None:
    """All pictures arrive, at their times, looking as they did."""
    video, times, seen = read(film(tmp_path / f"a.{kind}", bend))
    assert (video.width_px, video.height_px, video.fps, video.notes) == (320, 240, 30.0, set())
    assert video.duration_s == pytest.approx(2.0, abs=0.05)
    assert times == pytest.approx([n / 30 for n in range(60)], abs=0.001)
    for before, after in zip(bend, seen, strict=True):
        assert after.flags["C_CONTIGUOUS"]
        assert np.abs(after.astype(int) - before).mean() < 6


@pytest.mark.parametrize("flip", [(False, False), (True, False), (False, True)])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_film_is_seen_upright(tmp_path: Path, degrees: int, flip: tuple[bool, bool]) -> None:
    """Quarter turns and mirrors are undone as FFmpeg's own player does it, which is the judge here."""
    path = film(tmp_path / "a.mp4", [corners()] * 3, turned=(degrees, *flip))
    width_px, height_px = (64, 96) if degrees in (90, 270) else (96, 64)
    player = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-frames:v", "1", "-f", "rawvideo"]
    shown = subprocess.run([*player, "-pix_fmt", "rgb24", "-"], capture_output=True, check=True).stdout
    expected = np.frombuffer(shown, np.uint8).reshape(height_px, width_px, 3)
    video, _, seen = read(path)
    assert (video.width_px, video.height_px) == (width_px, height_px)
    assert np.abs(seen[0].astype(int) - expected).mean() < 4


def test_each_picture_keeps_its_own_time(tmp_path: Path) -> None:
    """Telephones vary the rate; times count from the first picture, wherever the film's clock begins."""
    times_ms = [500, 533, 700, 701, 1500, 1540]
    _, times, _ = read(film(tmp_path / "a.mkv", [corners()] * 6, times_ms=times_ms))
    assert times == pytest.approx([(t - 500) / 1000 for t in times_ms], abs=0.0011)


def test_joined_films_go_on(tmp_path: Path) -> None:
    """Where the clock begins anew and the shape changes, times go on and the picture keeps its size."""
    first = film(tmp_path / "a.ts", [corners()] * 90).read_bytes()
    second = film(tmp_path / "b.ts", [corners(64, 96)] * 90).read_bytes()
    (tmp_path / "c.ts").write_bytes(first + second)
    _, times, seen = read(tmp_path / "c.ts")
    assert len(times) > 170
    assert times == sorted(set(times))
    assert times[-1] < 7.0
    assert {picture.shape for picture in seen} == {(64, 96, 3)}
    assert seen[-1][:, :10].max() < 40  # black beside the narrow picture
    assert seen[-1][8, 40, 0] > 200  # whose top left is red


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    """The pose model sees 256 x 256 pixels; four times the work would be for nothing."""
    video, _, seen = read(film(tmp_path / "a.mp4", [corners(1920, 1080)] * 2))
    assert (video.width_px, video.height_px) == (MOST_PX, 720)
    assert seen[0].shape == (720, MOST_PX, 3)


def test_pixels_that_are_not_square(tmp_path: Path) -> None:
    """A tape's picture is stretched to its true shape; every angle would be wrong else."""
    video, _, _ = read(film(tmp_path / "a.mp4", [corners(72, 96)] * 2, pixel_aspect=Fraction(16, 9)))
    assert (video.width_px, video.height_px) == (128, 96)


def cut_off(path: Path, bend: list[Picture]) -> None:
    whole = film(path, bend * 2, options=FASTSTART if path.suffix == ".mp4" else {}).read_bytes()
    path.write_bytes(whole[: int(len(whole) * 0.8)])


@pytest.mark.parametrize("kind", ["mp4", "webm", "avi", "mkv"])
def test_a_film_that_was_cut_off(tmp_path: Path, bend: list[Picture], kind: str) -> None:
    """What is there counts, and it is noted that it is not all."""
    path = tmp_path / f"a.{kind}"
    cut_off(path, bend)
    video, times, _ = read(path)
    assert 20 < len(times) < 110
    assert video.notes == {"cut_short"}


def test_a_film_damaged_in_the_middle(tmp_path: Path, bend: list[Picture]) -> None:
    """Pictures that cannot be decoded are left out; the others keep their times."""
    path = film(tmp_path / "a.mp4", bend, options=FASTSTART)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + len(data) // 5] = random.Random(1).randbytes(len(data) // 5)
    path.write_bytes(data)
    video, times, _ = read(path)
    assert video.notes == {"damaged"}
    assert times[-1] == pytest.approx(59 / 30, abs=0.001)


def text(path: Path) -> None:
    path.write_text("I am no film.\n" * 100)


def playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/hostname\n#EXT-X-ENDLIST\n")


def without_index(path: Path) -> None:
    whole = film(path, [corners()] * 10).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def without_pictures(path: Path) -> None:
    path.write_bytes(film(path, [corners()]).read_bytes()[:700])


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("a.mp4", text, "cannot be read as a film"),
    ("a.mp4", playlist, "cannot be read as a film"),
    ("a.mp4", without_index, "cannot be read as a film"),
    ("a.mp4", lambda path: path.write_bytes(os.urandom(5000)), "cannot be read as a film"),
    ("a.mp4", lambda path: path.touch(), "is empty"),
    ("a.mp4", lambda path: path.mkdir(), "is a folder"),
    ("a.mp4", lambda path: None, "There is no file"),
    ("a.m4a", sound, "no pictures in it"),
    ("a.mkv", without_pictures, "not one picture"),
]


@pytest.mark.parametrize(("name", "make", "said"), BAD)
def test_what_is_no_film(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, make: Callable[[Path], object], said: str
) -> None:
    """It is refused in words that name the file, exit code 2, and the decoder's own noise stays away."""
    make(tmp_path / name)
    with pytest.raises(VideoError, match=said) as caught, open_video(tmp_path / name):
        pytest.fail("it was opened")
    assert name in str(caught.value)
    assert caught.value.exit_code == 2
    assert capfd.readouterr() == ("", "")


def test_leaving_early_ends_the_thread(tmp_path: Path, bend: list[Picture]) -> None:
    """Whoever has seen enough leaves, and nothing goes on behind their back."""
    path = film(tmp_path / "a.mp4", bend)
    with open_video(path) as video:
        assert len(list(islice(video.pictures, 3))) == 3
        assert "ahead" in {thread.name for thread in threading.enumerate()}
    assert "ahead" not in {thread.name for thread in threading.enumerate()}


def test_memory_does_not_grow_with_the_film(tmp_path: Path, bend: list[Picture]) -> None:
    """Three hours of film need no more than three seconds."""
    path = film(tmp_path / "a.avi", (bend[n % 20] for n in range(900)))
    with open_video(path) as video:
        for _ in islice(video.pictures, 200):
            pass
        before_mb = resident_mb()
        assert len([shot.t_s for shot in video.pictures]) == 700
        assert resident_mb() - before_mb < 15  # one picture has 0.23 MB
