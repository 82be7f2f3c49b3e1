// @ts-check
/** The session page: wires picture, pose, socket, screen and sound together. */

import { CameraTrouble, closeCamera, listCameras, openCamera, openSample, rememberCamera } from "./camera.js";
import { config, word } from "./config.js";
import { What } from "./frame.js";
import "./drawn.js";
import "./guide.js";
import { Heard } from "./heard.js";
import { listenToKeys } from "./keyboard.js";
import { Loudness } from "./loudness.js";
import { Overlay } from "./overlay.js";
import { PoseWatcher } from "./pose.js";
import { Screen, isSetup, part } from "./screen.js";
import { wireSound } from "./sound.js";
import { Tones } from "./tones.js";
import { Voice } from "./voice.js";
import { keepAwake } from "./wake-lock.js";
import { Wire } from "./wire.js";

const TICK_MS = 200; // time goes on five times a second where no picture tells it
const LAST_WORDS_MS = 2500;
const ANSWER_WITHIN_MS = 4000; // after Stop or It hurts; then the summary opens without the server's word
const SPEAK_TROUBLE_S = 3;
const GONE_AFTER_MS = 10000; // a connection that is down for so long is no longer a moment's matter
const ASKED_LONG_MS = 5000; // whoever has not answered the browser's question by then may rather go on without
const COME_BACK = ["camera_none", "camera_unplugged"]; // troubles that plugging a camera in ends
const STUCK_SIGHTS = ["stuck", "too_slow"]; // with these nobody can help who merely moves: ways on are offered at once
const NO_PICTURE_PX = { width_px: 640, height_px: 480 };

const video = /** @type {HTMLVideoElement} */ (part("video"));
const picture = /** @type {HTMLElement} */ (part("picture"));
const offer = /** @type {HTMLElement} */ (part("offer"));
const again = /** @type {HTMLButtonElement} */ (part("try-again"));
const without = /** @type {HTMLButtonElement} */ (part("without-camera"));
const guide = /** @type {import("./demonstrator.js").Demonstrator | null} */ (document.querySelector("ownway-guide, ownway-drawing"));
const chooser = /** @type {HTMLSelectElement} */ (part("camera"));

const loudness = new Loudness();
const tones = new Tones(loudness);
const voice = new Voice(loudness, tones, config.voice);
const screen = new Screen();
const heard = new Heard(screen, voice, tones);
const overlay = new Overlay(part("overlay"));

let mode = config.mode;
let inMovement = false;
let over = false;
let how = "";
let ticker = 0;
let opening = false;
let offered = false; // the coach has offered to go on without camera
let troubleName = "";
let session = config.session;
/** @type {"stop" | "hurt" | null} what the person asked for at the end; it reaches the server when that is back */
let wanted = null;
/** @type {"pause" | "resume" | null} asked for while the connection was down */
let unsent = null;
let stale = false; // the first state after a welcome is from before this page took its "hide" back
/** @type {PoseWatcher | null} */
let watcher = null;
/** @type {Wire | null} */
let wire = null;

// ---- the picture ------------------------------------------------------------------------------------------------

async function openPicture() {
  if (opening) return;
  opening = true;
  try {
    await openIt();
  } finally {
    opening = false;
  }
}

async function openIt() {
  offer.hidden = true;
  screen.untrouble("camera");
  screen.caption.rest(word(mode === "camera" ? "camera_asked" : "getting_ready"));
  if (mode === "camera") screen.hint.textContent = word("camera_asked_hint");
  const askedLong = window.setTimeout(() => offerWays(false), ASKED_LONG_MS);
  try {
    if (mode === "sample") await openSample(video, config.sample);
    else await openCamera(video, () => trouble("camera_unplugged"));
  } catch (error) {
    trouble(error instanceof CameraTrouble ? error.name : "camera_in_use");
    return;
  } finally {
    clearTimeout(askedLong);
  }
  if (over || mode === "timer") {
    closeCamera(video); // it came after the person had chosen otherwise
    return;
  }
  offer.hidden = true;
  screen.caption.rest(word("getting_ready"));
  screen.hint.textContent = "";
  fitPicture();
  tick(null);
  if (!wire) connect(video.videoWidth, video.videoHeight);
  if (watcher) watcher.resume();
  else watcher = watch();
  if (mode === "camera") await offerCameras();
}

function fitPicture() {
  if (!video.videoWidth) return;
  picture.classList.remove("empty");
  picture.style.setProperty("--ratio", String(video.videoWidth / video.videoHeight));
  wire?.resize(video.videoWidth, video.videoHeight);
}

