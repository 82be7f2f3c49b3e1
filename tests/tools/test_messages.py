"""Every text that a person sees or hears stands in the template for translators."""

from __future__ import annotations

from ownway.exercises.loader import library, setup
from ownway.programme.pain import ADVICE
from ownway.programme.screening import BY_ID, WHY_NOW
from tools.messages import TEMPLATE_FILE, messages, spoken


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
