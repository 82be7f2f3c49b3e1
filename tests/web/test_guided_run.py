"""The guided run: what comes before it, what its page takes along, and what is kept of it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ownway.programme.guided_run import WAYS, cues, parts
from ownway.programme.pain import ADVICE
from ownway.web.app import create_app
from ownway.web.settings import Settings
from tools.stage import screen

from .conftest import BASE

ID = "0123456789abcdef01234567"
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
WATCH = Path(__file__).parents[1] / "runs" / "run.fit"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Give those of the diary with a clock that stands: whenever these tests are run, a run is of one day."""
    return replace(settings, clock=lambda: NOON.astimezone(UTC))


def run(begun: datetime | None = None, /, **fields: str) -> dict[str, str]:
    """Return what the page sends after a whole run, unless told otherwise."""
    start = begun or NOON.astimezone(UTC) - timedelta(minutes=1)
    told = {"id": ID, "way": "easy", "ending": "done", "run_s": "300.0", "walk_s": "900.0", "pain_before": "2"}
    told |= {"started_at": start.isoformat(), "ended_at": (start + timedelta(minutes=21)).isoformat()}
    return told | fields


def seen(client: TestClient, path: str) -> str:
    """Return the words of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", client.get(path).text)).split())


def script(answer: Response) -> dict[str, Any]:
    """Return what the page of the run takes along."""
    found = re.search(r'id="config">(.*?)</script>', answer.text, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_page_takes_all_along(client: TestClient) -> None:
    """Parts and cues of the chosen way, the pain as told, and where to send what was done; nothing inline."""
    sent = client.post("/run/begin", data={"mode": "timer", "way": "half", "pain_before": "3", "new_leg": "no"})
    assert sent.status_code == 303
    answer = client.get(sent.headers["location"])
    told = script(answer)
    assert (told["way"], told["pain_before"], told["save"]) == ("half", 3, f"{BASE}/run")
    assert [part["start_s"] for part in told["parts"]] == [part.start_s for part in parts(WAYS["half"])]
    assert [cue["text"] for cue in told["cues"]] == [cue.text for cue in cues(WAYS["half"])]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", answer.text)


@pytest.mark.parametrize(
    ("fields", "leads_to", "words"),
    [
        ({"pain_before": "6"}, "/exercises/run/not-today?pain=6", "rest_today"),
        ({"new_leg": "yes"}, "/exercises/run/not-today?new_leg=", "see_someone"),
    ],
)
def test_too_much_pain_or_a_leg_gets_advice(
    client: TestClient, fields: dict[str, str], leads_to: str, words: str
) -> None:
    """In place of the run, in its own name; something new in a leg brings the questions again."""
    answer = client.post("/run/begin", data={"mode": "timer", "way": "walk"} | fields)
    assert answer.status_code == 303
    assert leads_to in answer.headers["location"]
    page = seen(client, answer.headers["location"])
    assert "A run or brisk walk Not today." in page
    assert ADVICE[words] in page  # type: ignore[index]
    asks = client.get("/run").headers.get("location", "")
    assert asks.endswith("/screening") is ("new_leg" in fields)


def test_who_is_held_back_does_not_run(unscreened: Settings) -> None:
    """Never asked: the questions. A heart that was told of: their outcome, for typed addresses as well."""
    with TestClient(create_app(unscreened), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/run").headers["location"] == f"{BASE}/screening"
    screen(unscreened.database_url, {"heart": "yes"})
    with TestClient(create_app(unscreened), base_url=BASE, follow_redirects=False) as client:
        for answer in (
            client.get("/run"),
            client.get("/run/go?way=walk"),
            client.post("/run/begin", data={"way": "walk"}),
        ):
            assert answer.headers["location"] == f"{BASE}/screening/outcome"
        assert 'class="button primary" href="http://127.0.0.1:8765/run"' not in client.get("/").text


def test_a_run_is_kept_once_and_counts(client: TestClient) -> None:
    """Sent twice, since the first answer was lost: once in the diary, in the list and in the plan; told by its seconds."""
    answers = [client.post("/run", data=run()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == {"id": ID, "summary": f"{BASE}/sessions/{ID}"}
    start = seen(client, "/")
    assert start.count("Guided run or walk") == 1
    assert "the run counts for it" in start
    summary = seen(client, f"/sessions/{ID}")
    assert "Run a little" in summary
    assert "Ran 5 min 00 s Walked 15 min 00 s In all 20 min 00 s It counts as the run of its day" in summary
    assert client.get("/runs").text.count(">guided<") == 1
    assert re.search(r'value="easy" checked', client.get("/run").text)


def test_pain_after_a_run_ends_the_day(client: TestClient) -> None:
    """As after an exercise: the same form, the same advice."""
    client.post("/run", data=run())
    client.post(f"/sessions/{ID}/pain", data={"when": "after", "pain": "5"})
    assert ADVICE["stop_today"] in seen(client, f"/sessions/{ID}")
    assert "Enough for today" in seen(client, "/")


def test_a_chest_that_hurts_on_a_run_is_an_emergency(client: TestClient) -> None:
    """The questions after It hurts are those of an exercise, and so is what they lead to; the day is closed at once."""
    client.post("/run", data=run(ending="hurt", run_s="60", walk_s="200"))
    assert "Enough for today" in seen(client, "/")
    assert "Where does it hurt?" in seen(client, f"/sessions/{ID}")
    client.post(f"/sessions/{ID}/hurt", data={"where": "chest", "pain": "4"})
    assert ADVICE["emergency_chest"] in seen(client, f"/sessions/{ID}")


WRONG: list[dict[str, str]] = [
    {"id": ""}, {"id": "../../etc/passwd-0000"}, {"id": "é" * 16}, {"way": "sprint"}, {"way": ""}, {"ending": "won"},
    {"ending": ""}, {"run_s": "-1"}, {"walk_s": "1e9"}, {"run_s": "nan"}, {"pain_before": "11"},
    {"started_at": "yesterday"}, {"started_at": "2026-01-01T10:00:00"}, {"started_at": "1970-01-01T00:00:00Z"},
    {"ended_at": "9999-12-31T23:59:59Z"}, {"started_at": "9999-12-31T23:59:59Z"},
]  # fmt: skip


def test_what_cannot_be_a_run_is_refused(client: TestClient) -> None:
    """In words, each of them, and nothing is kept of any."""
    for wrong in WRONG:
        answer = client.post("/run", data=run(**wrong))
        assert (answer.status_code, "Please look at this again" in answer.text) == (422, True), wrong
    assert "Guided run" not in client.get("/").text


def test_a_stranger_s_page_sends_no_run(client: TestClient) -> None:
    """As with every other form."""
    assert client.post("/run", data=run(), headers={"origin": "https://elsewhere.example"}).status_code == 403


def test_a_run_known_from_a_watch_too_is_listed_and_forgotten_as_one(client: TestClient) -> None:
    """With what the watch measured; the question comes first, and then neither is left."""
    client.post("/runs", files=[("files", ("run.fit", WATCH.read_bytes(), ""))])
    begun = re.search(r'datetime="([^"]+)"', client.get("/runs").text)
    assert begun is not None
    client.post("/run", data=run(datetime.fromisoformat(begun[1]) - timedelta(seconds=200)))
    listed = client.get("/runs").text
    assert listed.count("/forget") == 1
    assert "2.16 km" in listed
    assert ">guided<" in listed
    assert "with what you told of your back" in seen(client, f"/runs/{ID}/forget")
    assert client.get(f"/sessions/{ID}").status_code == 200
    client.post(f"/runs/{ID}/forget")
    assert "Nothing here yet." in seen(client, "/runs")
    assert client.get(f"/sessions/{ID}").status_code == 404
