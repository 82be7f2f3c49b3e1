"""The page of a person's data: out, in, back-ups, and what is forgotten through the pages is gone from all of them."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ownway.coach.records import Profile
from ownway.exercises.shelf import built_in
from ownway.programme.archive import Archive
from ownway.programme.diary import Entry
from ownway.report import diary_json
from ownway.report.exports import EXPORTS
from ownway.store.archives import Archives
from ownway.store.database import open_database
from ownway.store.diary import Diary
from ownway.store.people import People
from ownway.web import data_pages, erasing
from ownway.web.app import create_app
from ownway.web.services import Services
from ownway.web.settings import Settings
from tests import archives
from tests.archives import NOON

from .conftest import BASE, WAIT_S
from .test_runs import told

SECRET = "a thing that nobody is to read again"


def everything() -> Archive:
    """Return a diary with something of every kind, of somebody whose pages are in English."""
    whole = archives.everything()
    assert whole.person is not None
    return replace(whole, person=replace(whole.person, language="en"))


def keep(settings: Settings, archive: Archive, person_id: int = 1) -> None:
    database = open_database(settings.database_url)
    Archives(database, person_id).add(archive)
    database.close()


@pytest.fixture
def backed_up(settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """Give an app that keeps back-ups, on a diary with something of everything, once the first one is made."""
    keep(settings, replace(everything(), entries=(*everything().entries, Entry("secret", NOON, note=SECRET))))
    folder = tmp_path / "backups"
    app = create_app(replace(settings, backups_dir=folder))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        until = time.monotonic() + WAIT_S
        while not list(folder.glob("ownway-*.sqlite3")):
            assert time.monotonic() < until, "no back-up was made"
            time.sleep(0.02)
        yield client


def with_bytes(folder: Path, text: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


@pytest.mark.parametrize("form", EXPORTS)
def test_each_form_can_be_taken(client: TestClient, settings: Settings, form: str) -> None:
    """As a file with the day in its name, which nothing on the way keeps."""
    keep(settings, everything())
    answer = client.get(f"/data/export/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="ownway-20')
    assert answer.headers["cache-control"] == "no-store"
    assert f"/data/export/{form}" in client.get("/data").text
    assert len(answer.content) > 1000


def test_an_unknown_form_is_told(client: TestClient) -> None:
    """Not a broken page."""
    assert client.get("/data/export/xml").status_code == 422


def test_a_diary_comes_back(client: TestClient, settings: Settings) -> None:
    """What was taken is brought, once and again; a reload sends nothing."""
    data = b"".join(diary_json.write(everything()))
    answer = client.post("/data", files=[("diary", ("mine.json", data, "application/json"))])
    assert answer.status_code == 303
    assert "19 things are new in your diary. 1 was there already" in told(client.get(answer.headers["location"]))
    again = client.post("/data", files=[("diary", ("mine.json", data, "application/json"))])
    assert "0 things are new" in told(client.get(again.headers["location"]))
    taken = json.loads(client.get("/data/export/json").content)
    assert {**taken, "screenings": []} == {**json.loads(data), "screenings": []}


def test_a_bad_file_is_named_and_nothing_taken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason; what a file is called is shown as text. The size is looked at first."""
    data = b"".join(diary_json.write(everything()))
    for content, reason in ((data[:-900], "It breaks off"), (b"{}", "no diary of Ownway"), (b"GPX", "It breaks off")):
        answer = client.post("/data", files=[("diary", ("<b>.json", content, ""))])
        assert answer.status_code == 422
        assert "<b>.json" not in answer.text
        assert reason in told(answer)
    monkeypatch.setattr(data_pages, "MOST_BYTES", 5000)
    monkeypatch.setattr(diary_json, "MOST_BYTES", 5000)
    large = client.post("/data", files=[("diary", ("large.json", data, ""))])
    assert "It is larger than 300 MB" in told(large)
    assert client.post("/data", files=[("diary", ("", b"", ""))]).status_code == 422
    assert json.loads(client.get("/data/export/json").content)["entries"] == []


