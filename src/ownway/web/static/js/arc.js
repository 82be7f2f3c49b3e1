// @ts-check
/**
 * <ownway-arc></ownway-arc>
 *
 * How far the trunk turns, seen from above as in a mirror: the person's own left is on the left. The band is the range
 * so far, the needle where they are now, the dot the tempo. With reduced motion the dot does not travel; the name of
 * the side whose turn it is stands out instead.
 *
 * `show(live)` draws; `pace(half_period_s)` starts the tempo, null stops it; `beat(side)` puts it in step. ARIA: an image whose label tells the ranges.
 */

import { word } from "./config.js";
import { svg } from "./svg.js";

const CENTRE_X = 110;
const CENTRE_Y = 104;
const RADIUS = 84;
const WIDEST_DEG = 90;
const PACE_DEG = 30; // the dot shows the tempo, not how far to go: it stays within an easy turn

/**
 * @param {number} deg positive: the person's own left
 * @param {number} radius
 */
function point(deg, radius) {
  const angle = (Math.max(-WIDEST_DEG, Math.min(WIDEST_DEG, deg)) * Math.PI) / 180;
  return { x: CENTRE_X - radius * Math.sin(angle), y: CENTRE_Y - radius * Math.cos(angle) };
}

/**
 * @param {number} left_deg
 * @param {number} right_deg
 */
function band(left_deg, right_deg) {
  const from = point(left_deg, RADIUS);
  const to = point(-right_deg, RADIUS);
  return `M${from.x} ${from.y} A${RADIUS} ${RADIUS} 0 0 1 ${to.x} ${to.y}`;
}

export class Arc extends HTMLElement {
  /** @type {number | null} */
  #half_period_s = null;
  #began_ms = 0;
  #frame = 0;

  connectedCallback() {
    this.setAttribute("role", "img");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.range = svg("path", { class: "arc-range" });
    this.needle = svg("line", { class: "arc-needle", x1: CENTRE_X, y1: CENTRE_Y });
    this.dot = svg("circle", { class: "arc-pace", r: 8, visibility: "hidden" });
    this.left = svg("text", { x: 4, y: 134 }, "");
    this.right = svg("text", { x: 216, y: 134, "text-anchor": "end" }, "");
    this.leftName = svg("text", { class: "arc-side", x: 4, y: 150 }, word("left"));
    this.rightName = svg("text", { class: "arc-side", x: 216, y: 150, "text-anchor": "end" }, word("right"));
    const picture = svg("svg", { viewBox: "0 0 220 156", "aria-hidden": "true" });
    picture.append(
      svg("path", { class: "arc-track", d: band(WIDEST_DEG, WIDEST_DEG) }),
      this.range,
      this.needle,
      svg("circle", { class: "arc-hub", cx: CENTRE_X, cy: CENTRE_Y, r: 7 }),
      this.dot,
      this.left,
      this.right,
      this.leftName,
      this.rightName,
    );
    this.replaceChildren(picture);
    this.show({ rotation_deg: 0, range_left_deg: 0, range_right_deg: 0 });
  }

  disconnectedCallback() {
    this.pace(null);
  }

  /** @param {{rotation_deg: number | null, range_left_deg: number, range_right_deg: number}} live */
  show({ rotation_deg, range_left_deg, range_right_deg }) {
    this.#turn(rotation_deg);
    const left_deg = range_left_deg ?? 0;
    const right_deg = range_right_deg ?? 0;
    const any = left_deg + right_deg > 1;
    this.range?.setAttribute("d", any ? band(left_deg, right_deg) : "");
    if (this.left) this.left.textContent = left_deg > 1 ? `${Math.round(left_deg)}°` : "";
    if (this.right) this.right.textContent = right_deg > 1 ? `${Math.round(right_deg)}°` : "";
    this.ariaLabel = `${word("left")} ${Math.round(left_deg)}°, ${word("right")} ${Math.round(right_deg)}°`;
  }

  /** @param {number | null} half_period_s from one side to the other */
  pace(half_period_s) {
    if (half_period_s === this.#half_period_s) return;
    this.#half_period_s = half_period_s;
    cancelAnimationFrame(this.#frame);
    this.dot?.setAttribute("visibility", "hidden");
    this.#began_ms = performance.now();
    if (half_period_s !== null) this.#swing(half_period_s);
  }

  /** @param {"left" | "right"} side where the tempo is just now */
  beat(side) {
    if (this.#half_period_s === null) return;
    this.#began_ms = performance.now() - (side === "left" ? 0.5 : 1.5) * this.#half_period_s * 1000;
  }

  /** @param {number} half_period_s */
  #swing(half_period_s) {
    const deg = PACE_DEG * Math.sin((Math.PI * (performance.now() - this.#began_ms)) / (half_period_s * 1000));
    if (this.still?.matches) {
      this.leftName?.classList.toggle("now", deg > 0);
      this.rightName?.classList.toggle("now", deg <= 0);
    } else {
      const { x, y } = point(deg, RADIUS);
      this.dot?.setAttribute("visibility", "visible");
      this.dot?.setAttribute("cx", x.toFixed(1));
      this.dot?.setAttribute("cy", y.toFixed(1));
    }
    this.#frame = requestAnimationFrame(() => this.#swing(half_period_s));
  }

  /** @param {number | null} deg */
  #turn(deg) {
    if (!this.needle) return;
    this.needle.setAttribute("visibility", deg === null ? "hidden" : "visible");
    const { x, y } = point(deg ?? 0, RADIUS - 14);
    this.needle.setAttribute("x2", x.toFixed(1));
    this.needle.setAttribute("y2", y.toFixed(1));
  }
}

customElements.define("ownway-arc", Arc);
