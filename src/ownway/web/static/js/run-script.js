// @ts-check
/** What a guided run is made of, and what is to be said in it: nothing here has a clock, a screen or a voice. */

/**
 * @typedef {object} Part
 * @property {"warm_up" | "run" | "walk" | "brisk" | "cool_down"} kind
 * @property {number} start_s on the clock of the run, pauses left out
 * @property {number} length_s
 * @property {string} label
 */

/**
 * @typedef {object} RunCue
 * @property {string} cue its name
 * @property {number} at_s
 * @property {string} text
 * @property {"rising" | "falling" | "deep_bell" | null} tone
 * @property {boolean} changes it begins a part, or ends the run
 * @property {number} speak_s
 */

const STALE_S = 1.5; // what is said later than this is no longer true

/** @param {Part[]} parts */
export function totalOf(parts) {
  const last = parts.at(-1);
  return last ? last.start_s + last.length_s : 0;
}

/**
 * @param {Part[]} parts
 * @param {number} at_s
 */
export function partAt(parts, at_s) {
  return Math.max(0, parts.filter((part) => part.start_s <= at_s).length - 1);
}

/**
 * What to say once the clock has gone on from one moment to another; after a phone has slept that may be minutes. A
 * change is told late rather than never, and only the newest; anything else is dropped once it is late.
 *
 * @param {RunCue[]} cues
 * @param {number} from_s said already
 * @param {number} to_s
 * @returns {RunCue | null}
 */
export function dueCue(cues, from_s, to_s) {
  const due = cues.filter(({ at_s }) => from_s < at_s && at_s <= to_s);
  const fresh = due.filter(({ at_s }) => to_s - at_s <= STALE_S);
  return due.filter(({ changes }) => changes).at(-1) ?? fresh.at(-1) ?? null;
}

/**
 * How much of a time was run, and how much walked.
 *
 * @param {Part[]} parts
 * @param {number} from_s
 * @param {number} to_s
 */
export function spent(parts, from_s, to_s) {
  const found = { run_s: 0, walk_s: 0 };
  for (const { kind, start_s, length_s } of parts) {
    const in_s = Math.max(0, Math.min(to_s, start_s + length_s) - Math.max(from_s, start_s));
    found[kind === "run" ? "run_s" : "walk_s"] += in_s;
  }
  return found;
}
