"""Every page: nothing for axe to complain of, nothing outside the screen, in light and dark, on phone and laptop."""

from __future__ import annotations

from importlib import resources
from typing import Literal

import pytest
from playwright.sync_api import expect

from ownway.programme.screening import Answer
from ownway.store.folder import database_url
from tools.stage import screen

from .conftest import Open, Server
from .pages import SIZES, complaints, follow

LIBRARY = resources.files("ownway.exercises") / "library"
OWN = (LIBRARY / "hamstring_stretch.toml").read_text(encoding="utf-8").replace('id = "hamstring', 'id = "own')
OWN = OWN.replace("Standing hamstring stretch", "My own fold")
BACK_PAIN = "learn/bone-health/diseases-and-symptoms/local-pain/back-pain"


def shelve(server: Server) -> None:
    """Put an exercise of one's own, and a broken one, into the data folder."""
    folder = server.data_dir / "exercises"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, encoding="utf-8")
    (folder / "a-broken-file-of-a-rather-long-name.toml").write_text(OWN.replace("sets = 2", "sets = 'two'"))


@pytest.mark.parametrize(("scheme", "size"), [("light", "phone"), ("dark", "laptop")])
def test_every_page_can_be_used_by_everybody(
    server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]
) -> None:
    """Start, settings, people, exercise, preparation, session, the question after *It hurts*, summary: contrast, names, headings, and no sideways scrolling."""
    visit = open_chromium(
        None, viewport=SIZES[size], still=size == "phone"
    )  # once with the figure moving, once without
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    base = f"{server.address}/exercises"
    found: dict[str, object] = {}

    def check(name: str) -> None:
        found[name] = complaints(page)

    page.goto(server.address)
    check("start, empty")
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("A man", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_role("radio", name="A man")).to_be_checked()
    shelve(server)
    page.goto(f"{server.address}/settings")
    check("settings")
    follow(page.get_by_role("link", name="Somebody else exercises here, too"))
    check("people")
    here = ("data", "exercises", "exercises/own_stretch")
    for address in (*here, "learn/evidence", f"{BACK_PAIN}/trunk-rotation", "learn/search?q=stretch"):
        page.goto(f"{server.address}/{address}")
        check(address)
    page.goto(f"{server.address}/reminders")
    follow(page.get_by_role("button", name="Add"))
    check("reminders")
    for exercise in ("hamstring_stretch", "trunk_rotation"):
        page.goto(f"{base}/{exercise}")
        check(f"exercise {exercise}")
        page.goto(f"{base}/{exercise}/prepare?mode=camera")
        check(f"prepare {exercise}")
        page.goto(f"{base}/{exercise}/session?mode=timer")
        expect(page.locator("[data-cue-log] li").first).to_be_attached()
        check(f"session {exercise}")
    page.keyboard.press("h")
    page.wait_for_url("**/sessions/*")
    check("summary that asks where it hurts")
    page.get_by_text("Lower back", exact=True).click()
    page.get_by_role("button", name="Tell me what to do").click()
    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    check("summary")
    page.goto(server.address)
    check("start, with sessions")
    page.goto(f"{server.address}/nowhere")
    check("no such page")
    visit.complaints.clear()  # the browser says that this page is not there, which is so
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(("scheme", "size"), [("light", "laptop"), ("dark", "phone")])
def test_the_questions_before_can_be_used_by_everybody(
    server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]
) -> None:
    """Their beginning, one of them, each outcome, the answers that are kept, and the advice in place of a session."""
    page = open_chromium(None, viewport=SIZES[size], still=True).page
    page.emulate_media(color_scheme=scheme)
    found: dict[str, object] = {}

    def check(name: str) -> None:
        found[name] = complaints(page)

    page.goto(f"{server.address}/exercises/hamstring_stretch/not-today?pain=7")
    check("not today")
    page.goto(f"{server.address}/screening")
    check("screening")
    page.get_by_role("button", name="Begin the questions").click()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    check("question")
    outcomes: tuple[dict[str, Answer], ...] = (
        {"news": "yes", "saddle": "yes"},
        {"news": "yes", "fall": "yes"},
        {"eyes": "yes", "heart": "unsaid"},
    )
    for given in outcomes:
        screen(database_url(server.data_dir), given)
        page.goto(f"{server.address}/screening/outcome")
        check(f"outcome {given}")
    page.goto(f"{server.address}/screening/answers")
    check("answers")
    assert {name: what for name, what in found.items() if what} == {}


def test_the_caption_and_the_ring_are_read_from_three_metres(server: Server, open_chromium: Open) -> None:
    """On a laptop the caption is at least 6 % of the screen's height, the ring's number at least 12 %."""
    page = open_chromium(None, viewport=SIZES["laptop"]).page
    page.goto(f"{server.address}/exercises/hamstring_stretch/session?mode=timer")
    expect(page.locator("[data-cue-log] li[data-cue=hold_here]")).to_be_attached(timeout=20_000)
    size = "e => parseFloat(getComputedStyle(e).fontSize) / innerHeight"
    caption = page.locator("[data-caption] :text('Hold here.')").last.evaluate(size)
    assert caption >= 0.06
    assert page.locator("ownway-ring .ring-number").evaluate(size) >= 0.12


def test_what_stays_in_the_caption_comes_back(server: Server, open_chromium: Open) -> None:
    """What is said while there is a trouble passes before its words; they go when the trouble does."""
    page = open_chromium().page
    page.goto(server.address)
    read = page.evaluate("""async () => {
      await import("/static/js/caption.js");
      const caption = document.createElement("ownway-caption");
      document.body.append(caption);
      const read = [];
      for (const act of [
        () => caption.rest("Hold"),
        () => caption.say("The camera went away.", "sight", true),
        () => caption.say("Going on.", "guide"),
        () => caption.clear(),
        () => caption.release(),
      ]) { act(); read.push(caption.textContent); }
      return read;
    }""")
    assert read == ["Hold", "The camera went away.", "Going on.", "The camera went away.", "Hold"]
