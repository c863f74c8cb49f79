"""Reads a note: every finding with its place in the text, what was not used, and what contradicts itself."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lasegue.errors import InputError
from lasegue.names import packaged_lexicon
from lasegue.notes.binding import Binder
from lasegue.notes.clause import Draft
from lasegue.notes.contradictions import case_side, settle, too_vague
from lasegue.notes.layout import Layout
from lasegue.notes.mention import Mention
from lasegue.notes.naming import LISTS, entry_of, saddle_word
from lasegue.notes.spotting import Sentence, mentions, sentences
from lasegue.notes.story import history_lines, investigation, person, study_stretch
from lasegue.notes.vocabulary import Vocabulary, vocabulary

LONGEST_NOTE = 200_000
_LONGEST_SENTENCE = 800
_PLURAL_REFLEX = re.compile(r"\b(?:jerks|reflexes|plantars|ajs|kjs|dtrs|ankles|knees)$", re.IGNORECASE)
_PLURAL_PLACE = re.compile(r"\b(?:soles|feet|calves|thighs|shins|heels|buttocks)$", re.IGNORECASE)
# Words that tell nothing of the history.
_SMALL = frozenset({"side", "join", "comma", "stop", "modality", "topic", "break", "except"})
_BLANK = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FILLERS = frozenset(
    "the and with was were has have had for that this his her she they are is been from which who but not than then there when into over "
    "under very quite some any all also its their him our your did does done can could would should will may might upon about after before "
    "woman man lady gentleman boy girl year years old patient examination exam seen today sir dear thank you kind regards yours "
    "sincerely clinic doctor".split()
)


@dataclass(slots=True)
class NoteFinding:
    """One finding: `entry` as a case file has it under `path`, and the characters it came from."""

    kind: str
    entry: Any
    start: int
    end: int
    text: str
    path: str = ""
    past: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {"kind": self.kind, "path": self.path, "span": [self.start, self.end], "text": self.text, "entry": self.entry}


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not used, and why."""

    start: int
    end: int
    text: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {"span": [self.start, self.end], "text": self.text, "why": self.why}


@dataclass(slots=True)
class Reading:
    """A note, read. `contradictions` are groups of findings that cannot all hold: none of them is in the case."""

    text: str
    case: dict[str, Any] = field(default_factory=dict)
    findings: list[NoteFinding] = field(default_factory=list)
    unused: list[Unread] = field(default_factory=list)
    contradictions: list[list[NoteFinding]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "case": self.case,
            "findings": [one.as_dict() for one in self.findings],
            "unused": [one.as_dict() for one in self.unused],
            "contradictions": [[one.as_dict() for one in group] for group in self.contradictions],
        }


def read(text: str | bytes) -> Reading:
    """Read a note. Raises InputError where it is longer than a note can be or no text at all."""
    note = _as_text(text)
    words = vocabulary()
    reading = Reading(note)
    found: list[NoteFinding] = []
    layout = Layout()
    last = 0
    for sentence in _short(note):
        layout.line(sentence.text, _BLANK.search(note, last, sentence.start + len(sentence.text) - len(sentence.text.lstrip())) is not None)
        last = sentence.end - 1
        low = sentence.text.lower()
        why = next((why for why, pattern in words.not_counted.items() if pattern.search(low)), None)
        if why == "family":
            found += _of_the_family(sentence)
        if why is not None:
            reading.unused.append(_unread(note, sentence.start, sentence.end, why))
            continue
        _read_sentence(sentence, words, layout, found, reading)
    reading.findings, reading.contradictions = settle(found)
    vague = too_vague(reading.findings, case_side(reading.findings))
    gone = {id(one) for one in vague}
    reading.findings = [one for one in reading.findings if id(one) not in gone]
    for one in vague:
        reading.unused.append(Unread(one.start, one.end, note[one.start : one.end], "said more exactly elsewhere"))
    _fill(reading, note)
    reading.unused.sort(key=lambda one: one.start)
    return reading


def _of_the_family(sentence: Sentence) -> Iterator[NoteFinding]:
    """A nerve disease of the family, the one thing that a sentence about relatives tells of the patient."""
    for line, (start, end) in history_lines(sentence.text, sentence.start, ()):
        if any(one.item == "family_neuropathy" and not one.negated for one in packaged_lexicon().history(line).matches):
            yield NoteFinding("history", line, start, end, sentence.text[start - sentence.start : end - sentence.start])


def _as_text(text: str | bytes) -> str:
    note = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    if len(note) > LONGEST_NOTE:
        raise InputError(f"a note of {len(note):,} characters: at most {LONGEST_NOTE:,} are read")
    if "\0" in note:
        raise InputError("the note is not text: it holds a null character")
    return note


def _short(note: str) -> Iterator[Sentence]:
    """The sentences; one without end is cut where a word ends, so that the work grows with the length and no faster."""
    for one in sentences(note):
        start = one.start
        while one.end - start > _LONGEST_SENTENCE:
            cut = note.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = cut if cut > start else start + _LONGEST_SENTENCE
            yield Sentence(start, cut, note[start:cut])
            start = cut
        yield Sentence(start, one.end, note[start : one.end])


def _unread(note: str, start: int, end: int, why: str) -> Unread:
    while start < end and note[start].isspace():
        start += 1
    while end > start and note[end - 1].isspace():
        end -= 1
    return Unread(start, end, note[start:end], why)


