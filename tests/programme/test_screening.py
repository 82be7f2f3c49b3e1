"""The questions before somebody exercises: what their answers mean, and when they are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.exercises.loader import library
from ownway.programme.screening import (
    ANSWERS,
    NEWS,
    OUTCOMES,
    QUESTIONS,
    Answer,
    Answers,
    Screening,
    answered,
    asked,
    begun,
    due,
    judge,
    judged,
    movements,
    open_question,
    told_by_age,
    with_cleared,
)

MOVEMENTS = movements(library().values())
NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
IDS = [question.id for question in QUESTIONS]
EMERGENCIES = [question.id for question in QUESTIONS if question.group == "emergency"]
LASTING = [question.id for question in QUESTIONS if question.lasting]
ALL_NO: Answers = dict.fromkeys(IDS, "no")

some_answers = st.dictionaries(st.sampled_from(IDS), st.sampled_from(ANSWERS))
some_ids = st.sets(st.sampled_from(IDS))


def finished(answers: Answers, at: datetime = NOON) -> Screening:
    """Return a screening with these answers that is over."""
    return Screening(1, at, answers=answers, finished_at=at)


@given(some_answers, some_ids, st.sampled_from(EMERGENCIES))
def test_an_emergency_always_wins(answers: Answers, cleared: set[str], sign: str) -> None:
    """Whatever else is answered, and whatever is said to be cleared; every movement waits."""
    verdict = judge({**answers, sign: "yes"}, cleared)
    assert verdict.outcome == "emergency"
    assert {question.group for question in verdict.because} == {"emergency"}
    assert set(verdict.held(MOVEMENTS)) == set(MOVEMENTS)


@given(some_answers)
def test_nobody_held_back_is_offered_the_movement(answers: Answers) -> None:
    """A sign that nobody cleared holds exactly the movements whose file names it; those of the first two groups all."""
    verdict = judge(answers)
    for question in QUESTIONS:
        for movement, cautions in MOVEMENTS.items():
            tells = answers.get(question.id) == "yes" and (question.group != "ask_first" or question.id in cautions)
            assert (question in verdict.held(MOVEMENTS).get(movement, ())) == tells
    if verdict.outcome in ("emergency", "see_someone"):
        assert set(verdict.held(MOVEMENTS)) == set(MOVEMENTS)


@given(some_answers, some_ids)
def test_what_is_not_answered_is_neither_yes_nor_no(answers: Answers, cleared: set[str]) -> None:
    """It holds nothing back, and it never lets the outcome be clear."""
    verdict = judge(answers, cleared)
    missing = {id_ for id_ in IDS if answers.get(id_, "unsaid") == "unsaid"}
    assert {question.id for question in verdict.unsaid} == missing
    assert not missing & {question.id for question in verdict.signs}
    assert not (missing and verdict.outcome == "clear")
    assert judge({id_: given_ for id_, given_ in answers.items() if given_ != "unsaid"}, cleared) == verdict


@given(some_answers, some_ids, st.sampled_from(IDS))
def test_one_more_sign_never_loosens_the_outcome(answers: Answers, cleared: set[str], sign: str) -> None:
    """It may only become stricter, and no movement comes free."""
    before, after = judge(answers, cleared - {sign}), judge({**answers, sign: "yes"}, cleared - {sign})
    assert OUTCOMES.index(after.outcome) <= OUTCOMES.index(before.outcome)
    assert set(before.held(MOVEMENTS)) <= set(after.held(MOVEMENTS))


@given(some_answers, some_ids)
def test_clearing_frees_what_was_cleared_and_nothing_else(answers: Answers, cleared: set[str]) -> None:
    """And never an emergency."""
    screening = with_cleared(finished(answers), cleared, NOON)
    assert set(screening.cleared) == {id_ for id_ in cleared - set(EMERGENCIES) if answers.get(id_) == "yes"}
    held = {question.id for question in judged(screening).signs}
    assert held == {id_ for id_ in IDS if answers.get(id_) == "yes" and id_ not in screening.cleared}


def test_only_a_no_to_everything_is_clear() -> None:
    """Then nothing waits."""
    verdict = judge(ALL_NO)
    assert (verdict.outcome, verdict.because, verdict.signs, verdict.unsaid) == ("clear", (), (), ())
    assert judge({}).outcome == "unsaid"


@pytest.mark.parametrize(
    ("sign", "waits"),
    [
        ("bones", {"hamstring_stretch", "trunk_rotation"}),
        ("eyes", {"hamstring_stretch"}),
        ("dizzy", {"hamstring_stretch", "run"}),
        ("heart", {"run"}),
        ("surgery", {"hamstring_stretch", "trunk_rotation", "run"}),
    ],
)
def test_a_caution_holds_back_its_movements(sign: str, waits: set[str]) -> None:
    """The others may be done, and a reason stands beside it."""
    daily = {name: MOVEMENTS[name] for name in ("hamstring_stretch", "trunk_rotation", "run")}
    verdict = judge({**ALL_NO, sign: "yes"})
    assert (verdict.outcome, set(verdict.held(daily))) == ("ask_first", waits)
    assert all(question.why for question in verdict.because)


def test_each_question_is_put_once_and_the_last_answer_ends_it() -> None:
    """Nothing is left out, nothing is asked twice, and it is not over before."""
    screening = begun(None, NOON)
    put: list[str] = []
    while (question := open_question(screening)) is not None:
        assert screening.finished_at is None
        put.append(question.id)
        screening = answered(screening, question.id, "no", NOON)
    assert put == IDS
    assert screening.finished_at == NOON


def test_the_sign_of_an_emergency_ends_the_questions_at_once() -> None:
    """Nobody answers twenty more before being told to call for help."""
    screening = answered(begun(None, NOON), "saddle", "yes", NOON)
    assert screening.finished_at == NOON
    assert judged(screening).outcome == "emergency"


def test_four_weeks_later_the_questions_are_due_in_short() -> None:
    """Not a day earlier; what lasts is taken over with what was cleared about it, what passes is asked anew."""
    first = with_cleared(finished({**ALL_NO, "eyes": "yes", "fall": "yes"}), ["eyes", "fall"], NOON)
    assert due(first, None, NOON + timedelta(days=27, hours=23)) is None
    later = NOON + timedelta(days=28)
    assert due(first, None, later) == "month"
    again = begun(first, later)
    assert due(first, again, later) == "unfinished"
    put = [question.id for question in asked(again)]
    assert put == [*(id_ for id_ in IDS if id_ not in LASTING), NEWS.id]
    for id_ in put:
        again = answered(again, id_, "no", later)
    assert again.finished_at == later
    assert again.answers["eyes"] == "yes"
    assert again.cleared == {"eyes": NOON}
    assert judged(again).outcome == "clear"


@pytest.mark.parametrize("news", ["yes", "unsaid"])
def test_news_open_the_lasting_questions_again(news: Answer) -> None:
    """Also what was cleared about them; taking the news back does not bring the old answers back."""
    first = with_cleared(finished({**ALL_NO, "eyes": "yes"}), ["eyes"], NOON)
    again = answered(begun(first, NOON), NEWS.id, news, NOON)
    again = answered(again, NEWS.id, "no", NOON)
    assert set(LASTING) <= {question.id for question in asked(again)}
    assert not set(LASTING) & set(again.answers)
    assert again.cleared == {}


def test_a_lasting_answer_that_was_left_out_is_asked_again() -> None:
    """Only a yes or a no is taken over."""
    again = begun(finished({**ALL_NO, "heart": "unsaid"}), NOON)
    assert "heart" in {question.id for question in asked(again)}


def test_the_questions_are_due_until_they_were_answered_to_the_end() -> None:
    """Before the first time, while a screening is open, and when the pain changed its kind."""
    assert due(None, None, NOON) == "first"
    assert due(finished(ALL_NO), begun(None, NOON), NOON) == "unfinished"
    changed = Screening(1, NOON, answers=ALL_NO, finished_at=NOON, outdated_at=NOON)
    assert due(changed, None, NOON) == "changed"
    assert due(finished(ALL_NO), None, NOON) is None


@given(
    st.dictionaries(st.sampled_from(LASTING), st.sampled_from(ANSWERS)),
    st.lists(st.sampled_from(ANSWERS), min_size=30, max_size=30),
)
def test_a_lasting_sign_is_never_lost_unasked(earlier: Answers, given_: list[Answer]) -> None:
    """However the short form is answered: a yes of before still holds, unless its question was put again."""
    first = finished({**ALL_NO, **earlier})
    again, put = begun(first, NOON), set[str]()
    answers = iter(given_)
    while again.finished_at is None:
        question = open_question(again)
        assert question is not None
        put.add(question.id)
        again = answered(again, question.id, next(answers), NOON)
    for id_ in LASTING:
        if first.answers[id_] == "yes" and id_ not in put and judged(again).outcome != "emergency":
            assert again.answers[id_] == "yes"


@pytest.mark.parametrize(
    ("birth_year", "spared"),
    [(None, False), (2006, False), (2005, True), (1990, True), (1971, True), (1970, False), (1900, False)],
)
def test_the_year_of_birth_spares_a_question_where_it_is_sure(birth_year: int | None, spared: bool) -> None:
    """Surely neither under 20 nor over 55, also before this year's birthday; else the question is put as ever."""
    told = told_by_age(birth_year, 2026)
    assert ("first_episode" in told) is spared
    screening = begun(None, NOON, told)
    assert ("first_episode" in {question.id for question in asked(screening)}) is not spared
    for question in asked(screening):
        screening = answered(screening, question.id, "no", NOON)
    assert screening.finished_at == NOON
    assert judged(screening).outcome == "clear"
