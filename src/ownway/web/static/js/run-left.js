// @ts-check
/** On every quiet page: a guided run that this browser still keeps is sent, or, where it is not finished, offered to go on. */

import { endRun, keptRun, sendRuns, unsentRuns } from "./run-kept.js";

const EVERY_MS = 20_000;
const LEFT_FROM_MS = 60_000; // a run that goes on in another window is kept every few seconds; even a sleepy one each minute

const notice = /** @type {HTMLElement | null} */ (document.querySelector("[data-run-left]"));
let away = false;

/** @param {string} name */
function piece(name) {
  return /** @type {HTMLElement} */ (notice?.querySelector(`[data-run-${name}]`));
}

/** @param {string[]} names of the pieces that are to be seen */
function show(names) {
  if (!notice) return;
  for (const child of notice.children) {
    child.toggleAttribute("hidden", !names.some((name) => child.hasAttribute(`data-run-${name}`)));
  }
  notice.hidden = names.length === 0;
}

async function look() {
  if (!notice || away) return;
  const address = notice.dataset.runLeft ?? "";
  const answers = unsentRuns().length ? await sendRuns(address) : [];
  const sent = answers.filter(({ summary }) => summary).at(-1);
  const left = keptRun();
  if (sent?.summary) {
    piece("look").setAttribute("href", sent.summary);
    show(["sent", "look", "away"]);
    away = true; // it stands there until the next page
  } else if (answers.length) {
    show(["refused", "away"]);
    away = true;
  } else if (left && Date.now() - left.saved_ms > LEFT_FROM_MS) {
    const go = new URL(notice.dataset.runGo ?? "", location.href);
    go.searchParams.set("way", left.way);
    piece("on").setAttribute("href", go.href);
    show(["unfinished", "on", "end"]);
  } else show(unsentRuns().length ? ["unsent"] : []);
}

notice?.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest("[data-run-away]")) show([]);
  else if (target.closest("[data-run-end]")) {
    const left = keptRun();
    if (left) endRun(left, "stopped", left.saved_ms);
    void look();
  }
});
window.addEventListener("online", () => void look());
document.addEventListener("visibilitychange", () => void look());
setInterval(() => void look(), EVERY_MS);
void look();
