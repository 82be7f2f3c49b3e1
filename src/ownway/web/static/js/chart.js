// @ts-check
/**
 * <ownway-chart data-library="..."><script type="application/json">{"wide": ..., "narrow": ...}</script></ownway-chart>
 *
 * Draws a Vega-Lite chart once it is in view, the wide one or the narrow one by the room there is. What it says stands beside
 * it in words and as a table, so that nothing is missing while it is loaded, or where it never is.
 *
 * `data-library` is the folder of Vega, `data-name` and `data-desc` are the ids of the picture's name and description.
 * Expressions are interpreted, since the page's policy allows no `eval`; the picture is made as text and set in whole, so
 * that no style is put into the page.
 */

const NARROW_BELOW_PX = 600;

/** @typedef {{vega: any, vegaLite: any, expressionInterpreter: any}} Library */

/** @type {Map<string, Promise<Library>>} */
const libraries = new Map();

/**
 * @param {string} folder
 * @returns {Promise<Library>}
 */
function library(folder) {
  const known = libraries.get(folder) ?? import(`${folder}drawing.js`);
  libraries.set(folder, known);
  return known;
}

export class Chart extends HTMLElement {
  #over = new AbortController();
  #drawn = "";

  connectedCallback() {
    this.#over = new AbortController();
    const { signal } = this.#over;
    const resized = new ResizeObserver(() => void this.#draw());
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        seen.disconnect();
        resized.observe(this);
      },
      { rootMargin: "200px" },
    );
    seen.observe(this);
    signal.addEventListener("abort", () => {
      seen.disconnect();
      resized.disconnect();
    });
  }

  disconnectedCallback() {
    this.#over.abort();
  }

  async #draw() {
    const size = this.clientWidth < NARROW_BELOW_PX ? "narrow" : "wide";
    if (size === this.#drawn) return;
    this.#drawn = size;
    this.dataset.state ??= "drawing";
    try {
      const svg = await this.#picture(size);
      if (this.#over.signal.aborted || this.#drawn !== size) return;
      this.querySelector("svg")?.remove();
      this.append(svg);
      this.dataset.state = "drawn";
    } catch (error) {
      console.info("the chart is not drawn:", error);
      this.dataset.state = "failed";
    }
  }

  /**
   * @param {"wide" | "narrow"} size
   * @returns {Promise<Element>}
   */
  async #picture(size) {
    const { vega, vegaLite, expressionInterpreter } = await library(this.dataset.library ?? "");
    const spec = JSON.parse(this.querySelector("script")?.textContent ?? "{}")[size];
    const parsed = vega.parse(vegaLite.compile(spec).spec, null, { ast: true });
    const view = new vega.View(parsed, { expr: expressionInterpreter, renderer: "none" });
    const text = await view.toSVG();
    view.finalize();
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    this.#describe(svg);
    return svg;
  }

  /**
   * One picture with a name and a description, and nothing within it to be read out.
   *
   * @param {Element} svg
   */
  #describe(svg) {
    svg.removeAttribute("class");
    for (const part of svg.children) part.setAttribute("aria-hidden", "true");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", this.dataset.name ?? "");
    svg.setAttribute("aria-describedby", this.dataset.desc ?? "");
  }
}

customElements.define("ownway-chart", Chart);
