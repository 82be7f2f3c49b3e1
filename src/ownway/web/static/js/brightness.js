// @ts-check
/** How bright a picture is, from a thumbnail of it. */

const WIDTH = 32;
const HEIGHT = 24;
const BRIGHTEST = 254; // 255 means "not measured" on the wire

const canvas = document.createElement("canvas");
canvas.width = WIDTH;
canvas.height = HEIGHT;

/**
 * @param {HTMLVideoElement} video
 * @returns {number | null} mean luma 0..254 (Rec. 601); null where the browser shows no pixels
 */
export function measureBrightness(video) {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return null;
  pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const { data } = pen.getImageData(0, 0, WIDTH, HEIGHT);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    sum += 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
  }
  return Math.min(BRIGHTEST, Math.round(sum / (WIDTH * HEIGHT)));
}
