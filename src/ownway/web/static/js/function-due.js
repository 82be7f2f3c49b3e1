// @ts-check
/**
 * <p data-function-due="person" hidden>... <button>Not now</button></p>
 *
 * The line that offers the questionnaires. Put off, it stays away for two weeks; for each person of this browser alone.
 */

const AWAY_MS = 14 * 24 * 3600_000; // as long as between two times

const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-function-due]"));
if (offer) {
  const name = `ownway.function.later.${offer.dataset.functionDue}`;
  offer.hidden = Date.now() - Number(localStorage.getItem(name) ?? 0) < AWAY_MS;
  offer.querySelector("button")?.addEventListener("click", () => {
    localStorage.setItem(name, String(Date.now()));
    offer.hidden = true;
  });
}
