// @ts-check
/**
 * The picture source: the person's camera, or the sample clip in its place.
 *
 * Trouble has a name, which is also the name of its words: camera_none, camera_denied, camera_in_use, camera_insecure,
 * camera_silent, camera_unplugged, sample_missing.
 */

const REMEMBERED = "ownway.camera";
const PICTURE_WITHIN_MS = 8000; // some cameras wake up slowly; one that is hung or switched off gives none at all

/** @type {Record<string, string>} */
const TROUBLES = {
  NotAllowedError: "camera_denied",
  SecurityError: "camera_denied",
  NotFoundError: "camera_none",
  OverconstrainedError: "camera_none",
  NotReadableError: "camera_in_use",
  AbortError: "camera_in_use",
};

export class CameraTrouble extends Error {
  /** @param {string} name */
  constructor(name) {
    super(name);
    this.name = name;
  }
}

/**
 * @param {HTMLVideoElement} video
 * @returns {Promise<void>} when the first picture is there and its size known
 */
async function play(video) {
  const sized = new Promise((resolve, reject) => {
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) resolve(null);
    video.addEventListener("loadedmetadata", resolve, { once: true });
    video.addEventListener("error", reject, { once: true });
  });
  await sized;
  await video.play();
}

/**
 * @param {unknown} error what the browser said when it was asked for a camera
 * @returns {string | undefined} the trouble's name
 */
function nameOf(error) {
  return TROUBLES[/** @type {Error | null} */ (error)?.name ?? ""];
}

/** @param {string | null} deviceId */
function ask(deviceId) {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      width: { ideal: 640 },
      height: { ideal: 480 },
      frameRate: { ideal: 30 },
      // The screen must face the person too, so it is the phone's front camera unless another one was chosen.
      ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "user" } }),
    },
  });
}

/** @returns {Promise<MediaStream>} */
async function askForRemembered() {
  const remembered = rememberedCamera();
  if (!remembered) return ask(null);
  try {
    return await ask(remembered);
  } catch (error) {
    // That camera may have gone; any other trouble would come again anyway.
    if (nameOf(error) === "camera_none") return ask(null);
    throw error;
  }
}

/** @param {HTMLVideoElement} video */
export function closeCamera(video) {
  if (video.srcObject instanceof MediaStream) for (const track of video.srcObject.getTracks()) track.stop();
  video.srcObject = null;
}

/**
 * Shows the camera in the video; throws CameraTrouble.
 *
 * @param {HTMLVideoElement} video
 * @param {() => void} gone the camera was unplugged or taken away midway
 */
export async function openCamera(video, gone) {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraTrouble("camera_insecure");
  closeCamera(video);
  /** @type {MediaStream} */
  let stream;
  try {
    stream = await askForRemembered();
  } catch (error) {
    throw new CameraTrouble(nameOf(error) ?? "camera_in_use");
  }
  stream.getVideoTracks()[0]?.addEventListener("ended", gone);
  video.srcObject = stream;
  let patience = 0;
  const late = new Promise((_, reject) => {
    patience = window.setTimeout(reject, PICTURE_WITHIN_MS);
  });
  try {
    await Promise.race([play(video), late]);
  } catch {
    closeCamera(video);
    throw new CameraTrouble("camera_silent");
  } finally {
    clearTimeout(patience);
  }
}

/**
 * Plays the sample clip, over and over, in place of the camera; throws CameraTrouble.
 *
 * @param {HTMLVideoElement} video
 * @param {string} address
 */
export async function openSample(video, address) {
  video.src = address;
  video.loop = true;
  try {
    await play(video);
  } catch {
    throw new CameraTrouble("sample_missing");
  }
}

/** @returns {Promise<MediaDeviceInfo[]>} the cameras to choose from; named only once one was allowed */
export async function listCameras() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "videoinput" && device.deviceId);
}

/** @param {string} deviceId empty for the usual one */
export function rememberCamera(deviceId) {
  localStorage.setItem(REMEMBERED, deviceId);
}

/** @returns {string | null} */
export function rememberedCamera() {
  return localStorage.getItem(REMEMBERED);
}
