"""Plates under the strictest content policy that shows pictures at all: nothing in them is refused, and their areas are painted."""

import shutil

import pytest

from lasegue.atlas.command import atlas_command

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is in the dev extra")
CHROMIUM = shutil.which("chromium")
POLICY = "default-src 'none'; style-src 'none'; script-src 'none'; img-src 'self'"
HERE = "http://plates.test/"


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is installed by the test command")
def test_plates_keep_their_colours_under_a_strict_content_policy():
    inline = atlas_command(view="dorsum", layer="nerve-key")
    alone = atlas_command(view="sole", layer="dermatomes", theme="print")
    page_text = f"<!doctype html><html lang='en'><title>plates</title><body>{inline}<img src='/plate.svg' alt='' width='400'></body></html>"
    refused: list[str] = []
    with sync_api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 900, "height": 700})
        page.on("console", lambda message: refused.append(message.text))
        headers = {"Content-Security-Policy": POLICY}
        page.route(HERE, lambda r: r.fulfill(body=page_text, headers=headers, content_type="text/html; charset=utf-8"))
        page.route(f"{HERE}plate.svg", lambda r: r.fulfill(body=alone, headers=headers, content_type="image/svg+xml"))
        page.goto(HERE)
        page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
        fills = page.evaluate("[...document.querySelectorAll('svg path[fill^=\"#\"]')].map(e => getComputedStyle(e).fill)")
        role = page.evaluate("document.querySelector('svg').getAttribute('role')")
        browser.close()
    assert [text for text in refused if "favicon" not in text] == []
    assert len(set(fills)) > 4
    assert role == "img"