def _read_sentence(sentence: Sentence, words: Vocabulary, layout: Layout, found: list[NoteFinding], reading: Reading) -> None:
    before = next((kind for kind, name in LISTS.items() if found and found[-1].kind == name), None)
    note = reading.text
    items = layout.row(mentions(sentence, words), sentence.text, sentence.start)
    taken: list[tuple[int, int]] = []
    told = study_stretch(items, sentence.text, sentence.start)
    if told:
        study, (start, end) = told
        inside = [one for one in items if start <= one.start < end and one is not study]
        entry = investigation(study, note[start:end], inside)
        items = [one for one in items if not start <= one.start < end]
        taken.append((start, end))
        if entry:
            found.append(NoteFinding("investigations", entry, start, end, note[start:end].strip()))
        else:
            reading.unused.append(_unread(note, start, end, "an investigation whose result is not understood"))
    found += _volumes(items, note, taken)
    binder = Binder(words, sentence.text, sentence.start, side=layout.side, topic=layout.topic, kind=before)
    for draft in binder.bind(items):
        for one in _findings(draft, note, words, sentence):
            found.append(one)
            taken.append((one.start, one.end))
    layout.heading(items, sentence.text)
    _rest_of_sentence(sentence, items, taken, found, reading)


def _volumes(items: Sequence[Mention], note: str, taken: list[tuple[int, int]]) -> Iterator[NoteFinding]:
    for one in items:
        if one.kind == "volume":
            taken.append((one.start, one.end))
            yield NoteFinding("sphincter", {"post_void_residual_ml": float(one.data)}, one.start, one.end, note[one.start : one.end])


def _findings(draft: Draft, note: str, words: Vocabulary, sentence: Sentence) -> Iterator[NoteFinding]:
    """The findings of a case file that a draft is: none where a denial is left to the history or the name is not read."""
    if draft.kind == "pain" and draft.value == "absent":
        return
    said = note[draft.start : draft.end]
    if draft.kind == "sphincter":
        for part in draft.target.kinds["sphincter"].split():
            yield NoteFinding("sphincter", {part: draft.value}, draft.start, draft.end, said)
        return
    entry = entry_of(draft)
    if entry is None:
        return
    if draft.side:
        entry["side"] = draft.side
    elif draft.value == "normal" or _both(draft):
        entry["side"] = "bilateral"
    past = _is_past(draft, words, sentence)
    if past:
        entry["past"] = True
    yield NoteFinding(LISTS[draft.kind], entry, draft.start, draft.end, said, past=past)
    saddle = saddle_word(draft)
    if saddle:
        yield NoteFinding("sphincter", {"saddle_sensation": saddle}, draft.start, draft.end, said)


def _both(draft: Draft) -> bool:
    """Whether a name in the plural means both sides: "ankle jerks", "plantars", "soles", "calves"."""
    if draft.kind == "reflex":
        return _PLURAL_REFLEX.search(draft.target.text) is not None
    return draft.kind in {"sense", "pain"} and _PLURAL_PLACE.search(draft.target.text) is not None


def _is_past(draft: Draft, words: Vocabulary, sentence: Sentence) -> bool:
    """Whether the clause of a finding says that it is old."""
    text = sentence.text
    if not words.past.search(text.lower()):
        return False
    first = max(text.rfind(mark, 0, draft.start - sentence.start) for mark in (";", "."))
    ends = [place for mark in (";",) if (place := text.find(mark, draft.end - sentence.start)) >= 0]
    return words.past.search(text[first + 1 : min(ends, default=len(text))].lower()) is not None


def _rest_of_sentence(
    sentence: Sentence, items: Sequence[Mention], taken: list[tuple[int, int]], found: list[NoteFinding], reading: Reading
) -> None:
    """The history in what is left of a sentence, and the words that nobody used."""
    cues = [(one.start, one.end) for one in items if one.kind not in {"target", "value", "grade"} or one.used]
    small = [(one.start, one.end) for one in items if one.kind in _SMALL]
    if not any(True for _ in _free_words(sentence, [*taken, *small])) and not any(one.kind == "not" for one in items):
        return
    known = list(cues)
    for line, span in history_lines(sentence.text, sentence.start, taken):
        found.append(NoteFinding("history", line, *span, reading.text[slice(*span)]))
        known.append(span)
    run: list[tuple[int, int]] = []
    for span in _free_words(sentence, [*taken, *known]):
        if run and reading.text[run[-1][1] : span[0]].strip(" \t-'"):
            reading.unused.append(_unread(reading.text, run[0][0], run[-1][1], "not understood"))
            run = []
        run.append(span)
    if run:
        reading.unused.append(_unread(reading.text, run[0][0], run[-1][1], "not understood"))


def _free_words(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Words that carry meaning and lie in nothing that was read."""
    spans = sorted(taken)
    starts = [start for start, _ in spans]
    for match in _WORD.finditer(sentence.text):
        start, end = match.start() + sentence.start, match.end() + sentence.start
        at = bisect_right(starts, start)
        covered = any(spans[n][1] > start for n in range(max(0, at - 6), at))
        if not covered and match.group().lower() not in _FILLERS:
            yield start, end


def _fill(reading: Reading, note: str) -> None:
    """The case of the findings."""
    case: dict[str, Any] = {"format": 1, **person(note)}
    side = case_side(reading.findings)
    if side:
        case["side"] = side
    for one in reading.findings:
        if one.kind == "sphincter":
            one.path = _fill_sphincter(case, one.entry)
        else:
            entries = case.setdefault(one.kind, [])
            one.path = f"{one.kind}[{len(entries)}]"
            entries.append(one.entry)
    reading.case = case


def _fill_sphincter(case: dict[str, Any], entry: dict[str, Any]) -> str:
    part, value = next(iter(entry.items()))
    known = case.setdefault("sphincter", {})
    if part == "post_void_residual_ml":
        known[part] = value
        return f"sphincter.{part}"
    words = known.setdefault(part, [])
    if value not in words:
        words.append(value)
    return f"sphincter.{part}[{words.index(value)}]"
