"""The parts of the consultation in a real browser: the note, investigations, ways of testing, what is old, and the page to print."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import test_web_browser as pages
from lasegue.assess import as_answer, first_look
from lasegue.case import read_case
from lasegue.evaluate import benchmark

address, browser, visit, shot, pytestmark = pages.address, pages.browser, pages.visit, pages.shot, pages.pytestmark
Visit = pages.Visit

NOTE = (
    "52F, left foot drop. Sat with legs crossed for hours. No back pain. Denies bladder symptoms.\n"
    "Left DF 2/5, EHL 2/5, eversion 3/5, inversion 5/5. Later: left inversion 3/5.\n"
    "Numb dorsum of the left foot. AJ present bilaterally. Blorf wibble.\n"
    "MRI lumbar: L4-5 left paracentral protrusion."
)


def read(visit: Any, text: str = NOTE) -> None:
    visit.page.click("#tab-note")
    visit.page.fill(".notebox textarea", text)
    visit.page.keyboard.press("Control+Enter")
    visit.page.wait_for_selector(".paper .mark")


def row(visit: Any, told: str) -> Any:
    return visit.page.locator(".noterow", has_text=told).first


def case_of(visit: Any, tmp_path: Path) -> dict[str, Any]:
    """The case as the page saves it."""
    visit.page.click(".menu summary")
    with visit.page.expect_download() as download:
        visit.page.click("text=Save as a file")
    target = tmp_path / "case.json"
    download.value.save_as(target)
    return dict(json.loads(target.read_text(encoding="utf-8")))


# -- the note -----------------------------------------------------------------------------------------------------------


def test_nothing_of_a_note_counts_before_it_is_confirmed(visit: Visit, shot: Any, tmp_path: Path) -> None:
    visit.open()
    read(visit)
    assert visit.page.locator(".mark.k-power").count() >= 4
    assert visit.page.locator(".mark.open").count() == visit.page.locator(".mark").count()
    assert "Blorf wibble" in visit.page.inner_text(".paper .unread >> nth=-1")
    assert case_of_menu_is_empty(visit)
    flags = visit.page.locator("section.flags")
    assert "not checked for red flags yet" in flags.inner_text()
    assert "No red flag recorded" not in flags.inner_text()
    visit.page.click("text=Confirm all")
    assert visit.leader().startswith("nerve.common_peroneal")
    assert flags.locator(".flag").count()
    unsettled = "not checked for red flags yet" in flags.inner_text()
    assert unsettled == (visit.page.locator(".mark.open").count() > 0)
    shot(visit, "note")
    saved = case_of(visit, tmp_path)
    assert (saved["age"], saved["sex"], saved["side"]) == (52, "F", "left")
    assert {"movement": "ankle_dorsiflexion", "grade": "2", "side": "left"} in saved["power"]
    assert not any(entry["movement"] == "ankle_inversion" for entry in saved["power"]), "a contradiction was settled in silence"
    assert saved["investigations"][0]["result"] == "L4-5 left paracentral protrusion"
    assert "text" not in saved


def case_of_menu_is_empty(visit: Any) -> bool:
    return bool(visit.page.is_disabled(".btn.copy"))


def test_a_struck_finding_does_not_count_and_undo_brings_it_back(visit: Visit) -> None:
    visit.open()
    read(visit)
    visit.page.click("text=Confirm all")
    visit.leader()
    row(visit, "Great toe extension 2/5").locator(".seg-b.bad").click()
    visit.page.click("#tab-power")
    assert visit.page.inner_text("[data-power=great_toe_extension-left]") == "·"
    visit.page.keyboard.press("Control+z")
    assert visit.page.inner_text("[data-power=great_toe_extension-left]") == "2"


def test_a_contradiction_is_shown_until_somebody_chooses(visit: Visit) -> None:
    visit.open()
    read(visit)
    visit.page.click("text=Confirm all")
    box = visit.page.locator(".clashbox")
    assert box.locator(".noterow").count() == 2
    assert "contradiction to settle" in visit.page.inner_text(".notestate")
    box.locator(".noterow", has_text="inversion normal").locator(".seg-b.good").click()
    assert "contradiction" not in visit.page.inner_text(".notestate")
    assert box.locator(".noterow.struck").count() == 1
    visit.page.click("#tab-power")
    assert visit.page.inner_text("[data-power=ankle_inversion-left]") == "5"


def test_what_a_hand_entered_wins_and_this_is_shown(visit: Visit) -> None:
    visit.open()
    visit.page.click("#tab-power")
    visit.page.click("[data-power=ankle_dorsiflexion-left]")
    visit.page.keyboard.press("4")
    read(visit)
    visit.page.click("text=Confirm all")
    assert "You entered 4/5: yours stands" in row(visit, "Ankle dorsiflexion 2/5").inner_text()
    visit.page.click("#tab-power")
    assert visit.page.inner_text("[data-power=ankle_dorsiflexion-left]") == "4"
    visit.page.click("[data-power=great_toe_extension-left]")
    visit.page.keyboard.press("3")
    visit.page.click("#tab-note")
    assert "You entered 3/5: yours stands" in row(visit, "Great toe extension 2/5").inner_text()


def test_note_and_grid_and_body_lead_to_each_other(visit: Visit) -> None:
    visit.open()
    read(visit)
    visit.page.click("text=Confirm all")
    visit.page.locator(".mark", has_text="EHL 2/5").click()
    assert visit.page.locator(".noterow.chosen").inner_text().startswith("Great toe extension 2/5")
    visit.page.locator(".noterow.chosen .noterow-what").click()
    assert visit.page.evaluate("document.activeElement.dataset.power") == "great_toe_extension-left"
    visit.page.click(".palette .fromnote")
    assert visit.page.locator(".mark.chosen").inner_text().find("EHL 2/5") >= 0
    visit.page.locator(".mark", has_text="Numb dorsum").click()
    visit.page.locator(".noterow.chosen .noterow-what").click()
    visit.page.wait_for_selector(".sites [data-at='sense:dorsum|left'].shown")
    visit.page.click("[data-at='sense:dorsum|left'] .fromnote")
    assert "dorsum" in visit.page.locator(".mark.chosen").inner_text()


def test_the_note_by_keyboard_alone(visit: Visit) -> None:
    visit.open()
    press = visit.page.keyboard.press
    visit.page.focus("#tab-start")
    press("ArrowRight")
    visit.page.focus(".notebox textarea")
    visit.page.keyboard.type("Left DF 2/5. AJ absent on the left.")
    press("Control+Enter")
    visit.page.wait_for_selector(".mark")
    visit.page.focus(".mark[tabindex='0']")
    press("y")
    press("ArrowRight")
    press("x")
    assert visit.page.locator(".mark.counts").count() == 1
    assert visit.page.locator(".mark.struck").count() == 1


def test_a_note_read_again_keeps_what_was_decided(visit: Visit) -> None:
    visit.open()
    read(visit, "Left DF 2/5. Left EHL 2/5. Left AJ normal.")
    visit.page.click("text=Confirm all")
    visit.leader()
    visit.page.click("text=Change the note")
    visit.page.fill(".notebox textarea", "Left DF 2/5. Left AJ normal. Left inversion 5/5.")
    visit.page.click("text=Read the note")
    visit.page.wait_for_selector(".mark.open")
    assert visit.page.locator(".mark.counts").count() == 2
    visit.page.click("#tab-power")
    assert visit.page.inner_text("[data-power=great_toe_extension-left]") == "·"


def test_the_address_holds_no_words_of_the_note(visit: Visit) -> None:
    visit.open()
    read(visit, "Left DF 2/5. Left AJ normal. Mrs Smithers of Elm Street.")
    visit.page.click("text=Confirm all")
    visit.leader()
    visit.page.click(".menu summary")
    visit.page.click("text=Share by address")
    visit.page.wait_for_selector("dialog[open] >> text=health data")
    link = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(link)
    visit.leader()
    told = visit.page.evaluate(
        """async () => {
            const raw = atob(location.hash.slice(3).replaceAll('-', '+').replaceAll('_', '/'));
            const bytes = Uint8Array.from(raw, c => c.charCodeAt(0));
            const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
            return new Response(stream).text();
        }"""
    )
    assert "ankle_dorsiflexion" in told
    assert "Smithers" not in told
    assert "DF 2/5" not in told


def test_a_note_is_of_one_patient(visit: Visit) -> None:
    visit.open()
    read(visit, "Left DF 2/5. Left AJ normal.")
    visit.page.click("text=Confirm all")
    visit.page.click(".menu summary")
    visit.page.click("text=New patient")
    assert visit.page.input_value(".notebox textarea") == ""
    read(visit, "Right EHL 3/5.")
    assert visit.page.locator(".noterow.counts").count() == 0


def test_a_removed_note_leaves_what_was_confirmed(visit: Visit) -> None:
    visit.open()
    read(visit, "Left DF 2/5. Left AJ normal.")
    visit.page.click("text=Confirm all")
    visit.page.click("text=Remove the note")
    read(visit, "Left EHL 3/5.")
    visit.page.click("#tab-power")
    assert visit.page.inner_text("[data-power=ankle_dorsiflexion-left]") == "2"


@pytest.mark.parametrize("visit", [{"viewport": pages.PHONE, "has_touch": True, "is_mobile": True}], indirect=True)
def test_a_note_on_a_phone_by_touch(visit: Visit, shot: Any) -> None:
    visit.open()
    visit.page.tap("[data-complaint=note]")
    visit.page.fill(".notebox textarea", NOTE)
    visit.page.tap("text=Read the note")
    visit.page.wait_for_selector(".mark")
    visit.page.locator(".mark", has_text="EHL 2/5").tap()
    chosen = visit.page.locator(".noterow.chosen")
    box = chosen.locator(".seg-b.good").bounding_box()
    assert box["height"] >= 40
    chosen.locator(".seg-b.good").tap()
    assert visit.page.locator(".mark.counts").count() == 1
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    shot(visit, "phone-note")


# -- case files ---------------------------------------------------------------------------------------------------------


def test_every_published_case_opened_and_saved_is_the_same_case(visit: Visit, tmp_path: Path) -> None:
    """What the page makes of a case file is answered as the file itself is by the command line."""
    visit.page.route("**/api/localize**", lambda route: route.fulfill(status=204))
    visit.page.goto(visit.address)
    visit.page.wait_for_selector(".example")
    for case in benchmark():
        target = tmp_path / "opened.json"
        target.write_text(json.dumps(case), encoding="utf-8")
        visit.page.set_input_files("input[type=file]", str(target))
        visit.page.wait_for_function("() => document.querySelector('[data-testid=said]').textContent.startsWith('Opened')")
        assert answered(case_of(visit, tmp_path)) == answered(case), case["id"]
        visit.page.click(".menu summary")
        visit.page.click("text=New patient")
    visit.troubles.clear()


def answered(case: dict[str, Any]) -> tuple[list[tuple[str, str | None, float]], list[str]]:
    told = as_answer(first_look(read_case(case, lenient=True)).answer)
    ranking = [(row["lesion"], row["side"], round(row["probability"], 9)) for row in told["ranking"]]
    return ranking, [flag["id"] for flag in told["red_flags"]]


# -- investigations, ways of testing, what is old -----------------------------------------------------------------------


def test_investigations_are_found_by_typing_and_entered_with_level_side_and_muscle(visit: Visit, shot: Any, tmp_path: Path) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.page.click("#tab-studies")
    visit.page.fill("#study-box", "lumbar mri")
    visit.page.keyboard.press("Enter")
    visit.page.click("role=group[name='Side of MRI of the lumbar spine'] >> text=Left")
    visit.page.click("role=group[name='Level'] >> text=L4-L5")
    visit.page.click("role=group[name='Zone'] >> text=Paracentral")
    visit.page.click("[data-result=disc_at_level]")
    visit.page.fill("#study-box", "needle")
    visit.page.keyboard.press("Enter")
    visit.page.fill("[aria-label='Find another muscle']", "tibialis post")
    visit.page.keyboard.press("Enter")
    visit.page.click("[data-result=denervation]")
    visit.page.fill("#study-box", "pvr")
    visit.page.keyboard.press("Enter")
    visit.page.fill("#study-value", "450")
    visit.page.keyboard.press("Enter")
    visit.page.fill("#study-box", "abpi")
    visit.page.keyboard.press("Enter")
    visit.page.fill("#study-value", "0.7")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".flag")
    shot(visit, "investigations")
    saved = case_of(visit, tmp_path)
    assert saved["investigations"] == [
        {"test": "mri_lumbar", "result": "L4-L5 paracentral disc at level", "side": "left"},
        {"test": "needle_emg", "result": "denervation", "muscle": "tibialis_posterior", "side": "left"},
        {"test": "abpi", "value": 0.7, "side": "left"},
    ]
    assert saved["sphincter"] == {"post_void_residual_ml": 450}
    visit.page.wait_for_selector(".answer:not(.busy)")
    assert visit.page.locator(".unused").count() == 0


def test_the_way_of_testing_is_said_and_two_ways_stand_beside_each_other(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.page.click("#tab-sensation")
    for way, found in (("pin prick", "Reduced"), ("light touch", "Normal")):
        visit.page.select_option(".how-tested select", way)
        visit.page.click(f"role=group[name='Dorsum of the foot, {way}, left'] >> text={found}")
    assert case_of(visit, tmp_path)["sensory"] == [
        {"site": "dorsum", "finding": "normal", "source": "tested", "modality": ["light touch"], "side": "left"},
        {"site": "dorsum", "finding": "reduced", "source": "tested", "modality": ["pin prick"], "side": "left"},
    ]


def test_old_is_said_on_a_card_of_what_is_abnormal_only(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.page.click("[data-complaint=foot_drop]")
    visit.page.click(".chosen >> text=Left")
    step = visit.page.locator("[data-step=ankle_dorsiflexion]")
    assert step.locator(".tag-b").count() == 0, "nothing is said of it yet"
    step.locator(".seg-b", has_text="Normal").first.click()
    assert step.locator(".tag-b").count() == 0, "a normal finding is not old"
    step.locator(".seg-b", has_text="2").first.click()
    step.locator(".tag-b").click()
    assert step.locator(".tag-b").get_attribute("aria-pressed") == "true"
    assert case_of(visit, tmp_path)["power"] == [{"movement": "ankle_dorsiflexion", "grade": "2", "past": True, "side": "left"}]


def test_old_is_said_of_the_history_and_of_a_sphincter_and_no_longer_counts(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.page.click("#tab-sphincters")
    visit.page.click("role=group[name='Bladder'] >> text=Retention")
    visit.page.wait_for_selector(".flag.emergency")
    visit.page.click("[aria-label='Bladder: known to be old']")
    visit.page.wait_for_function("() => !document.querySelector('.flag.emergency')")
    visit.page.click("#tab-history")
    visit.page.click("[aria-label='weight loss: yes']")
    visit.page.click("[aria-label='weight loss: known to be old']")
    visit.page.wait_for_selector(".unused summary")
    saved = case_of(visit, tmp_path)
    assert saved["history"] == [{"told": "weight loss", "past": True}]
    assert saved["sphincter"] == {"bladder": {"finding": "retention", "past": True}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [pages.LAPTOP, pages.TABLET, pages.PHONE], ids=["laptop", "tablet", "phone"])
def test_the_note_and_the_investigations_are_accessible(browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    visit = Visit(context.new_page(), address)
    visit.open()
    visit.page.click("#tab-note")
    assert pages._faults(visit.page) == []
    read(visit)
    visit.page.click("text=Confirm all")
    row(visit, "Great toe extension").locator(".seg-b.bad").click()
    visit.page.locator(".mark", has_text="DF 2/5").first.click()
    visit.leader()
    for tab in ("note", "power", "sensation", "sphincters", "history", "studies"):
        visit.page.click(f"#tab-{tab}")
        visit.page.wait_for_timeout(150)
        assert pages._faults(visit.page) == [], tab
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
    visit.page.click("[data-study=mri_lumbar]")
    assert pages._faults(visit.page) == []
    context.close()
    assert visit.troubles == []


# -- the page to print --------------------------------------------------------------------------------------------------


def printed(visit: Any, target: Path) -> bytes:
    visit.page.evaluate("() => { window.print = () => { window.asked = true } }")
    visit.page.click(".menu summary")
    visit.page.click("text=Print one page")
    visit.page.wait_for_function("() => window.asked")
    return bytes(visit.page.pdf(path=target, prefer_css_page_size=True, print_background=True))


def test_one_page_is_printed_with_the_body_the_findings_the_answer_and_the_limits(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    for step, value in (("ankle_dorsiflexion", "2"), ("ankle_inversion_plantarflexed", "Normal"), ("dorsum", "Reduced")):
        visit.find(step, value)
    visit.leader()
    content = printed(visit, tmp_path / "page.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1
    told = visit.page.evaluate("() => document.querySelector('.sheet').textContent")
    for words in ("left ankle dorsiflexion 2/5", "about", "Red flags", "Not asked", "medical device", "Common peroneal nerve"):
        assert words in told, words
    assert told.index("Red flags") < told.index("Common peroneal nerve"), "warnings stand before any ranking"
    blue = visit.page.evaluate(
        """() => [...document.querySelectorAll('.picture canvas')].map(c => {
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; })"""
    )
    assert blue[0] > 0, "the findings are not on the picture"
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(tmp_path / "page.pdf"), "-"], check=True, capture_output=True, text=True).stdout
        assert "left ankle dorsiflexion 2/5" in text
        assert "Paste a note" not in text


def test_a_long_case_still_prints_on_one_page(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.page.wait_for_selector(".example")
    visit.page.locator(".example").nth(2).click()
    visit.leader()
    visit.page.click("#tab-power")
    visit.page.click("text=Rest normal")
    visit.page.click("#tab-reflexes")
    visit.page.wait_for_selector(".answer:not(.busy)")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed(visit, tmp_path / "long.pdf"))) == 1


def test_the_patient_prints_no_ranking(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    visit.start("foot_drop", "Left")
    visit.find("ankle_dorsiflexion", "2")
    visit.find("dorsum", "Reduced")
    visit.leader()
    visit.page.select_option(".reader select", "patient")
    printed(visit, tmp_path / "patient.pdf")
    told = visit.page.evaluate("() => document.querySelector('.sheet').textContent")
    assert "in 10" not in told
    assert "emergency department" in told
