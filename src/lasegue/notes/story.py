"""What a note tells beside the examination: history, duration, who it is, and the results of investigations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from lasegue.errors import UnknownName
from lasegue.names import packaged_lexicon
from lasegue.names.person import find_age, find_sex
from lasegue.names.tempo import find_duration
from lasegue.notes.mention import Mention

Span = tuple[int, int]
_AGED = re.compile(
    r"\b(?:man|woman|boy|girl|lady|gentleman|patient|male|female|person|adult|mother|[a-z]+er|[a-z]+or|[a-z]+ist)\s+(?:aged\s+|of\s+)(\d{1,3})\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\b(?:show(?:s|ed|n)?|reveal(?:s|ed)?|found)\s+(?:nothing|no\s+abnormality)\b", re.IGNORECASE)
_NEAR = 20
_OPENING = 600
_CLAUSE = re.compile(
    r",\s+(?=(?:and\s+)?(?:physio|an?\s|the\s|but|he|she|which|then)\b)|\band\s+(?=(?:an?|the|his|her)?\s*(?:\w+\s+)?(?:injections?|block|operation|physio\w*)\b)|\bbut\b|;"
)


def person(text: str) -> dict[str, Any]:
    """Age and sex, from the opening of the note."""
    opening = text[:_OPENING]
    aged = _AGED.search(opening)
    age = float(aged[1]) if aged else find_age(opening)
    sex = find_sex(opening)
    found: dict[str, Any] = {}
    if age is not None and age <= 120:
        found["age"] = int(age) if age == int(age) else age
    return found | ({"sex": sex} if sex else {})


@lru_cache(maxsize=4096)
def _said(line: str) -> frozenset[tuple[str, bool, str | None, str | None]]:
    return frozenset((one.item, one.negated, one.side, one.level) for one in packaged_lexicon().history(line).matches)


def history_lines(text: str, start: int, taken: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """The phrases of the history in a sentence as lines of a case file, with their places; `taken` belongs to findings already."""
    # "(-) back pain, (+) fever": the signs as words of the same length, so that places stay.
    text = text.replace("(-)", " no").replace("(+)", " ; ")
    dated = find_duration(text)
    if dated and dated[1][1] > dated[1][0]:
        first, last = dated[1]
        piece = text[first:last].strip(" ,.")
        if find_duration(piece) and not _overlaps((start + first, start + last), taken):
            yield piece, (start + first, start + last)
    matches = packaged_lexicon().history(text).matches
    for one in matches:
        span = (start + one.span[0], start + one.span[1])
        if _overlaps(span, taken) or (one.item.startswith("tempo.") and dated and not text[slice(*one.span)].isalpha()):
            continue
        near = text[max(0, one.span[0] - _NEAR) : one.span[1] + _NEAR].lower()
        side = one.side if one.side and one.side in near else None
        level = one.level if one.level and one.level[-2:].lower() in near else None
        line = _line(text, one.span, (one.item, one.negated, side, level))
        if line:
            yield line, span


def _line(text: str, span: Span, said: tuple[str, bool, str | None, str | None]) -> str | None:
    """The shortest wording that the lexicon reads as the sentence was read."""
    words = " ".join(text[slice(*span)].split())
    item, negated, side, level = said
    words = f"no {words}" if negated else words
    wordings = [
        f"{words} {level}" if level else words,
        f"{side} {words}" if side else words,
        f"{words} {level} {side or ''}".strip() if level else words,
        words,
        " ".join(text.split()),
    ]
    for wanted in (said, (item, negated)):
        for line in wordings:
            if any(one[: len(wanted)] == wanted for one in _said(line)):
                return line
    return None


def _overlaps(span: Span, taken: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def study_stretch(items: Sequence[Mention], text: str, start: int) -> tuple[Mention, Span] | None:
    """The first investigation that a sentence speaks of and how far its words reach."""
    study = next((one for one in items if one.kind == "target" and "study" in one.kinds and _is_study(one)), None)
    if study is None:
        return None
    before = max((one.end for one in items if one.end <= study.start and one.kind in {"stop", "break"}), default=start)
    after = _CLAUSE.search(text, study.end - start)
    return study, (before, start + after.start() if after else start + len(text))


def _is_study(one: Mention) -> bool:
    """Whether a name of an investigation stands for one: short ones are written in capitals."""
    bare = one.text.strip()
    return len(bare) > 3 or bare.isupper() or any(letter.isdigit() for letter in bare)


def investigation(study: Mention, text: str, parts: Sequence[Mention]) -> dict[str, Any] | None:
    """The entry of a case file for an investigation and its result, or None where the lexicon reads no result in it."""
    lexicon = packaged_lexicon()
    report = " ".join(text.replace(study.text, " ", 1).split()).strip(" :.,-")
    report = re.sub(r"^(?:the|an?)\s+(?:is|was)?\s*", "", report, flags=re.IGNORECASE)
    report = "normal" if _NOTHING.search(report) else report
    muscle = next((one.text for one in parts if one.kind == "target" and "power" in one.kinds and "site" not in one.kinds), None)
    nerve = next((one.text for one in parts if one.kind == "target" and "nerve" in one.kinds), None)
    name = study.text.strip()
    try:
        identifier, _ = lexicon.studies.find(name, part=nerve or muscle or "", report=report)
        lexicon.studies.read(identifier, report)
    except UnknownName:
        return None
    entry: dict[str, Any] = {"test": name, "result": report}
    if identifier in {"needle_emg"} and muscle:
        entry["muscle"] = muscle
    if identifier.startswith(("ncs", "snap")) and nerve:
        entry["nerve"] = nerve
    return entry
