// @ts-check
/**
 * The live socket of docs/WIRE.md: one session, over as many connections as it takes.
 *
 * The session's clock lives here: it starts with `start()`, stands still while the connection is down, and goes on from
 * where the server says.
 */

import { encodeFrame } from "./frame.js";

/**
 * @typedef {object} CoachEvent
 * @property {string} kind
 * @property {number} t_s
 * @property {string} [cue]
 * @property {string} [text]
 * @property {string} [level]
 * @property {boolean} [voiced]
 * @property {number} [speak_s]
 * @property {string} [why]
 * @property {string} [fault]
 * @property {boolean} [mended]
 * @property {string} [reason]
 * @property {string} [offer]
 * @property {string} [how]
 * @property {boolean} [good]
 */

/**
 * @typedef {object} Live
 * @property {number} t_s
 * @property {string} phase
 * @property {number} set_no
 * @property {number} sets
 * @property {number} clock_s
 * @property {number} full_s
 * @property {number} most_s
 * @property {boolean} clock_runs
 * @property {number | null} rest_left_s
 * @property {string | null} reach_zone
 * @property {number | null} reach_cm
 * @property {number | null} reach_height
 * @property {number | null} rotation_deg
 * @property {number} range_left_deg
 * @property {number} range_right_deg
 * @property {number} swings_left
 * @property {number} swings_right
 * @property {number} count repetitions of this set done well
 * @property {number | null} full_count of so many; null where the dose is none of repetitions
 * @property {number | null} half_period_s
 * @property {string[]} faults
 * @property {string[]} joints
 * @property {"left" | "right" | null} near_side
 * @property {string | null} sight
 * @property {boolean} paused
 * @property {boolean} camera
 */

/**
 * @typedef {object} Hello
 * @property {string} exercise
 * @property {"camera" | "timer" | "sample"} mode
 * @property {number} width_px
 * @property {number} height_px
 * @property {number | null} height_cm
 * @property {number | null} pain_before
 * @property {boolean} bends_anyway
 */

/**
 * @typedef {object} Listener
 * @property {(session: string, past: CoachEvent[]) => void} welcome
 * @property {(events: CoachEvent[], captured_ms: number | null) => void} events
 * @property {(live: Live) => void} state
 * @property {(summary: string) => void} ended
 * @property {(for_ms: number) => void} lost the server does not answer; it is being called again
 * @property {() => void} back it answers again
 * @property {(reason: string) => void} gone it refuses to go on, and says why
 */

const VERSION = 1;
const AGAIN_EVERY_MS = 1000;
const SELDOM_AFTER_MS = 60000; // by then the session is closed and kept; a server that starts again leads to its summary
const SELDOM_EVERY_MS = 5000;
const SILENT_AFTER_MS = 5000; // so long without an answer to any frame, the server hangs
const STEADY_MS = 1000; // frames further apart than this had no reason to be answered in between
const REFUSED = [1002, 1003, 1007, 1008, 1009];
const SMALLEST_STEP_S = 0.001;
const REMEMBERED_FRAMES = 600; // 10 s at 60 a second: longer than any answer takes
const MOST_WAITING_BYTES = 32768; // more than a second of frames not yet sent: newer ones are dropped

export class Wire {
  /**
   * @param {string} address
   * @param {Hello} hello
   * @param {string | null} session
   * @param {Listener} listener
   */
  constructor(address, hello, session, listener) {
    const url = new URL(address, document.baseURI);
    url.protocol = url.protocol.replace(/^http/, "ws");
    this.address = url.href;
    this.hello = hello;
    this.session = session;
    this.listener = listener;
    this.over = false;
    this.started = false;
    this.welcomed = false;
    this.base_s = 0;
    this.since_ms = 0;
    this.last_s = 0;
    this.called_ms = -Infinity;
    this.sent_ms = -Infinity;
    /** @type {number | null} since when frames are sent that nothing answers */
    this.unanswered_ms = null;
    /** @type {number | null} */
    this.lost_ms = null;
    this.silent = false;
    /** @type {Map<number, number>} session time -> when the picture was taken, on the page's clock */
    this.captured_ms = new Map();
    this.#connect();
  }

