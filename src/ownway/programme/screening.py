"""The questions before somebody exercises, and what their answers mean: whom to call, whom to ask, what to leave out.

The questions follow the red flags framework of Finucane 2020 (JOSPT 50:350): signs of an emergency (cauda equina, chest
pain), and signs for which somebody should look at the back first; these hold back every movement. Which of the others
(``cautions``) speaks against an exercise stands in its file. That is common knowledge of the field and was not checked
against a source; so is the caution about the heart before a run. That surgery, pregnancy and blood pressure hold back the
run as well is chosen by us, to be careful. Most single signs are poorly accurate, so nothing here names an illness: it
says whom to ask.

Missing is a value. An answer that was not given is neither a yes nor a no: it holds nobody back, and nobody who left one
out is told that nothing speaks against exercising.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeVar

from ownway.exercises.schema import Caution, Exercise

AGAIN_AFTER_DAYS = 28  # chosen by us: four weeks, about as long as an ordinary episode takes to change

FIRST_EPISODE_FROM, FIRST_EPISODE_TO = 20, 55  # years of age between which a first episode is no sign (Finucane 2020)

Answer = Literal["yes", "no", "unsaid"]
Answers = Mapping[str, Answer]
Movements = Mapping[str, Collection[str]]  # what somebody may do here, each with its cautions
Group = Literal["emergency", "see_someone", "ask_first", "news"]
Outcome = Literal["emergency", "see_someone", "ask_first", "unsaid", "clear"]
Due = Literal["first", "unfinished", "changed", "month"]
Bar = Literal["questions", "outcome"]

T = TypeVar("T")

ANSWERS: tuple[Answer, ...] = ("yes", "no", "unsaid")
OUTCOMES: tuple[Outcome, ...] = ("emergency", "see_someone", "ask_first", "unsaid", "clear")  # the strictest first

RUN = "run"
RUN_CAUTIONS: tuple[Caution, ...] = ("surgery", "pregnancy", "dizzy", "heart")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in plain words.

    Attributes
    ----------
    text : the question, to be answered with yes or no.
    more : one line that explains it.
    sign : what a yes tells, as it stands in a list.
    lasting : a condition that does not pass: its answer, and what was cleared about it, is kept until there is news.
    why : why they wait, or for an emergency what to say on the telephone.
    """

    id: str
    group: Group
    text: str
    more: str
    sign: str
    lasting: bool = False
    why: str = ""


