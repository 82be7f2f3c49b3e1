"""The questions before somebody exercises, in a real browser: the three outcomes, with and without script."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from ownway.store.folder import database_url
from tools.stage import chromium_options, screen

from .conftest import Launch, Open, Server
from .pages import follow

STRETCH, ROTATION = "exercises/hamstring_stretch", "exercises/trunk_rotation"
LABELS = {"yes": "Yes", "no": "No", "unsaid": "I’d rather not say"}


def answer_all(page: Page, address: str, given: Mapping[str, str]) -> None:
    """Answer whatever is asked, no unless told otherwise, to the end."""
    page.goto(f"{address}/screening")
    follow(page.locator("form button"))
    while "/questions/" in page.url:
        asked = page.url.rsplit("/", 1)[1]
        follow(page.get_by_role("button", name=LABELS[given.get(asked, "no")], exact=True))


@pytest.mark.parametrize("script", [True, False])
def test_the_first_session_begins_behind_the_questions(fresh_server: Server, launch: Launch, script: bool) -> None:
    """Start, questions with a way back and a reload, the outcome, and on to the exercise."""
    with launch(chromium_options(None)).new_context(java_script_enabled=script, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(fresh_server.address)
        page.locator("a[href*='hamstring_stretch/prepare?mode=timer']").first.click()
        expect(page.get_by_text("You see this because you have not answered these questions yet.")).to_be_visible()
        page.get_by_role("button", name="Begin the questions").click()
        follow(page.get_by_role("button", name="I’d rather not say"))
        page.reload()
        expect(page.get_by_text("Question 2 of 22")).to_be_visible()
        page.get_by_role("link", name="Back").click()
        marked = page.get_by_role("button", name="I’d rather not say")
        expect(marked).to_have_attribute("aria-pressed", "true")
        answer_all(page, fresh_server.address, {})
        expect(page.get_by_role("heading", level=1)).to_have_text("You may begin, with care.")
        page.locator("a[href$='hamstring_stretch']").click()
        page.locator("a[href*='prepare?mode=timer']").click()
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/session?mode=timer")


def test_each_outcome_says_what_to_do_and_holds_to_it(fresh_server: Server, open_chromium: Open) -> None:
    """Help now; somebody first, until cleared; one movement waits while the other may begin."""
    page = open_chromium(None, still=True).page
    address, heading = fresh_server.address, page.get_by_role("heading", level=1)

    screen(database_url(fresh_server.data_dir), {"bladder_bowel": "yes"})
    page.goto(f"{address}/screening/outcome")
    expect(heading).to_have_text("Please get help now.")
    expect(page.get_by_role("link", name="112")).to_be_visible()
    page.goto(f"{address}/{STRETCH}/session?mode=timer")
    expect(heading).to_have_text("Please get help now.")

    screen(database_url(fresh_server.data_dir), {"fall": "yes"})
    page.goto(f"{address}/screening/outcome")
    expect(heading).to_have_text("Please see someone first.")
    page.get_by_label("a fall or an accident lately").check()
    page.get_by_role("button", name="Yes, I have asked, and I may").click()
    expect(heading).to_have_text("You may begin.")

    answer_all(page, address, {"news": "yes", "eyes": "yes"})
    expect(heading).to_have_text("Please ask about this first.")
    page.goto(f"{address}/{STRETCH}/prepare")
    expect(heading).to_have_text("Please ask about this first.")
    page.goto(f"{address}/{ROTATION}/prepare?mode=timer")
    page.get_by_role("group", name="Any leg pain or numbness that is new?").get_by_text("Yes").click()
    page.get_by_role("button", name="Begin").click()
    expect(heading).to_have_text("Not today.")
    page.goto(f"{address}/{ROTATION}/prepare?mode=timer")
    expect(heading).to_have_text("A few questions first")
