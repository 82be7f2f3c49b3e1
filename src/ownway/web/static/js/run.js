// @ts-check
/**
 * The guided run. The page has brought along all that will be said, and leads by itself: outside, away from the server,
 * with the screen off. Time is what the clock on the wall tells, so that a page that was slowed down catches up.
 */

import { word } from "./config.js";
import { logCue } from "./cue-log.js";
import { listenToKeys } from "./keyboard.js";
import { Loudness } from "./loudness.js";
import { QuietSound } from "./quiet-sound.js";
import { endRun, keepRun, keptRun, newRun, sendRuns } from "./run-kept.js";
import { RunScreen } from "./run-screen.js";
import { dueCue, partAt, spent, totalOf } from "./run-script.js";
import { part } from "./screen.js";
import { wireSound } from "./sound.js";
import { Tones } from "./tones.js";
import { Voice } from "./voice.js";
import { canKeepAwake, keepAwake, letSleep } from "./wake-lock.js";

const TICK_MS = 250;
const KEEP_EVERY_MS = 5000;
const SLEPT_FROM_MS = 150_000; // browsers let a hidden page do something once a minute; a longer gap is a phone that slept
const SEND_EVERY_MS = 10_000;
const LAST_WORDS_MS = 2500;
const LEFT_FOR_GOOD_MS = 3 * 3600_000; // chosen by us: who comes back later than that begins anew
const AWAKE = "ownway.run.awake";
const SPEAK_HURT_S = 2;

/**
 * @typedef {object} Script
 * @property {string} way
 * @property {number | null} pain_before
 * @property {string} save address that takes a run
 * @property {string} start address of the start page
 * @property {import("./run-script.js").Part[]} parts
 * @property {import("./run-script.js").RunCue[]} cues
 */

/** @type {Script} */
const script = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const total_s = totalOf(script.parts);

const loudness = new Loudness();
const tones = new Tones(loudness);
const voice = new Voice(loudness, tones);
const screen = new RunScreen(script.parts);
const quiet = new QuietSound({ go, pause });
const log = /** @type {HTMLElement} */ (part("cue-log"));

/** @type {import("./run-kept.js").KeptRun | null} */
let run = leftRun();
/** @type {"ready" | "running" | "paused" | "over"} */
let state = run ? "paused" : "ready";
let last_ms = 0;
let kept_ms = 0;
let sending = false;

/** A run that was left on this way goes on; any other is over as far as it was done. */
function leftRun() {
  const left = keptRun();
  if (!left) return null;
  if (left.way === script.way && Date.now() - left.saved_ms < LEFT_FOR_GOOD_MS) return left;
  endRun(left, "stopped", left.saved_ms);
  void sendRuns(script.save);
  return null;
}

// ---- time -------------------------------------------------------------------------------------------------------

function tick() {
  if (state !== "running" || !run) return;
  const now = Date.now();
  const gap_ms = Math.max(0, now - last_ms); // a clock that is set back stands still
  last_ms = now;
  if (gap_ms >= SLEPT_FROM_MS) wakeUp(gap_ms);
  else advance(gap_ms / 1000);
}

/** @param {number} delta_s that the person has gone on */
function advance(delta_s) {
  if (!run) return;
  const from_s = run.at_s;
  const to_s = Math.min(total_s, from_s + delta_s);
  const done = spent(script.parts, from_s, to_s);
  Object.assign(run, { at_s: to_s, run_s: run.run_s + done.run_s, walk_s: run.walk_s + done.walk_s });
  const due = dueCue(script.cues, from_s, to_s);
  if (due) say(due);
  if (to_s >= total_s) {
    finish("done", Date.now() - Math.max(0, from_s + delta_s - total_s) * 1000);
    return;
  }
  if (Date.now() - kept_ms >= KEEP_EVERY_MS) keep();
  screen.show(run.at_s, state);
}

/**
 * The phone has slept. Who runs has most likely gone on, so the voice does too, and the person may say otherwise; where
 * the run would be over meanwhile, nothing is taken for done without a word.
 *
 * @param {number} gap_ms
 */
function wakeUp(gap_ms) {
  if (!run) return;
  const before = { ...run };
  const gap_s = gap_ms / 1000;
  const question = word("slept", { minutes: Math.round(gap_s / 60) });
  const over = before.at_s + gap_s >= total_s;
  if (over) pause();
  else advance(gap_s);
  const kept_going = () => {
    if (!over) return;
    state = "running";
    advance(gap_s);
  };
  const from_here = () => {
    run = { ...before };
    go();
  };
  screen.ask(question, { text: word("slept_yes"), act: kept_going }, { text: word("slept_no"), act: from_here });
}

function keep() {
  if (!run || state === "over") return;
  keepRun(run);
  kept_ms = Date.now();
}

// ---- what is heard ----------------------------------------------------------------------------------------------

/** @param {import("./run-script.js").RunCue} cue */
function say({ cue, text, tone, speak_s }) {
  logCue(log, { t_s: run?.at_s ?? 0, cue, text });
  const priority = tone ? "guide" : "time";
  screen.caption.say(text, priority);
  if (tone) tones.play(tone);
  if (voice.speaker || !tone) voice.say({ text, priority, speak_s }); // without a voice the tone alone tells
  quiet.tell(tone ? label() : text, "playing");
}