  /** From here the session's time runs (as soon as the server is there). */
  start() {
    if (this.started) return;
    this.started = true;
    this.since_ms = performance.now();
  }

  get open() {
    return this.started && this.welcomed && this.socket?.readyState === WebSocket.OPEN;
  }

  /**
   * @param {number} what
   * @param {number} at_ms when the picture was taken
   * @param {Float32Array | null} [points]
   * @param {number | null} [people]
   * @param {number | null} [brightness]
   */
  frame(what, at_ms, points = null, people = null, brightness = null) {
    if (!this.open || !this.socket || this.socket.bufferedAmount > MOST_WAITING_BYTES) return;
    const t_s = this.#time(at_ms);
    this.captured_ms.set(t_s, at_ms);
    if (this.captured_ms.size > REMEMBERED_FRAMES) this.captured_ms.delete(this.captured_ms.keys().next().value ?? 0);
    this.socket.send(encodeFrame(what, t_s, points, people, brightness));
    this.#listen();
  }

  /**
   * @param {"pause" | "resume" | "hide" | "show" | "stop" | "hurt" | "without_camera"} command
   * @returns {boolean} whether it could be sent
   */
  command(command) {
    if (!this.welcomed || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify({ type: "command", command, t_s: this.#time(performance.now()) }));
    return true;
  }

  /**
   * The picture has another size now (a phone was turned): the server must hear of it in a new hello.
   *
   * @param {number} width_px
   * @param {number} height_px
   */
  resize(width_px, height_px) {
    if (this.over || (this.hello.width_px === width_px && this.hello.height_px === height_px)) return;
    this.hello = { ...this.hello, width_px, height_px };
    this.socket?.close(1000, "picture size changed");
  }

  close() {
    this.over = true;
    this.socket?.close(1000);
  }

  /**
   * @param {number} at_ms
   * @returns {number} session time in s; always later than the last one
   */
  #time(at_ms) {
    const t_s = this.started ? this.base_s + (at_ms - this.since_ms) / 1000 : this.base_s;
    this.last_s = Math.max(this.last_s + SMALLEST_STEP_S, t_s);
    return this.last_s;
  }

  /** A server that hangs keeps the connection open and says nothing: the person hears of it all the same. */
  #listen() {
    const now = performance.now();
    if (now - this.sent_ms > STEADY_MS) this.unanswered_ms = null;
    this.sent_ms = now;
    this.unanswered_ms ??= now;
    if (this.silent || now - this.unanswered_ms < SILENT_AFTER_MS) return;
    this.silent = true;
    this.listener.lost(now - this.unanswered_ms);
  }

  #connect() {
    this.called_ms = performance.now();
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.welcomed = false;
    socket.onopen = () =>
      socket.send(
        JSON.stringify({ type: "hello", version: VERSION, mirrored: false, session: this.session, ...this.hello }),
      );
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  /** @param {any} message */
  #hear(message) {
    this.unanswered_ms = null;
    if (this.silent || this.lost_ms !== null) {
      this.silent = false;
      this.lost_ms = null;
      this.listener.back();
    }
    if (message.type === "welcome") {
      this.session = message.session;
      this.base_s = message.resume_at_s;
      this.last_s = message.resume_at_s;
      this.since_ms = performance.now();
      this.captured_ms.clear();
      this.welcomed = true;
      this.listener.welcome(message.session, message.events);
    } else if (message.type === "events") {
      this.listener.events(message.events, this.captured_ms.get(message.frame_t_s) ?? null);
    } else if (message.type === "state") {
      this.listener.state(message);
    } else if (message.type === "ended") {
      this.over = true;
      this.listener.ended(message.summary);
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #closed(code, reason) {
    if (this.over) return;
    const now = performance.now();
    if (REFUSED.includes(code)) {
      this.over = true;
      this.listener.gone(reason);
      return;
    }
    if (this.lost_ms !== null) this.listener.lost(now - this.lost_ms); // the first call again may well be answered
    this.lost_ms ??= now;
    const every_ms = now - this.lost_ms > SELDOM_AFTER_MS ? SELDOM_EVERY_MS : AGAIN_EVERY_MS;
    setTimeout(() => this.#connect(), now - this.called_ms > AGAIN_EVERY_MS ? 0 : every_ms);
  }
}
