// @ts-check
/**
 * Speaks the cues with a voice of this computer. A voice from the network is never used: it would send the words away.
 * Where there is no local voice, an attention tone says "look": every word stands on the screen anyway.
 */

/** @type {Record<string, number>} */
export const RANK = { praise: 0, time: 1, guide: 2, form: 3, sight: 4, safety: 5, stop: 6 };

const STALE_MS = 1500; // a cue that has waited longer is dropped unsaid: its reason has likely passed
const LOST_END_MS = 4000;
const CALL_FROM_RANK = 2; // without a voice the tone calls to the screen for these; for time and praise it stays quiet

/**
 * @typedef {object} Cue
 * @property {string} text
 * @property {string} priority
 * @property {number} speak_s
 */

/** @returns {SpeechSynthesisVoice[]} the voices of this very computer that speak the page's language */
export function localVoices() {
  const tongue = document.documentElement.lang.slice(0, 2).toLowerCase();
  const voices = "speechSynthesis" in window ? window.speechSynthesis.getVoices() : [];
  return voices.filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(tongue));
}

export class Voice {
  /**
   * @param {import("./loudness.js").Loudness} loudness
   * @param {import("./tones.js").Tones} tones
   * @param {string | null} [name] of the voice that the person chose; the usual one where this computer has no such voice
   */
  constructor(loudness, tones, name = null) {
    this.name = name;
    this.loudness = loudness;
    this.tones = tones;
    this.synthesis = "speechSynthesis" in window ? window.speechSynthesis : null;
    /** @type {SpeechSynthesisVoice | null} */
    this.speaker = null;
    /** @type {{rank: number, utterance: SpeechSynthesisUtterance} | null} */
    this.speaking = null;
    /** @type {{cue: Cue, rank: number, since_ms: number} | null} */
    this.waiting = null;
    this.quietAt_ms = 0;
    this.synthesis?.addEventListener("voiceschanged", () => this.#choose());
    this.#choose();
    this.loudness.addEventListener("change", () => {
      if (this.loudness.level === 0) this.hush();
    });
  }

  #choose() {
    const voices = localVoices();
    const named = voices.find((voice) => voice.name === this.name);
    this.speaker = named ?? voices.find((voice) => voice.default) ?? voices[0] ?? null;
  }

  /** @param {Cue} cue */
  say(cue) {
    const rank = RANK[cue.priority] ?? 2;
    if (performance.now() > this.quietAt_ms + LOST_END_MS) this.speaking = null; // some voices never say that they ended
    if (this.speaking && rank <= this.speaking.rank) {
      if (!this.waiting || rank >= this.waiting.rank) this.waiting = { cue, rank, since_ms: performance.now() };
      return;
    }
    this.hush();
    this.#speak(cue, rank);
  }

  /**
   * Something newer of this priority is to be said: what is said now is cut short, unless it matters more.
   *
   * @param {string} priority
   */
  cut(priority) {
    if (this.speaking && this.speaking.rank <= (RANK[priority] ?? 2)) this.hush();
  }

  /** What waits to be said is no longer true. */
  forget() {
    this.waiting = null;
  }

  /** Stops speaking at once and forgets what waits. */
  hush() {
    this.waiting = null;
    this.speaking = null;
    this.synthesis?.cancel();
  }

  /** @returns {number} ms until the voice has said what it says now */
  get left_ms() {
    return this.speaking ? Math.max(0, this.quietAt_ms - performance.now()) : 0;
  }

  /**
   * @param {Cue} cue
   * @param {number} rank
   */
  #speak(cue, rank) {
    if (this.loudness.level === 0) return;
    if (!this.synthesis || !this.speaker) {
      if (rank >= CALL_FROM_RANK) this.tones.play("attention");
      return;
    }
    const utterance = new SpeechSynthesisUtterance(cue.text);
    utterance.voice = this.speaker;
    utterance.lang = this.speaker.lang;
    utterance.volume = this.loudness.level;
    utterance.rate = 0.95;
    const turn = { rank, utterance };
    utterance.onend = () => this.#next(turn);
    utterance.onerror = () => this.#next(turn);
    this.speaking = turn;
    this.quietAt_ms = performance.now() + cue.speak_s * 1000;
    this.synthesis.speak(utterance);
  }

  /** @param {{rank: number, utterance: SpeechSynthesisUtterance}} turn */
  #next(turn) {
    if (this.speaking !== turn) return; // it was cut short by another
    this.speaking = null;
    const next = this.waiting;
    this.waiting = null;
    if (next && performance.now() - next.since_ms <= STALE_MS) this.#speak(next.cue, next.rank);
  }
}
