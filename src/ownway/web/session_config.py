"""What the scripts of a session page need to know: addresses, names, and the person's choices."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from ownway.coach.records import Mode, Person
from ownway.exercises.loader import setup
from ownway.exercises.schema import Exercise
from ownway.web.translation import Translate


def session_config(
    request: Request,
    exercise: Exercise,
    person: Person,
    translate: Translate,
    *,
    mode: Mode,
    pain_before: int | None,
    bends_anyway: bool,
    session: str | None,
) -> dict[str, Any]:
    """Return the page's configuration, plain JSON data. Every address in it is whole, so that no script builds one."""
    some_summary = request.url_for("summary", session_id="-")
    return {
        "live": str(request.url_for("live")),
        "assets": str(request.url_for("assets", path="/")),
        "static": str(request.url_for("static", path="/")),
        "sample": None
        if exercise.sample is None
        else str(request.url_for("static", path=f"samples/{exercise.sample}")),
        "summary_base": str(some_summary).removesuffix("-"),
        "start": str(request.url_for("start")),
        "exercise": exercise.id,
        "mode": mode,
        "pain_before": pain_before,
        "bends_anyway": bends_anyway,
        # In a sample clip it is not this person who moves.
        "height_cm": None if mode == "sample" else person.height_cm,
        "session": session,
        "voice": person.voice,
        "view": exercise.camera.view,
        "pole": exercise.camera.pole,
        "phases": phase_labels(exercise, translate),
        "zones": zone_texts(exercise, translate),
        "hints": {sight.reason: translate(sight.hint) for sight in setup().sight},
        "half_period_s": exercise.repetitions.tempo_s if exercise.repetitions and exercise.swung else None,
        "swung": exercise.swung,
        "reaches": exercise.reach is not None,
    }


def phase_labels(exercise: Exercise, translate: Translate) -> dict[str, str]:
    """Return what stands on the screen for each phase; the exercise's title where nothing says."""
    _ = translate
    known = {
        "find": _("Looking for you"),
        "view": _("Finding the right view"),
        "stand": _("Stand still for a moment"),
        "lower": _("Fold forward"),
        "hold": _("Hold"),
        "rise": _("Come up"),
        "rest": _("Rest"),
        "swing": _("Swing"),
        "done": _("Done"),
    }
    named = {phase.name: _(phase.label) for phase in exercise.phases if phase.label}
    return {phase.name: _(exercise.title) for phase in exercise.phases} | known | named


def zone_texts(exercise: Exercise, translate: Translate) -> dict[str, str]:
    """Return the words for each zone of reach, none for an exercise that reaches for nothing."""
    if exercise.reach is None:
        return {}
    return {zone.id: translate(zone.text) for zone in (*exercise.reach.zones, exercise.reach.embrace)}
