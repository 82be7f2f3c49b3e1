// @ts-check
/**
 * The skeleton over the picture: the side near the camera strong, the far one faint, a joint to mend in amber.
 * The canvas is flipped by the style sheet together with the video, so nothing is flipped here.
 */

import { LANDMARKS } from "./frame.js";

const SHOULDER = [11, 12];
const HIP = [23, 24];
/** Per side: 0 is the person's left. */
const LIMBS = [
  [[11, 13], [13, 15], [15, 19], [11, 23], [23, 25], [25, 27], [27, 29], [29, 31], [27, 31]],
  [[12, 14], [14, 16], [16, 20], [12, 24], [24, 26], [26, 28], [28, 30], [30, 32], [28, 32]],
];
/** @type {Record<string, [number, number]>} */
const JOINTS = {
  shoulder: [11, 12],
  elbow: [13, 14],
  wrist: [15, 16],
  hip: [23, 24],
  knee: [25, 26],
  ankle: [27, 28],
  heel: [29, 30],
  foot: [31, 32],
};
const SEEN_FROM = 0.3; // visibility; chosen by us: below it the model guesses
const NEAR = "rgb(143 208 196)";
const EDGE = "rgb(15 76 79 / 75%)";
const FAR = "rgb(223 234 229 / 45%)";
const AMBER = "rgb(240 166 58)";

export class Overlay {
  /**
   * @param {HTMLCanvasElement} canvas
   */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    /** @type {"left" | "right" | null} */
    this.nearSide = null;
    /** @type {readonly string[]} */
    this.joints = [];
  }

  /** @param {Float32Array | null} points 33 x (x, y, z, visibility); null: nobody */
  draw(points) {
    const { canvas, pen } = this;
    if (!pen) return;
    const scale = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(canvas.clientHeight * scale);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    pen.clearRect(0, 0, width, height);
    if (!points || points.length !== LANDMARKS * 4) return;
    const thick = Math.max(3, height / 110);
    /** @param {number} i */
    const at = (i) => ({
      x: (points[i * 4] ?? 0) * width,
      y: (points[i * 4 + 1] ?? 0) * height,
      seen: (points[i * 4 + 3] ?? 0) >= SEEN_FROM,
    });
    const amber = new Set(this.joints.flatMap((joint) => this.#near(JOINTS[joint] ?? [])));
    /**
     * @param {number} from
     * @param {number} to
     * @param {string} colour
     * @param {number} size
     */
    const line = (from, to, colour, size) => {
      const a = at(from);
      const b = at(to);
      if (!a.seen || !b.seen) return;
      pen.strokeStyle = colour;
      pen.lineWidth = size;
      pen.beginPath();
      pen.moveTo(a.x, a.y);
      pen.lineTo(b.x, b.y);
      pen.stroke();
    };
    pen.lineCap = "round";
    const far = this.nearSide === null ? -1 : this.nearSide === "left" ? 1 : 0;
    for (const [from, to] of LIMBS[far] ?? []) line(from ?? 0, to ?? 0, FAR, thick * 0.7);
    if (far === -1) for (const [left, right] of [SHOULDER, HIP]) this.#bone(line, left ?? 0, right ?? 0, thick, amber);
    for (const side of [0, 1]) {
      if (side === far) continue;
      for (const [from, to] of LIMBS[side] ?? []) this.#bone(line, from ?? 0, to ?? 0, thick, amber);
    }
    for (const joint of amber) {
      const { x, y, seen } = at(joint);
      if (!seen) continue;
      pen.strokeStyle = AMBER;
      pen.lineWidth = thick;
      pen.beginPath();
      pen.arc(x, y, thick * 3.2, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  /**
   * A light line on a dark edge: to be seen on any wall.
   *
   * @param {(from: number, to: number, colour: string, size: number) => void} line
   * @param {number} from
   * @param {number} to
   * @param {number} thick
   * @param {Set<number>} amber
   */
  #bone(line, from, to, thick, amber) {
    line(from, to, EDGE, thick * 1.7);
    line(from, to, amber.has(from) || amber.has(to) ? AMBER : NEAR, thick);
  }

  /** @param {readonly number[]} pair left and right of a joint */
  #near(pair) {
    if (this.nearSide === null) return [...pair];
    const index = pair[this.nearSide === "left" ? 0 : 1];
    return index === undefined ? [] : [index];
  }
}
