// @ts-check
/**
 * <ownway-guide data-sheet="..." data-lasting="hold"></ownway-guide>
 *
 * The figure of a session: small, from one sheet of pictures, since three dimensions beside the pose model would cost more
 * than they help. Led as every `Demonstrator`, it shows a phase over and over where one stays in it (`data-lasting`), else
 * once and then what follows. Whoever wants less motion sees one picture of each phase.
 *
 * Beside `data-sheet` lie SHEET.webp and SHEET.json: `tile_px`, `columns`, `times_s` of the pictures, and `phases`
 * and `pictures` as in the figure's own file.
 */

import { Demonstrator } from "./demonstrator.js";

/** @typedef {{phase: string, start_s: number, end_s: number}} Span */
/** @typedef {{tile_px: number, columns: number, times_s: number[], phases: Span[], pictures: Record<string, number>}} Sheet */

const NEAR_S = 1e-6;

export class Guide extends Demonstrator {
  /** @type {Sheet | null} */
  #sheet = null;
  #at_s = 0;
  #timer = 0;
  /** @type {Span | null} what is played; null: all of it */
  #span = null;
  #again = true;

  connectedCallback() {
    this.canvas = document.createElement("canvas");
    this.replaceChildren(this.canvas);
    this.#open().catch((error) => console.info("there is no guide:", error));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  async #open() {
    const { sheet } = this.dataset;
    this.picture = new Image();
    this.picture.src = `${sheet}.webp`;
    const [answer] = await Promise.all([fetch(`${sheet}.json`), this.picture.decode()]);
    this.#sheet = await answer.json();
    const { tile_px = 0 } = this.#sheet ?? {};
    if (this.canvas) this.canvas.width = this.canvas.height = tile_px;
    this.follow();
    this.go();
  }

  /**
   * Goes to where the phase is shown. Of a phase that it does not have it shows how one stands, as in a rest; but all of
   * it, over and over, where one stays in that phase: what is counted by repetitions goes down and up within one.
   */
  follow() {
    const { phases = [], pictures = {} } = this.#sheet ?? {};
    const phase = this.phase;
    this.#again = phase !== null && (this.dataset.lasting ?? "").split(" ").includes(phase);
    const found = phase === null ? null : phases.find((span) => span.phase === phase);
    this.#span = phase === null || (!found && this.#again) ? null : (found ?? phases[0] ?? null);
    const span = this.#span;
    if (!span) {
      if (phase !== null && this.less.matches) this.#at_s = Object.values(pictures).at(-1) ?? 0;
      return;
    }
    if (this.less.matches) this.#at_s = pictures[span.phase] ?? (span.start_s + span.end_s) / 2;
    else if (this.#at_s < span.start_s || this.#at_s >= span.end_s) this.#at_s = span.start_s;
  }

  go() {
    clearTimeout(this.#timer);
    const sheet = this.#sheet;
    if (!sheet) return;
    const { times_s, phases } = sheet;
    const span = this.#span ?? { start_s: 0, end_s: phases.at(-1)?.end_s ?? 0 };
    const shown = Math.max(0, times_s.filter((time_s) => time_s <= this.#at_s + NEAR_S).length - 1);
    this.#draw(sheet, shown);
    if (this.paused || this.back || this.less.matches) return;
    const end_s = Math.min(times_s[shown + 1] ?? span.end_s, span.end_s);
    this.#timer = window.setTimeout(() => this.#step(end_s), Math.max(0, end_s - this.#at_s) * 1000);
  }

  /** @param {number} at_s */
  #step(at_s) {
    const { phases = [] } = this.#sheet ?? {};
    const span = this.#span;
    this.#at_s = at_s < (phases.at(-1)?.end_s ?? 0) ? at_s : 0;
    if (span && at_s >= span.end_s) {
      if (!this.#again) this.#span = phases[(phases.indexOf(span) + 1) % phases.length] ?? null;
      this.#again = true;
      this.#at_s = this.#span?.start_s ?? 0;
    }
    this.go();
  }

  /**
   * @param {Sheet} sheet
   * @param {number} shown
   */
  #draw({ tile_px, columns }, shown) {
    const pen = this.canvas?.getContext("2d");
    if (!pen || !this.picture) return;
    const [x, y] = [(shown % columns) * tile_px, Math.floor(shown / columns) * tile_px];
    pen.clearRect(0, 0, tile_px, tile_px);
    pen.drawImage(this.picture, x, y, tile_px, tile_px, 0, 0, tile_px, tile_px);
  }
}

customElements.define("ownway-guide", Guide);
