"""What an exercise file may say: frozen dataclasses, one field a key. ``loader`` reads and checks them.

An exercise combines rows of a few tables: measures (``body.measures``), phases, faults, marks and cues. It holds no code.
Angles are degrees, lengths cm, times seconds, always in the key's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from ownway.exercises.postures import Arms

View = Literal["side", "front"]
Group = Literal["head", "hands", "trunk", "legs", "feet"]
Counts = Literal["held", "swung", "repeated"]
Level = Literal["stop", "safety", "sight", "form", "guide", "time", "praise"]
# Questions of the screening (``programme.screening``) that ask first; all others hold every movement back.
Caution = Literal["surgery", "pregnancy", "dizzy", "bones", "eyes", "hip", "heart"]
Grade = Literal["strong", "moderate", "weak", "none"]

CAUTIONS: tuple[Caution, ...] = get_args(Caution)

_REACHING = {"reach_height", "reach_held", "hand_behind_leg_cm"}  # what reach is told by
LAST_PHASE = "done"  # built in: entering it ends the session; so is its cue called
_NO_END = 1_000_000
# From this share of one that counts the movement is under way: chosen by us, more than standing wavers, and early enough to say
# something before the farthest point.
UNDER_WAY_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Condition:
    """A threshold on a measure: exactly one of its limits. ``within`` and ``beyond`` look at the size alone."""

    measure: str
    above: float | None = None
    below: float | None = None
    within: float | None = None
    beyond: float | None = None
    below_share_of_peak: float | None = None  # below this share of the measure's peak in the running set


@dataclass(frozen=True, slots=True)
class Transition:
    """A way out of a phase.

    All of ``when`` hold for ``for_s``, or the clock has reached ``at_clock_s``, or ``after_s`` passed, or (``set_full``) the set
    has its full dose: its repetitions, or its time.
    """

    to: str
    when: tuple[Condition, ...] = ()
    for_s: float = 0.0
    at_clock_s: float | None = None
    after_s: float | None = None
    set_full: bool = False  # once the running set has its full dose
    dose_met: bool = False  # only open once the sets that count are done


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the exercise. ``say`` is its instruction; ``next`` its ways out, the first open one is taken."""

    name: str
    label: str | None = (
        None  # what stands on the screen meanwhile; not needed for names that Ownway knows: hold, rest, swing, ...
    )
    say: str | None = None
    say_again: str | None = None  # instead of ``say`` once a set has counted
    say_while: tuple[Condition, ...] = ()  # the instruction is dropped unsaid once this no longer holds
    say_within_s: float = 6.0  # ... or after so long in the phase
    next: tuple[Transition, ...] = ()
    counts: bool = False  # a set runs in this phase: its clock counts, and so do repetitions
    clock_while: tuple[Condition, ...] = ()  # the clock runs only while all of these hold
    clock_patience_s: float = 0.0  # ... or held at most this long ago
    without_camera_s: float | None = None  # how long the phase lasts in the mode without camera
    breathe: bool = False  # a rest whose countdown is shown


