"""A guided run in the real browser, whose clock is turned by hand: twenty minutes pass in a moment."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import Page, expect

from ownway.programme.guided_run import WAYS, cues

from .conftest import Open, Server
from .pages import SIZES, complaints, stop_time

EASY = [cue.text for cue in cues(WAYS["easy"])]
ASLEEP_MS = 16 * 60_000


def said(page: Page) -> list[str]:
    """Return what the coach has said since the page was loaded."""
    lines: list[str] = page.locator("[data-cue-log] li").evaluate_all(
        "lines => lines.map(l => l.lastChild.textContent)"
    )
    return lines


def begin(page: Page, server: Server, way: str) -> None:
    """Go from today's plan to the run, and start it."""
    page.goto(server.address)
    line = page.get_by_role("region", name="Today").get_by_role("listitem").filter(has_text="A run or brisk walk")
    line.get_by_role("link", name="Do it now").click()
    page.get_by_role("radio", name=way).check(force=True)
    page.get_by_role("button", name="To the run").click()
    page.get_by_role("button", name="Start").click()


def test_a_run_out_of_reach_comes_home(server: Server, open_chromium: Open) -> None:
    """Paused, loaded anew, held up for a minute, out of reach at its end: all is said in its order, and the run counts."""
    visit = open_chromium(None, viewport=SIZES["phone"], still=True)
    page = visit.page
    page.clock.install(time=datetime.now().astimezone())
    stop_time(page)
    begin(page, server, "Run a little")
    page.clock.run_for(235_000)
    assert said(page) == EASY[:4]
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    assert said(page) == EASY[:4]
    page.clock.resume()
    assert complaints(page) == []
    stop_time(page)

    page.reload()
    expect(page.get_by_text("Your run is where you left it.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(116_000)  # 351 s
    assert said(page) == EASY[4:6] == ["Walk now. Breathe calmly.", "Ten seconds."]
    page.clock.fast_forward(70_000)  # the browser lets the page do something at 421 s: what was due before is late
    assert said(page)[2:] == ["Walk now."]
    page.clock.run_for(120_000)
    assert said(page)[3:] == ["Ten seconds.", "Run gently."]

    visit.context.set_offline(True)
    page.clock.run_for(662_000)
    assert said(page)[5:] == EASY[11:]
    expect(page.get_by_text("It is kept here, in this browser, until Ownway is in reach.")).to_be_visible()
    visit.context.set_offline(False)
    page.clock.run_for(12_000)
    page.clock.resume()
    page.wait_for_url("**/sessions/*")
    expect(page.get_by_role("main")).to_contain_text("It counts as the run of its day, and for the stretch.")
    expect(page.get_by_role("main")).to_contain_text("20 min 00 s")
    page.get_by_role("link", name="To the start page").click()
    expect(page.get_by_role("region", name="Today")).to_contain_text("the run counts for it")
    expect(page.get_by_role("region", name="Your sessions")).to_contain_text("Guided run or walk")
    visit.complaints.clear()  # the browser says that nobody was in reach, which is so


def test_a_run_that_was_left_one_that_slept_and_one_that_hurts(server: Server, open_chromium: Open) -> None:
    """The first is offered on the next page and ended there; the phone sleeps in the second, is asked, and then it hurts."""
    page = open_chromium(None, viewport=SIZES["laptop"], still=True).page
    page.emulate_media(color_scheme="dark")
    page.clock.install(time=datetime.now().astimezone())
    stop_time(page)
    begin(page, server, "Walk briskly")
    page.clock.run_for(100_000)
    page.goto(f"{server.address}/run")
    page.clock.run_for(90_000)
    expect(page.get_by_text("A run that you began is not finished.")).to_be_visible()
    page.clock.resume()
    assert complaints(page) == []
    stop_time(page)
    page.get_by_role("button", name="That was it").click()
    expect(page.get_by_text("Your run is in your diary.")).to_be_visible()

    begin(page, server, "Run all the way")
    page.clock.run_for(400_000)
    page.clock.fast_forward(ASLEEP_MS)
    expect(page.get_by_text("Your phone slept for 16 min. Did you keep going?")).to_be_visible()
    page.get_by_role("button", name="No, go on from here").click()
    page.clock.run_for(20_000)
    assert said(page)[-1] == "Stay easy: you could talk."
    page.keyboard.press("h")
    expect(page.get_by_role("alert")).to_have_text("Stop. Walk home slowly.")
    page.clock.resume()
    page.wait_for_url("**/sessions/*")
    expect(page.get_by_role("main")).to_contain_text("7 min 00 s")
    page.get_by_text("Lower back", exact=True).click()
    page.get_by_role("button", name="Tell me what to do").click()
    expect(page.get_by_role("main")).to_contain_text("It was right to stop.")
    page.goto(server.address)
    expect(page.get_by_role("region", name="Today")).to_contain_text("Enough for today")
