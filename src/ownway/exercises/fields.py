"""What each key of an exercise file means, in a sentence: for editors, the docs and messages. A test keeps it whole.

Beside it, what values make sense of themselves: bounds of numbers, and where words must not be missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from ownway.errors import later
from ownway.exercises.postures import ABOUT as POSTURES
from ownway.exercises.postures import BOUNDS as OF_POSTURES

ABOUT: Mapping[str, Mapping[str, str]] = {
    "Exercise": {
        "id": "Name of the exercise within Ownway: letters, digits and underscores. It never changes; the diary refers to it.",
        "version": "Counts up from 1 whenever the file changes what is done or counted. Each session keeps the version it was done with.",
        "title": "What the exercise is called.",
        "path": "Where it sits in the library, from the root of the tree down.",
        "summary": "What it does for somebody, in one or two sentences, without a promise.",
        "takes": "How long it takes, in words.",
        "needs": "What somebody needs for it, in words.",
        "steps": "How it is done, one short sentence a step.",
        "prepare": "What to do before the camera starts: where to stand, what to clear, what to wear.",
        "sample": "File name of the bundled clip that can be tried without a camera; empty or left out where there is none.",
        "licence": "Under which licence the file may be passed on, for example Apache-2.0 or CC-BY-4.0.",
        "camera": "From where it is filmed, and what must be seen.",
        "dose": "How much is done in a session.",
        "first_phase": "Name of the phase that the session begins with, once the person has stood still.",
        "phases": "The parts of the movement, in any order; their ways say what comes next.",
        "faults": "What is to be mended while it is done; each with a measure, a limit and a cue.",
        "marks": "Cues at certain times of the clock.",
        "cues": "Everything the coach says in this exercise.",
        "fault_texts": "One line for each kind of fault: what to work on, for the summary after the session.",
        "keeps": "Measures whose best value a set keeps, for the summary and the diary.",
        "hold": "Only for an exercise that is held: what tells that it is.",
        "reach": "Only where the hands reach for something: how far, in words.",
        "repetitions": "Only for an exercise that is repeated, to one side or to two: how repetitions are counted.",
        "demonstration": "What is shown of it: key postures in words and angles. A file of one's own is drawn by them; left out: there is no picture.",
        "without_pole": "Only with a pole: the words for whoever does without.",
        "author": "Who wrote the file, as it is to be shown.",
        "cautions": "Questions before exercise that ask a doctor first when answered yes; left out: all of them.",
        "bends": "Whether it bends the back, which the first hours after waking concern; left out: it does.",
        "levels": "Its ladder, the easiest level first; left out: there is one level, the dose.",
        "claims": "What is known of its effect, each with grade and sources.",
    },
    "Camera": {
        "view": "How the person stands: side-on to the camera, or facing it.",
        "must_see": "Parts of the body that must be in the picture before the movement begins.",
        "keep_seeing": "Parts that must stay in the picture during the movement; else the clock waits.",
        "stand_cue": "Cue that is said while the person stands still to be measured: stand_tall or look_ahead, or one of this file.",
        "pole": "Whether a long pole lies across the shoulders, which the coach then measures by.",
        "pole_wait_s": "For how long the pole is asked for before it goes on without.",
        "pause_by_hand": "Whether a hand held above the head pauses; false where the movement itself lifts the hands.",
    },
    "Dose": {
        "sets": "How many sets a session has.",
        "full_s": "Seconds on the clock that make a full set.",
        "most_s": "Seconds after which a set is long enough; at least full_s.",
        "counts_from_s": "Seconds in good form from which a set counts.",
        "rest_s": "Seconds of rest between sets.",
        "source": 'Where this dose comes from, or "Chosen by us: ..." and why.',
        "repetitions": "For an exercise that is repeated: so many done well, to both sides together, make a full set. full_s is then their number times tempo_s.",
        "counts_from_repetitions": "From so many repetitions done well a set counts.",
        "finishes": "Cues that end a session of a certain dose, true for each; any other dose ends with the cue done.",
    },
    "Finish": {
        "sets": "The number of sets that this cue is true for.",
        "full_s": "The seconds of a full set that it is true for.",
        "cue": "Id of the cue.",
    },
    "WithoutPole": {
        "needs": "What somebody needs who does without the pole.",
        "steps": "How it is done without.",
        "prepare": "What to do before the camera starts, without.",
    },
    "Phase": {
        "name": "What the phase is called in this file.",
        "label": "What stands on the screen meanwhile; not needed for names that Ownway knows, such as hold and rest.",
        "say": "Cue that tells what to do in it.",
        "say_again": "Cue in place of say once a set has counted.",
        "say_while": "Conditions under which the instruction still makes sense; else it is dropped unsaid.",
        "say_within_s": "The instruction is dropped unsaid after so many seconds in the phase.",
        "next": "The ways out; the first that is open is taken.",
        "counts": "Whether a set runs in this phase: its clock counts, and so do repetitions.",
        "clock_while": "The clock runs only while all of these hold.",
        "clock_patience_s": "... or held at most so many seconds ago.",
        "without_camera_s": "How many seconds the phase lasts where time alone guides.",
        "breathe": "Whether it is a rest whose countdown is shown.",
    },
    "Transition": {
        "to": "Name of the phase the way leads to, or done: the end of the session.",
        "when": "The way is open when all of these hold.",
        "for_s": "... for so many seconds without a break.",
        "at_clock_s": "The way is open when the clock of the set has reached so many seconds.",
        "after_s": "The way is open so many seconds after the phase began.",
        "set_full": "The way is open once the running set has its full dose: its repetitions, or its time.",
        "dose_met": "The way opens only once as many sets count as the dose asks for.",
    },
    "Condition": {
        "measure": "Name of the measure that is compared.",
        "above": "Holds while the measure is above this.",
        "below": "Holds while the measure is below this.",
        "within": "Holds while the measure is at most this in size, to either side of 0.",
        "beyond": "Holds while the measure is at least this in size, to either side of 0.",
        "below_share_of_peak": "Holds while the measure is below this share (0 to 1) of its largest value in the set.",
    },
    "Fault": {
        "kind": "What the fault is called in this file and in the diary; several rows may be of one kind.",
        "measure": "Name of the measure that shows it.",
        "phases": "Names of the phases in which it is watched for.",
        "cue": "Id of the cue that tells what to do.",
        "for_s": "So many seconds the limit must be passed before it is a fault.",
        "source": 'Where the limit comes from, or "Chosen by us: ..." and why.',
        "above": "It is a fault above this; goes with clear_below.",
        "below": "It is a fault below this; goes with clear_above.",
        "clear_below": "It is mended below this, which is a little lower than above.",
        "clear_above": "It is mended above this, which is a little higher than below.",
        "clear_for_s": "... for so many seconds.",
        "clock": "Whether the clock waits while it lasts, or runs on.",
        "joints": "Joints that are drawn in amber while it lasts.",
        "tells": "Measure whose worst value is told in place of this one.",
        "since": "Measure of unit s that knows when what is seen now began, where that lies before the limit.",
        "sure_from": "How sure the coach must be (0 to 1) before it says so; never less than setup.toml asks for.",
        "own": "Its limits follow the person's own tempo or range where that is gentler.",
    },
    "Mark": {
        "cue": "Id of the cue.",
        "phase": "Name of the phase in which it is said.",
        "at_s": "So many seconds on the clock of the set.",
        "left_s": "So many seconds before the full dose.",
        "at_count": "Said when so many repetitions are done well.",
        "left_count": "Said when so many repetitions are left.",
        "clean_only": "Only when the set had no fault so far: for praise.",
    },
    "CueText": {
        "id": "What the cue is called in this file.",
        "text": "What is said: at most six words, and what to do.",
        "level": "How urgent it is; what is more urgent is said first: stop, safety, sight, form, guide, time, praise.",
        "again_s": "It is not said again for so many seconds.",
        "most_times": "It is said at most so often in a set.",
        "most_times_in_session": "... and at most so often in a session.",
    },
    "Hold": {
        "measure": "Name of the angle whose course tells when the hold began and ended; it is 0 in the own standing.",
    },
    "Reach": {
        "zones": "Where the fingertips are, from the highest zone down.",
        "embrace": "The zone of whoever puts the hands around the legs.",
        "embrace_trunk_flexion_above_deg": "For that, the trunk is folded further than this.",
        "embrace_hand_behind_leg_cm": "... and the hand is so far behind the shin.",
    },
    "Zone": {
        "id": "What the zone is called in this file and in the diary.",
        "text": "What it is called for people.",
        "above": "Fingertips are in it above this height; the floor is 0, the own knee is 1.",
    },
    "Repetitions": {
        "measure": "Name of the angle that goes there and back; with two sides it is signed, positive to the person's own left.",
        "counts_from_deg": "It is a repetition once the angle went past this; chosen so that everybody's own way counts.",
        "back_deg": "It has turned once it came back by so much from its farthest; more than the measure wavers there.",
        "tempo_s": "The tempo that is shown: seconds from one repetition to the next, with two sides from side to side.",
        "sides": "1, or 2 for a movement to the left and to the right in turn.",
        "starts_from_deg": "A repetition begins past this; somebody who stands wavers by as much.",
        "ends_below_deg": "It counts only once the angle is back below this; left out: as soon as it has turned.",
        "only_while": "Where one of these is seen not to hold, somebody does something else: it is not counted, and nothing is called a fault.",
        "paces": "Cues that give the tempo where there is no camera: one repetition has them all, evenly spread.",
        "comfort": "Only where the range is the point: how far is too far.",
    },
    "Comfort": {
        "hard_limit_deg": "Further than this is too far for everybody.",
        "first_s": "For so many seconds on the clock the comfortable range may grow.",
        "margin_deg": "Afterwards so many degrees beyond it are too far for this person.",
    },
    "Demonstration": {
        "text": "The whole movement in words, for whoever does not see the figure.",
        "says": "What stands under the figure in each phase of its movement.",
        "pictures": "Key moments of the right way, in order.",
        "main": "Id of the picture that stands for the exercise.",
        "levels": "Ways of doing it that can be shown.",
        "faults": "What to avoid: every kind of fault.",
    },
    "Picture": {
        "id": "What the picture is called; where it is the name of a phase, it is shown in that phase.",
        "text": "What it shows, in words.",
        "posture": "How somebody stands in it; an own file is drawn by it.",
    },
    "KeyPosture": POSTURES,
    "Variant": {
        "id": "What it is called in the movement of the figure.",
        "title": "What it is called for people.",
        "says": "What stands under the figure in a phase, in place of the usual.",
        "posture": "How somebody stands who does it so; left out where a still picture cannot show it.",
    },
    "Rung": {
        "id": "What the level is called in this file and in the diary.",
        "text": "What the person does at it.",
        "sets": "How many sets it asks for.",
        "full_s": "Seconds of a full set at it.",
        "good_from_s": "Seconds in good form that make a good day.",
        "figure": "The still picture that shows it; left out where none would be true.",
        "pole": "Whether it needs the pole, where the exercise has one.",
        "camera": "Whether the coach can judge it by the camera.",
        "first": "Whoever is new begins here; exactly one level.",
    },
    "Claim": {
        "claim": "What is said to be known, in one plain sentence.",
        "grade": "How sure it is: strong, moderate, weak, or none where no trial was found.",
        "sources": "Ids of the sources that it rests on; docs/EXERCISES.md lists them.",
    },
}

LARGEST = 1e9  # chosen by us: far more than any angle, length or time, and every page and table can hold it

# Keys whose texts people read or hear, with all that stands within them; the others are names and numbers.
SPOKEN_KEYS = frozenset(
    {
        "title",
        "path",
        "summary",
        "takes",
        "needs",
        "steps",
        "prepare",
        "text",
        "hint",
        "fault_texts",
        "says",
        "claim",
        "label",
    }
)

# Keys that name a measure, in whichever table: editors complete them.
MEASURE_KEYS = frozenset({"measure", "since", "tells", "keeps"})

# Bounds of numbers by their key. Whatever is a time (``_s``) is never negative.
_BOUNDS: Mapping[str, tuple[float, float]] = {
    "version": (1, LARGEST),
    "sets": (1, LARGEST),
    "full_s": (1, LARGEST),
    "most_times": (1, LARGEST),
    "most_times_in_session": (1, LARGEST),
    "sure_from": (0, 1),
    "below_share_of_peak": (0, 1),
    "within": (0, LARGEST),
    "beyond": (0, LARGEST),
    "counts_from_deg": (1, 180),
    "starts_from_deg": (0.5, 180),
    "ends_below_deg": (0.5, 180),
    "back_deg": (0.5, 180),
    "hard_limit_deg": (1, 180),
    "margin_deg": (0, 180),
    "tempo_s": (0.5, LARGEST),
    "repetitions": (1, LARGEST),
    "counts_from_repetitions": (1, LARGEST),
    "at_count": (1, LARGEST),
    "left_count": (0, LARGEST),
    **OF_POSTURES,
}


def least_and_most(key: str) -> tuple[float, float]:
    """Return the bounds of a number with this key."""
    return _BOUNDS.get(key, (0, LARGEST) if key.endswith("_s") else (-LARGEST, LARGEST))


_WORDS = later("words that people read")
_NAME = later("a name")
_SOURCE = later('a source: a study, a guideline, or "Chosen by us: ..." and why')

# Where something must be written, and what.
BLANKS: Mapping[tuple[str, str], str] = {
    ("Exercise", "id"): _NAME,
    ("Exercise", "title"): _WORDS,
    ("Exercise", "summary"): _WORDS,
    ("Exercise", "steps"): later("at least one step"),
    ("Exercise", "path"): later("a place in the tree"),
    ("Exercise", "licence"): later("the name of a licence"),
    ("Exercise", "phases"): later("at least one phase"),
    ("Reach", "zones"): later("at least one zone"),
    ("Dose", "source"): _SOURCE,
    ("Fault", "source"): _SOURCE,
    ("Fault", "kind"): _NAME,
    ("Phase", "name"): _NAME,
    ("CueText", "id"): _NAME,
    ("CueText", "text"): _WORDS,
    ("Rung", "id"): _NAME,
    ("Rung", "text"): _WORDS,
    ("Claim", "claim"): _WORDS,
}
