// @ts-check
/**
 * A guided run outlives its page: while it goes on, and until the server has it, this browser keeps it.
 *
 * What is sent twice is kept once, by its id; so sending again is never wrong. Each person's runs are kept apart, and wait
 * until that person is at the page again.
 */

const ME = document.documentElement.dataset.me ?? "";
const NOW = `ownway.run.now.${ME}`;
const UNSENT = `ownway.run.unsent.${ME}`;
const ANSWER_WITHIN_MS = 10_000; // a computer at home that is out of reach may not even refuse
const REFUSED = 422; // something in it cannot be; it would be refused for ever

/**
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string} way
 * @property {string} started_at
 * @property {number} saved_ms when it was kept last
 * @property {number} at_s where it is on its clock
 * @property {number} run_s
 * @property {number} walk_s
 * @property {number | null} pain_before
 */

/** @typedef {KeptRun & {ending: "done" | "stopped" | "hurt", ended_at: string}} EndedRun */

/**
 * @param {string} name
 * @returns {any}
 */
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} way
 * @param {number | null} pain_before
 * @returns {KeptRun}
 */
export function newRun(way, pain_before) {
  // Not randomUUID: over plain http from another computer there is none.
  const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const now = new Date();
  return { id, way, started_at: now.toISOString(), saved_ms: now.valueOf(), at_s: 0, run_s: 0, walk_s: 0, pain_before };
}

/** @returns {KeptRun | null} the one that goes on, or was left */
export function keptRun() {
  return read(NOW);
}

/** @param {KeptRun} run */
export function keepRun(run) {
  run.saved_ms = Date.now();
  localStorage.setItem(NOW, JSON.stringify(run));
}

/** @returns {EndedRun[]} */
export function unsentRuns() {
  return read(UNSENT) ?? [];
}

/** @param {EndedRun[]} runs */
function keepUnsent(runs) {
  localStorage.setItem(UNSENT, JSON.stringify(runs));
}

/**
 * It is over, and waits to be sent.
 *
 * @param {KeptRun} run
 * @param {"done" | "stopped" | "hurt"} ending
 * @param {number} ended_ms
 */
export function endRun(run, ending, ended_ms) {
  const others = unsentRuns().filter(({ id }) => id !== run.id);
  keepUnsent([...others, { ...run, ending, ended_at: new Date(ended_ms).toISOString() }]);
  localStorage.removeItem(NOW);
}

/** @typedef {{run: EndedRun, summary: string | null}} Answer null: refused for good */

/**
 * Sends what waits; what is answered waits no longer.
 *
 * @param {string} address
 * @returns {Promise<Answer[]>}
 */
export async function sendRuns(address) {
  /** @type {Answer[]} */
  const answers = [];
  for (const run of unsentRuns()) {
    const answer = await send(address, run);
    if (!answer) continue;
    keepUnsent(unsentRuns().filter(({ id }) => id !== run.id));
    answers.push(answer);
  }
  return answers;
}

/**
 * @param {string} address
 * @param {EndedRun} run
 * @returns {Promise<Answer | null>} null: nobody answered, or somebody who does not know about runs
 */
async function send(address, run) {
  const { id, way, started_at, ended_at, ending, run_s, walk_s, pain_before } = run;
  const body = new URLSearchParams({ person: ME, id, way, started_at, ended_at, ending });
  body.set("run_s", run_s.toFixed(1));
  body.set("walk_s", walk_s.toFixed(1));
  if (pain_before !== null) body.set("pain_before", String(pain_before));
  try {
    const response = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (response.status === REFUSED) return { run, summary: null };
    if (!response.ok) return null;
    const { summary } = await response.json();
    return typeof summary === "string" ? { run, summary } : null;
  } catch {
    return null;
  }
}
