"""A made-up life in the diary, for looking at pages and for timing them: ``python -m tools.ten_years --data-dir FOLDER``.

A back that is better for weeks and has bad days, holidays without a word, exercises done more often in some months than in
others, and now and then a run. A seed stands for the chance in it, so the same life is lived each time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import exp, sin
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ownway.coach.records import Measured
from ownway.programme.guided_run import RUN
from ownway.store.database import open_database
from ownway.store.folder import database_url, ready_folder
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import Base, EntryRow, FilledRow, MorningRow, RunRow, SessionRow
from tools.stage import screen

_BESIDE = 0.15  # of the sessions are of exercises that the plan does not ask for
_AREAS = ("lower_back", "lower_back_left", "buttock_left", "lower_back_right upper_back")
_ACTIVITIES = ("Putting on socks", "Carrying shopping", "Sitting through a film")
_FLARE_EVERY_DAYS, _FLARE_LASTS_DAYS = 75, 6.0
_AWAY_EVERY_DAYS, _AWAY_DAYS = 140, 19


@dataclass(frozen=True, slots=True)
class Life:
    """How much is written down and done.

    Attributes
    ----------
    days : how long it lasts. entries, sessions : on a usual day, in the mean.
    """

    days: int = 365
    entries: float = 1.3
    sessions: float = 1.1
    seed: int = 7


# 20,000 entries and 8,000 sessions.
TEN_YEARS = Life(days=3652, entries=6.35, sessions=3.5)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of this life: how far into it, its pain, and how much the person does."""

    number: int
    of: int
    day: date
    pain: float
    eager: float

    @property
    def gained(self) -> float:
        """0 at the beginning, near 1 once all that can be gained is gained."""
        return 1.0 - exp(-3.0 * self.number / min(self.of, 540))


def live(url: str, life: Life, last: date) -> dict[str, int]:
    """Write this life into the diary at this address, its last day being ``last``; return how much of each kind there is."""
    screen(url, at=datetime.combine(last, time(6), UTC))
    rows: dict[type[Base], list[dict[str, Any]]] = {}
    random = Random(life.seed)  # noqa: S311 - no secret
    for day in _days(life, last, random):
        for kind, row in _rows(day, life, random):
            rows.setdefault(kind, []).append(row)
    database = open_database(url)
    with database.writing() as session:
        keep_person(session, FIRST_PERSON)
        for kind, some in rows.items():
            _write(session, kind, some)
    database.close()
    return {kind.__tablename__: len(some) for kind, some in rows.items()}


def _write(session: Session, kind: type[Base], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(kind), [{"person_id": FIRST_PERSON, **row} for row in rows])


def _days(life: Life, last: date, random: Random) -> Iterator[_Day]:
    flare_at = -100.0
    for number in range(life.days):
        if random.random() < 1 / _FLARE_EVERY_DAYS:
            flare_at = float(number)
        day = _Day(number, life.days, last - timedelta(days=life.days - 1 - number), 0.0, 1.0)
        flare = 3.2 * exp(-(number - flare_at) / _FLARE_LASTS_DAYS)
        pain = 5.2 - 3.0 * day.gained + 0.6 * sin(number / 23) + flare + random.gauss(0, 0.6)
        away = number % _AWAY_EVERY_DAYS >= _AWAY_EVERY_DAYS - _AWAY_DAYS
        eager = 0.0 if away else 0.75 + 0.35 * sin(number / 31) - 0.1 * flare
        yield _Day(number, life.days, day.day, max(0.0, pain), max(0.0, eager))


def _rows(day: _Day, life: Life, random: Random) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    if day.eager == 0.0:
        return
    for n in range(_how_many(life.entries, random)):
        yield EntryRow, _entry(day, n, random)
    some = _how_many(life.sessions * day.eager, random)
    for n in range(some):
        yield SessionRow, _session(day, n, random)
    ran = day.number % 3 == 0 and random.random() < 0.6 * day.eager
    if ran:
        yield RunRow, _run(day, random)
        if random.random() < 0.4:
            yield SessionRow, _guided(day, random)
    if random.random() < 0.85:
        leaning = 0.35 + (0.12 if some else 0.0) + (0.06 if ran else 0.0) - 0.05 * day.pain
        told = random.random()
        feeling = "better" if told < leaning else "same" if told < 0.85 else "worse"
        yield MorningRow, {"day": day.day, "feeling": feeling}
    if day.number % 14 == 0:
        yield from ((FilledRow, row) for row in _filled(day, random))


def _how_many(mean: float, random: Random) -> int:
    whole = int(mean)
    return whole + (random.random() < mean - whole)


def _at(day: _Day, hour: float) -> datetime:
    return datetime.combine(day.day, time(), UTC) + timedelta(hours=hour)


def _nprs(pain: float) -> int:
    return max(0, min(10, round(pain)))


def _entry(day: _Day, n: int, random: Random) -> dict[str, Any]:
    now = _nprs(day.pain + random.gauss(0, 0.7))
    worst = _nprs(max(now, day.pain + 1.2 + random.gauss(0, 0.8)))
    return {
        "id": f"e{day.number}-{n}", "at": _at(day, 6.5 + 2.2 * n + random.random()), "pain_now": now,
        "pain_worst": worst if random.random() < 0.6 else None, "pain_average": _nprs((now + worst) / 2),
        "areas": random.choice(_AREAS), "feels": random.choice(("dull", "stiff", "dull stiff")), "note": "",
        "sleep": _nprs(7 - day.pain / 3 + random.gauss(0, 1)), "active_min": None, "medicine": "",
    }  # fmt: skip


