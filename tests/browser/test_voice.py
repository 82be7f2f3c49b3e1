"""What is heard. No computer of a test has a voice, so a stand-in for the browser's speech takes its place here alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, Server

# Speaks as long as the real thing would, and keeps what it was asked to say and by whom.
STAND_IN = """
(() => {
  window.spoken = [];
  const voice = (name, lang, localService) => ({ name, lang, localService, default: false, voiceURI: name });
  const voices = VOICES.map((v) => voice(...v));
  class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
  let timer = 0, current = null;
  const synthesis = new EventTarget();
  Object.assign(synthesis, {
    getVoices: () => voices,
    speak: (u) => {
      current = u;
      const entry = { text: u.text, voice: u.voice?.name, volume: u.volume, from: performance.now(), to: null };
      window.spoken.push(entry);
      timer = setTimeout(() => { entry.to = performance.now(); current = null; u.onend?.(new Event("end")); }, (window.wordMs ?? 400) * u.text.split(" ").length);
    },
    cancel: () => {
      clearTimeout(timer);
      if (!current) return;
      const cut = current; current = null;
      window.spoken.at(-1).to = performance.now(); window.spoken.at(-1).cut = true;
      cut.onerror?.(new Event("error"));
    },
  });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = Utterance;
})();
"""
LOCAL, CLOUD = ["Of this computer", "en-GB", True], ["Of the cloud", "en-US", False]


def open_with(server: Server, open_chromium: Open, voices: list[list[Any]], word_ms: int = 400) -> Page:
    page = open_chromium(None).page
    page.add_init_script(f"window.wordMs = {word_ms};")
    page.add_init_script(STAND_IN.replace("VOICES", str(voices).replace("True", "true").replace("False", "false")))
    page.goto(f"{server.address}/exercises/hamstring_stretch/session?mode=timer")
    return page


def spoken(page: Page) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = page.evaluate("window.spoken")
    return said


def test_a_local_voice_speaks_and_only_a_local_one(server: Server, open_chromium: Open) -> None:
    """Of two voices the one of this computer is taken, whatever stands first."""
    page = open_with(server, open_chromium, [CLOUD, LOCAL])
    expect(page.locator("[data-cue-log] li").first).to_be_attached()
    said = spoken(page)
    assert said[0]["text"] == "Breathe out. Fold forward slowly."
    assert {entry["voice"] for entry in said} == {"Of this computer"}


def test_a_voice_from_the_network_is_never_used(server: Server, open_chromium: Open) -> None:
    """With nothing but a cloud voice, the words stay on the screen."""
    page = open_with(server, open_chromium, [CLOUD])
    expect(page.locator("[data-caption]")).to_contain_text("Fold forward slowly.")
    assert spoken(page) == []


def test_it_hurts_cuts_a_sentence_short(server: Server, open_chromium: Open) -> None:
    """One voice at a time: the stop is heard at once, in place of what was being said."""
    page = open_with(server, open_chromium, [LOCAL], word_ms=4000)
    expect(page.locator("[data-cue-log] li[data-cue=fold_forward]")).to_be_attached()
    page.keyboard.press("h")
    expect(page.locator("[data-cue-log] li[data-cue=hurt_stop]")).to_be_attached()
    first, second = spoken(page)[-2:]
    assert first["cut"]
    assert second["text"] == "Stop. Come up gently."
    assert second["from"] >= first["to"]


@pytest.mark.parametrize("reload", [False, True])
def test_mute_is_heard_by_nobody_and_remembered(server: Server, open_chromium: Open, *, reload: bool) -> None:
    """Muted, nothing is spoken; also after the page was opened again."""
    page = open_with(server, open_chromium, [LOCAL])
    expect(page.locator("[data-cue-log] li").first).to_be_attached()
    page.get_by_role("button", name="Mute").click()
    if reload:
        page.reload()
    before = len(spoken(page))
    page.keyboard.press("Space")
    expect(page.locator("[data-caption]")).to_contain_text("Paused.")
    assert len(spoken(page)) == before
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
