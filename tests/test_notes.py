import cProfile
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lasegue.case import read_case
from lasegue.errors import InputError
from lasegue.evaluate.benchmark import benchmark
from lasegue.evaluate.reading import KINDS, compare, evaluate_text, kept_lists
from lasegue.notes import case_from_text, read, read_command
from lasegue.notes.naming import name_of, targets
from lasegue.notes.reading import Reading
from note_scorer import pages, report, score, totals

SENTENCES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "note_sentences.yaml").read_text())
AS_KIND = {"power": "power", "sensory": "sense", "reflexes": "reflex", "tests": "test", "pain": "pain"}


def value_of(entry: dict[str, Any]) -> str:
    if "angle" in entry and "result" not in entry:
        return f"angle {entry['angle']:g}"
    return str(entry.get("grade", entry.get("finding", entry.get("result", ""))))


def covers(side: str, wanted: str) -> bool:
    return not wanted or side in {wanted, "bilateral"}


def holds(found: Any, wanted: str) -> bool:
    kind, _, rest = wanted.partition(": ")
    name, value, side = ([part.strip() for part in rest.split("|")] + ["", ""])[:3]
    for one in found.findings:
        if one.kind != kind:
            continue
        if kind not in AS_KIND:
            part, said = next(iter(one.entry.items())) if isinstance(one.entry, dict) else ("", "")
            if not name or (part == name and str(said) == value):
                return True
            continue
        same = targets(AS_KIND[kind], name_of(AS_KIND[kind], one.entry)) & targets(AS_KIND[kind], name)
        full = {value_of(one.entry), value} <= {"full", "normal", "5"}
        if same and (full or not value or value_of(one.entry) == value) and covers(one.entry.get("side", ""), side):
            return True
    return False


@pytest.mark.parametrize("sentence", SENTENCES, ids=[str(one["text"])[:50] for one in SENTENCES])
def test_sentence(sentence: dict[str, Any]) -> None:
    found = read(str(sentence["text"]))
    shown = [(one.kind, one.entry) for one in found.findings]
    assert [wanted for wanted in sentence["has"] if not holds(found, wanted)] == [], shown
    assert [one.kind for one in found.findings if one.kind in sentence.get("not", ())] == [], shown
    if sentence.get("past"):
        assert all(one.past for one in found.findings if one.kind != "history"), shown


def test_the_corpus_is_large() -> None:
    assert len(SENTENCES) >= 171


def test_every_finding_carries_its_characters() -> None:
    for case in benchmark():
        found = read(case["text"])
        assert found.findings
        for one in found.findings:
            assert case["text"][one.start : one.end].strip() == one.text.strip()
        for left in found.unused:
            assert case["text"][left.start : left.end] == left.text


def test_every_case_of_a_note_can_be_read() -> None:
    for case in benchmark():
        assert read_case(case_from_text(case["text"]), lenient=True).source


def test_contradictions_are_shown_and_do_not_count() -> None:
    found = read("Left dorsiflexion 5/5. On review left dorsiflexion 2/5.")
    assert len(found.contradictions) == 1
    assert "power" not in found.case


def test_what_does_not_count_is_shown_with_its_reason() -> None:
    left = read("Return if you cannot pass urine.").unused
    assert [(one.text, one.why) for one in left] == [("Return if you cannot pass urine.", "hypothetical")]
    assert any("zorbled" in one.text for one in read("The knee was zorbled.").unused)


def test_a_weak_leg_gives_way_to_the_movement_that_is_weak() -> None:
    found = read("The right leg is weak. Right eversion 3/5.")
    assert [one["movement"] for one in found.case["power"]] == ["eversion"]
    assert "said more exactly elsewhere" in [one.why for one in found.unused]


def test_entered_findings_win() -> None:
    entered = {"side": "left", "power": [{"movement": "ankle dorsiflexion", "side": "left", "grade": 5}]}
    case = case_from_text("Left DF 2/5, left eversion 2/5.", entered)
    assert [one["grade"] for one in case["power"]] == [5, 2]
    assert entered["power"] == [{"movement": "ankle dorsiflexion", "side": "left", "grade": 5}]


def test_command() -> None:
    plain = json.loads(read_command("52F. Left DF 2/5.", True))
    assert plain["case"]["age"] == 52
    assert plain["findings"][0]["path"] == "power[0]"
    assert "DF" in read_command("52F. Left DF 2/5.", False)
    assert read_command("", False) == "nothing was found in the note"


