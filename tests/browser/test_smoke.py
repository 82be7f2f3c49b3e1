"""The whole way once, quickly: from the start page over a camera session to the history."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import LOOPBACK, Camera, Open, Server, WatchedServer

CALIBRATED_MS = 60_000  # the model loads, finds the person, and the person stands still


@pytest.mark.alone
def test_from_first_click_to_history(watched_server: WatchedServer, camera: Camera, open_chromium: Open) -> None:
    """A person in front of the camera is found, told what to do, may stop at any time, and finds the session again."""
    page = open_chromium(camera("A3_bend_bent_knees")).page
    page.goto(watched_server.address)
    page.get_by_role("link", name="With camera").first.click()
    page.get_by_role("button", name="Begin").click()

    # Whoever folds before being told to is not told to, but told to stay.
    told = page.locator("[data-cue-log] li:is([data-cue=fold_forward], [data-cue=hold_here])")
    expect(told.first).to_be_attached(timeout=CALIBRATED_MS)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_url("**/sessions/*")

    page.goto(watched_server.address)
    expect(page.locator("ol.sessions li")).to_have_count(1)
    page.locator("ol.sessions a").click()
    page.wait_for_url("**/sessions/*")


@pytest.mark.alone
def test_nothing_but_this_computer_is_contacted(
    watched_server: WatchedServer, camera: Camera, open_chromium: Open
) -> None:
    """Neither the page, with its worker and its socket, nor the server turns to any other host."""
    visit = open_chromium(camera("A11_empty_room"))
    visit.page.goto(f"{watched_server.address}/exercises/trunk_rotation/session?mode=camera")
    expect(visit.page.locator("[data-cue-log] li[data-cue=cannot_see_you]")).to_be_attached(timeout=CALIBRATED_MS)
    assert any(address.startswith("ws://") for address in visit.addresses)
    assert any(address.endswith(".task") for address in visit.addresses)
    assert visit.hosts() <= LOOPBACK
    assert watched_server.contacted() == {"127.0.0.1"}  # its own address, looked up to listen on


def test_three_dimensions_can_be_drawn(server: Server, open_chromium: Open) -> None:
    """three.js draws under our policy, and its loader and controls share its one copy: two would not know each other's things."""
    page = open_chromium().page
    page.goto(server.address)
    drawn = page.evaluate("""async () => {
      const three = await import("/assets/three/three.module.min.js");
      const { GLTFLoader } = await import("/assets/three/GLTFLoader.js");
      const { OrbitControls } = await import("/assets/three/OrbitControls.js");
      const renderer = new three.WebGLRenderer({ preserveDrawingBuffer: true });
      const camera = new three.PerspectiveCamera();
      camera.position.z = 3;
      const controls = new OrbitControls(camera, renderer.domElement);
      const red = new three.MeshBasicMaterial({ color: "red" });
      renderer.render(new three.Scene().add(new three.Mesh(new three.BoxGeometry(), red)), camera);
      const gl = renderer.getContext();
      const middle = new Uint8Array(4);
      gl.readPixels(gl.drawingBufferWidth / 2, gl.drawingBufferHeight / 2, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, middle);
      return {
        middle: [...middle],
        shared: [new GLTFLoader() instanceof three.Loader, controls instanceof three.Controls],
      };
    }""")
    assert drawn == {"middle": [255, 0, 0, 255], "shared": [True, True]}
