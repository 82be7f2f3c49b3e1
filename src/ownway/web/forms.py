"""What the forms of our pages send, read and checked. Everything wrong with one is collected and told at once."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from starlette.requests import Request
from tzlocal import get_localzone_name

from ownway.coach.records import (
    FIGURES,
    MODES,
    NUMBNESSES,
    UNITS,
    WHENS,
    WHERES,
    Figure,
    HurtReport,
    Mode,
    Numbness,
    Person,
    Units,
    When,
    Where,
)  # fmt: skip
from ownway.errors import OwnwayError
from ownway.exercises.schema import Exercise
from ownway.programme.days import FEELINGS, ITEMS, MARKS, Feeling, ItemId, Mark
from ownway.programme.guided_run import RUN_ENDINGS, WAYS, RunEnding, Told, WayId, total_s
from ownway.programme.reminders import DAYS, Day
from ownway.programme.runs import CLOCKS_DIFFER, EARLIEST
from ownway.programme.screening import ANSWERS, BY_ID, Answer
from ownway.report.written import decimal
from ownway.web.pins import LONGEST, SHORTEST
from ownway.web.translation import Translate, languages

LARGEST_FORM = 8192
CM_PER_INCH = 2.54
MADE_BY_A_PAGE = re.compile(r"[\w-]{16,32}", re.ASCII)  # the id of a run
SHORTEST_CM, TALLEST_CM = 100.0, 230.0  # chosen by us: nearly everybody who exercises standing lies between
OLDEST = 120  # years
LONGEST_NAME, LONGEST_VOICE = 40, 200
# What a person may set of the coach: the tempo from side to side in s, and how far to turn at most in degrees.
OWN_LIMITS: Mapping[str, tuple[float, float]] = {"half_period_s": (3.0, 6.0), "range_deg": (20.0, 65.0)}

Choice = TypeVar("Choice", bound=str)


class FormError(OwnwayError):
    """A form with answers that cannot be used; carries every problem, not just the first."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


async def read_form(request: Request, translate: Translate, most_bytes: int = LARGEST_FORM) -> dict[str, str]:
    """Return the fields of an urlencoded form, each once (the last one stands), without outer spaces."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise FormError([translate("That was more than this form can hold.")])
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: value.strip() for name, value in fields}


class Reader:
    """Reads fields one by one and remembers what was wrong with them."""

    def __init__(self, fields: Mapping[str, str], translate: Translate) -> None:
        self.fields = fields
        self.problems: list[str] = []
        self._ = translate

    def number(self, name: str) -> float | None:
        """Return a number, None where the field is empty; a comma may stand for the point."""
        text = self.fields.get(name, "").replace(",", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.problems.append(self._("“{value}” is not a number.").format(value=text[:40]))
            return None
        return value

    def pain(self, name: str) -> int | None:
        """Return 0..10, None where the field is empty."""
        value = self.number(name)
        if value is None:
            return None
        if not (0 <= value <= 10 and value == int(value)):
            self.problems.append(self._("Pain is told as a whole number from 0 to 10."))
            return None
        return int(value)

    def between(self, name: str, least: float, most: float) -> float | None:
        """Return a number that lies between two others, None where the field is empty."""
        value = self.number(name)
        if value is None or least <= value <= most:
            return value
        self.problems.append(
            self._("“{value}” does not lie between {least} and {most}.").format(
                value=self.fields[name][:40], least=decimal(f"{least:g}", self._), most=decimal(f"{most:g}", self._)
            )
        )
        return None

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number that lies between two others, None where the field is empty."""
        value = self.between(name, least, most)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self.problems.append(self._("“{value}” is not a whole number.").format(value=self.fields[name][:40]))
        return None

    def choice(self, name: str, choices: tuple[Choice, ...], usual: Choice | None = None) -> Choice | None:
        """Return one of the choices, or the usual one where the field is empty."""
        text = self.fields.get(name, "")
        if not text:
            return usual
        for choice in choices:
            if text == choice:
                return choice
        self.problems.append(self._("“{value}” is not one of the answers.").format(value=text[:40]))
        return None

    def time_of_day(self, name: str) -> time | None:
        """Return a time on the wall, to the minute; None where the field is empty."""
        text = self.fields.get(name, "")
        if not text:
            return None
        try:
            return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            self.problems.append(self._("“{value}” is not a time of day, such as 07:30.").format(value=text[:40]))
            return None

    def moment(self, name: str) -> datetime:
        """Return a moment with its zone; without one, or where it is none, that is a problem."""
        text = self.fields.get(name, "")
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = EARLIEST.replace(tzinfo=None)
        if moment.tzinfo is None:
            self.problems.append(self._("“{value}” is no moment of a day.").format(value=text[:40]))
            return EARLIEST
        return moment

    def done(self) -> None:
        """Raise what was wrong, all of it."""
        if self.problems:
            raise FormError(self.problems)