@dataclass(frozen=True, slots=True)
class Fault:
    """A threshold with hysteresis and persistence on a measure, in some phases."""

    kind: str
    measure: str
    phases: tuple[str, ...]
    cue: str
    for_s: float
    source: str
    above: float | None = None
    below: float | None = None
    clear_below: float | None = None
    clear_above: float | None = None
    clear_for_s: float = 0.3
    clock: Literal["waits", "runs"] = "waits"
    joints: tuple[str, ...] = ()  # drawn in amber while it lasts
    tells: str | None = None  # the measure whose worst value is told, where it is not ``measure``
    since: str | None = None  # a measure that tells when what is seen now began, where that is before the threshold
    sure_from: float = 0.0  # nobody is accused of what is less sure than this (or than ``setup.toml`` says), 0..1
    own: Literal["tempo", "range"] | None = None  # its limits follow the person's own, where that is gentler


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue at a time of the set's clock (``at_s`` on it, or ``left_s`` before the full dose), or at a count of repetitions.

    Counted are those done well: ``at_count`` of them are done, or ``left_count`` are left. Exactly one of the four is given.
    """

    cue: str
    phase: str
    at_s: float | None = None
    left_s: float | None = None
    at_count: int | None = None
    left_count: int | None = None
    clean_only: bool = False  # only when the set had no fault so far


@dataclass(frozen=True, slots=True)
class CueText:
    """Something to say. ``again_s`` and ``most_times`` (in a set) keep it from nagging."""

    id: str
    text: str
    level: Level
    again_s: float = 8.0
    most_times: int = 3
    most_times_in_session: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """How far the hands reach: the first zone whose ``above`` (height of the fingertips / of the knees) is met."""

    id: str
    text: str
    above: float


@dataclass(frozen=True, slots=True)
class Reach:
    """How reach is told, for exercises that reach for something. ``embrace_*``: hands around the legs, trunk folded flat."""

    zones: tuple[Zone, ...]
    embrace: Zone
    embrace_trunk_flexion_above_deg: float
    embrace_hand_behind_leg_cm: float


@dataclass(frozen=True, slots=True)
class Comfort:
    """How far to either side is too far: a range that the person shows, within a limit for everybody."""

    hard_limit_deg: float  # beyond this is over-rotation for everybody
    first_s: float  # the comfortable range may grow for so long on the clock
    margin_deg: float  # afterwards, so far beyond it is over-rotation for this person


@dataclass(frozen=True, slots=True)
class Repetitions:
    """How repetitions are counted: excursions of one angle from the own standing, to one side or to two.

    One begins past ``starts_from_deg``, is one once it went past ``counts_from_deg``, and has turned when it came back from
    its farthest by ``back_deg``. It counts then, or where ``ends_below_deg`` is given only once it is back that near to
    standing; so a fault on the way back still spoils it. In bad form for which the clock waits it does not count. Where one of
    ``only_while`` is seen to be broken it is another movement: none of this one is counted, and nothing of it is a fault.
    """

    measure: str  # an angle in degrees; with two sides it is signed, positive to the person's own left
    counts_from_deg: float
    back_deg: float  # more than the measure wavers at the farthest point
    tempo_s: float  # shown, and given without camera: from one repetition to the next, with two sides from side to side
    sides: Literal[1, 2] = 1
    starts_from_deg: float = 4.0  # so near to standing none has begun: a standing person wavers by as much
    ends_below_deg: float | None = None
    only_while: tuple[Condition, ...] = ()
    paces: tuple[str, ...] = ()  # cues that give the tempo without camera: one repetition has them all, evenly spread
    comfort: Comfort | None = None  # for movements whose range is the point


@dataclass(frozen=True, slots=True)
class Hold:
    """How a hold is told from the movement around it: by the course of one angle, which is 0 in the own standing."""

    measure: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The cue that ends a session of this dose: it says how much was done, and so it must be true."""

    sets: int
    full_s: float
    cue: str


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: ``sets`` of ``full_s``, at most ``most_s``; a set counts from ``counts_from_s``.

    Where ``repetitions`` is given, a set is so many of them done well, to both sides together, and counts from
    ``counts_from_repetitions``. ``full_s`` is then their number times the tempo: what they are worth to a plan, and how long
    they take without camera. ``most_s`` ends no such set.
    """

    sets: int
    full_s: float
    most_s: float
    counts_from_s: float
    rest_s: float
    source: str
    finishes: tuple[Finish, ...] = ()  # any other dose ends with the cue ``done``
    repetitions: int | None = None
    counts_from_repetitions: int = 1


@dataclass(frozen=True, slots=True)
class WithoutPole:
    """The words for whoever does without the pole, in place of those that speak of one."""

    needs: str
    steps: tuple[str, ...]
    prepare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Camera:
    """From where it is filmed and what must be seen, and the limits within which the engine judges."""

    view: View
    must_see: tuple[Group, ...]  # before the movement begins
    keep_seeing: tuple[Group, ...]  # during it
    stand_cue: str  # said while the person stands still to be calibrated
    pole: bool = False
    pole_wait_s: float = 0.0  # so long the pole is asked for; then it goes on without, coarser
    pause_by_hand: bool = True


@dataclass(frozen=True, slots=True)
class KeyPosture:
    """How somebody stands at a key moment, in the words of ``postures``; 0 is standing."""

    trunk_flexion_deg: float = 0.0
    trunk_extension_deg: float = 0.0
    knee_flexion_deg: float = 0.0
    neck_flexion_deg: float = 0.0
    heel_lift_cm: float = 0.0
    side_bend_deg: float = 0.0
    rotation_deg: float = 0.0
    knee_lift_deg: float = 0.0
    arms: Arms = "plumb"
    seat: bool = False
    takes_s: float = 2.0  # from the one before


@dataclass(frozen=True, slots=True)
class Picture:
    """A key moment of the movement, in words, and as a posture."""

    id: str
    text: str
    posture: KeyPosture | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of doing the movement that its figure can show. ``says``: in a phase, instead of what the whole says there."""

    id: str
    title: str
    says: Mapping[str, str] = field(default_factory=dict)
    posture: KeyPosture | None = None


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What is shown: key postures, from one to the next and round again. A file of one's own is drawn by them.

    How the figures of the library come from one to the next lies in ``movements``; a test holds those to the postures.
    """

    text: str  # the whole movement in words, for whoever does not see the figure
    pictures: tuple[Picture, ...]  # key moments of the right way, in order; they stand in for the moving figure
    main: str  # the picture that stands for the exercise
    says: Mapping[str, str] = field(default_factory=dict)  # under the figure in each phase of its movement
    levels: tuple[Variant, ...] = ()  # in one's own way
    faults: tuple[Variant, ...] = ()  # what to avoid: kinds of the exercise's faults

    @property
    def drawn(self) -> bool:
        """Return whether there is a posture to draw."""
        return any(picture.posture is not None for picture in self.pictures)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the exercise's ladder, the easiest first: how far somebody goes, and how much."""

    id: str
    text: str  # what the person does at it
    sets: int
    full_s: float  # ... of so many seconds each
    good_from_s: float  # seconds in good form that make a good day
    figure: str | None = None  # the still picture that shows it; None where there is none that would not mislead
    pole: bool = True  # it needs one, where the exercise has one
    camera: bool = True  # the coach can judge it by the camera
    first: bool = False  # who is new begins here


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of the exercise's effect, and how sure. ``none``: no trial was found, and that is said."""

    claim: str
    grade: Grade
    sources: tuple[str, ...] = ()  # ids of ``sources.toml``


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise file."""

    id: str
    version: int
    title: str
    path: tuple[str, ...]
    summary: str  # what it does for you, one or two sentences
    takes: str
    needs: str
    steps: tuple[str, ...]
    prepare: tuple[str, ...]  # before the camera: placing, clearing, clothes, equipment
    licence: str
    camera: Camera
    dose: Dose
    first_phase: str
    phases: tuple[Phase, ...]
    faults: tuple[Fault, ...]
    marks: tuple[Mark, ...]
    cues: tuple[CueText, ...]
    fault_texts: Mapping[str, str]  # what to work on, on the summary, by fault kind
    keeps: tuple[str, ...] = ()  # measures whose best value a set keeps
    hold: Hold | None = None
    reach: Reach | None = None
    repetitions: Repetitions | None = None
    demonstration: Demonstration | None = None
    without_pole: WithoutPole | None = None
    sample: str | None = None  # file name of the bundled clip; None where there is none
    author: str = ""
    cautions: tuple[Caution, ...] = CAUTIONS  # a yes to these waits; who does not say is careful: all of them
    bends: bool = True  # it bends the back, which the first two hours after waking concern; careful as well
    levels: tuple[Rung, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def measures(self) -> frozenset[str]:
        """Return the measures that the file speaks of; nothing else needs to be measured."""
        names = set(self.keeps)
        for phase in self.phases:
            names.update(c.measure for c in (*phase.clock_while, *phase.say_while))
            names.update(c.measure for way in phase.next for c in way.when)
        for fault in self.faults:
            names.update({fault.measure, fault.tells or fault.measure, fault.since or fault.measure})
        for counted in (self.hold, self.repetitions):
            if counted is not None:
                names.add(counted.measure)
        if self.repetitions is not None:
            names.update(c.measure for c in self.repetitions.only_while)
        return frozenset(names | (_REACHING if self.reach is not None else set()))

    @property
    def counts(self) -> Counts:
        """Return what is counted: a hold's time, swings with a comfortable range, or other repetitions."""
        if self.repetitions is None:
            return "held"
        return "repeated" if self.repetitions.comfort is None else "swung"

    @property
    def swung(self) -> bool:
        """Return whether it is swung: repeated from side to side, and the range is the point."""
        return self.counts == "swung"

    @property
    def last_cue(self) -> str:
        """Return the id of the cue that ends the session once its dose is done."""
        dose = self.dose
        said = (f.cue for f in dose.finishes if (f.sets, f.full_s) == (dose.sets, dose.full_s))
        return next(said, LAST_PHASE)

    def dosed(self, sets: int, full_s: float) -> Exercise:
        """Return the same exercise with this dose: ``sets`` of ``full_s`` seconds.

        What the file says of a time at or after the full dose keeps its distance from it: the end of a spell of swinging,
        the longest hold. A mark on the clock that comes no sooner than the new end is left out: "one minute" is not said
        beside "done". One dose after another gives the same as the last alone, as long as none is more than the file's.
        """
        dose, from_s = self.dose, self.dose.full_s
        repetitions = None if dose.repetitions is None else max(1, round(full_s * dose.repetitions / from_s))
        return replace(
            self,
            dose=replace(
                dose,
                sets=sets,
                full_s=full_s,
                most_s=_moved(dose.most_s, from_s, full_s),
                counts_from_s=min(dose.counts_from_s, full_s),
                repetitions=repetitions,
                counts_from_repetitions=min(dose.counts_from_repetitions, repetitions or 1),
            ),
            phases=tuple(_moved_phase(phase, from_s, full_s) for phase in self.phases),
            marks=_moved_marks(self.marks, from_s, full_s, repetitions),
        )

    def suited(self, half_period_s: float | None, range_deg: float | None) -> Exercise:
        """Return the same exercise with a person's own tempo and range of swinging; None is that of the file.

        The tempo that is shown is the person's. The limits of the faults follow it where it is slower, and the range where
        it is smaller: they get tighter by it, never looser.
        """
        swings = self.repetitions
        if swings is None or swings.comfort is None:
            return self
        comfort = swings.comfort
        tempo_s = swings.tempo_s if half_period_s is None else half_period_s
        limit_deg = min(comfort.hard_limit_deg, comfort.hard_limit_deg if range_deg is None else range_deg)
        slower = max(1.0, tempo_s / swings.tempo_s)
        # A swing to a small limit, back from beyond it, still has to be one that counts: half the way back mends it.
        back_deg = max(0.0, limit_deg - swings.counts_from_deg) / 2

        return replace(
            self,
            repetitions=replace(swings, tempo_s=tempo_s, comfort=replace(comfort, hard_limit_deg=limit_deg)),
            faults=tuple(_suited_fault(fault, slower, back_deg) for fault in self.faults),
        )

    def bare(self) -> Exercise:
        """Return the same exercise for whoever does without the pole: none is asked for, by voice or in words.

        A pole that is there all the same is seen, and measured by.
        """
        words = self.without_pole
        if words is None:
            return self
        return replace(
            self,
            needs=words.needs,
            steps=words.steps,
            prepare=words.prepare,
            camera=replace(self.camera, pole_wait_s=0.0),
        )

    def unlimited(self) -> Exercise:
        """Return the same exercise without an end: a film may hold more sets than a session has, and longer ones.

        Nobody is there to raise a hand for a pause, or to be asked to fetch a pole.
        """
        ways = {
            phase.name: tuple(w for w in phase.next if not w.dose_met and not w.set_full and w.at_clock_s is None)
            for phase in self.phases
        }
        return replace(
            self,
            dose=replace(self.dose, sets=_NO_END, most_s=float(_NO_END)),
            phases=tuple(replace(phase, next=ways[phase.name]) for phase in self.phases),
            camera=replace(self.camera, pause_by_hand=False, pole_wait_s=0.0),
        )

    def phase(self, name: str) -> Phase:
        """Return the phase of that name; KeyError where there is none."""
        for phase in self.phases:
            if phase.name == name:
                return phase
        raise KeyError(name)

    def cue(self, cue_id: str) -> CueText:
        """Return the cue of that id; KeyError where there is none."""
        for cue in self.cues:
            if cue.id == cue_id:
                return cue
        raise KeyError(cue_id)


