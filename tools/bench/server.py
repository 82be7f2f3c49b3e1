"""The server as it runs at home: how soon it answers, how soon it is there, how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

from ownway.body.landmarks import Frame
from ownway.media.recordings import Header, read_recording
from ownway.web.wire import pack_frame
from tools.bench.figures import Figure, spread
from tools.stage import CLIPS, Served, running, serve

GOAL_MB = 150
GOAL_START_S = 5
CLIP = "A3_bend_bent_knees"
PLAYED_S = 18.0  # of the clip: standing, folding, holding, faulted


def measure() -> Iterator[Figure]:
    """Serve, play one clip at its own pace over a real socket, and look at the process."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as served:
        idle_mb = resident_mb(served.pid)
        yield Figure("socket: frame to its answer", spread(_answers_ms(served), "ms", 2))
        busy_mb = resident_mb(served.pid)
    yield Figure("server memory, idle", f"{idle_mb:.0f} MB")
    yield Figure("server memory, one session", f"{busy_mb:.0f} MB", f"under {GOAL_MB} MB", busy_mb < GOAL_MB)


def measure_start() -> Iterator[Figure]:
    """Time a second `make run`, from the command until the page answers; the best and the worst of three."""
    taken_s = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            line = ["make", "--silent", "run", f"ARGS=serve --no-open --port 0 --data-dir {folder}"]
            began = time.perf_counter()
            with running(line, {}) as served, urllib.request.urlopen(served.address, timeout=10) as answer:  # noqa: S310
                answer.read()
                taken_s.append(time.perf_counter() - began)
    yield Figure(
        "second `make run` until the page answers", f"{min(taken_s):.1f} to {max(taken_s):.1f} s", "seconds", True
    )


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB, as `ps` tells it; 0 once it has ended."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=False, capture_output=True, text=True)  # noqa: S607
    return int(told.stdout or 0) * 1024 / 1e6


def _answers_ms(served: Served) -> list[float]:
    """Play the clip in real time; return the time from sending a frame to having the message that answers it.

    The server does not answer every frame: it tells events as they happen and the state at most ten times a second.
    """
    header, frames = read_recording(CLIPS / f"{CLIP}.jsonl.gz")
    address = served.address.replace("http://", "ws://") + "/live"
    with connect(address, origin=None, additional_headers={"Origin": served.address}) as socket:
        socket.send(json.dumps(_hello(header)))
        json.loads(socket.recv(timeout=10))
        return _play(socket, [frame for frame in frames if frame.t_s < PLAYED_S])


def _hello(header: Header) -> dict[str, object]:
    return {
        "type": "hello",
        "version": 1,
        "exercise": "hamstring_stretch",
        "mode": "camera",
        "width_px": header.width_px,
        "height_px": header.height_px,
        "mirrored": header.mirrored,
        "height_cm": None,
        "pain_before": None,
        "session": None,
    }


def _play(socket: ClientConnection, frames: list[Frame]) -> list[float]:
    began = time.perf_counter()
    sent: dict[float, float] = {}
    taken_ms: list[float] = []
    for frame in (replace(frame, t_s=frame.t_s + 0.001) for frame in frames):
        _listen(socket, began + frame.t_s, sent, taken_ms)
        sent[frame.t_s] = time.perf_counter()
        socket.send(pack_frame(frame))
    _listen(socket, time.perf_counter() + 0.5, sent, taken_ms)
    return taken_ms


def _listen(socket: ClientConnection, until: float, sent: dict[float, float], taken_ms: list[float]) -> None:
    """Take what the server says until that moment; note the first answer to each frame."""
    while (left := until - time.perf_counter()) > 0:
        try:
            message = json.loads(socket.recv(timeout=left))
        except TimeoutError:
            return
        now = time.perf_counter()
        at = sent.pop(message.get("frame_t_s", message.get("t_s")), None)
        if at is not None:
            taken_ms.append((now - at) * 1000)
