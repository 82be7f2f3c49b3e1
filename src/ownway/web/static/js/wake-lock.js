// @ts-check
/** Keeps the screen awake while the page is seen; browsers let go of it whenever the page is hidden. */

async function hold() {
  try {
    await navigator.wakeLock.request("screen");
  } catch {
    // Refused (low battery, for example): the session goes on all the same.
  }
}

export function keepAwake() {
  if (!("wakeLock" in navigator)) return;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void hold();
  });
  void hold();
}
