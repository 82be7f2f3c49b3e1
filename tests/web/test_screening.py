"""The questions before somebody exercises, as pages; and what they stand before."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from ownway.coach.records import SessionRecord
from ownway.exercises.loader import library
from ownway.programme.pain import ADVICE
from ownway.programme.screening import NEWS, QUESTIONS, WHY_NOW, Answer, Screening
from ownway.store.database import open_database
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.settings import Settings
from tests.web.conftest import BASE, WAIT_S, served
from tests.web.test_live import hello
from tools.stage import screen

STRETCH, ROTATION = "hamstring_stretch", "trunk_rotation"
NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


def opened(settings: Settings, now: datetime = NOON) -> TestClient:
    """Return a browser's place beside an app whose clock stands still."""
    return TestClient(create_app(replace(settings, clock=lambda: now)), base_url=BASE, follow_redirects=False)


def place(answer: object) -> str:
    """Return the path to which a response leads."""
    location: str = getattr(answer, "headers")["location"]  # noqa: B009
    return location.removeprefix(BASE)


def answer_all(client: TestClient, answers: Mapping[str, Answer] | None = None) -> list[str]:
    """Answer what is asked, no unless told otherwise, as somebody without script would; return what was asked."""
    put: list[str] = []
    at = place(client.post("/screening"))
    while at != "/screening/outcome":
        shown = client.get(at)
        assert shown.status_code == 200
        put.append(at.rsplit("/", 1)[1])
        assert f"Question {len(put)} of" in shown.text
        action = re.search(r'<form class="answers" method="post" action="([^"]+)"', shown.text)
        assert action is not None
        sent = client.post(action[1], data={"answer": (answers or {}).get(put[-1], "no")})
        assert sent.status_code == 303
        at = place(sent)
    return put


def kept(settings: Settings) -> list[Screening]:
    """Return what the diary has."""
    database = open_database(settings.database_url)
    found = Screenings(database).all()
    database.close()
    return found


@pytest.mark.parametrize("exercise", [STRETCH, ROTATION])
@pytest.mark.parametrize("mode", ["camera", "timer"])
def test_every_way_into_a_session_leads_to_the_questions_first(unscreened: Settings, exercise: str, mode: str) -> None:
    """Preparation, its form, and the session's own address; each says why."""
    with opened(unscreened) as client:
        for answer in (
            client.get(f"/exercises/{exercise}/prepare?mode={mode}"),
            client.post(f"/exercises/{exercise}/begin", data={"mode": mode}),
            client.get(f"/exercises/{exercise}/session?mode={mode}"),
        ):
            assert (answer.status_code, place(answer)) == (303, "/screening")
        assert WHY_NOW["first"] in client.get("/screening").text


def test_a_sample_clip_is_watched_without_questions(unscreened: Settings) -> None:
    """Nobody here moves."""
    with opened(unscreened) as client:
        assert client.get(f"/exercises/{STRETCH}/prepare?mode=sample").status_code == 200
        assert place(client.post(f"/exercises/{STRETCH}/begin", data={"mode": "sample"})).startswith(
            f"/exercises/{STRETCH}/session"
        )
        assert client.get(f"/exercises/{STRETCH}/session?mode=sample").status_code == 200


def test_the_socket_opens_no_session_that_waits(unscreened: Settings) -> None:
    """Also to a page that never asked for the way; to a sample clip it does."""
    with served(unscreened) as address:
        with connect(f"ws://{address}/live") as socket:
            socket.send(json.dumps(hello(mode="timer")))
            with pytest.raises(ConnectionClosed, match="A few questions come before this exercise"):
                socket.recv(timeout=WAIT_S)
        with connect(f"ws://{address}/live") as socket:
            socket.send(json.dumps(hello(mode="sample")))
            assert json.loads(socket.recv(timeout=WAIT_S))["type"] == "welcome"
    assert kept(unscreened) == []


def test_nothing_told_lets_everything_begin(unscreened: Settings) -> None:
    """Each question once; then the way is free, with no promise."""
    with opened(unscreened) as client:
        assert answer_all(client) == [question.id for question in QUESTIONS]
        outcome = client.get("/screening/outcome").text
        assert "You may begin." in outcome
        assert "That is no promise" in outcome
        for exercise in (STRETCH, ROTATION):
            assert f"/exercises/{exercise}" in outcome
            assert client.get(f"/exercises/{exercise}/session?mode=timer").status_code == 200
    assert kept(unscreened)[0].finished_at == NOON


