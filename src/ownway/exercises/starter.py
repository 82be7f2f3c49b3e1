"""A good starting file for an exercise of one's own, from a few answers: complete, commented, and right as it stands.

Three ways of counting: a position that is held, a movement that is repeated, and one that goes to the left and the right in turn.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ownway.body.measures import MEASURES
from ownway.exercises.contradictions import LONGEST_ID
from ownway.exercises.json_schema import FILE_NAME
from ownway.exercises.postures import Arms, angle_of
from ownway.exercises.schema import View

Counts = Literal["hold", "repetitions", "sides"]

# What is measured usually, by what is seen and counted, and from how far on it counts.
USUAL: dict[tuple[View, Counts], tuple[str, float]] = {
    ("side", "hold"): ("trunk_flexion_deg", 25),
    ("side", "repetitions"): ("knee_flexion_deg", 30),
    ("front", "hold"): ("side_bend_size_deg", 12),
    ("front", "repetitions"): ("side_bend_size_deg", 12),
    ("front", "sides"): ("side_bend_deg", 12),
}

# By what somebody is seen to be at rest in a hold: speeds of the measures that have one. Within so much: chosen by us, people
# at rest sway by 1 to 3 deg/s.
_STILL: dict[str, tuple[str, float]] = {
    "trunk_flexion_deg": ("trunk_drift_deg_s", 7),
    "trunk_extension_deg": ("trunk_drift_deg_s", 7),
    "knee_flexion_deg": ("knee_bend_speed_deg_s", 8),
    "side_bend_deg": ("side_bend_velocity_deg_s", 8),
    "side_bend_size_deg": ("side_bend_velocity_deg_s", 8),
    "rotation_deg": ("rotation_speed_deg_s", 8),
    "rotation_size_deg": ("rotation_speed_deg_s", 8),
}

_STAND = {
    "side": ("Stand side-on to the camera, feet hip-wide.", "Stand side-on to the camera. Either side will do."),
    "front": ("Stand facing the camera, feet hip-wide.", "Face the camera, so that all of you stays in the picture."),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answers.

    Attributes
    ----------
    measure : what is counted by. far : from how far on it counts, in its unit.
    many : repetitions of a set, to both sides together; or seconds of a hold.
    tempo_s : from one repetition to the next, or from side to side; no matter for a hold.
    say : the instruction. fault_*: one fault, above a limit; an empty name for none.
    """

    id: str
    title: str
    view: View
    counts: Counts
    measure: str
    far: float
    many: int
    tempo_s: float
    sets: int
    rest_s: float
    say: str
    fault: str
    fault_measure: str
    fault_above: float
    fault_cue: str
    author: str


def id_of(title: str) -> str:
    """Return an id made of a title: small letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    named = f"exercise_{name}" if not name or name[0].isdigit() else name
    return named[:LONGEST_ID].rstrip("_")


def starting_file(wanted: Wanted) -> str:
    """Return the text of the file."""
    parts = [
        _head(wanted),
        _dose(wanted),
        *_counting(wanted),
        _fault(wanted),
        _marks(wanted),
        _rest_of_it(),
        _words(wanted),
        _demonstration(wanted),
    ]
    return "\n".join(part for part in parts if part)


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _full_s(w: Wanted) -> float:
    return w.many if w.counts == "hold" else w.many * w.tempo_s


def _part(title: str) -> str:
    return f"# ---- {title} ".ljust(120, "-")


def _head(w: Wanted) -> str:
    stand, place = _STAND[w.view]
    minutes = max(1, round((w.sets * _full_s(w) + (w.sets - 1) * w.rest_s) / 60))
    takes = f"About {minutes} minute{'s' if minutes > 1 else ''}"
    return f"""#:schema ./{FILE_NAME}
# {w.title}. What each key means: docs/EXERCISES.md. Whether all is right: ownway exercises check FILE
# Every threshold has its source beside it, or "chosen by" and why.