def test_nobody_takes_what_is_somebody_elses(client: TestClient, settings: Settings) -> None:
    """Where several exercise, an export has the diary of whoever is there."""
    keep(settings, everything())
    database = open_database(settings.database_url)
    bob = People(database).add("Bob")
    database.close()
    assert client.get("/data/export/json").status_code == 401  # first somebody has to say who they are
    client.post(f"/people/{bob.id}", data={})
    taken = json.loads(client.get("/data/export/json").content)
    assert (taken["name"], taken["sessions"], taken["entries"]) == ("Bob", [], [])


def test_back_ups_are_made_and_listed(backed_up: TestClient, tmp_path: Path) -> None:
    """At once when Ownway starts; with the line that restores one."""
    page = told(backed_up.get("/data"))
    assert "The last seven are kept." in page
    assert f"ownway restore --data-dir {tmp_path} ownway-20" in page


@pytest.mark.parametrize(
    ("address", "fields", "gone"),
    [
        ("/runs/run/forget", {}, "5012"),
        ("/settings/start-over", {"sure": "yes"}, SECRET),
        ("/settings/start-over", {"sure": "yes", "leaves": "yes"}, SECRET),
        ("/screening/withdraw", {}, '"fever"'),
    ],
)  # fmt: skip
def test_what_a_page_forgets_is_in_no_back_up(
    backed_up: TestClient, tmp_path: Path, address: str, fields: dict[str, str], gone: str
) -> None:
    """Nor anywhere else in the folder, the log included."""
    asked = told(backed_up.get("/screening/answers" if "withdraw" in address else address))
    assert "every back-up" in asked
    assert backed_up.post(address, data=fields).status_code == 303
    folder = tmp_path / "backups"
    (backup,) = folder.glob("ownway-*.sqlite3")
    database = open_database(f"sqlite:///{backup}", journal_mode="DELETE")
    left = Archives(database).read()
    notes = [entry.note for entry in Diary(database).entries()]
    database.close()
    if gone == SECRET:
        assert (notes, left.runs, list(left.sessions)) == ([], (), [])
    else:
        assert len(notes) == 3
        assert (len(left.runs), len(left.screenings)) == ((2, 2) if "runs" in address else (3, 0))
    if gone != "5012":  # a number has no bytes that one could look for
        assert with_bytes(tmp_path, gone) == []


@pytest.mark.parametrize(
    ("forget", "id_", "told"),
    [
        (erasing.forget_entry, "secret", ("secret",)),
        (erasing.forget_filled, "psfs", ("psfs",)),
        (erasing.forget_session, "bend", ("As it was", "u201cquoted")),  # its exercise's file, and its events
    ],
)
def test_one_thing_is_gone_everywhere(
    backed_up: TestClient,
    tmp_path: Path,
    forget: Callable[[Services, str], Awaitable[None]],
    id_: str,
    told: tuple[str, ...],
) -> None:
    """An entry, a questionnaire, a session: no file of the folder has anything of it any more."""
    house = cast("FastAPI", backed_up.app).state.house
    assert all(with_bytes(tmp_path, one) for one in told)
    asyncio.run(cast("Any", forget(house.services(Profile(1), "en", built_in()), id_)))
    assert [with_bytes(tmp_path, one) for one in told] == [[] for _ in told]


def test_a_folder_that_takes_no_back_up_stops_nothing(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in the log, and the pages are there."""
    (tmp_path / "file").write_text("no folder")
    app = create_app(replace(settings, backups_dir=tmp_path / "file" / "backups"))
    with caplog.at_level(logging.WARNING), TestClient(app, base_url=BASE) as client:
        assert "None yet" in told(client.get("/data"))
        until = time.monotonic() + WAIT_S
        while "cannot be written" not in caplog.text and time.monotonic() < until:
            time.sleep(0.02)
    assert "cannot be written" in caplog.text


def test_without_a_folder_the_server_s_back_ups_are_named(client: TestClient) -> None:
    """As where a database server keeps the diary."""
    assert "its back-ups are made there" in told(client.get("/data"))
