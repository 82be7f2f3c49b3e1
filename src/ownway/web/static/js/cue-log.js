// @ts-check
/** "What the coach said": every cue as a line, for those who hear badly. */

const MINUTE_S = 60;

/**
 * @param {HTMLElement} list
 * @param {{t_s: number, cue?: string, text?: string}} event
 */
export function logCue(list, { t_s, cue = "", text = "" }) {
  const time = document.createElement("time");
  time.textContent = `${Math.floor(t_s / MINUTE_S)}:${String(Math.floor(t_s % MINUTE_S)).padStart(2, "0")}`;
  const line = document.createElement("li");
  line.dataset.cue = cue;
  line.dataset.t = t_s.toFixed(3);
  line.append(time, text);
  list.append(line);
}
