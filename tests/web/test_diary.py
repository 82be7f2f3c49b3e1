"""The pages of the diary: told in one tap, told more, changed, deleted; the questionnaires; and what is said of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from ownway.coach.events import Calibrated
from ownway.coach.records import HurtReport, SessionRecord
from ownway.programme.diary import LONGEST_NOTE, Entry
from ownway.programme.questionnaires import Filled
from ownway.programme.screening import due
from ownway.store.database import Database, open_database
from ownway.store.diary import Diary
from ownway.store.screenings import Screenings
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.forms import Reader
from ownway.web.settings import Settings
from ownway.web.translation import translations

from .conftest import BASE

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(settings: Settings, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(replace(settings, clock=clock)), base_url=BASE, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def database(settings: Settings, client: TestClient) -> Iterator[Database]:
    opened = open_database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def kept(database: Database) -> Diary:
    """Give what the diary holds."""
    return Diary(database)


def words(text: str) -> str:
    """Return the words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def send(client: TestClient, address: str, **fields: str) -> str:
    """Send a form that is taken, and return the page to which it leads."""
    answer = client.post(address, data=fields)
    assert answer.status_code == 303, words(answer.text)
    return client.get(answer.headers["location"]).text


def test_one_tap_is_an_entry_and_another_soon_after_mends_it(client: TestClient, kept: Diary, clock: Clock) -> None:
    """A slip is mended, or taken back without a question; ten minutes later the back has another answer."""
    page = send(client, "/diary/pain", pain="7")
    (first,) = kept.entries()
    assert (first.pain_now, first.at) == (7, NOON)
    assert "Kept: 7 of 10." in words(page)
    assert f'name="entry" value="{first.id}"' in page
    send(client, "/diary/pain", pain="2", entry=first.id)
    assert [e.pain_now for e in kept.entries()] == [2]
    clock.now += timedelta(minutes=10)
    send(client, "/diary/pain", pain="3", entry=first.id)
    assert [e.pain_now for e in kept.entries()] == [3, 2]
    page = send(client, f"/diary/entries/{first.id}/forget")
    assert "It is deleted." in page
    assert [e.pain_now for e in kept.entries()] == [3]


def test_more_is_told_of_the_same_moment_or_alone(client: TestClient, kept: Diary) -> None:
    """After a tap the form goes on with its entry; letters that mean something in HTML are shown as they are."""
    send(client, "/diary/pain", pain="4")
    (tapped,) = kept.entries()
    told = {"pain_now": "4", "pain_worst": "6", "pain_average": "", "area_lower_back_left": "yes", "feel_dull": "yes"}
    page = send(client, f"/diary/entries/{tapped.id}", **told, note="Digging <b>\r\nall day & night")
    expected = Entry(tapped.id, NOON, 4, 6, None, ("lower_back_left",), ("dull",), "Digging <b>\nall day & night")
    assert kept.get(tapped.id) == expected
    assert "worst 6 · Lower back, left · Dull" in words(page)
    assert "&lt;b&gt;" in page
    send(client, "/diary/entries", note="Only a word")
    assert kept.count() == 2


def test_an_entry_is_opened_and_changed(client: TestClient, kept: Diary) -> None:
    """With what it has ticked; what the form does not ask for stays."""
    kept.save(Entry("e", NOON, pain_now=0, areas=("neck",), feels=("stiff",), sleep=7))
    page = client.get("/diary/entries/e").text
    for chosen in ('name="area_neck" value="yes" checked', 'name="pain_now" value="0" checked',
                   'name="sleep" value="7" checked', 'name="feel_stiff" value="yes" checked'):  # fmt: skip
        assert chosen in page
    send(client, "/diary/entries/e", pain_now="1", area_upper_back="yes")
    assert kept.get("e") == Entry("e", NOON, pain_now=1, areas=("upper_back",), sleep=7)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("2999-01-01T10:00", "Please choose a moment that lies behind you."),
        ("0001-01-01T00:00", "That is no day and time."),
        ("yesterday", "That is no day and time."),
    ],
)
def test_an_entry_is_about_a_moment_that_was(client: TestClient, kept: Diary, told: str, problem: str) -> None:
    """Told later, or put right; left as it is it stays to the second, and what cannot be is kept by nobody."""
    kept.save(Entry("e", NOON + timedelta(seconds=1), pain_now=3))
    (shown,) = re.findall(r'name="at" value="(.+?)"', client.get("/diary/entries/e").text)
    assert shown == f"{NOON.astimezone():%Y-%m-%dT%H:%M}"
    send(client, "/diary/entries/e", pain_now="4", at=shown)
    assert kept.get("e") == Entry("e", NOON + timedelta(seconds=1), pain_now=4)
    send(client, "/diary/entries/e", pain_now="4", at=f"{NOON.astimezone() - timedelta(hours=3):%Y-%m-%dT%H:%M}")
    assert kept.get("e") == Entry("e", NOON - timedelta(hours=3), pain_now=4)
    refused = client.post("/diary/entries/e", data={"pain_now": "9", "at": told})
    assert problem in words(refused.text)
    assert kept.get("e") == Entry("e", NOON - timedelta(hours=3), pain_now=4)


