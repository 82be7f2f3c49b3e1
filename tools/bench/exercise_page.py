"""An exercise's page in a real Chromium: what it loads, and how soon the picture is there and the figure moves.

Every visit is a first one, with nothing kept from before. Times count from the click on a link, on this computer's own server;
the figure is drawn by whatever draws WebGL here, without a graphics card by the processor.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright

from tools.bench.figures import Figure, spread
from tools.stage import chromium_may_sandbox, chromium_options, chromium_path, serve

PAGE = "/exercises/hamstring_stretch"
VISITS = 5
SLOWER = (1, 4)  # times; 4 is what browsers' own tools take for a cheap computer. Drawing WebGL is not slowed
MOVES_WITHIN_MS = 60_000

# The still is the largest picture of the page; the moment at which it was painted is kept until it is asked for.
_WATCH = """
window.seen = {};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.element?.matches("ownway-figure img")) window.seen.still ??= entry.renderTime;
  }
}).observe({ type: "largest-contentful-paint", buffered: true });
new MutationObserver(() => {
  if (document.querySelector("ownway-figure[data-state=moving]")) window.seen.moving ??= performance.now();
}).observe(document, { subtree: true, attributeFilter: ["data-state"] });
"""


@dataclass(frozen=True, slots=True)
class _Visit:
    """When the still picture was painted and the figure moved, ms, and what was loaded by then, bytes by part."""

    still_ms: float
    moving_ms: float
    loaded: Mapping[str, int]


def measure() -> Iterator[Figure]:
    """Visit the page as fast as this computer is, and with its processor slowed."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=chromium_options(None), chromium_sandbox=chromium_may_sandbox()
        )
        visits = {times: [_visit(browser, served.address + PAGE, times) for _ in range(VISITS)] for times in SLOWER}
        browser.close()
    for part, size in visits[SLOWER[0]][0].loaded.items():
        yield Figure(f"an exercise's page loads: {part}", f"{size / 1e3:.0f} kB")
    for times, some in visits.items():
        how = "" if times == 1 else f", processor {times} times slower"
        yield Figure(f"its picture is there{how}", spread([visit.still_ms for visit in some], "ms"))
        yield Figure(f"its figure moves{how}", spread([visit.moving_ms for visit in some], "ms"))


def _visit(browser: Browser, address: str, slower: int) -> _Visit:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        requests: list[Request] = []
        context.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright marks its listeners
        context.add_init_script(_WATCH)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(address)
        page.locator("ownway-figure[data-state=moving]").wait_for(timeout=MOVES_WITHIN_MS)
        seen = page.evaluate("window.seen")
        return _Visit(seen["still"], seen["moving"], _loaded(requests))


def _loaded(requests: list[Request]) -> Mapping[str, int]:
    sizes = {"itself": 0, "its pictures": 0, "the 3D program": 0, "the figure": 0}
    for request in requests:
        sizes[_part(urlsplit(request.url).path)] += request.sizes()["responseBodySize"]
    return sizes


def _part(path: str) -> str:
    if path.startswith("/assets/three/"):
        return "the 3D program"
    return {".glb": "the figure", ".webp": "its pictures"}.get(Path(path).suffix, "itself")
