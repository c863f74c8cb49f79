"""The pages in a real browser: what a clinician does with keyboard, finger and mouse, and what must show at once."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is in the dev extra")
ROOT = Path(__file__).parents[1]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LAPTOP, TABLET, PHONE = {"width": 1440, "height": 900}, {"width": 820, "height": 1180}, {"width": 390, "height": 844}

# The widths of the ranking, in one text.
BARS = "[...document.querySelectorAll('.rank .fillbar')].map(b => b.style.width).join()"

pytestmark = [
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is installed by the test command"),
    pytest.mark.skipif(not (ROOT / "src/lasegue/web/static/index.html").exists(), reason="the pages are built by the test command"),
]


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}api/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "lasegue.web:create_app", "--port", str(port), "--log-level", "warning"]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    url = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + 60
        while not _ready(url):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Visit:
    """A page with its troubles: script errors, console errors, and requests that leave the origin."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address, self.troubles = page, address, []
        page.on("pageerror", lambda e: self.troubles.append(str(e)))
        page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith((address, "blob:", "data:")) else self.troubles.append(r.url))

    def open(self, fragment: str = "") -> None:
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector(".waiting, .head, .page, .plain")

    def start(self, complaint: str, side: str | None = None) -> None:
        self.page.click(f"[data-complaint={complaint}]")
        if side:
            self.page.click(f".sidepick >> text={side}")

    def find(self, step: str, value: str) -> None:
        self.page.click(f"[data-step={step}] >> button:text-is('{value}')")

    def leader(self) -> str:
        self.page.wait_for_selector(".answer:not(.busy) .rank li.lead")
        return str(self.page.get_attribute(".rank li.lead", "data-lesion"))


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Visit]:
    wanted: dict[str, Any] = {"viewport": LAPTOP, **getattr(request, "param", {})}
    context = browser.new_context(**wanted)
    one = Visit(context.new_page(), address)
    yield one
    assert context.cookies() == []
    assert one.page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()
    assert one.troubles == []


