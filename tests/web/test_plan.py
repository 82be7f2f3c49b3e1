"""Today's plan on the start page, lived day by day against the real app and diary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from ownway.coach.events import Calibrated
from ownway.coach.records import Mode, SessionRecord
from ownway.programme.levels import ladders
from ownway.programme.plan import BECAUSE
from ownway.programme.runs import Run
from ownway.programme.screening import Answer
from ownway.store.database import open_database
from ownway.store.runs import Runs
from ownway.store.sessions import Sessions
from ownway.web.app import create_app
from ownway.web.settings import Settings
from tools.stage import screen

from .conftest import BASE

STRETCH, ROTATION = "hamstring_stretch", "trunk_rotation"
# At the place of the computer, whatever its zone: the day is the day on the wall. Soon after the settings' diary was begun.
MORNING = datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0)


class Life:
    """A person at their computer: the app, its diary, and a clock that is turned by hand."""

    def __init__(self, client: TestClient, settings: Settings) -> None:
        self.client = client
        self._settings = settings
        self.now = MORNING

    def sleep(self, nights: int = 1) -> None:
        """Wake up on another morning."""
        self.now += timedelta(days=nights)

    def today(self) -> str:
        """Return the part of the start page with today's plan, its entities read."""
        found = re.search(r'<section class="today".*?</section>', self.client.get("/").text, re.DOTALL)
        assert found is not None
        return html.unescape(found[0])

    def lines(self) -> dict[str, str]:
        """Return the state of each line, by its heading."""
        found = re.findall(r'class="today-line is-(\w+)">.*?<h3>([^<]*)', self.today(), re.DOTALL)
        return {name.strip(): state for state, name in found}

    def say(self, path: str, **fields: str) -> None:
        """Send a form; it leads back to today."""
        sent = self.client.post(path, data=fields)
        assert sent.status_code == 303
        assert sent.headers["location"] == f"{BASE}/"

    def answer(self, **answers: Answer) -> None:
        """Answer the questions before exercising, with no where nothing else is told."""
        screen(self._settings.database_url, answers)

    def run_with_a_watch(self) -> None:
        """Come back from a run that a watch has written down."""
        database = open_database(self._settings.database_url)
        run = Run(self.now, 900.0, 880.0, 2400.0, None, kind="run", source="fit")
        Runs(database).add([run], lambda: "run")
        database.close()

    def do(
        self, exercise_id: str = STRETCH, *, mode: Mode = "camera", good_s: float = 70.0, sets: int = 2,
        before: int = 2, after: int = 2, ending: str = "done",
    ) -> None:  # fmt: skip
        """Do a session, at the minute that it is."""
        database = open_database(self._settings.database_url)
        sessions = Sessions(database)
        record = SessionRecord(
            f"{exercise_id}{self.now:%Y%m%d%H%M}", exercise_id, 1, mode, self.now, pain_before=before
        )
        sessions.begin(record)
        sessions.append(record.id, 0, [Calibrated(1.0, "left", {})])
        sessions.end(replace(record, ended_at=self.now, ending=ending, good_s=good_s, counted_sets=sets))
        sessions.save_pain(record.id, "after", after)
        database.close()


@pytest.fixture
def life(settings: Settings) -> Iterator[Life]:
    """Give somebody who opens Ownway for the first time, in the morning."""
    app = create_app(replace(settings, clock=lambda: here.now))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        here = Life(client, settings)
        yield here


def test_a_first_morning_offers_everything(life: Life) -> None:
    """With its reasons, and without a question about a yesterday that was not."""
    today = life.today()
    assert "3 things left" in today
    assert "Two holds of 30 to 45 seconds · Hands to your knees" in " ".join(today.split())
    assert BECAUSE["start"] in today
    assert "How is your back" not in today
    for exercise_id in (STRETCH, ROTATION):
        for mode in ("camera", "timer"):
            assert f"/exercises/{exercise_id}/prepare?mode={mode}" in today


def test_a_day_from_start_to_done(life: Life) -> None:
    """One thing after the other is taken off; what the person says of the run is enough."""
    life.do(sets=1, good_s=40)
    assert "One hold left" in life.today()
    life.now += timedelta(hours=8)
    life.do(sets=1, good_s=40)
    life.do(ROTATION, good_s=60, sets=1)
    assert "1 thing left" in life.today()
    life.say("/plan/marks", item="run", mark="done")
    assert "All done for today" in life.today()
    assert set(life.lines().values()) == {"done"}


def test_a_sample_clip_takes_nothing_off(life: Life) -> None:
    """Somebody else moves in it."""
    life.do(mode="sample")
    assert "3 things left" in life.today()
    life.sleep()
    assert "How is your back" not in life.today()


def test_what_was_left_out_can_be_taken_back_and_is_back_tomorrow(life: Life) -> None:
    """Without a word of blame."""
    life.say("/plan/marks", item=ROTATION, mark="skipped")
    assert life.lines()["Trunk rotation with a pole"] == "skipped"
    assert BECAUSE["skipped"] in life.today()
    life.say("/plan/marks", item=ROTATION, mark="")
    assert life.lines()["Trunk rotation with a pole"] == "open"
    life.say("/plan/marks", item=ROTATION, mark="skipped")
    life.sleep()
    assert life.lines()["Trunk rotation with a pole"] == "open"


