// @ts-check
/**
 * <ownway-drawing>: the drawn demonstrator of an exercise of one's own, as `templates/_drawn.html` lays it out.
 *
 * A still drawing is there from the start. `data-ways` has its key moments: how long it takes to come to each, and the
 * drawing's paths on the way there; between those all numbers run evenly. Round and round, with a short rest at each.
 * Whoever wants less motion is asked first. In a session it is led as every `Demonstrator`: a phase that has a moment
 * of its name is shown and stays; in one of `data-rests` it stands; in any other the whole movement goes on.
 */

import { Demonstrator, watchView } from "./demonstrator.js";

/** @typedef {{id: string, takes_s: number, ways: string[][]}} Moment */

const STAY_S = 0.8; // at each moment; chosen by us: long enough to see it, short enough to stay a movement
const NUMBER = /(-?\d+)/;

/** @param {number} share */
const gently = (share) => share ** 3 * (share * (6 * share - 15) + 10); // minimum jerk, as people move

/** @param {number} value */
const tenths = (value) => Math.round(value * 10) / 10;

/** @param {string} d */
const parsed = (d) => d.split(NUMBER).map((part, i) => (i % 2 ? Number(part) : part));

export class Drawing extends Demonstrator {
  /** @type {{id: string, takes_s: number, ways: (string | number)[][][]}[]} */
  #moments = [];
  /** @type {SVGPathElement[]} */
  #parts = [];
  #now = 0; // the moment it goes to
  #at_s = 0; // since it left for it
  /** @type {number | null} where it stays; null: it goes round */
  #goal = null;
  #seen = false;
  #asked = false;
  #frame = 0;
  #last_ms = 0;
  #over = new AbortController();

  connectedCallback() {
    this.#over = new AbortController();
    const { signal } = this.#over;
    /** @type {Moment[]} */
    const told = JSON.parse(this.dataset.ways ?? "[]");
    this.#moments = told.map((one) => ({ ...one, ways: one.ways.map((way) => way.map(parsed)) }));
    this.#parts = [...(this.querySelector("svg.drawn")?.querySelectorAll("path") ?? [])].filter((path) => "part" in path.dataset);
    this.#now = Math.max(0, this.#moments.findIndex(({ id }) => id === this.dataset.main));
    this.#at_s = this.#moments[this.#now]?.takes_s ?? 0;
    this.addEventListener("click", (event) => this.#pressed(event), { signal });
    document.addEventListener("visibilitychange", () => this.go(), { signal });
    watchView(this, (seen) => this.#inView(seen), signal);
  }

  disconnectedCallback() {
    this.#over.abort();
    cancelAnimationFrame(this.#frame);
  }

  /** Goes to the moment that has the phase's name, and stays there. */
  follow() {
    const rests = (this.dataset.rests ?? "").split(" ");
    const named = this.#moments.findIndex(({ id }) => id === this.phase);
    const goal = this.phase !== null && rests.includes(this.phase) ? 0 : named;
    this.#goal = goal < 0 ? null : goal;
    if (this.#goal !== null && this.#goal !== this.#now) {
      this.#now = this.#goal;
      this.#at_s = 0;
    }
    if (this.less.matches && this.#goal !== null) this.#draw(this.#goal, 1);
  }

  // ---- moving ---------------------------------------------------------------------------------------------------------

  /** @param {boolean} seen */
  #inView(seen) {
    this.#seen = seen;
    if (this.less.matches && !this.#asked) this.querySelector("[data-start]")?.toggleAttribute("hidden", this.#moments.length < 2);
    this.go();
  }

  /** @param {Event} event */
  #pressed(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.start !== undefined) {
      this.#asked = true;
      button.hidden = true;
      this.go();
      this.querySelector("button")?.focus();
    } else if (button?.dataset.pause !== undefined) {
      button.setAttribute("aria-pressed", String(!this.paused));
      this.pause(!this.paused);
    }
  }

  get #moves() {
    return this.#moments.length > 1 && (!this.less.matches || this.#asked);
  }

  go() {
    cancelAnimationFrame(this.#frame);
    if (this.#moves && this.#seen) this.dataset.state = "moving";
    const stands = this.paused || this.back || !this.#seen || document.visibilityState !== "visible";
    if (!this.#moves || stands) return;
    this.#last_ms = performance.now();
    this.#frame = requestAnimationFrame((now_ms) => this.#step(now_ms));
  }

  /** @param {number} now_ms */
  #step(now_ms) {
    const moment = this.#moments[this.#now];
    if (!moment) return;
    this.#at_s += Math.max(0, now_ms - this.#last_ms) / 1000;
    this.#last_ms = now_ms;
    this.#draw(this.#now, Math.min(1, this.#at_s / moment.takes_s));
    const done = this.#at_s > moment.takes_s;
    if (done && this.#goal === this.#now) return; // there it stays
    if (this.#at_s > moment.takes_s + STAY_S) {
      this.#now = (this.#now + 1) % this.#moments.length;
      this.#at_s = 0;
    }
    this.#frame = requestAnimationFrame((next_ms) => this.#step(next_ms));
  }

  /**
   * @param {number} index
   * @param {number} share of the way there
   */
  #draw(index, share) {
    const moment = this.#moments[index];
    const before = this.#moments.at(index - 1)?.ways.at(-1);
    if (!moment || !before) return;
    const at = gently(share) * moment.ways.length;
    const step = Math.min(moment.ways.length - 1, Math.floor(at));
    const [from, to] = [step ? moment.ways[step - 1] : before, moment.ways[step]];
    this.#parts.forEach((part, i) => {
      const [start, end] = [from?.[i], to?.[i]];
      if (start && end) part.setAttribute("d", mixed(start, end, at - step));
    });
    this.#say(moment.id);
  }

  /** @param {string} id */
  #say(id) {
    const says = this.querySelector("[data-says]");
    const text = this.querySelector(`[data-of="${id}"]`)?.textContent ?? "";
    if (says && says.textContent !== text) says.textContent = text;
  }
}

/**
 * @param {(string | number)[]} start
 * @param {(string | number)[]} end
 * @param {number} share
 */
function mixed(start, end, share) {
  return start.map((part, i) => (typeof part === "number" ? tenths(part + (Number(end[i]) - part) * share) : part)).join("");
}

customElements.define("ownway-drawing", Drawing);
