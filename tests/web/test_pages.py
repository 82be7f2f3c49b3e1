"""The pages and their forms."""

from __future__ import annotations

import html
import inspect
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.testclient import TestClient

from ownway.coach.events import Calibrated, ClockStarted, Ended, Event, PhaseBegan, SetBegan, SetEnded
from ownway.coach.records import Person, SessionRecord
from ownway.exercises.loader import library
from ownway.store.closing import ended
from ownway.store.database import open_database
from ownway.store.persons import Persons
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.settings import Settings

T = TypeVar("T")

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
EXERCISES = list(library())
DAILY = ("hamstring_stretch", "trunk_rotation")


def _events(how: str) -> list[Event]:
    return [
        Calibrated(3.0, "left", {}), PhaseBegan(10.0, "hold", 1), SetBegan(10.0, 1, 10.0), ClockStarted(10.0, 0.0),
        SetEnded(42.0, 1, 10.0, 42.0, 31.0, counted=True, full=True, reach_zone="shins", best={}), Ended(42.0, how),
    ]  # fmt: skip


@pytest.fixture
def session_id(client: TestClient, settings: Settings) -> str:
    """Give a session that is over and ended in pain."""
    database = open_database(settings.database_url)
    record = SessionRecord("abc", "hamstring_stretch", 1, "camera", NOON, height_cm=178.0, pain_before=2)
    sessions, events = Sessions(database), _events("hurt")
    sessions.begin(record)
    sessions.append("abc", 0, events)
    sessions.end(ended(record, library()["hamstring_stretch"], events, NOON + timedelta(seconds=42)))
    database.close()
    return "abc"


def test_the_start_page_shows_both_exercises(client: TestClient) -> None:
    """Those of the plan, with every way to begin; the others are on a page of their own."""
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="http://127.0.0.1:8765/exercises"' in page.text
    for exercise in map(library().__getitem__, DAILY):
        assert exercise.title in page.text
        for mode in ("camera", "timer", "sample"):
            assert f"/exercises/{exercise.id}/prepare?mode={mode}" in page.text


def test_a_session_that_is_over_stands_in_the_history(client: TestClient, session_id: str) -> None:
    """And opens again from there."""
    assert f"/sessions/{session_id}" in client.get("/").text
    page = client.get(f"/sessions/{session_id}")
    assert page.status_code == 200
    assert "shins" in page.text


