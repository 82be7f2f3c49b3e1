// @ts-check
/**
 * Space pauses and goes on, H says that it hurts, Esc stops: at any moment, from anywhere on the page.
 *
 * A control that has the focus keeps its own space bar, so that one press never does two things.
 */

const CONTROLS = "button, a, input, select, textarea, summary";

/** @param {{pause: () => void, hurt: () => void, stop: () => void}} act */
export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.key === " " && !target?.closest(CONTROLS)) act.pause();
    else if (event.key.toLowerCase() === "h") act.hurt();
    else if (event.key === "Escape") act.stop();
    else return;
    event.preventDefault();
  });
  // After a click the focus would stay on that button, and the space bar would press it again from three metres away.
  document.addEventListener("click", (event) => {
    if (event.detail > 0 && document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  });
}
