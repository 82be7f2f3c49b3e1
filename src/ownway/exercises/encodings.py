"""From the bytes of a file to its text: TOML is UTF-8, and what text programs write is not always."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from ownway.errors import later
from ownway.exercises.findings import Finding, said, shortened

_EXPECTED = said(later("a plain text file, saved as UTF-8"))
_AS_UTF8 = said(later("Your editor has it under “Save as”: choose UTF-8 there."))
_AS_TEXT = said(later("Copy its words into a plain text editor, and save them as UTF-8."))

# How files of other kinds begin.
_OTHERS = (
    (b"PK\x03\x04", "Word (.docx)"),
    (b"\xd0\xcf\x11\xe0", "Word (.doc)"),
    (b"{\\rtf", "RTF"),
    (b"%PDF", "PDF"),
)
_LOOKED_AT = 400  # bytes; chosen by us: enough to see that every other one is 0


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, as well as it can be read; with findings it is not used, but they are told with all others."""

    text: str
    findings: tuple[Finding, ...] = ()


def decoded(data: bytes) -> Decoded:
    """Return the text of a file, with what is wrong about how it was saved."""
    other = next((kind for begin, kind in _OTHERS if data.startswith(begin)), None)
    if other is not None:
        return Decoded("", (Finding((), _EXPECTED, other, _AS_TEXT, line=1),))
    wide = _wide(data)
    if wide is not None:
        text = data.decode(wide, errors="replace")
        return Decoded(_lines(text), (Finding((), _EXPECTED, "UTF-16", _AS_UTF8, line=1),))
    try:
        return Decoded(_lines(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        text, line = _lines(data.decode("cp1252", errors="replace")), data[: error.start].count(b"\n")
        got = shortened(text.split("\n")[line].strip())
        return Decoded(text, (Finding((), _EXPECTED, got, _AS_UTF8, line=line + 1),))


def _wide(data: bytes) -> str | None:
    """Return the name of an encoding with two bytes a letter, if it is one."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    begin = data[:_LOOKED_AT]
    zeros = {"utf-16-be": begin[::2].count(0), "utf-16-le": begin[1::2].count(0)}
    return next((name for name, count in zeros.items() if count > len(begin) / 4), None)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