@pytest.mark.parametrize("exercise_id", EXERCISES)
@pytest.mark.parametrize("mode", ["camera", "timer", "sample"])
def test_every_way_leads_from_prepare_to_the_session(client: TestClient, exercise_id: str, mode: str) -> None:
    """The form remembers the mode and the pain; the session page gets its configuration."""
    assert client.get(f"/exercises/{exercise_id}/prepare", params={"mode": mode}).status_code == 200
    sent = client.post(f"/exercises/{exercise_id}/begin", data={"mode": mode, "pain_before": "3"})
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert page.status_code == 200
    found = re.search(r'<script type="application/json" id="config">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    config = json.loads(found[1])
    assert config["live"] == "ws://127.0.0.1:8765/live"
    assert config["assets"] == "http://127.0.0.1:8765/assets/"
    assert config["static"] == "http://127.0.0.1:8765/static/"
    assert config["summary_base"] == "http://127.0.0.1:8765/sessions/"
    assert (config["exercise"], config["mode"], config["pain_before"]) == (exercise_id, mode, 3)
    assert client.get(config["sample"], headers={"range": "bytes=0-99"}).status_code == 206
    phases = {phase.name for phase in library()[exercise_id].phases}
    assert phases <= set(config["phases"])


@pytest.mark.parametrize(
    ("form", "height_cm", "units"),
    [
        ({"units": "cm", "height_cm": "178"}, 178.0, "cm"),
        ({"units": "cm", "height_cm": "178,5"}, 178.5, "cm"),
        ({"units": "ft", "height_ft": "5", "height_in": "10"}, 177.8, "ft"),
        ({"units": "ft", "height_ft": "6", "height_in": ""}, 182.9, "ft"),
        ({"units": "ft", "height_cm": "178", "height_ft": "", "height_in": ""}, None, "ft"),
        ({"units": "cm", "height_cm": ""}, None, "cm"),
    ],
)
def test_the_height_is_remembered_or_skipped(
    client: TestClient, settings: Settings, form: dict[str, str], height_cm: float | None, units: str
) -> None:
    """In the person's own units; an empty answer is an answer."""
    assert client.post("/exercises/hamstring_stretch/begin", data={"mode": "camera", **form}).status_code == 303
    database = open_database(settings.database_url)
    person = Persons(database).get()
    database.close()
    assert (person.height_cm, person.units, person.height_asked) == (height_cm, units, True)


def test_a_form_that_does_not_ask_keeps_the_height(client: TestClient, settings: Settings) -> None:
    """The mode without camera has no such question."""
    client.post("/exercises/hamstring_stretch/begin", data={"mode": "camera", "units": "cm", "height_cm": "178"})
    client.post("/exercises/hamstring_stretch/begin", data={"mode": "timer"})
    database = open_database(settings.database_url)
    assert Persons(database).get().height_cm == 178.0
    database.close()


def test_settings_are_kept(client: TestClient, settings: Settings) -> None:
    """Who shows the movements, and the height; the page then says so, and shows them."""
    page = client.get("/settings").text
    assert 'name="figure" value="f" checked' in page
    assert "Saved." not in page
    sent = client.post("/settings", data={"figure": "m", "units": "cm", "height_cm": "178"})
    assert sent.status_code == 303
    page = client.get(sent.headers["location"]).text
    assert "Saved." in page
    assert 'name="figure" value="m" checked' in page
    assert 'value="178.0"' in page
    assert _person(settings) == Person(height_cm=178.0, units="cm", height_asked=True, figure="m")


def test_a_height_told_later_keeps_the_figure(client: TestClient, settings: Settings) -> None:
    """The form before a session does not ask for it."""
    client.post("/settings", data={"figure": "m"})
    client.post("/exercises/hamstring_stretch/begin", data={"mode": "camera", "units": "cm", "height_cm": "178"})
    assert _person(settings) == Person(height_cm=178.0, units="cm", height_asked=True, figure="m")


def test_who_only_chose_a_figure_is_still_asked_for_the_height(client: TestClient, settings: Settings) -> None:
    """An empty field among others is no answer; a height that is taken away is one."""
    client.post("/settings", data={"figure": "m", "units": "cm", "height_cm": ""})
    assert "How tall are you?" in client.get("/exercises/hamstring_stretch/prepare").text
    client.post("/settings", data={"units": "cm", "height_cm": "178"})
    client.post("/settings", data={"units": "cm", "height_cm": ""})
    assert _person(settings) == Person(height_cm=None, units="cm", height_asked=True, figure="m")


@pytest.mark.parametrize("told", [{"height_ft": "5", "height_in": "9.5"}, {"height_ft": "6", "height_in": ""}])
def test_saving_what_the_page_shows_changes_nothing(
    client: TestClient, settings: Settings, told: dict[str, str]
) -> None:
    """Half an inch is not rounded away by choosing a figure."""
    client.post("/settings", data={"units": "ft", **told})
    before = _person(settings)
    shown = re.findall(r'name="(height_\w+)"[^>]*value="([^"]*)"', client.get("/settings").text)
    client.post("/settings", data={"units": "ft", **dict(shown)})
    assert before.height_cm is not None
    assert _person(settings) == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"figure": "x"}, "“x” is not one of the answers"),
        ({"figure": "m", "units": "miles"}, "“miles” is not one of the answers"),
        ({"figure": "m", "height_cm": "1780"}, "between 100 and 230 cm"),
        ({"figure": "x", "height_cm": "tall"}, "“x” is not one of the answers. “tall” is not a number."),
    ],
)
def test_settings_that_cannot_be_are_told_in_words(
    client: TestClient, settings: Settings, form: dict[str, str], words: str
) -> None:
    """All of them, and nothing is saved."""
    answer = client.post("/settings", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert _person(settings) == Person()


def _person(settings: Settings) -> Person:
    database = open_database(settings.database_url)
    person = Persons(database).get()
    database.close()
    return person


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_exercise_has_its_page(client: TestClient, exercise_id: str) -> None:
    """Its steps, what to avoid and what to do instead, its levels, and every way to begin; start and preparation lead there."""
    page = html.unescape(client.get(f"/exercises/{exercise_id}").text)
    exercise = library()[exercise_id]
    shown = exercise.demonstration
    assert shown is not None
    for words in (
        exercise.title, exercise.summary, exercise.takes, exercise.needs, *exercise.steps,
        *(fault.title for fault in shown.faults), *(exercise.fault_texts[fault.id] for fault in shown.faults),
        *(level.title for level in shown.levels),
    ):  # fmt: skip
        assert words in page
    for mode in ("camera", "timer", "sample"):
        assert f"/exercises/{exercise_id}/prepare?mode={mode}" in page
    for before in ("/exercises", f"/exercises/{exercise_id}/prepare"):
        assert f'/exercises/{exercise_id}"' in client.get(before).text


def test_a_card_leads_to_a_closer_look(client: TestClient) -> None:
    """By its title and by a link of its own; the page that it leads to does not lead to itself."""
    start = client.get("/").text
    for exercise_id in DAILY:
        assert start.count(f'/exercises/{exercise_id}">') == 2
        assert "Look closer" not in client.get(f"/exercises/{exercise_id}").text


@pytest.mark.parametrize("body", ["f", "m"])
def test_the_chosen_figure_shows_the_movements(client: TestClient, body: str) -> None:
    """On every page that has one; all that the page loads of it is there."""
    client.post("/settings", data={"figure": body})
    for exercise_id in DAILY:
        for path in ("/", f"/exercises/{exercise_id}", f"/exercises/{exercise_id}/prepare"):
            files = re.findall(rf"/static/(figures/{exercise_id}/[^\"]*\.\w+)", client.get(path).text)
            assert f"figures/{exercise_id}/{body}.glb" in files
            assert all(file.startswith(f"figures/{exercise_id}/{body}") for file in files)
            for file in files:
                assert client.head(f"/static/{file}").status_code == 200, file


@pytest.mark.parametrize("path", ["/", "/settings", "/exercises/trunk_rotation", "/nothing"])
def test_every_page_leads_to_the_settings(client: TestClient, path: str) -> None:
    """From its masthead, also where there is nothing."""
    assert 'href="http://127.0.0.1:8765/settings"' in client.get(path).text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"mode": "radar"}, "radar"),
        ({"height_cm": "tall"}, "is not a number"),
        ({"height_cm": "nan"}, "is not a number"),
        ({"height_cm": "1780"}, "between 100 and 230 cm"),
        ({"pain_before": "11"}, "from 0 to 10"),
        ({"pain_before": "2.5"}, "from 0 to 10"),
        ({"height_cm": "9" * 9000}, "more than this form can hold"),
    ],
)
def test_a_form_that_cannot_be_is_told_in_words(client: TestClient, form: dict[str, str], words: str) -> None:
    """And nothing is saved."""
    answer = client.post("/exercises/hamstring_stretch/begin", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert "<script>" not in answer.text


def test_pain_is_saved_by_one_tap(client: TestClient, session_id: str, settings: Settings) -> None:
    """Before and after; the last answer stands."""
    for when, pain in (("after", "6"), ("after", "4"), ("before", "1")):
        sent = client.post(f"/sessions/{session_id}/pain", data={"when": when, "pain": pain})
        assert sent.status_code == 303
        assert sent.headers["location"].endswith(f"/sessions/{session_id}")
    database = open_database(settings.database_url)
    record = Sessions(database).get(session_id)
    database.close()
    assert record is not None
    assert (record.pain_before, record.pain_after) == (1, 4)
    assert client.post(f"/sessions/{session_id}/pain", data={"when": "after"}).status_code == 422


def test_it_hurts_gets_its_advice(client: TestClient, session_id: str) -> None:
    """Numbness between the legs is an emergency, in plain words."""
    page = client.get(f"/sessions/{session_id}").text
    assert "emergency" not in page
    answer = {"where": "lower_back", "pain": "7", "down_leg": "no", "numb": "between_legs"}
    assert client.post(f"/sessions/{session_id}/hurt", data=answer).status_code == 303
    assert "call your emergency number" in client.get(f"/sessions/{session_id}").text


def test_every_answer_of_the_hurt_form_is_understood(client: TestClient, session_id: str) -> None:
    """What the page offers, the server takes."""
    page = client.get(f"/sessions/{session_id}").text
    for name in ("where", "down_leg", "numb"):
        values = re.findall(rf'name="{name}" value="(\w+)"', page)
        assert values
        for value in values:
            sent = client.post(f"/sessions/{session_id}/hurt", data={name: value})
            assert sent.status_code == 303, (name, value)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/sessions/nothing",
        "/exercises/nothing",
        "/exercises/nothing/prepare",
        "/exercises/nothing/session",
        "/assets/nothing.js",
    ],
)
def test_what_is_not_there_is_told_in_words(client: TestClient, path: str) -> None:
    """No bare error, no trace."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_an_address_that_cannot_be_is_told_in_words(client: TestClient) -> None:
    """A mode that does not exist, a method that is not offered."""
    assert client.get("/exercises/hamstring_stretch/prepare?mode=radar").status_code == 422
    assert client.post("/").status_code == 405


class _Breakable:
    """Runs blocking calls until it breaks."""

    broken = False

    async def __call__(self, call: Callable[[], T], /) -> T:
        if self.broken:
            raise RuntimeError("secret detail")
        return call()


def test_a_fault_of_ours_is_told_in_words_and_guarded(settings: Settings) -> None:
    """Even the page of an error that nobody expected carries the policy, and none of its details."""
    runner = _Breakable()
    app = create_app(replace(settings, run_blocking=runner))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        runner.broken = True
        answer = client.get("/")
        runner.broken = False
    assert answer.status_code == 500
    assert "not yours" in answer.text
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_policy_stands_on_every_answer(client: TestClient, session_id: str) -> None:
    """Pages, scripts, models, forms, errors: a worker takes the policy of its own response."""
    answers = [
        client.get(path)
        for path in (
            "/", "/settings", f"/sessions/{session_id}", "/exercises/hamstring_stretch",
            "/exercises/hamstring_stretch/prepare", "/exercises/hamstring_stretch/session",
            "/static/css/paper.css", "/static/samples/hamstring_stretch.mp4", "/assets/vision/vision_bundle.mjs",
            "/assets/models/pose_landmarker_full.task", "/nothing", "/static/nothing",
        )
    ]  # fmt: skip
    answers.append(client.post("/exercises/hamstring_stretch/begin", data={"mode": "timer"}))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"), (
            answer.url
        )
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_have_no_inline_script_or_style(client: TestClient, session_id: str) -> None:
    """The policy would stop them without a word."""
    for path in (
        "/",
        "/learn/evidence",
        "/settings",
        f"/sessions/{session_id}",
        "/exercises/trunk_rotation",
        "/exercises/trunk_rotation/prepare",
        "/exercises/trunk_rotation/session",
    ):
        text = client.get(path).text
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in tag or 'type="application/json"' in tag
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text)
        assert "https://" not in re.sub(
            r'<a href="[^"]*" rel="noreferrer">', "", text
        )  # where a source is, for who follows


def test_scripts_have_the_type_that_browsers_ask_for(client: TestClient) -> None:
    """With nosniff a script of another type does not run."""
    assert client.get("/assets/vision/vision_bundle.mjs").headers["content-type"] == "text/javascript; charset=utf-8"
    assert client.get("/static/css/paper.css").headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("figure.glb", "model/gltf-binary"), ("still.webp", "image/webp"), ("script.js", "text/javascript")],
)
def test_a_file_has_its_own_type_on_every_system(client: TestClient, settings: Settings, name: str, kind: str) -> None:
    """Not the one that the system's table knows, or does not know."""
    (settings.assets_dir / name).write_bytes(b"")
    assert client.get(f"/assets/{name}").headers["content-type"].split(";")[0] == kind


