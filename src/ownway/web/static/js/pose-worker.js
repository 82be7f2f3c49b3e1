// @ts-check
/**
 * Finds the person in a picture, off the page's own thread.
 *
 * In:  {type: "load", assets, model: "full" | "lite"}      Out: {type: "ready", model} or {type: "failed", message}
 *      {type: "look", picture, t_ms, count}                      {type: "pose", t_ms, points, people, took_ms}
 *      {type: "counting", wanted}
 *
 * `count` asks for a second look that counts people (null where it was not asked for). It has a model of its own, which
 * takes a third of the page's memory and is given back while nobody wants it. Nothing is queued: the page sends the next
 * picture after the answer.
 */

/**
 * The little of the pose library that is used here.
 *
 * @typedef {{x: number, y: number, z: number, visibility: number}} Point
 * @typedef {{landmarks: Point[][]}} Found
 * @typedef {object} Landmarker
 * @property {(picture: ImageBitmap, t_ms: number) => Found} detectForVideo
 * @property {(picture: ImageBitmap) => Found} detect
 * @property {() => void} close
 */

const worker = /** @type {any} */ (self);

// The library sets itself up as a side effect of its first import and forgets it after one use; a second landmarker
// imports the same module again, which browsers do not run twice. So it is handed over by hand each time.
worker.import = async (/** @type {string} */ address) => {
  worker.ModuleFactory = (await import(address)).default;
};

/** @type {any} */
let library = null;
/** @type {any} */
let files = null;
let assets = "";
/** @type {Landmarker | null} */
let watcher = null;
/** @type {Landmarker | null} */
let counter = null;
let lastMs = 0;

/**
 * @param {"full" | "lite"} model
 * @param {"VIDEO" | "IMAGE"} runningMode
 * @param {number} numPoses
 * @returns {Promise<Landmarker>}
 */
async function landmarker(model, runningMode, numPoses) {
  return library.PoseLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetPath: `${assets}models/pose_landmarker_${model}.task`, delegate: "CPU" },
    runningMode,
    numPoses,
  });
}

/** @param {boolean} wanted */
async function keepCounter(wanted) {
  if (wanted) counter ??= await landmarker("lite", "IMAGE", 2);
  else {
    counter?.close();
    counter = null;
  }
}

/**
 * @param {string} address
 * @param {"full" | "lite"} model
 */
async function load(address, model) {
  assets = address;
  library ??= await import(`${assets}vision/vision_bundle.mjs`);
  files ??= await library.FilesetResolver.forVisionTasks(`${assets}vision/wasm`, true);
  const next = await landmarker(model, "VIDEO", 1);
  await keepCounter(true); // now, since loading it later would make a gap in what is seen
  watcher?.close();
  watcher = next;
  lastMs = 0;
  worker.postMessage({ type: "ready", model });
}

/**
 * @param {ImageBitmap} picture
 * @param {number} t_ms
 * @param {boolean} count
 */
function look(picture, t_ms, count) {
  const began = performance.now();
  lastMs = Math.max(lastMs + 1, t_ms);
  const found = watcher?.detectForVideo(picture, lastMs).landmarks[0];
  const took_ms = performance.now() - began;
  const people = count && counter ? counter.detect(picture).landmarks.length : null;
  picture.close();
  const points = found ? Float32Array.from(found.flatMap((p) => [p.x, p.y, p.z, p.visibility])) : null;
  worker.postMessage({ type: "pose", t_ms, points, people, took_ms }, points ? [points.buffer] : []);
}

worker.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  try {
    if (data.type === "load") await load(data.assets, data.model);
    else if (data.type === "counting") await keepCounter(data.wanted);
    else look(data.picture, data.t_ms, data.count);
  } catch (error) {
    worker.postMessage({ type: "failed", message: String(error) });
  }
};