def test_deleting_asks_first(client: TestClient, kept: Diary) -> None:
    """The link changes nothing, shows what would go, and says that it goes from the back-ups, too."""
    kept.save(Entry("e", NOON, pain_now=3, note="After the stairs"))
    asked = words(client.get("/diary/entries/e/forget").text)
    for said in ("Delete this entry?", "Pain 3 of 10", "After the stairs", "out of the back-ups"):
        assert said in asked
    assert kept.count() == 1
    for _ in range(2):
        send(client, "/diary/entries/e/forget")
    assert kept.count() == 0
    assert client.get("/diary/entries/e").status_code == 404


def test_all_that_is_wrong_is_told_at_once(client: TestClient, kept: Diary) -> None:
    """And nothing of it is kept; nor is a form in which nothing was told."""
    wrong = {"pain_now": "11", "pain_worst": "much", "sleep": "3.5", "active_min": "2000", "note": "x" * 2001}
    answer = client.post("/diary/entries", data=wrong)
    assert answer.status_code == 422
    for said in ("from 0 to 10", "“much” is not a number", "“3.5” is not a whole number", "between 0 and 1440",
                 "at most 2000 letters; yours has 2001"):  # fmt: skip
        assert said in words(answer.text)
    assert "Nothing was told yet" in words(client.post("/diary/entries", data={"pain_now": ""}).text)
    assert client.post("/diary/pain", data={}).status_code == 422
    assert kept.count() == 0


def test_the_longest_note_fits_in_any_tongue(client: TestClient, kept: Diary) -> None:
    """Also where a letter takes twelve bytes on its way."""
    note = "\U0001f33b" * LONGEST_NOTE
    send(client, "/diary/entries", note=note)
    assert kept.entries()[0].note == note


def test_what_else_is_noted_is_asked_only_where_wanted(client: TestClient, kept: Diary) -> None:
    """Off by default; switched on, the form has the field; switched off, what was noted stays."""
    assert 'name="sleep"' not in client.get("/diary").text
    page = send(client, "/diary/extras", extra_sleep="yes", extra_medicine="yes")
    assert 'name="sleep"' in page
    assert 'name="active_min"' not in page
    page = send(client, "/diary/entries", sleep="6", medicine="One, in the evening")
    assert "sleep 6 of 10" in words(page)
    page = send(client, "/diary/extras")
    assert 'name="medicine"' not in page
    assert "One, in the evening" in page
    assert kept.entries()[0].sleep == 6


def test_pain_in_a_leg_for_the_first_time_outdates_the_answers(
    client: TestClient, database: Database, clock: Clock
) -> None:
    """It is said with its reason, and whom to ask; told again, it is known."""
    screenings = Screenings(database)
    page = words(send(client, "/diary/entries", area_calf_left="yes"))
    assert "Pain or numbness that runs into a leg is a reason to ask a doctor" in page
    assert "You see this because you told of a pain or numbness of another kind." in page
    latest = screenings.latest()
    assert latest is not None
    assert due(latest, None, NOON) == "changed"
    screenings.save(replace(latest, outdated_at=None))
    page = words(send(client, "/diary/entries", area_calf_left="yes", pain_now="3"))
    assert "reason to ask a doctor" not in page
    renewed = screenings.latest()
    assert renewed is not None
    assert renewed.outdated_at is None


