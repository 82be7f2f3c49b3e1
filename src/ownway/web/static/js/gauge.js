// @ts-check
/**
 * <ownway-gauge></ownway-gauge>
 *
 * How far down the fingertips are, beside a leg: the floor below, the person's own knee above. It has no target and no
 * colours of right or wrong: wherever someone stops is their place today. The pale band is the furthest so far.
 *
 * `show({height, text})` draws; height 0 is the floor, 1 the knee. ARIA: an image whose label is the reach in words.
 */

import { svg } from "./svg.js";

const TOP = 14;
const FLOOR = 196;
const HIGHEST = 1.35; // of the knee's height: a hand on the thigh
const LINE_X = 60;

/** @param {number} height */
function level(height) {
  return FLOOR - (Math.max(0, Math.min(HIGHEST, height)) / HIGHEST) * (FLOOR - TOP);
}

export class Gauge extends HTMLElement {
  #lowest = HIGHEST;

  connectedCallback() {
    this.setAttribute("role", "img");
    this.ariaHidden = "true"; // until there is something to tell
    this.best = svg("line", { class: "gauge-best", x1: LINE_X, x2: LINE_X, y1: TOP, y2: TOP, visibility: "hidden" });
    this.now = svg("circle", { class: "gauge-now", cx: LINE_X, r: 10, visibility: "hidden" });
    this.here = svg("text", { class: "gauge-here", x: LINE_X + 20 });
    const picture = svg("svg", { viewBox: "0 0 200 216", "aria-hidden": "true" });
    picture.append(
      svg("line", { class: "gauge-leg", x1: 20, x2: 110, y1: FLOOR + 9, y2: FLOOR + 9 }),
      svg("line", { class: "gauge-line", x1: LINE_X, x2: LINE_X, y1: TOP, y2: FLOOR }),
      svg("line", { class: "gauge-leg", x1: LINE_X - 18, x2: LINE_X - 8, y1: level(1), y2: level(1) }),
      this.best,
      this.now,
      this.here,
    );
    this.replaceChildren(picture);
  }

  /** @param {{height: number | null, text: string}} reach */
  show({ height, text }) {
    if (!this.now || !this.best || !this.here) return;
    const known = height !== null;
    this.ariaLabel = text;
    this.ariaHidden = String(!known);
    this.now.setAttribute("visibility", known ? "visible" : "hidden");
    this.here.textContent = known ? text : "";
    if (!known) return;
    this.#lowest = Math.min(this.#lowest, height);
    const y = level(height);
    this.now.setAttribute("cy", y.toFixed(1));
    this.here.setAttribute("y", (y + 6).toFixed(1));
    this.best.setAttribute("visibility", this.#lowest < HIGHEST ? "visible" : "hidden");
    this.best.setAttribute("y2", level(this.#lowest).toFixed(1));
  }
}

customElements.define("ownway-gauge", Gauge);