QUESTIONS: tuple[Question, ...] = (
    # Finucane 2020: cauda equina; and chest pain
    Question(
        "saddle", "emergency",
        "Are you numb between the legs, or at your genitals?",
        "Where a saddle would touch you; or you newly feel less there during sex.",
        "numbness between the legs or at the genitals",
        why="My back hurts, and I have gone numb between the legs.",
    ),
    Question(
        "bladder_bowel", "emergency",
        "Do you have new trouble passing or holding urine or stool?",
        "Hard to begin, hard to feel or hard to hold, and it was not so before.",
        "new trouble passing or holding urine or stool",
        why="My back hurts, and I newly have trouble passing or holding urine or stool.",
    ),
    Question(
        "both_legs", "emergency",
        "Are pain or weakness spreading in both legs?",
        "In both at once, not in one alone.",
        "pain or weakness spreading in both legs",
        why="My back hurts, and pain or weakness is spreading in both of my legs.",
    ),
    Question(
        "chest", "emergency",
        "Do you have pain in your chest?",
        "Now, or again and again in these days.",
        "pain in the chest",
        why="I have pain in my chest.",
    ),
    # Finucane 2020; a leg that is newly painful or numb is our own stop rule (programme/pain.py)
    Question(
        "weak_leg", "see_someone",
        "Is a leg or a foot growing weaker?",
        "It gives way, or the foot drags.",
        "a leg that grows weaker",
    ),
    Question(
        "new_leg", "see_someone",
        "Have pain or numbness newly gone into a leg?",
        "New means: not so when somebody last looked at your back.",
        "pain or numbness newly in a leg",
    ),
    Question(
        "fever", "see_someone",
        "Do you have a fever, or feel ill?",
        "More than being tired.",
        "fever or feeling ill",
    ),
    Question(
        "weight", "see_someone",
        "Have you lost weight without knowing why?",
        "Without eating less or moving more.",
        "weight lost without a reason",
    ),
    Question(
        "fall", "see_someone",
        "Did you have a fall or an accident lately?",
        "A minor one counts too, if you have osteoporosis or took steroids for long.",
        "a fall or an accident lately",
    ),
    Question(
        "never_eases", "see_someone",
        "Is the pain worse at night, or does it never ease?",
        "However you lie, sit or stand.",
        "pain that is worse at night or never eases",
    ),
    Question(
        "deformity", "see_someone",
        "Has your back changed its shape, or is there a swelling?",
        "Something that was not there before.",
        "a change of shape or a swelling",
    ),
    Question(
        "shoulder_blades", "see_someone",
        "Is the pain between your shoulder blades?",
        "Rather than lower down.",
        "pain between the shoulder blades",
    ),
    Question(
        "cancer", "see_someone",
        "Have you ever had cancer?",
        "However long ago.",
        "a history of cancer",
        lasting=True,
    ),
    Question(
        "immune", "see_someone",
        "Is your immune system weakened, or have you injected drugs?",
        "Weakened by an illness, or by medicines such as steroids over a long time.",
        "a weakened immune system or injected drugs",
        lasting=True,
    ),
    Question(
        "first_episode", "see_someone",
        "Are you under 20 or over 55, and is this your first back pain?",
        "Yes only if both are so.",
        "a first back pain under 20 or over 55 years of age",
        lasting=True,
    ),
    # Cautions (``exercises.schema.Caution``): common knowledge of the field, not checked
    Question(
        "surgery", "ask_first",
        "Was your back operated on lately?",
        "If you are not sure whether it still counts, say yes.",
        "back surgery lately",
        why="After surgery, whoever operated knows how far and how soon you may bend, turn and run.",
    ),
    Question(
        "pregnancy", "ask_first",
        "Are you pregnant?",
        "Or might you be?",
        "pregnancy",
        why="In pregnancy, ask your midwife or doctor which movements suit you now.",
    ),
    Question(
        "dizzy", "ask_first",
        "Do you get dizzy with your head down, or is your blood pressure not under control?",
        "Not under control: too high in spite of medicines, or not looked at.",
        "dizziness with the head down or blood pressure not under control",
        why="Some movements take your head down, and some are an effort for your heart and vessels.",
    ),
    Question(
        "bones", "ask_first",
        "Do you have osteoporosis, or did a vertebra ever break?",
        "Brittle bones, or a broken bone of the spine.",
        "osteoporosis or a broken vertebra",
        lasting=True,
        why="Bending and turning load the spine; with brittle bones, ask how far you may go.",
    ),
    Question(
        "eyes", "ask_first",
        "Do you have glaucoma or a disease of the retina?",
        "Raised pressure in the eye, or trouble at the back of it.",
        "glaucoma or a disease of the retina",
        lasting=True,
        why="With the head down the pressure in the eyes rises; ask your eye doctor whether you may.",
    ),
    Question(
        "hip", "ask_first",
        "Do you have an artificial hip?",
        "On one side or on both.",
        "an artificial hip",
        lasting=True,
        why="Bending deep is not good for every artificial hip; ask how far yours may go.",
    ),
    Question(
        "heart", "ask_first",
        "Do you have heart disease, or did you ever faint or feel your chest hurt in an effort?",
        "While running, climbing stairs or carrying something heavy.",
        "heart disease, or fainting or chest pain in an effort",
        lasting=True,
        why="Your heart works harder in an effort; ask how much of it suits yours.",
    ),
)  # fmt: skip

# Asked instead of the lasting ones where these were answered before; a yes, or no answer, asks them after all.
NEWS = Question(
    "news", "news",
    "Has anything about your health changed since you last answered?",
    "A doctor told you of an illness, or you had an operation.",
    "something new about your health",
)  # fmt: skip

