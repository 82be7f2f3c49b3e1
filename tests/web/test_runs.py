"""The pages of runs: taking files, saying what came of them, forgetting a run."""

from __future__ import annotations

import html
import re
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ownway.coach.records import Person
from ownway.media.runs.reading import read_runs
from ownway.store.database import open_database
from ownway.store.persons import Persons
from ownway.web import uploads
from ownway.web.app import create_app
from ownway.web.settings import Settings

from .conftest import BASE

RUNS = Path(__file__).parents[1] / "runs"


def send(client: TestClient, names: Sequence[str], untold: str = "") -> Response:
    """Send the form as a browser does."""
    files = [("files", (name, (RUNS / name).read_bytes(), "application/octet-stream")) for name in names]
    return client.post("/runs", files=files, data={"untold": untold})


def told(response: Response) -> str:
    """Return the words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


def test_an_empty_list_says_where_to_begin(client: TestClient) -> None:
    """And what is kept; it is reached from every page."""
    page = told(client.get("/runs"))
    assert "Nothing here yet" in page
    assert "Where you were is not kept" in page
    assert 'href="http://127.0.0.1:8765/runs"' in client.get("/").text


def test_files_are_taken_and_shown(client: TestClient) -> None:
    """The same run from two formats once; a reload sends nothing again."""
    answer = send(client, ["run.gpx", "run.fit", "walk.fit"])
    assert answer.status_code == 303
    page = told(client.get(answer.headers["location"]))
    assert "2 are new." in page
    assert "1 was here already, and is kept once." in page
    assert "2024-05-06 05:30 UTC Run 2.16 km · 13 min (12 min in motion) · 144 beats a minute" in page
    assert "Walk 0.97 km" in page


def test_a_zip_file_is_taken_like_the_files_in_it(client: TestClient) -> None:
    """Each is new, known, or named with its reason; many reasons are shown when asked for."""
    export = BytesIO()
    with zipfile.ZipFile(export, "w") as packed:
        for name in ("run.gpx", "run.fit", "polar-m400-run.tcx.gz"):
            packed.write(RUNS / name, f"activities/{name}")
        for number in range(11):
            packed.write(RUNS / "ride.fit", f"activities/{number}.fit")
    answer = client.post("/runs", files=[("files", ("export.zip", export.getvalue(), "application/zip"))])
    page = told(answer)
    assert "2 are new. 1 was here already" in page
    assert "11 files could not be taken: Which, and why export.zip/activities/0.fit It is neither a run" in page
    assert "4.51 km" in page


def test_the_person_says_what_it_was_where_the_file_does_not(client: TestClient) -> None:
    """Where it is too fast for a walk; where the file says it, that stands."""
    answer = send(client, ["unfinished.fit"])
    assert "If it was a run, choose that and add it again." in told(answer)
    assert send(client, ["unfinished.fit", "walk.fit"], untold="run").status_code == 303
    page = told(client.get("/runs"))
    assert page.count("Run 2.16 km") == 1
    assert page.count("Walk 0.97 km") == 1


def test_what_takes_longer_is_watched(settings: Settings) -> None:
    """The page that waits shows how far it has come, and in the end the list; one that is old says where the runs are."""
    with TestClient(create_app(replace(settings, import_wait_s=0.0)), base_url=BASE, follow_redirects=False) as client:
        answer = send(client, ["run.gpx", "walk.fit", "ride.fit"])
        assert answer.status_code == 303
        address = answer.headers["location"]
        while "Reading your files" in (page := client.get(address)).text:
            time.sleep(0.05)
        assert "2 are new. One file could not be taken: ride.fit" in told(page)
        assert client.get(f"{address}/progress").json() == {"done": 3, "total": 3, "finished": True}
        assert "Your runs are in the list" in told(client.get("/runs/importing/nothing"))


def test_who_starts_over_stops_what_is_being_taken(settings: Settings) -> None:
    """Files that are not read yet do not come into the new diary, and nobody learns what came of the others."""
    with TestClient(create_app(replace(settings, import_wait_s=0.0)), base_url=BASE, follow_redirects=False) as client:
        address = send(client, ["run.gpx", "walk.fit"] * 20).headers["location"]
        assert client.post("/settings/start-over", data={"sure": "yes"}).status_code == 303
        assert client.get(address).status_code == 404
        assert "Nothing here yet" in told(client.get("/runs"))


def test_bad_files_are_named_and_good_ones_taken(client: TestClient) -> None:
    """All at once, each with its reason; what a file is called is shown as text."""
    files = [
        ("files", ("<b>x</b>.gpx", b"<gpx><trk>", "application/gpx+xml")),
        ("files", ("ride.fit", (RUNS / "ride.fit").read_bytes(), "")),
        ("files", ("run.tcx", (RUNS / "run.tcx").read_bytes(), "")),
    ]
    answer = client.post("/runs", files=files)
    assert answer.status_code == 422
    assert "<b>x</b>" not in answer.text
    page = told(answer)
    assert "1 is new." in page
    assert "2 files could not be taken: <b>x</b>.gpx It begins like a GPX file" in page
    assert "ride.fit It is neither a run nor a walk, but “cycling”." in page
    assert "2.16 km" in told(client.get("/runs"))


def test_the_server_s_clock_tells_what_the_future_is(client: TestClient) -> None:
    """A run of another century is refused."""
    track = "<gpx><trk><type>run</type><trkseg>{}</trkseg></trk></gpx>".format(
        "".join(f"<trkpt lat='0' lon='{m / 400}'><time>2199-01-01T00:{m:02d}:00Z</time></trkpt>" for m in range(20))
    )
    answer = client.post("/runs", files=[("files", ("x.gpx", track.encode(), ""))])
    assert "It lies in the future (2199-01-01)" in told(answer)


@pytest.mark.parametrize(
    "sent",
    [
        {"files": [("files", ("", b"", "application/octet-stream"))]},
        {"files": [("other", ("run.fit", b"x", ""))]},
        {"data": {"files": "run.fit"}},
        {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"--b\r\nnonsense", "headers": {"content-type": "multipart/form-data; boundary=b"}},
    ],
)
def test_a_form_without_files_is_told(client: TestClient, sent: dict[str, object]) -> None:
    """Nothing chosen, or nothing that a form of ours sends."""
    assert client.post("/runs", **sent).status_code == 422  # type: ignore[arg-type]


def test_too_much_at_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before the rest is taken; nothing of it is kept."""
    monkeypatch.setattr(uploads, "_MOST_BYTES", 4000)
    answer = send(client, ["run.fit", "run.gpx"])
    assert answer.status_code == 422
    assert "more than 500 MB at once" in told(answer)
    assert "Nothing here yet" in told(client.get("/runs"))