_Reader = Reader  # its name in this room


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was told before a session.

    Attributes
    ----------
    person : with the height as told now.
    pain_before : 0..10, None where not told.
    new_leg : leg pain or numbness that is new; None where not told.
    bends_anyway : yes to a bend soon after waking.
    """

    mode: Mode
    person: Person
    pain_before: int | None
    new_leg: bool | None
    bends_anyway: bool


def read_begin(fields: Mapping[str, str], known: Person, translate: Translate) -> Beginning:
    """Return what was told before a session.

    A form without any field of height (it was not asked again) keeps what is known; an empty one was skipped.
    """
    form = _Reader(fields, translate)
    mode = form.choice("mode", MODES, "camera")
    person = _with_height(form, known)
    pain = form.pain("pain_before")
    new_leg = form.choice("new_leg", ("yes", "no"))
    bends_anyway = form.choice("bends_anyway", ("yes",)) is not None
    form.done()
    return Beginning(cast("Mode", mode), person, pain, None if new_leg is None else new_leg == "yes", bends_anyway)


def _with_height(form: _Reader, known: Person) -> Person:
    units = form.choice("units", UNITS, known.units)
    if not {"height_cm", "height_ft", "height_in"} & set(form.fields):
        return known
    return replace(known, height_cm=_height_cm(form, units), units=cast("Units", units), height_asked=True)


def _height_cm(form: _Reader, units: Units | None) -> float | None:
    if units == "ft":
        feet, inches = form.number("height_ft"), form.number("height_in")
        height = None if feet is None else (feet * 12 + (inches or 0.0)) * CM_PER_INCH
    else:
        height = form.number("height_cm")
    if height is not None and not SHORTEST_CM <= height <= TALLEST_CM:
        form.problems.append(
            form._("Your height should lie between {low} and {high} cm; you can also skip it.").format(
                low=int(SHORTEST_CM), high=int(TALLEST_CM)
            )
        )
    return None if height is None else round(height, 1)


def read_settings(fields: Mapping[str, str], known: Person, this_year: int, translate: Translate) -> Person:
    """Return the person with what was told now; what the form does not have stays as it is known.

    A height left empty by somebody who was never asked is no answer: preparing for the camera still asks.
    """
    form = _Reader(fields, translate)
    figure = form.choice("figure", FIGURES, known.figure)
    person = _with_height(form, known)
    told: dict[str, Any] = {}
    if "wakes_at" in fields:
        told["wakes_at"] = form.time_of_day("wakes_at")
    if "birth_year" in fields:
        told["birth_year"] = form.whole("birth_year", this_year - OLDEST, this_year)
    if "language" in fields:
        told["language"] = form.choice("language", languages())
    if "voice" in fields:
        told["voice"] = fields["voice"][:LONGEST_VOICE] or None
    for name, (least, most) in OWN_LIMITS.items():
        if name in fields:
            told[name] = form.between(name, least, most)
    form.done()
    asked = known.height_asked or person.height_cm is not None
    return replace(person, figure=cast("Figure", figure), height_asked=asked, **told)


def read_name(fields: Mapping[str, str], field: str, taken: Collection[str], translate: Translate) -> str:
    """Return what somebody wants to be called: by none of the names that are taken."""
    name = " ".join(fields.get(field, "").split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise FormError([translate("Please choose a name of up to {most} letters.").format(most=LONGEST_NAME)])
    if name in taken:
        told = translate("Somebody here is called {name} already. Please choose another name.")
        raise FormError([told.format(name=name)])
    return name


def read_pin(fields: Mapping[str, str], translate: Translate) -> str | None:
    """Return the new PIN, told twice alike; None to have none."""
    pin, again = fields.get("pin", ""), fields.get("pin_again", "")
    if fields.get("no_pin"):
        return None
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        raise FormError([translate("A PIN has {least} to {most} digits.").format(least=SHORTEST, most=LONGEST)])
    if pin != again:
        raise FormError([translate("The two PINs are not the same. Please type it twice alike.")])
    return pin


def read_choice(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the PIN as typed, and where to go on to."""
    return fields.get("pin", "")[:LONGEST], fields.get("next", "")


def read_sure(fields: Mapping[str, str], translate: Translate) -> bool:
    """Return whether the person goes as well, of somebody who is sure that everything is to be forgotten."""
    form = _Reader(fields, translate)
    sure = form.choice("sure", ("yes",))
    if sure is None:
        form.problems.append(translate("Please tick that everything may be forgotten."))
    leaves = form.choice("leaves", ("yes",)) is not None
    form.done()
    return leaves


def read_answer(fields: Mapping[str, str], translate: Translate) -> Answer:
    """Return the answer to one question; saying nothing at all is no answer that was given."""
    form = _Reader(fields, translate)
    answer = form.choice("answer", ANSWERS)
    if not form.problems and answer is None:
        form.problems.append(translate("Please answer yes or no, or choose not to say."))
    form.done()
    return cast("Answer", answer)


