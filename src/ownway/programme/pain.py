"""When it hurts: which advice a person gets, and in which order.

The traffic lights that clinics publish disagree (amber from 4, red from 6, 7 or 8 of 10) and none is validated for back
pain, so the limits here are chosen by us: stop at 6 or more, at 2 or more above where the session began (2 points are
the smallest important change of the NPRS: Ostelo 2008, Spine 33:90), and at any new leg pain or numbness. What counts
as an emergency follows the red flags framework of Finucane 2020 (JOSPT 50:350): numbness between the legs, trouble with
bladder or bowel, both legs growing weak (cauda equina), and chest pain.

The advice never names an illness. It says what to do now.
"""

from __future__ import annotations

from typing import Literal

from ownway.coach.records import HurtReport

STOP_FROM_PAIN = 6  # of 10; chosen by us, see above
STOP_FROM_RISE = 2  # points above the beginning; Ostelo 2008

AdviceId = Literal[
    "emergency_saddle", "emergency_chest", "emergency_signs", "see_someone", "stop_today", "rest_today", "easy_does_it"
]

ADVICE: dict[AdviceId, str] = {
    "emergency_saddle": (
        "Numbness between the legs needs a doctor now. Please call your emergency number or go to the nearest "
        "emergency department today; do not wait to see whether it passes."
    ),
    "emergency_chest": (
        "Pain in the chest needs help now. Please sit down and call your emergency number; do not wait to see "
        "whether it passes."
    ),
    "emergency_signs": (
        "Call your emergency number at once if you feel numb between the legs, have new trouble passing or holding "
        "urine or stool, feel weakness or pain spreading in both legs, or have pain in your chest."
    ),
    "see_someone": (
        "Pain or numbness that runs into a leg is a reason to ask a doctor or physiotherapist before you exercise again."
    ),
    "stop_today": (
        "Leave it at that for today. Move gently, as feels good. If it is no better tomorrow, or worse, ask a doctor or "
        "physiotherapist before you go on."
    ),
    "rest_today": (
        "With pain like this, leave the exercises for today. Move gently, as feels good. If it is no better tomorrow, or "
        "worse, ask a doctor or physiotherapist before you go on."
    ),
    "easy_does_it": (
        "It was right to stop. Rest a little and move gently. Next time go a little less far, and stay where it is easy."
    ),
}


def must_stop(pain: int | None, pain_before: int | None) -> bool:
    """Return whether pain of this size (0..10) ends the exercise for today.

    ``pain_before`` is what the session began with. Where either is None it says nothing, and only the other rule holds.
    """
    if pain is None:
        return False
    return pain >= STOP_FROM_PAIN or (pain_before is not None and pain - pain_before >= STOP_FROM_RISE)


def advise_on_hurt(report: HurtReport, pain_before: int | None) -> tuple[AdviceId, ...]:
    """Return what to tell someone who said *It hurts*, the most urgent first.

    Parameters
    ----------
    report : what the person answered; an answer left out speaks neither for nor against a danger.
    pain_before : 0..10 when the session began, None where not told.

    Returns
    -------
    Keys of ``ADVICE``. An emergency comes alone, so that nothing stands beside it. Otherwise the signs of an emergency
    are always the last line, since the questions do not ask for all of them.
    """
    if report.numb == "between_legs":
        return ("emergency_saddle",)
    if report.where == "chest":
        return ("emergency_chest",)
    into_a_leg = bool(report.down_leg) or report.numb == "leg"
    if into_a_leg:
        return ("see_someone", "stop_today", "emergency_signs")
    if must_stop(report.pain, pain_before):
        return ("stop_today", "emergency_signs")
    return ("easy_does_it", "emergency_signs")


def changes_kind(report: HurtReport) -> bool:
    """Return whether what was told is another kind of pain, so that the screening's answers no longer hold."""
    return bool(report.down_leg) or report.numb in ("leg", "between_legs") or report.where == "chest"


def advise_before(pain: int | None, new_leg: bool | None) -> tuple[AdviceId, ...]:
    """Return what to tell someone instead of a session; nothing where the session may begin.

    Parameters
    ----------
    pain : 0..10 now, None where not told.
    new_leg : leg pain or numbness that is new, None where not told.
    """
    if new_leg:
        return ("see_someone", "emergency_signs")
    return ("rest_today", "emergency_signs") if must_stop(pain, None) else ()


def advise_after(pain_after: int | None, pain_before: int | None) -> tuple[AdviceId, ...]:
    """Return what to tell someone after a session that did not end in pain; mostly nothing."""
    return ("stop_today",) if must_stop(pain_after, pain_before) else ()
