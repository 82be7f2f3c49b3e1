// @ts-check
/** The controls of the sound: mute, volume, and the button that asks for a tap where the browser keeps pages silent. */

import { word } from "./config.js";
import { part } from "./screen.js";

const LOOK_AFTER_MS = 400; // a page that may sound does so within this time

/**
 * @param {import("./loudness.js").Loudness} loudness
 * @param {import("./tones.js").Tones} tones
 */
export function wireSound(loudness, tones) {
  const mute = /** @type {HTMLButtonElement} */ (part("mute"));
  const volume = /** @type {HTMLInputElement} */ (part("volume"));
  const ask = /** @type {HTMLButtonElement} */ (part("sound-ask"));
  const show = () => {
    mute.ariaPressed = String(loudness.muted);
    mute.title = word(loudness.muted ? "mute" : "unmute");
    volume.value = String(loudness.volume);
    ask.hidden = !tones.locked || loudness.muted;
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
  ask.hidden = true;
  setTimeout(show, LOOK_AFTER_MS);
}