id = {_text(w.id)}
version = 1                      # count it up when you change what is done or counted
title = {_text(w.title)}
path = ["My exercises"]
summary = "A gentle movement, within what is comfortable."      # what it does for somebody; promise nothing
takes = {_text(takes)}
needs = "Nothing but room to move"
steps = [                        # how it is done, one short sentence a step
    {_text(stand)},
    {_text(w.say)},
    "Only as far as is comfortable. Never force the end.",
]
prepare = [
    {_text(place)},
    "Clothes that show how you move; long coats and skirts hide it.",
]
licence = "CC-BY-4.0"            # under which it may be passed on
author = {_text(w.author)}
# cautions = ["surgery", "pregnancy", "dizzy", "bones", "eyes", "hip", "heart"]   # without this line all of them ask first
# bends = false                  # without this line it counts as bending the back, which has its rules in the morning
first_phase = "move"
keeps = [{_text(w.measure)}]     # the best of it is kept with each set
{"" if w.fault else "faults = []                      # none yet"}

[camera]
view = "{w.view}"
must_see = ["head", "trunk", "legs", "feet"]
keep_seeing = ["trunk", "legs"]
stand_cue = "{"stand_tall" if w.view == "side" else "look_ahead"}"
"""


def _dose(w: Wanted) -> str:
    source = _text(f"Chosen by {w.author}: a first guess. Say here why, or name a study.")
    if w.counts == "hold":
        count = f"counts_from_s = {max(1, w.many // 3)}                # a shorter hold does not count"
    else:
        count = f"""repetitions = {w.many}                  # done well, to both sides together
