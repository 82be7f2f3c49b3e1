// @ts-check
/** The settings that only the browser knows: which voices and which cameras there are, to be heard and seen. */

import { closeCamera, listCameras, openCamera, rememberCamera, rememberedCamera } from "./camera.js";
import { localVoices } from "./voice.js";

const RATE = 0.95; // as in a session

const voices = /** @type {HTMLSelectElement} */ (document.querySelector("[data-voices]"));
const listen = /** @type {HTMLButtonElement} */ (document.querySelector("[data-listen]"));
const cameras = /** @type {HTMLSelectElement} */ (document.querySelector("[data-camera]"));
const look = /** @type {HTMLVideoElement} */ (document.querySelector("[data-look]"));
const trouble = /** @type {HTMLElement} */ (document.querySelector("[data-camera-trouble]"));

function fillVoices() {
  const found = localVoices();
  const chosen = voices.value;
  const usual = /** @type {HTMLOptionElement} */ (voices.options[0]);
  const names = found.map((voice) => voice.name);
  if (chosen && !names.includes(chosen)) names.push(chosen); // another computer's, which is not forgotten here
  voices.replaceChildren(usual, ...names.map((name) => new Option(name, name, false, name === chosen)));
  document.querySelector("[data-no-voices]")?.toggleAttribute("hidden", found.length > 0);
  listen.disabled = found.length === 0;
}

listen.addEventListener("click", () => {
  const found = localVoices();
  const spoken = new SpeechSynthesisUtterance(listen.dataset.text);
  spoken.voice = found.find((voice) => voice.name === voices.value) ?? found.find((voice) => voice.default) ?? found[0] ?? null;
  spoken.rate = RATE;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
});

async function fillCameras() {
  const usual = /** @type {HTMLOptionElement} */ (cameras.options[0]);
  const remembered = rememberedCamera();
  const found = (await listCameras()).filter(({ label }) => label);
  cameras.replaceChildren(
    usual,
    ...found.map(({ deviceId, label }) => new Option(label, deviceId, false, deviceId === remembered)),
  );
}

async function showCamera() {
  trouble.hidden = true;
  try {
    await openCamera(look, () => hideCamera());
    look.hidden = false;
    await fillCameras(); // they have names only now
  } catch {
    hideCamera();
    trouble.hidden = false;
  }
}

function hideCamera() {
  closeCamera(look);
  look.hidden = true;
}

document.querySelector("[data-show-camera]")?.addEventListener("click", () => {
  if (look.hidden) void showCamera();
  else hideCamera();
});
cameras.addEventListener("change", () => {
  rememberCamera(cameras.value);
  if (!look.hidden) void showCamera();
});
addEventListener("pagehide", hideCamera);

if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", fillVoices);
fillVoices();
if (navigator.mediaDevices) void fillCameras();
else document.querySelector("[data-cameras]")?.toggleAttribute("hidden", true);
