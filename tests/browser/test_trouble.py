"""When something is off: the page says in words, and aloud, what to do, and nothing that was done is lost.

A camera stands in here that can be told to misbehave: it shows the sample clip on a canvas.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ownway.store.folder import database_url, ready_folder
from tools.stage import chromium_options, running, screen

from .conftest import Launch, Open, Server, Visit
from .test_sessions import HAMSTRING, diary, heard, session
from .test_voice import LOCAL, STAND_IN

LOAD_MS = 60_000  # the model loads
SOON_MS = 20_000
ASKED_AGAIN_MS = 45_000  # what was asked for before, in passing, is asked again after half a minute at the latest

# `stage.fail`: what getUserMedia refuses with. `stage.look`: how the picture is drawn. `stage.hz`: how often; 0 is frozen.
# `stage.loop_s`: the clip begins anew from there. `stage.offline`: new sockets reach nothing.
STAGE = """
(() => {
  const stage = window.stage = { fail: localStorage.getItem("stage.fail"), look: "whole", hz: 25, loop_s: 1e9, offline: false, sockets: [] };
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), clip = document.createElement("video");
  [canvas.width, canvas.height] = [640, 480];
  Object.assign(clip, { src: "/static/samples/hamstring_stretch.mp4", muted: true, loop: true });
  stage.clip = clip;
  const LOOKS = {
    whole: () => pen.drawImage(clip, 0, 0),
    dark: () => { pen.drawImage(clip, 0, 0); pen.fillStyle = "rgb(0 0 0 / 93%)"; pen.fillRect(0, 0, 640, 480); },
    empty: () => pen.drawImage(clip, 0, 0, 250, 480, 0, 0, 640, 480),
    two: () => { for (const x of [0, 320]) pen.drawImage(clip, 160, 0, 320, 480, x, 0, 320, 480); },
    no_feet: () => { pen.drawImage(clip, 0, 0, 640, 20, 0, 0, 640, 130); pen.drawImage(clip, 0, 130); },
    // From no feet to no head the camera tilts: where the head is gone at once, the model finds nobody anew.
    no_head: () => {
      const y = 130 - 242 * Math.min(1, (performance.now() - since_ms) / 2000);
      pen.drawImage(clip, 0, 0, 640, 20, 0, 0, 640, 130);
      pen.drawImage(clip, 0, 460, 640, 20, 0, 360, 640, 120);
      pen.drawImage(clip, 0, y);
    },
    same: () => { pen.drawImage(kept, 0, 0); },
  };
  const kept = document.createElement("canvas");
  [kept.width, kept.height] = [640, 480];
  stage.repeat = () => { kept.getContext("2d").drawImage(canvas, 0, 0); stage.look = "same"; };
  let [seen, since_ms] = ["", 0];
  const draw = () => {
    if (stage.look !== seen) [seen, since_ms] = [stage.look, performance.now()];
    if (stage.hz && stage.look !== "nothing") {
      if (clip.currentTime > stage.loop_s) clip.currentTime = 0.5;
      LOOKS[stage.look]();
    }
    setTimeout(draw, 1000 / (stage.hz || 10));
  };
  navigator.mediaDevices.getUserMedia = async () => {
    if (stage.fail) throw new DOMException("as the stage wants it", stage.fail);
    await clip.play();
    const stream = canvas.captureStream();
    stage.track = stream.getVideoTracks()[0];
    return stream;
  };
  stage.unplug = () => { stage.track.stop(); stage.track.dispatchEvent(new Event("ended")); };
  window.WebSocket = class extends WebSocket {
    constructor(address) { super(stage.offline ? address + "/nowhere" : address); stage.sockets.push(this); }
  };
  draw();
})();
"""


def stage(visit: Visit, settings: str = "") -> Page:
    """Let the camera of the stage, and a voice that keeps what it says, stand in on the page."""
    page = visit.page
    page.add_init_script(STAND_IN.replace("VOICES", str([LOCAL]).replace("True", "true")))
    page.add_init_script(STAGE + settings)
    return page


def said(page: Page, words: str) -> None:
    """Expect these words on the screen, and from the voice."""
    expect(page.locator("[data-caption]")).to_contain_text(words, timeout=ASKED_AGAIN_MS)
    page.wait_for_function("words => window.spoken.some(s => s.text.includes(words))", arg=words, timeout=SOON_MS)


def hint(page: Page) -> Locator:
    return page.locator("[data-hint]")


def again(page: Page) -> Locator:
    return page.get_by_role("button", name="Try again")


def kinds(server: Server) -> list[str]:
    return [event["kind"] for event in diary(server)[1]]


@pytest.mark.alone
def test_every_reason_why_a_camera_does_not_open_has_its_words(server: Server, open_chromium: Open) -> None:
    """None, taken, refused, silent: each is told apart, each can be tried again, and a camera plugged in is taken at once."""
    page = stage(open_chromium(None), "stage.fail = 'NotFoundError';")
    page.goto(session(server, HAMSTRING))
    said(page, "I find no camera.")
    expect(hint(page)).to_contain_text("Plug one in")
    for error, words, advice in (
        ("NotReadableError", "Something else uses the camera.", "Close the other program"),
        ("NotAllowedError", "The camera is not allowed.", "camera sign beside the address"),
        ("SomethingNewError", "Something else uses the camera.", "Close the other program"),
    ):
        page.evaluate("error => { stage.fail = error; }", error)
        again(page).click()
        said(page, words)
        expect(hint(page)).to_contain_text(advice)
        expect(page.get_by_role("button", name="Go on without camera")).to_be_visible()
    page.evaluate("Object.assign(stage, { fail: null, look: 'nothing' })")
    again(page).click()
    said(page, "The camera gives no picture.")
    page.evaluate("stage.fail = 'NotFoundError'")
    again(page).click()
    said(page, "I find no camera.")
    page.evaluate("Object.assign(stage, { fail: null, look: 'whole', loop_s: 2 })")
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    heard(page, "fold_forward", LOAD_MS)
    expect(again(page)).to_be_hidden()


@pytest.mark.alone
def test_what_hinders_seeing_is_told_and_then_it_goes_on(server: Server, open_chromium: Open) -> None:
    """Dark, nobody, two people, no feet, no head, slow, frozen: one after another in words and voice; then the stretch begins."""
    page = stage(open_chromium(None), "Object.assign(stage, { look: 'dark', loop_s: 2 });")
    page.goto(session(server, HAMSTRING))
    heard(page, "more_light", LOAD_MS)
    said(page, "More light, please.")
    for look, words, advice in (
        ("empty", "I can't see you yet.", "2 to 3 m away"),
        ("two", "One person in the picture, please.", "let the others step out"),
        ("no_feet", "Step back: show your feet.", "tilt the camera down"),
        ("no_head", "Step back: show your head.", "tilt the camera up"),
    ):
        page.evaluate("look => { stage.look = look; }", look)
        said(page, words)
        expect(hint(page)).to_contain_text(advice)
        expect(page.get_by_role("button", name="Go on without camera")).to_be_hidden()
    # Too slow to judge by, though all of the person is seen; someone who stands still long enough is measured all the same.
    page.evaluate("stage.look = 'empty'")
    expect(hint(page)).to_contain_text("2 to 3 m away")
    page.evaluate("Object.assign(stage, { look: 'whole', hz: 2 })")
    said(page, "The picture is slow.")
    expect(page.get_by_role("button", name="Go on without camera")).to_be_visible()
    page.evaluate("stage.hz = 0")
    said(page, "The picture is stuck.")
    expect(hint(page)).to_contain_text("Unplug the camera")
    expect(again(page)).to_be_visible()
    page.evaluate("stage.hz = 25")
    heard(page, "fold_forward", SOON_MS)
    expect(again(page)).to_be_hidden()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    assert "set_began" not in kinds(server)


def held_s(page: Page) -> int:
    """Return how many seconds of the hold the ring has counted."""
    return 30 - int(re.findall(r"\d+", page.locator("ownway-ring .ring-number").inner_text())[0])


@pytest.mark.alone
def test_a_hold_outlives_camera_and_connection(server: Server, open_chromium: Open) -> None:
    """Midway in a hold the camera hangs, is unplugged, the connection drops, the page is reloaded: still the same hold."""
    visit = open_chromium(None)
    page = stage(visit)
    page.goto(session(server, HAMSTRING))
    heard(page, "hold_here", LOAD_MS)
    number = page.locator("ownway-ring .ring-number")
    expect(number).to_have_text(re.compile("2[0-7]"), timeout=SOON_MS)

    page.evaluate("stage.clip.pause(); stage.repeat()")  # a driver that sends its last picture on and on
    said(page, "The picture is stuck.")
    at = held_s(page)
    page.evaluate("stage.look = 'whole'; stage.clip.currentTime = 10; stage.clip.play()")
    expect(hint(page)).to_be_hidden(timeout=SOON_MS)

    page.evaluate("stage.unplug()")
    said(page, "The camera went away.")
    expect(hint(page)).to_contain_text("Your session waits")
    # A connection that drops meanwhile is told, and does not make the camera's trouble forgotten.
    page.evaluate("stage.offline = true; stage.sockets.at(-1).close()")
    said(page, "One moment, reconnecting.")
    page.evaluate("stage.offline = false")
    expect(page.locator("[data-caption]")).to_contain_text("The camera went away.", timeout=SOON_MS)
    page.evaluate("stage.clip.currentTime = 10")
    again(page).click()
    page.wait_for_function("at => 30 - parseInt(document.querySelector('.ring-number').textContent) > at", arg=at)

    page.evaluate("localStorage.setItem('stage.fail', 'NotReadableError')")
    at, address = held_s(page), page.url
    page.reload()
    said(page, "Something else uses the camera.")
    assert page.url == address
    page.evaluate("stage.fail = null; localStorage.clear(); stage.look = 'whole'; stage.clip.currentTime = 10")
    again(page).click()
    page.wait_for_function("at => 30 - parseInt(document.querySelector('.ring-number').textContent) > at", arg=at)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")
    kept, _ = diary(server)
    assert kept["ending"] == "stopped"
    assert kinds(server).count("set_began") == 1
    assert kept["good_s"] > at
    visit.complaints.clear()  # the browser says that a socket was not there, which is so


def test_a_server_that_is_gone_is_told_and_loses_nothing(
    tmp_path: Path, assets: Path, open_chromium: Open, unused_tcp_port: int
) -> None:
    """Hung, killed, started again: told each time; Stop stays on a page that speaks; then the kept session opens by itself."""
    line = [sys.executable, "-m", "ownway", "serve", "--no-open", "--port", str(unused_tcp_port)]
    line += ["--data-dir", str(tmp_path / "diary")]
    screen(database_url(ready_folder(tmp_path / "diary")))
    environment = {"OWNWAY_ASSETS": str(assets)}
    visit = open_chromium(None)
    page = stage(visit)
    with running(line, environment) as served:
        page.goto(f"{served.address}/exercises/{HAMSTRING}/session?mode=timer")
        heard(page, "hold_here", SOON_MS)
        os.kill(served.pid, signal.SIGSTOP)
        said(page, "One moment, reconnecting.")
        os.kill(served.pid, signal.SIGCONT)
        expect(page.locator("[data-caption]")).not_to_contain_text("One moment, reconnecting.", timeout=SOON_MS)
        # Events are in the diary within a second; the ring tells when more than that has passed.
        expect(page.locator("ownway-ring .ring-number")).to_have_text(re.compile(r"^(2[0-7]|1?\d)$"), timeout=SOON_MS)
        os.kill(served.pid, signal.SIGKILL)
        said(page, "The connection is lost.")
        expect(hint(page)).to_contain_text("What you did so far is kept.")
        page.get_by_role("button", name="It hurts").click()
        said(page, "Stop. Come up gently.")
        expect(page.locator("[data-caption]")).to_contain_text("The connection is lost.", timeout=SOON_MS)
    with running(line, environment):
        page.wait_for_url("**/sessions/*", timeout=SOON_MS)
        kept = kinds(Server(served.address, tmp_path / "diary"))
        assert kept.count("set_began") == 1
    visit.complaints.clear()  # the browser says that nobody answered, which is so


@pytest.fixture
def unused_tcp_port() -> int:
    """Give a port of this computer that is free just now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_a_model_that_does_not_load_is_told(server: Server, open_chromium: Open) -> None:
    """Without the part that sees, the page says so, and goes on by time alone if wished."""
    visit = open_chromium(None)
    page = stage(visit)
    page.route("**/*.task", lambda route: route.abort())
    page.goto(session(server, HAMSTRING))
    said(page, "I cannot learn to see here.")
    page.get_by_role("button", name="Go on without camera").click()
    heard(page, "fold_forward")
    visit.complaints.clear()  # the browser says that the model was not there, which is so


