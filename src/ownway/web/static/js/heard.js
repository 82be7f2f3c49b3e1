// @ts-check
/** What each event of the coach sounds and looks like, apart from the numbers (those are the `state` messages). */

import { config } from "./config.js";
import { logCue } from "./cue-log.js";
import { part } from "./screen.js";

const AFTER_BELL_S = 0.25; // so that the bell and the rising tone are two sounds
const BELLS_APART_MS = 3000; // the dose reached and the session done may fall together: one bell
const FIXED = ["form", "safety"];
const TICKS = ["swung", "repeated", "beat"]; // a repetition that does not count is not told as one

export class Heard {
  /**
   * @param {import("./screen.js").Screen} screen
   * @param {import("./voice.js").Voice} voice
   * @param {import("./tones.js").Tones} tones
   */
  constructor(screen, voice, tones) {
    this.screen = screen;
    this.voice = voice;
    this.tones = tones;
    this.log = /** @type {HTMLElement} */ (part("cue-log"));
    this.priority = "";
    this.bell_ms = -Infinity;
  }

  /** @param {import("./wire.js").CoachEvent[]} events what was said before this page was (re)loaded */
  remember(events) {
    this.log.replaceChildren();
    for (const event of events) if (event.kind === "cue") logCue(this.log, event);
  }

  /** @param {import("./wire.js").CoachEvent[]} events of one message */
  tell(events) {
    const mended = events.some((event) => event.kind === "fault_ended" && event.mended);
    for (const event of events) {
      if (event.kind === "cue") this.#cue(event);
      else if (event.kind === "clock_started") this.tones.play("rising", mended ? AFTER_BELL_S : 0);
      else if (event.kind === "clock_stopped" && event.why !== "set_over") this.tones.play("falling");
      else if (event.kind === "fault_ended") this.#mended(event.mended === true);
      else if (event.kind === "sight_regained") this.#outdated(["sight"]);
      else if (event.kind === "dose_reached" || (event.kind === "ended" && event.how === "done")) this.#bell();
      else if (TICKS.includes(event.kind) && (config.swung || event.good !== false)) this.tones.play("tick");
    }
  }

  /** @param {import("./wire.js").CoachEvent} event */
  #cue(event) {
    const { text = "", level: priority = "guide", speak_s = 2 } = event;
    logCue(this.log, event);
    // The page has already said, more exactly, why nothing is seen; its words and its ways on stay.
    if (this.screen.troubled && priority === "sight") return;
    this.priority = priority;
    this.screen.caption.say(text, this.priority);
    if (event.voiced) this.voice.say({ text, priority: this.priority, speak_s });
  }

  /** @param {boolean} mended false: the phase is over, nothing to ring for */
  #mended(mended) {
    this.#outdated(FIXED);
    if (mended) this.tones.play("soft_bell");
  }

  /** @param {string[]} priorities what was said with one of these is no longer true */
  #outdated(priorities) {
    if (!priorities.includes(this.priority)) return;
    this.priority = "";
    this.voice.forget();
    this.screen.caption.clear();
  }

  #bell() {
    const now = performance.now();
    if (now - this.bell_ms < BELLS_APART_MS) return;
    this.bell_ms = now;
    this.tones.play("deep_bell");
  }
}
