"""From text to mentions: sentences, and in each the targets, values, sides and cues that stand in it, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lasegue.names.fold import Token, tokens
from lasegue.notes.figures import figures
from lasegue.notes.mention import Mention
from lasegue.notes.vocabulary import COPULAS, LONGEST, Entry, Vocabulary

_END = re.compile(
    r"(?:(?<=[a-z)\]%°0-9'\"+↓↑])|(?<=[A-Z]{2})|(?<=\s[LRN]))[.!?]+(?=\s+[^a-z\s]|\s*$)|[\n\r\u2022\u2023\u25cf•]+"
    r"|\s[-–*]\s(?=[A-Z])|(?<=[a-z0-9])[.?!](?=\s+(?:r|l|o/e|c/o|pt)\b)",
    re.MULTILINE,
)
# A line of this many characters may have been wrapped.
_FULL_LINE = 50
_PHRASE_STOP = re.compile(r"[;:]|,|[()]|\s[-–]\s|\s/|/\s")
_STOP = re.compile(r"[;:]|,|[()]|\s[-–]\s|/")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the note between stops."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """The note cut at full stops, line ends and bullets."""
    last = 0
    for stop in _END.finditer(text):
        if _wrapped(text, stop):
            continue
        if text[last : stop.end()].strip():
            yield Sentence(last, stop.end(), text[last : stop.end()])
        last = stop.end()
    if text[last:].strip():
        yield Sentence(last, len(text), text[last:])


def _wrapped(text: str, stop: re.Match[str]) -> bool:
    """Whether a line only ends because the page does: it is long, no stop closes it, and the next goes on in small letters."""
    if stop.group() not in {"\n", "\r\n"}:
        return False
    first = text.rfind("\n", 0, stop.start()) + 1
    return (
        stop.start() - first >= _FULL_LINE and text[stop.end() : stop.end() + 1].islower() and text[max(0, stop.start() - 1)] not in ".:;!?"
    )


_KINDS = {
    "topics": "topic",
    "modalities": "modality",
    "sides": "side",
    "negations": "not",
    "exceptions": "except",
    "breaks": "break",
    "joins": "join",
}


def mentions(sentence: Sentence, words: Vocabulary) -> list[Mention]:
    """Everything that a sentence mentions, in order."""
    found = [*figures(sentence.text)]
    taken = [(one.start, one.end) for one in found]
    loose = (
        token
        for token in tokens(sentence.text)
        if token.text not in COPULAS and sentence.text[token.start : token.end].lower() not in words.skipped
    )
    free = [token for token in loose if not any(start < token.end and token.start < end for start, end in taken)]
    sided = [one for one in found if one.kind == "side"]
    found += _phrases(sentence.text, free, words, sided)
    gaps = sorted((one.start, one.end) for one in found)
    for stop in _STOP.finditer(sentence.text):
        if not any(start <= stop.start() < end for start, end in gaps):
            found.append(
                Mention("comma" if stop.group().strip() in {",", "/", "(", ")"} else "stop", stop.start(), stop.end(), stop.group().strip())
            )
    found.sort(key=lambda one: (one.start, one.end))
    for one in found:
        one.start += sentence.start
        one.end += sentence.start
    return found


def _phrases(text: str, free: list[Token], words: Vocabulary, sided: list[Mention]) -> Iterator[Mention]:
    """The longest phrases of the vocabulary, left to right; a side word within a phrase is the phrase's side."""
    plain_words = [words.mend(token.text) for token in free]
    sides = {n: entry.data for n, word in enumerate(plain_words) if (entry := words.entries.get(word)) and entry.cue == "sides"}
    yield from (Mention("side", free[n].start, free[n].end, text[free[n].start : free[n].end], data=data) for n, data in sides.items())
    place = 0
    while place < len(free):
        if place in sides:
            place += 1
            continue
        length, entry, used = _longest(text, free, plain_words, place, sides, words)
        if entry is None:
            place += 1
            continue
        start, end = free[place].start, free[place + length - 1].end
        yield from _made(text, start, end, entry, used, free, words)
        place += length


def _longest(
    text: str, free: list[Token], folded: list[str], place: int, sides: dict[int, str], words: Vocabulary
) -> tuple[int, Entry | None, str]:
    best: tuple[int, Entry | None, str] = (1, None, "")
    joined = ""
    for length in range(1, min(LONGEST, len(free) - place) + 1):
        at = place + length - 1
        if length > 1 and _PHRASE_STOP.search(text, free[at - 1].end, free[at].start):
            break
        if length > 1 and text[free[place].start : free[place].end].lower() == "plantars":
            break  # the responses, not the muscles: "plantars flexor"
        if at not in sides:
            joined += folded[at]
            entry = words.entries.get(joined)
            if entry is not None and entry.cue != "sides":
                best = (length, entry, joined)
    return best


def _made(text: str, start: int, end: int, entry: Entry, key: str, free: list[Token], words: Vocabulary) -> Iterator[Mention]:
    said = text[start:end]
    if entry.kinds:
        kinds = dict(entry.kinds)
        yield Mention("target", start, end, said, kinds=kinds, value=entry.value, data=key)
    elif entry.value:
        yield Mention("value", start, end, said, value=entry.value, data=entry.value.get("sign", ""))
    for fact in entry.facts:
        yield Mention("fact", start, end, said, data=fact)
    if entry.cue and not entry.kinds:
        yield Mention(_KINDS[entry.cue], start, end, said, data=entry.data)
    elif entry.cue == "topics":
        yield Mention("topic", start, end, said, data=entry.data)