def test_a_run_takes_the_place_of_the_stretch(life: Life) -> None:
    """Chosen first, then done; and taken back, the stretch is there again."""
    life.say("/plan/marks", item=STRETCH, mark="swapped")
    assert life.lines()["Standing hamstring stretch"] == "swapped"
    life.say("/plan/marks", item="run", mark="done")
    assert life.lines()["Standing hamstring stretch"] == "covered"
    for item in ("run", STRETCH):
        life.say("/plan/marks", item=item, mark="")
    assert life.lines()["Standing hamstring stretch"] == "open"


def test_a_run_from_a_watch_is_seen(life: Life) -> None:
    """It counts for the stretch on its day, and there is nothing to take back of it."""
    life.run_with_a_watch()
    assert life.lines()["Standing hamstring stretch"] == "covered"
    assert life.lines()["A run or brisk walk"] == "done"
    assert "Take it back" not in life.today()
    life.sleep()
    assert "A run or brisk walk" not in life.lines()


def test_the_morning_is_asked_once_and_can_be_corrected(life: Life) -> None:
    """The day after a session; a slip of the finger is mended on the same page."""
    life.do()
    assert "How is your back" not in life.today()
    life.sleep()
    assert "How is your back this morning?" in life.today()
    life.say("/plan/morning", feeling="worse")
    assert "This morning: worse" in life.today()
    assert "A day of rest" in life.today()
    assert life.lines() == {}
    life.say("/plan/morning", feeling="same")
    assert "This morning: the same" in life.today()
    assert life.lines()["Standing hamstring stretch"] == "open"


def test_a_level_goes_up_and_down(life: Life) -> None:
    """Three good days take it up; a worse morning is a rest day, and a level easier on the day after."""
    for _ in range(3):
        life.do()
        life.sleep()
        life.say("/plan/morning", feeling="same")
    assert "Hands to your shins" in life.today()
    assert BECAUSE["risen"] in life.today()
    life.do()
    life.sleep()
    life.say("/plan/morning", feeling="worse")
    assert BECAUSE["rest"] in life.today()
    assert "/prepare" not in life.today()
    life.sleep()
    assert "Hands to your knees" in life.today()
    assert BECAUSE["eased"] in life.today()


@pytest.mark.parametrize("how", [{"ending": "hurt", "sets": 0}, {"before": 2, "after": 4}, {"before": 1, "after": 6}])
def test_pain_ends_the_day(life: Life, how: dict[str, object]) -> None:
    """Nothing more is offered today; tomorrow the plan goes on."""
    life.do(ROTATION, **how)  # type: ignore[arg-type]
    assert BECAUSE["enough"] in life.today()
    assert "/prepare" not in life.today()
    life.sleep()
    assert "/prepare" in life.today()


def test_who_is_held_back_is_offered_nothing_of_it(life: Life) -> None:
    """The stretch waits, with its reason and a way on; the rest of the day is there."""
    life.answer(eyes="yes")
    assert life.lines() == {
        "Standing hamstring stretch": "held", "Trunk rotation with a pole": "open", "A run or brisk walk": "open"
    }  # fmt: skip
    today = life.today()
    assert "You see this because you told of glaucoma or a disease of the retina: ask somebody" in today
    assert f"/exercises/{STRETCH}/prepare" not in today
    assert "/screening/outcome" in today


def test_an_emergency_holds_everything_back(life: Life) -> None:
    """Nothing is offered, and the reason is the urgent one."""
    life.answer(chest="yes", eyes="yes")
    assert set(life.lines().values()) == {"held"}
    assert "You see this because you told of pain in the chest: get help first" in life.today()


def test_any_level_can_be_chosen(life: Life) -> None:
    """Of both exercises, from their own page."""
    for exercise_id in (STRETCH, "trunk_rotation"):
        ladder = ladders()[exercise_id]
        page = html.unescape(life.client.get(f"/plan/levels/{exercise_id}").text)
        for level in ladder:
            assert level.text in page
            life.say(f"/plan/levels/{exercise_id}", level=level.id)
            assert level.text in life.today()
            life.now += timedelta(minutes=1)
            chosen = life.client.get(f"/plan/levels/{exercise_id}").text
            assert f'value="{level.id}" checked' in chosen
        assert BECAUSE["chosen"] in life.today()


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("/plan/morning", {}, "Please choose better, the same, or worse."),
        ("/plan/morning", {"feeling": "splendid"}, "“splendid” is not one of the answers"),
        ("/plan/marks", {"mark": "skipped"}, "Please choose a line of today's plan."),
        ("/plan/marks", {"item": "swim", "mark": "won"}, "“swim” is not one of the answers. “won” is not one"),
        ("/plan/levels/hamstring_stretch", {}, "Please choose a level."),
        ("/plan/levels/hamstring_stretch", {"level": "three_heavier"}, "“three_heavier” is not one of the answers"),
    ],
)
def test_what_cannot_be_is_told_in_words(life: Life, path: str, form: dict[str, str], words: str) -> None:
    """And nothing is kept of it."""
    before = life.today()
    answer = life.client.post(path, data=form)
    assert answer.status_code == 422
    assert words in html.unescape(answer.text)
    assert life.today() == before


@pytest.mark.parametrize("path", ["/plan/levels/swimming", "/plan/levels/run"])
def test_there_are_no_levels_of_what_has_none(life: Life, path: str) -> None:
    """Said in words, for reading and for choosing."""
    assert life.client.get(path).status_code == 404
    assert life.client.post(path, data={"level": "knees"}).status_code == 404


def test_the_pages_carry_the_policy_and_nothing_inline(life: Life) -> None:
    """Also while a question is asked and a level is chosen."""
    life.do()
    life.sleep()
    for path in ("/", f"/plan/levels/{STRETCH}"):
        answer = life.client.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", answer.text)
