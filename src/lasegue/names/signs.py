"""Reflexes and bedside tests, one or several in a wording, with the part of the body that a sign was seen in."""

import re
from collections.abc import Callable

from lasegue.names import noise
from lasegue.names.facts import Facts
from lasegue.names.fold import Token, fold, plain, tokens
from lasegue.names.grammar import parse
from lasegue.names.index import Index
from lasegue.names.levels import split_roots
from lasegue.names.resolved import Resolved, TestPart, evenly
from lasegue.names.sides import split_side

_ALL_WORDS = frozenset("all leg lower limb every other throughout remaining rest".split())
_USUAL_REFLEXES = ("knee", "ankle")
_NUMBER = re.compile(
    r"(?:\bat\s+|\b(?:to|from)\s+)?[<>≤≥~]?\s*(\d+(?:\.\d+)?)\s*(?:°|deg(?:ree)?s?\b|cm\b|mm\b|rep(?:etition)?s?\b|times\b|seconds?\b|secs?\b|s\b)"
)
_BARE_NUMBER = re.compile(r"^(?P<name>.*[a-z)])\s+(?:at\s+|to\s+)?(?P<number>\d{1,3})$", re.IGNORECASE)
"""A number without a unit at the end of a name: "SLR 30"."""
_LEAST_ANGLE, _MOST_ANGLE = 5, 110
_MOTOR = frozenset({"wasting", "function", "upper_motor", "functional"})
_MERE_PARTS = frozenset("arm hand face tongue trunk".split()) | {"upper limb"}
"""Parts of the body that are signs of their own when they stand alone, but in a list take the sign before them."""
_ALIKE = {
    "enlargement": "hypertrophy",
    "enlarged": "hypertrophy",
    "bigger": "hypertrophy",
    "wasted": "wasting",
    "atrophic": "wasting",
    "weak": "weakness",
}
_SMALL = frozenset(
    "mild moderate severe marked slight gross visible obvious generalised bilateral diffuse early late partial complete other".split()
)
_WASTED = frozenset("wasting wasted atrophy atrophic thinning amyotrophy wastage".split())


class Reflexes:
    """Resolves reflexes; each member of a list is a reflex of its own."""

    def __init__(self, facts: Facts) -> None:
        self.index = Index("reflex", facts.reflexes)
        self.plantar = frozenset(reflex.id for reflex in facts.reflexes if reflex.kind == "plantar")
        self.superficial = frozenset(reflex.id for reflex in facts.reflexes if reflex.kind == "superficial")
        self.midline = frozenset(reflex.id for reflex in facts.reflexes if reflex.midline)

    def find(self, text: str) -> tuple[str, ...] | None:
        """The reflexes of one name, or None."""
        cleaned = noise.cleaned(text, noise.REFLEX)
        identifier = self.index.find(text) or (self.index.find(cleaned) if cleaned else None)
        if identifier:
            return (identifier,)
        words = cleaned.split()
        # "Tendon reflexes" and "all reflexes" are the two that everybody taps.
        if all(word in _ALL_WORDS for word in words) and fold(text):
            usual = tuple(reflex for reflex in _USUAL_REFLEXES if self.index.exact(reflex) == reflex)
            return usual or None
        return None

    def resolve(self, text: str) -> Resolved:
        """The reflexes that a wording names."""
        bare, side = split_side(text)
        found, unknown = parse(bare, self.find)
        if not found:
            raise self.index.unknown(text)
        return Resolved("reflex", text, evenly(one for several in found for one in several), side, leftover=tuple(unknown))


class Signs:
    """Resolves bedside tests. `place` finds the part of the body that a name speaks of, as ids."""

    def __init__(self, facts: Facts, place: Callable[[str], tuple[str, ...]]) -> None:
        self.index = Index("test", facts.tests)
        self._place = place
        self._kinds = {test.id: test.kind for test in facts.tests}
        self._wasting = [test for test in facts.tests if test.kind == "wasting"]

    def resolve(self, text: str) -> tuple[tuple[TestPart, ...], str | None, tuple[str, ...]]:
        """The tests of a wording, its side, and the words that were not understood beside them."""
        bare, side = split_side(text)
        bare, number = split_number(bare)
        if number is None and (angle := self._bare_number(bare)):
            bare, number = angle
        found, unknown = parse(bare, self._borrower if noise.is_list(bare) else self.find)
        if not found or unknown:
            found, unknown = parse(bare, self.find)
        if not found:
            raise self.index.unknown(text)
        merged: dict[str, TestPart] = {}
        for part in found:
            before = merged.get(part.test)
            merged[part.test] = TestPart(part.test, (*(before.parts if before else ()), *part.parts), number)
        return tuple(merged.values()), side, tuple(unknown)

    def _bare_number(self, text: str) -> tuple[str, float] | None:
        """ "SLR 30": the name of a tension test and its angle."""
        match = _BARE_NUMBER.match(text)
        part = self.find(match["name"]) if match and self.index.find(text) is None else None
        if not match or not part or self._kinds[part.test] != "tension" or not _LEAST_ANGLE <= int(match["number"]) <= _MOST_ANGLE:
            return None
        return match["name"], float(match["number"])

    def _borrower(self, text: str) -> TestPart | None:
        """As `find`, but a mere part of the body is no sign: in a list it takes the sign of its neighbour."""
        return None if fold(text) in _MERE_PARTS else self.find(text)

    def find(self, text: str) -> TestPart | None:
        """The test of one name, or None."""
        identifier = self.index.find(text) or self.index.find(noise.cleaned(text, noise.TEST))
        if identifier is None:
            alike = " ".join(_ALIKE.get(word, word) for word in noise.cleaned(text, noise.TEST).split())
            identifier = self.index.find(alike) if alike else None
        if identifier:
            return TestPart(identifier)
        return None if noise.is_list(text) else self._wasted(text) or self._inside(text)

    def _wasted(self, text: str) -> TestPart | None:
        """Wasting of a muscle that has no sign of its own counts as the sign that looks at it most."""
        words = [token.text for token in tokens(text)]
        if not _WASTED & set(words):
            return None
        parts = self._place(" ".join(word for word in words if word not in _WASTED | noise.TEST))
        seen = [(sum(test.reads.get(part, 0.0) for part in parts), test.id) for test in self._wasting]
        share, identifier = max(seen, default=(0.0, ""))
        return TestPart(identifier, parts) if share > 0 else None

    def _inside(self, text: str) -> TestPart | None:
        """A known test within the wording; what stands around it must be a part of the body or say nothing."""
        words = tokens(text)
        for first, last in _windows(words):
            identifier = self.index.exact(" ".join(token.text for token in words[first:last]))
            if identifier is None:
                continue
            around = [token.text for token in (*words[:first], *words[last:])]
            rest = " ".join(word for word in around if word not in noise.TEST and word not in _SMALL)
            parts = self._place(rest) if rest else ()
            if parts and self._kinds[identifier] not in _MOTOR and split_roots(rest)[0]:
                return TestPart(identifier)  # a root beside a rash or a tender spine is a level, not a myotome
            if parts or not rest:
                return TestPart(identifier, parts)
        return None


def _windows(words: list[Token]) -> list[tuple[int, int]]:
    """Every run of words that is not the whole, the longest first."""
    size = len(words)
    return [(first, first + length) for length in range(size - 1, 0, -1) for first in range(size - length + 1)]


def split_number(text: str) -> tuple[str, float | None]:
    """A name without the number and unit in it ("SLR 40°"), and the number."""
    match = _NUMBER.search(plain(text))
    if not match:
        return text, None
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split()), float(match.group(1))
