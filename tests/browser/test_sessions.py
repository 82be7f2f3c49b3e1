"""Whole sessions: a clip for a camera, the real model, the real server, to what the diary keeps."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Camera, Open, Server

MINUTE_MS = 60_000
HAMSTRING, ROTATION = "hamstring_stretch", "trunk_rotation"


def session(server: Server, exercise: str, mode: str = "camera") -> str:
    return f"{server.address}/exercises/{exercise}/session?mode={mode}"


def heard(page: Page, cue: str, within_ms: int = MINUTE_MS) -> None:
    expect(page.locator(f"[data-cue-log] li[data-cue={cue}]").first).to_be_attached(timeout=within_ms)


def diary(server: Server) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the newest session and its events, read from the database by another program than ours."""
    (file,) = [f for f in server.data_dir.iterdir() if f.is_file() and f.read_bytes()[:15] == b"SQLite format 3"]
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        newest = dict(database.execute("SELECT * FROM session ORDER BY started_at DESC LIMIT 1").fetchone())
        rows = database.execute("SELECT * FROM event WHERE session_id = ? ORDER BY seq", (newest["id"],)).fetchall()
    database.close()
    return newest, [dict(row) for row in rows]


@pytest.mark.alone
def test_a_good_stretch_is_completed_and_counted(server: Server, camera: Camera, open_chromium: Open) -> None:
    """Two holds of 32 s: found, guided, counted as two full sets, saved, and in the history."""
    page = open_chromium(camera("A1_bend_good")).page
    page.goto(session(server, HAMSTRING))
    page.wait_for_url("**/sessions/*", timeout=4 * MINUTE_MS)
    expect(page.locator(".figures")).to_contain_text("2 of 2")
    expect(page.get_by_text("Every set reached its full time.")).to_be_visible()
    expect(page.get_by_text("Good form from beginning to end.")).to_be_visible()
    page.get_by_role("link", name="To the start page").click()
    expect(page.locator("ol.sessions li")).to_have_count(1)
    kept, _ = diary(server)
    assert (kept["ending"], kept["counted_sets"]) == ("done", 2)
    assert 58 <= kept["good_s"] <= 70  # two holds of 32 s


@pytest.mark.alone
def test_bent_knees_are_heard(server: Server, camera: Camera, open_chromium: Open) -> None:
    """A hold on bent knees is answered by its cue, and its time is not counted."""
    page = open_chromium(camera("A3_bend_bent_knees")).page
    page.goto(session(server, HAMSTRING))
    heard(page, "straighten_knees", 2 * MINUTE_MS)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    expect(page.get_by_text("Knees: soft, but nearly straight.")).to_be_visible()
    kept, events = diary(server)
    assert kept["good_s"] < 3
    assert {json.loads(e["data"])["fault"] for e in events if e["kind"] == "fault_began"} == {"bent_knees"}


def test_repetitions_are_counted_up(server: Server, open_chromium: Open) -> None:
    """The ring tells how many of how many (five at the first level); the summary and the history tell it again."""
    page = open_chromium().page
    page.goto(session(server, "half_squat", "timer"))
    expect(page.get_by_role("timer", name="1 of 5 done")).to_be_visible(timeout=MINUTE_MS)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    expect(page.locator(".figures")).to_contain_text("Repetitions")
    page.get_by_role("link", name="To the start page").last.click()
    expect(page.locator("ol.sessions li")).to_contain_text("1 repetition")
    assert diary(server)[0]["repetitions"] == 1


@pytest.mark.alone
def test_a_good_rotation_is_counted(server: Server, camera: Camera, open_chromium: Open) -> None:
    """The clip's swings are counted, alternating, with nothing to mend; ended early without a scolding."""
    page = open_chromium(camera("A7_twist_good")).page
    page.goto(session(server, ROTATION))
    heard(page, "turn_left_right")
    expect(page.locator("[data-count]")).to_contain_text(re.compile(r"[4-9]"), timeout=2 * MINUTE_MS)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("You chose your own end.")
    kept, events = diary(server)
    swings = [json.loads(e["data"]) for e in events if e["kind"] == "swung"]
    assert kept["swings_left"] + kept["swings_right"] == len(swings) >= 7
    assert abs(kept["swings_left"] - kept["swings_right"]) <= 2  # the clip has one more to the left, and it loops
    assert all(30 <= s["peak_deg"] <= 50 for s in swings)  # the truth is 38 to 42; the lite model may be at work
    assert [e for e in events if e["kind"] == "fault_began"] == []


@pytest.mark.alone
def test_an_empty_room_is_told_in_words(server: Server, camera: Camera, open_chromium: Open) -> None:
    """Nobody there: said once, shown, and nothing is judged."""
    page = open_chromium(camera("A11_empty_room")).page
    page.goto(session(server, HAMSTRING))
    heard(page, "cannot_see_you")
    expect(page.locator("[data-hint]")).to_contain_text("2 to 3 m away")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    _, events = diary(server)
    assert "calibrated" not in {e["kind"] for e in events}


