"""From text to mentions: sentences, and in each the targets, values, sides and cues that stand in it, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lasegue.names.fold import Token, plain, tokens
from lasegue.notes.vocabulary import COPULAS, LONGEST, Entry, Vocabulary

_END = re.compile(
    r"(?<=[a-z)\]%°0-9'\"])[.!?]+(?=\s+[^a-z\s]|\s*$)|[\n\r\u2022\u2023\u25cf•]+|\s[-–*]\s(?=[A-Z])|(?<=[a-z])[.?!](?=\s+(?:r|l)\b)",
    re.MULTILINE,
)
_GRADE = re.compile(
    r"(?<![\w./+])(?P<lead>(?:mrc|grade|power|strength|gr|m)\s*(?:grade\s*)?)?(?P<first>[0-5](?:\.5)?)\s?(?P<sign>[+-](?![\d]))?"
    r"(?:\s*(?:to|-|–)\s*(?P<second>[0-5])(?P<sign2>[+-])?)?(?P<five>\s*(?:/\s*5|out\s+of\s+5))?(?P<sign3>[+-])?(?![\w°%]|\s*(?:/|\.\d))"
)
_LETTER = re.compile(r"(?<![\w/])(?P<letter>[NFGPT])(?P<sign>[+-])(?!\w)")
_PLUSES = re.compile(
    r"(?<![\w])[+-]ve\b|(?<![\w+])(?:\+{1,4}|\+/-|±|[-–−])(?=\s*(?:$|[,;.)]|(?:[lr]\b|left|right|both|b/l|bilat)))|(?<=\s)(?:\+{1,4})(?=\s)"
)
_ANGLE = re.compile(
    r"(?:\b(?:at|to|reaches)\s+)?(?P<angle>\d{1,3})(?:\s*/\s*90)?\s*(?:°|deg(?:rees?)?\b)|\b(?P<bare>[1-9]\d)(?=\s+(?:on\s+the\s+)?(?:left|right)\b)"
)
_ROOTS = re.compile(
    r"(?<![\w/])[LST](?:1[0-2]|[1-9])(?:\s*(?:-|–|/|,|&|to|and|or)\s*(?:[LST]\s?)?(?:1[0-2]|[1-9])(?![\w./]))*"
    r"(?:\s+(?:dermatom\w*|distribution|areas?|territor\w+|myotom\w*|roots?|pattern))?",
    re.IGNORECASE,
)
_PVR = re.compile(
    r"\b(?:pvr|post[- ]?void(?:ing)?(?:\s+residual)?(?:\s+volume)?|residual(?:\s+(?:urine|volume))?|bladder\s+scan)"
    r"\D{0,25}?(?P<ml>\d{1,4})\s*(?:ml|mls|cc)?\b",
    re.IGNORECASE,
)
_SIDE_LETTER = re.compile(
    r"(?<![\w/'])(?:\(?\b(?P<one>[LR])\b\)?)(?![\w'/]|\d)|\bb/?l\b|\bL\s*>\s*R\b|\bR\s*>\s*L\b|\bL\s*=\s*R\b|\bR\s*=\s*L\b"
)
_DISC = re.compile(r"\b(?:at|disc|disk|level|levels|stenosis|from)\s*(?:the\s*)?$", re.IGNORECASE)
_STOP = re.compile(r"[;:]|,|[()]|\s[-–]\s|/")


@dataclass(slots=True)
class Mention:
    """One thing that stands in the text, of one kind: target, value, grade, angle, volume, side, topic, or a word between them."""

    kind: str
    start: int
    end: int
    text: str = ""
    side: str | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    value: dict[str, str] = field(default_factory=dict)
    data: str = ""
    used: bool = False


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
        if text[last : stop.end()].strip():
            yield Sentence(last, stop.end(), text[last : stop.end()])
        last = stop.end()
    if text[last:].strip():
        yield Sentence(last, len(text), text[last:])


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
    found = [*_patterns(sentence.text)]
    taken = [(one.start, one.end) for one in found]
    loose = (token for token in tokens(sentence.text) if token.text not in COPULAS)
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


def _patterns(text: str) -> Iterator[Mention]:
    """What is written in figures and letters, the first pattern to claim a place keeps it."""
    taken: list[tuple[int, int]] = []
    low = plain(text)
    for make, pattern, source in (
        (_volume, _PVR, text),
        (_roots, _ROOTS, text),
        (_angle, _ANGLE, low),
        (_grade, _GRADE, low),
        (_letter, _LETTER, text),
        (_pluses, _PLUSES, low),
        (_side, _SIDE_LETTER, text),
    ):
        for match in pattern.finditer(source):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield make(match)


def _volume(match: re.Match[str]) -> Mention:
    return Mention("volume", *match.span(), match.group(), data=match["ml"])


def _roots(match: re.Match[str]) -> Mention:
    if match.group()[-1].isdigit() and _DISC.search(match.string[max(0, match.start() - 30) : match.start()]):
        return Mention("level", *match.span(), match.group())
    bare = re.sub(r"\s+[a-z]+$", "", match.group(), flags=re.IGNORECASE) if match.group()[-1].isalpha() else match.group()
    named = not match.group()[-1].isdigit()
    if "myotom" in match.group().lower():
        return Mention("target", *match.span(), bare, kinds={"power": f"{bare} myotome"})
    kinds = {"site": f"{bare} dermatome", "pain": bare} | ({} if named else {"power": f"{bare} myotome"})
    return Mention("target", *match.span(), bare, kinds=kinds)


def _angle(match: re.Match[str]) -> Mention:
    return Mention("angle", *match.span(), match.group(), data=match["angle"] or match["bare"])


def _grade(match: re.Match[str]) -> Mention:
    sign = match["sign"] or match["sign3"] or ""
    grade = f"{match['first']}{sign}" + (f"-{match['second']}{match['sign2'] or ''}" if match["second"] else "")
    sure = bool(match["five"] or match["lead"])
    reflex = {"0": "absent", "1": "reduced", "2": "normal", "3": "brisk", "4": "brisk"}.get(match["first"], "")
    values = {"power": grade} | ({} if sure or match["second"] or not reflex else {"reflex": reflex})
    return Mention("grade", *match.span(), match.group(), value=values, data="sure" if sure else "")


def _letter(match: re.Match[str]) -> Mention:
    return Mention(
        "grade",
        *match.span(),
        match.group(),
        value={"power": {"N": "normal", "G": "4", "F": "3", "P": "2", "T": "1"}[match["letter"]] + match["sign"]},
    )


def _pluses(match: re.Match[str]) -> Mention:
    word = match.group()
    count = word.count("+")
    if word.endswith("ve"):
        value = {"test": "positive" if count else "negative", "plantar": "upgoing" if count else "normal"}
        return Mention("value", *match.span(), word, value=value)
    reflex = "reduced" if word in {"+/-", "±"} else "absent" if not count else ("reduced", "normal", "brisk", "brisk")[count - 1]
    values = {"reflex": reflex, "plantar": "upgoing" if count else "normal", "test": "positive" if count else "negative"}
    return Mention("grade", *match.span(), word, value=values, data="plus")


def _side(match: re.Match[str]) -> Mention:
    side = {"L": "left", "R": "right"}.get(match["one"] or "", "bilateral")
    return Mention("side", *match.span(), match.group(), data=side)


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
        if length > 1 and _STOP.search(text, free[at - 1].end, free[at].start):
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
        yield Mention("value", start, end, said, value=entry.value)
    if entry.cue and not entry.kinds:
        yield Mention(_KINDS[entry.cue], start, end, said, data=entry.data)
    elif entry.cue == "topics":
        yield Mention("topic", start, end, said, data=entry.data)
