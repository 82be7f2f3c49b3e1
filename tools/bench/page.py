"""A session in a real Chromium with the real model: how soon a cue follows the picture, what the page loads and holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect, sync_playwright

from tools.bench import exercise_page
from tools.bench.figures import Figure, spread
from tools.bench.server import resident_mb
from tools.stage import camera_video, chromium_may_sandbox, chromium_options, chromium_path, serve

CLIP = "A3_bend_bent_knees"
WATCHED_MS = 60_000
START_WITHIN_MS = 60_000


def measure() -> Iterator[Figure]:
    """Watch one minute of a stretch with bent knees, whose clip loops; then visit the exercise's own page."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=chromium_options(camera_video(CLIP)),
            chromium_sandbox=chromium_may_sandbox(),
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        requests: list[Request] = []
        context.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright marks its listeners
        page = context.new_page()
        page.goto(f"{served.address}/exercises/hamstring_stretch/session?mode=camera")
        expect(page.locator("[data-cue-log] li").first).to_be_attached(timeout=START_WITHIN_MS)
        page.wait_for_timeout(WATCHED_MS)

        pose_ms, cue_ms = _durations_ms(page, "ownway:pose"), _durations_ms(page, "ownway:cue")
        yield Figure("pose: one picture", spread(pose_ms, "ms"))
        yield Figure("capture to cue, pose within it", spread(cue_ms, "ms"))
        yield Figure("poses a second", f"{len(pose_ms) / (WATCHED_MS / 1000):.0f}")
        processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        renderers = [resident_mb(process["id"]) for process in processes if process["type"] == "renderer"]
        yield Figure("page memory (its process, model within it)", f"{max(renderers):.0f} MB")
        yield from _weight(requests)
        browser.close()
    yield from exercise_page.measure()


def _durations_ms(page: Page, name: str) -> list[float]:
    found: list[float] = page.evaluate("name => performance.getEntriesByName(name).map(entry => entry.duration)", name)
    return found


def _weight(requests: list[Request]) -> Iterator[Figure]:
    """Tell what was loaded, the model and its program apart from the page itself."""
    sizes = {"page": 0, "assets": 0}
    for request in requests:
        part = "assets" if urlsplit(request.url).path.startswith("/assets/") else "page"
        sizes[part] += request.sizes()["responseBodySize"]
    yield Figure("the page loads: itself", f"{sizes['page'] / 1e3:.0f} kB")
    yield Figure("the page loads: models and their program", f"{sizes['assets'] / 1e6:.1f} MB")
