// @ts-check
/**
 * Watches a video: the newest picture goes to the worker as soon as the worker is free, all others are dropped.
 *
 * Waiting for the next picture after each answer would waste a third of the rate, so a picture that arrived while the
 * worker was busy is taken at once. When the full model is too slow for this machine, the lite one takes over: best
 * found out before the session's clock runs, since the change makes a gap of about a second.
 */

import { Glance } from "./glance.js";

/**
 * @typedef {object} Sight
 * @property {number} at_ms when the picture was taken, on the page's clock
 * @property {Float32Array | null} points
 * @property {number | null} people
 * @property {number | null} brightness
 */

const LITE_BELOW_HZ = 12;
const RATE_OVER_MS = 3000;
const WARM_UP_ANSWERS = 3; // the first answers are slow and say nothing about the rate
const WARM_UP_MS = 1200;
const STUCK_AFTER_MS = 2000;
const STUCK_EVERY_MS = 200;
const GLANCE_EVERY_MS = 1000;
const COUNT_EVERY_MS = 1500; // as long as standing still takes: whoever is measured was counted
const OLDEST_CAPTURE_MS = 1000; // a capture time further back than this is another clock's

export class PoseWatcher {
  /**
   * @param {HTMLVideoElement} video
   * @param {string} assets
   * @param {object} tell
   * @param {() => void} tell.ready the model is there, and chosen
   * @param {(sight: Sight) => void} tell.seen
   * @param {(at_ms: number) => void} tell.stuck no new picture for a while; said again at least five times a second
   * @param {(message: string) => void} tell.failed
   */
  constructor(video, assets, tell) {
    this.video = video;
    this.assets = new URL(assets, document.baseURI).href.replace(/\/*$/, "/");
    this.tell = tell;
    this.counting = true;
    /** @type {"full" | "lite"} */
    this.model = "full";
    this.worker = new Worker(new URL("pose-worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.#answer(data);
    this.worker.onerror = (event) => tell.failed(event.message);
    this.busy = true; // until the model is there
    this.warm = false;
    this.paused = false;
    this.closed = false;
    this.takenAt_ms = 0;
    /** @type {number | null} when the newest picture came that nobody has looked at */
    this.fresh_ms = null;
    this.newest_ms = performance.now();
    this.counted_ms = -Infinity;
    this.someone = false;
    this.glance = new Glance();
    this.glanced_ms = -Infinity;
    /** @type {number[]} */
    this.answers_ms = [];
    this.worker.postMessage({ type: "load", assets: this.assets, model: this.model });
    this.#await();
    this.stuckTimer = setInterval(() => this.#checkStuck(), STUCK_EVERY_MS);
  }

  /** While the page is hidden nothing is looked at, and no picture is not a stuck one. */
  pause() {
    this.paused = true;
  }

  resume() {
    this.paused = false;
    this.newest_ms = performance.now();
    this.answers_ms = [];
    this.glance.restart();
  }

  /** @param {boolean} wanted whether people are counted: while the coach looks for the one to follow */
  count(wanted) {
    if (wanted === this.counting) return;
    this.counting = wanted;
    this.worker.postMessage({ type: "counting", wanted });
  }

  close() {
    this.closed = true;
    clearInterval(this.stuckTimer);
    this.worker.terminate();
  }

  #await() {
    this.video.requestVideoFrameCallback((now, { captureTime }) => {
      if (this.closed) return;
      const known = captureTime !== undefined && captureTime <= now && now - captureTime < OLDEST_CAPTURE_MS;
      this.fresh_ms = known ? captureTime : now;
      this.newest_ms = now;
      this.#take();
      this.#await();
    });
  }

  async #take() {
    if (this.busy || this.paused || this.fresh_ms === null || !this.video.videoWidth) return;
    this.busy = true;
    const at_ms = this.fresh_ms;
    this.fresh_ms = null;
    try {
      if (at_ms - this.glanced_ms >= GLANCE_EVERY_MS) {
        this.glance.take(this.video, at_ms);
        this.glanced_ms = at_ms;
      }
      const picture = await createImageBitmap(this.video);
      const count = this.counting && at_ms - this.counted_ms >= COUNT_EVERY_MS;
      if (count) this.counted_ms = at_ms;
      this.takenAt_ms = at_ms;
      this.worker.postMessage({ type: "look", picture, t_ms: at_ms, count }, [picture]);
    } catch {
      this.busy = false; // the video had no picture just then; the next one comes by itself
    }
  }

  /** @param {any} data */
  #answer(data) {
    if (this.closed) return;
    if (data.type === "failed") {
      this.tell.failed(data.message);
      return;
    }
    this.busy = false;
    if (data.type === "ready") {
      this.newest_ms = performance.now();
      this.answers_ms = [];
      if (this.model === "lite") this.#warmed();
    } else {
      performance.measure("ownway:pose", { start: performance.now() - data.took_ms, end: performance.now() });
      if (data.points && !this.someone) this.counted_ms = -Infinity; // whoever comes is counted at once
      this.someone = data.points !== null;
      if (this.glance.frozen) this.tell.stuck(data.t_ms);
      else this.tell.seen({ at_ms: data.t_ms, points: data.points, people: data.people, brightness: this.glance.brightness });
      this.#weigh();
    }
    this.#take();
  }

  /** Changes to the lite model when the full one stays too slow. */
  #weigh() {
    const now = performance.now();
    this.answers_ms.push(now);
    const first = this.warm ? 0 : WARM_UP_ANSWERS;
    const began = this.answers_ms[first] ?? now;
    if (this.model === "lite" || now - began < (this.warm ? RATE_OVER_MS : WARM_UP_MS)) return;
    const rate_hz = ((this.answers_ms.length - 1 - first) * 1000) / (now - began);
    this.answers_ms = [];
    if (rate_hz >= LITE_BELOW_HZ) {
      this.#warmed();
      return;
    }
    this.model = "lite";
    this.busy = true;
    this.worker.postMessage({ type: "load", assets: this.assets, model: this.model });
  }

  #warmed() {
    if (this.warm) return;
    this.warm = true;
    this.tell.ready();
  }

  #checkStuck() {
    const now = performance.now();
    if (!this.paused && now - this.newest_ms >= STUCK_AFTER_MS) this.tell.stuck(now);
  }
}
