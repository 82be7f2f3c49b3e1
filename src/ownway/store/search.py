"""Finding words in texts: an index in memory, made anew when the texts change. It knows nothing of what the texts are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from threading import Lock

MOST_TERMS = 8  # of a query; what comes after is no longer looked for
MOST_LETTERS = 40  # of a term
MOST_HITS = 30
SNIPPET_TOKENS = 26

_OPEN, _CLOSE = "\x02", "\x03"  # around what was found; no text has them
_TERM = re.compile(r"[^\W_]+")
# People write umlauts without the dots in two ways. SQLite itself takes them off; here are the others.
_SPELLINGS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))
# English and German; a stem is found with any of them.
_ENDINGS = ("ungen", "ung", "ing", "en", "es", "ed", "er", "e", "s", "n")
_SHORTEST_STEM = 4

_TABLE = "CREATE VIRTUAL TABLE entry USING fts5(title, summary, text, key UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
# A word in the title weighs as much as ten in the text: chosen by us, who looks for "stretch" wants its page.
_FIND = f"""
SELECT key, highlight(entry, 0, '{_OPEN}', '{_CLOSE}'), highlight(entry, 1, '{_OPEN}', '{_CLOSE}'),
       snippet(entry, 2, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET_TOKENS})
FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 10.0, 4.0, 1.0), key LIMIT {MOST_HITS}
"""  # noqa: S608 - made of constants alone


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found; ``key`` is what finding it gives back."""

    key: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some letters of a text, and whether they are what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, in parts."""

    key: str
    title: tuple[Part, ...]
    summary: tuple[Part, ...]
    text: tuple[Part, ...]


class Finder:
    """The index of some texts for each language, kept as long as they stay the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[tuple[Entry, ...], sqlite3.Connection]] = {}

    def find(self, language: str, entries: Sequence[Entry], query: str) -> list[Hit]:
        """Return what has all words of the query, or their beginnings; where nothing has, what has any of them."""
        wanted = terms(query)
        if not wanted:
            return []
        with self._lock:
            index = self._index(language, tuple(entries))
            return _found(index, " AND ".join(wanted)) or _found(index, " OR ".join(wanted))

    def close(self) -> None:
        """Forget all texts."""
        with self._lock:
            for _, index in self._kept.values():
                index.close()
            self._kept.clear()

    def _index(self, language: str, entries: tuple[Entry, ...]) -> sqlite3.Connection:
        kept = self._kept.get(language)
        if kept is not None:
            if kept[0] == entries:
                return kept[1]
            kept[1].close()
        index = sqlite3.connect(":memory:", check_same_thread=False)
        index.execute(_TABLE)
        rows = [(*map(_clean, (each.title, each.summary, each.text)), each.key) for each in entries]
        index.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
        self._kept[language] = (entries, index)
        return index


def terms(query: str) -> list[str]:
    """Return what to look for, in the index's own language: each word with its spellings, as the beginning of a word.

    Letters and digits alone come through, in quotes: nothing that somebody types is an operator.
    """
    found = [term[:MOST_LETTERS].casefold() for term in _TERM.findall(query)]
    quoted = ([f'"{spelling}"*' for spelling in _spellings(term)] for term in found[:MOST_TERMS])
    return [f"({' OR '.join(ways)})" for ways in quoted]


def _spellings(term: str) -> Iterator[str]:
    stems = [term]
    ending = next((e for e in _ENDINGS if term.endswith(e) and len(term) - len(e) >= _SHORTEST_STEM), None)
    if ending is not None:
        stems.append(term.removesuffix(ending))
    seen: dict[str, None] = {}
    for stem, (plain, other) in product(stems, (("", ""), *_SPELLINGS)):
        seen[stem.replace(plain, other) if plain else stem] = None
        seen[stem.replace("ß", "ss")] = None
    return iter(seen)


def _found(index: sqlite3.Connection, match: str) -> list[Hit]:
    rows = index.execute(_FIND, (match,)).fetchall()
    return [Hit(key, _parts(title), _parts(summary), _parts(text)) for key, title, summary, text in rows]


def _clean(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "").replace("\n", " ").encode("utf-8", "ignore").decode()


def _parts(marked: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if piece:
            parts.append(Part(piece, found=at % 2 == 1))
    return tuple(parts)
