// @ts-check
/**
 * A glance at the video once a second: how bright the picture is, and whether the camera sends the same one over and over.
 *
 * A camera that hangs often goes on sending its last picture. A living one never sends the same twice: its sensor's noise
 * alone changes it. Only a flat picture (a lid over the lens) may be the same, and that one is dark, not stuck.
 */

const WIDTH = 32;
const HEIGHT = 24;
const BRIGHTEST = 254; // 255 means "not measured" on the wire
const SAME_FOR_MS = 2500; // chosen by us: three glances
const FLAT_WITHIN = 8; // brightest less darkest pixel

export class Glance {
  constructor() {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    this.pen = canvas.getContext("2d", { willReadFrequently: true });
    /** @type {number | null} mean luma 0..254 (Rec. 601); null where the browser shows no pixels */
    this.brightness = null;
    /** The camera repeats one picture. */
    this.frozen = false;
    this.last = "";
    this.changed_ms = -Infinity;
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {number} at_ms
   */
  take(video, at_ms) {
    if (!this.pen) return;
    this.pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
    const { data } = this.pen.getImageData(0, 0, WIDTH, HEIGHT);
    let sum = 0;
    let darkest = 255;
    let brightest = 0;
    for (let i = 0; i < data.length; i += 4) {
      const luma = 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
      sum += luma;
      darkest = Math.min(darkest, luma);
      brightest = Math.max(brightest, luma);
    }
    this.brightness = Math.min(BRIGHTEST, Math.round(sum / (WIDTH * HEIGHT)));
    const picture = data.join();
    if (picture !== this.last || brightest - darkest < FLAT_WITHIN) this.changed_ms = at_ms;
    this.last = picture;
    this.frozen = at_ms - this.changed_ms >= SAME_FOR_MS;
  }

  /** There was a pause: what stood still before it says nothing. */
  restart() {
    this.last = "";
    this.frozen = false;
  }
}