def test_a_large_file_is_refused_and_the_others_taken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """50 MB a file."""
    large = ("files", ("large.fit", bytes(50_000_001), ""))
    answer = client.post("/runs", files=[large, ("files", ("run.fit", (RUNS / "run.fit").read_bytes(), ""))])
    page = told(answer)
    assert "large.fit It is larger than 50 MB." in page
    assert "1 is new." in page


def test_a_run_is_forgotten_after_a_question(client: TestClient) -> None:
    """The link asks and changes nothing; the button forgets; a page that is old says so."""
    send(client, ["run.fit"])
    (address,) = re.findall(r'href="http://127\.0\.0\.1:8765(/runs/[^"]+/forget)"', client.get("/runs").text)
    asked = client.get(address)
    assert "Forget this one?" in told(asked)
    assert "2.16 km" in told(client.get("/runs"))
    answer = client.post(address)
    assert answer.status_code == 303
    page = told(client.get(answer.headers["location"]))
    assert "It is forgotten." in page
    assert "2.16 km" not in page
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 303


def test_who_measures_in_feet_reads_miles(client: TestClient, settings: Settings) -> None:
    """As the settings say."""
    database = open_database(settings.database_url)
    Persons(database).save(Person(units="ft"))
    database.close()
    send(client, ["run.fit"])
    assert "1.34 miles" in told(client.get("/runs"))


def test_nothing_of_the_way_is_left_on_the_disk(client: TestClient, tmp_path: Path) -> None:
    """No file of the diary holds a place of the track, as text or as a number of either format."""
    send(client, ["run.gpx", "walk.fit"])
    with_places = [path for path in tmp_path.rglob("*") if path.is_file() and b"45.000" in path.read_bytes()]
    assert with_places == []


@pytest.mark.parametrize(("name", "tag"), [("run.gpx", True), ("track-with-empty-segment.gpx", False)])
def test_a_run_counts_in_the_plan_of_its_day(settings: Settings, name: str, tag: bool) -> None:
    """Twelve minutes do; one minute does not."""
    (first, *_) = read_runs((RUNS / name).read_bytes(), untold="run")
    later = replace(settings, clock=lambda: first.started_at + timedelta(hours=1))
    with TestClient(create_app(later), base_url=BASE, follow_redirects=False) as client:
        send(client, [name], untold="run")
        assert ("the run counts for it" in told(client.get("/"))) is tag