@pytest.mark.parametrize("sign", [question.id for question in QUESTIONS if question.group == "emergency"])
def test_an_emergency_is_told_at_once(unscreened: Settings, sign: str) -> None:
    """Whom to call and what to say; no exercise is offered, and no word of a doctor's frees it."""
    with opened(unscreened) as client:
        assert answer_all(client, {sign: "yes"})[-1] == sign
        outcome = html.unescape(client.get("/screening/outcome").text)
        assert "Please get help now." in outcome
        assert "“" + next(question.why for question in QUESTIONS if question.id == sign) + "”" in outcome
        assert 'href="tel:112"' in outcome
        assert "/exercises/" not in outcome
        client.post("/screening/cleared", data={f"cleared_{sign}": "yes"})
        for exercise in (STRETCH, ROTATION):
            assert place(client.get(f"/exercises/{exercise}/prepare")) == "/screening/outcome"
        answer_all(client)
        assert client.get(f"/exercises/{STRETCH}/prepare").status_code == 200


def test_somebody_who_should_be_seen_first_waits_until_they_were(unscreened: Settings) -> None:
    """All of what was told has to be asked about; the day of each word is kept."""
    with opened(unscreened) as client:
        answer_all(client, {"fever": "yes", "fall": "yes"})
        outcome = client.get("/screening/outcome").text
        assert "Please see someone first." in outcome
        assert "/exercises/" not in outcome
        assert client.post("/screening/cleared", data={}).status_code == 422
        for sign in ("fever", "fall"):
            assert place(client.get(f"/exercises/{ROTATION}/session")) == "/screening/outcome"
            assert place(client.post("/screening/cleared", data={f"cleared_{sign}": "yes"})) == "/screening/outcome"
        assert "You may begin." in client.get("/screening/outcome").text
        assert client.get(f"/exercises/{ROTATION}/session").status_code == 200
        assert "asked about, and allowed:" in client.get("/screening/answers").text
    assert kept(unscreened)[0].cleared == {"fever": NOON, "fall": NOON}


def test_a_caution_holds_back_one_movement_with_its_reason(unscreened: Settings) -> None:
    """The other one may begin at once."""
    with opened(unscreened) as client:
        answer_all(client, {"eyes": "yes"})
        outcome = html.unescape(client.get("/screening/outcome").text)
        assert f"{library()[STRETCH].title} waits" in outcome
        assert "the pressure in the eyes rises" in outcome
        assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening/outcome"
        assert client.get(f"/exercises/{ROTATION}/prepare").status_code == 200


def test_what_is_not_said_is_told_in_words_and_holds_nothing_back(unscreened: Settings) -> None:
    """Nothing is claimed about it."""
    with opened(unscreened) as client:
        answer_all(client, {"cancer": "unsaid", "chest": "unsaid"})
        outcome = client.get("/screening/outcome").text
        assert "You may begin, with care." in outcome
        assert "Nothing that you told speaks against" not in outcome
        for sign in ("a history of cancer", "pain in the chest"):
            assert sign in outcome
        assert client.get(f"/exercises/{STRETCH}/prepare").status_code == 200


def test_what_was_answered_stays_and_can_be_changed(unscreened: Settings) -> None:
    """After a reload, on the way back, and in another window; until the end the session waits."""
    with opened(unscreened) as client:
        first = place(client.post("/screening"))
        second = place(client.post(first, data={"answer": "no"}))
        page = client.get(second).text
        assert first in page
        assert 'value="no" aria-describedby="more" aria-pressed="true"' in client.get(first).text
        assert place(client.post("/screening")) == second
        assert WHY_NOW["unfinished"] in client.get("/screening").text
        assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening"
        assert place(client.post(first, data={"answer": "unsaid"})) == second


@pytest.mark.parametrize("given", [{}, {"answer": ""}, {"answer": "perhaps"}])
def test_no_answer_is_none_that_was_given(unscreened: Settings, given: dict[str, str]) -> None:
    """It is told in words, and the question stays open."""
    with opened(unscreened) as client:
        at = place(client.post("/screening"))
        assert client.post(at, data=given).status_code == 422
        assert place(client.post("/screening")) == at
        assert client.get("/screening/questions/nothing").status_code == 404


def test_the_questions_come_again_after_four_weeks_in_short(unscreened: Settings) -> None:
    """With the reason; what lasts is not asked again unless there is news."""
    with opened(unscreened) as client:
        answer_all(client, {"immune": "unsaid"})
    with opened(unscreened, NOON + timedelta(days=28)) as client:
        assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening"
        assert WHY_NOW["month"] in client.get("/screening").text
        put = answer_all(client)
        assert NEWS.id in put
        assert "immune" in put
        assert "cancer" not in put
        assert client.get(f"/exercises/{STRETCH}/prepare").status_code == 200
        answers = client.get("/screening/answers").text
        assert "as the time before" in answers
    assert len(kept(unscreened)) == 2


def test_withdrawn_answers_are_gone_and_asked_again(client: TestClient, settings: Settings) -> None:
    """All of them."""
    assert "Have you ever had cancer?" in client.get("/screening/answers").text
    assert 'href="http://127.0.0.1:8765/screening/answers"' in client.get("/settings").text
    assert place(client.post("/screening/withdraw")) == "/screening/answers"
    assert "Nothing is kept here." in client.get("/screening/answers").text
    assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening"
    assert kept(settings) == []


