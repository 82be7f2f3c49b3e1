"""A reminder in an open page: it waits until somebody is back, can be put off, and is quiet once answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from .conftest import Open, Server


def remind(page: Page, server: Server, at: str) -> None:
    page.goto(f"{server.address}/reminders")
    page.locator("input[type=time]").fill(at)
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".reminders .at")).to_have_text(at)


def test_it_waits_is_put_off_and_answered(server: Server, open_chromium: Open) -> None:
    """Nothing before its time; then a word that stays; fifteen minutes' peace on request; after an answer, none that day."""
    page = open_chromium(None, still=True).page
    today = datetime.now().astimezone() + timedelta(days=1)
    page.clock.install(time=today.replace(hour=20, minute=0))
    remind(page, server, "23:30")
    page.goto(server.address)
    banner = page.get_by_text("It is time for a few minutes for your back")
    expect(banner).to_be_hidden()
    page.clock.set_fixed_time(today.replace(hour=23, minute=31))
    page.reload()
    expect(banner).to_be_visible()
    page.goto(f"{server.address}/settings")
    expect(banner).to_be_visible()
    page.get_by_role("button", name="In 15 minutes").click()
    expect(banner).to_be_hidden()
    page.reload()
    page.wait_for_timeout(500)
    expect(banner).to_be_hidden()
    page.clock.set_fixed_time(today.replace(hour=23, minute=47))
    page.reload()
    expect(banner).to_be_visible()
    page.get_by_role("button", name="Not now").click()
    page.reload()
    page.wait_for_timeout(500)
    expect(banner).to_be_hidden()


def test_nobody_is_reminded_in_a_session(server: Server, open_chromium: Open) -> None:
    """The session has a voice of its own."""
    page = open_chromium(None, still=True).page
    page.goto(f"{server.address}/exercises/hamstring_stretch/session?mode=timer")
    expect(page.locator("[data-reminder]")).to_have_count(0)
