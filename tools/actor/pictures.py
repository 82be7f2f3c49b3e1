"""Pictures of the figures, taken in the page's own scene: stills, each what the moving figure shows at that moment, and the
sheet from which the guide beside the camera's picture moves.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from ownway.exercises.loader import RIGHT_WAY
from ownway.exercises.schema import Demonstration, Exercise
from tools.actor import bodies
from tools.actor.animated import FPS, told
from tools.actor.demonstration import demonstrated, shown_by
from tools.actor.motion import Motion, perform
from tools.actor.movement import movements
from tools.actor.skeleton import skeleton
from tools.stage import chromium_may_sandbox, chromium_options, chromium_path, serve

SIZE_PX = 480
_QUALITY = 0.85

_TRAIL_S = (0.42, 0.21)  # before a fault's moment, pale behind it: what moves too fast shows
_TILE_PX, _COLUMNS, _TILE_QUALITY = 224, 12, 0.75
_TILE_EVERY = 3  # frames: ten pictures a second are enough for a guide
_TILE_MOVED_M = 0.012  # by any joint; less is not worth a picture

_OPEN = """async ([library, file, view, size]) => {
    const { openScene } = await import("/static/js/figure-scene.js");
    const canvas = document.createElement("canvas");
    canvas.style.width = canvas.style.height = `${size}px`;
    document.body.append(canvas);
    window.scene = await openScene(library, file, canvas, { view, mirror: view === "front" });
    window.webp = async (sheet, quality) => {
        const bytes = new Uint8Array(await (await sheet.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
        return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
    };
}"""
_TAKE = """([name, picture, joints, trail, quality]) => {
    const { canvas, mat } = scene;
    const sheet = new OffscreenCanvas(canvas.width, canvas.height);
    const pen = sheet.getContext("2d");
    scene.show(name, { picture });
    const at_s = scene.time_s;
    scene.mark([]);
    mat.visible = false;
    pen.globalAlpha = 0.3;
    for (const before_s of trail) {
        scene.seek(at_s - before_s);
        pen.drawImage(canvas, 0, 0);
    }
    pen.globalAlpha = 1;
    mat.visible = true;
    scene.mark(joints);
    scene.seek(at_s);
    pen.drawImage(canvas, 0, 0);
    return webp(sheet, quality);
}"""
_TAKE_SHEET = """([name, times, size, columns, quality]) => {
    const sheet = new OffscreenCanvas(columns * size, Math.ceil(times.length / columns) * size);
    const pen = sheet.getContext("2d");
    pen.imageSmoothingQuality = "high";
    scene.show(name);
    scene.mark([]);
    times.forEach((at_s, i) => {
        scene.seek(at_s);
        pen.drawImage(scene.canvas, (i % columns) * size, Math.floor(i / columns) * size, size, size);
    });
    return webp(sheet, quality);
}"""


@dataclass(frozen=True, slots=True)
class _Still:
    """A picture's name, and what it shows: an animation at a moment, with these joints marked."""

    name: str
    animation: str
    moment: str
    joints: tuple[str, ...] = ()
    trail_s: tuple[float, ...] = ()


def take(exercises: Iterable[Exercise], of: Sequence[str], folder: Path) -> Iterator[Path]:
    """Write the pictures of figures that lie in the folder already, beside them, and yield their files.

    Raises
    ------
    StageError : Ownway does not start, or there is no Chromium.
    NothingShownError : an exercise does not say what its figure shows.
    """
    with tempfile.TemporaryDirectory() as diary, serve(Path(diary)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=chromium_options(None), chromium_sandbox=chromium_may_sandbox()
        )
        for exercise in exercises:
            for body in of:
                page = browser.new_page(viewport={"width": 800, "height": 800})
                page.goto(served.address)
                place = folder / exercise.id / body
                file = f"/static/figures/{exercise.id}/{body}.glb"
                page.evaluate(_OPEN, ["/assets/three/", file, exercise.camera.view, SIZE_PX])
                for still in _stills(exercise):
                    yield _taken(page, still, place)
                yield from _sheet(
                    page, perform(skeleton(bodies.load(body)), demonstrated(exercise)[RIGHT_WAY], FPS, seed=0), place
                )
                page.close()
        browser.close()


def _taken(page: Page, still: _Still, folder: Path) -> Path:
    data: str = page.evaluate(_TAKE, [still.animation, still.moment, still.joints, still.trail_s, _QUALITY])
    return _written(folder / f"{still.name}.webp", base64.b64decode(data))


def _sheet(page: Page, motion: Motion, folder: Path) -> Iterator[Path]:
    """Write the right way in small pictures on one sheet, and beside it when each is."""
    frames = motion.timeline
    kept = [0]
    for frame in range(_TILE_EVERY, len(frames.t_s), _TILE_EVERY):
        moved = np.linalg.norm(motion.posed.places[frame] - motion.posed.places[kept[-1]], axis=1)
        if moved.max() > _TILE_MOVED_M:
            kept.append(frame)
    times = [round(float(frames.t_s[frame]), 3) for frame in kept]
    data: str = page.evaluate(_TAKE_SHEET, [RIGHT_WAY, times, _TILE_PX, _COLUMNS, _TILE_QUALITY])
    yield _written(folder / "sheet.webp", base64.b64decode(data))
    about = {"tile_px": _TILE_PX, "columns": _COLUMNS, "times_s": times, **told(motion)}
    yield _written(folder / "sheet.json", json.dumps(about).encode())


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _stills(exercise: Exercise) -> Iterator[_Still]:
    shown = shown_by(exercise)
    for picture in shown.pictures:
        yield _Still(f"{RIGHT_WAY}-{picture.id}", RIGHT_WAY, picture.id)
    for level in shown.levels:
        yield _Still(level.id, level.id, shown.main)
    for fault in shown.faults:
        yield _Still(fault.id, fault.id, _moment(exercise, shown, fault.id), _joints(exercise, fault.id), _TRAIL_S)


def _moment(exercise: Exercise, shown: Demonstration, kind: str) -> str:
    """Return the moment the fault's movement names, else that of the phase in which it is looked for, else the main one."""
    named = movements()[exercise.id].faults[kind].shown
    if named is not None and named.picture is not None:
        return named.picture
    phase = next(fault.phases[0] for fault in exercise.faults if fault.kind == kind)
    return phase if phase in {picture.id for picture in shown.pictures} else shown.main


def _joints(exercise: Exercise, kind: str) -> tuple[str, ...]:
    return next(fault.joints for fault in exercise.faults if fault.kind == kind)
