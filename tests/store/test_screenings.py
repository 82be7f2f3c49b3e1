"""What was answered before exercising: kept whole, the newest found, all of it forgotten when withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ownway.programme.screening import QUESTIONS, Screening, begun
from ownway.store.database import Database
from ownway.store.screenings import Screenings

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
WHOLE = Screening(
    1,
    NOON,
    answers={"saddle": "no", "fever": "yes", "cancer": "unsaid", "news": "yes"},
    short=True,
    carried=("eyes", "hip"),
    finished_at=NOON + timedelta(minutes=2),
    cleared={"fever": NOON + timedelta(days=1)},
    outdated_at=NOON + timedelta(days=2),
)


def test_what_is_kept_is_what_was_answered(database: Database) -> None:
    """Every part of it."""
    kept = Screenings(database)
    assert (kept.latest(), kept.unfinished(), kept.all()) == (None, None, [])
    kept.save(WHOLE)
    assert kept.latest() == WHOLE


def test_the_newest_that_was_finished_counts(database: Database) -> None:
    """Also where the clock of the computer was set back meanwhile; the one being answered stands apart."""
    kept = Screenings(database)
    kept.save(WHOLE)
    second = begun(WHOLE, NOON - timedelta(days=3))
    kept.save(second)
    assert (kept.latest(), kept.unfinished()) == (WHOLE, second)
    finished = Screening(2, second.begun_at, dict.fromkeys((q.id for q in QUESTIONS), "no"), finished_at=NOON)
    kept.save(finished)
    assert (kept.latest(), kept.unfinished(), kept.all()) == (finished, None, [finished, WHOLE])


def test_withdrawn_is_forgotten(database: Database) -> None:
    """The finished ones and the one that is being answered."""
    kept = Screenings(database)
    kept.save(WHOLE)
    kept.save(begun(WHOLE, NOON))
    kept.withdraw()
    assert (kept.latest(), kept.unfinished(), kept.all()) == (None, None, [])
