// @ts-check
/** Keeps the screen awake while the page is seen; browsers let go of it whenever the page is hidden. */

/** @type {WakeLockSentinel | null} */
let held = null;
let wanted = false;
let listening = false;

/** Whether this browser can: not on a page that came over plain http from another computer. */
export const canKeepAwake = "wakeLock" in navigator;

async function hold() {
  try {
    const lock = await navigator.wakeLock.request("screen");
    if (wanted) held = lock;
    else await lock.release(); // let go of while the browser was still thinking
  } catch {
    // Refused (low battery, for example): the session goes on all the same.
  }
}

export function keepAwake() {
  wanted = true;
  if (!canKeepAwake) return;
  if (!listening) {
    document.addEventListener("visibilitychange", () => {
      if (wanted && document.visibilityState === "visible") void hold();
    });
  }
  listening = true;
  void hold();
}

export function letSleep() {
  wanted = false;
  void held?.release();
  held = null;
}