counts_from_repetitions = {max(1, w.many // 2)}       # a set of fewer does not count
counts_from_s = 0"""
    longest_s = _full_s(w) * (1.5 if w.counts == "hold" else 3)
    return f"""[dose]
sets = {w.sets}
{count}
full_s = {_full_s(w):g}                      # {"seconds of a full hold" if w.counts == "hold" else f"{w.many} repetitions of {w.tempo_s:g} s"}
most_s = {longest_s:g}
rest_s = {w.rest_s:g}
source = {source}
"""


def _counting(w: Wanted) -> tuple[str, ...]:
    if w.counts == "hold":
        told = f"[hold]\nmeasure = {_text(w.measure)}       # its course tells when the hold began and ended\n"
        return (told if MEASURES[w.measure].unit == "deg" else "", _held(w))
    return _repetitions(w), _repeated(w)


def _repetitions(w: Wanted) -> str:
    sides = "sides = 2                        # to the own left, and to the own right\n" if w.counts == "sides" else ""
    return f"""[repetitions]
measure = {_text(w.measure)}       # 0 is the person's own standing
{sides}counts_from_deg = {w.far:g}             # chosen by {w.author}: from here on it is one
back_deg = {max(1.0, w.far / 4):g}                   # it has turned once it came back by so much
starts_from_deg = {w.far / 4:g}            # nearer to standing none has begun
ends_below_deg = {w.far / 2:g}              # it counts once it is back so far
tempo_s = {w.tempo_s:g}
"""


def _rest_phase(w: Wanted, back: str) -> str:
    if w.sets == 1:
        return ""
    return f"""
[[phases]]
name = "rest"
say = "rest"
breathe = true                   # its countdown is shown
without_camera_s = {max(1.0, w.rest_s):g}
[[phases.next]]
to = "move"
after_s = {max(1.0, w.rest_s):g}
[[phases.next]]
to = "move"                      # sooner is fine: your pace
for_s = 0.5
when = [{back}]
"""


def _repeated(w: Wanted) -> str:
    two = w.counts == "sides"
    begun = f"{{ measure = {_text(w.measure)}, {'beyond' if two else 'above'} = {w.far / 2:g} }}"
    not_yet = f"{{ measure = {_text(w.measure)}, {'within' if two else 'below'} = {w.far:g} }}"
    on = '[[phases.next]]\nto = "rest"\nset_full = true\n' if w.sets > 1 else ""
    return f"""{_part("phases")}

[[phases]]
name = "move"
label = "Move slowly"            # stands on the screen meanwhile
say = "begin"
say_while = [{not_yet}]          # who has begun need not be told
say_within_s = 10
counts = true
clock_while = [{{ measure = "repetition_range_deg", above = {w.far / 2:g} }}]   # chosen by us: at rest it is 2
without_camera_s = {_full_s(w):g}
[[phases.next]]                  # the first way that is open is taken
to = "done"
set_full = true
dose_met = true
{on}{_rest_phase(w, begun)}"""


def _held(w: Wanted) -> str:
    at = f"{{ measure = {_text(w.measure)}, above = {w.far:g} }}"
    still = _STILL.get(w.measure)
    at_rest = (
        ""
        if still is None
        else f"\n    {{ measure = {_text(still[0])}, within = {still[1]:g} }},      # chosen by us: at rest, give or take sway"
    )
    runs = at if still is None else f"{{ measure = {_text(still[0])}, within = {still[1] + 1:g} }}"
    on = (
        f'[[phases.next]]\nto = "rest"\nfor_s = 0.4\nwhen = [{{ measure = {_text(w.measure)}, below = {w.far / 2:g} }}]\n'
        if w.sets > 1
        else ""
    )
    return f"""{_part("phases")}

[[phases]]
name = "move"
label = "Move slowly"            # stands on the screen meanwhile
say = "begin"
say_while = [{{ measure = {_text(w.measure)}, below = {w.far:g} }}]     # who has begun need not be told
say_within_s = 15
without_camera_s = 8
[[phases.next]]
to = "hold"
for_s = 1.0
when = [
    {at},      # chosen by {w.author}: from here on it is held{at_rest}
]

[[phases]]
name = "hold"
say = "hold_here"
counts = true
clock_while = [{runs}]
clock_patience_s = 1.0           # a small re-adjustment does not stop the clock
without_camera_s = {w.many}
[[phases.next]]
to = "back"
for_s = 0.5
when = [{{ measure = {
        _text(w.measure)
    }, below_share_of_peak = 0.7 }}]   # chosen by us: so far back is no longer the hold

[[phases]]
name = "back"
label = "Come back slowly"
say = "come_back"
without_camera_s = 6
[[phases.next]]                  # the first way that is open is taken
to = "done"
dose_met = true
for_s = 0.4
when = [{{ measure = {_text(w.measure)}, below = {w.far / 2:g} }}]
{
        on
        or '''[[phases.next]]
to = "move"                      # not long enough to count: once more
for_s = 0.4
when = [{ measure = MEASURE, below = HALF }]
'''.replace("MEASURE", _text(w.measure)).replace("HALF", f"{w.far / 2:g}")
    }[[phases.next]]
to = "hold"                      # went on instead of coming back
for_s = 1.5
when = [{at}]
{_rest_phase(w, at)}"""


def _fault(w: Wanted) -> str:
    if not w.fault:
        return ""
    head = f"{_part('faults')}\n\n"
    phases = '["move", "hold", "back"]' if w.counts == "hold" else '["move"]'
    source = _text(f"Chosen by {w.author}: a first guess. Say here why, or name a study.")
    return f"""{head}[[faults]]
kind = {_text(w.fault)}
measure = {_text(w.fault_measure)}
above = {w.fault_above:g}
clear_below = {w.fault_above - abs(w.fault_above) / 5:g}                # mended a little on the good side
for_s = 0.3
phases = {phases}
clock = "waits"                  # or "runs"
cue = "mend"
source = {source}
"""


def _marks(w: Wanted) -> str:
    head = f"{_part('marks')}\n\n[[marks]]"
    if w.counts == "hold":
        return f'{head}\nphase = "hold"\nleft_s = {min(5, w.many // 2)}\ncue = "nearly"\n'
    return f'{head}\nphase = "move"\nat_count = {max(1, w.many // 2)}\ncue = "half_way"\n'


def _rest_of_it() -> str:
    return f"""{_part("what is known")}

# What is known of its effect, with grade (strong, moderate, weak, none) and sources (docs/EXERCISES.md
# lists their ids). Promise nothing.
# [[claims]]
# claim = "..."
# grade = "none"
"""


def _cue(name: str, text: str, level: str, more: str = "") -> str:
    return f"[[cues]]\nid = {_text(name)}\ntext = {_text(text)}\nlevel = {_text(level)}\n{more}"


def _words(w: Wanted) -> str:
    told = f"{_text(w.fault)} = {_text(w.fault_cue)}\n" if w.fault else ""
    cues = [_cue("begin", w.say, "guide", "again_s = 20\nmost_times = 2\n")]
    if w.counts == "hold":
        cues += [
            _cue("hold_here", "Hold here. Breathe quietly.", "guide"),
            _cue("come_back", "Come back slowly.", "guide"),
            _cue("nearly", "A few seconds more.", "time"),
        ]
    else:
        cues.append(_cue("half_way", "Half of it is done.", "time"))
    if w.sets > 1:
        cues.append(_cue("rest", "Rest a little.", "guide"))
    if w.fault:
        cues.append(_cue("mend", w.fault_cue, "form"))
    cues.append(_cue("done", "Done.", "guide"))
    head = f"{_part('words')}\n\n[fault_texts]                    # on the summary: what to work on\n{told}"
    return "\n".join([head, *cues])


# ---- how it is shown ------------------------------------------------------------------------------------------------------

# How far the drawn person goes, as a share of where it counts, or is a fault: beyond it, so that the picture shows it.
# Chosen by us: a squat that counts from 30 deg is drawn with 39.
_BEYOND = 1.3
# What the arms do beside an angle; else they hang. Chosen by us, as in the exercises of the library.
_ARMS: dict[str, Arms] = {
    "knee_flexion_deg": "forward",
    "trunk_extension_deg": "hips",
    "side_bend_deg": "reaching",
    "rotation_deg": "crossed",
}


def _demonstration(w: Wanted) -> str:
    """Return the key postures: standing, and as far as it goes. Nothing where no posture shows what is measured."""
    far = angle_of(w.measure, w.far * _BEYOND)
    if far is None or (w.fault and not (w.fault.isidentifier() and w.fault.isascii())):
        return ""
    name, size = far
    arms = f', arms = "{_ARMS[name]}"' if name in _ARMS else ""
    pictures = [_picture("stand", "Stand tall.", f"{{ {arms[2:]} }}" if arms and name != "knee_flexion_deg" else "{ }")]
    pictures += [_picture(id_, text, f"{{ {name} = {value:g}{arms} }}") for id_, text, value in _far_pictures(w, size)]
    if w.counts == "hold":
        pictures.append(_picture("back", "Come back slowly.", "{ }"))
    main = {"hold": "hold", "repetitions": "far", "sides": "left"}[w.counts]
    head = _part("how it is shown")
    return f"""{head}

# Key postures, from one to the next and round again: Ownway draws them. 0 is standing; docs/EXERCISES.md lists the angles.
[demonstration]
text = "Somebody stands tall, goes as far as is comfortable, and comes back slowly."    # for whoever does not see it
main = "{main}"                  # the picture that stands for the exercise
{"".join(pictures)}{_shown_fault(w, name, size, arms)}"""


def _far_pictures(w: Wanted, size: float) -> tuple[tuple[str, str, float], ...]:
    if w.counts == "sides":
        return (("left", "The left side, as far as is comfortable.", size), ("right", "And the right side.", -size))
    return (("hold" if w.counts == "hold" else "far", w.say, size),)


def _picture(id_: str, text: str, posture: str) -> str:
    return f"""
[[demonstration.pictures]]
id = "{id_}"
text = {_text(text)}
posture = {posture}
"""


def _shown_fault(w: Wanted, name: str, size: float, arms: str) -> str:
    if not w.fault:
        return ""
    wrong = angle_of(w.fault_measure, w.fault_above * _BEYOND)
    angles = {name: size} | ({} if wrong is None else {wrong[0]: wrong[1]})
    if {"trunk_flexion_deg", "trunk_extension_deg"} <= angles.keys():
        del angles[name]
    told = ", ".join(f"{angle} = {value:g}" for angle, value in angles.items())
    posture = "" if wrong is None else f"posture = {{ {told}{arms} }}\n"
    return f"""
[[demonstration.faults]]
id = {_text(w.fault)}
title = {_text(w.fault.replace("_", " ").capitalize())}
{posture}"""
