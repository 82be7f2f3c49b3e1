"""Every text that a person sees or hears stands in the template for translators."""

from __future__ import annotations

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ownway.exercises.loader import library, setup
from ownway.programme.pain import ADVICE
from ownway.programme.screening import BY_ID, WHY_NOW
from ownway.web.translation import NAMES
from tools.messages import TEMPLATE_FILE, catalogs, compiled, messages, renewed, spoken, strings

PLACES = re.compile(r"\{\w*\}|%\(\w+\)s|%%")


def test_the_template_is_current() -> None:
    """A changed text changes it: run ``python -m tools.messages``."""
    assert TEMPLATE_FILE.read_text(encoding="utf-8") == messages()


def test_what_is_spoken_is_collected_and_what_is_a_name_is_not() -> None:
    """Cues, hints, steps; never an id, a phase or the source of a threshold."""
    data = {
        "id": "x", "title": "T", "steps": ["one", "two"], "cues": [{"id": "c", "text": "Breathe."}],
        "faults": [{"kind": "k", "source": "chosen by us"}], "fault_texts": {"k": "Slowly."},
        "reach": {"zones": [{"id": "z", "text": "toes"}]}, "sight": [{"reason": "r", "hint": "Lamp."}],
    }  # fmt: skip
    assert list(spoken(data)) == ["T", "one", "two", "Breathe.", "Slowly.", "toes", "Lamp."]


def test_every_cue_question_and_advice_is_in_the_template() -> None:
    """As one would search for it, line breaks aside."""
    text = "".join(line.strip().strip('"') for line in TEMPLATE_FILE.read_text(encoding="utf-8").splitlines())
    cues = [cue.text for exercise in library().values() for cue in exercise.cues]
    for wanted in (
        *cues,
        *(cue.text for cue in setup().cues),
        *(sight.hint for sight in setup().sight),
        *ADVICE.values(),
        *WHY_NOW.values(),
        *(text for question in BY_ID.values() for text in (question.text, question.more, question.sign, question.why)),
        "There is no such exercise in the library.",  # told through ``services.translate``
    ):
        assert wanted in text


@pytest.mark.parametrize("file", catalogs(), ids=lambda file: file.parent.parent.name)
def test_a_language_is_whole(file: Path) -> None:
    """Every text of today is translated, with the same places to fill in; what is read at run time was made from it."""
    assert file.parent.parent.name in NAMES
    assert file.read_text(encoding="utf-8") == renewed(file)
    assert file.with_suffix(".mo").read_bytes() == compiled(file)
    wrong = []
    for message in read_po(io.BytesIO(file.read_bytes())):
        ids, said = strings(message.id), strings(message.string)
        if not all(ids):
            continue  # the header
        places = {frozenset(PLACES.findall(text)) for text in said}
        if not all(said) or not places <= {frozenset(PLACES.findall(text)) for text in ids}:
            wrong.append(ids[0])
    assert wrong == []


@pytest.mark.parametrize("file", catalogs(), ids=lambda file: file.parent.parent.name)
def test_a_cue_is_short_in_every_language(file: Path) -> None:
    """At most six words, as in English: the voice must be done before its reason has passed."""
    with file.with_suffix(".mo").open("rb") as opened:
        words = gettext.GNUTranslations(opened)
    cues = [cue.text for exercise in library().values() for cue in exercise.cues] + [cue.text for cue in setup().cues]
    spoken_cues = {words.gettext(text) for text in cues}
    assert [text for text in spoken_cues if len([w for w in text.split() if w.strip("….,:–-")]) > 6] == []