def test_an_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    """A short 304 instead of ten megabytes."""
    first = client.get("/assets/models/pose_landmarker_full.task")
    again = client.get("/assets/models/pose_landmarker_full.task", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/", "/settings", "/exercises/trunk_rotation", "/exercises/trunk_rotation/prepare",
        "/exercises/trunk_rotation/session",
    ],
)  # fmt: skip
def test_a_page_answers_head_as_it_answers_get(client: TestClient, path: str) -> None:
    """Who only asks whether something is there gets the same answer, without its body."""
    asked, got = client.head(path), client.get(path)
    assert (asked.status_code, asked.headers["content-type"]) == (200, got.headers["content-type"])
    assert asked.content == b""


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_pages_about_the_interface(client: TestClient, path: str) -> None:
    """The usual ones load scripts from elsewhere."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/static/css/paper.css", "/assets/vision/vision_bundle.mjs", "/nothing", "/sessions/x"]
)
def test_a_name_that_is_not_ours_gets_nothing(client: TestClient, path: str) -> None:
    """DNS rebinding, on everything that the app serves."""
    answer = client.get(path, headers={"host": "evil.example"})
    assert (answer.status_code, answer.text) == (400, "Ownway answers only to its own address.\n")


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://127.0.0.1:9999"])
def test_a_form_of_another_page_saves_nothing(client: TestClient, session_id: str, origin: str) -> None:
    """Not the height, not the pain, not what hurt."""
    for path in ("/exercises/trunk_rotation/begin", f"/sessions/{session_id}/pain", f"/sessions/{session_id}/hurt"):
        assert client.post(path, data={"pain": "9"}, headers={"origin": origin}).status_code == 403


def test_every_endpoint_is_async(settings: Settings) -> None:
    """Where there are no threads, a plain function would stand in everybody's way."""
    app = create_app(settings)
    endpoints = [route.endpoint for route in _routes(app.routes)]
    assert len(endpoints) >= 8
    assert all(inspect.iscoroutinefunction(endpoint) for endpoint in endpoints)
    for route in _routes(app.routes):
        for dependency in route.dependant.dependencies:
            call = dependency.call
            assert inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call)
    assert all(inspect.iscoroutinefunction(handler) for handler in app.exception_handlers.values())


def _routes(routes: Iterable[object]) -> list[APIRoute | APIWebSocketRoute]:
    found: list[APIRoute | APIWebSocketRoute] = []
    for route in routes:
        if isinstance(route, APIRoute | APIWebSocketRoute):
            found.append(route)
        included = getattr(route, "original_router", None)
        if included is not None:
            found.extend(_routes(included.routes))
    return found


def test_a_reload_after_the_end_shows_the_summary(client: TestClient, session_id: str) -> None:
    """Nothing is begun twice by accident."""
    answer = client.get("/exercises/hamstring_stretch/session", params={"mode": "camera", "session": session_id})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"/sessions/{session_id}")