function watch() {
  return new PoseWatcher(video, config.assets, {
    ready: () => {
      if (mode === "sample") video.currentTime = 0; // the clip has played on while the model was loading
      wire?.start();
    },
    seen: ({ at_ms, points, people, brightness }) => {
      overlay.draw(points);
      wire?.frame(points ? What.person : What.nobody, at_ms, points, people, brightness);
    },
    stuck: (at_ms) => {
      overlay.draw(null);
      wire?.frame(What.stuck, at_ms);
    },
    failed: (message) => {
      console.error(message);
      watcher?.close();
      watcher = null;
      trouble("model_failed");
    },
  });
}

async function offerCameras() {
  const cameras = await listCameras();
  part("camera-choice").toggleAttribute("hidden", cameras.length < 2);
  const current = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0]?.getSettings().deviceId : "";
  chooser.replaceChildren(
    ...cameras.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === current)),
  );
}

/**
 * The page itself noticed that it cannot see: it says so, offers ways on, and time goes on as with a stuck picture.
 *
 * @param {string} name
 */
function trouble(name) {
  if (over || mode === "timer") return;
  troubleName = name;
  watcher?.pause();
  overlay.draw(null);
  tell("camera", word(name), word(`${name}_hint`));
  offerWays(true);
  tick(What.stuck);
  // So that a session that was reloaded waits, instead of being closed behind the person's back.
  if (!wire && session) connect(NO_PICTURE_PX.width_px, NO_PICTURE_PX.height_px).start();
}

/**
 * A trouble in words and voice.
 *
 * @param {import("./screen.js").Source} source
 * @param {string} text
 * @param {string} hint
 */
function tell(source, text, hint) {
  if (screen.troubles.get(source)?.text === text) return;
  screen.trouble(source, text, hint);
  voice.cut("sight");
  voice.say({ text, priority: "sight", speak_s: SPEAK_TROUBLE_S });
}

/** @param {boolean} tryAgain whether opening the picture anew may help */
function offerWays(tryAgain) {
  again.hidden = !tryAgain;
  without.hidden = mode === "timer";
  offer.hidden = false;
}

/** @param {number | null} what frames that only tell the time; null: the picture tells it */
function tick(what) {
  clearInterval(ticker);
  if (what !== null) ticker = window.setInterval(() => wire?.frame(what, performance.now()), TICK_MS);
}

/** From here time alone leads. */
function goWithoutCamera() {
  if (mode === "timer") return;
  mode = "timer";
  document.body.classList.replace(`mode-${config.mode}`, "mode-timer");
  offer.hidden = true;
  screen.untrouble("camera");
  watcher?.close();
  watcher = null;
  closeCamera(video);
  video.removeAttribute("src");
  part("camera-choice").toggleAttribute("hidden", true);
  startClock();
}

function startClock() {
  (wire ?? connect(NO_PICTURE_PX.width_px, NO_PICTURE_PX.height_px)).start();
  tick(What.noCamera);
}

// ---- the socket -------------------------------------------------------------------------------------------------

/**
 * @param {number} width_px
 * @param {number} height_px
 */
function connect(width_px, height_px) {
  const { exercise, height_cm, pain_before, bends_anyway } = config;
  const hello = { exercise, mode, width_px, height_px, height_cm, pain_before, bends_anyway };
  const made = new Wire(config.live, hello, session, {
    welcome: (id, past) => {
      remember(id);
      heard.remember(past);
      // What was asked for while the connection was down. A page that is left says "hide"; the one that comes back, after
      // a reload too, has to take it back.
      wire?.command(document.visibilityState === "hidden" ? "hide" : "show");
      if (mode === "timer") wire?.command("without_camera");
      if (unsent) wire?.command(unsent);
      if (wanted) wire?.command(wanted);
      unsent = null;
      stale = true;
    },
    events: (events, captured_ms) => {
      heard.tell(events);
      for (const event of events) follow(event);
      if (captured_ms !== null && events.some((event) => event.kind === "cue")) measureCue(captured_ms);
    },
    state: (live) => {
      if (!stale) show(live);
      stale = false;
    },
    ended: leave,
    lost: (for_ms) => {
      if (for_ms > GONE_AFTER_MS) tell("connection", word("connection_gone"), word("connection_gone_hint"));
      else tell("connection", word("connection_lost"), "");
    },
    back: () => screen.untrouble("connection"),
    gone: (reason) => {
      tell("connection", word("connection_gone"), reason);
      tick(null);
      watcher?.close();
      watcher = null;
      closeCamera(video);
      offerWays(true);
    },
  });
  wire = made;
  return made;
}

/** @param {string} id of the session, so that a reload goes on with it */
function remember(id) {
  session = id;
  const address = new URL(location.href);
  address.searchParams.set("session", id);
  address.searchParams.set("mode", mode);
  history.replaceState(null, "", address);
}

