"""Folding: different spellings of one name become one string.

Case, accents, hyphens, brackets, plurals, British and American spelling, ordinals and a few pairs of words that mean the same
everywhere in this field (fibular and peroneal; big toe, great toe and hallux) are folded away. What is left is compared.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARTICLES = frozenset({"the", "a", "an", "of", "his", "her", "their", "my", "your"})
_HOURLIKE = ("hour", "four", "your", "tour", "pour", "sour", "our", "flour")

_WORDS = {
    **dict.fromkeys(("doesnt", "didnt", "isnt", "hasnt", "havent", "wasnt", "dont"), "not"),
    "cant": "cannot",
    "couldnt": "cannot",
    "crps": "crps",
    "sx": "symptom",
    "incont": "incontinence",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "fibular": "peroneal",
    "fibularis": "peroneus",
    "fibulari": "peroneus",
    "inner": "medial",
    "outer": "lateral",
    "dorsal": "dorsum",
    "foot": "foot",
    "feet": "foot",
    "calves": "calf",
    "halves": "half",
    "centre": "center",
    "fibre": "fiber",
    "metre": "meter",
    "litre": "liter",
    "grey": "gray",
    "extremity": "limb",
    "limbs": "limb",
    "leucocyte": "leukocyte",
    "travelling": "traveling",
    "labelled": "labeled",
    "sulphate": "sulfate",
    "oxyde": "oxide",
    "hypesthesia": "hypoesthesia",
    "vertebrae": "vertebra",
    "gluteals": "gluteal",
    "lasague": "lasegue",
}
# Several words that are one; the value replaces the key. Articles are gone by then, except where `of` decides the meaning.
_PHRASES_WITH_OF = {
    ("back", "of"): "posterior",
    ("front", "of"): "anterior",
    ("inside", "of"): "medial",
    ("outside", "of"): "lateral",
    ("top", "of"): "dorsum",
    ("bottom", "of"): "sole",
    ("underside", "of"): "sole",
    ("underneath", "of"): "sole",
}
_PHRASES = {
    ("can", "not"): ("cannot",),
    ("could", "not"): ("cannot",),
    ("no", "longer"): ("nolonger",),
    ("can", "nolonger"): ("cannot",),
    ("nolonger", "able"): ("cannot",),
    ("b", "b"): ("bladder", "bowel"),
    ("red", "flag"): ("redflag",),
    ("big", "toe"): ("hallux",),
    ("great", "toe"): ("hallux",),
    ("large", "toe"): ("hallux",),
    ("1st", "toe"): ("hallux",),
    ("little", "toe"): ("5th", "toe"),
    ("small", "toe"): ("5th", "toe"),
    ("pinky", "toe"): ("5th", "toe"),
    ("pinkie", "toe"): ("5th", "toe"),
    ("medial", "side"): ("medial",),
    ("lateral", "side"): ("lateral",),
}


class Token(NamedTuple):
    """A folded word and where it stands in the text."""

    text: str
    start: int
    end: int


_SAME = {"‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'"} | dict.fromkeys("‐‑‒–—−﹣-", "-") | {"æ": "e", "œ": "e", "ø": "o", "ł": "l"}


def _plain_character(character: str) -> str:
    low = character.lower()[:1]
    if low in _SAME:
        return _SAME[low]
    base = unicodedata.normalize("NFKD", low)[:1].lower()[:1]
    return base or " "


def plain(text: str) -> str:
    """Lower case without accents, of the same length as `text`, so that places in one are places in the other."""
    return text.lower() if text.isascii() else "".join(map(_plain_character, text))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "tches", "nches", "shes")):
        return word[:-2]
    return word[:-1]


def _spelling(word: str) -> str:
    if word.endswith("ae"):
        word = word[:-2] + "a"
    word = word.replace("ae", "e")
    word = re.sub(r"oe(?=[a-z]{2,}$|a$)", "e", word) if "oe" in word else word
    if "our" in word and not word.startswith(_HOURLIKE):
        word = re.sub(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|less|al|y|ful)?$)", "or", word)
    return re.sub(r"z(?=(?:e|ed|es|ing|ation|er)$)", "s", word) if "z" in word else word


@lru_cache(maxsize=32768)
def fold_word(word: str) -> str:
    """The folded form of one word; folding it again changes nothing."""
    word = word.replace("'", "")
    for _ in range(8):
        folded = _WORDS.get(word) or _spelling(_singular(word))
        if folded == word:
            break
        word = folded
    return word


def _join(words: list[Token]) -> list[Token]:
    joined: list[Token] = []
    for word in words:
        if joined and (one := _PHRASES_WITH_OF.get((joined[-1].text, word.text))):
            joined[-1] = Token(one, joined[-1].start, word.end)
        else:
            joined.append(word)
    words, joined = [word for word in joined if word.text not in _ARTICLES], []
    for word in words:
        joined.append(word)
        while len(joined) > 1 and (several := _PHRASES.get((joined[-2].text, joined[-1].text))):
            start, end = joined[-2].start, joined[-1].end
            joined[-2:] = [Token(text, start, end) for text in several]
    return joined


def tokens(text: str) -> list[Token]:
    """The folded words of a text with their places, articles left out."""
    return list(_tokens(text))


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    found = _WORD.finditer(plain(text))
    return tuple(_join([Token(fold_word(match.group()), match.start(), match.end()) for match in found]))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The folded form of a name. Folding is idempotent."""
    return " ".join(token.text for token in tokens(text))


_SIGNS = (("-ve", "neg"), ("+ve", "pos"), ("(-)", " no"), ("[-]", " no"), ("(+)", "   "), ("[+]", "   "), ("w/o", "no "))


def spelt_out(text: str) -> str:
    """A note's signs for yes and no as words of the same length: "(-) fever" and "fever -ve" deny it."""
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return text


def compact(text: str) -> str:
    """The folded form without spaces: "dorsi-flexion", "dorsi flexion" and "dorsiflexion" are one."""
    return fold(text).replace(" ", "")
