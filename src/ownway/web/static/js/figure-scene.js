// @ts-check
/**
 * The demonstrator in three dimensions: a figure from a glTF file on a round mat, in a canvas. It draws only while
 * something moves. `figure.js` puts it into a page.
 */

/** @typedef {typeof import("three")} Three */
/** @typedef {{phase: string, start_s: number, end_s: number}} Span */
/** @typedef {{phases: Span[], pictures: Record<string, number>}} Told what the file says of an animation */
/** @typedef {"side" | "front" | "quarter"} View */

/**
 * @typedef {object} Library
 * @property {Three} three
 * @property {typeof import("three/examples/jsm/loaders/GLTFLoader.js").GLTFLoader} GLTFLoader
 * @property {typeof import("three/examples/jsm/controls/OrbitControls.js").OrbitControls} OrbitControls
 */

/**
 * @typedef {object} Manner
 * @property {View} view from where it is seen at first
 * @property {boolean} mirror whether it moves like a picture in a mirror, as one who faces us is copied
 */

/** From where each view looks: degrees round the figure, from its front to its own left, and above the floor. */
const VIEWS = /** @type {const} */ ({ side: [-90, 7], front: [0, 9], quarter: [-42, 14] });
const FIELD_OF_VIEW_DEG = 24;
const BELOW_M = 0.06; // that the mat is seen in front of the feet
const ROOM = 1.16; // round the figure, as a share of it
const TURN_MS = 550; // from one view to another
const KEY_TURN_DEG = 15;
const BEFORE_S = 0.8; // a phase that is to be seen
const SLOW = 0.4; // of the usual pace
const SHARE = 0.4; // of the time that drawing may take
const LONGEST_MS = 150; // that a picture stands for that
const MEASURED_EVERY = 20; // pictures
const COARSE_FROM_MS = 25; // that one takes
const MOST_PIXEL_RATIO = 2;
const MAT_M = 0.52;
const MAT = { color: 0xb89d5e, opacity: 0.24 }; // in light as in dark
const AMBER = 0xe39a2d;
const MAT_SIDES = 72;
const LEAST_ABOVE_DEG = -4;
const MOST_ABOVE_DEG = 55;

/** Bones at the joints that the coach names. */
const BONES = /** @type {Record<string, string[]>} */ ({
  shoulder: ["upperarm01L", "upperarm01R"],
  hip: ["upperleg01L", "upperleg01R"],
  knee: ["lowerleg01L", "lowerleg01R"],
  heel: ["footL", "footR"],
  foot: ["toe2-1L", "toe2-1R"],
});

/** @type {Promise<Library> | null} */
let library = null;

/**
 * The library, loaded once for all figures of a page.
 *
 * @param {string} folder its address
 * @returns {Promise<Library>}
 */
function load(folder) {
  library ??= Promise.all([
    import(`${folder}three.module.min.js`),
    import(`${folder}GLTFLoader.js`),
    import(`${folder}OrbitControls.js`),
  ]).then(([three, { GLTFLoader }, { OrbitControls }]) => ({ three, GLTFLoader, OrbitControls }));
  return library;
}

/**
 * @param {string} folder address of the library
 * @param {string} file address of the figure
 * @param {HTMLCanvasElement} canvas
 * @param {Manner} manner
 * @returns {Promise<FigureScene>} rejected where there is no WebGL, or something does not load
 */
export async function openScene(folder, file, canvas, manner) {
  const { three, GLTFLoader, OrbitControls } = await load(folder);
  const gltf = await new GLTFLoader().loadAsync(file);
  return new FigureScene(three, gltf, OrbitControls, canvas, manner);
}

export class FigureScene {
  #frame = 0;
  #last_ms = 0;
  #drawn = 0; // pictures
  #cost_ms = 0; // of one
  #moving = false;
  #slow = false;
  #shown = "";
  /** @type {{from: number[], to: readonly number[], since_ms: number} | null} a view that is being turned to */
  #turning = null;

