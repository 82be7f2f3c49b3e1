"""The pages of runs in the real browser: files of three formats are taken, and one is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from .conftest import Open, Server
from .pages import SIZES, complaints, follow

RUNS = Path(__file__).parents[1] / "runs"


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("laptop", "light")])
def test_runs_are_added_and_forgotten_by_everybody(
    server: Server, open_chromium: Open, size: str, scheme: Literal["light", "dark"]
) -> None:
    """From the start page to the list, a file that is refused among good ones, and back out: contrast, names, no sideways scrolling."""
    visit = open_chromium(None, viewport=SIZES[size], still=True)
    page = visit.page
    page.emulate_media(color_scheme=scheme)

    page.goto(server.address)
    follow(page.get_by_role("link", name="Runs", exact=True))
    assert complaints(page) == []
    chosen = page.get_by_label("From your watch or phone")
    chosen.set_input_files([RUNS / name for name in ("run.gpx", "run.tcx", "run.fit", "walk.fit")])
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_contain_text("2 are new. 2 were here already, and are kept once.")
    expect(page.get_by_role("listitem").filter(has_text="2.16 km")).to_have_count(1)
    assert complaints(page) == []
    chosen.set_input_files([RUNS / "polar-m400-run.tcx.gz"])  # as a watch wrote it
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_contain_text("1 is new.")
    chosen.set_input_files([RUNS / "ride.fit"])
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_contain_text("neither a run nor a walk, but “cycling”")
    assert complaints(page) == []
    visit.complaints.clear()  # the browser says that the form was answered with 422, which is so
    follow(page.get_by_role("link", name="Forget: Walk"))
    assert complaints(page) == []
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("status")).to_have_text("It is forgotten.")
    expect(page.get_by_text("0.97 km")).to_have_count(0)
    expect(page.get_by_text("2.16 km")).to_be_visible()