/** @param {import("./wire.js").CoachEvent} event */
function follow(event) {
  if (event.kind === "offered" && event.offer === "without_camera") {
    offered = true;
  } else if (event.kind === "sight_regained") offered = false;
  else if (event.kind === "camera_given_up") goWithoutCamera();
  else if (event.kind === "beat") screen.arc?.beat(/** @type {any} */ (event).side);
  else if (event.kind === "ended") how = event.how ?? "";
}

/** @param {import("./wire.js").Live} live */
function show(live) {
  screen.show(live);
  lead(live);
  overlay.nearSide = config.view === "side" ? live.near_side : null;
  overlay.joints = live.joints;
  watcher?.count(isSetup(live.phase));
  if (!live.camera) goWithoutCamera();
  else if (!opening && !screen.troubled) offerFor(live.sight);
}

/**
 * The guide shows what comes next until the person does it; then it steps back. Without camera nobody knows, and it leads on.
 *
 * @param {import("./wire.js").Live} live
 */
function lead(live) {
  if (isSetup(live.phase) || live.rest_left_s !== null || !live.camera) inMovement = false;
  else if (live.clock_runs) inMovement = true;
  guide?.pause(live.paused);
  guide?.lead(isSetup(live.phase) ? null : live.phase);
  guide?.stepBack(inMovement);
}

/** @param {string | null} sight why nothing is seen, as the coach finds */
function offerFor(sight) {
  if (offered || (sight && STUCK_SIGHTS.includes(sight))) offerWays(sight === "stuck");
  else offer.hidden = true;
}

/** @param {number} captured_ms when the picture was taken that a cue answers */
function measureCue(captured_ms) {
  requestAnimationFrame(() => performance.measure("ownway:cue", { start: captured_ms, end: performance.now() }));
}

// ---- the end ----------------------------------------------------------------------------------------------------

/** @param {string} summary its address */
function leave(summary) {
  halt();
  const wait_ms = how === "stopped" ? 0 : Math.max(LAST_WORDS_MS, voice.left_ms);
  window.setTimeout(() => location.assign(summary), wait_ms);
}

function halt() {
  over = true;
  tick(null);
  watcher?.close();
  watcher = null;
  closeCamera(video);
  video.pause();
  for (const button of document.querySelectorAll(".actions > button")) button.toggleAttribute("disabled", true);
}

/** @param {"stop" | "hurt"} command */
function finish(command) {
  if (over) return;
  over = true;
  wanted = command;
  voice.hush();
  const sent = wire?.command(command) ?? false;
  if (command === "hurt" && !sent) {
    screen.caption.say(word("hurt_stop"), "stop", true);
    voice.say({ text: word("hurt_stop"), priority: "stop", speak_s: SPEAK_TROUBLE_S });
  }
  const patient = sent || command === "hurt" || (wire !== null && !wire.over);
  window.setTimeout(visit, patient ? ANSWER_WITHIN_MS : 0);
}

/** To the summary without the server's word; where the server is gone, the page stays, since it alone can still say so. */
async function visit() {
  const address = session ? config.summary_base + session : config.start;
  try {
    const { ok } = await fetch(address);
    location.assign(ok ? address : config.start);
  } catch {
    over = false;
    screen.untrouble("connection"); // said again, also when it was said before
    tell("connection", word("connection_gone"), word("connection_gone_hint"));
  }
}

/** By the button, or because a camera was plugged in. */
function tryAgain() {
  if (over) return;
  if (wire?.over) {
    wire = null;
    screen.untrouble("connection");
  }
  offer.hidden = true;
  if (mode === "timer") startClock();
  else void openPicture();
}

function togglePause() {
  if (over || !wire) return;
  const asked = screen.paused ? "resume" : "pause";
  unsent = wire.command(asked) ? null : asked;
}

// ---- putting it together ----------------------------------------------------------------------------------------

const act = { pause: togglePause, hurt: () => finish("hurt"), stop: () => finish("stop") };
part("pause").addEventListener("click", act.pause);
part("hurt").addEventListener("click", act.hurt);
part("stop").addEventListener("click", act.stop);
again.addEventListener("click", tryAgain);
navigator.mediaDevices?.addEventListener("devicechange", () => {
  if (screen.troubles.has("camera") && COME_BACK.includes(troubleName)) tryAgain();
});
without.addEventListener("click", () => {
  wire?.command("without_camera");
  goWithoutCamera();
});
chooser.addEventListener("change", () => {
  rememberCamera(chooser.value);
  void openPicture();
});
video.addEventListener("resize", fitPicture);
document.addEventListener("visibilitychange", () => {
  const hidden = document.visibilityState === "hidden";
  wire?.command(hidden ? "hide" : "show");
  if (hidden) {
    voice.hush();
    watcher?.pause();
  } else if (!screen.troubles.has("camera")) watcher?.resume();
});
listenToKeys(act);
wireSound(loudness, tones, voice);
keepAwake();

if (mode === "timer") {
  startClock();
} else void openPicture();
