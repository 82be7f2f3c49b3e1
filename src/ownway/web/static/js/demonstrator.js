// @ts-check
/**
 * What every demonstrator of a session answers to, be it drawn or a sheet of pictures: `lead(phase)` shows a phase, null the
 * whole movement; `stepBack(back)` stands still, and pale; `pause(paused)` stands still. What each does about it is its own:
 * `follow()` goes to where the phase is shown, `go()` moves on, or stands.
 */
export class Demonstrator extends HTMLElement {
  less = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {string | null} */
  phase = null;
  paused = false;
  back = false;

  /** @param {string | null} phase */
  lead(phase) {
    if (phase === this.phase) return;
    this.phase = phase;
    this.follow();
    this.go();
  }

  /** @param {boolean} back */
  stepBack(back) {
    if (back === this.back) return;
    this.back = back;
    this.classList.toggle("back", back);
    this.go();
  }

  /** @param {boolean} paused */
  pause(paused) {
    if (paused === this.paused) return;
    this.paused = paused;
    this.go();
  }

  follow() {}

  go() {}
}

/**
 * Tells whether an element is in view, now and whenever that changes.
 *
 * @param {Element} element
 * @param {(seen: boolean) => void} told
 * @param {AbortSignal} signal the end of it
 */
export function watchView(element, told, signal) {
  const watch = new IntersectionObserver(([entry]) => told(entry?.isIntersecting ?? false));
  watch.observe(element);
  signal.addEventListener("abort", () => watch.disconnect());
}
