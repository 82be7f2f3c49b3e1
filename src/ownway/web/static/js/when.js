// @ts-check
/**
 * <ownway-when><time datetime="...">2026-01-31 10:00 UTC</time></ownway-when>
 *
 * The server writes the moment in UTC; the browser knows the person's clock and tongue, and says it in theirs.
 * `data-only="day"` or `"time"` says that part of it alone.
 */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const FORMATS = {
  moment: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { weekday: "long", day: "numeric", month: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
};

class When extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    if (!time) return;
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) return;
    const only = this.dataset.only ?? "moment";
    const format = { ...FORMATS[only] };
    if (only !== "time" && moment.getFullYear() !== new Date().getFullYear()) format.year = "numeric";
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang || undefined, format).format(moment);
  }
}

customElements.define("ownway-when", When);
