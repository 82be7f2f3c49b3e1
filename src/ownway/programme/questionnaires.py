"""Two questionnaires about function: what they ask, how they are scored, when they are due, and which change is important.

RMDQ: Roland and Morris 1983 (Spine 8:141), 24 sentences, free to use in the authors' wording. Its smallest important change
is 5 points or 30 %, and it tells little below 4 and above 20 points. PSFS: the person's own activities, 0 to 10; a change of
about 2 counts, and about 3 where there is one activity alone (common knowledge of the field, not checked). Pain (NPRS): 2 points or 30 % (Ostelo 2008, Spine 33:90). Where a source
gives points or a share, both are asked for here before anything is called better: chosen by us, so as to promise less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["rmdq", "psfs"]
Change = Literal["better", "worse", "unclear"]

KINDS: tuple[Kind, ...] = ("rmdq", "psfs")
AGAIN_AFTER = timedelta(days=14)  # chosen by us: long enough for a change, short enough to notice it
ACTIVITIES = 3  # of the PSFS

# The authors' own sentences; they are not translated, since only a tested translation asks the same.
RMDQ: tuple[str, ...] = (
    "I stay at home most of the time because of my back.",
    "I change position frequently to try and get my back comfortable.",
    "I walk more slowly than usual because of my back.",
    "Because of my back I am not doing any of the jobs that I usually do around the house.",
    "Because of my back, I use a handrail to get upstairs.",
    "Because of my back, I lie down to rest more often.",
    "Because of my back, I have to hold on to something to get out of an easy chair.",
    "Because of my back, I try to get other people to do things for me.",
    "I get dressed more slowly than usual because of my back.",
    "I only stand for short periods of time because of my back.",
    "Because of my back, I try not to bend or kneel down.",
    "I find it difficult to get out of a chair because of my back.",
    "My back is painful almost all the time.",
    "I find it difficult to turn over in bed because of my back.",
    "My appetite is not very good because of my back pain.",
    "I have trouble putting on my socks (or stockings) because of the pain in my back.",
    "I only walk short distances because of my back.",
    "I sleep less well because of my back.",
    "Because of my back pain, I get dressed with help from someone else.",
    "I sit down for most of the day because of my back.",
    "I avoid heavy jobs around the house because of my back.",
    "Because of my back pain, I am more irritable and bad tempered with people than usual.",
    "Because of my back, I go upstairs more slowly than usual.",
    "I stay in bed most of the time because of my back.",
)
RMDQ_CREDIT = (
    "Roland MO, Morris RW. A study of the natural history of back pain. Part 1: Development of a reliable and sensitive "
    "measure of disability in low back pain. Spine 1983; 8: 141-144."
)
LONGEST_ACTIVITY = 80  # letters
RMDQ_TELLS_FROM, RMDQ_TELLS_TO = 4, 20  # outside of these points it says little about a change


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire as it was filled in once.

    Attributes
    ----------
    at : aware.
    ticked : RMDQ: the numbers of the sentences that hold, 1..24.
    activities : PSFS: the person's own activities, each with 0 (cannot) to 10 (as before).
    """

    id: str
    kind: Kind
    at: datetime
    ticked: tuple[int, ...] = ()
    activities: tuple[tuple[str, int], ...] = ()

    @property
    def score(self) -> float:
        """RMDQ: 0 (no trouble) to 24. PSFS: the mean of the activities, 0 to 10 (as before)."""
        if self.kind == "rmdq":
            return float(len(self.ticked))
        return sum(score for _, score in self.activities) / len(self.activities) if self.activities else 0.0


@dataclass(frozen=True, slots=True)
class Important:
    """How much a measure has to change before it is called a change.

    Attributes
    ----------
    points : at least so many. share : and at least this share of where it began, for getting better.
    up_is_better : whether more is better.
    source : where the numbers come from.
    """

    points: float
    share: float
    up_is_better: bool
    source: str


IMPORTANT: Mapping[str, Important] = {
    "pain": Important(2.0, 0.30, up_is_better=False, source="Ostelo 2008"),
    "rmdq": Important(5.0, 0.30, up_is_better=False, source="Ostelo 2008"),
    "psfs": Important(2.0, 0.0, up_is_better=True, source="common knowledge of the field, not checked"),
    "psfs_one": Important(3.0, 0.0, up_is_better=True, source="common knowledge of the field, not checked"),
}


def change(measure: str, before: float, now: float) -> Change:
    """Return what became of a measure (a key of ``IMPORTANT``) between two moments."""
    rule = IMPORTANT[measure]
    gained = (now - before) if rule.up_is_better else (before - now)
    if gained >= rule.points and gained >= rule.share * abs(before):
        return "better"
    return "worse" if gained <= -rule.points else "unclear"


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a questionnaire's score between two times.

    Attributes
    ----------
    before, now : the two scores; of the PSFS, of the activities that both have.
    says_little : a score lies where the questionnaire tells little about a change.
    """

    before: float
    now: float
    became: Change
    says_little: bool = False


def compared(before: Filled, now: Filled) -> Compared | None:
    """Return what became of the score between two times of one kind.

    None where the PSFS has no activity in common (capitals aside): other activities give another number.
    """
    if now.kind == "rmdq":
        scores = (before.score, now.score)
        little = any(not RMDQ_TELLS_FROM <= score <= RMDQ_TELLS_TO for score in scores)
        return Compared(*scores, change("rmdq", *scores), says_little=little)
    then = {name.casefold(): score for name, score in before.activities}
    both = [(then[name.casefold()], score) for name, score in now.activities if name.casefold() in then]
    if not both:
        return None
    mean_then, mean_now = (sum(scores) / len(both) for scores in zip(*both, strict=True))
    return Compared(mean_then, mean_now, change("psfs" if len(both) > 1 else "psfs_one", mean_then, mean_now))


def due(latest: datetime | None, now: datetime) -> bool:
    """Return whether a questionnaire is to be offered: it never was filled in, or two weeks have passed."""
    return latest is None or now - latest >= AGAIN_AFTER


def any_due(latest: Mapping[Kind, datetime], now: datetime) -> bool:
    """Return whether one of them is to be offered; ``latest`` lacks those that never were filled in."""
    return any(due(latest.get(kind), now) for kind in KINDS)
