"""A diary as a FHIR bundle, against the models of another library and by hand.

That library has models of R4B and none of R4 any more. R4B (4.3.0) changed other resources than ours; what an R4 Bundle,
Patient, Observation and QuestionnaireResponse may hold is therefore listed here as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from ownway.programme.archive import Archive
from ownway.report.diary_fhir import resources, write
from tests.archives import NOON, everything

Resource = dict[str, Any]

# Of FHIR R4 (4.0.1), as far as we use it; the value is one of value[x] and effective[x].
R4 = {
    "Patient": {"resourceType", "id"},
    "Observation": {
        "resourceType", "id", "status", "category", "code", "subject", "effectiveDateTime", "effectivePeriod", "performer",
        "valueQuantity", "valueCodeableConcept", "hasMember", "derivedFrom", "component",
    },
    "QuestionnaireResponse": {"resourceType", "id", "questionnaire", "status", "subject", "authored", "source", "item"},
}  # fmt: skip
# What UCUM knows of our units.
UNITS = {"{score}", "{repetitions}", "min", "min/wk", "m", "/min", "cm", "deg", "s"}


@pytest.fixture(scope="module")
def told() -> list[Resource]:
    return list(resources(everything(), "anybody"))


def coded(told: list[Resource], code: str) -> list[Resource]:
    return [one for one in told if one.get("code", {}).get("coding", [{}])[0].get("code") == code]


def values(told: list[Resource], code: str) -> list[tuple[float, str]]:
    return [(one["valueQuantity"]["value"], one["valueQuantity"]["code"]) for one in coded(told, code)]


def references(one: Any) -> Iterator[str]:
    if isinstance(one, dict):
        yield from ([one["reference"]] if "reference" in one else [])
    for inner in one.values() if isinstance(one, dict) else one if isinstance(one, list) else ():
        yield from references(inner)


def test_the_bundle_is_valid() -> None:
    """As another library's models see it, whole and of an empty diary."""
    for archive in (everything(), Archive()):
        data = b"".join(write(archive, NOON, "anybody"))
        bundle = Bundle.model_validate_json(data)
        assert len(bundle.entry or []) == len(json.loads(data)["entry"])


def test_nothing_but_what_r4_has(told: list[Resource]) -> None:
    """No element that came later; one value and one time at most; every observation says what, of whom, when."""
    for one in told:
        names = set(one)
        assert names <= R4[one["resourceType"]]
        if one["resourceType"] == "Observation":
            assert {"status", "category", "code", "subject"} <= names
            assert sum(name.startswith("effective") for name in names) == 1
            assert sum(name.startswith("value") for name in names) <= 1
            assert any(name.startswith("value") or name in ("hasMember", "component") for name in names)
            quantity = one.get("valueQuantity", {"system": "http://unitsofmeasure.org", "code": "min"})
            assert quantity["system"] == "http://unitsofmeasure.org"
            assert quantity["code"] in UNITS


def test_every_reference_leads_somewhere(told: list[Resource]) -> None:
    """Within the bundle, and no two things have one name."""
    names = [f"urn:uuid:{one['id']}" for one in told]
    assert len(set(names)) == len(names)
    assert set(references(told)) <= set(names)


def test_pain_is_told_with_its_code(told: list[Resource]) -> None:
    """Before, after, when it hurt, and in the diary; worst and average have codes of our own."""
    assert sorted(values(told, "72514-3")) == [
        (1, "{score}"),
        (2, "{score}"),
        (3, "{score}"),
        (4, "{score}"),
        (6, "{score}"),
    ]
    assert values(told, "pain-worst-24h") == [(5, "{score}")]
    assert values(told, "pain-average-24h") == [(4, "{score}")]
    (place,) = coded(told, "pain-place")
    assert [part["valueCodeableConcept"]["text"] for part in place["component"]] == [
        "lower back", "calf left", "dull", "numb",
    ]  # fmt: skip


def test_sessions_and_runs_are_panels_with_members(told: list[Resource]) -> None:
    """As the Physical Activity guide groups them; a sample clip is nobody's exercise, and a run that two know of is one."""
    panels = coded(told, "PAPanel")
    by_name = {f"urn:uuid:{one['id']}": one for one in told}
    members = [
        [by_name[one["reference"]]["code"]["coding"][0]["code"] for one in panel["hasMember"]] for panel in panels
    ]
    assert members == [
        ["73985-4", "55411-3", "reach"],
        ["73985-4", "55411-3", "range-left", "range-right", "half-period"],
        ["73985-4", "55411-3", "repetitions", "range"],
        ["73985-4", "55411-3", "distance", "55425-3"],
        ["73985-4", "55411-3", "distance", "55425-3"],
        ["73985-4", "55411-3"],
    ]
    kinds = [one["valueCodeableConcept"]["text"] for one in coded(told, "73985-4")]
    assert kinds == [
        "Standing hamstring stretch", "Trunk rotation with a pole", "Half squat", "Running", "Running", "Walking",
    ]  # fmt: skip
    assert values(told, "55411-3")[:2] == [(1.07, "min"), (2.0, "min")]
    assert values(told, "reach") == [(12.5, "cm")]
    assert values(told, "repetitions") == [(20.0, "{repetitions}")]


def test_minutes_a_week_are_those_of_runs_and_brisk_walks(told: list[Resource]) -> None:
    """Of one week; it is derived from the durations."""
    (week,) = coded(told, "82290-8")
    assert (week["valueQuantity"]["value"], week["valueQuantity"]["code"]) == (82.17, "min/wk")
    assert week["effectiveDateTime"] == "2026-11-29"
    assert len(week["derivedFrom"]) == 3


def test_questionnaires_are_answered_and_scored(told: list[Resource]) -> None:
    """The scores have codes of our own, since LOINC has none that is confirmed."""
    rmdq, psfs = (one for one in told if one["resourceType"] == "QuestionnaireResponse")
    assert [item["answer"][0]["valueBoolean"] for item in rmdq["item"]].count(True) == 3
    assert [item["text"] for item in psfs["item"]] == ["carrying wood", "sitting"]
    assert values(told, "rmdq-score") == [(3.0, "{score}")]
    assert values(told, "psfs-score") == [(4.0, "{score}")]


def test_nothing_says_who_it_is() -> None:
    """No name, no year of birth, no note, no medicine; another export calls the person otherwise."""
    data = b"".join(write(everything(), NOON, "anybody"))
    for secret in (b"Ada", b"1980", b"garden", b"HYPERLINK", b"medicine"):
        assert secret not in data
    first, second = (next(resources(everything(), name)) for name in ("one", "another"))
    assert first["id"] != second["id"]