  /**
   * @param {Three} three
   * @param {import("three/examples/jsm/loaders/GLTFLoader.js").GLTF} gltf
   * @param {Library["OrbitControls"]} OrbitControls
   * @param {HTMLCanvasElement} canvas
   * @param {Manner} manner
   */
  constructor(three, gltf, OrbitControls, canvas, manner) {
    this.three = three;
    this.canvas = canvas;
    this.ondraw = () => {}; // called after each picture
    this.onturn = () => {}; // called when somebody turns it
    this.manner = manner;
    this.person = gltf.scene;
    this.animations = gltf.animations;
    this.renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: "low-power" });
    this.renderer.shadowMap.enabled = true;
    this.scene = new three.Scene();
    this.camera = new three.PerspectiveCamera(FIELD_OF_VIEW_DEG, 1, 0.5, 20);
    this.mixer = new three.AnimationMixer(this.person);
    const { width_m, height_m } = this.person.userData;
    this.size_m = ROOM * Math.max(width_m, height_m);
    this.middle = new three.Vector3(0, height_m / 2 - BELOW_M, 0);
    this.marks = this.#marks();
    this.mat = this.#mat();
    this.#furnish(height_m);
    this.controls = new OrbitControls(this.camera, canvas);
    this.#steer();
    this.look(manner.view, false);
    this.resize();
  }

  // ---- what is shown ----------------------------------------------------------------------------------------------

  /**
   * @param {string} name of the animation
   * @param {{picture?: string, before?: string}} [where] it begins: at a picture, or a moment before a phase
   */
  show(name, { picture = "", before = "" } = {}) {
    const clip = this.three.AnimationClip.findByName(this.animations, name);
    if (!clip) return;
    this.mixer.stopAllAction();
    this.clip = clip;
    this.action = this.mixer.clipAction(clip);
    this.action.play();
    this.#shown = name;
    const phase_s = this.told.phases.find((span) => span.phase === before)?.start_s ?? 0;
    this.seek(this.told.pictures[picture] ?? Math.max(0, phase_s - BEFORE_S));
  }

  /** @returns {Told} what the file says of the animation that is shown */
  get told() {
    return /** @type {any} */ (this.clip?.userData ?? { phases: [], pictures: {} });
  }

  /** Name of the animation that is shown. */
  get shown() {
    return this.#shown;
  }

  get time_s() {
    return this.action?.time ?? 0;
  }

  /** The phase of the movement that is just shown. */
  get phase() {
    const now_s = this.time_s;
    return this.told.phases.filter(({ start_s }) => start_s <= now_s).at(-1)?.phase ?? "";
  }

  /** @param {number} at_s */
  seek(at_s) {
    if (!this.action) return;
    this.action.time = at_s;
    this.mixer.update(0);
    this.#draw();
  }

  /** @param {string[]} joints at which something is to be mended */
  mark(joints) {
    for (const [joint, marks] of Object.entries(this.marks)) {
      for (const mark of marks) mark.visible = joints.includes(joint);
    }
    this.#draw();
  }

  // ---- from where, and how fast -----------------------------------------------------------------------------------

  /**
   * @param {View} view
   * @param {boolean} gently turning there, rather than being there
   */
  look(view, gently) {
    const to = VIEWS[view];
    if (gently) {
      this.#turning = { from: this.#direction(), to, since_ms: performance.now() };
      this.#wake();
    } else {
      this.#turning = null;
      this.#place(to[0], to[1]);
      this.#draw();
    }
  }

  /** @param {number} steps to the left, or negative */
  turn(steps) {
    const [around, above] = this.#direction();
    this.#turning = null;
    this.#place(around - steps * KEY_TURN_DEG, above);
    this.#draw();
  }

  /** @param {boolean} moving */
  play(moving) {
    this.#moving = moving;
    if (moving) this.#wake();
  }

  /** @param {boolean} slow */
  slow(slow) {
    this.#slow = slow;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    const ratio = this.#cost_ms > COARSE_FROM_MS ? 1 : Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    // The square in the middle always shows the same, as the still pictures do, whose place it takes.
    this.camera.aspect = width / height;
    const narrow = Math.min(1, width / height);
    const half = Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360) / narrow;
    this.camera.fov = (360 / Math.PI) * Math.atan(half);
    this.camera.updateProjectionMatrix();
    this.#draw();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.controls.dispose();
    this.renderer.dispose();
  }

  // ---- drawing ----------------------------------------------------------------------------------------------------

  #wake() {
    if (this.#frame) return;
    this.#last_ms = performance.now();
    this.#frame = requestAnimationFrame((now_ms) => this.#tick(now_ms));
  }

  /** @param {number} now_ms */
  #tick(now_ms) {
    this.#frame = 0;
    const passed_ms = now_ms - this.#last_ms;
    if (passed_ms >= this.#wait_ms) {
      this.#last_ms = now_ms;
      if (this.#moving) this.mixer.update((Math.max(0, Math.min(passed_ms, 1000)) / 1000) * (this.#slow ? SLOW : 1));
      if (this.#turning) this.#turn(now_ms);
      this.#draw();
    }
    if (this.#moving || this.#turning) this.#frame = requestAnimationFrame((next_ms) => this.#tick(next_ms));
  }

  /** @param {number} now_ms */
  #turn(now_ms) {
    if (!this.#turning) return;
    const { from, to, since_ms } = this.#turning;
    const done = Math.max(0, Math.min(1, (now_ms - since_ms) / TURN_MS));
    const share = done * done * (3 - 2 * done);
    const around = ((to[0] - from[0] + 540) % 360) - 180; // the shorter way
    this.#place(from[0] + share * around, from[1] + share * (to[1] - from[1]));
    if (done === 1) this.#turning = null;
  }

  #draw() {
    if (!this.action) return;
    const before_ms = performance.now();
    this.renderer.render(this.scene, this.camera);
    const drawn = this.#drawn++; // the first takes longer than any other
    if (drawn > 0 && (this.#cost_ms > COARSE_FROM_MS || drawn % MEASURED_EVERY === 1)) this.#measure(before_ms);
    this.ondraw();
  }

  /** @param {number} before_ms when a picture was begun; it ends when a point of it can be read */
  #measure(before_ms) {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    this.#cost_ms = performance.now() - before_ms;
    if (this.#cost_ms > COARSE_FROM_MS && this.renderer.getPixelRatio() > 1) this.resize();
  }

  /** How long a picture stands at least: without a graphics card, drawing must leave time for all else. */
  get #wait_ms() {
    return Math.min(this.#cost_ms / SHARE, LONGEST_MS);
  }

  /** @returns {[number, number]} from where it is seen now: degrees round the figure, and above the floor */
  #direction() {
    const { x, y, z } = this.camera.position.clone().sub(this.middle);
    const deg = 180 / Math.PI;
    return [Math.atan2(x, z) * deg, Math.atan2(y, Math.hypot(x, z)) * deg];
  }

  /**
   * @param {number} around_deg
   * @param {number} above_deg
   */
  #place(around_deg, above_deg) {
    const [around, above] = [(around_deg * Math.PI) / 180, (above_deg * Math.PI) / 180];
    const away_m = this.size_m / 2 / Math.tan((FIELD_OF_VIEW_DEG * Math.PI) / 360);
    const level = Math.cos(above);
    const way = new this.three.Vector3(Math.sin(around) * level, Math.sin(above), Math.cos(around) * level);
    this.camera.position.copy(this.middle).addScaledVector(way, away_m);
    this.camera.lookAt(this.middle);
  }

  // ---- made once --------------------------------------------------------------------------------------------------

  /** @param {number} height_m */
  #furnish(height_m) {
    const { three, manner } = this;
    if (manner.mirror) this.person.scale.x = -1;
    this.scene.add(this.person, this.mat, new three.HemisphereLight(0xffffff, 0xd9cbb3, 1.9));
    const sun = new three.DirectionalLight(0xfff6e8, 2.1);
    sun.position.set(-0.9, 4, 1.2);
    this.scene.add(sun);
    this.person.traverse((part) => {
      part.castShadow = part.receiveShadow = true;
      part.frustumCulled = false; // a folded person is elsewhere than one who stands
    });
    sun.castShadow = true;
    sun.shadow.mapSize.set(1024, 1024);
    sun.shadow.radius = 6;
    sun.shadow.bias = -0.002;
    sun.shadow.normalBias = 0.02;
    const half = height_m * 0.75;
    Object.assign(sun.shadow.camera, { left: -half, right: half, top: half, bottom: -half, near: 1, far: 8 });
  }

  #mat() {
    const { three } = this;
    const round = new three.CircleGeometry(MAT_M, MAT_SIDES);
    const mat = new three.Mesh(round, new three.MeshBasicMaterial({ ...MAT, transparent: true }));
    const shade = new three.Mesh(round, new three.ShadowMaterial({ opacity: 0.2 }));
    shade.receiveShadow = true;
    shade.position.z = 0.001;
    mat.add(shade);
    mat.rotation.x = -Math.PI / 2;
    mat.position.y = -0.004;
    return mat;
  }

  /** Amber dots on joints, seen through the body. */
  #marks() {
    const { three } = this;
    const dot = new three.MeshBasicMaterial({ color: AMBER, transparent: true, opacity: 0.85, depthTest: false });
    const ball = new three.SphereGeometry(0.042, 20, 14);
    return Object.fromEntries(
      Object.entries(BONES).map(([joint, names]) => {
        const marks = names.map((name) => {
          const mark = new three.Mesh(ball, dot);
          mark.renderOrder = 1;
          mark.visible = false;
          this.person.getObjectByName(name)?.add(mark);
          return mark;
        });
        return [joint, marks];
      }),
    );
  }

  /** Dragging turns it; up and down a page scrolls as ever. */
  #steer() {
    const { controls } = this;
    controls.enableZoom = controls.enablePan = false;
    controls.target.copy(this.middle);
    const right = Math.PI / 2;
    controls.minPolarAngle = right - (MOST_ABOVE_DEG * Math.PI) / 180;
    controls.maxPolarAngle = right - (LEAST_ABOVE_DEG * Math.PI) / 180;
    this.canvas.style.touchAction = "pan-y";
    controls.addEventListener("start", () => (this.#turning = null));
    controls.addEventListener("change", () => {
      this.onturn();
      if (!this.#frame) this.#draw();
    });
  }
}
