// @ts-check
/**
 * <ownway-figure>: the demonstrator, as `templates/_figure.html` lays it out.
 *
 * A still picture is there from the start; where WebGL is to be had, the figure takes its place and moves, once it is in
 * view and the page has settled. Whoever wants less motion is asked first. `data-state` is "still", "loading" or "moving".
 *
 * Attributes: `data-file` the figure, `data-library` folder of three.js, `data-stills` beginning of the still pictures'
 * addresses, `data-view` side or front, `data-main` the picture that stands for the movement, `data-words` the movement in
 * words, `data-first` the variant that is shown first: "right", or the person's own way.
 */

import { watchView } from "./demonstrator.js";

const RIGHT = "right";
const SETTLE_MS = 200; // the page comes first

/** @typedef {import("./figure-scene.js").FigureScene} FigureScene */
/** @typedef {import("./figure-scene.js").View} View */

function hasWebGL() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

export class Figure extends HTMLElement {
  /** @type {FigureScene | null} */
  #scene = null;
  #variant = RIGHT;
  #paused = false;
  #seen = false;
  #asked = false;
  #rest = ""; // what is said while nothing moves
  #words = ""; // the whole movement
  #over = new AbortController();

  connectedCallback() {
    this.#over = new AbortController();
    this.less = matchMedia("(prefers-reduced-motion: reduce)");
    this.dataset.state = "still";
    this.#rest = this.querySelector("[data-says]")?.textContent ?? "";
    this.#words = this.dataset.words ?? "";
    this.#variant = this.dataset.first ?? RIGHT;
    const { signal } = this.#over;
    this.addEventListener("click", (event) => this.#pressed(event), { signal });
    document.addEventListener("visibilitychange", () => this.#go(), { signal });
    watchView(this, (seen) => this.#inView(seen), signal);
  }

  disconnectedCallback() {
    this.#over.abort();
    this.#scene?.close();
    this.#scene = null;
  }

  // ---- still ----------------------------------------------------------------------------------------------------------

  #showStill() {
    const { stills, main } = this.dataset;
    const still = /** @type {HTMLImageElement} */ (this.querySelector("[data-still]"));
    const name = this.#variant === RIGHT ? `${RIGHT}-${main}` : this.#variant;
    still.src = `${stills}${name}.webp`;
  }

  // ---- moving -----------------------------------------------------------------------------------------------------------

  /** @param {boolean} seen */
  #inView(seen) {
    this.#seen = seen;
    const start = this.querySelector("[data-start]");
    if (seen && this.dataset.state === "still" && !this.#asked) {
      if (!this.less?.matches) void this.#open();
      else start?.toggleAttribute("hidden", !hasWebGL());
    }
    this.#go();
  }

  async #open() {
    this.#asked = true;
    this.querySelector("[data-start]")?.toggleAttribute("hidden", true);
    if (!hasWebGL()) return;
    this.dataset.state = "loading";
    const { file = "", library = "", view, main } = this.dataset;
    const canvas = document.createElement("canvas");
    canvas.className = "demo-canvas";
    this.querySelector("[data-stage]")?.append(canvas);
    try {
      await settled();
      const { openScene } = await import("./figure-scene.js");
      const front = view === "front";
      const scene = await openScene(library, file, canvas, { view: front ? "front" : "side", mirror: front });
      if (this.#over.signal.aborted) return scene.close();
      this.#scene = scene;
      scene.show(this.#variant, { picture: main });
    } catch (error) {
      console.info("the figure stays still:", error);
      canvas.remove();
      this.dataset.state = "still";
      return;
    }
    this.#begin(canvas, this.#scene);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {FigureScene} scene
   */
  #begin(canvas, scene) {
    const { signal } = this.#over;
    const resized = new ResizeObserver(() => scene.resize());
    resized.observe(canvas);
    signal.addEventListener("abort", () => resized.disconnect());
    scene.ondraw = () => this.#say();
    scene.onturn = () => this.#press("view", "");
    canvas.addEventListener("webglcontextlost", () => this.#giveUp(), { signal });
    canvas.setAttribute("role", "img");
    canvas.tabIndex = 0;
    canvas.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#choose(this.#variant);
    this.dataset.state = "moving";
    this.#go();
  }

  /** The picture stands in for what cannot be drawn. */
  #giveUp() {
    this.#scene?.close();
    this.#scene = null;
    this.querySelector("canvas")?.remove();
    this.dataset.state = "still";
    this.#showStill();
  }

  #go() {
    this.#scene?.play(this.#seen && !this.#paused && document.visibilityState === "visible");
  }

  /** @param {boolean} paused */
  #pause(paused) {
    this.#paused = paused;
    this.#go();
  }

