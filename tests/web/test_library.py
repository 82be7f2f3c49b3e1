"""All exercises on a page, files of one's own among them; and sessions whose file has changed or gone."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ownway.coach.events import Calibrated, ClockStarted, Ended, Event, PhaseBegan, SetBegan, SetEnded
from ownway.coach.records import SessionRecord
from ownway.exercises.loader import library, parse_exercise
from ownway.exercises.shelf import digest_of
from ownway.store.archives import Archives
from ownway.store.closing import ended
from ownway.store.database import open_database
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.session_config import phase_labels
from ownway.web.settings import Settings
from tests.web.conftest import BASE
from tests.web.test_live import hello
from tools.stage import screen

# At the place of this computer, whatever its zone: a day is the day on the wall.
NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC).astimezone().replace(day=6, hour=12).astimezone(UTC)
BUILT_IN = (resources.files("ownway.exercises") / "library" / "hamstring_stretch.toml").read_text(encoding="utf-8")
TITLE = "<script>alert(1)</script> 100 % of {your} own"
OWN = BUILT_IN.replace('id = "hamstring_stretch"', 'id = "own_bend"').replace(
    'title = "Standing hamstring stretch"', f'title = "{TITLE}"'
)
PAGES = ("/exercises", "/exercises/own_bend", "/exercises/own_bend/prepare", "/exercises/own_bend/session?mode=timer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder for exercise files of one's own."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    return folder


@pytest.fixture
def client(settings: Settings, folder: Path) -> Iterator[TestClient]:
    """Give a browser's place beside an app that looks into that folder."""
    app = create_app(replace(settings, exercises_dir=folder))
    with TestClient(app, base_url=BASE, follow_redirects=False) as opened:
        yield opened


def done(settings: Settings, text: str | None = OWN) -> str:
    """Write a session with this file into the diary; return its id."""
    how: tuple[Event, ...] = (
        Calibrated(3.0, "left", {}), PhaseBegan(10.0, "hold", 1), SetBegan(10.0, 1, 10.0), ClockStarted(10.0, 0.0),
        SetEnded(42.0, 1, 10.0, 42.0, 31.0, counted=True, full=True, reach_zone="shins", best={}), Ended(42.0, "done"),
    )  # fmt: skip
    database = open_database(settings.database_url)
    sessions = Sessions(database)
    record = SessionRecord("abc", "own_bend", 1, "camera", NOON, pain_before=2)
    if text is not None:
        record = replace(record, exercise_file=digest_of(text))
    sessions.begin(record, text)
    sessions.append("abc", 0, how)
    sessions.end(ended(record, library()["hamstring_stretch"], how, NOON + timedelta(seconds=42)))
    sessions.save_pain("abc", "after", 1)
    database.close()
    return "abc"


def test_an_own_file_is_there_at_once_and_safely(client: TestClient, folder: Path) -> None:
    """Without starting anew, on every page; whatever is written in it is shown as it is written."""
    assert "own_bend" not in client.get("/exercises").text
    (folder / "bend.toml").write_text(OWN, encoding="utf-8")
    for path in PAGES:
        page = client.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text
        assert TITLE in html.unescape(page.text)
        assert "/static/figures/own_bend" not in page.text
    assert "<ownway-drawing" in client.get("/exercises/own_bend").text  # drawn by its postures
    undrawn = "\n".join(line for line in OWN.splitlines() if not line.startswith("posture ="))
    (folder / "bend.toml").write_text(undrawn, encoding="utf-8")
    assert "<ownway-drawing" not in client.get("/exercises/own_bend").text
    (folder / "bend.toml").write_text(OWN.replace(TITLE, "Changed"), encoding="utf-8")
    assert "Changed" in client.get("/exercises/own_bend").text
    (folder / "bend.toml").unlink()
    assert client.get("/exercises/own_bend").status_code == 404


