"""How it is going, in the real browser: charts under our policy, in words and numbers as well."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest
from playwright.sync_api import expect

from ownway.store.folder import database_url
from tools.ten_years import Life, live

from .conftest import Open, Server
from .pages import SIZES, complaints, follow


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("laptop", "light")])
def test_charts_are_drawn_for_everybody(
    server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]
) -> None:
    """Nothing is evaluated and no style put in, which the policy would tell; each is one picture with a name, and a table."""
    live(database_url(server.data_dir), Life(days=70), datetime.now(UTC).date())
    page = open_chromium(None, viewport=SIZES[size], still=True).page
    page.emulate_media(color_scheme=scheme)
    page.goto(server.address)
    page.get_by_role("link", name="Progress").click()
    follow(page.get_by_role("link", name="All", exact=True))
    for course in page.get_by_text("Show how it went").all():  # of the exercises beside the plan
        course.click()
    drawn = page.locator("ownway-chart")
    for number in range(drawn.count()):
        drawn.nth(number).scroll_into_view_if_needed()
        expect(drawn.nth(number).locator("svg")).to_be_visible()
    assert drawn.count() == 7
    expect(page.get_by_role("img", name="Pain, and the days with exercise")).to_have_attribute(
        "aria-describedby", "desc-pain"
    )
    page.get_by_text("How far you reached, in numbers").click()
    expect(page.get_by_role("columnheader", name="Fingertips above the floor")).to_be_visible()
    assert complaints(page) == []