def _moved(at_s: float, from_s: float, to_s: float) -> float:
    """Return where a time on the set's clock comes to stand when the full dose goes from ``from_s`` to ``to_s``."""
    return at_s + to_s - from_s if at_s >= from_s else min(at_s, to_s)


def _moved_phase(phase: Phase, from_s: float, to_s: float) -> Phase:
    ways = (
        way if way.at_clock_s is None else replace(way, at_clock_s=_moved(way.at_clock_s, from_s, to_s))
        for way in phase.next
    )
    lasts_s = phase.without_camera_s
    if phase.counts and lasts_s is not None:
        lasts_s = _moved(lasts_s, from_s, to_s)
    return replace(phase, next=tuple(ways), without_camera_s=lasts_s)


def _moved_marks(marks: tuple[Mark, ...], from_s: float, to_s: float, repetitions: int | None) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in marks:
        count = mark.at_count if mark.left_count is None else mark.left_count
        if count is not None and repetitions is not None and count < repetitions:
            kept.append(mark)
        if mark.at_s is not None and (mark.at_s >= from_s or mark.at_s < to_s):
            kept.append(replace(mark, at_s=_moved(mark.at_s, from_s, to_s)))
        elif mark.left_s is not None and mark.left_s < to_s:
            kept.append(mark)
    return tuple(kept)