@pytest.fixture
def shot(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """Keeps a picture: in the folder that LASEGUE_SHOTS names, else in the test's own."""
    folder = Path(os.environ.get("LASEGUE_SHOTS", str(tmp_path)))
    folder.mkdir(parents=True, exist_ok=True)

    def take(visit: Visit, name: str) -> None:
        visit.page.screenshot(path=folder / f"{name}.png")

    return take


def test_peroneal_palsy_by_keyboard_alone(visit: Visit, shot: Any) -> None:
    visit.open()
    press = visit.page.keyboard.press
    visit.page.focus("#tab-start")
    press("ArrowRight")
    press("ArrowRight")
    visit.page.wait_for_selector(".grid")
    for _ in range(30):  # on from the tab to the grid's one stop
        if visit.page.evaluate("document.activeElement.matches('[data-cell]')"):
            break
        press("Tab")
    for key in ("5", "ArrowDown", "5", *["ArrowDown"] * 4, "2", "ArrowDown", "5", "ArrowDown", "5", "ArrowDown", "3", "ArrowDown", "2"):
        press(key)
    assert visit.page.inner_text("[data-power=ankle_dorsiflexion-left]") == "2"
    assert visit.page.inner_text("[data-power=great_toe_extension-left]") == "2"
    press("Tab")
    visit.page.focus("#tab-power")
    press("ArrowRight")
    visit.page.wait_for_selector(".sites")
    visit.page.focus("[role=group][aria-label='Dorsum of the foot, left'] button:text-is('Reduced')")
    press("Enter")
    assert visit.leader().startswith("nerve.common_peroneal")
    shot(visit, "peroneal-keyboard")


def test_plus_and_minus_step_half_grades_and_old_is_said(visit: Visit) -> None:
    visit.open()
    visit.page.click("#tab-power")
    cell = "[data-power=knee_extension-left]"
    visit.page.click(cell)
    for key, shown in (
        *zip("4+--", ("4", "4+", "4", "4-"), strict=True),
        ("p", "pain"),
        ("g", "give-way"),
        ("w", "weak"),
        ("o", "weak old"),
    ):
        visit.page.keyboard.press(key)
        assert visit.page.inner_text(cell) == shown


def test_rest_normal_shows_what_it_filled_and_is_taken_back(visit: Visit) -> None:
    visit.open()
    visit.page.click("#tab-power")
    visit.page.click("[data-power=ankle_dorsiflexion-left]")
    visit.page.keyboard.press("2")
    visit.page.click("text=Rest normal")
    filled = visit.page.locator(".cell.filled").count()
    assert filled >= 19
    assert visit.page.inner_text("[data-power=ankle_dorsiflexion-left]") == "2"
    visit.page.click(f"text=Take back {filled} filled normals")
    assert visit.page.locator(".cell.filled").count() == 0
    assert visit.page.inner_text("[data-power=ankle_dorsiflexion-left]") == "2"


@pytest.mark.parametrize("visit", [{"viewport": PHONE, "has_touch": True, "is_mobile": True}], indirect=True)
def test_from_complaint_to_answer_on_a_phone(visit: Visit, shot: Any) -> None:
    visit.open()
    visit.page.tap("[data-complaint=foot_drop]")
    visit.page.tap(".sidepick >> text=Left")
    for step, value in (("ankle_dorsiflexion", "2"), ("ankle_inversion_plantarflexed", "Normal"), ("dorsum", "Reduced")):
        visit.page.tap(f"[data-step={step}] >> button:text-is('{value}')")
    visit.page.wait_for_selector(".peek")
    assert visit.leader().startswith("nerve.common_peroneal")
    assert "peroneal" in visit.page.inner_text(".peek").lower()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    shot(visit, "phone-answer")


def test_painting_moves_the_ranking_and_undo_takes_it_back(visit: Visit, shot: Any) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "3")
    visit.find("ankle", "Normal")
    visit.leader()
    before = visit.page.evaluate(BARS)
    visit.page.click("#tab-sensation")
    visit.page.click("role=group[name='View of the body'] >> text=Outer")
    canvas = visit.page.wait_for_selector(".view-lateral .plate canvas")
    visit.page.wait_for_timeout(400)
    box = canvas.bounding_box()
    x = box["x"] + box["width"] * 0.72
    visit.page.mouse.move(x, box["y"] + box["height"] * 0.62)
    visit.page.mouse.down()
    for k in range(20):
        visit.page.mouse.move(x, box["y"] + box["height"] * (0.62 + 0.012 * k))
    visit.page.mouse.up()
    visit.page.wait_for_function(f"before => {BARS} !== before", arg=before)
    assert "left" in visit.page.inner_text("[data-testid=said]")
    shot(visit, "painted")
    visit.page.keyboard.press("Control+z")
    visit.page.wait_for_function(f"before => {BARS} === before", arg=before)


def test_a_red_flag_comes_at_once_and_is_noted_not_dismissed(visit: Visit, shot: Any) -> None:
    visit.open()
    visit.start("saddle")
    visit.find("saddle_sensation", "Reduced")
    flag = visit.page.wait_for_selector(".flag.emergency", timeout=2000)
    assert "Emergency" in visit.page.inner_text(".head .action")
    shot(visit, "red-flag")
    flag.query_selector("select").select_option(index=2)
    visit.page.wait_for_selector(".flag.emergency.folded .done")
    assert visit.page.locator(".flag.emergency").count() >= 1


def test_families_stay_grey_until_there_is_enough(visit: Visit) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.page.wait_for_selector(".waiting >> text=Not ranked yet")
    assert visit.page.locator(".rank").count() == 0
    visit.find("ankle", "Normal")
    visit.leader()


def test_a_shared_address_opens_the_same_case(visit: Visit) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    for step, value in (("ankle_dorsiflexion", "2"), ("dorsum", "Reduced")):
        visit.find(step, value)
    lesion, shown = visit.leader(), visit.page.inner_text(".head")
    visit.page.click(".menu summary")
    visit.page.click("text=Share by address")
    visit.page.wait_for_selector("dialog[open] >> text=health data")
    link = visit.page.url
    assert re.search(r"#c=[\w-]+$", link)
    assert len(link) < 300
    visit.page.goto("about:blank")
    visit.page.goto(link)
    assert visit.leader() == lesion
    visit.page.wait_for_function("text => document.querySelector('.head')?.innerText === text", arg=shown)


