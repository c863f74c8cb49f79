"""What the pages beside the consultation show: names instead of ids, figures and words once each, addresses that hold what they show."""

import re

import pytest

from test_web_browser import Visit, address, browser, pytestmark, visit

__all__ = ["address", "browser", "pytestmark", "visit"]
AN_ID = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
TABLES = ["roots", "nerves", "reflexes", "myotomes"]
SHOWN = ["L5", "common_peroneal", "tibialis_anterior", "ankle_dorsiflexion", "slr", "root.L5", "web1", "medial_hamstring"]


@pytest.mark.parametrize("fragment", [*(f"#/show/{name}" for name in SHOWN), *(f"#/tables/{name}" for name in TABLES)])
def test_pages_tell_names_and_not_ids(visit: Visit, fragment: str) -> None:
    visit.open(fragment)
    visit.page.wait_for_selector(".facts, .plain-table")
    assert AN_ID.findall(visit.page.inner_text(".page")) == []


def test_a_name_leads_to_its_page(visit: Visit) -> None:
    visit.open("#/show/tibialis_anterior")
    visit.page.click(".facts >> text=Ankle dorsiflexion")
    visit.page.wait_for_selector("h1:text-is('Ankle dorsiflexion')")
    visit.page.go_back()
    visit.page.wait_for_selector("h1:text-is('Tibialis anterior')")
    assert visit.page.url.endswith("#/show/tibialis_anterior")


def test_the_atlas_opens_as_its_address_says(visit: Visit) -> None:
    visit.open("#/atlas/nerve%3Asural/lateral")
    visit.page.wait_for_selector(".plate-view svg text:has-text('Sural nerve')")
    assert visit.page.locator("role=group[name='View'] >> button[aria-pressed=true]").inner_text() == "Outer"
    visit.page.click("role=group[name='View'] >> text=Sole")
    visit.page.wait_for_selector(".plate-view svg text:has-text('Soles')")
    visit.page.go_back()
    visit.page.wait_for_selector(".plate-view svg text:has-text('Outer side')")


def test_the_atlas_tells_the_place_under_the_pointer(visit: Visit) -> None:
    visit.open("#/atlas/dermatomes/dorsum")
    box = visit.page.wait_for_selector(".plate-view svg").bounding_box()
    visit.page.wait_for_timeout(300)
    for share in (0.2, 0.3, 0.4, 0.5):
        visit.page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.5)
        visit.page.wait_for_timeout(250)
        if visit.page.locator(".point h2").count():
            break
    assert "%" in visit.page.inner_text(".point")


def test_forward_says_power_once(visit: Visit) -> None:
    visit.open("#/forward")
    visit.page.wait_for_selector(".cols .card")
    visit.page.wait_for_selector(".plate-view svg")
    assert visit.page.locator(".plate-view svg text:has-text('Great toe')").count() == 0
    assert visit.page.locator(".cols >> text=Great toe extension").count() == 1


def test_claims_are_searched_and_counted(visit: Visit) -> None:
    visit.open("#/claims")
    visit.page.wait_for_selector(".claims .card")
    visit.page.fill("input[placeholder='Words in the claims…']", "hip abduction")
    visit.page.wait_for_function("() => [...document.querySelectorAll('.claims .card .quiet')].length < 60")
    first = visit.page.locator(".claims .card").first.inner_text().lower()
    assert "hip" in first
    assert "abduct" in first
    visit.page.locator(".claims .card .quiet").first.click()
    visit.page.wait_for_selector("text=All claims and conflicts")
