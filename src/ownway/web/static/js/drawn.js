// @ts-check
/** The drawing of an exercise of one's own: it moves where motion is welcome, and can be held at any moment. */

class OwnwayDrawn extends HTMLElement {
  connectedCallback() {
    const svg = /** @type {SVGSVGElement | null} */ (this.querySelector(".demo-stage svg"));
    const pause = /** @type {HTMLButtonElement | null} */ (this.querySelector("[data-pause]"));
    if (!svg || !pause) return;
    const moves = [...svg.querySelectorAll("animate")];
    let begun = false;
    /** @param {boolean} still */
    const hold = (still) => {
      if (!still && !begun) {
        for (const move of moves) /** @type {any} */ (move).beginElement();
        begun = true;
      }
      if (still) svg.pauseAnimations();
      else svg.unpauseAnimations();
      pause.setAttribute("aria-pressed", String(still));
    };
    pause.hidden = moves.length === 0;
    this.dataset.state = "moving"; // as the figure says it
    pause.addEventListener("click", () => hold(pause.getAttribute("aria-pressed") !== "true"));
    hold(matchMedia("(prefers-reduced-motion: reduce)").matches);
  }
}

customElements.define("ownway-drawn", OwnwayDrawn);