BY_ID: Mapping[str, Question] = {question.id: question for question in (*QUESTIONS, NEWS)}

# One sentence each: why the questions come now.
WHY_NOW: Mapping[Due, str] = {
    "first": "You see this because you have not answered these questions yet.",
    "unfinished": "You see this because you began to answer and did not come to the end.",
    "changed": "You see this because you told of a pain or numbness of another kind.",
    "month": "You see this because four weeks have passed since you last answered.",
}


@dataclass(frozen=True, slots=True)
class Screening:
    """What somebody answered once, whole.

    Attributes
    ----------
    number : 1 for the first, counted on from there.
    answers : by the question's id; a question that was not asked, or not yet, is missing.
    short : asked again, so that lasting answers may be taken over.
    carried : ids of the lasting questions whose answers are taken over from the time before, or known otherwise.
    finished_at : None while the questions are being answered.
    cleared : by the question's id, when the person said that somebody who knows their back lets them exercise.
    outdated_at : when the pain was said to have changed its kind; from then on the questions are due.
    """

    number: int
    begun_at: datetime
    answers: Answers = field(default_factory=dict)
    short: bool = False
    carried: tuple[str, ...] = ()
    finished_at: datetime | None = None
    cleared: Mapping[str, datetime] = field(default_factory=dict)
    outdated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers amount to.

    Attributes
    ----------
    outcome : the strictest that an answer asks for.
    because : the questions that ask for it.
    signs : the questions with a yes that nobody cleared, in the order of their urgency.
    unsaid : the questions without an answer.
    """

    outcome: Outcome
    because: tuple[Question, ...]
    signs: tuple[Question, ...]
    unsaid: tuple[Question, ...]

    def holding(self, cautions: Collection[str]) -> tuple[Question, ...]:
        """Return the questions that hold back a movement with these cautions; none where it may be done."""
        return tuple(sign for sign in self.signs if sign.group != "ask_first" or sign.id in cautions)

    def held(self, movements: Movements) -> dict[str, tuple[Question, ...]]:
        """Return the movements that wait, each with the questions that hold it back."""
        return {name: signs for name, cautions in movements.items() if (signs := self.holding(cautions))}


def movements(exercises: Iterable[Exercise]) -> Movements:
    """Return what somebody may do here: these exercises, and the run."""
    return {**{exercise.id: exercise.cautions for exercise in exercises}, RUN: RUN_CAUTIONS}


def judge(answers: Answers, cleared: Collection[str] = ()) -> Verdict:
    """Return what these answers amount to.

    An emergency wins over everything and cannot be cleared: the questions are answered anew when it is over. Any other
    sign counts until the person says that it was cleared. ``clear`` needs a no, or a yes that was cleared, to every
    question.
    """
    signs = [
        question
        for question in QUESTIONS
        if answers.get(question.id) == "yes" and (question.group == "emergency" or question.id not in cleared)
    ]
    unsaid = tuple(question for question in QUESTIONS if answers.get(question.id) not in ("yes", "no"))
    groups = {question.group for question in signs}
    outcome: Outcome = next((o for o in OUTCOMES if o in groups), "unsaid" if unsaid else "clear")
    return Verdict(
        outcome=outcome,
        because=tuple(question for question in signs if question.group == outcome),
        signs=tuple(signs),
        unsaid=unsaid,
    )


def judged(screening: Screening) -> Verdict:
    """Return what a screening amounts to, with what was cleared since."""
    return judge(screening.answers, screening.cleared)


def due(latest: Screening | None, unfinished: Screening | None, now: datetime) -> Due | None:
    """Return why the questions are to be answered before the next session; None where they are not.

    Parameters
    ----------
    latest : the newest screening that was finished.
    unfinished : the one that is being answered. It counts until it is finished: what was begun may hold a danger sign.
    """
    if unfinished is not None:
        return "unfinished"
    if latest is None or latest.finished_at is None:
        return "first"
    if latest.outdated_at is not None:
        return "changed"
    return "month" if (now - latest.finished_at).days >= AGAIN_AFTER_DAYS else None


def bar(latest: Screening | None, unfinished: Screening | None, cautions: Collection[str], now: datetime) -> Bar | None:
    """Return what comes before a movement with these cautions: the questions where they are due, the outcome where it holds back."""
    if latest is None or due(latest, unfinished, now) is not None:
        return "questions"
    return "outcome" if judged(latest).holding(cautions) else None


def outdated(screening: Screening, now: datetime) -> Screening:
    """Return the screening as no longer to be relied on: the pain has changed its kind."""
    return replace(screening, outdated_at=screening.outdated_at or now)


def told_by_age(birth_year: int | None, this_year: int) -> Answers:
    """Return the answers that the year of birth gives: who is surely neither under 20 nor over 55 need not say so.

    Somebody born in 2000 is 25 or 26 in 2026, and so the ages at both ends of the range are left to the question.
    """
    sure = birth_year is not None and FIRST_EPISODE_FROM < this_year - birth_year <= FIRST_EPISODE_TO
    return {"first_episode": "no"} if sure else {}


def begun(latest: Screening | None, now: datetime, told: Answers | None = None) -> Screening:
    """Return a new screening; the lasting answers, and what was cleared about them, are taken over from the latest.

    Parameters
    ----------
    told : answers that are known otherwise (``told_by_age``), and not asked for.
    """
    known = dict(told or {})
    if latest is None:
        return Screening(1, now, answers=known, carried=tuple(known))
    kept = {q.id: latest.answers[q.id] for q in QUESTIONS if q.lasting and latest.answers.get(q.id) in ("yes", "no")}
    taken = {**kept, **known}
    return Screening(
        latest.number + 1,
        now,
        answers=taken,
        short=bool(kept),
        carried=tuple(taken),
        cleared={id_: at for id_, at in latest.cleared.items() if id_ in kept},
    )


def asked(screening: Screening) -> tuple[Question, ...]:
    """Return the questions of this screening in their order; the short form leaves out what was taken over."""
    if not screening.short:
        return tuple(question for question in QUESTIONS if question.id not in screening.carried)
    passing = tuple(question for question in QUESTIONS if not question.lasting)
    lasting = tuple(question for question in QUESTIONS if question.lasting and question.id not in screening.carried)
    return (*passing, NEWS, *lasting)


def answered(screening: Screening, question_id: str, answer: Answer, now: datetime) -> Screening:
    """Return the screening with this answer; finished by the last one, or at once by the sign of an emergency.

    With news nothing is taken over: the lasting questions are open again, and so is what was cleared about them. They
    stay so when the person comes back and takes the news away.
    """
    changed = replace(
        screening,
        answers={**screening.answers, question_id: answer},
        cleared=_without(screening.cleared, (question_id,)),
    )
    if question_id == NEWS.id and answer != "no":
        changed = replace(
            changed,
            answers=_without(changed.answers, screening.carried),
            cleared=_without(changed.cleared, screening.carried),
            carried=(),
        )
    emergency = judged(changed).outcome == "emergency"
    return replace(changed, finished_at=now) if emergency or open_question(changed) is None else changed


def open_question(screening: Screening, after: str | None = None) -> Question | None:
    """Return the next question that was not put yet, looked for from ``after`` on; None where all were."""
    questions = asked(screening)
    ids = [question.id for question in questions]
    start = ids.index(after) + 1 if after in ids else 0
    ahead = (*questions[start:], *questions[:start])
    return next((q for q in ahead if q.id not in screening.answers), None)


def with_cleared(screening: Screening, question_ids: Collection[str], now: datetime) -> Screening:
    """Return the screening with these signs cleared by the person's word, dated; an emergency cannot be."""
    new = {
        q.id: now
        for q in QUESTIONS
        if q.id in question_ids and q.group != "emergency" and screening.answers.get(q.id) == "yes"
    }
    return replace(screening, cleared={**new, **screening.cleared})


def _without(given: Mapping[str, T], ids: Collection[str]) -> dict[str, T]:
    return {id_: value for id_, value in given.items() if id_ not in ids}