def test_a_phase_of_any_name_has_words_on_the_screen() -> None:
    """Its label, those that Ownway has for it, or else what is done."""
    bend = parse_exercise(OWN.replace('"lower"', '"sink"'), "bend.toml")
    labels = phase_labels(bend, str)
    assert (labels["sink"], labels["hold"]) == (TITLE, "Hold")


def test_what_has_no_sample_offers_none(client: TestClient, folder: Path) -> None:
    """Neither by a link nor by an address."""
    (folder / "bend.toml").write_text(OWN, encoding="utf-8")
    assert "mode=sample" not in client.get("/exercises/own_bend").text
    for page in ("prepare", "session"):
        assert client.get(f"/exercises/own_bend/{page}?mode=sample").status_code == 404


def test_bad_files_are_told_and_break_nothing(client: TestClient, folder: Path) -> None:
    """Each with its name and every problem; everything else goes on."""
    (folder / "a.toml").write_text(OWN, encoding="utf-8")
    for name, text in (
        ("b.toml", OWN), ("c.toml", BUILT_IN), ("d.toml", OWN.replace('"own_bend"', '"run"')), ("e.toml", "<b>"),
        ("f.toml", OWN.replace("sets = 2", 'sets = "two"').replace('takes = "', 'tkaes = "')), ("g.toml", "[" * 9999),
        ("h.toml", "x = " + "9" * 9999), ("k.toml", OWN.replace("version = 1", f"version = {2**70}").replace("most_s = 45", "most_s = nan")),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "i.toml").write_bytes(b"\xff\xfe")
    (folder / "j.toml").mkdir()
    told = html.unescape(client.get("/exercises").text)
    assert "Files that are not used" in told
    for name, problem in (
        ("b.toml", "a.toml has this one, and is used"), ("c.toml", "An exercise that comes with Ownway has this one"),
        ("d.toml", "The guided run has this one"), ("e.toml", "a line like key = value"), ("f.toml", "Did you mean takes?"),
        ("g.toml", ""), ("h.toml", ""), ("i.toml", "got UTF-16"), ("j.toml", ""), ("k.toml", "got nan"),
    ):  # fmt: skip
        assert name in told
        assert problem in told
    assert all(client.get(path).status_code == 200 for path in (*PAGES, "/", "/exercises/hamstring_stretch"))


def test_a_session_stays_as_it_was(client: TestClient, settings: Settings, folder: Path) -> None:
    """Its file gone, changed or broken: every page that tells of it tells the same."""
    session_id = done(settings)
    for later in (None, OWN.replace(TITLE, "Another").replace('text = "shins"', 'text = "calves"'), "x"):
        if later is not None:
            (folder / "bend.toml").write_text(later, encoding="utf-8")
        for path in ("/", "/diary", f"/sessions/{session_id}", f"/sessions/{session_id}/forget"):
            assert TITLE in html.unescape(client.get(path).text), path
        assert "shins" in client.get(f"/sessions/{session_id}").text
    assert TITLE in html.unescape(client.get("/progress?period=day&until=2024-05-06").text)
    for path in ("/progress", "/progress/report", "/data", "/data/export/json"):
        assert client.get(path).status_code == 200


def test_a_session_whose_exercise_nobody_knows_is_told_all_the_same(client: TestClient, settings: Settings) -> None:
    """An earlier version did not keep the file, and it is gone: what was counted and felt stands."""
    session_id = done(settings, text=None)
    for path in ("/", "/diary", f"/sessions/{session_id}", f"/sessions/{session_id}/forget"):
        assert client.get(path).status_code == 200
    assert "no longer here" in client.get(f"/sessions/{session_id}").text


def test_a_diary_takes_its_exercises_along(settings: Settings, tmp_path: Path) -> None:
    """Into another diary, on a computer that has never seen the file; and what is deleted there takes the file with it."""
    done(settings)
    here, there = open_database(settings.database_url), open_database(f"sqlite:///{tmp_path / 'there.sqlite3'}")
    Archives(there).add(Archives(here).read())
    sessions = Sessions(there)
    exercise = sessions.then({}).of("own_bend", digest_of(OWN))
    assert exercise is not None
    assert exercise.title == TITLE
    sessions.delete("abc")
    assert sessions.then({}).texts == {}
    here.close()
    there.close()