def read_cleared(fields: Mapping[str, str], translate: Translate) -> list[str]:
    """Return the ids of the questions that somebody who knows the person's back has cleared; at least one."""
    ids = [id_ for id_ in BY_ID if fields.get(f"cleared_{id_}") == "yes"]
    if not ids:
        raise FormError([translate("Please tick what you have asked about.")])
    return ids


def read_pain(fields: Mapping[str, str], translate: Translate) -> tuple[When, int]:
    """Return when (before or after) and the pain, 0..10."""
    form = _Reader(fields, translate)
    when = form.choice("when", WHENS)
    pain = form.pain("pain")
    if not form.problems and (when is None or pain is None):
        form.problems.append(translate("Please choose a number from 0 to 10."))
    form.done()
    return cast("When", when), cast("int", pain)


def read_hurt(fields: Mapping[str, str], translate: Translate) -> HurtReport:
    """Return what was answered after *It hurts*; every answer may be left out."""
    form = _Reader(fields, translate)
    where: Where | None = form.choice("where", WHERES)
    numb: Numbness | None = form.choice("numb", NUMBNESSES)
    down_leg = form.choice("down_leg", ("yes", "no"))
    pain = form.pain("pain")
    form.done()
    return HurtReport(where=where, pain=pain, down_leg=None if down_leg is None else down_leg == "yes", numb=numb)


def read_reminder(fields: Mapping[str, str], translate: Translate) -> tuple[time, tuple[Day, ...], str]:
    """Return the time of day, the days of the week, and the zone in which the wall is."""
    form = _Reader(fields, translate)
    days = tuple(day for day in DAYS if fields.get(f"day_{day}"))
    if not days:
        form.problems.append(translate("Please choose at least one day."))
    at = time()
    try:
        at = time.fromisoformat(fields.get("at", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        form.problems.append(translate("Please choose a time of day, such as 18:30."))
    zone = fields.get("zone") or get_localzone_name()
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # no such name, or one that is no name of a zone
        form.problems.append(translate("“{value}” is no time zone.").format(value=zone[:40]))
    form.done()
    return at, days, zone


def read_feeling(fields: Mapping[str, str], translate: Translate) -> Feeling:
    """Return how the back is this morning."""
    form = _Reader(fields, translate)
    feeling: Feeling | None = form.choice("feeling", FEELINGS)
    if not form.problems and feeling is None:
        form.problems.append(translate("Please choose better, the same, or worse."))
    form.done()
    return cast("Feeling", feeling)


def read_mark(fields: Mapping[str, str], translate: Translate) -> tuple[ItemId, Mark | None]:
    """Return a line of today's plan and what is said of it; None takes back what was said."""
    form = _Reader(fields, translate)
    item: ItemId | None = form.choice("item", ITEMS)
    mark: Mark | None = form.choice("mark", MARKS)
    if not form.problems and item is None:
        form.problems.append(translate("Please choose a line of today's plan."))
    form.done()
    return cast("ItemId", item), mark


def read_level(fields: Mapping[str, str], exercise: Exercise, translate: Translate) -> str:
    """Return the id of the level that was chosen."""
    form = _Reader(fields, translate)
    level_id = form.choice("level", tuple(level.id for level in exercise.levels))
    if not form.problems and level_id is None:
        form.problems.append(translate("Please choose a level."))
    form.done()
    return cast("str", level_id)


def read_way(fields: Mapping[str, str], translate: Translate) -> WayId:
    """Return how the person wants to run or walk."""
    form = _Reader(fields, translate)
    way: WayId | None = form.choice("way", tuple(WAYS))
    if not form.problems and way is None:
        form.problems.append(translate("Please choose how you want to run or walk."))
    form.done()
    return cast("WayId", way)


def read_run(fields: Mapping[str, str], now: datetime, translate: Translate) -> Told:
    """Return a guided run as its page tells of it.

    The clock of a phone may be a little fast, so a run may seem to end a little after ``now``. One that was set back on the
    way must not make a run shorter than what was done in it.
    """
    form = _Reader(fields, translate)
    way = read_way(fields, translate)
    ending: RunEnding | None = form.choice("ending", RUN_ENDINGS)
    started_at, ended_at = form.moment("started_at"), form.moment("ended_at")
    run_s, walk_s = form.number("run_s") or 0.0, form.number("walk_s") or 0.0
    pain = form.pain("pain_before")
    name = fields.get("id", "")
    if not form.problems:
        possible = min(run_s, walk_s) >= 0 and run_s + walk_s <= total_s(WAYS[way]) + 1
        when = started_at >= EARLIEST and max(started_at, ended_at) <= now + CLOCKS_DIFFER
        if not (possible and when and ending and MADE_BY_A_PAGE.fullmatch(name)):
            form.problems.append(translate("This cannot be a run that Ownway led."))
    form.done()
    ended_at = max(ended_at, started_at + timedelta(seconds=run_s + walk_s))
    return Told(name, way, started_at, ended_at, run_s, walk_s, cast("RunEnding", ending), pain)