  #say() {
    const says = this.querySelector("[data-says]");
    const scene = this.#scene;
    if (!says || !scene) return;
    const advice = this.#button("variant", this.#variant)?.dataset.says;
    const phase = `[data-phase="${scene.phase}"]`;
    const own = this.querySelector(`${phase}[data-of="${this.#variant}"]`) ?? this.querySelector(phase);
    const text = advice ?? own?.textContent ?? "";
    if (says.textContent !== text) says.textContent = text;
  }

  // ---- its buttons --------------------------------------------------------------------------------------------------------

  /** @param {Event} event */
  #pressed(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const { start, variant, view, pause, slow } = button.dataset;
    if (start !== undefined) void this.#open();
    if (variant !== undefined) this.#choose(variant);
    if (view !== undefined) this.#look(/** @type {View} */ (view));
    if (pause !== undefined) this.#pause(toggled(button));
    if (slow !== undefined) this.#scene?.slow(toggled(button));
  }

  /** @param {string} variant */
  #choose(variant) {
    this.#variant = variant;
    this.#press("variant", variant);
    const chosen = this.#button("variant", variant);
    const joints = (chosen?.dataset.joints ?? "").split(" ");
    this.querySelector("[data-ribbon]")?.toggleAttribute("hidden", chosen?.dataset.says === undefined);
    this.#describe(chosen);
    if (this.#scene) {
      if (this.#scene.shown !== variant) this.#scene.show(variant, { before: chosen?.dataset.from });
      this.#scene.mark(joints);
    } else {
      this.#showStill();
      const says = this.querySelector("[data-says]");
      if (says) says.textContent = chosen?.dataset.says ?? this.#rest;
    }
  }

  /**
   * Tells in words what is shown.
   *
   * @param {HTMLElement | null} chosen
   */
  #describe(chosen) {
    const still = this.querySelector("[data-still]");
    const { says } = chosen?.dataset ?? {};
    const ribbon = this.querySelector("[data-ribbon]")?.textContent;
    const words = this.#variant === RIGHT ? this.#words : [says && ribbon, chosen?.textContent, says].filter(Boolean).join(". ");
    still?.setAttribute("alt", words);
    this.querySelector("canvas")?.setAttribute("aria-label", words);
  }

  /** @param {View} view */
  #look(view) {
    this.#scene?.look(view, !this.less?.matches);
    this.#press("view", view);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const steps = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    this.#scene?.turn(steps);
    this.#press("view", "");
  }

  /**
   * @param {string} kind
   * @param {string} value
   * @returns {HTMLElement | null}
   */
  #button(kind, value) {
    return this.querySelector(`button[data-${kind}="${value}"]`);
  }

  /**
   * Shows which of the buttons of a kind is chosen.
   *
   * @param {string} kind
   * @param {string} value
   */
  #press(kind, value) {
    for (const button of this.querySelectorAll(`button[data-${kind}]`)) {
      button.setAttribute("aria-pressed", String(button.getAttribute(`data-${kind}`) === value));
    }
  }
}

/**
 * @param {HTMLElement} button
 * @returns {boolean} whether it is pressed now
 */
function toggled(button) {
  const pressed = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(pressed));
  return pressed;
}

/** Resolves once the page has its pictures, and nothing more urgent to do. */
async function settled() {
  if (document.readyState !== "complete") {
    await new Promise((done) => addEventListener("load", done, { once: true }));
  }
  await new Promise((done) => setTimeout(done, SETTLE_MS));
}

customElements.define("ownway-figure", Figure);
