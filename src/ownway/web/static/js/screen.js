// @ts-check
/** What the screen shows: a fold of the server's `state` messages onto the elements of the page. */

import "./arc.js";
import "./caption.js";
import "./gauge.js";
import "./ring.js";
import { config, word } from "./config.js";

const SETUP = ["find", "view", "stand"];
const DONE = "done";

/** @typedef {"connection" | "camera"} Source of a trouble; the first named is shown first */
/** @type {Source[]} */
const SOURCES = ["connection", "camera"];

/** @param {string} phase */
export function isSetup(phase) {
  return SETUP.includes(phase);
}

/**
 * @template {Element} T
 * @param {string} name
 * @returns {T}
 */
export function part(name) {
  const element = document.querySelector(`[data-${name}]`);
  if (!element) throw new Error(`the page has no [data-${name}]`);
  return /** @type {any} */ (element);
}

export class Screen {
  constructor() {
    this.ring = /** @type {import("./ring.js").Ring} */ (part("ring"));
    this.caption = /** @type {import("./caption.js").Caption} */ (part("caption"));
    this.arc = /** @type {import("./arc.js").Arc | null} */ (document.querySelector("[data-arc]"));
    this.gauge = /** @type {import("./gauge.js").Gauge | null} */ (document.querySelector("[data-gauge]"));
    this.hint = /** @type {HTMLElement} */ (part("hint"));
    this.phase = /** @type {HTMLElement} */ (part("phase"));
    this.set = /** @type {HTMLElement} */ (part("set"));
    this.count = /** @type {HTMLElement} */ (part("count"));
    this.veil = /** @type {HTMLElement} */ (part("paused"));
    this.pauseButton = /** @type {HTMLElement} */ (part("pause"));
    /** @type {Map<Source, {text: string, hint: string}>} a trouble's words stand until it is over */
    this.troubles = new Map();
    this.paused = false;
  }

  /** @param {import("./wire.js").Live} live */
  show(live) {
    const working = !isSetup(live.phase) && live.phase !== DONE;
    const label = config.phases[live.phase] ?? "";
    this.paused = live.paused;
    this.veil.hidden = !live.paused;
    this.pauseButton.textContent = word(live.paused ? "go_on" : "pause");
    this.caption.rest(live.paused ? word("paused") : label);
    this.phase.textContent = label;
    this.ring.hidden = !working;
    this.ring.show(live);
    if (!this.troubled) this.hint.textContent = (live.sight && config.hints[live.sight]) || "";
    this.set.hidden = live.sets < 2;
    this.set.textContent = word("set_of", { set: Math.max(1, live.set_no), sets: live.sets });
    if (config.swung) this.#showSwings(live, working);
    if (config.reaches) this.#showReach(live);
  }

  /**
   * @param {import("./wire.js").Live} live
   * @param {boolean} working
   */
  #showSwings(live, working) {
    this.arc?.show(live);
    this.arc?.pace(working && !live.paused ? config.half_period_s : null);
    this.count.hidden = !live.camera;
    this.count.textContent = word("swings", { left: live.swings_left, right: live.swings_right });
  }

  /** @param {import("./wire.js").Live} live */
  #showReach({ reach_zone, reach_cm, reach_height }) {
    const zone = (reach_zone && config.zones[reach_zone]) || "";
    const cm = reach_cm === null ? "" : word("reach_cm", { cm: Math.max(0, Math.round(reach_cm)) });
    this.gauge?.show({ height: zone ? reach_height : null, text: zone });
    this.count.hidden = !zone;
    this.count.textContent = cm ? `${word("reach", { zone })} · ${cm}` : word("reach", { zone });
  }

  get troubled() {
    return this.troubles.size > 0;
  }

  /**
   * Something is wrong that the page itself noticed: words, a hint, and ways on.
   *
   * @param {Source} source
   * @param {string} text
   * @param {string} hint
   */
  trouble(source, text, hint) {
    this.troubles.set(source, { text, hint });
    this.#showTrouble();
  }

  /** @param {Source} source what is well again; another trouble that is left comes to the front */
  untrouble(source) {
    if (this.troubles.delete(source)) this.#showTrouble();
  }

  #showTrouble() {
    const worst = SOURCES.map((source) => this.troubles.get(source)).find((trouble) => trouble);
    this.hint.textContent = worst?.hint ?? "";
    if (worst) this.caption.say(worst.text, "sight", true);
    else this.caption.release();
  }
}
