"""Searching: what people type finds what they mean, in English and German, and nothing that is typed breaks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.store.search import Entry, Finder, terms

ENTRIES = (
    Entry("stretch", "The standing stretch", "Fold forward.", "Hold for thirty seconds. Never bounce in a stretch."),
    Entry("run", "A run or a walk", "Instead of the stretch.", "Running and walking in turns eases lasting back pain."),
    Entry(
        "spine", "Beweglich im Alltag", "Für jeden Tag.", "Eine Rumpfdrehung lockert. Rückenschmerzen in jeder Größe."
    ),
    Entry("turn", "Drehen mit der Stange", "Für den Rücken.", "Langsam nach links und rechts. Die Füße stehen still."),
)


@pytest.fixture
def finder() -> Iterator[Finder]:
    """Give an index that is closed afterwards."""
    made = Finder()
    yield made
    made.close()


def keys(finder: Finder, query: str) -> list[str]:
    """Return what is found, the best first."""
    return [hit.key for hit in finder.find("en", ENTRIES, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stretch", ["stretch", "run"]),  # a word in the title weighs more
        ("STRET", ["stretch", "run"]),  # the beginning of a word, in any letters
        ("stretching", ["stretch", "run"]),  # with another ending
        ("walks", ["run"]),
        ("rücken", ["turn", "spine"]),
        ("Rucken", ["turn", "spine"]),  # without its dots
        ("ruecken", ["turn", "spine"]),
        ("fuss", ["turn"]),  # as one types it without an ß
        ("Füße", ["turn"]),
        ("Drehung", ["turn", "spine"]),  # within a word, behind what begins with it
        ("schmerz", ["spine"]),
        ("rueckenschmerz", ["spine"]),
        ("Groesse", ["spine"]),  # two of them in one word
        ("ounce", ["stretch"]),
        ("tag drehung", ["spine"]),  # one begins, the other is within
        ("and", ["run"]),  # three letters are within too many
        ("bounce seconds", ["stretch"]),  # all words
        ("bounce zebra", ["stretch"]),  # where nothing has all, what has any
        ("zebra", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_looked_for_is_found(finder: Finder, query: str, found: list[str]) -> None:
    """In titles, summaries and texts."""
    assert keys(finder, query) == found


def test_what_was_found_is_marked(finder: Finder) -> None:
    """The letters stay those of the text; only what was looked for is marked."""
    hit = finder.find("en", ENTRIES, "bounc")[0]
    assert "".join(part.text for part in hit.text) == ENTRIES[0].text
    assert [part.text for part in hit.text if part.found] == ["bounce"]


def test_a_word_is_marked_whole(finder: Finder) -> None:
    """Also where what was looked for is within it, without its dots; nothing else is."""
    hit = finder.find("de", ENTRIES, "ruckenschmerz")[0]
    assert [part.text for part in (*hit.title, *hit.summary, *hit.text) if part.found] == ["Rückenschmerzen"]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("strecth", "stretch"),
        ("Rumpfdrehnug", "Rumpfdrehung"),
        ("Rükcen", "Rücken"),
        ("rueken stange", "Rücken stange"),  # what is there stays as it was typed
        ("backpain", "back pain"),
        ("stretch", None),
        ("drehung", None),  # it is within a word
        ("zebra", None),
        ("zebra strecth", None),
        ("", None),
    ],
)
def test_a_slip_of_the_finger_is_told(finder: Finder, query: str, meant: str | None) -> None:
    """With the word of the texts that was probably meant."""
    assert finder.meant("en", ENTRIES, query) == meant


def test_texts_that_change_are_found_anew(finder: Finder) -> None:
    """A page or exercise that was written meanwhile; and what is gone is not found."""
    assert keys(finder, "walk") == ["run"]
    assert finder.find("en", ENTRIES[:1], "walk") == []
    assert [hit.key for hit in finder.find("en", (Entry("new", "Walk", "", ""),), "walk")] == ["new"]


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "'", "*", "a*", "NOT", "AND OR", "a AND", "NEAR(a b, 2)", "title:run", "run)", "(((", "-run", "^run",
        "run; DROP TABLE entry", "\x00", "run\x00", "\ud800", "\x02run\x03", "🏃", "²", "_", "%", "a" * 5000, "x " * 500, "{a b}: c",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_it(finder: Finder, query: str) -> None:
    """Quotes, operators, columns, control letters, half a letter, far too much."""
    finder.find("en", ENTRIES, query)


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_neither_does_any_text(text: str, query: str) -> None:
    """Whatever is looked for in whatever; the parts give the text back but for what no page has."""
    finder = Finder()
    try:
        for hit in finder.find("en", (Entry("k", text, text, text),), query):
            assert len("".join(part.text for part in hit.title)) <= len(text)
    finally:
        finder.close()


def test_a_long_query_is_cut() -> None:
    """Eight words of forty letters are enough to look for."""
    assert len(terms("word " * 100)) == 8
    assert max(map(len, terms("a" * 1000))) < 100