def test_reading_of_the_published_texts() -> None:
    report = evaluate_text(benchmark())
    assert report.tallies["all"].f1 >= 0.90
    assert report.tallies["power"].f1 >= 0.95
    assert report.tallies["reflexes"].f1 >= 0.95
    assert {kind for kind in KINDS if report.tallies[kind].f1 < 0.90} == set()
    assert "power" in report.as_text()
    assert set(kept_lists()) <= {case["id"] for case in benchmark()}


def test_the_kept_lists_name_findings_that_are_there() -> None:
    shown = [line for one in evaluate_text(benchmark()).cases for line in one.aside]
    kept = [words for lists in kept_lists().values() for side in ("text_only", "file_only") for words in lists.get(side, ())]
    assert len(shown) == len(kept)


def test_every_finding_that_does_not_agree_has_its_reason_and_no_reason_is_stale() -> None:
    report = evaluate_text(benchmark())
    assert [(one.id, one.unexplained) for one in report.cases if one.unexplained] == []
    assert [(one.id, one.stale) for one in report.cases if one.stale] == []
    assert "no reason kept" not in report.as_text()


def test_a_finding_without_a_reason_would_be_seen() -> None:
    case = {"id": "own", "power": [{"movement": "EHL", "side": "left", "grade": 2}], "history": ["diabetes"]}
    report = compare(case, {"reflexes": [{"reflex": "ankle", "side": "left", "finding": "absent"}]})
    assert report.unexplained == ["power: EHL left severe", "history: diabetes: diabetes", "reflexes: ankle left absent"]


@pytest.mark.parametrize(("corpus", "whole", "right"), [("note_pages", 0.96, 146), ("note_pages_later", 0.93, 31)])
def test_longer_notes(corpus: str, whole: float, right: int) -> None:
    results = [score(page) for page in pages(corpus)]
    tallies = totals(results)
    shown = report(results)
    assert tallies["all"].f1 >= whole, shown
    assert tallies["power"].f1 >= 0.95, shown
    assert tallies["reflexes"].f1 >= 0.93, shown
    assert sum(one.right for one in results) >= right, shown


def sound(found: Reading) -> bool:
    """Whether every place lies in the text and holds the words that are shown, and the case can be read."""
    placed = [*found.findings, *found.unused, *(one for group in found.contradictions for one in group)]
    assert all(0 <= one.start < one.end <= len(found.text) for one in placed)
    assert all(one.text.strip() == found.text[one.start : one.end].strip() for one in placed)
    assert {one.kind for one in found.findings} <= {*KINDS}
    return read_case(case_from_text(found.text), lenient=True).source is not None


# Letters of notes, of other scripts and directions, joined and combining emoji, control characters.
ODD = st.sampled_from(
    [
        *"LR45/+-°.,;:()\n\t ",
        "א",
        "ع",
        "\u202e",
        "\u200f",
        "中",
        "🦶",
        "👩‍⚕️",
        "\u0301",
        "\x01",
        "\x1b",
        "\x7f",
        "\ufeff",
        "ﬁ",
        "½",
        "ß",
        "İ",
    ]
)
WORDS = st.sampled_from(
    "left right numb weak no not ankle jerk absent EHL 4/5 SLR 40 foot drop back pain L5 sensation normal rest (R/L) Right Left".split()
)


@given(
    st.one_of(st.text(max_size=400), st.lists(st.one_of(ODD, WORDS), max_size=60).map(" ".join), st.lists(ODD, max_size=120).map("".join))
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused(text: str) -> None:
    if "\0" in text:
        with pytest.raises(InputError, match="null character"):
            read(text)
    else:
        assert sound(read(text))


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if b"\0" in data:
        with pytest.raises(InputError, match="null character"):
            read(data)
    else:
        assert sound(read(data))


@given(st.lists(st.sampled_from([str(one["text"]) for one in SENTENCES]), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_sentences_joined_make_a_case(parts: list[str]) -> None:
    case = case_from_text(" ".join(parts))
    assert read_case(case, lenient=True).source == case


@pytest.mark.parametrize("character", ["a", " ", "5", "(", "-", "+", "/", "א", "🦶", ".", "\n", "L5 "])
def test_one_character_many_times(character: str) -> None:
    tracemalloc.start()
    found = read(character * (60_000 // len(character)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * len(found.text) + 100_000_000
    assert len(found.findings) < 10
    with pytest.raises(InputError, match="at most"):
        read(character * 5_000_000)


@pytest.mark.parametrize("character", ["a ", "L5 ", "(", "no ", "left ", "4/5 ", "numb foot. ", "EHL 4/5\n"])
def test_the_work_grows_with_the_length(character: str) -> None:
    read(character)
    calls = []
    for length in (8_000, 32_000):
        profile = cProfile.Profile()
        profile.runcall(read, character * (length // len(character)))
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    assert calls[1] < 6 * calls[0]