def test_the_record_tells_findings_and_what_was_not_asked(visit: Visit) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.find("dorsum", "Reduced")
    visit.leader()
    visit.page.click("text=Copy for the record")
    text = visit.page.input_value("dialog textarea")
    for told in ("left ankle dorsiflexion 2/5", "Sensation: left dorsum", "Red flags:", "Not tested or not asked:", "Lasegue"):
        assert told in text


def test_a_case_file_opens_and_saves(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.page.set_input_files("input[type=file]", str(ROOT / "examples" / "foot-drop.yaml"))
    assert visit.leader() == "root.L5"
    visit.page.click(".menu summary")
    with visit.page.expect_download() as download:
        visit.page.click("text=Save as a file")
    saved = json.loads(Path(download.value.path()).read_text())
    assert saved["side"] == "left"
    assert len(saved["power"]) == 5
    assert {"movement": "great_toe_extension", "grade": "2", "side": "left"} in saved["power"]


def test_each_example_answers(visit: Visit) -> None:
    visit.open()
    for k in range(3):
        visit.page.wait_for_selector(".example")
        visit.page.locator(".example").nth(k).click()
        assert visit.page.wait_for_selector(".head, .rank")
        visit.page.click(".menu summary")
        visit.page.click("text=New patient")


def test_the_patient_sees_no_ranking_and_no_percentages(visit: Visit) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.find("dorsum", "Reduced")
    visit.leader()
    visit.page.select_option(".reader select", "patient")
    visit.page.wait_for_selector(".plain")
    told = visit.page.inner_text(".reply")
    assert visit.page.locator(".rank, .peek, .why").count() == 0
    assert "in 10" not in told
    assert "%" not in told
    assert "emergency department" in told


def test_a_suggested_test_is_entered_by_one_click(visit: Visit) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.find("dorsum", "Reduced")
    visit.page.wait_for_selector(".next .enter button")
    count = visit.page.inner_text("[data-testid=said]")
    visit.page.locator(".next .enter button").first.click()
    assert visit.page.inner_text("[data-testid=said]") != count


PAGES = ["", "#/forward", "#/compare", "#/atlas", "#/browse", "#/show/root.L5", "#/claims", "#/tables/roots"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", PAGES)
def test_no_serious_fault_of_accessibility(browser: Any, address: str, fragment: str, scheme: str) -> None:
    context = browser.new_context(viewport=LAPTOP, color_scheme=scheme, reduced_motion="reduce")
    visit = Visit(context.new_page(), address)
    visit.open(fragment)
    visit.page.wait_for_timeout(700)
    assert _faults(visit.page) == []
    context.close()
    assert visit.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, TABLET, PHONE], ids=["laptop", "tablet", "phone"])
def test_every_part_of_the_consultation_is_accessible(browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    visit = Visit(context.new_page(), address)
    visit.open()
    visit.start("foot_drop", "Left")
    for step, value in (("ankle_dorsiflexion", "2"), ("ankle_inversion_plantarflexed", "Normal"), ("dorsum", "Reduced")):
        visit.find(step, value)
    visit.page.wait_for_selector(".next .enter")
    for tab in ("start", "note", "power", "sensation", "reflexes", "tests", "sphincters", "history", "studies", "patient"):
        visit.page.click(f"#tab-{tab}")
        visit.page.wait_for_timeout(150)
        assert _faults(visit.page) == [], tab
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
    context.close()


def _faults(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {n['target']} {n.get('failureSummary', '')[:160]}" for v in serious for n in v["nodes"][:4]]


def test_it_prints(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.find("dorsum", "Reduced")
    visit.leader()
    pdf = visit.page.pdf()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") <= 2


def test_first_load_is_small_and_first_answer_quick(visit: Visit) -> None:
    client = visit.page.context.new_cdp_session(visit.page)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    began = time.monotonic()
    visit.open()
    took = time.monotonic() - began
    visit.page.wait_for_timeout(300)
    assert sum(sizes) < 300_000
    assert took < 4
