// @ts-check
/** What the page of a guided run shows: the ring of the part, the bar of all parts, what comes next, and a question. */

import "./caption.js";
import "./ring.js";
import { word } from "./config.js";
import { partAt, totalOf } from "./run-script.js";
import { part } from "./screen.js";

const MINUTE_S = 60;

/** @param {number} seconds */
function length(seconds) {
  if (seconds < MINUTE_S) return word("seconds", { seconds: Math.round(seconds) });
  return word("minutes", { minutes: Math.round(seconds / MINUTE_S) });
}

export class RunScreen {
  /** @param {import("./run-script.js").Part[]} parts */
  constructor(parts) {
    this.parts = parts;
    this.ring = /** @type {import("./ring.js").Ring} */ (part("ring"));
    this.caption = /** @type {import("./caption.js").Caption} */ (part("caption"));
    this.hint = /** @type {HTMLElement} */ (part("hint"));
    this.pause = /** @type {HTMLButtonElement} */ (part("pause"));
    this.start = this.pause.textContent ?? ""; // what the button is called before the run begins
    this.offer = /** @type {HTMLElement} */ (part("offer"));
    this.yes = /** @type {HTMLButtonElement} */ (part("offer-yes"));
    this.no = /** @type {HTMLButtonElement} */ (part("offer-no"));
    const bar = /** @type {HTMLElement} */ (part("bar"));
    this.pieces = parts.map(({ kind, length_s }) => {
      const piece = document.createElement("span");
      piece.className = `is-${kind}`;
      piece.style.flexGrow = String(length_s);
      bar.append(piece);
      return piece;
    });
  }

  /**
   * @param {number} at_s
   * @param {"ready" | "running" | "paused" | "over"} state
   */
  show(at_s, state) {
    const index = partAt(this.parts, at_s);
    const here = this.parts[index];
    const next = this.parts[index + 1];
    if (!here) return;
    const clock = { clock_s: at_s - here.start_s, full_s: here.length_s, most_s: here.length_s, rest_left_s: null };
    this.ring.show({ ...clock, clock_runs: state === "running" });
    for (const each of ["ready", "running", "over"]) document.body.classList.toggle(each, state === each);
    const resting = { ready: word("ready"), paused: word("paused"), running: here.label, over: "" };
    this.caption.rest(resting[state]);
    this.pieces.forEach((piece, i) => {
      piece.classList.toggle("past", i < index);
      piece.classList.toggle("now", i === index);
    });
    part("next").textContent = next ? word("next", { part: next.label, length: length(next.length_s) }) : word("next_end");
    part("left").textContent = word("in_all", { minutes: Math.ceil((totalOf(this.parts) - at_s) / MINUTE_S) });
    this.pause.textContent = { ready: this.start, running: word("pause"), paused: word("go_on"), over: this.start }[state];
  }

  /**
   * @param {string} question
   * @param {{text: string, act: () => void}} yes
   * @param {{text: string, act: () => void}} no
   */
  ask(question, yes, no) {
    this.hint.textContent = question;
    this.yes.textContent = yes.text;
    this.no.textContent = no.text;
    this.yes.onclick = () => this.#answer(yes.act);
    this.no.onclick = () => this.#answer(no.act);
    this.offer.hidden = false;
  }

  /** @param {() => void} act */
  #answer(act) {
    this.unask();
    act();
  }

  /** The question no longer stands. */
  unask() {
    this.offer.hidden = true;
    this.hint.textContent = "";
  }
}
