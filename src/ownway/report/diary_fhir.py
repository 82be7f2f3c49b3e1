"""A diary as an HL7 FHIR R4 Bundle, for the programs of clinics: pain, function, what was done, how far one moves.

The way in which sessions and runs are told is that of the HL7 Physical Activity guide (1.0.1): a panel for each, with its
members. ``docs/DATA.md`` lists the codes, and what is left out: whatever a person wrote in their own words but for the activities
of the PSFS, and all that would say who they are.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ownway.coach.records import Measured
from ownway.exercises.loader import library
from ownway.programme.archive import Archive, ArchivedSession
from ownway.programme.diary import Entry
from ownway.programme.guided_run import RUN, as_run
from ownway.programme.questionnaires import RMDQ, Filled
from ownway.programme.runs import Outing, Run, counts, outings

Resource = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ACTIVITY = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
LOCAL = "urn:ownway:code"  # our own; what they mean stands in docs/DATA.md

_NAMES = uuid.UUID("6f0a1d8e-6a5c-5d0b-9b6e-0d2b6c7a4f11")
_SURVEY, _EXERCISE = "survey", "activity"


@dataclass(frozen=True, slots=True)
class _Code:
    code: str
    display: str
    system: str = LOCAL

    def plain(self) -> Resource:
        """Return it as a CodeableConcept."""
        return {"coding": [{"system": self.system, "code": self.code, "display": self.display}], "text": self.display}


PAIN = _Code("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", LOINC)
WORST = _Code("pain-worst-24h", "Worst pain in the last 24 hours, 0-10")
AVERAGE = _Code("pain-average-24h", "Average pain in the last 24 hours, 0-10")
PLACE = _Code("pain-place", "Where the pain is, and what it is like")
AREA, FEEL = _Code("pain-area", "Where it hurts"), _Code("pain-quality", "What it is like")
PANEL = _Code("PAPanel", "Physical Activity Panel", ACTIVITY)
KIND = _Code("73985-4", "Exercise activity", LOINC)
DURATION = _Code("55411-3", "Exercise duration", LOINC)
HEART_RATE = _Code("55425-3", "Heart rate unspecified time mean by Pedometer", LOINC)
WEEK = _Code("82290-8", "Frequency of moderate to vigorous aerobic physical activity", LOINC)
REPETITIONS = _Code("repetitions", "Repetitions in good form")
DISTANCE = _Code("distance", "Distance covered")
RMDQ_SCORE = _Code("rmdq-score", "Roland-Morris disability questionnaire, 24 items: score, 0-24")
PSFS_SCORE = _Code("psfs-score", "Patient-specific functional scale: mean of the own activities, 0-10")

KINDS: Mapping[str, _Code] = {
    "run": _Code("LA11836-6", "Running", LOINC),
    "walk": _Code("walk", "Walking"),
    "hamstring_stretch": _Code("hamstring-stretch", "Standing hamstring stretch"),
    "trunk_rotation": _Code("trunk-rotation", "Trunk rotation with a pole"),
}
# Fields of ``Measured`` with their code and UCUM unit.
MOVEMENT: Mapping[str, tuple[_Code, str]] = {
    "reach_cm": (_Code("reach", "Fingertips above the floor in the deepest good bend"), "cm"),
    "range_left_deg": (_Code("range-left", "How far to the own left, reached twice"), "deg"),
    "range_right_deg": (_Code("range-right", "How far to the own right, reached twice"), "deg"),
    "range_deg": (_Code("range", "How far, reached twice"), "deg"),
    "half_period_s": (_Code("half-period", "Time from one side to the other, median"), "s"),
}


def write(archive: Archive, now: datetime, patient_id: str) -> Iterator[bytes]:
    """Yield the bundle as JSON, resource by resource, each in a line of its own.

    Parameters
    ----------
    patient_id : what the person is called in it; best a name that says nothing of who they are.
    """
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": now.isoformat(timespec="seconds")}
    yield (json.dumps(head)[:-1] + ', "entry": [').encode()
    for count, resource in enumerate(resources(archive, patient_id)):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield f"{',' if count else ''}\n{json.dumps(entry, ensure_ascii=False, allow_nan=False)}".encode()
    yield b"\n]}\n"


def resources(archive: Archive, patient_id: str) -> Iterator[Resource]:
    """Yield everything of the bundle: the patient first, then each kind with the oldest first."""
    patient = _name("patient", patient_id)
    yield {"resourceType": "Patient", "id": patient}
    teller = _Teller(f"urn:uuid:{patient}")
    for entry in archive.entries:
        yield from teller.entry(entry)
    for filled in archive.filled:
        yield from teller.filled(filled)
    led: dict[str, Run] = {}
    for session in archive.sessions:
        if session.begun and session.record.ended_at is not None and session.record.mode != "sample":
            yield from teller.pain(session)
            if session.record.exercise_id == RUN:
                led[session.record.id] = as_run(session.record)
            else:
                yield from teller.session(session)
    told = list(reversed(outings(led, {kept.id: kept.run for kept in archive.runs})))
    for outing in told:
        yield from teller.outing(outing)
    yield from teller.weeks(told)


class _Teller:
    """Tells of one patient."""

    def __init__(self, patient: str) -> None:
        self._patient = {"reference": patient}

    def entry(self, entry: Entry) -> Iterator[Resource]:
        if entry.pain_now is not None:
            yield self._score(PAIN, entry.pain_now, f"entry/{entry.id}/now", {"effectiveDateTime": _iso(entry.at)})
        day = _period(entry.at - timedelta(hours=24), entry.at)
        for code, score in ((WORST, entry.pain_worst), (AVERAGE, entry.pain_average)):
            if score is not None:
                yield self._score(code, score, f"entry/{entry.id}/{code.code}", day)
        told = [(AREA, name) for name in entry.areas] + [(FEEL, name) for name in entry.feels]
        if told:
            where = self._observation(PLACE, f"entry/{entry.id}/place", {"effectiveDateTime": _iso(entry.at)}, _SURVEY)
            parts = ({"code": code.plain(), "valueCodeableConcept": _named(name)} for code, name in told)
            yield {**where, "component": list(parts)}

    def filled(self, filled: Filled) -> Iterator[Resource]:
        response = _name("filled", filled.id)
        yield {
            "resourceType": "QuestionnaireResponse",
            "id": response,
            "questionnaire": f"urn:ownway:questionnaire:{filled.kind}",
            "status": "completed",
            "subject": self._patient,
            "authored": _iso(filled.at),
            "source": self._patient,
            "item": _items(filled),
        }
        code = RMDQ_SCORE if filled.kind == "rmdq" else PSFS_SCORE
        score = self._score(code, filled.score, f"filled/{filled.id}/score", {"effectiveDateTime": _iso(filled.at)})
        yield {**score, "derivedFrom": [{"reference": f"urn:uuid:{response}"}]}

    def pain(self, session: ArchivedSession) -> Iterator[Resource]:
        record, name = session.record, f"session/{session.record.id}"
        end = record.ended_at or record.started_at
        told = ((record.pain_before, "before", record.started_at), (record.pain_after, "after", end))
        for score, when, at in told:
            if score is not None:
                yield self._score(PAIN, score, f"{name}/{when}", {"effectiveDateTime": _iso(at)})
        if session.hurt is not None and session.hurt.pain is not None:
            yield self._score(PAIN, session.hurt.pain, f"{name}/hurt", {"effectiveDateTime": _iso(end)})

    def session(self, session: ArchivedSession) -> Iterator[Resource]:
        record = session.record
        found = record.measured or Measured()
        measured = [
            (code, value, unit)
            for field, (code, unit) in MOVEMENT.items()
            if (value := getattr(found, field)) is not None
        ]
        kind = KINDS.get(record.exercise_id) or _code_of(record.exercise_id)
        done = [(DURATION, record.good_s / 60, "min")]
        if record.repetitions is not None:
            done.append((REPETITIONS, float(record.repetitions), "{repetitions}"))
        when = _period(record.started_at, record.ended_at or record.started_at)
        yield from self._panel(f"session/{record.id}", kind, when, (*done, *measured))

    def outing(self, outing: Outing) -> Iterator[Resource]:
        run = outing.run
        measured = (
            (DURATION, run.duration_s / 60, "min"),
            (DISTANCE, run.distance_m, "m"),
            (HEART_RATE, run.heart_rate_bpm, "/min"),
        )
        period = _period(run.started_at, run.started_at + timedelta(seconds=run.duration_s))
        yield from self._panel(
            _out(outing), KINDS[run.kind], period, [(c, v, unit) for c, v, unit in measured if v is not None]
        )

    def weeks(self, told: Iterable[Outing]) -> Iterator[Resource]:
        """Yield the minutes of each week (of this computer's calendar) with a run or brisk walk, told on its Sunday."""
        by_week: dict[date, list[Outing]] = {}
        for outing in told:
            if counts(outing.run):
                day = outing.run.started_at.astimezone().date()
                by_week.setdefault(day + timedelta(days=6 - day.weekday()), []).append(outing)
        for sunday, some in sorted(by_week.items()):
            minutes = sum(outing.run.duration_s for outing in some) / 60
            when = {"effectiveDateTime": f"{sunday}"}
            week = self._quantity(WEEK, minutes, "min/wk", f"week/{sunday}/{some[0].ids[0]}", when, _EXERCISE)
            members = [{"reference": f"urn:uuid:{_name(f'{_out(one)}/{DURATION.code}')}"} for one in some]
            yield {**week, "derivedFrom": members}

    def _panel(
        self, name: str, kind: _Code, when: Resource, measured: Iterable[tuple[_Code, float, str]]
    ) -> Iterator[Resource]:
        """Yield the members, then the panel that holds them together."""
        members = [
            {
                **self._observation(KIND, f"{name}/{KIND.code}", when, _EXERCISE),
                "valueCodeableConcept": kind.plain(),
            },
            *(self._quantity(c, value, unit, f"{name}/{c.code}", when, _EXERCISE) for c, value, unit in measured),
        ]
        yield from members
        panel = self._observation(PANEL, f"{name}/panel", when, _EXERCISE)
        yield {**panel, "hasMember": [{"reference": f"urn:uuid:{one['id']}"} for one in members]}

    def _score(self, code: _Code, score: float, name: str, when: Resource) -> Resource:
        return self._quantity(code, score, "{score}", name, when, _SURVEY)

    def _quantity(self, code: _Code, value: float, unit: str, name: str, when: Resource, category: str) -> Resource:
        quantity = {"value": round(value, 2), "unit": unit, "system": UCUM, "code": unit}
        return {**self._observation(code, name, when, category), "valueQuantity": quantity}

    def _observation(self, code: _Code, name: str, when: Resource, category: str) -> Resource:
        categories = [{"coding": [{"system": CATEGORY, "code": category}]}]
        if category == _EXERCISE:
            categories.append({"coding": [{"system": ACTIVITY, "code": "PhysicalActivity"}]})
        return {
            "resourceType": "Observation",
            "id": _name(name),
            "status": "final",
            "category": categories,
            "code": code.plain(),
            "subject": self._patient,
            **when,
            "performer": [self._patient],
        }


def _items(filled: Filled) -> list[Resource]:
    if filled.kind == "rmdq":
        return [
            {"linkId": str(number), "text": text, "answer": [{"valueBoolean": number in filled.ticked}]}
            for number, text in enumerate(RMDQ, 1)
        ]
    return [
        {"linkId": str(number), "text": text.strip() or "-", "answer": [{"valueInteger": value}]}
        for number, (text, value) in enumerate(filled.activities, 1)
    ]


def _named(name: str) -> Resource:
    return _Code(name.replace("_", "-"), name.replace("_", " ")).plain()


def _name(*parts: str) -> str:
    """Return the id of a resource: always the same one for the same thing, and nobody else's."""
    return str(uuid.uuid5(_NAMES, "/".join(parts)))


def _out(outing: Outing) -> str:
    return f"run/{outing.ids[0]}"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _period(start: datetime, end: datetime) -> Resource:
    return {"effectivePeriod": {"start": _iso(start), "end": _iso(max(start, end))}}


def _code_of(exercise_id: str) -> _Code:
    """Return our own code of an exercise; one of somebody's own is told by its id alone."""
    known = library().get(exercise_id)
    return _Code(exercise_id.replace("_", "-")[:64], exercise_id if known is None else known.title)
