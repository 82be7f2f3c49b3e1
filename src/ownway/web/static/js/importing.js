// @ts-check
/** The page that waits for files of runs to be read: how far it has come, and then what came of them. */

const EVERY_MS = 1000;

/** @typedef {{done: number, total: number | null, finished: boolean}} Progress */

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-importing]"));
const bar = place?.querySelector("progress");
const words = /** @type {HTMLElement | null | undefined} */ (place?.querySelector("[data-how-far]"));

async function look() {
  const answer = await fetch(place?.dataset.importing ?? "", { cache: "no-store" }).catch(() => null);
  if (answer?.status === 404) return location.reload();
  /** @type {Progress | null} */
  const progress = answer?.ok ? await answer.json() : null;
  if (progress?.finished) return location.reload();
  if (progress?.total && bar && words) {
    bar.max = progress.total;
    bar.value = progress.done;
    words.textContent = (words.dataset.words ?? "")
      .replace("{done}", String(progress.done))
      .replace("{total}", String(progress.total));
  }
  setTimeout(look, EVERY_MS);
}

if (place) setTimeout(look, EVERY_MS);
