// @ts-check
/** How loud voice and tones are, remembered from one session to the next. */

const MUTED = "ownway.muted";
const VOLUME = "ownway.volume";
const FIRST_VOLUME = 0.8;

export class Loudness extends EventTarget {
  constructor() {
    super();
    const volume = Number(localStorage.getItem(VOLUME) ?? FIRST_VOLUME);
    this.muted = localStorage.getItem(MUTED) === "yes";
    this.volume = Number.isFinite(volume) ? Math.min(1, Math.max(0, volume)) : FIRST_VOLUME;
  }

  /** What is heard: 0 while muted. */
  get level() {
    return this.muted ? 0 : this.volume;
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.muted = muted;
    localStorage.setItem(MUTED, muted ? "yes" : "no");
    this.dispatchEvent(new Event("change"));
  }

  /** @param {number} volume 0..1 */
  set(volume) {
    this.volume = volume;
    localStorage.setItem(VOLUME, String(volume));
    this.dispatchEvent(new Event("change"));
  }
}
