// @ts-check
/**
 * <ownway-caption></ownway-caption>
 *
 * What the coach says, in large type. ARIA: two live regions, of which one has words at a time: stop and safety
 * interrupt a screen reader (alert), everything else waits its turn (status). What merely tells where we are (`rest`)
 * stands in a third place that is not announced.
 */

const URGENT = ["stop", "safety"];
const MEND = ["form", "safety"];
const STAY_MS = 7000; // then the name of the phase stands there again

export class Caption extends HTMLElement {
  #timer = 0;
  #resting = "";
  /** @type {{text: string, priority: string} | null} */
  #staying = null;

  connectedCallback() {
    const [polite, urgent, resting] = ["p", "p", "p"].map((tag) => document.createElement(tag));
    if (!polite || !urgent || !resting) return;
    polite.setAttribute("role", "status");
    urgent.setAttribute("role", "alert");
    resting.className = "resting";
    this.polite = polite;
    this.urgent = urgent;
    this.still = resting;
    this.replaceChildren(polite, urgent, resting);
  }

  /**
   * @param {string} text
   * @param {string} priority
   * @param {boolean} [stays] until it is released; what is said meanwhile only passes before it
   */
  say(text, priority, stays = false) {
    if (stays) this.#staying = { text, priority };
    this.#write(text, priority);
    clearTimeout(this.#timer);
    if (!stays) this.#timer = window.setTimeout(() => this.clear(), STAY_MS);
  }

  /** What was said is no longer true, or long ago. What stays stands there again. */
  clear() {
    clearTimeout(this.#timer);
    if (!this.polite || !this.urgent || !this.still) return;
    if (this.#staying) {
      const stands = [this.polite.textContent, this.urgent.textContent].includes(this.#staying.text);
      if (!stands) this.#write(this.#staying.text, this.#staying.priority); // else it would be announced again
      return;
    }
    this.polite.textContent = "";
    this.urgent.textContent = "";
    this.still.textContent = this.#resting;
  }

  /** What stayed is over. */
  release() {
    this.#staying = null;
    this.clear();
  }

  /**
   * @param {string} text
   * @param {string} priority
   */
  #write(text, priority) {
    if (!this.polite || !this.urgent || !this.still) return;
    const place = URGENT.includes(priority) ? this.urgent : this.polite;
    const other = place === this.urgent ? this.polite : this.urgent;
    other.textContent = "";
    this.still.textContent = "";
    place.className = priority === "stop" ? "halt" : MEND.includes(priority) ? "mend" : "";
    place.textContent = text;
  }

  /** @param {string} text what stands there while nothing is said */
  rest(text) {
    if (text === this.#resting) return;
    this.#resting = text;
    if (this.still && !this.polite?.textContent && !this.urgent?.textContent) this.still.textContent = text;
  }
}

customElements.define("ownway-caption", Caption);
