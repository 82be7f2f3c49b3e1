"""The demonstrator in a real Chromium: a picture first, then a figure that moves, turns, shows faults, and steps back."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from statistics import fmean

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tools.stage import chromium_options

from .conftest import Launch, Open, Server
from .pages import stop_time

STRETCH, ROTATION = "exercises/hamstring_stretch", "exercises/trunk_rotation"
PICTURE_MS = 100  # that each picture of the figure stands for
PATIENCE_S = 60.0  # until a figure is loaded, on the slowest computer


@pytest.fixture
def page(open_chromium: Open) -> Page:
    """Open a page in which time stands still until a test lets some pass: how quick the computer is plays no part."""
    page = open_chromium(None).page
    page.clock.install()
    stop_time(page)
    return page


def passes(page: Page, seconds: float) -> None:
    """Let time pass in the page, and be drawn ten times a second."""
    for _ in range(round(1000 * seconds / PICTURE_MS)):
        page.clock.fast_forward(PICTURE_MS)


def figure(page: Page) -> Locator:
    return page.locator("ownway-figure").first


def moves(page: Page) -> None:
    """Let as much time pass as it takes until the figure has taken the picture's place."""
    until = time.monotonic() + PATIENCE_S
    while figure(page).get_attribute("data-state") != "moving":
        assert time.monotonic() < until, "the figure does not move"
        page.clock.fast_forward(PICTURE_MS)


def drawn(page: Page) -> bytes:
    """Return the figure as it is seen now."""
    return page.locator("canvas.demo-canvas").screenshot()


