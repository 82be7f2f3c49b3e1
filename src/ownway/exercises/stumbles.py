"""What people write that is no TOML, how to know it by what the reader stumbles over, and how to mend it: a table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from ownway.errors import Said, later
from ownway.exercises.findings import said

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HERE = "\1"  # where the reader stumbled; patterns write it as ¦


@dataclass(frozen=True, slots=True)
class Reason:
    """What ``tomllib`` says, and where: line and column from 0, the column None where the text ended too early."""

    says: str
    line: int
    column: int | None


def reason_of(error: tomllib.TOMLDecodeError, count: int, begins: int = 0) -> Reason:
    """Return the reason of an error in a text of ``count`` lines, the first of which is line ``begins``."""
    complaint = str(error)
    place = _PLACE.search(complaint)
    if place is None or place[1] is None:
        return Reason(complaint[: place.start()] if place else complaint, begins + count - 1, None)
    return Reason(complaint[: place.start()], begins + int(place[1]) - 1, int(place[2]) - 1)


@dataclass(frozen=True, slots=True)
class Stumble:
    """One thing people write.

    Attributes
    ----------
    says : how what ``tomllib`` says begins, one of several; empty for whatever it says.
    looks : how the line looks, with ¦ where the reader stumbled. Its named groups fill the braces of the remedy,
        and ``got``, where it has that, is what came; else the line is.
    """

    says: tuple[str, ...]
    looks: re.Pattern[str]
    expected: Said
    mend: Said

    def seen(self, reason: Reason, line: str) -> tuple[Stumble, str] | None:
        """Return this with the words of the line in it, and what came; None where it is something else."""
        if self.says and not reason.says.startswith(self.says):
            return None
        column = len(line) if reason.column is None else reason.column
        found = self.looks.search(f"{line[:column]}{_HERE}{line[column:]}")
        if found is None:
            return None
        groups = {name: (words or "").replace(_HERE, "").strip() for name, words in found.groupdict().items()}
        got = groups.pop("got", None) or line.strip()
        return Stumble(self.says, self.looks, self.expected, Said(self.mend.message, groups)), got


def _row(says: str | tuple[str, ...], looks: str, expected: str, mend: str) -> Stumble:
    pattern = re.compile(looks.replace("¦", _HERE))
    return Stumble((says,) if isinstance(says, str) and says else tuple(says), pattern, said(expected), said(mend))


_A_TEXT = later('a text in quotation marks, "like this"')
_A_LINE = later("a line like key = value")
_A_NAME = later("the name of a table, [like_this] or [[like_this]]")
_A_LIST = later("a list in brackets, [like, this]")
_A_PAIR = later("a table in curly brackets, on one line")
_BRACKETS = later("As many brackets stand behind the name as before it; it has letters, digits and underscores alone.")
_ONCE = later("each key once")

TWICE = ("Cannot overwrite", "Duplicate inline table key", "Cannot declare", "Cannot redefine", "Cannot mutate")
_KEY_WANTED = ("Expected '='", "Invalid initial", "Invalid statement")
_UNCLOSED_TABLE = ("Unclosed inline table", "Invalid initial", "Expected '='")

# The first row that fits is told; what is special comes before what is general.
STUMBLES: tuple[Stumble, ...] = (
    _row("", r"¦[\x00\x02-\x08\x0b-\x1f\x7f]", later("letters that can be seen"),
         later("There is one here that nobody can see: type the line anew.")),
    # what a text program made of what was typed
    _row("", r"¦[\u00a0\u2000-\u200f\u202f\u2060\u3000\ufeff]", later("an ordinary blank"),
         later("A text program put another kind here, which looks the same. Delete the blank and type it anew.")),
    _row("", r"¦(?P<got>[“”„‟«»‘’‚‹›].*)", later('straight quotation marks, "like this"'),
         later("A text program bent them. Type them anew in a plain text editor.")),
    _row("", r"""(?:^|[\s=\[,{])(?P<got>["'][^"'“„‘]*[”“’])\s*(?:[,\]}#]|¦|$)""", later('straight quotation marks, "like this"'),
         later("A text program bent the one at the end. Type it anew in a plain text editor.")),
    _row("", r"(?P<got>¦[−–—]\s*(?P<number>[\d.]+))", later("a plain minus sign"), later("Write -{number}.")),
    # numbers
    _row("", r"=\s*(?P<got>(?P<whole>[+-]?\d+)¦?,(?P<part>\d+))", later("a number with a point"),
         later("Write {whole}.{part}.")),
    _row("", r"[=\[,]\s*(?P<got>(?P<sign>[+-]?)0+¦?0*(?P<number>[1-9][\d.]*))", later("a number without 0 before it"),
         later("Write {sign}{number}.")),
    _row("", r"[=\[,]\s*¦(?P<got>(?P<sign>[+-]?)\.(?P<part>\d+))", later("a number with a digit before the point"),
         later("Write {sign}0.{part}.")),
    _row("", r"[=\[,]\s*(?P<got>(?P<whole>[+-]?\d+)¦\.)(?!\d)", later("a number with a digit behind the point"),
         later("Write {whole}.0, or {whole}.")),
    _row("", r"[=\[,]\s*(?P<got>(?P<number>[+-]?\d[\d.]*)\s*¦\s*(?P<unit>[°%A-Za-zµ][\w°%/]*))(?![\w°%/]|\s*=)", later("a number alone"),
         later("Write {number} without “{unit}”: the unit stands in the name of the key.")),
    # what stands behind the equals sign
    _row("", r"=\s*¦\s*(?:#.*)?$", later("a value behind the equals sign"),
         later('A text in "quotation marks", a number, true or false; or take the line out.')),
    _row("Invalid value", r"¦[\w-]+\s*=[^{]*\}", _A_PAIR, later("Put a curly bracket before it.")),
    _row("Invalid value", r"¦(?P<got>TRUE|True|YES|Yes|yes|ON|On|on|JA|Ja|ja)\b", later("true or false"),
         later("Write true, in small letters and without quotation marks.")),
    _row("Invalid value", r"¦(?P<got>FALSE|False|NO|No|no|OFF|Off|off|NEIN|Nein|nein)\b", later("true or false"),
         later("Write false, in small letters and without quotation marks.")),
    _row("Invalid value", r"""¦[^\s"'\[{,\]}#][^"'=]*["']\s*[,\]}]*\s*(?:#.*)?$""", _A_TEXT,
         later("Put a quotation mark before it, too.")),
    _row("Invalid value", r"""¦(?P<got>(?P<text>\w[^"'#,\]}]*))""", later("a text in quotation marks, or a number in digits"),
         later('A text is written "{text}".')),
    _row("Invalid value", r"¦[,;]", later("one comma between two entries"), later("Take out the one that is too much.")),
    # texts
    _row(("Unterminated string", "Expected \"'''"), r"=\s*(?:\"{3}|'{3})", later("a text that ends"), later("Close it with three quotation marks, as it begins.")),
    _row("Unterminated string", "", _A_TEXT, later("Close the text with a quotation mark.")),
    _row(("Illegal character '\\n'", "Found invalid character '\\n'", "Expected \"'"), "", _A_TEXT,
         later("Close the text with a quotation mark on the same line.")),
    _row(("Unescaped", "Invalid hex", "Escaped character"), r"(?P<got>\\\S*)", later("a text without a backslash"),
         later("Write / in its place, or two of them: \\\\.")),
    _row("", r"""["']¦[^\s#,\]}]""", _A_TEXT,
         later("A quotation mark stands within the text, and ends it there. Write “ and ” within a text.")),
    # lists and tables within a line
    _row("Unclosed array", r"¦\s*[^\s#]", later("a comma between two entries of a list"), later("Put a comma after each entry.")),
    _row("Unclosed array", "", _A_LIST, later("Put a comma after each entry, and close the list with ].")),
    _row("", r",\s*¦\s*\}", _A_PAIR, later("Take out the comma before the last bracket.")),
    _row(_UNCLOSED_TABLE, r"\{[^}]*,?\s*¦\s*(?:#.*)?$", _A_PAIR, later("Put a comma between the pairs, and close the table on the same line.")),
    _row("Unclosed inline table", "", _A_PAIR, later("Put a comma between the pairs, and close the table on the same line.")),
    # names of tables
    _row(("Expected ']", "Invalid initial"), r"^\s*\[", _A_NAME, _BRACKETS),
    _row(("Expected", "Invalid"), r"^\s*\[?[\w .-]+¦?\]+¦?\]*\s*(?:#.*)?$", _A_NAME, _BRACKETS),
    _row("Expected newline", r"^\s*\[[^=]*\]\s*¦", _A_NAME, later("It has a line of its own.")),
    _row("Cannot overwrite", r"^\s*\[", _A_NAME, later("Where there are several of a kind, each is written [[like_this]].")),
    _row(TWICE[2:], r"^\s*\[", later("each table once"),
         later("It begins in line {line} already. Where there are several of a kind, each is written [[like_this]].")),
    _row(TWICE, "", _ONCE, later("This one stands in line {line} already; keep one of them.")),
    # the line as a whole
    _row("Invalid value", "", later("a value that is whole"), later("Is there a bracket or a quotation mark too few?")),
    _row("", r"¦(?://|;|--|\*|<!--|%)", later("a comment that begins with #"), later("Put # before it.")),
    _row(_KEY_WANTED, r"(?P<key>[\w-]+)\s*¦:", later("an equals sign between key and value"), later("Write {key} = …, not {key}: …")),
    _row(_KEY_WANTED, r"¦[^\x00-\x7f]", later("a key of the letters a to z, digits and underscores"),
         later("Write ae for ä, and so on; keys are those of docs/EXERCISES.md.")),
    _row("Expected '='", r"(?P<key>[\w-]+)\s*¦", later("an equals sign between key and value"),
         later("Write {key} = …; a comment begins with #.")),
    _row(_KEY_WANTED, "", _A_LINE, later("It begins with a key; a comment begins with #.")),
    _row("Expected newline", r"""["']\s*¦,.*\]\s*(?:#.*)?$""", _A_LIST, later("Put a bracket before the first entry.")),
    _row("Expected newline", "", _A_LINE, later("Only a comment, which begins with #, may follow a value; each key has a line of its own.")),
    _row("Invalid date", "", later("a date that there is"), later("Write it like 2026-11-24.")),
    _row("", "", _A_LINE, later("Type it anew.")),
)  # fmt: skip
