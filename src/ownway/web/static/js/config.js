// @ts-check
/** What the server told this page: addresses, the exercise, and every word that the scripts say by themselves. */

/**
 * @typedef {object} Config
 * @property {string} live address of the socket
 * @property {string} assets address of the folder with the pose model and its program
 * @property {string} sample address of the sample clip
 * @property {string} summary_base address to which a session's id is added
 * @property {string} start address of the start page
 * @property {string} exercise
 * @property {"camera" | "timer" | "sample"} mode
 * @property {number | null} pain_before
 * @property {boolean} bends_anyway the person knows that it is early for bending
 * @property {number | null} height_cm
 * @property {string | null} session the session to go on with
 * @property {string | null} voice name of the voice that the person chose
 * @property {"side" | "front"} view from where the camera looks
 * @property {Record<string, string>} phases
 * @property {Record<string, string>} zones
 * @property {Record<string, string>} hints
 * @property {number | null} half_period_s
 * @property {boolean} swung from side to side, and the range is the point
 * @property {boolean} reaches
 */

/**
 * @param {string} id
 * @returns {any}
 */
function readJson(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}

/** @type {Config} */
export const config = readJson("config");

/** @type {Record<string, string>} */
const words = readJson("words");

/**
 * The words of that name, with `{name}` filled in.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}
