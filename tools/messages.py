"""Collects every text that a person sees or hears into ``src/ownway/locale/ownway.pot``, and brings the translations up to it.

``python -m tools.messages`` writes the template, carries each language's ``ownway.po`` over to it (a text that changed is
open again there), and compiles it to the ``ownway.mo`` that is read at run time. Texts come from the code (``_("...")``),
the templates, the exercise files and the advice and the questions of the programme.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ownway.exercises.fields import SPOKEN_KEYS
from ownway.programme.diary import AREA_WORDS, FEEL_WORDS
from ownway.programme.pain import ADVICE
from ownway.programme.screening import BY_ID, WHY_NOW

PACKAGE = Path(__file__).parent.parent / "src" / "ownway"
TEMPLATE_FILE = PACKAGE / "locale" / "ownway.pot"

# ``later`` marks what is translated only where it is told.
KEYWORDS = {**DEFAULT_KEYWORDS, "later": None, "translate": None}
CITATIONS = PACKAGE / "exercises" / "sources.toml"  # titles stay in their own language


def messages() -> str:
    """Return the template file: every text once, with the files it stands in, the same bytes for the same texts."""
    catalog = Catalog(project="Ownway", copyright_holder="the Ownway authors", fuzzy=False)
    for pattern, method in (("**/*.py", "python"), ("**/*.html", "jinja2.ext:babel_extract")):
        for file in sorted(PACKAGE.glob(pattern)):
            for _line, message, comments, _context in extract_from_file(
                method, file, keywords=KEYWORDS, options={"silent": "false"}
            ):
                catalog.add(message, locations=[(_name(file), 0)], auto_comments=comments)
    for file in sorted(set(PACKAGE.glob("exercises/**/*.toml")) - {CITATIONS}):
        for text in spoken(tomllib.loads(file.read_text(encoding="utf-8"))):
            catalog.add(text, locations=[(_name(file), 0)])
    for text in (*AREA_WORDS.values(), *FEEL_WORDS.values()):
        catalog.add(text, locations=[("programme/diary.py", 0)])
    for text in ADVICE.values():
        catalog.add(text, locations=[("programme/pain.py", 0)])
    for text in (*(t for q in BY_ID.values() for t in (q.text, q.more, q.sign, q.why) if t), *WHY_NOW.values()):
        catalog.add(text, locations=[("programme/screening.py", 0)])
    written = io.BytesIO()
    write_po(written, catalog, width=110, include_lineno=False, omit_header=True, sort_by_file=True)
    return _HEADER + written.getvalue().decode()


def spoken(data: Any, *, heard: bool = False) -> Iterator[str]:
    """Yield the texts of an exercise file that people read or hear, in their order."""
    if isinstance(data, str):
        if heard:
            yield data
    elif isinstance(data, list):
        for entry in data:
            yield from spoken(entry, heard=heard)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from spoken(value, heard=heard or key in SPOKEN_KEYS)


def _name(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


# Without the usual dates: the file changes when a text does, and only then.
_HEADER = """# Texts of Ownway. Written by tools/messages.py; translations are made from it, it is not edited.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the format wants one; that of the day would make other bytes every minute


def catalogs() -> list[Path]:
    """Return the files with the translations, one for each language."""
    return sorted(TEMPLATE_FILE.parent.glob("*/LC_MESSAGES/ownway.po"))


def renewed(file: Path) -> str:
    """Return the file of a language with the texts of today: new ones are open, those of yesterday are left out."""
    language = file.parent.parent.name
    catalog = read_po(io.BytesIO(file.read_bytes()), locale=language)
    catalog.update(read_po(io.BytesIO(messages().encode())), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalog, width=110, include_lineno=False, omit_header=True, sort_by_file=True)
    header = _HEADER.replace("translations are made from it, it is not edited.", "the translations in it are edited.")
    plural = f'"Language: {language}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    return header.rstrip("\n") + "\n" + plural + written.getvalue().decode()


def compiled(file: Path) -> bytes:
    """Return what is read at run time of the translations in a file; the same bytes for the same texts."""
    catalog = read_po(io.BytesIO(file.read_bytes()), locale=file.parent.parent.name)
    catalog.creation_date = _NO_DATE
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def main() -> None:
    """Write all files, and say how much of each language is open."""
    TEMPLATE_FILE.write_text(messages(), encoding="utf-8")
    print(f"{_name(TEMPLATE_FILE)} written")
    for file in catalogs():
        file.write_text(renewed(file), encoding="utf-8")
        file.with_suffix(".mo").write_bytes(compiled(file))
        catalog = read_po(io.BytesIO(file.read_bytes()))
        unsaid = sum(1 for message in catalog if message.id and not all(strings(message.string)))
        print(f"{_name(file)} written, {unsaid} of {len(catalog)} texts are open")


def strings(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a text, one and many where it has both."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


if __name__ == "__main__":
    main()
