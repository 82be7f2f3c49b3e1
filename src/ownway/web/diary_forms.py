"""What the forms of the diary send, read and checked. Everything wrong with one is told at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ownway.programme.diary import (
    AREAS,
    EXTRAS,
    FEELS,
    LONGEST_MEDICINE,
    LONGEST_NOTE,
    MOST_ACTIVE_MIN,
    Entry,
    Extra,
    is_empty,
)
from ownway.programme.questionnaires import ACTIVITIES, LONGEST_ACTIVITY, RMDQ
from ownway.web.forms import FormError, Reader
from ownway.web.translation import Translate

EARLIEST = timedelta(days=366 * 50)  # chosen by us: further back is a slip of the finger
LARGEST_ENTRY = 40_000  # bytes; the longest note in letters that take twelve of them each, and all else


def read_tap(fields: Mapping[str, str], translate: Translate) -> tuple[int, str]:
    """Return the pain that was tapped, 0..10, and the id of the entry before which it stands on the page; empty for none."""
    form = Reader(fields, translate)
    pain = form.pain("pain")
    if not form.problems and pain is None:
        form.problems.append(translate("Please choose a number from 0 to 10."))
    form.done()
    return pain or 0, fields.get("entry", "")


def read_entry(fields: Mapping[str, str], known: Entry, now: datetime, translate: Translate) -> Entry:
    """Return the entry with what was told now; what the form does not have stays as it is known."""
    form = Reader(fields, translate)
    told: dict[str, Any] = {
        name: form.pain(name) for name in ("pain_now", "pain_worst", "pain_average") if name in fields
    }
    told["areas"] = tuple(area for area in AREAS if fields.get(f"area_{area}") == "yes")
    told["feels"] = tuple(feel for feel in FEELS if fields.get(f"feel_{feel}") == "yes")
    if "sleep" in fields:
        told["sleep"] = form.whole("sleep", 0, 10)
    if "active_min" in fields:
        told["active_min"] = form.whole("active_min", 0, MOST_ACTIVE_MIN)
    for name, longest in (("note", LONGEST_NOTE), ("medicine", LONGEST_MEDICINE)):
        if name in fields:
            told[name] = _text(form, fields[name], longest, translate)
    entry = replace(known, at=_moment(form, fields.get("at", ""), known, now, translate), **told)
    if not form.problems and is_empty(entry):
        form.problems.append(translate("Nothing was told yet. One number, or one word, is enough."))
    form.done()
    return entry


def read_extras(fields: Mapping[str, str]) -> tuple[Extra, ...]:
    """Return what the diary is to ask for besides."""
    return tuple(extra for extra in EXTRAS if fields.get(f"extra_{extra}") == "yes")


def read_rmdq(fields: Mapping[str, str], translate: Translate) -> tuple[int, ...]:
    """Return the numbers of the sentences that hold; that none does has to be said."""
    ticked = tuple(number for number in range(1, len(RMDQ) + 1) if fields.get(f"sentence_{number}") == "yes")
    none = fields.get("none") == "yes"
    if not ticked and not none:
        raise FormError([translate("Please tick the sentences that describe you today, or that none of them does.")])
    if ticked and none:
        raise FormError([translate("You ticked sentences, and also that none describes you. Please choose.")])
    return ticked


def read_psfs(fields: Mapping[str, str], translate: Translate) -> tuple[tuple[str, int], ...]:
    """Return the person's activities, one to three, each with how well it goes, 0..10."""
    form = Reader(fields, translate)
    told: list[tuple[str, int]] = []
    for number in range(1, ACTIVITIES + 1):
        name = " ".join(_text(form, fields.get(f"activity_{number}", ""), LONGEST_ACTIVITY, translate).split())
        score = form.whole(f"score_{number}", 0, 10)
        if name and score is not None:
            told.append((name, score))
        elif name and not fields.get(f"score_{number}"):
            form.problems.append(translate("Please choose a number for “{activity}”.").format(activity=name[:40]))
        elif score is not None:
            form.problems.append(translate("Please write what the number {number} is for.").format(number=score))
    if not form.problems and not told:
        form.problems.append(translate("Please write at least one activity."))
    if len({name.casefold() for name, _score in told}) < len(told):
        form.problems.append(translate("Two activities are the same. Please write each once."))
    form.done()
    return tuple(told)


def on_the_wall(moment: datetime) -> str:
    """Return a moment to the minute by the clock of this computer, as a form shows and sends it: ``2026-11-24T15:30``."""
    return moment.astimezone().replace(tzinfo=None).isoformat(timespec="minutes")


def _moment(form: Reader, text: str, known: Entry, now: datetime, translate: Translate) -> datetime:
    """Return the moment that the entry is about; where the minute is as it was, so is the moment."""
    if not text or text == on_the_wall(known.at):
        return known.at
    try:
        told = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        form.problems.append(translate("That is no day and time."))
        return known.at
    if told > now or told < now - EARLIEST:
        form.problems.append(translate("Please choose a moment that lies behind you."))
    return told


def _text(form: Reader, text: str, longest: int, translate: Translate) -> str:
    """Return a text with its lines, without signs that stand for nothing; one that is too long is told, never cut."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc").strip()
    if len(clean) > longest:
        form.problems.append(
            translate("A text here has at most {most} letters; yours has {count}.").format(
                most=longest, count=len(clean)
            )
        )
    return clean
