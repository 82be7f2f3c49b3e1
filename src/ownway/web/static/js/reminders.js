// @ts-check
/**
 * Reminders in the open page. One whose time has come waits until somebody is back to see it; "In 15 minutes" puts it
 * off, anything else is an answer. Nobody is reminded who has begun a session since, or shortly before.
 */

const EVERY_MS = 20_000;
const SNOOZE_MS = 15 * 60_000;
const FRESH_MS = 12 * 3600_000; // an older one is yesterday's
const JUST_DONE_MS = 3600_000; // a session so shortly before is what the reminder is for
const ANSWERED = "ownway.reminder.answered"; // of the last one that was answered, ms
const SNOOZED = "ownway.reminder.snoozed"; // until then, ms

/** @typedef {{at: string, days: number[], made_at: string}} Reminder Monday is day 0 */

/**
 * The moment of the newest reminder before now, ms; null where there is none.
 *
 * @param {Reminder[]} reminders
 * @param {Date} now
 * @returns {number | null}
 */
export function newest(reminders, now) {
  const past = reminders.flatMap(({ at, days, made_at }) =>
    [0, 1]
      .map((ago) => {
        const [hour = 0, minute = 0] = at.split(":").map(Number);
        return new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago, hour, minute);
      })
      .filter((moment) => days.includes((moment.getDay() + 6) % 7) && moment <= now && moment >= new Date(made_at)),
  );
  return past.length ? Math.max(...past.map(Number)) : null;
}

const banner = /** @type {HTMLElement | null} */ (document.querySelector("[data-reminder]"));
let told = 0; // the one of which a notification told

/** @param {string} name */
function kept(name) {
  return Number(localStorage.getItem(name) ?? 0);
}

async function look() {
  if (!banner) return;
  const answer = await fetch(banner.dataset.reminder ?? "");
  if (!answer.ok) return;
  /** @type {{reminders: Reminder[], last_session: string | null}} */
  const { reminders, last_session } = await answer.json();
  const now = new Date();
  const due = newest(reminders, now);
  const done = last_session ? Date.parse(last_session) : 0;
  const wanted =
    due !== null &&
    now.valueOf() - due < FRESH_MS &&
    due > kept(ANSWERED) &&
    done < due - JUST_DONE_MS &&
    now.valueOf() >= kept(SNOOZED);
  banner.hidden = !wanted;
  banner.dataset.due = String(due ?? 0);
  if (wanted && document.hidden && due !== told) notify(due);
}

/** @param {number} due */
function notify(due) {
  told = due;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const text = banner?.querySelector("[data-reminder-text]")?.textContent ?? "";
  const notification = new Notification("Ownway", { body: text, tag: "ownway-reminder" });
  notification.addEventListener("click", () => window.focus());
}

/** @param {Event} event */
function answer(event) {
  if (!banner || !(event.target instanceof Element)) return;
  if (event.target.closest("[data-reminder-later]")) localStorage.setItem(SNOOZED, String(Date.now() + SNOOZE_MS));
  else if (event.target.closest("[data-reminder-done]")) localStorage.setItem(ANSWERED, banner.dataset.due ?? "0");
  else return;
  banner.hidden = true;
}

function offerNotifications() {
  const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-notify]"));
  if (!offer || !("Notification" in window) || Notification.permission !== "default") return;
  offer.hidden = false;
  offer.querySelector("button")?.addEventListener("click", async () => {
    await Notification.requestPermission();
    offer.hidden = true;
  });
}

for (const field of document.querySelectorAll("input[data-zone]")) {
  field.setAttribute("value", Intl.DateTimeFormat().resolvedOptions().timeZone);
}
const calmly = () => void look().catch(() => {}); // the server may be gone for a moment
banner?.addEventListener("click", answer);
document.addEventListener("visibilitychange", calmly);
setInterval(calmly, EVERY_MS);
offerNotifications();
calmly();
