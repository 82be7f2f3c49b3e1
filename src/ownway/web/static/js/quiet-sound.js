// @ts-check
/**
 * A hum that nobody hears, so that a page goes on with the screen off.
 *
 * Browsers slow a hidden page down, or stop it, unless it sounds. A silent sound does not count (Chrome looks at its
 * level), and one made by Web Audio gives no buttons on the lock screen; so this is a low, very soft tone in a file made
 * here, which a phone's speaker hardly reproduces.
 */

const RATE_HZ = 8000;
const LENGTH_S = 10; // shorter ones get no buttons on the lock screen
const TONE_HZ = 40; // whole waves in the length, so that the loop has no seam
const LOUD = 0.002; // -54 dB; chosen by us, above what Chrome takes for silence (-72 dB)

/** @returns {Blob} a WAV file */
function hum() {
  const count = RATE_HZ * LENGTH_S;
  const data = new DataView(new ArrayBuffer(44 + 2 * count));
  /** @type {(at: number, text: string) => void} */
  const name = (at, text) => [...text].forEach((letter, i) => data.setUint8(at + i, letter.charCodeAt(0)));
  name(0, "RIFF");
  data.setUint32(4, 36 + 2 * count, true);
  name(8, "WAVEfmt ");
  data.setUint32(16, 16, true);
  data.setUint16(20, 1, true); // plain samples
  data.setUint16(22, 1, true); // one channel
  data.setUint32(24, RATE_HZ, true);
  data.setUint32(28, 2 * RATE_HZ, true);
  data.setUint16(32, 2, true);
  data.setUint16(34, 16, true);
  name(36, "data");
  data.setUint32(40, 2 * count, true);
  for (let i = 0; i < count; i += 1) {
    data.setInt16(44 + 2 * i, Math.round(32767 * LOUD * Math.sin((2 * Math.PI * TONE_HZ * i) / RATE_HZ)), true);
  }
  return new Blob([data.buffer], { type: "audio/wav" });
}

export class QuietSound {
  /** @param {{go: () => void, pause: () => void}} act what the buttons of the lock screen do */
  constructor(act) {
    this.audio = new Audio(URL.createObjectURL(hum()));
    this.audio.loop = true;
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.setActionHandler("play", act.go);
    navigator.mediaSession.setActionHandler("pause", act.pause);
  }

  /** @param {string} title what the lock screen shows */
  async start(title) {
    this.tell(title, "playing");
    try {
      await this.audio.play();
    } catch {
      // Kept silent by the browser: with the screen on the run is led all the same.
    }
  }

  /** @param {string} title */
  pause(title) {
    this.audio.pause();
    this.tell(title, "paused");
  }

  stop() {
    this.audio.pause();
    if ("mediaSession" in navigator) navigator.mediaSession.playbackState = "none";
  }

  /**
   * @param {string} title
   * @param {"playing" | "paused"} state
   */
  tell(title, state) {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: "Ownway" });
    navigator.mediaSession.playbackState = state;
  }
}
