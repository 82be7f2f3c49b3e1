"""Learn in the app: every page is shown, leads on, and is found."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from ownway.exercises.loader import library
from ownway.exercises.sources import sources
from ownway.learn.loader import pages
from ownway.learn.page import Page

from .conftest import BASE

GERMAN = {"Accept-Language": "de"}
OURS = re.compile(r'(?:href|src)="(http://127[^"#]*)')


def shown(client: TestClient, address: str) -> str:
    """Return a page that is there, as a person reads it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.text)


def address_of(page: Page) -> str:
    """Return where a page is."""
    return f"/learn/{page.address}" if page.address else "/learn"


def test_every_page_is_shown_and_every_way_in_it_leads_somewhere(client: TestClient) -> None:
    """Its title, its sources in full, the way to it; and whatever it links to or shows is there."""
    ways: set[str] = set()
    for page in pages():
        text = shown(client, address_of(page))
        assert page.title in text
        assert page.summary in text
        for source in page.sources:
            assert sources()[source].text in text
        ways |= set(OURS.findall(text))
    assert {way: client.get(way).status_code for way in ways if client.get(way).status_code not in (200, 303)} == {}


def test_a_section_lists_what_is_below_it_the_exercises_too(client: TestClient) -> None:
    """Whatever their number."""
    text = shown(client, "/learn/bone-health/diseases-and-symptoms/local-pain/back-pain")
    for title in (*(e.title for e in library().values()), "An ordinary sore back", "Mornings, and bending"):
        assert title in text


def test_an_exercise_says_where_it_stands_and_what_is_known_of_it(client: TestClient) -> None:
    """Its breadcrumbs, its claims with their grades, and pages to read on."""
    text = shown(client, "/exercises/trunk_rotation")
    for said in ("Diseases and Symptoms", "no trial of this movement was found", "no evidence found", "step by step"):
        assert said in text


def test_the_table_has_every_claim_of_every_page_and_exercise(client: TestClient) -> None:
    """Each once, whoever makes it."""
    text = shown(client, "/learn/evidence").split("All claims")[1]
    claims = {claim.claim for page in pages() for claim in page.claims}
    claims |= {claim.claim for exercise in library().values() for claim in exercise.claims}
    assert {claim for claim in claims if text.count(f">{claim}<") != 1} == set()


def test_a_part_of_the_evidence_is_asked_for_without_a_script(client: TestClient) -> None:
    """What one page or exercise says, or one grade: so many rows as the way to it promised, and what is unknown is the whole."""
    whole = shown(client, "/learn/evidence")
    ways = re.findall(r'href="[^"]*(/learn/evidence\?[^"#]*)#claims-title"[^>]*>.*?class="count">(\d+)<', whole)
    assert len(ways) > 15
    for way, count in (ways[0], ways[2], ways[4], ways[-1]):
        assert shown(client, way).count('<tr role="row">') == int(count) + 1
    assert shown(client, "/learn/evidence?about=nothing&sure=<b>") == whole


def test_search_finds_pages_and_exercises(client: TestClient) -> None:
    """With a box that needs no script, and what was found marked."""
    assert 'name="q"' in shown(client, "/learn")
    text = shown(client, "/learn/search?q=pole+broomstick")
    assert "<mark>broomstick</mark>" in text
    assert f"{BASE}/learn/bone-health/diseases-and-symptoms/local-pain/back-pain/trunk-rotation" in text
    assert f"{BASE}/exercises/hamstring_stretch" in shown(client, "/learn/search?q=hamstring")
    assert "<mark>Snook</mark>" in shown(client, "/learn/search?q=snook")  # a study by its author, too
    assert "Nothing has “zebra”" in shown(client, "/learn/search?q=zebra")
    assert f'href="{BASE}/learn/search?q=hamstring">hamstring</a>?' in shown(client, "/learn/search?q=hamstirng")


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", '"><b>', "%00", "%ff%fe", "a" * 3000, "{{ 7*7 }}", "'; --"]
)
def test_whatever_is_asked_is_text(client: TestClient, asked: str) -> None:
    """It comes back as it was typed, or not at all; never as a part of the page."""
    answer = client.get(f"/learn/search?q={asked}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert '"><b>' not in answer.text


def test_an_address_that_is_not_quite_right_leads_on_for_good(client: TestClient) -> None:
    """As that of a page that moved does: the browser is told to remember."""
    answer = client.get("/learn/evidence/")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{BASE}/learn/evidence")


def test_what_is_not_there_is_not_there(client: TestClient) -> None:
    """No page, and no exercise by a Learn address."""
    for address in ("/learn/nothing", "/learn/exercise:trunk_rotation", "/learn/../start"):
        assert client.get(address).status_code == 404


def test_another_language_gets_the_english_page_and_is_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one is not translated yet; the words around it are in the language of whoever is there."""
    monkeypatch.setattr("ownway.web.reading.pages", lambda _language: pages())
    text = client.get("/learn/evidence", headers=GERMAN).text
    assert '<html lang="de"' in text
    assert '<header lang="en">' in text
    assert 'class="learn-foreign"' in text


def test_a_page_is_in_the_language_of_whoever_reads_it(client: TestClient) -> None:
    """At the same address, whole, and nothing says that it is not translated; its links to headings lead there."""
    for page in pages("de"):
        text = unescape(client.get(address_of(page), headers=GERMAN).text)
        assert page.title in text
        assert 'class="learn-foreign"' not in text
        assert ' lang="en"' not in text
    assert 'id="zwei-übersichten-zwei-antworten"' in client.get("/learn/evidence", headers=GERMAN).text


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Besenstiel", "trunk-rotation"),
        ("Dehnung", "hamstring-stretch"),
        ("ruecken", "sore-back"),
        ("Übersichten", "evidence"),
        ("Bandscheiben", "mornings"),
        ("Stäbe", "trunk-rotation"),
        ("Spaziergänge", "run-and-walk"),
        ("scheiben", "mornings"),
    ],
)
def test_search_finds_german_words(client: TestClient, asked: str, name: str) -> None:
    """With their endings, and with or without the dots of their umlauts."""
    there = next(page for page in pages("de") if page.name == name)
    text = unescape(client.get("/learn/search", params={"q": asked}, headers=GERMAN).text)
    assert f'href="{BASE}{address_of(there)}"' in text
