// @ts-check
/**
 * <ownway-when><time datetime="...">2026-01-31 10:00 UTC</time></ownway-when>
 *
 * The server writes the moment in UTC; the browser knows the person's clock and tongue, and says it in theirs.
 */

class When extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    if (!time) return;
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) return;
    /** @type {Intl.DateTimeFormatOptions} */
    const format = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    if (moment.getFullYear() !== new Date().getFullYear()) format.year = "numeric";
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang || undefined, format).format(moment);
  }
}

customElements.define("ownway-when", When);
