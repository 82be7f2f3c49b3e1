"""``ownway assess`` on a film: how much longer it takes than the pose model alone, and how much memory.

The pose model alone: the same film decoded into memory first, then nothing but the model, picture after picture. Start-up is
in neither; it is told on its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import imageio_ffmpeg

from ownway.analysis import analyse
from ownway.commands.assets import models_folder
from ownway.exercises.loader import library
from ownway.media.footage import open_footage
from ownway.media.hush import hush
from ownway.media.pose import MediaPipePose, model_file
from ownway.media.video import open_video
from ownway.report.curves import Curves
from ownway.report.series import COLUMNS
from tools.bench.figures import Figure
from tools.bench.server import resident_mb
from tools.stage import SAMPLES, SHIPPED

CLIP = "A1_bend_good"
HEIGHT_CM = 177.9
GOAL_TIMES = 1.10
GOAL_MB = 700
ROUNDS = 3
LONG_MINUTES = 6
_LOOK_EVERY_S = 0.3
_FIRST_S = 20.0  # of the film: standing, folding, holding


def measure() -> Iterator[Figure]:
    """Look at a film with the model alone and with everything, by turns; then at a long one, for its memory."""
    film = SAMPLES / SHIPPED[CLIP]
    with tempfile.TemporaryDirectory() as folder:
        short = _cut(film, Path(folder) / "short.mp4")
        pairs = [(_model_alone_s(short), _assessed_s(short)) for _ in range(ROUNDS)]
        times = sorted(whole / alone for alone, whole in pairs)
        alone_s, whole_s = pairs[-1]
        told = f"{whole_s:.1f} s against {alone_s:.1f} s; by turns {', '.join(f'{t:.2f}' for t in times)} times"
        middle = times[len(times) // 2]
        yield Figure("assess a film, against the pose model alone", told, f"{GOAL_TIMES} times", middle <= GOAL_TIMES)
        for minutes, path in ((1, film), (LONG_MINUTES, _repeated(film, Path(folder) / "long.mp4"))):
            used_mb, taken_s = _command(path)
            yield Figure(
                f"`ownway assess` of {minutes} min with every output",
                f"{used_mb:.0f} MB at most, {taken_s:.0f} s with its start",
                f"under {GOAL_MB} MB",
                used_mb < GOAL_MB,
            )


def _model_alone_s(film: Path) -> float:
    with open_video(film) as video:
        shots = list(video.pictures)
    with hush(), closing(MediaPipePose(model_file(models_folder(), "full"))) as eyes:
        eyes.see(shots[0].rgb, 0.0)
        began = time.perf_counter()
        for shot in shots[1:]:
            eyes.see(shot.rgb, shot.t_s)
        return time.perf_counter() - began


def _assessed_s(film: Path) -> float:
    curves = Curves(COLUMNS)
    began = 0.0

    def take(t_s: float, values: dict[str, float | None]) -> None:
        nonlocal began
        began = began or time.perf_counter()  # the first picture is seen, as in the other
        curves.add(t_s, values)

    with open_footage(film, models_folder) as footage:
        analyse(film, footage, library()["hamstring_stretch"], HEIGHT_CM, take)
        return time.perf_counter() - began


def _command(film: Path) -> tuple[float, float]:
    """Run the command with all its outputs in a process of its own; return its largest memory in MB and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = [
            f"--{kind}={folder}/out.{ending}"
            for kind, ending in (("json", "json"), ("series", "csv"), ("report", "html"))
        ]
        line = [
            sys.executable,
            "-m",
            "ownway",
            "assess",
            str(film),
            "--exercise=hamstring_stretch",
            f"--height-cm={HEIGHT_CM}",
            *outputs,
        ]
        began = time.perf_counter()
        with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
            most_mb = 0.0
            while process.poll() is None:
                most_mb = max(most_mb, resident_mb(process.pid))
                time.sleep(_LOOK_EVERY_S)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, line)
    return most_mb, time.perf_counter() - began


def _cut(film: Path, target: Path) -> Path:
    return _made(["-i", str(film), "-t", f"{_FIRST_S:g}"], target)


def _repeated(film: Path, target: Path) -> Path:
    """Return the film over and over, at a third of its pictures: memory grows with time, not with the rate."""
    return _made(["-stream_loop", "-1", "-i", str(film), "-t", f"{LONG_MINUTES * 60}", "-r", "10"], target)


def _made(given: list[str], target: Path) -> Path:
    line = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-loglevel",
        "error",
        *given,
        "-an",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        str(target),
    ]
    subprocess.run(line, check=True)
    return target
