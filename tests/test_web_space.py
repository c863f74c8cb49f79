"""The body in three dimensions in a real browser: turned, painted, read, by mouse, finger and keys; and where it cannot be drawn."""

from collections.abc import Iterator
from typing import Any

import pytest

from test_web_browser import AXE, BARS, CHROMIUM, LAPTOP, PHONE, TABLET, Visit, address, pytestmark, sync_api

# Chromium draws in software here; a person's browser uses the graphics card.
DRAWING = [
    "--headless",
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
WITHOUT = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-3d-apis"]
TURN = "role=group[name='Turn to'] >> text="
__all__ = ["address", "pytestmark"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def drawing(chromium: Any) -> Iterator[Any]:
    opened = chromium.launch(executable_path=CHROMIUM, args=DRAWING)
    yield opened
    opened.close()


@pytest.fixture
def space(request: pytest.FixtureRequest, drawing: Any, address: str) -> Iterator[Visit]:
    wanted: dict[str, Any] = {"viewport": LAPTOP, "reduced_motion": "reduce", **getattr(request, "param", {})}
    context = drawing.new_context(**wanted)
    one = Visit(context.new_page(), address)
    yield one
    context.close()
    assert one.troubles == []


def _consult(space: Visit) -> None:
    space.open()
    space.start("foot_drop", "Left")
    space.find("ankle_dorsiflexion", "3")
    space.find("ankle", "Normal")
    space.leader()
    space.page.click("#tab-sensation")
    space.page.wait_for_selector(".plate canvas")
    space.page.click("role=group[name='View of the body'] >> text=3D")
    _drawn(space)


def _drawn(space: Visit) -> dict[str, float]:
    space.page.wait_for_selector(".space canvas[data-ready=true]", timeout=30_000)
    box: dict[str, float] = space.page.locator(".space canvas").bounding_box()
    return box


def _faults(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found["violations"] if v["impact"] in ("serious", "critical")]


def test_a_stroke_on_the_surface_is_a_finding_and_moves_the_ranking(space: Visit) -> None:
    asked: list[str] = []
    space.page.on("request", lambda r: asked.append(r.url.rsplit("/", 1)[-1]))
    space.page.on("requestfinished", lambda r: asked.append("flat") if r.url.endswith("anterior.bin") else None)
    _consult(space)
    # The library and the surface come only when they are asked for.
    late = [k for k, name in enumerate(asked) if name == "mesh" or (name.startswith("Space-") and name.endswith(".js"))]
    assert len(late) == 2
    assert min(late) > asked.index("flat")
    before = space.page.evaluate(BARS)
    space.page.click(f"{TURN}Left")
    assert "left side" in space.page.inner_text(".space .facing")
    box = _drawn(space)
    x, y = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.6
    space.page.mouse.move(x, y)
    space.page.wait_for_function("() => document.querySelector('.space-told strong').textContent.endsWith(', left')")
    space.page.mouse.down()
    for k in range(12):
        space.page.mouse.move(x, y + box["height"] * 0.02 * k)
    space.page.mouse.up()
    space.page.wait_for_function(f"before => {BARS} !== before", arg=before)
    said = space.page.inner_text("[data-testid=said]")
    assert said.startswith("reduced: ")
    assert "left" in said
    assert "right" not in said
    # The list of places and the flat view hold the same.
    assert space.page.locator(".sites .rows li").first.locator("button[aria-pressed=true]").first.inner_text() == "Reduced"
    assert "reduced" in space.page.inner_text(".space-told")
    space.page.click("role=group[name='View of the body'] >> text=Outer")
    space.page.wait_for_function(
        "() => { const c = document.querySelector('.view-lateral canvas'); "
        "return c && c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 === 3 && v > 100); }"
    )
    space.page.keyboard.press("Control+z")
    space.page.wait_for_function(f"before => {BARS} === before", arg=before)


def test_a_drag_beside_the_body_turns_it_and_the_sides_are_named(space: Visit) -> None:
    _consult(space)
    box = _drawn(space)
    edges = ".space figcaption span"
    assert space.page.locator(edges).all_inner_texts() == ["patient’s right", "seen from the front", "patient’s left"]
    space.page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    space.page.mouse.down()
    space.page.mouse.move(box["x"] + 20 + box["height"] * 0.6, box["y"] + box["height"] / 2, steps=6)
    space.page.mouse.up()
    assert space.page.locator(edges).all_inner_texts() == ["patient’s left", "seen from the back", "patient’s right"]
    assert space.page.locator(".count").count() == 2, "nothing was painted"
    space.page.click("role=group[name='A drag over the skin'] >> text=Turn")
    space.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.2)
    space.page.mouse.down()
    space.page.mouse.move(box["x"] + box["width"] * 0.5 - box["height"] * 0.3, box["y"] + box["height"] * 0.2, steps=6)
    space.page.mouse.up()
    assert "back" not in space.page.inner_text(".space .facing")
    assert space.page.locator(".count").count() == 2, "nothing was painted"


def test_keys_turn_tell_and_paint(space: Visit) -> None:
    _consult(space)
    space.page.focus("#tab-sensation")
    for _ in range(40):
        if space.page.evaluate("document.activeElement.matches('.space canvas')"):
            break
        space.page.keyboard.press("Tab")
    for key in ("+", "+", "Shift+ArrowRight"):
        space.page.keyboard.press(key)
    for _ in range(12):
        space.page.keyboard.press("ArrowRight")
    assert "back" in space.page.inner_text(".space .facing")
    for _ in range(8):  # move until the cross lies on skin
        if ", " in space.page.inner_text(".space-told"):
            break
        space.page.keyboard.press("Shift+ArrowRight")
    told = space.page.inner_text(".space-told").strip()
    assert told.endswith(("left", "right"))
    assert space.page.get_attribute(".space-told strong", "aria-live") == "polite"
    space.page.keyboard.press("Enter")
    name, side = told.rsplit(", ", 1)
    assert space.page.inner_text("[data-testid=said]") == f"reduced: {name} {side}"


@pytest.mark.parametrize("space", [{"viewport": PHONE, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}], indirect=True)
def test_a_finger_paints_and_two_fingers_do_not(space: Visit) -> None:
    _consult(space)
    space.page.click(f"{TURN}Feet")
    space.page.locator(".space").evaluate("e => e.scrollIntoView()")
    box = _drawn(space)
    client = space.page.context.new_cdp_session(space.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = box["x"] + box["width"] * 0.72, box["y"] + box["height"] * 0.5
    touch("touchStart", (x, y))
    touch("touchStart", (x, y), (x - 60, y))
    for k in range(6):
        touch("touchMove", (x + 6 * k, y), (x - 60 - 6 * k, y))
    touch("touchEnd")
    assert space.page.locator("#tab-sensation .count").count() == 0
    space.page.click(f"{TURN}Feet")
    space.page.touchscreen.tap(x, y)
    space.page.wait_for_selector("#tab-sensation .count")
    assert space.page.inner_text("[data-testid=said]").endswith("left")
    assert space.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("space", [{"viewport": TABLET, "color_scheme": "dark"}], indirect=True)
def test_the_atlas_tells_roots_and_nerves_of_a_place_on_the_surface(space: Visit) -> None:
    space.open("#/atlas")
    space.page.click("role=group[name='View'] >> text=3D")
    box = _drawn(space)
    layer = space.page.locator("label:has-text('Layer') select")
    for name, told in (
        ("branches", "Cutaneous nerves"),
        ("key_points", "ISNCSCI"),
        ("axial_lines", "Axial lines"),
        ("lesion:root.L5", "Feeling lost"),
    ):
        layer.select_option(name)
        space.page.wait_for_selector(f".legend h2:has-text('{told}')")
        space.page.wait_for_timeout(200)
    layer.select_option("dermatomes")
    space.page.wait_for_selector(".legend h2:has-text('Dermatomes')")
    space.page.click(f"{TURN}Feet")
    x, y = box["x"] + box["width"] * 0.5 + box["height"] * 0.27, box["y"] + box["height"] * 0.5
    space.page.mouse.move(x, y)
    space.page.wait_for_function("() => /L5 \\d+%/.test(document.querySelector('.space-told').textContent)")
    assert "dorsal cutaneous nerve" in space.page.inner_text(".space-told")
    space.page.mouse.down()
    space.page.mouse.up()
    space.page.wait_for_selector(".point h2:has-text('left')")
    assert space.page.locator(".count").count() == 0
    assert _faults(space.page) == []


def test_without_the_means_it_says_so_and_the_list_works(chromium: Any, address: str) -> None:
    browser = chromium.launch(executable_path=CHROMIUM, args=WITHOUT)
    visit = Visit(browser.new_page(viewport=LAPTOP), address)
    visit.open()
    visit.page.click("#tab-sensation")
    visit.page.click("role=group[name='View of the body'] >> text=3D")
    visit.page.wait_for_selector(".space >> text=cannot draw in three dimensions")
    assert _faults(visit.page) == []
    visit.page.click("[role=group][aria-label='Dorsum of the foot, left'] button:text-is('Reduced')")
    visit.page.wait_for_selector("#tab-sensation .count")
    browser.close()
    assert visit.troubles == []
