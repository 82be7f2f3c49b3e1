// @ts-check
/** The controls of the sound: mute, volume, and the button that asks for a tap where the browser keeps pages silent; a line where no voice speaks. */

import { word } from "./config.js";
import { part } from "./screen.js";

const LOOK_AFTER_MS = 400; // a page that may sound does so within this time
const VOICES_AFTER_MS = 2000; // browsers tell their voices late

/**
 * @param {import("./loudness.js").Loudness} loudness
 * @param {import("./tones.js").Tones} tones
 * @param {import("./voice.js").Voice} voice
 */
export function wireSound(loudness, tones, voice) {
  const mute = /** @type {HTMLButtonElement} */ (part("mute"));
  const volume = /** @type {HTMLInputElement} */ (part("volume"));
  const ask = /** @type {HTMLButtonElement} */ (part("sound-ask"));
  const noVoice = /** @type {HTMLElement} */ (part("no-voice"));
  let asked = false;
  const show = () => {
    mute.ariaPressed = String(loudness.muted);
    mute.title = word(loudness.muted ? "mute" : "unmute");
    volume.value = String(loudness.volume);
    ask.hidden = !asked || !tones.locked || loudness.muted;
  };
  mute.addEventListener("click", () => loudness.mute(!loudness.muted));
  volume.addEventListener("input", () => {
    loudness.set(volume.valueAsNumber);
    if (loudness.muted) loudness.mute(false);
  });
  volume.addEventListener("change", () => tones.play("tick"));
  loudness.addEventListener("change", show);
  tones.context.addEventListener("statechange", show);
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      if (tones.locked) void tones.unlock();
    });
  }
  show();
  setTimeout(() => {
    asked = true;
    show();
  }, LOOK_AFTER_MS);
  const tellVoice = () => {
    noVoice.textContent = voice.speaker ? "" : word("no_voice");
  };
  setTimeout(() => {
    tellVoice();
    voice.synthesis?.addEventListener("voiceschanged", tellVoice);
  }, VOICES_AFTER_MS);
}