def test_too_much_pain_gets_advice_on_its_day_only(client: TestClient, kept: Diary) -> None:
    """From 6 on, as before a session; an entry of last week that is changed says nothing about today."""
    assert "leave the exercises for today" in words(send(client, "/diary/pain", pain="6"))
    assert "leave the exercises" not in words(send(client, "/diary/pain", pain="5"))
    kept.save(Entry("old", NOON - timedelta(days=7), pain_now=8))
    assert "leave the exercises" not in words(send(client, "/diary/entries/old", pain_now="9"))


def test_the_list_comes_in_pages_by_day(client: TestClient, kept: Diary) -> None:
    """Fifty a page, the newest first; beyond the last there is nothing, and no error."""
    for number in range(51):
        kept.save(Entry(f"e{number:02}", NOON - timedelta(hours=number), note=f"no {number:02}."))
    first, second = client.get("/diary").text, client.get("/diary?page=2").text
    assert "no 49." in first
    assert "no 50." not in first
    assert "/diary?page=2" in first
    assert "no 50." in second
    assert second.count('class="line"') == 1
    assert "Nothing further back." in client.get("/diary?page=100000").text
    assert client.get("/diary?page=0").status_code == 422


def test_pain_around_a_session_stands_in_the_list_and_goes_with_it(client: TestClient, database: Database) -> None:
    """Linked to the session, which is deleted after a question; one that still runs is not."""
    sessions = Sessions(database)
    record = SessionRecord("s", "hamstring_stretch", 1, "camera", NOON - timedelta(hours=1), pain_before=4)
    sessions.begin(record)
    sessions.append("s", 0, [Calibrated(1.0, "left", {})])
    assert client.post("/sessions/s/forget").status_code == 422
    sessions.end(replace(record, ended_at=NOON, ending="done"))
    send(client, "/sessions/s/pain", when="after", pain="2")
    page = client.get("/diary").text
    assert "After: Standing hamstring stretch" in words(page)
    assert "Before: Standing hamstring stretch" in words(page)
    assert "It hurt:" not in words(page)
    assert page.count("/sessions/s") == 2
    assert "/sessions/s/forget" in client.get("/sessions/s").text
    assert "back-ups" in client.get("/sessions/s/forget").text
    assert "Before:" not in send(client, "/sessions/s/forget")
    assert sessions.events("s") == ()


@pytest.mark.parametrize(("pain", "said"), [(7, "Pain 7 of 10 It hurt: Standing"), (None, "· It hurt: Standing")])
def test_where_it_hurt_in_a_session_the_list_says_so(
    client: TestClient, database: Database, pain: int | None, said: str
) -> None:
    """With the number that was told then, or without."""
    sessions = Sessions(database)
    record = SessionRecord("s", "hamstring_stretch", 1, "camera", NOON - timedelta(hours=1))
    sessions.begin(record)
    sessions.append("s", 0, [Calibrated(1.0, "left", {})])
    sessions.end(replace(record, ended_at=NOON, ending="hurt"))
    if pain is not None:
        sessions.save_hurt("s", HurtReport(None, pain, None, None))
    assert said in words(client.get("/diary").text)


def test_nobody_reaches_into_another_diary(client: TestClient, kept: Diary, database: Database) -> None:
    """Whoever joins finds nothing of the first: not opened, changed, deleted, nor mended by a tap."""
    kept.save(Entry("ada", NOON, pain_now=3))
    kept.fill(Filled("adas", "rmdq", NOON))
    Sessions(database).begin(SessionRecord("hers", "hamstring_stretch", 1, "camera", NOON, pain_before=4))
    assert client.post("/people", data={"other_name": "Ada", "name": "Eve"}).status_code == 303
    for address in ("/diary/entries/ada", "/diary/entries/ada/forget", "/diary/function/adas/forget",
                    "/sessions/hers/forget"):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post("/diary/entries/ada", data={"note": "mine"}).status_code == 404
    for address in ("/diary/entries/ada/forget", "/diary/function/adas/forget", "/sessions/hers/forget"):
        client.post(address)
    page = send(client, "/diary/pain", pain="9", entry="ada")
    assert page.count('class="line"') == 1
    assert "Kept" not in client.get("/diary?told=ada").text
    assert kept.entries() == [Entry("ada", NOON, pain_now=3)]
    assert len(kept.filled()) == 1
    assert Sessions(database).get("hers") is not None


