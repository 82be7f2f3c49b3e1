"""How sure a claim is: the words for it, and the mark beside them, so that colour alone never tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from ownway.errors import later
from ownway.exercises.schema import Grade

GRADES: tuple[Grade, ...] = get_args(Grade)  # the surest first

WORDS: Mapping[Grade, str] = {
    "strong": later("strong evidence"),
    "moderate": later("moderate evidence"),
    "weak": later("weak evidence"),
    "none": later("no evidence found"),
}
MARKS: Mapping[Grade, str] = {"strong": "●●●", "moderate": "●●○", "weak": "●○○", "none": "○○○"}
MEANINGS: Mapping[Grade, str] = {
    "strong": later("Several good trials, or a review of them, agree. More of them would hardly change the picture."),
    "moderate": later("Good trials point one way. More of them may still change how much."),
    "weak": later("Few, small or mixed studies, or studies that disagree. The next one may turn it round."),
    "none": later("We looked and found no study of it. It may help or not: nobody has tried in a way that tells."),
}