def unlike(a: bytes, b: bytes) -> float:
    """Return the mean difference of two screenshots, of 255."""
    with Image.open(io.BytesIO(a)) as one, Image.open(io.BytesIO(b)) as other:
        return fmean(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_picture_first_then_the_figure_moves(server: Server, page: Page) -> None:
    """The still is there before the script; the figure takes its place where it is, moves, and says the phase and how to breathe."""
    page.goto(f"{server.address}/{STRETCH}", wait_until="commit")
    still = page.locator("img.demo-still").first
    expect(still).to_have_js_property("naturalWidth", 480)
    moves(page)
    expect(still).to_be_hidden()
    says = page.locator("[data-says]").first
    expect(says).to_have_text("Stay at your own limit. Breathe quietly.")
    before = drawn(page)
    passes(page, 6)
    expect(says).to_have_text("Roll up slowly. Breathe in.")
    assert unlike(drawn(page), before) > 0.5
    label = page.get_by_role("img", name=re.compile("folds forward slowly"))
    expect(label).to_have_count(1)


def test_it_can_be_stopped_turned_and_slowed(server: Server, page: Page) -> None:
    """Paused, it keeps quite still; views, dragging and arrow keys turn it; dragging says that no view is chosen any more."""
    page.goto(f"{server.address}/{ROTATION}")
    moves(page)
    press(page, "Pause the figure")
    passes(page, 0.3)
    front = drawn(page)
    passes(page, 0.5)
    assert drawn(page) == front
    press(page, "Side")
    passes(page, 0.9)
    side = drawn(page)
    assert side != front
    expect(page.get_by_role("button", name="Side", exact=True)).to_have_attribute("aria-pressed", "true")
    page.locator("canvas.demo-canvas").focus()
    page.keyboard.press("ArrowLeft")
    assert drawn(page) != side
    expect(page.get_by_role("button", name="Side", exact=True)).to_have_attribute("aria-pressed", "false")
    press(page, "Front")
    passes(page, 0.9)
    assert unlike(drawn(page), front) < 0.5 < unlike(side, front)
    box = page.locator("canvas.demo-canvas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 90, middle[1], steps=5)
    page.mouse.up()
    assert drawn(page) != front
    expect(page.locator("[data-view][aria-pressed=true]")).to_have_count(0)


def test_what_to_avoid_is_shown_as_such(server: Server, page: Page) -> None:
    """Each fault says that it is none to copy, and what to do instead; the movement itself is one press away."""
    page.goto(f"{server.address}/{STRETCH}")
    moves(page)
    ribbon, says = page.get_by_text("Not like this"), page.locator("[data-says]").first
    for name, instead in (("Bent knees", "Knees: soft"), ("Bouncing", "Stillness:"), ("Too fast", "Pace:")):
        press(page, name)
        expect(ribbon).to_be_visible()
        expect(says).to_contain_text(instead)
        expect(page.get_by_role("img", name=re.compile(f"^Not like this. {name}. {instead}"))).to_have_count(1)
    press(page, "To your toes")
    expect(ribbon).to_be_hidden()
    passes(page, 2.5)
    expect(says).to_have_text("Fold forward slowly. Breathe out.")
    press(page, "The movement")
    expect(page.get_by_role("button", name="The movement")).to_have_attribute("aria-pressed", "true")


def test_slow_motion_is_slow(server: Server, page: Page) -> None:
    """What takes its time takes two and a half times as long."""
    page.goto(f"{server.address}/{STRETCH}")
    moves(page)
    says = page.locator("[data-says]").first

    def until_it_folds(name: str) -> int:
        """Return for how many pictures the figure stands, when it begins anew, before it folds."""
        press(page, name)
        for pictures in range(100):
            if says.text_content() == "Fold forward slowly. Breathe out.":
                return pictures
            passes(page, PICTURE_MS / 1000)
        pytest.fail("it never folds")

    usual = until_it_folds("To your toes")
    press(page, "Slow motion")
    assert until_it_folds("To your shins") == pytest.approx(2.5 * usual, abs=2)
    assert usual > 5


def test_who_wants_less_motion_is_asked(server: Server, page: Page) -> None:
    """Still pictures with their words, until *Show it moving* is pressed."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server.address}/{STRETCH}")
    expect(page.get_by_role("button", name="Show it moving")).to_be_visible()
    expect(page.locator(".demo-pictures li")).to_have_count(4)
    expect(page.locator(".demo-pictures")).to_be_visible()
    assert figure(page).get_attribute("data-state") == "still"
    press(page, "Bent knees")
    expect(page.locator("img.demo-still")).to_have_attribute("src", re.compile(r"/bent_knees\.webp$"))
    expect(page.get_by_text("Not like this")).to_be_visible()
    press(page, "Show it moving")
    moves(page)
    expect(page.locator(".demo-pictures")).to_be_hidden()


@pytest.fixture
def without_webgl(launch: Launch) -> Iterator[BrowserContext]:
    """Open a Chromium that has no WebGL."""
    with launch([*chromium_options(None), "--disable-3d-apis"]).new_context() as context:
        yield context


def test_without_webgl_there_are_pictures(server: Server, without_webgl: BrowserContext) -> None:
    """Nothing fails, nothing of the library is loaded, and what to avoid is shown as a picture."""
    page = without_webgl.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.address}/{ROTATION}")
    expect(page.locator(".demo-pictures li")).to_have_count(3)
    page.wait_for_timeout(1000)
    press(page, "Leaning to the side")
    expect(page.locator("img.demo-still")).to_have_attribute("src", re.compile(r"/leaning\.webp$"))
    expect(page.locator("img.demo-still")).to_have_js_property("naturalWidth", 480)
    expect(page.get_by_role("button", name="Show it moving")).to_be_hidden()
    assert not [url for url in asked if "/three/" in url or url.endswith(".glb")]
    assert complaints == []


def test_without_scripts_there_are_pictures(server: Server, launch: Launch) -> None:
    """The pictures and their words are in the page itself; what would need a script is not offered."""
    with launch(chromium_options(None)).new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.address}/{STRETCH}")
        expect(page.get_by_text("Roll up slowly, breathing in.")).to_be_visible()
        expect(page.get_by_role("button", name="Bouncing")).to_be_hidden()


def guide(page: Page) -> bytes:
    """Return the guide of a session as it is seen now."""
    return page.locator("ownway-guide canvas").screenshot()


@pytest.mark.alone
def test_in_the_session_it_leads_and_steps_back(server: Server, open_chromium: Open) -> None:
    """Beside the picture it moves until the person holds; then it stands back, and keeps still. It costs no third dimension."""
    visit = open_chromium(None)
    page = visit.page
    page.goto(f"{server.address}/{STRETCH}/session?mode=sample")
    back = re.compile(r"\bback\b")
    seen = set()
    for _ in range(10):
        seen.add(guide(page))
        page.wait_for_timeout(400)
    assert len(seen) >= 3
    expect(page.locator("ownway-guide")).not_to_have_class(back)
    expect(page.locator("[data-cue-log] li[data-cue=hold_here]")).to_be_attached(timeout=60_000)
    expect(page.locator("ownway-guide")).to_have_class(back, timeout=10_000)
    page.wait_for_timeout(1000)
    before = guide(page)
    page.wait_for_timeout(600)
    assert guide(page) == before
    assert not [url for url in visit.addresses if "/three/" in url]


def test_without_camera_it_leads_through_the_phases(server: Server, open_chromium: Open) -> None:
    """Where nobody is seen it never steps back, and is where the coach is: down with it, and in the hold bent forward."""
    page = open_chromium(None).page
    page.goto(f"{server.address}/{STRETCH}/session?mode=timer")
    page.wait_for_timeout(1000)
    expect(page.locator("[data-cue-log] li[data-cue=hold_here]")).to_be_attached(timeout=30_000)
    page.wait_for_timeout(500)
    # What is drawn is below the middle: nobody stands.
    top = "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; for (let i = 3; i < d.length; i += 4) if (d[i] > 99) return Math.floor(i / 4 / c.width) / c.height; }"
    assert page.locator("ownway-guide canvas").evaluate(top) > 0.3
    expect(page.locator("ownway-guide")).not_to_have_class(re.compile(r"\bback\b"))


def test_with_less_motion_the_guide_keeps_still(server: Server, open_chromium: Open) -> None:
    """One picture of each phase, and no more."""
    page = open_chromium(None).page
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server.address}/{ROTATION}/session?mode=timer")
    expect(page.locator("[data-cue-log] li[data-cue=turn_left_right]")).to_be_attached(timeout=30_000)
    page.wait_for_timeout(800)
    before = guide(page)
    page.wait_for_timeout(1200)
    assert guide(page) == before


def test_the_chosen_body_shows_it(server: Server, open_chromium: Open) -> None:
    """Chosen once in the settings, everywhere from then on."""
    page = open_chromium(None).page
    page.goto(f"{server.address}/settings")
    page.get_by_text("A man", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    for path in ("", STRETCH, f"{ROTATION}/prepare"):
        page.goto(f"{server.address}/{path}")
        expect(figure(page)).to_have_attribute("data-file", re.compile(r"/m\.glb$"))
    page.goto(f"{server.address}/{STRETCH}/session?mode=timer")
    expect(page.locator("ownway-guide")).to_have_attribute("data-sheet", re.compile(r"/m/sheet$"))
