"""Where a line of the history says that it hurts or is numb: it counts where the case has no entries of its own for that."""

from typing import Any

import pytest

from lasegue.assess import as_answer, assess, brief
from lasegue.case import Case, read_case
from lasegue.redflags import raise_flags

TIERS = ("emergency", "same_day", "urgent", "routine")


def case_of(*lines: str, **more: Any) -> Case:
    return read_case({"side": "left", "history": list(lines), **more})


def regions(case: Case) -> dict[str | None, set[str]]:
    found: dict[str | None, set[str]] = {}
    for pain in (one for one in case.pain if one.present):
        found.setdefault(pain.side, set()).update(region for region, _ in pain.regions)
    return found


PAINS = {
    "burning over the top of the foot after exercise": {"left": {"foot_dorsum"}},
    "pain in the front of the thigh": {"left": {"anterior_thigh"}},
    "right-sided pain in the front of the thigh": {"right": {"anterior_thigh"}},
    "burning soles": {"left": {"sole"}, "right": {"sole"}},
    "shooting pain down the back of the leg to the foot": {"left": {"posterior_leg", "foot"}},
}
NO_PAINS = (
    "no pain in the leg",
    "leg pain",
    "pain worse coughing",
    "burning pain started four days before the rash",
    "his mother has pain in the front of the thigh",
    "?pain in the front of the thigh",
    "electric pain down the leg during an injection into the buttock",
)
NUMBS = {
    "tingling in the little toe": ("paraesthesia", {"toe5_dorsum", "toe5_plantar"}),
    "numbness of the big toe": ("reduced", {"hallux_dorsum", "hallux_medial", "hallux_plantar"}),
    "burning pain over the big toe": ("paraesthesia", {"hallux_dorsum", "hallux_medial", "hallux_plantar"}),
    "burning over the big toe": ("paraesthesia", {"hallux_dorsum", "hallux_medial", "hallux_plantar"}),
    "big toe numb since yesterday": ("reduced", {"hallux_dorsum", "hallux_medial", "hallux_plantar"}),
}
NO_NUMBS = ("pain over the big toe", "no numbness of the foot", "numbness", "intermittent numbness", "numb when wiping")


@pytest.mark.parametrize("line", PAINS)
def test_the_place_of_a_pain_is_read(line: str) -> None:
    assert regions(case_of(line)) == PAINS[line]


@pytest.mark.parametrize("line", NO_PAINS)
def test_what_is_denied_supposed_or_has_no_place_gives_none(line: str) -> None:
    assert not case_of(line).pain


@pytest.mark.parametrize("line", NUMBS)
def test_the_place_of_a_numbness_is_read_as_told(line: str) -> None:
    (found,) = case_of(line).sense
    assert ((found.value, {site for site, _ in found.sites}), found.source, found.side) == (NUMBS[line], "reported", "left")


@pytest.mark.parametrize("line", NO_NUMBS)
def test_numbness_without_a_place_gives_none(line: str) -> None:
    assert not case_of(line).sense


def test_what_an_entry_tells_is_not_told_twice() -> None:
    pained = case_of("pain in the front of the thigh", pain=[{"site": "anterior thigh", "severity": "severe"}])
    felt = case_of("tingling in the little toe", sensory=[{"site": "lateral foot and little toe", "finding": "reduced"}])
    assert [pain.severity for pain in pained.pain] == ["severe"]
    assert [found.value for found in felt.sense] == ["reduced"]


def test_other_entries_leave_it_standing() -> None:
    pained = case_of("pain in the front of the thighs", pain=[{"site": "calf", "severity": "none"}, {"site": "low back"}])
    other = case_of("pain in the front of the thighs", pain=[{"site": "calf", "side": "right"}])
    felt = case_of("tingling in the little toe", sensory=[{"site": site, "finding": "normal"} for site in ("sole", "little toe")])
    assert regions(pained)["left"] == regions(pained)["right"] == {"anterior_thigh"}
    assert regions(other) == {"left": {"anterior_thigh"}, "right": {"calf"}}
    assert [found.value for found in felt.sense] == ["normal", "normal", "paraesthesia"]


def test_a_normal_entry_never_lowers_a_warning() -> None:
    line = "numbness of the genitals and perineum, pain in the calves"
    reassuring = {
        "sensory": [
            {"site": site, "finding": "normal", "source": source}
            for site in ("saddle", "sole", "dorsum")
            for source in ("tested", "reported")
        ],
        "pain": [{"site": "low back", "severity": "none"}, {"site": "calf", "severity": "none"}],
        "power": [{"movement": "ankle dorsiflexion", "grade": 5}],
    }
    for part, entries in reassuring.items():
        for n in range(1, len(entries) + 1):
            before = {flag.id: flag.urgency for flag in raise_flags(case_of(line)).raised}
            after = {flag.id: flag.urgency for flag in raise_flags(case_of(line, **{part: entries[:n]})).raised}
            assert before
            assert all(TIERS.index(after[one]) <= TIERS.index(urgency) for one, urgency in before.items())


def test_what_is_old_says_nothing_of_the_present() -> None:
    assert not read_case({"side": "left", "history": [{"told": "pain in the front of the thigh", "past": True}]}).pain


def test_a_place_moves_the_answer() -> None:
    top = brief(case_of("burning over the top of the foot")).ranking
    outer = brief(case_of("burning over the outer thigh")).ranking
    of = lambda rows, lesion: sum(row.probability for row in rows if row.lesion.startswith(lesion))  # noqa: E731
    assert of(top, "nerve.superficial_peroneal") > 2 * of(outer, "nerve.superficial_peroneal")
    assert of(outer, "nerve.lateral_femoral_cutaneous") > 2 * of(top, "nerve.lateral_femoral_cutaneous")


def test_every_complaint_has_reasons_of_its_own() -> None:
    lines = ("tingling and burning over the top of the foot", "burning over the sole, burning pain in the calf and pain in the calf")
    found = as_answer(assess(case_of(*lines)))
    names = [(reason["finding"], reason["side"], reason["path"]) for reason in found["because"]]
    assert len(names) == len(set(names))
    assert any("paraesthesia" in name for name, _, _ in names)
    assert sum(name.startswith("pain:") for name, _, _ in names) == 3


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("blisters along the fold of the groin", {"zoster.L1"}),
        ("a vesicular rash over the front of the thigh and the inner knee", {"zoster.L3"}),
        ("blisters on the buttock, back of the thigh and outer foot ten days ago", {"zoster.S1", "zoster.S2"}),
        ("herpes zoster L4", {"zoster.L4"}),
        ("shingles two weeks ago", {"zoster"}),
    ],
)
def test_a_rash_with_a_place_is_of_the_roots_of_that_skin(line: str, items: set[str]) -> None:
    found = read_case({"side": "left", "history": [line]}).history
    assert {one.item for one in found if one.item.startswith("zoster")} == items


def test_no_rash_anywhere_is_no_rash() -> None:
    found = read_case({"side": "left", "history": ["no blisters on the thigh"]}).history
    assert [(one.item, one.present) for one in found if one.item.startswith("zoster")] == [("zoster", False)]
