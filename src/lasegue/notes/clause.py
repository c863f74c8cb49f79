"""The state of a sentence that is gone through: what waits for a value, which side holds, what is denied and how far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lasegue.names.sides import OPPOSITE
from lasegue.notes.choosing import as_kind, denied, kinds_of
from lasegue.notes.mention import Mention
from lasegue.notes.vocabulary import Vocabulary

_WHOLE = {"power": "all muscles", "sense": "whole leg"}
_NAMING = frozenset({"target", "comma", "join", "side"})
_ANEW = re.compile(r"\s+(?:has|had|is|was|shows?|there\s+(?:is|was))\b", re.IGNORECASE)
_ONWARD = re.compile(
    r"\b(?:(?:extending|spreading|reaching|going|up|down)\s+(?:up\s+|down\s+|in)?(?:to|over|on)|including)\s[^,;]{0,20}$", re.IGNORECASE
)
_AFTERWARDS = frozenset({"none", "nil", "no"})
_STRONG = ("den", "neither", "without", "nor", "reports no")
_FAR = 14
_LIMB = frozenset({"leg", "limb", "lowerlimb", "lowerextremity"})
# Of these the side named is that of the pelvis; the weak leg is the one stood on.
SINKING = frozenset({"pelvissink", "pelvisdrop", "pelvissag", "pelvisdip", "sidepelvisdrop", "sidepelvissag", "sidepelvisdip"})
# Signs that count without a place, and the test that each is.
# The sign that is named, not the response: absent is normal.
_BABINSKI = {
    "absent": "normal",
    "not present": "normal",
    "present": "upgoing",
    "elicited": "upgoing",
    "not elicited": "normal",
    "none": "normal",
}
_PLACELESS = {"wasting": "wasting", "fasciculations": "fasciculations"}


@dataclass(slots=True)
class Draft:
    """A finding in the making. `sure` is False where its side was only carried over from what stands before."""

    kind: str
    target: Mention
    value: str
    start: int
    end: int
    side: str | None = None
    sure: bool = False
    modalities: tuple[str, ...] = ()
    angle: str | None = None  # the key of a case file and its number: "angle 40", "count 3"
    whole: bool = False
    reported: bool = False


@dataclass(slots=True)
class Clause:
    """What is known at one place of a sentence, and how its small words change it."""

    words: Vocabulary
    text: str
    offset: int
    side: str | None = None
    topic: str | None = None
    negated: bool = False
    excepted: bool = False
    kind: str | None = None
    items: Sequence[Mention] = ()
    drafts: list[Draft] = field(default_factory=list)
    last: list[Draft] = field(default_factory=list)
    pending: list[Mention] = field(default_factory=list)
    held: list[Mention] = field(default_factory=list)
    modalities: list[str] = field(default_factory=list)
    strong: bool = False
    explicit: bool = False
    since: int = 0
    rectal: bool = False
    bracket: Mention | None = None
    outside: list[Draft] = field(default_factory=list)
    fresh: bool = False  # whether the side that holds was named for what comes next, and not only carried on

    def _next(self, place: int, *skip: str) -> Mention | None:
        return next((one for one in self.items[place + 1 :] if one.kind not in skip), None)

    def _before(self, place: int, *skip: str) -> Mention | None:
        return next((one for one in reversed(self.items[:place]) if one.kind not in skip), None)

    def _add(self, kind: str, target: Mention, value: str, by: Mention, *, keep: bool = False) -> Draft:
        target.used = by.used = True
        if kind in {"reflex", "plantar"} and target.data.startswith("babinski"):
            value = _BABINSKI.get(by.text.lower(), value)
        if kind == "resisted":
            target = replace(target, kinds={"test": target.kinds["resisted"]}, data="")
        side = target.side or self.side
        draft = Draft(
            as_kind(kind),
            target,
            value,
            min(target.start, by.start),
            max(target.end, by.end),
            side,
            target.side is not None,
            tuple(self.modalities) if kind == "sense" else (),
            whole=target.kind == "topic",
        )
        if kind == "sense" and value == "paraesthesia" and "burn" in by.text.lower() and {"pain", "site"} & set(target.kinds):
            # Who burns is in pain too.
            self.drafts.append(replace(draft, kind="pain", value="present"))
        self.drafts.append(draft)
        self.last = [*self.last, draft] if keep else [draft]
        self.kind = as_kind(kind)
        self.fresh = False
        if kind in {"power", "sense", "pain"} and self.topic not in {None, kind}:
            self.topic = None if kind != "pain" else "pain"
        return draft

    def _rectal_tone(self, one: Mention) -> None:
        """The tone of a rectal examination is that of the anus, whichever way round it is written."""
        tone = replace(one, kinds={"sphincter": "anal_tone"}, data="")
        words = one.data.replace("tone", "")
        value = next(
            (entry.value["sphincter"] for word in (words,) if (entry := self.words.entries.get(word)) and "sphincter" in entry.value), None
        )
        held = next((value.value["sphincter"] for value in self.held if "sphincter" in value.value), None)
        if value or held:
            self._add("sphincter", tone, value or held or "", one)
        else:
            self.pending.append(tone)

    def _on_side(self, place: int, one: Mention) -> None:
        if any(target.kind == "target" and target.start <= one.start < target.end for target in self.items):
            return
        before, after = self._before(place), self._next(place)
        limb = after is not None and after.data in _LIMB
        ends = after is None or limb or after.kind in {"angle", "comma", "stop", "join", "break", "value", "not", "except", "topic"}
        bound = before is not None and before.used and before.kind in {"value", "grade", "angle", "target"}
        if bound and ends and self.last and not (after is not None and after.kind in {"value", "grade", "angle"} and self.last[0].sure):
            for draft in self.last:
                if draft.target.data in SINKING:
                    draft.side = draft.side or OPPOSITE.get(one.data)
                    continue
                draft.side, draft.sure, draft.end = one.data, True, max(draft.end, one.end)
            for draft in self.drafts:
                draft.side = draft.side or one.data
            self.side = one.data
            return
        self.side, self.explicit, self.fresh = one.data, True, True
        if after is None and not self.pending:
            for draft in self.last:
                draft.side = draft.side or one.data
        if before is not None and before.kind == "target" and before in self.pending:
            for target in self.pending:
                target.side = target.side or one.data

    def _on_topic(self, place: int, one: Mention) -> None:
        if one.data == "rectal":
            self.rectal = True
            return
        self.topic = one.data
        if one.data == "sense" and self.rectal:
            self.pending.append(replace(one, kind="topic", kinds={"sphincter": "saddle_sensation"}, data="saddlesensation"))
            return
        if one.data in _WHOLE:
            kinds = {"site" if one.data == "sense" else one.data: _WHOLE[one.data]}
            self.pending = [
                *(old for old in self.pending if old.kind != "topic" or old.kinds != kinds),
                replace(one, kind="topic", kinds=kinds),
            ]

    def _on_modality(self, place: int, one: Mention) -> None:
        before = self._before(place)
        if before is None or before.kind not in {"modality", "join", "comma"} or not self.modalities:
            self.modalities = []
        self.modalities.append(one.data)
        self._on_topic(place, replace(one, data="sense"))

    def _on_fact(self, place: int, one: Mention) -> None:
        """A phrase that states a whole finding."""
        kind, name, value = (part.strip() for part in one.data.split("|"))
        target = replace(one, kind="target", kinds={"site" if kind == "sense" else kind: name}, data="", side=None)
        self._add(kind, target, denied({kind: value})[kind] if self.negated else value, one)
        one.used = True

    def _on_not(self, place: int, one: Mention) -> None:
        if one.text.lower() in _AFTERWARDS and self._takes_back(place, one):
            return
        self.since, self.held = one.start, []
        self.negated, self.strong = True, one.text.lower().startswith(_STRONG) or one.text == "(-)"

    def _takes_back(self, place: int, one: Mention) -> bool:
        """ "Back pain: none": a denial that follows what it denies."""
        before, after = self._before(place, "stop"), self._next(place)
        colon = self._before(place)
        if (
            colon is None
            or colon.text not in {":", "-"}
            or before is None
            or not before.used
            or not self.last
            or (after and after.kind == "target")
        ):
            return False
        for draft in self.last:
            draft.value = denied({draft.kind: draft.value or "present"})[draft.kind] if draft.kind != "pain" else "absent"
        one.used = True
        return True

    def _on_except(self, place: int, one: Mention) -> None:
        self.negated, self.held, self.pending = False, [], []
        self.excepted = True

    def _on_break(self, place: int, one: Mention) -> None:
        self.negated = False
        after = self._next(place)
        if after is None or after.kind not in {"value", "grade"}:
            self._flush()

    def _on_stop(self, place: int, one: Mention) -> None:
        if one.text == ":":
            self.held = [value for value in self.held if value.value.get("power") != "normal"]
        if one.text == ";":
            self.negated, self.topic = False, None
            self._flush()

    def _on_comma(self, place: int, one: Mention) -> None:
        if one.text in {"(", ")"}:
            self._on_bracket(place, one)
        if one.text == "/":
            return
        rest = self.items[place + 1 :]
        reach = next((n for n, other in enumerate(rest) if other.kind in {"stop", "break"}), len(rest))
        listed = any(other.kind == "join" and other.text.lower() in {"or", "nor"} for other in rest[:reach])
        self.negated = self.negated and (self.strong or listed)

    def _on_bracket(self, place: int, one: Mention) -> None:
        """A bracket that only names places says which are meant: "distally thin (tibialis anterior, EDB)"."""
        if one.text == ")":
            if self.bracket is not None:
                self.last = self.outside or self.last
            self.bracket = None
            return
        before = self._before(place)
        rest = self.items[place + 1 :]
        inside = rest[: next((n for n, other in enumerate(rest) if other.text == ")"), 0)]
        if before is not None and before.kind == "value" and before.used and inside and {other.kind for other in inside} <= _NAMING:
            self.bracket, self.outside = before, list(self.last)

    def _on_join(self, place: int, one: Mention) -> None:
        after = self._next(place)
        opens = after is not None and after.kind in {"topic", "target", "side", "grade"}
        anew = _ANEW.match(self.text, one.end - self.offset) is not None
        if one.text.lower() in {"and", "plus"} and self.negated and ((not self.strong and opens) or anew):
            self.negated = False

    def _flush(self) -> None:
        """What was named and got no value: denied reflexes and tests, places spared; anything else stays unread."""
        for target in self.pending:
            self._left(target)
        self._let_go(self.held)
        self.pending, self.held, self.excepted = [], [], False

    def _onward(self, target: Mention) -> bool:
        """ "Numb dorsum extending to the shin": the place after it is numb too."""
        if (
            not self.last
            or self.last[-1].kind not in {"sense", "pain"}
            or not {"site", "pain"} & set(target.kinds)
            or target.kind != "target"
        ):
            return False
        between = self.text[: target.start - self.offset]
        if target.start < self.last[-1].end or _ONWARD.search(between) is None:
            return False
        former = self.last[-1]
        again = self._add(former.kind, target, former.value, target, keep=True)
        again.side, again.sure = former.side, former.sure
        return True

    def _let_go(self, held: Sequence[Mention]) -> None:
        """Signs that are named without a place: "no wasting, no fasciculations"."""
        for one in held:
            name = _PLACELESS.get(one.data)
            if not one.used and one.kind == "grade" and one.text.lower().startswith(("power", "strength")):
                self._add(
                    "power",
                    replace(one, kind="target", kinds={"power": _WHOLE["power"]}, value={}, data="", side=None),
                    one.value["power"],
                    one,
                )
            if name and not one.used:
                target = replace(one, kind="target", kinds={"test": name}, value={}, data="", side=None)
                self._add("test", target, "negative" if one.denied else "positive", one)

    def _left(self, target: Mention) -> None:
        if self._onward(target):
            return
        if self.excepted and self.last and target.kind == "target":
            kind = self.last[0].kind
            opposite = denied({kind: self.last[0].value})
            if kinds_of(target, opposite, kind, self.words, graded=True):
                self._add(kind, target, opposite[kind], target)
        elif self.topic == "pain" and target.kind == "target" and {"pain", "site"} & set(target.kinds) and not self.negated:
            self._add("pain", target, "present", target, keep=True)
        elif self.negated and target.start > self.since and target.kind == "target" and target.data not in self.words.bare:
            if "reflex" in target.kinds:
                self._add("reflex", target, "normal" if target.kinds["reflex"] == "plantar" else "absent", target)
            elif "test" in target.kinds:
                self._add("test", target, "negative", target)
            elif "sphincter" in target.kinds:
                self._add("sphincter", target, "normal", target)