@pytest.mark.alone
def test_a_stretch_from_the_front_is_refused_in_words(server: Server, camera: Camera, open_chromium: Open) -> None:
    """From the front a bend cannot be judged: the person is asked to turn."""
    page = open_chromium(camera("A12_bend_seen_from_front")).page
    page.goto(session(server, HAMSTRING))
    heard(page, "turn_side")
    expect(page.locator("[data-hint]")).to_contain_text("one shoulder to the camera")


def test_a_refused_camera_leads_to_the_mode_without(server: Server, open_chromium: Open) -> None:
    """Permission refused: said in words, with a way on that works."""
    visit = open_chromium(None)
    page = visit.page
    page.goto(session(server, HAMSTRING))
    without = page.get_by_role("button", name="Go on without camera")
    expect(without).to_be_visible(timeout=MINUTE_MS)
    without.click()
    heard(page, "fold_forward")
    heard(page, "hold_here")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")


@pytest.mark.alone
def test_a_reload_midway_goes_on(server: Server, camera: Camera, open_chromium: Open) -> None:
    """After a reload the same session continues: its clock, its swings and its time."""
    page = open_chromium(camera("A7_twist_good")).page
    page.goto(session(server, ROTATION))
    heard(page, "turn_left_right")
    expect(page.locator("[data-count]")).to_contain_text(re.compile(r"[1-9]"), timeout=MINUTE_MS)
    before = page.url
    page.reload()
    assert page.url == before
    assert "session=" in before
    # What was heard before the reload is still there, and swings go on being counted.
    heard(page, "turn_left_right")
    expect(page.locator("[data-count]")).to_contain_text(re.compile(r"[3-9]"), timeout=MINUTE_MS)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    _, events = diary(server)
    kinds = [e["kind"] for e in events]
    assert kinds.count("calibrated") == 1
    times = [json.loads(e["data"])["t_s"] if "t_s" not in e else e["t_s"] for e in events]
    assert times == sorted(times)


@pytest.mark.alone
def test_the_sample_clip_shows_the_coach_at_work(server: Server, open_chromium: Open) -> None:
    """With no camera at all, the bundled clip is coached within a minute of the click."""
    page = open_chromium(None).page
    page.goto(server.address)
    page.get_by_role("link", name="Try it with a sample clip").first.click()
    page.get_by_role("button", name=re.compile("Begin|Start|Show")).click()
    heard(page, "hold_here")


def test_it_hurts_stops_at_once_and_asks(server: Server, open_chromium: Open) -> None:
    """*It hurts* is heard at once; then where and how much; then what to do."""
    page = open_chromium(None).page
    page.goto(session(server, HAMSTRING, "timer"))
    heard(page, "fold_forward")
    page.get_by_role("button", name="It hurts").click()
    heard(page, "hurt_stop")
    page.wait_for_url("**/sessions/*")
    page.get_by_text("Lower back", exact=True).click()
    page.get_by_role("group", name="How much?").get_by_text("7", exact=True).click()
    page.get_by_role("group", name="Does it go down the leg?").get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="Tell me what to do").click()
    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    expect(page.get_by_text("ask a doctor or physiotherapist").first).to_be_visible()
    kept, _ = diary(server)
    assert kept["ending"] == "hurt"


def test_space_pauses_and_goes_on(server: Server, open_chromium: Open) -> None:
    """The space bar works without looking for a button, and once per press, also with a button in focus."""
    page = open_chromium(None).page
    page.goto(session(server, HAMSTRING, "timer"))
    heard(page, "fold_forward")
    page.keyboard.press("Space")
    heard(page, "paused")
    page.get_by_role("button", name=re.compile("Go on|Resume|Continue")).focus()
    page.keyboard.press("Space")
    heard(page, "going_on")
    expect(page.locator("[data-cue-log] li[data-cue=paused]")).to_have_count(1)


def test_a_minute_ends_in_its_own_words_and_pain_is_one_tap(server: Server, open_chromium: Open) -> None:
    """At the first level the rotation is over after one minute, and says so; pain after it is kept by one tap on its number."""
    page = open_chromium(None).page
    page.clock.install()
    page.goto(session(server, ROTATION, "timer"))
    heard(page, "turn_left_right")
    lines = page.locator("[data-cue-log] li")
    done = lines.filter(has_text="Done. One minute.")
    for _ in range(400):  # a minute in a few seconds: about as fast as the server takes frames
        if done.count():
            break
        page.clock.run_for(1000)
        page.wait_for_timeout(40)
    expect(done).to_have_count(1)
    expect(lines.filter(has_text=re.compile("^[0-9:]*One minute"))).to_have_count(0)
    page.clock.run_for(10_000)
    page.wait_for_url("**/sessions/*")
    expect(page.locator(".figures")).to_contain_text("1 min 00 s")
    page.get_by_role("group", name=re.compile("after")).get_by_role("button", name=re.compile("^3")).click()
    page.wait_for_load_state()
    kept, _ = diary(server)
    assert kept["pain_after"] == 3
