"""Several people on one computer: choosing, PINs, languages, and that nobody comes into another's diary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from ownway.coach.records import Person
from ownway.commands.people import NobodyOfThatNameError, WhoseDiaryError, whose
from ownway.store.database import open_database
from ownway.store.people import People
from ownway.store.persons import Persons
from ownway.web.app import create_app
from ownway.web.pins import Tries, hash_pin, is_pin
from ownway.web.settings import Settings
from ownway.web.translation import best_language
from ownway.web.visitors import way_on

from .conftest import BASE

PAGE = {"accept": "text/html"}


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now_s: float = 0.0
    told: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def two(settings: Settings, clock: Clock) -> Iterator[TestClient]:
    """Give a browser in which Eve has just joined Ada, who was here alone."""
    app = create_app(replace(settings, monotonic=clock))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        assert client.post("/people", data={"other_name": "Ada", "name": "Eve"}).status_code == 303
        yield client


@contextmanager
def another(client: TestClient) -> Iterator[TestClient]:
    """Give another browser on the same app."""
    yield TestClient(client.app, base_url=BASE, follow_redirects=False)


def become(client: TestClient, person_id: int, pin: str = "", **fields: str) -> int:
    return client.post(f"/people/{person_id}", data={"pin": pin, **fields}).status_code


def test_one_person_is_asked_nothing(client: TestClient) -> None:
    """No name stands on the page, and no cookie is set."""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "somebody else?" not in answer.text


def test_whoever_joins_begins_with_a_diary_of_their_own(two: TestClient) -> None:
    """Eve has answered nothing yet; Ada, who was here first, finds all of hers."""
    assert ">Eve<" in two.get("/").text
    asked = two.get("/exercises/hamstring_stretch/prepare", follow_redirects=False)
    assert asked.headers["location"].endswith("/screening")
    assert become(two, 1) == 303
    assert ">Ada<" in two.get("/").text
    assert two.get("/exercises/hamstring_stretch/prepare").status_code == 200


def test_a_browser_that_did_not_say_who_it_is_is_asked(two: TestClient) -> None:
    """A page leads there and back again; data and the socket are refused."""
    with another(two) as fresh:
        asked = fresh.get("/settings?saved=1", headers=PAGE)
        assert asked.headers["location"] == f"{BASE}/people?next=%2Fsettings%3Fsaved%3D1"
        assert fresh.post("/settings", headers=PAGE).headers["location"] == f"{BASE}/people"
        assert fresh.get("/reminders.json").status_code == 401
        with (
            fresh.websocket_connect("ws://127.0.0.1:8765/live") as socket,
            pytest.raises(WebSocketDisconnect) as refused,
        ):
            socket.receive_json()
        assert (refused.value.code, refused.value.reason) == (1008, "Please say first who you are.")
        assert fresh.post("/people/1", data={"next": "/settings"}).headers["location"] == "/settings"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "", "/a\n"]
)
def test_the_way_on_stays_in_the_house(elsewhere: str) -> None:
    """An address that was smuggled in leads to the start page."""
    assert way_on(elsewhere, "start") == "start"


def test_a_pin_keeps_others_out(two: TestClient) -> None:
    """It is told twice, asked for at once, and only the right one opens."""
    assert two.post("/settings/pin", data={"pin": "1234", "pin_again": "1235"}).status_code == 422
    assert two.post("/settings/pin", data={"pin": "12", "pin_again": "12"}).status_code == 422
    assert two.post("/settings/pin", data={"pin": "1234", "pin_again": "1234"}).status_code == 303
    assert two.get("/", headers=PAGE).status_code == 303
    wrong = two.post("/people/2", data={"pin": "4321"})
    assert wrong.status_code == 422
    assert "That is not the PIN." in wrong.text
    assert become(two, 2, "1234") == 303
    assert ">Eve<" in two.get("/").text
    assert two.post("/settings/leave").status_code == 303
    assert two.get("/", headers=PAGE).status_code == 303


def test_guessing_a_pin_takes_long(clock: Clock) -> None:
    """Five tries are free; then each takes twice as long as the one before, up to a quarter of an hour."""
    tries, waits = Tries(clock), list[float]()
    for _ in range(12):
        tries.missed(1)
        waits.append(tries.wait_s(1))
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert tries.wait_s(2) == 0
    clock.now_s = 900
    assert tries.wait_s(1) == 0
    tries.passed(1)
    tries.missed(1)
    assert tries.wait_s(1) == 0


def test_not_even_the_right_pin_opens_too_soon(two: TestClient, clock: Clock) -> None:
    """Else whoever guesses would notice which one it was."""
    two.post("/settings/pin", data={"pin": "1234", "pin_again": "1234"})
    for _ in range(5):
        become(two, 2, "0000")
    assert "Please wait 30 seconds" in two.post("/people/2", data={"pin": "1234"}).text
    clock.now_s = 31
    assert become(two, 2, "1234") == 303


def test_of_a_pin_only_a_slow_hash_is_kept() -> None:
    """The same PIN twice is two hashes."""
    kept = hash_pin("1234")
    assert is_pin("1234", kept)
    assert not is_pin("1235", kept)
    assert "1234" not in kept.split("$")[-1]
    assert hash_pin("1234") != kept


def test_names_differ(two: TestClient) -> None:
    """So that everybody knows which is theirs; a name is needed, and not a long one."""
    assert two.post("/people", data={"name": "Ada"}).status_code == 422
    assert two.post("/settings/name", data={"name": "Ada"}).status_code == 422
    assert two.post("/settings/name", data={"name": " "}).status_code == 422
    assert two.post("/settings/name", data={"name": "x" * 41}).status_code == 422
    assert two.post("/settings/name", data={"name": "Eva"}).status_code == 303
    assert "Eva" in two.get("/people").text


def test_starting_over_needs_a_yes(two: TestClient, settings: Settings) -> None:
    """Then the settings are as on the first day; whoever wants to leave is no longer listed."""
    two.post("/settings", data={"birth_year": "1980"})
    assert two.post("/settings/start-over").status_code == 422
    assert _person(settings, 2).birth_year == 1980
    assert two.post("/settings/start-over", data={"sure": "yes"}).status_code == 303
    assert _person(settings, 2) == Person()
    assert two.post("/settings/start-over", data={"sure": "yes", "leaves": "yes"}).status_code == 303
    assert two.get("/settings").status_code == 200  # Ada is alone again, and asked nothing
    assert "Eve<" not in two.get("/people").text


def test_each_has_a_calendar_of_their_own(two: TestClient) -> None:
    """Asked for by its key, from a program that has no cookie; without a key there is none where several are."""
    two.post("/reminders", data={"at": "18:30", "day_MO": "yes", "zone": "UTC"})
    page = two.get("/reminders").text
    address = page.partition('class="address">')[2].partition("<")[0]
    with another(two) as program:
        assert b"VEVENT" in program.get(address).content
        assert program.get("/reminders.ics").status_code == 404
        assert program.get("/reminders.ics?of=guess").status_code == 404


def test_what_a_person_sets_is_kept(two: TestClient, settings: Settings) -> None:
    """Birth year, voice, tempo and range, and empty again; what cannot be is refused, and changes nothing."""
    told = {"birth_year": "1980", "voice": "Somebody", "half_period_s": "4.0", "range_deg": "30.0", "language": "en"}
    assert two.post("/settings", data=told).status_code == 303
    kept = _person(settings, 2)
    assert (kept.birth_year, kept.voice, kept.half_period_s, kept.range_deg, kept.language) == (
        1980, "Somebody", 4.0, 30.0, "en",
    )  # fmt: skip
    for wrong in (
        {"birth_year": "1700"},
        {"birth_year": "1980.5"},
        {"half_period_s": "1"},
        {"range_deg": "90"},
        {"language": "xx"},
    ):
        assert two.post("/settings", data=wrong).status_code == 422, wrong
    assert _person(settings, 2) == kept
    two.post("/settings", data=dict.fromkeys(told, ""))
    assert _person(settings, 2) == replace(
        kept, birth_year=None, voice=None, half_period_s=None, range_deg=None, language=None
    )


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr,en;q=0.5", "en"), ("en;q=0.4, de;q=0.6", "de"), ("", "en"),
     ("de;q=0", "en"), ("de;q=x,*", "en"), (",;q=,", "en")],
)  # fmt: skip
def test_the_browser_says_which_language_it_likes(wishes: str, spoken: str) -> None:
    """The best of its wishes that is spoken here; the usual one where there is none, or nonsense."""
    assert best_language(wishes, "en", ("en", "de")) == spoken


def test_a_command_says_whose_diary_it_means(tmp_path: Path, settings: Settings) -> None:
    """Alone nobody needs to be named; among several, somebody must be, in small or capital letters."""
    database = open_database(settings.database_url)
    people = People(database)
    assert whose(database, None).id == 1
    people.rename(1, "Ada")
    people.add("Eve")
    assert whose(database, "eve").id == 2
    with pytest.raises(WhoseDiaryError, match="Ada, Eve"):
        whose(database, None)
    with pytest.raises(NobodyOfThatNameError, match="Bob"):
        whose(database, "Bob")
    database.close()


def _person(settings: Settings, person_id: int) -> Person:
    database = open_database(settings.database_url)
    try:
        return Persons(database, person_id).get()
    finally:
        database.close()
