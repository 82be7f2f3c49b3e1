// @ts-check
/**
 * <ownway-ring></ownway-ring>
 *
 * The seconds of a hold (or of the swinging, or of a rest) as a number within a ring. Until the full dose it counts
 * down, as the voice does; after it, it counts what is held beyond, and a second, thin ring fills up to the most.
 * Repetitions are counted up instead, those done well of so many.
 *
 * `show(clock)` draws; ARIA: role timer, whose label is told in words. It is not live: the voice tells time and count.
 */

import { word } from "./config.js";
import { svg } from "./svg.js";

const RADIUS = 44;
const LENGTH = 2 * Math.PI * RADIUS;
const MORE_RADIUS = 37;
const MORE_LENGTH = 2 * Math.PI * MORE_RADIUS;
const MINUTE_S = 60;

/**
 * @param {number} seconds
 * @param {boolean} minutes whether minutes are told apart
 */
function digits(seconds, minutes) {
  if (!minutes) return String(seconds);
  return `${Math.floor(seconds / MINUTE_S)}:${String(seconds % MINUTE_S).padStart(2, "0")}`;
}

export class Ring extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "timer");
    this.time = svg("circle", { class: "ring-time", cx: 50, cy: 50, r: RADIUS, transform: "rotate(-90 50 50)" });
    this.more = svg("circle", { class: "ring-more", cx: 50, cy: 50, r: MORE_RADIUS, transform: "rotate(-90 50 50)" });
    this.time.style.strokeDasharray = String(LENGTH);
    this.more.style.strokeDasharray = String(MORE_LENGTH);
    const picture = svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" });
    picture.append(
      svg("circle", { class: "ring-ground", cx: 50, cy: 50, r: 49 }),
      svg("circle", { class: "ring-track", cx: 50, cy: 50, r: RADIUS }),
      this.time,
      this.more,
    );
    this.number = document.createElement("span");
    this.number.className = "ring-number";
    this.number.ariaHidden = "true";
    this.label = document.createElement("span");
    this.label.className = "ring-label";
    this.label.ariaHidden = "true";
    this.replaceChildren(picture, this.number, this.label);
  }

  /**
   * @param {object} clock
   * @param {number} clock.clock_s
   * @param {number} clock.full_s
   * @param {number} clock.most_s
   * @param {boolean} clock.clock_runs
   * @param {number | null} clock.rest_left_s
   * @param {number} [clock.count] repetitions done well
   * @param {number | null} [clock.full_count] of so many; null or left out where time is what counts
   */
  show({ clock_s, full_s, most_s, clock_runs, rest_left_s, count = 0, full_count = null }) {
    if (!this.number || !this.label) return;
    const rests = rest_left_s !== null;
    if (!rests && full_count !== null) {
      this.#count(count, full_count);
      return;
    }
    const beyond = !rests && clock_s >= full_s;
    const seconds = Math.round(rests ? Math.ceil(rest_left_s) : beyond ? Math.floor(clock_s) : Math.ceil(full_s - clock_s));
    const minutes = !rests && full_s > MINUTE_S;
    this.number.textContent = digits(seconds, minutes);
    this.number.classList.toggle("long", minutes);
    this.label.textContent = rests ? word("rest") : "";
    this.ariaLabel = word(rests ? "ring_rest" : beyond ? "ring_held" : "ring_left", { seconds });
    this.classList.toggle("rests", rests);
    this.classList.toggle("waits", !rests && !clock_runs);
    const share = rests ? 1 : Math.min(1, clock_s / full_s);
    const extra = beyond && most_s > full_s ? Math.min(1, (clock_s - full_s) / (most_s - full_s)) : 0;
    this.#fill(share, extra);
  }

  /**
   * @param {number} count
   * @param {number} full
   */
  #count(count, full) {
    if (!this.number || !this.label) return;
    this.number.textContent = String(count);
    this.number.classList.remove("long");
    this.label.textContent = word("of", { full });
    this.ariaLabel = word("ring_count", { count, full });
    this.classList.remove("rests", "waits");
    this.#fill(Math.min(1, count / full), 0);
  }

  /**
   * @param {number} share of the ring
   * @param {number} extra share of the thin one
   */
  #fill(share, extra) {
    if (this.time) this.time.style.strokeDashoffset = String(LENGTH * (1 - share));
    if (this.more) {
      this.more.style.strokeDashoffset = String(MORE_LENGTH * (1 - extra));
      this.more.style.visibility = extra > 0 ? "visible" : "hidden"; // a round cap would leave a dot
    }
    if (this.time) this.time.style.visibility = share > 0.005 ? "visible" : "hidden";
  }
}

customElements.define("ownway-ring", Ring);