def _session(day: _Day, n: int, random: Random) -> dict[str, Any]:
    return _other(day, n, random) if random.random() < _BESIDE else _daily(day, n, random)


def _other(day: _Day, n: int, random: Random) -> dict[str, Any]:
    """Return a session of an exercise beside the plan: done when there is no time for the daily one."""
    exercise = random.choice(("half_squat", "side_bend"))
    far = 58 + 6 * day.gained + random.gauss(0, 3)
    left, right = 19 + 4 * day.gained + random.gauss(0, 2), 18 + 4 * day.gained + random.gauss(0, 2)
    squats = Measured(range_deg=round(far, 1))
    bends = Measured(range_left_deg=round(left, 1), range_right_deg=round(right, 1))
    return _daily(day, n, random) | {
        "exercise_id": exercise, "good_s": 40.0, "counted_sets": 1, "swings_left": 0, "swings_right": 0, "repetitions": 10,
        "measured": json.dumps(asdict(squats if exercise == "half_squat" else bends)),
    }  # fmt: skip


def _daily(day: _Day, n: int, random: Random) -> dict[str, Any]:
    stretch = (day.number + n) % 2 == 0
    began, hurt = _at(day, 10 + 2.5 * n + random.random()), random.random() < 0.01
    before = _nprs(day.pain + random.gauss(0, 0.5))
    tall = random.random() < 0.8  # seen by the camera
    wide = 33 + 12 * day.gained + random.gauss(0, 3)
    if stretch:
        reach = 26 - 19 * day.gained + random.gauss(0, 2.6)
        measured = Measured(reach_zone="shins", reach_cm=round(reach, 1)) if tall else Measured()
    else:
        right = wide - 5 * (1 - day.gained) + random.gauss(0, 3)
        measured = Measured(None, None, round(wide, 1), round(right, 1), round(2.6 + random.gauss(0, 0.2), 2))
    good_s = random.uniform(55, 85) if stretch else random.uniform(80, 175)
    return {
        "id": f"s{day.number}-{n}", "exercise_id": "hamstring_stretch" if stretch else "trunk_rotation",
        "exercise_version": 1, "mode": "camera" if tall else "timer", "started_at": began,
        "ended_at": began + timedelta(seconds=good_s + 60), "ending": "hurt" if hurt else "done", "height_cm": 172.0,
        "pain_before": before, "pain_after": _nprs(before - random.random()) if random.random() < 0.7 else None,
        "begun": True, "good_s": round(good_s, 1), "counted_sets": 2 if stretch else 1,
        "swings_left": 0 if stretch else 24, "swings_right": 0 if stretch else 24, "dose_sets": None, "dose_s": None,
        "repetitions": None,
        "measured": json.dumps(asdict(measured)),
    }  # fmt: skip


def _run(day: _Day, random: Random) -> dict[str, Any]:
    minutes = random.uniform(14, 38)
    return {
        "id": f"r{day.number}", "started_at": _at(day, 17.5 + random.random()), "duration_s": minutes * 60 + 40,
        "moving_s": minutes * 60, "distance_m": minutes * 60 * random.uniform(2.1, 2.8), "heart_rate_bpm": 138.0,
        "kind": "run", "source": "gpx",
    }  # fmt: skip


def _guided(day: _Day, random: Random) -> dict[str, Any]:
    """Return the same run as Ownway led it, begun a little later than the watch."""
    began, ran_s = _at(day, 17.55 + random.random()), 900.0
    return {
        "id": f"g{day.number}", "exercise_id": RUN, "exercise_version": 1, "mode": "timer", "started_at": began,
        "ended_at": began + timedelta(seconds=ran_s + 300), "ending": "done", "height_cm": None,
        "pain_before": _nprs(day.pain), "pain_after": None, "begun": True, "good_s": ran_s + 300, "counted_sets": 0,
        "swings_left": 0, "swings_right": 0, "dose_sets": 1, "dose_s": ran_s, "repetitions": None, "measured": json.dumps(asdict(Measured())),
    }  # fmt: skip


def _filled(day: _Day, random: Random) -> Iterator[dict[str, Any]]:
    at = _at(day, 20)
    count = max(0, min(24, round(11 - 7.5 * day.gained + 0.8 * (day.pain - 3) + random.gauss(0, 0.8))))
    scores = [_nprs(4.2 + 3.6 * day.gained + random.gauss(0, 0.6)) for _ in _ACTIVITIES]
    ticked, activities = list(range(1, count + 1)), list(zip(_ACTIVITIES, scores, strict=True))
    yield {"id": f"q{day.number}", "kind": "rmdq", "at": at, "ticked": json.dumps(ticked), "activities": "[]"}
    yield {"id": f"p{day.number}", "kind": "psfs", "at": at, "ticked": "[]", "activities": json.dumps(activities)}


def main() -> int:
    """Write a life into a folder; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.ten_years", description=__doc__.splitlines()[0])
    parser.add_argument("--data-dir", type=Path, required=True, help="an empty folder for the diary")
    parser.add_argument("--year", action="store_true", help="a year as people live it, in place of ten full ones")
    told = parser.parse_args()
    written = live(
        database_url(ready_folder(told.data_dir)), Life() if told.year else TEN_YEARS, datetime.now(UTC).date()
    )
    print(", ".join(f"{count} rows of {name}" for name, count in written.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
