"""A session as today has it: how much it asks for, what it may not begin over, and whose level it is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from typing import Any

import pytest
from starlette.testclient import TestClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from ownway.coach.events import Calibrated
from ownway.coach.records import Person, SessionRecord
from ownway.programme.days import LevelChoice
from ownway.programme.diary import Entry
from ownway.programme.plan import BECAUSE
from ownway.store.database import Database, open_database
from ownway.store.diary import Diary
from ownway.store.persons import Persons
from ownway.store.plans import Plans
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.settings import Settings

from .conftest import BASE, WAIT_S, served
from .test_live import hello, order, rest, saved, talking, timer_frames

STRETCH, ROTATION = "hamstring_stretch", "trunk_rotation"
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def written(settings: Settings, write: Callable[[Database], None]) -> None:
    """Write something into the diary."""
    database = open_database(settings.database_url)
    write(database)
    database.close()


def told(database: Database, pain: int, hours_ago: float = 1) -> None:
    """Write into the diary how the back was."""
    Diary(database).save(Entry(f"told-{hours_ago}", NOON.astimezone(UTC) - timedelta(hours=hours_ago), pain_now=pain))


def stretched(database: Database, *, sets: int = 1, ending: str = "done") -> None:
    """Write a stretch of this morning into the diary."""
    at = NOON.astimezone(UTC) - timedelta(hours=2)
    sessions = Sessions(database)
    record = SessionRecord("earlier", STRETCH, 1, "timer", at)
    sessions.begin(record)
    sessions.append(record.id, 0, [Calibrated(1.0, "left", {})])
    sessions.end(replace(record, ended_at=at, ending=ending, good_s=35.0 * sets, counted_sets=sets))


@pytest.mark.parametrize(
    ("exercise", "earlier", "full", "words", "kept"),
    [
        (ROTATION, False, (1, 60), "Done. One minute.", (1, 60.0)),
        (STRETCH, True, (1, 30), "Done. One good set.", (1, 30.0)),
        (STRETCH, False, (2, 30), "Done. Two good sets.", (2, 30.0)),
    ],
)
def test_a_session_asks_for_what_the_plan_leaves(
    settings: Settings, exercise: str, earlier: bool, full: tuple[int, int], words: str, kept: tuple[int, float]
) -> None:
    """The ring, the last words, the diary and the summary agree; a page that comes back finds the same."""
    if earlier:
        written(settings, stretched)
    with served(replace(settings, clock=lambda: NOON)) as address:
        with talking(address, mode="timer", exercise=exercise) as (socket, welcome):
            state = json.loads(socket.recv(WAIT_S))
        assert (state["sets"], state["full_s"]) == full
        with talking(address, mode="timer", exercise=exercise, session=welcome["session"]) as (socket, _):
            state = json.loads(socket.recv(WAIT_S))
            assert (state["sets"], state["full_s"]) == full
            with suppress(ConnectionClosed):
                for data in timer_frames(200):
                    socket.send(data)
            messages, _, _ = rest(socket)
    said = [event["text"] for m in messages for event in m.get("events", []) if event["kind"] == "cue"]
    assert said[-1] == words
    record = saved(settings, welcome["session"])
    assert (record.dose_sets, record.dose_s, record.ending, record.counted_sets) == (*kept, "done", full[0])
    with TestClient(create_app(settings), base_url=BASE) as client:
        page = client.get(f"/sessions/{record.id}").text
    assert "Every set reached its full time." in page
    assert exercise == ROTATION or f"{full[0]} <small>of {full[0]}</small>" in page


def test_a_sample_clip_keeps_the_files_dose(settings: Settings) -> None:
    """Somebody else moves in it, with a tempo and a range of their own."""
    written(settings, stretched)
    written(settings, lambda database: Persons(database).save(Person(half_period_s=5.0)))
    with served(replace(settings, clock=lambda: NOON)) as address:
        for mode, sets in (("sample", 2), ("camera", 1)):
            with talking(address, mode=mode) as (socket, _):
                assert json.loads(socket.recv(WAIT_S))["sets"] == sets
                order(socket, "stop", 1.0)
                rest(socket)
    with TestClient(create_app(settings), base_url=BASE) as client:
        for mode, half_period_s in (("sample", 3.5), ("camera", 5.0), ("timer", 5.0)):
            page = client.get(f"/exercises/{ROTATION}/session?mode={mode}").text
            assert f'"half_period_s": {half_period_s}' in page


def early(database: Database) -> None:
    """Write that this person gets up an hour before noon."""
    Persons(database).save(Person(wakes_at=wall(11)))


def worse(database: Database) -> None:
    """Write that this morning was worse."""
    Plans(database).save_morning(NOON.date(), "worse")


def nothing(_database: Database) -> None:
    """Write nothing."""


@pytest.mark.parametrize(
    ("write", "changes", "reason"),
    [
        (nothing, {"pain_before": 6}, "With pain like this, leave the exercises for today."),
        (early, {}, "You have not been up for long."),
        (early, {"bends_anyway": False}, "You have not been up for long."),
        (early, {"bends_anyway": True}, None),
        (early, {"exercise": ROTATION}, None),
        (worse, {}, "Today is for rest."),
        (worse, {"exercise": ROTATION, "mode": "timer"}, "Today is for rest."),
        (worse, {"mode": "sample", "pain_before": 9}, None),
        (lambda database: stretched(database, ending="hurt"), {}, "Today is for rest."),
        (nothing, {"bends_anyway": "yes"}, "bends_anyway is true or false"),
    ],
)
def test_the_socket_asks_for_the_way_in(
    settings: Settings, write: Callable[[Database], None], changes: dict[str, Any], reason: str | None
) -> None:
    """A page that never passed preparation begins nothing that preparation would hold back."""
    written(settings, write)
    with (
        served(replace(settings, clock=lambda: NOON)) as address,
        connect(f"ws://{address}/live", proxy=None) as socket,
    ):
        socket.send(json.dumps(hello(**changes)))
        if reason is None:
            assert json.loads(socket.recv(WAIT_S))["type"] == "welcome"
            return
        messages, code, why = rest(socket)
    assert (messages, code) == ([], 1008)
    assert reason in why


@pytest.mark.parametrize(
    ("write", "because"),
    [
        (worse, "rest"),
        (lambda database: stretched(database, ending="hurt"), "enough"),
        (lambda database: told(database, 6), "sore"),
    ],
)
def test_a_day_of_rest_leads_to_its_reason(settings: Settings, write: Callable[[Database], None], because: str) -> None:
    """From every way to begin but the sample clip; a slip about the morning can be put right."""
    written(settings, write)
    with TestClient(create_app(replace(settings, clock=lambda: NOON)), base_url=BASE, follow_redirects=False) as client:
        for exercise in (STRETCH, ROTATION):
            for mode in ("camera", "timer"):
                there = f"{BASE}/exercises/{exercise}/not-today"
                assert client.get(f"/exercises/{exercise}/prepare?mode={mode}").headers["location"] == there
                assert client.post(f"/exercises/{exercise}/begin", data={"mode": mode}).headers["location"] == there
                assert client.get(f"/exercises/{exercise}/session?mode={mode}").headers["location"] == there
            assert client.get(f"/exercises/{exercise}/session?mode=sample").status_code == 200
        page = html.unescape(client.get(f"/exercises/{STRETCH}/not-today").text)
    assert BECAUSE[because] in page  # type: ignore[index]
    assert ("change what you said of this morning" in page) == (because == "rest")


@pytest.mark.parametrize("words", [((6, 3), (5, 0.5)), ((9, 30),)])
def test_only_the_last_word_of_today_counts(settings: Settings, words: tuple[tuple[int, float], ...]) -> None:
    """Six in the morning and five later, or nine on the day before: the way is free."""
    for pain, hours_ago in words:
        written(settings, lambda database: told(database, pain, hours_ago))  # noqa: B023 - called at once
    with TestClient(create_app(replace(settings, clock=lambda: NOON)), base_url=BASE, follow_redirects=False) as client:
        assert client.get(f"/exercises/{ROTATION}/prepare?mode=timer").status_code == 200


def test_a_session_that_runs_is_not_held_up(settings: Settings) -> None:
    """A reload in the middle of it, on a day that was closed meanwhile."""
    with served(replace(settings, clock=lambda: NOON)) as address:
        with talking(address, mode="timer") as (_, welcome):
            written(settings, worse)
        with talking(address, mode="timer", session=welcome["session"]) as (socket, again):
            assert again["session"] == welcome["session"]
            order(socket, "stop", 1.0)
            rest(socket)


def prepared(settings: Settings, exercise: str, level: str, mode: str = "camera") -> str:
    """Return the preparation of somebody at this level."""
    written(settings, lambda database: Plans(database).choose(LevelChoice(exercise, level, NOON - timedelta(hours=1))))
    with TestClient(create_app(replace(settings, clock=lambda: NOON)), base_url=BASE) as client:
        return html.unescape(client.get(f"/exercises/{exercise}/prepare?mode={mode}").text)


@pytest.mark.parametrize(
    ("exercise", "level", "still", "variant"),
    [
        (STRETCH, "seated", "right-hold", "right"), (STRETCH, "knees", "knees", "knees"),
        (STRETCH, "floor", "toes", "toes"), (STRETCH, "embrace", "embrace", "embrace"),
        (ROTATION, "two_crossed", "crossed", "crossed"), (ROTATION, "three_heavier", "right-left", "right"),
    ],
)  # fmt: skip
def test_preparation_shows_the_persons_own_way(
    settings: Settings, exercise: str, level: str, still: str, variant: str
) -> None:
    """The picture and what the figure begins with, and the level in words with the way to another."""
    page = prepared(settings, exercise, level)
    assert re.search(rf'class="demo-still"[^>]*src="[^"]*/f/{still}\.webp"', page)
    assert f'data-first="{variant}"' in page
    assert re.findall(r'data-variant="(\w+)"[^>]*aria-pressed="true"', page) == [variant]
    assert "Your level: " in page
    assert f"/plan/levels/{exercise}" in page


def test_only_who_needs_a_pole_is_asked_for_one(settings: Settings) -> None:
    """With arms crossed the preparation speaks of none."""
    assert "A pole at least as long as your arm span" in prepared(settings, ROTATION, "two_broomstick")
    page = prepared(settings, ROTATION, "two_crossed")
    assert "No pole is needed" in page
    assert "Lay the pole across your shoulders" not in page


def test_what_the_camera_cannot_judge_is_done_without(settings: Settings) -> None:
    """On a chair: today leads there, and both preparations say why."""
    why = "the camera cannot judge the movement at your level"
    assert why in prepared(settings, STRETCH, "seated", "timer")
    assert why in prepared(settings, STRETCH, "seated", "camera").lower()
    assert why not in prepared(settings, STRETCH, "knees", "timer")
    prepared(settings, STRETCH, "seated")
    with TestClient(create_app(replace(settings, clock=lambda: NOON)), base_url=BASE) as client:
        (today,) = re.findall(r'<section class="today".*?</section>', client.get("/").text, re.DOTALL)
    assert f"/exercises/{STRETCH}/prepare?mode=timer" in today
    assert f"/exercises/{STRETCH}/prepare?mode=camera" not in today