def _suited_fault(fault: Fault, slower: float, back_deg: float) -> Fault:
    """Return the fault with its limits ``slower`` times as slow, or mended ``back_deg`` below the range: see ``suited``."""
    match fault:
        case Fault(own="tempo", below=float(on), clear_above=float(off)):
            return replace(fault, below=on * slower, clear_above=off * slower)
        case Fault(own="range", clear_below=float(off)):
            return replace(fault, clear_below=max(off, -back_deg))
    return fault


@dataclass(frozen=True, slots=True)
class SightText:
    """Why the coach cannot judge: what it says after ``after_s``, and the longer hint on the screen."""

    reason: str
    after_s: float
    cue: str
    hint: str
    cue_moving: str | None = None  # instead of ``cue`` once the movement has begun


@dataclass(frozen=True, slots=True)
class Setup:
    """What all exercises share: ``setup.toml``."""

    sure_from: float  # landmarks with less visibility are not seen
    judge_from: float  # nobody is accused of what is less sure than this, 0..1
    stand_still_s: float
    ask_again_s: tuple[float, ...]  # before the movement: pauses before anything is asked for again; the last one stays
    settle_s: float
    leave_s: float
    offer_after_s: float
    hand_up_s: float
    slow_below_hz: float
    dark_below: float
    sight: tuple[SightText, ...]
    cues: tuple[CueText, ...]
