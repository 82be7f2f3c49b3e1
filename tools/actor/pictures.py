"""Still pictures of the figures, taken in the page's own scene: each is what the moving figure shows at that moment."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ownway.exercises.loader import RIGHT_WAY
from ownway.exercises.schema import Demonstration, Exercise
from tools.actor.demonstration import shown_by
from tools.stage import chromium_may_sandbox, chromium_options, chromium_path, serve

SIZE_PX = 480
_QUALITY = 0.85

_OPEN = """async ([library, file, view, size]) => {
    const { openScene } = await import("/static/js/figure-scene.js");
    const canvas = document.createElement("canvas");
    canvas.style.width = canvas.style.height = `${size}px`;
    document.body.append(canvas);
    window.scene = await openScene(library, file, canvas, { view, mirror: view === "front", small: false });
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
    return sheet.convertToBlob({ type: "image/webp", quality }).then(
        (blob) => new Promise((done) => {
            const reader = new FileReader();
            reader.onload = () => done(reader.result);
            reader.readAsDataURL(blob);
        }),
    );
}"""
_TRAIL_S = (0.42, 0.21)  # before a fault's moment, pale behind it: what moves too fast shows


@dataclass(frozen=True, slots=True)
class _Still:
    """A picture's name, and what it shows: an animation at a moment, with these joints marked."""

    name: str
    animation: str
    moment: str
    joints: tuple[str, ...] = ()
    trail_s: tuple[float, ...] = ()


def take(exercises: Iterable[Exercise], bodies: Iterable[str], folder: Path) -> Iterator[Path]:
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
            for body in bodies:
                page = browser.new_page(viewport={"width": 800, "height": 800})
                page.goto(served.address)
                place = folder / exercise.id / body
                file = f"/static/figures/{exercise.id}/{body}.glb"
                page.evaluate(_OPEN, ["/assets/three/", file, exercise.camera.view, SIZE_PX])
                for still in _stills(exercise):
                    yield _taken(page, still, place)
                page.close()
        browser.close()


def _taken(page: Page, still: _Still, folder: Path) -> Path:
    data: str = page.evaluate(_TAKE, [still.animation, still.moment, still.joints, still.trail_s, _QUALITY])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{still.name}.webp"
    path.write_bytes(base64.b64decode(data.partition(",")[2]))
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
    """Return the picture of the phase in which the fault is looked for; the main one where there is none."""
    phase = next(fault.phases[0] for fault in exercise.faults if fault.kind == kind)
    return phase if phase in {picture.id for picture in shown.pictures} else shown.main


def _joints(exercise: Exercise, kind: str) -> tuple[str, ...]:
    return next(fault.joints for fault in exercise.faults if fault.kind == kind)
