"""Today's plan in the browser: answered, left out, taken back, and a level chosen, by keyboard as by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from ownway.coach.events import Calibrated
from ownway.coach.records import SessionRecord
from ownway.store.database import open_database
from ownway.store.folder import database_url
from ownway.store.sessions import Sessions

from .conftest import Open, Server
from .pages import SIZES, complaints, follow


def stretched(folder: Path, days_ago: int) -> None:
    """Write a good stretch of some days ago into the diary."""
    at = datetime.now(UTC) - timedelta(days=days_ago)
    database = open_database(database_url(folder))
    sessions = Sessions(database)
    record = SessionRecord(f"ago{days_ago}", "hamstring_stretch", 1, "timer", at, pain_before=2)
    sessions.begin(record)
    sessions.append(record.id, 0, [Calibrated(1.0, "left", {})])
    sessions.end(replace(record, ended_at=at, ending="done", good_s=70.0, counted_sets=2))
    database.close()


@pytest.mark.parametrize(("scheme", "size"), [("light", "laptop"), ("dark", "phone")])
def test_a_morning_with_the_plan(
    server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]
) -> None:
    """Three good days took the level up; the morning is asked, and a worse one makes a rest day, and the level is one below that of the days before."""
    for days_ago in (3, 2, 1):
        stretched(server.data_dir, days_ago)
    page = open_chromium(None, viewport=SIZES[size], still=True).page
    page.emulate_media(color_scheme=scheme)
    page.goto(server.address)
    today = page.get_by_role("region", name="Today")
    expect(today).to_contain_text("3 things left")
    expect(today).to_contain_text("Hands to your shins")
    assert complaints(page) == []

    today.get_by_role("button", name="Worse").click()
    expect(today).to_contain_text("A day of rest")
    expect(today.get_by_role("link", name="Do it now")).to_have_count(0)
    assert complaints(page) == []
    page.goto(f"{server.address}/plan/levels/hamstring_stretch")
    expect(page.get_by_role("radio", checked=True).locator("..")).to_contain_text("With your hands on a chair")
    expect(page.get_by_text("You see this because a morning was worse")).to_be_visible()
    page.goto(server.address)
    today.get_by_text("This morning: worse").click()
    today.get_by_role("button", name="The same").click()
    expect(today).to_contain_text("This morning: the same")

    rotation = today.get_by_role("listitem").filter(has_text="Trunk rotation")
    rotation.get_by_role("button", name="Not today").click()
    expect(rotation).to_contain_text("You see this because you left it out for today.")
    assert complaints(page) == []
    rotation.get_by_role("button", name="Take it back").click()
    expect(rotation.get_by_role("link", name="Do it now")).to_be_visible()

    follow(rotation.get_by_role("link", name="Choose another level"))
    assert complaints(page) == []
    page.get_by_role("radio", name="One minute, arms crossed").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(rotation).to_contain_text("Two minutes, arms crossed")
    expect(rotation).to_contain_text("You see this because you chose this level yourself.")

    today.get_by_role("link", name="Without camera").first.click()
    page.wait_for_url("**/exercises/hamstring_stretch/prepare?mode=timer")
    expect(page.get_by_text("Your level: Hands to your shins")).to_be_visible()
    expect(page.locator("img.demo-still")).to_have_attribute("src", re.compile(r"/shins\.webp$"))
    expect(page.get_by_role("img", name="To your shins")).to_have_count(1)  # in three dimensions, too, once it moves
    assert complaints(page) == []


def test_a_day_from_start_to_done(server: Server, open_chromium: Open) -> None:
    """Both exercises without camera, their time run quickly by the page's own clock, and a run by word: nothing is left."""
    page = open_chromium(None, viewport=SIZES["phone"], still=True).page
    page.goto(server.address)
    today = page.get_by_role("region", name="Today")
    for name in ("Standing hamstring stretch", "Trunk rotation"):
        line = today.get_by_role("listitem").filter(has_text=name)
        line.get_by_role("link", name="Without camera").click()
        page.get_by_text("No", exact=True).click()
        page.clock.install()
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/session?**")
        for _ in range(400):  # about as fast as the server takes frames
            if "/sessions/" in page.url:
                break
            page.clock.run_for(1000)
            page.wait_for_timeout(40)
        page.wait_for_url("**/sessions/*")
        expect(page.get_by_role("heading", name="Well done.")).to_be_visible()
        page.get_by_role("link", name="To the start page").click()
        expect(line).to_contain_text("done")
    expect(today).to_contain_text("1 thing left")
    today.get_by_role("button", name="I did it").click()
    expect(today).to_contain_text("All done for today")