def test_the_sentences_are_ticked_and_scored(client: TestClient, kept: Diary, clock: Clock) -> None:
    """In the authors' words, in English everywhere; that none holds has to be said; later it says what changed."""
    page = client.get("/diary/function/rmdq").text
    assert page.count('lang="en"><input') == 24
    assert "Roland MO, Morris RW" in page
    assert client.post("/diary/function/rmdq", data={}).status_code == 422
    assert client.post("/diary/function/rmdq", data={"none": "yes", "sentence_1": "yes"}).status_code == 422
    assert "12 of 24" in words(send(client, "/diary/function/rmdq", **{f"sentence_{n}": "yes" for n in range(1, 13)}))
    clock.now += timedelta(days=14)
    page = words(send(client, "/diary/function/rmdq", **{f"sentence_{n}": "yes" for n in range(1, 11)}))
    assert "No clear change. Since the first time: 12 then, 10 now." in page
    clock.now += timedelta(days=14)
    page = words(send(client, "/diary/function/rmdq", none="yes"))
    assert "Better, by an important amount. Since the first time: 12 then, 0 now." in page
    assert "Below 4 and above 20 points this questionnaire says little about a change." in page
    assert [one.score for one in kept.filled("rmdq")] == [0.0, 10.0, 12.0]


def test_own_activities_are_rated_and_taken_over(client: TestClient, kept: Diary, clock: Clock) -> None:
    """One to three; all that is wrong is told at once; with other activities nothing is compared."""
    wrong = {"activity_1": "Garden", "score_2": "3", "score_3": "11"}
    answer = words(client.post("/diary/function/psfs", data=wrong).text)
    for said in ("a number for “Garden”", "what the number 3 is for", "between 0 and 10"):
        assert said in answer
    twice = {"activity_1": "Garden", "score_1": "3", "activity_2": "garden", "score_2": "4"}
    assert "Please write each once." in words(client.post("/diary/function/psfs", data=twice).text)
    page = send(
        client, "/diary/function/psfs", activity_1="Garden  work", score_1="3", activity_2="Stairs", score_2="4"
    )
    assert "3.5 of 10" in words(page)
    assert 'value="Garden work"' in client.get("/diary/function/psfs").text
    clock.now += timedelta(days=14)
    page = send(client, "/diary/function/psfs", activity_1="Running", score_1="9")
    assert "nothing is compared" in page
    newest = kept.filled("psfs")[0]
    assert "Delete this questionnaire?" in client.get(f"/diary/function/{newest.id}/forget").text
    assert "It is deleted." in send(client, f"/diary/function/{newest.id}/forget")
    assert len(kept.filled()) == 1


def test_the_questionnaires_are_offered_when_due(client: TestClient, kept: Diary, clock: Clock) -> None:
    """On the first day, on the start page in a line and in the diary; then every two weeks."""
    assert "data-function-due" in client.get("/").text
    kept.fill(Filled("r", "rmdq", NOON))
    kept.fill(Filled("p", "psfs", NOON, activities=(("Garden", 3),)))
    assert "data-function-due" not in client.get("/").text
    assert "Let me see them" not in client.get("/diary").text
    clock.now += timedelta(days=14)
    assert "data-function-due" in client.get("/").text
    assert "Let me see them" in client.get("/diary").text


def test_starting_over_names_the_diary(client: TestClient, kept: Diary) -> None:
    """Entries and questionnaires are counted among what is forgotten."""
    kept.save(Entry("e", NOON, pain_now=3))
    kept.fill(Filled("r", "rmdq", NOON))
    page = words(client.get("/settings/start-over").text)
    assert "1 entry in the diary 1 questionnaire " in page


def test_a_range_is_told_with_the_sign_of_the_language() -> None:
    """As the number itself may be written."""
    form = Reader({"half_period_s": "9"}, translations("de").gettext)
    form.between("half_period_s", 2.5, 6)
    assert "2,5" in form.problems[0]