/** What begins the part in which the run is. */
function announce() {
  const here = script.parts[partAt(script.parts, run?.at_s ?? 0)];
  const cue = script.cues.find(({ at_s, changes }) => changes && at_s === here?.start_s);
  if (cue) say(cue);
}

function isOver() {
  return state === "over";
}

function label() {
  return script.parts[partAt(script.parts, run?.at_s ?? 0)]?.label ?? "";
}

// ---- what the person does ---------------------------------------------------------------------------------------

function go() {
  if (state === "over") return;
  const begins = !run;
  run ??= newRun(script.way, script.pain_before);
  state = "running";
  last_ms = Date.now();
  screen.unask();
  void tones.unlock();
  void quiet.start(label());
  stayAwake();
  if (begins) announce();
  else tones.play("rising");
  keep();
  screen.show(run.at_s, state);
}

function pause() {
  if (state !== "running" || !run) return;
  state = "paused";
  voice.hush();
  tones.play("falling");
  quiet.pause(word("paused"));
  keep();
  screen.caption.clear();
  screen.show(run.at_s, state);
}

function togglePause() {
  if (state !== "running") go();
  else {
    tick();
    pause();
  }
}

/** On to the next part; what is passed over was not done. */
function skip() {
  if (!run || state === "over") return;
  tick();
  if (!run) return;
  const next = script.parts[partAt(script.parts, run.at_s) + 1];
  run.at_s = next?.start_s ?? total_s;
  if (!next) {
    const done = script.cues.at(-1);
    if (done) say(done);
    finish("done", Date.now());
    return;
  }
  if (state === "running") announce();
  keep();
  screen.show(run.at_s, state);
}

/** Asked first: a phone in a pocket presses buttons, too. */
function stop() {
  if (state === "over") return;
  if (!run) {
    location.assign(script.start);
    return;
  }
  const ran = state === "running";
  if (ran) togglePause();
  if (isOver()) return; // it was, just now
  const back = () => {
    if (ran) go();
  };
  const end = { text: word("stop_yes"), act: () => finish("stopped", Date.now()) };
  screen.ask(word("stop_ask"), end, { text: word("go_on"), act: back });
}

/** At once, and never asked. */
function hurt() {
  if (state === "over") return;
  if (state === "running") tick();
  run ??= newRun(script.way, script.pain_before);
  voice.hush();
  const text = word("hurt");
  logCue(log, { t_s: run.at_s, cue: "hurt", text });
  screen.caption.say(text, "stop", true);
  voice.say({ text, priority: "stop", speak_s: SPEAK_HURT_S });
  part("advice").toggleAttribute("hidden", false);
  finish("hurt", Date.now());
}

// ---- the end ----------------------------------------------------------------------------------------------------

/**
 * @param {"done" | "stopped" | "hurt"} ending
 * @param {number} ended_ms
 */
function finish(ending, ended_ms) {
  if (!run || state === "over") return;
  state = "over";
  endRun(run, ending, ended_ms);
  screen.unask();
  screen.show(run.at_s, state);
  screen.hint.textContent = word("saving");
  if (ending === "stopped") screen.caption.say(word("stopped"), "guide", true);
  for (const button of document.querySelectorAll(".actions > button")) button.toggleAttribute("disabled", true);
  quiet.stop();
  letSleep();
  const leave_ms = Date.now() + (ending === "stopped" ? 0 : Math.max(LAST_WORDS_MS, voice.left_ms));
  void send(leave_ms);
  window.setInterval(() => void send(leave_ms), SEND_EVERY_MS);
  window.addEventListener("online", () => void send(leave_ms));
  document.addEventListener("visibilitychange", () => void send(leave_ms));
}

/** @param {number} leave_ms the last words are heard until then */
async function send(leave_ms) {
  if (sending || !run) return;
  sending = true;
  const id = run.id;
  const answers = await sendRuns(script.save);
  const mine = answers.find((answer) => answer.run.id === id);
  if (mine?.summary) {
    const { summary } = mine;
    window.setTimeout(() => location.assign(summary), Math.max(0, leave_ms - Date.now()));
    return;
  }
  sending = false;
  if (mine) run = null;
  screen.hint.textContent = word(mine ? "refused" : "unsent");
  part("leave").toggleAttribute("hidden", false);
}

// ---- the screen stays on ----------------------------------------------------------------------------------------

const awake = /** @type {HTMLInputElement} */ (part("awake"));

function stayAwake() {
  if (awake.checked && state === "running") keepAwake();
  else letSleep();
}

awake.checked = localStorage.getItem(AWAKE) !== "no";
awake.addEventListener("change", () => {
  localStorage.setItem(AWAKE, awake.checked ? "yes" : "no");
  stayAwake();
});
part("awake-choice").toggleAttribute("hidden", !canKeepAwake);
part("awake-not").toggleAttribute("hidden", canKeepAwake);

// ---- putting it together ----------------------------------------------------------------------------------------

part("pause").addEventListener("click", togglePause);
part("skip").addEventListener("click", skip);
part("stop").addEventListener("click", stop);
part("hurt").addEventListener("click", hurt);
listenToKeys({ pause: togglePause, hurt, stop });
wireSound(loudness, tones, voice);
window.addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", tick);
window.setInterval(tick, TICK_MS);
screen.pause.disabled = false; // a Start that nobody hears yet would be pressed in vain
screen.show(run?.at_s ?? 0, state);
screen.hint.textContent = word(run ? "kept" : "ready_hint");
