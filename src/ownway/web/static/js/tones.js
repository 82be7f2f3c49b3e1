// @ts-check
/**
 * The few sounds that mean something, made by oscillators: nothing to load.
 *
 * rising: the clock runs · falling: the clock waits · soft bell: mended · deep bell: set done · tick: end of a swing ·
 * attention: look at the screen (where no voice can speak).
 */

/**
 * @typedef {object} Note
 * @property {number} hz
 * @property {number} at_s
 * @property {number} for_s until it has died away
 * @property {number} loud 0..1
 */

/** @type {Record<string, Note[]>} */
const TONES = {
  rising: [
    { hz: 440, at_s: 0, for_s: 0.22, loud: 0.32 },
    { hz: 660, at_s: 0.14, for_s: 0.34, loud: 0.32 },
  ],
  falling: [
    { hz: 550, at_s: 0, for_s: 0.22, loud: 0.3 },
    { hz: 370, at_s: 0.14, for_s: 0.36, loud: 0.3 },
  ],
  soft_bell: [
    { hz: 880, at_s: 0, for_s: 0.9, loud: 0.2 },
    { hz: 1760, at_s: 0, for_s: 0.5, loud: 0.06 },
  ],
  deep_bell: [
    { hz: 220, at_s: 0, for_s: 2.4, loud: 0.4 },
    { hz: 440, at_s: 0, for_s: 1.6, loud: 0.16 },
    { hz: 661, at_s: 0, for_s: 1.0, loud: 0.08 },
  ],
  tick: [{ hz: 1100, at_s: 0, for_s: 0.06, loud: 0.12 }],
  attention: [
    { hz: 520, at_s: 0, for_s: 0.16, loud: 0.28 },
    { hz: 520, at_s: 0.2, for_s: 0.3, loud: 0.28 },
  ],
};

const ATTACK_S = 0.012;
const SILENCE = 0.0001; // an exponential ramp never reaches zero

export class Tones {
  /** @param {import("./loudness.js").Loudness} loudness */
  constructor(loudness) {
    this.loudness = loudness;
    this.context = new AudioContext();
    this.out = this.context.createGain();
    this.out.gain.value = loudness.level;
    this.out.connect(this.context.destination);
    loudness.addEventListener("change", () => {
      this.out.gain.value = loudness.level;
    });
  }

  /** Browsers keep a page silent until the person has touched it. */
  get locked() {
    return this.context.state === "suspended";
  }

  async unlock() {
    await this.context.resume();
  }

  /**
   * @param {"rising" | "falling" | "soft_bell" | "deep_bell" | "tick" | "attention"} name
   * @param {number} [after_s]
   */
  play(name, after_s = 0) {
    if (this.context.state !== "running") return; // a tone that comes late would say something untrue
    for (const note of TONES[name] ?? []) this.#ring(note, this.context.currentTime + after_s);
  }

  /**
   * @param {Note} note
   * @param {number} from_s
   */
  #ring(note, from_s) {
    const began = from_s + note.at_s;
    const voice = this.context.createOscillator();
    const swell = this.context.createGain();
    voice.frequency.value = note.hz;
    swell.gain.setValueAtTime(SILENCE, began);
    swell.gain.exponentialRampToValueAtTime(note.loud, began + ATTACK_S);
    swell.gain.exponentialRampToValueAtTime(SILENCE, began + note.for_s);
    voice.connect(swell).connect(this.out);
    voice.start(began);
    voice.stop(began + note.for_s);
  }
}
