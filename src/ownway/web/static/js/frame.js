// @ts-check
/** One frame as bytes, as docs/WIRE.md lays it out. */

export const What = Object.freeze({ nobody: 0, person: 1, stuck: 2, noCamera: 3 });
export const LANDMARKS = 33;

const VERSION = 1;
const HEAD_BYTES = 12;
const UNKNOWN = 255;

/**
 * @param {number} what one of `What`
 * @param {number} t_s seconds since the session began
 * @param {Float32Array | null} points 33 x (x, y, z, visibility), for `What.person`
 * @param {number | null} people how many the second look found; null: not looked at
 * @param {number | null} brightness mean luma 0..254; null: not measured
 * @returns {ArrayBuffer}
 */
export function encodeFrame(what, t_s, points = null, people = null, brightness = null) {
  const values = what === What.person && points ? points : new Float32Array(0);
  const bytes = new ArrayBuffer(HEAD_BYTES + values.length * 4);
  const view = new DataView(bytes);
  view.setUint8(0, VERSION);
  view.setUint8(1, what);
  view.setUint8(2, people ?? UNKNOWN);
  view.setUint8(3, brightness ?? UNKNOWN);
  view.setFloat64(4, t_s, true);
  values.forEach((value, index) => view.setFloat32(HEAD_BYTES + index * 4, value, true));
  return bytes;
}
