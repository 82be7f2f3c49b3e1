"""The diary in the browser: one tap, more by keyboard, the body by finger, and the sentences that are scored."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from .conftest import Open, Server
from .pages import SIZES, complaints, follow


@pytest.mark.parametrize(("scheme", "size"), [("light", "laptop"), ("dark", "phone")])
def test_a_day_in_the_diary(server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]) -> None:
    """Pain is tapped, the places are ticked by keyboard and by finger, the sentences are scored; the offer stays away."""
    page = open_chromium(None, viewport=SIZES[size], still=True).page
    page.emulate_media(color_scheme=scheme)
    page.goto(server.address)
    expect(page.locator("[data-function-due]")).to_be_visible()
    page.get_by_role("button", name="Not now").first.click()
    page.get_by_role("link", name="Diary").click()

    page.get_by_role("button", name="4", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Kept: 4 of 10.")
    page.get_by_text("Tell more about it").click()
    page.get_by_role("checkbox", name="Lower back, left").focus()
    for key in ("Space", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    page.locator(".at-buttock_left path").click()
    for name in ("Lower back, left", "Lower back, right", "Left buttock"):
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    page.get_by_role("textbox", name="A note").fill("After digging")
    assert complaints(page) == []
    follow(page.get_by_role("button", name="Keep it"))
    (line,) = page.get_by_role("listitem").filter(has_text="After digging").all()
    expect(line).to_contain_text("Lower back, left · Lower back, right · Left buttock")
    line.get_by_role("link").click()
    expect(page.get_by_role("radio", name="4", exact=True).first).to_be_checked()

    page.goto(f"{server.address}/diary/function/rmdq")
    for number in (1, 5, 24):
        page.get_by_role("checkbox").nth(number - 1).check()
    assert complaints(page) == []
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("region", name="24 sentences")).to_contain_text("3 of 24")
    assert complaints(page) == []
    page.goto(server.address)
    expect(page.locator("[data-function-due]")).to_be_hidden()