@pytest.fixture
def strict_page(launch: Launch) -> Iterator[Page]:
    """Open a Chromium that keeps a page silent until it is touched, as people's browsers do."""
    browser = launch([option for option in chromium_options(None) if not option.startswith("--autoplay-policy")])
    with browser.new_context() as context:
        yield context.new_page()


def test_a_newcomer_hears_the_coach_from_the_first_word(server: Server, strict_page: Page) -> None:
    """The click on Begin lets the session sound; a page opened by its address asks for a tap. No voice: a line says so."""
    contexts = """(() => { const Real = AudioContext; window.contexts = [];
      window.AudioContext = class extends Real { constructor() { super(); contexts.push(this); } }; })();"""
    page, ask = strict_page, strict_page.get_by_role("button", name="Tap for sound")
    page.add_init_script(contexts)
    page.goto(session(server, HAMSTRING, "timer"))
    expect(ask).to_be_visible()
    assert page.evaluate("contexts[0].state") == "suspended"
    ask.click()
    expect(ask).to_be_hidden()
    page.wait_for_function("contexts[0].state === 'running'")

    page.goto(server.address)
    page.get_by_role("link", name="Without camera").first.click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/session?*")
    page.wait_for_function("contexts[0].state === 'running'")
    heard(page, "fold_forward")
    expect(page.get_by_text("This computer has no voice of its own: tones and captions lead you.")).to_be_visible()
    expect(ask).to_be_hidden()