def test_an_own_exercise_is_held_back_like_any_other(unscreened: Settings, folder: Path) -> None:
    """By the cautions of its file; one that does not say is held back by each of them."""
    screen(unscreened.database_url, {"heart": "yes"})
    (folder / "bend.toml").write_text(OWN, encoding="utf-8")
    silent = "\n".join(line for line in OWN.splitlines() if not line.startswith("cautions ="))
    (folder / "silent.toml").write_text(silent.replace("own_bend", "own_silent"), encoding="utf-8")
    with TestClient(
        create_app(replace(unscreened, exercises_dir=folder)), base_url=BASE, follow_redirects=False
    ) as told:
        assert told.get("/exercises/own_bend/prepare").status_code == 200
        held = told.get("/exercises/own_silent/prepare")
        assert (held.status_code, held.headers["location"]) == (303, f"{BASE}/screening/outcome")
        assert "wait as well" in told.get("/screening/outcome").text
        assert "ask first" in told.get("/exercises").text


def test_an_own_exercise_is_coached_and_kept(client: TestClient, settings: Settings, folder: Path) -> None:
    """From its page to its summary; its file goes in the middle of it, and the session goes on and stays."""
    (folder / "bend.toml").write_text(OWN, encoding="utf-8")
    began = client.post("/exercises/own_bend/begin", data={"mode": "timer", "pain_before": "2"})
    assert began.headers["location"].startswith(f"{BASE}/exercises/own_bend/session?mode=timer")
    greeting = hello(exercise="own_bend", mode="timer")
    with client.websocket_connect("/live", headers={"host": "127.0.0.1:8765"}) as socket:
        socket.send_json(greeting)
        session_id = socket.receive_json()["session"]
        (folder / "bend.toml").unlink()
        assert client.get(f"/exercises/own_bend/session?mode=timer&session={session_id}").status_code == 200
        socket.send_json({"type": "command", "command": "stop", "t_s": 30.0})
        while socket.receive_json()["type"] != "ended":
            pass
    assert TITLE in html.unescape(client.get(f"/sessions/{session_id}").text)
    database = open_database(settings.database_url)
    kept = Sessions(database).get(session_id)
    database.close()
    assert kept is not None
    assert kept.exercise_file == digest_of(OWN)


def test_an_own_exercise_has_its_levels(client: TestClient, folder: Path) -> None:
    """They are chosen like those of the plan, and asked for; a level that goes from the file breaks nothing."""
    (folder / "bend.toml").write_text(
        OWN.replace("sets = 2\nfull_s = 30\ngood", "sets = 1\nfull_s = 20\ngood", 1).replace(
            "good_from_s = 30", "good_from_s = 20", 1
        )
    )
    assert "Your level: Hands to your knees" in client.get("/exercises/own_bend").text
    chosen = client.post("/plan/levels/own_bend", data={"level": "seated"})
    assert chosen.headers["location"] == f"{BASE}/exercises/own_bend"
    assert "Your level: With your hands on a chair" in client.get("/exercises/own_bend/prepare").text
    with client.websocket_connect("/live", headers={"host": "127.0.0.1:8765"}) as socket:
        socket.send_json(hello(exercise="own_bend", mode="timer"))
        session_id = socket.receive_json()["session"]
        socket.send_json({"type": "command", "command": "stop", "t_s": 30.0})
        while socket.receive_json()["type"] != "ended":
            pass
    told = {one["record"]["id"]: one["record"] for one in client.get("/data/export/json").json()["sessions"]}
    assert (told[session_id]["dose_sets"], told[session_id]["dose_s"]) == (1, 20.0)
    (folder / "bend.toml").write_text(OWN.replace('id = "seated"', 'id = "chair"'), encoding="utf-8")
    assert "Your level: Hands to your knees" in client.get("/exercises/own_bend").text