@pytest.mark.parametrize(
    "report",
    [{"down_leg": "yes"}, {"numb": "leg"}, {"numb": "between_legs"}, {"where": "chest"}],
)
def test_a_pain_of_another_kind_brings_the_questions_back(
    client: TestClient, settings: Settings, report: dict[str, str]
) -> None:
    """Told after *It hurts*; a sore back as before does not."""
    database = open_database(settings.database_url)
    Sessions(database).begin(SessionRecord("abc", STRETCH, 1, "camera", NOON))
    database.close()
    client.post("/sessions/abc/hurt", data={"where": "lower_back", "pain": "4", "down_leg": "no", "numb": "no"})
    assert client.get(f"/exercises/{STRETCH}/prepare").status_code == 200
    client.post("/sessions/abc/hurt", data=report)
    assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening"
    assert WHY_NOW["changed"] in client.get("/screening").text


def test_something_new_in_a_leg_is_advised_instead_of_a_session(client: TestClient) -> None:
    """And the questions come before the next one."""
    sent = client.post(f"/exercises/{STRETCH}/begin", data={"mode": "timer", "pain_before": "1", "new_leg": "yes"})
    advice = html.unescape(client.get(place(sent)).text)
    assert "Not today." in advice
    assert ADVICE["see_someone"] in advice
    assert ADVICE["emergency_signs"] in advice
    assert place(client.get(f"/exercises/{STRETCH}/prepare")) == "/screening"


@pytest.mark.parametrize(("pain", "begins"), [("5", True), ("6", False), ("10", False), ("", True)])
def test_six_or_more_is_advised_instead_of_a_session(client: TestClient, pain: str, begins: bool) -> None:
    """From the form, and from the session's own address."""
    sent = client.post(f"/exercises/{ROTATION}/begin", data={"mode": "camera", "pain_before": pain, "new_leg": "no"})
    assert place(sent).startswith(f"/exercises/{ROTATION}/{'session' if begins else 'not-today'}")
    if not begins:
        advice = html.unescape(client.get(place(sent)).text)
        assert f"your back is at {pain} of 10" in advice
        assert ADVICE["rest_today"] in advice
        assert place(client.get(f"/exercises/{ROTATION}/session?pain_before={pain}")) == place(sent)


@pytest.mark.parametrize(("awake", "early"), [(0, True), (119, True), (120, False), (-1, False)])
def test_a_bend_soon_after_waking_needs_a_yes(settings: Settings, awake: int, early: bool) -> None:
    """By the clock on this computer's wall; turning does not."""
    woke = NOON.astimezone() - timedelta(minutes=awake)
    screen(settings.database_url, at=NOON)
    with opened(settings) as client:
        assert client.post("/settings", data={"wakes_at": f"{woke:%H:%M}"}).status_code == 303
        assert f'value="{woke:%H:%M}"' in client.get("/settings").text
        assert ("bends_anyway" in client.get(f"/exercises/{STRETCH}/prepare").text) == early
        assert "bends_anyway" not in client.get(f"/exercises/{ROTATION}/prepare").text
        assert "bends_anyway" not in client.get(f"/exercises/{STRETCH}/prepare?mode=sample").text
        without = client.post(f"/exercises/{STRETCH}/begin", data={"mode": "timer"})
        assert without.status_code == (422 if early else 303)
        assert client.get(f"/exercises/{STRETCH}/session?mode=timer").status_code == (303 if early else 200)
        willing = client.post(f"/exercises/{STRETCH}/begin", data={"mode": "timer", "bends_anyway": "yes"})
        assert client.get(place(willing)).status_code == 200


def test_a_waking_time_that_cannot_be_is_told(client: TestClient) -> None:
    """In words; an empty one is none."""
    assert "is not a time of day" in client.post("/settings", data={"wakes_at": "25:00"}).text
    client.post("/settings", data={"wakes_at": "07:30"})
    client.post("/settings", data={"figure": "m"})
    assert 'value="07:30"' in client.get("/settings").text
    client.post("/settings", data={"wakes_at": ""})
    assert 'value="07:30"' not in client.get("/settings").text


def test_a_session_that_runs_is_not_held_up_by_a_reload(settings: Settings) -> None:
    """Its page comes back even when the questions have fallen due meanwhile."""
    with opened(settings) as client:
        database = open_database(settings.database_url)
        Sessions(database).begin(SessionRecord("abc", STRETCH, 1, "timer", NOON))
        Screenings(database).withdraw()
        database.close()
        assert client.get(f"/exercises/{STRETCH}/session?mode=timer&session=abc").status_code == 200
        assert client.get(f"/exercises/{STRETCH}/session?mode=timer&session=nobody").status_code == 303
