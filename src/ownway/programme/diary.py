"""What a person writes into the diary: how much it hurts, where and how, and what else they care to note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ownway.coach.records import When

Area = Literal[
    "neck", "upper_back", "middle_back", "lower_back_left", "lower_back", "lower_back_right", "buttock_left",
    "buttock_right", "thigh_left", "thigh_right", "calf_left", "calf_right", "foot_left", "foot_right",
]  # fmt: skip
Feel = Literal["dull", "sharp", "burning", "stiff", "tingling", "numb"]
Extra = Literal["sleep", "activity", "medicine"]

# As one sees a back from behind, from above to below.
AREAS: tuple[Area, ...] = (
    "neck", "upper_back", "middle_back", "lower_back_left", "lower_back", "lower_back_right", "buttock_left",
    "buttock_right", "thigh_left", "thigh_right", "calf_left", "calf_right", "foot_left", "foot_right",
)  # fmt: skip
FEELS: tuple[Feel, ...] = ("dull", "sharp", "burning", "stiff", "tingling", "numb")
EXTRAS: tuple[Extra, ...] = ("sleep", "activity", "medicine")  # asked for only where the person wants it

# What they are called.
AREA_WORDS: Mapping[Area, str] = {
    "neck": "Neck",
    "upper_back": "Upper back",
    "middle_back": "Middle back",
    "lower_back_left": "Lower back, left",
    "lower_back": "Lower back",
    "lower_back_right": "Lower back, right",
    "buttock_left": "Left buttock",
    "buttock_right": "Right buttock",
    "thigh_left": "Left thigh",
    "thigh_right": "Right thigh",
    "calf_left": "Left calf",
    "calf_right": "Right calf",
    "foot_left": "Left foot",
    "foot_right": "Right foot",
}
FEEL_WORDS: Mapping[Feel, str] = {
    "dull": "Dull",
    "sharp": "Sharp",
    "burning": "Burning",
    "stiff": "Stiff",
    "tingling": "Tingling",
    "numb": "Numb",
}

IN_A_LEG: frozenset[Area] = frozenset(area for area in AREAS if area.startswith(("thigh", "calf", "foot")))
OF_A_NERVE: frozenset[Feel] = frozenset({"tingling", "numb"})

MOST_PAIN = 10  # NPRS, 0 to 10
LONGEST_NOTE, LONGEST_MEDICINE = 2000, 200
MOST_ACTIVE_MIN = 24 * 60
CORRECTED_WITHIN = timedelta(minutes=10)  # chosen by us: the finger slipped; later the back itself has another answer


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written at one moment; nothing of it needs to be told.

    Attributes
    ----------
    at : aware.
    pain_now, pain_worst, pain_average : 0..10 (NPRS); worst and average are those of the last 24 hours.
    areas : where it hurts. feels : how it feels.
    sleep : how well the night was, 0 (not at all) to 10 (as well as one can).
    active_min : minutes of being active, as the person counts them.
    medicine : in the person's words.
    """

    id: str
    at: datetime
    pain_now: int | None = None
    pain_worst: int | None = None
    pain_average: int | None = None
    areas: tuple[Area, ...] = ()
    feels: tuple[Feel, ...] = ()
    note: str = ""
    sleep: int | None = None
    active_min: int | None = None
    medicine: str = ""


@dataclass(frozen=True, slots=True)
class SessionPain:
    """How the back felt before or after a session, as it stands among the entries.

    Attributes
    ----------
    at : when the session began, or ended. pain : 0..10. exercise_file : as in the session's record.
    """

    session_id: str
    exercise_id: str
    when: When
    at: datetime
    pain: int
    exercise_file: str | None = None


Line = Entry | SessionPain


def corrects(entry: Entry, now: datetime) -> bool:
    """Return whether another number told now mends this entry, instead of making a new one."""
    return timedelta(0) <= now - entry.at < CORRECTED_WITHIN


def is_empty(entry: Entry) -> bool:
    """Return whether nothing was told."""
    return Entry(entry.id, entry.at) == entry


def changes_kind(entry: Entry, earlier: Iterable[Entry]) -> bool:
    """Return whether the pain is of another kind than ever before: in a leg, or tingling or numb, for the first time.

    Then the answers before exercising no longer hold: new leg pain or numbness is a reason to ask somebody (SAFETY.md).
    """
    before = list(earlier)
    leg = IN_A_LEG & set(entry.areas) and not any(IN_A_LEG & set(e.areas) for e in before)
    nerve = OF_A_NERVE & set(entry.feels) and not any(OF_A_NERVE & set(e.feels) for e in before)
    return bool(leg or nerve)
