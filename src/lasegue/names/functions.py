"""What a denial in a sphincter wording denies: a complaint, a function ("no control") or a normal finding ("not intact").

Only a denied complaint is normal. A denied function is the loss itself, and what is not understood is left over.
"""

from collections.abc import Sequence
from typing import Final

from lasegue.names.fold import Token, fold
from lasegue.names.phrases import Hit
from lasegue.names.tables import table

DENIALS: Final = frozenset(
    "no not without never deny denied denying nil cannot unable nolonger absent lost loss unaware insensate lack".split()
)
_LOSSES: Final = frozenset("absent lost loss unaware insensate lack".split())
"""These tell of a loss themselves, so that alone they deny no complaint."""
_AFTER: Final = frozenset("denied deny no nil none absent negative never".split())
BARE: Final = frozenset({"no", "none", "nil", "denied", "deny", "negative"})
"""Alone these are the answer to a question for complaints."""
COMPLAINTS: Final = frozenset(
    "symptom problem dysfunction change complaint issue concern trouble difficulty disturbance deficit abnormality involvement impairment "
    "numbness loss redflag leak leaking leakage pain defect disorder reduction alteration deterioration affected concerned bothered "
    "lost absent".split()
)
_NO_DENIAL: Final = frozenset("only just merely".split())
_MENDING: Final = frozenset("recovery improvement resolution better improved improving resolved recovered return".split())
_NORMAL_WORDS: Final = frozenset("normal intact preserved full good continent spared fine ok adequate dry regular".split())
_FEELING: Final = "sensation sensory feeling feel felt sense pinprick pin prick touch awareness aware perception"
# The items of each part that stand for the loss of a function, and the words of that function; the first that is met is meant.
_FUNCTIONS: Final = {
    "bladder": table("""
no_urge: urge, desire, full, fullness, filling, need
altered_sensation: sensation, sensory, feeling, feel, felt, sense, awareness, aware, perception
incontinence: control, continence, hold, holding, dry, continent
retention: void, voiding, voided, pass, passing, passed, urinate, urinating, urinated, micturate, micturition, pee, wee, stream, flow,
  output, empty, emptying, water
"""),
    "bowel": table(f"""
altered_sensation: {_FEELING.replace(" ", ", ")}, urge
incontinence: control, continence, hold, holding, continent
constipation: open, opened, opening, movement, motion, evacuate, pass, passing, passed, defecate, defecation
"""),
    "anal_tone": table("""
squeeze_weak: squeeze, squeezing, contraction, contract, voluntary
absent: tone
"""),
    "saddle_sensation": table(f"""
absent: {_FEELING.replace(" ", ", ")}, discrimination
"""),
    "sexual_function": table(f"""
numb: {_FEELING.replace(" ", ", ")}
impaired: erection, erectile, ejaculation, ejaculate, orgasm, libido, climax, intercourse, lubrication
"""),
}
_WORD_OF: Final = {
    part: {fold(word): f"{part}.{item}" for item, words in functions.items() for word in words} for part, functions in _FUNCTIONS.items()
}
_RANK: Final = {part: [f"{part}.{item}" for item in functions] for part, functions in _FUNCTIONS.items()}
# What a part is where nothing more is told than that it is not normal.
ABNORMAL: Final = {
    "bladder": "bladder.dysfunction",
    "bowel": "bowel.dysfunction",
    "anal_tone": "anal_tone.reduced",
    "saddle_sensation": "saddle_sensation.reduced",
    "sexual_function": "sexual_function.impaired",
}


def functions_of(part: str, words: Sequence[str]) -> list[str]:
    """The losses that the functions named by some words would be, the most telling first."""
    known = _WORD_OF[part]
    return sorted({known[word] for word in words if word in known}, key=_RANK[part].index)


def judged(part: str, normal: str, words: Sequence[Token], hits: Sequence[Hit]) -> tuple[str, ...] | None:
    """The items of one piece that holds a denial; None where no denial stands in it, nothing where it is not understood."""
    telling = [hit for hit in hits if not any((hit.start, hit.end) == (word.start, word.end) and word.text in _LOSSES for word in words)]
    verdict = _judged(part, normal, words, telling)
    return verdict or (tuple(hit.item for hit in hits) if len(telling) < len(hits) else verdict)


def _judged(part: str, normal: str, words: Sequence[Token], hits: Sequence[Hit]) -> tuple[str, ...] | None:
    place = next((at for at, word in enumerate(words) if _denies(words, at) and not _inside(word, hits)), None)
    if place is None:
        return _full_phrase(normal, words, hits)
    before = [hit.item for hit in hits if hit.end <= words[place].start]
    if before and words[place].text in _AFTER and place == len(words) - 1:
        return (normal,) if set(before) != {normal} else (ABNORMAL[part],)
    after = [hit for hit in hits if hit.start >= words[place].end]
    return (*before, *_denied(part, normal, words, place, after))


def _denies(words: Sequence[Token], at: int) -> bool:
    following = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text in DENIALS and following not in _NO_DENIAL


def _next_to(words: Sequence[Token], at: int) -> str:
    """The word that stands right after another: "sensation change", but not "sensation of change"."""
    return words[at + 1].text if at + 1 < len(words) and words[at + 1].start - words[at].end == 1 else ""


def _inside(word: Token, hits: Sequence[Hit]) -> bool:
    return any(hit.start <= word.start < hit.end for hit in hits)


def _full_phrase(normal: str, words: Sequence[Token], hits: Sequence[Hit]) -> tuple[str, ...] | None:
    """ "No control problems": the name "no control" is there, but it is the problem that is denied."""
    for hit in hits:
        first = next(word for word in words if word.start >= hit.start)
        then = next((word for word in words if word.start >= hit.end), None)
        if first.text in DENIALS - _LOSSES and then is not None and then.text in COMPLAINTS:
            return (normal,)
    return None


def _denied(part: str, normal: str, words: Sequence[Token], place: int, hits: Sequence[Hit]) -> tuple[str, ...]:
    """What the first telling word after a denial makes of it."""
    items = tuple(hit.item for hit in hits)
    known, loss = _WORD_OF[part], words[place].text in _LOSSES
    for at in range(place + 1, len(words)):
        word = words[at]
        hit = next((one for one in hits if one.start <= word.start < one.end), None)
        if word.text in _MENDING and not loss:
            told = tuple(item for item in items if item != normal)
            return told or tuple(functions_of(part, [one.text for one in words[at + 1 :]])[:1]) or ((ABNORMAL[part],) if items else ())
        complaint = word.text in known and hit is None and _next_to(words, at) in COMPLAINTS and not loss
        if complaint or (hit is not None and hit.item != normal):
            affirmed = not complaint and (words[place].text in {"cannot", "unable", "nolonger"} or loss)
            return items if affirmed else (normal,)
        if word.text in known:
            spoken = [one.text for one in words[at:] if not _inside(one, [one for one in hits if one.item != normal])]
            return (*functions_of(part, spoken)[:1], *(item for item in items if item != normal))
        if hit is not None or word.text in _NORMAL_WORDS:
            return (ABNORMAL[part],)
        if word.text in COMPLAINTS:
            return items if loss else (normal,)
    return _lost_before(part, words, place)


def _lost_before(part: str, words: Sequence[Token], place: int) -> tuple[str, ...]:
    """ "Voluntary control absent": what stands before the loss, where nothing after it tells what is lost."""
    if words[place].text not in _LOSSES | _AFTER:
        return ()
    return tuple(functions_of(part, [word.text for word in words[:place]])[:1])
