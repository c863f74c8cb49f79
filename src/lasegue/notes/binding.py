"""Binds the mentions of a sentence: which value was said of which target, on which side, and whether it was denied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lasegue.names.sides import OPPOSITE
from lasegue.notes.choosing import choose, denied, kinds_of
from lasegue.notes.clause import SINKING, Clause, Draft
from lasegue.notes.joining import placed
from lasegue.notes.mention import Mention

_REST = {"power": "all other muscles", "sense": "elsewhere"}
_FAR = 14
_NEAR = 6
# Names of a pain that need no other word.
_AILMENTS = frozenset({"lbp", "backache", "sciatica", "lumbago"})
# What is said of all reflexes, of a leg or of a whole kind gives way to what stands closer.
_GENERAL = frozenset({"all reflexes", "whole leg", "all leg muscles", "all muscles", "leg"})
_REACH = 40
# Said of a toe only after it: "down to the toe" is a way, "toe down" a response.
_POINTING = frozenset({"up", "down"})
_OF = re.compile(r"\s+(?:of|at)\s+(?:(?:the|that|this|his|her|both|either|each|left|right|affected|[lr])\s+)*", re.IGNORECASE)
_BECAUSE = re.compile(r"\b(?:after|following|since|because|due|caused|when|while|than|before|by)\b", re.IGNORECASE)
_OF_PART = re.compile(r"\bof\s.*\b(?:foot|feet|ankles?|legs?|toes?|knees?|hips?)$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_NEURO = (("power", "all muscles"), ("sense", "whole leg"), ("reflex", "all reflexes"))
_LEGS = frozenset({"leg", "lowerlimb", "limb", "lowerextremity"})
_PRESENT = frozenset({"present", "noted", "evident"})
_MEASURED = re.compile(r"girth|circumference")
# The name of a test that holds its result.
_SAID = re.compile(r"positive$|pulse(?:absent|reduced|weak)|^(?:absent|reduced|weak)\w*pulse")
# A value and its target stand together: so many words that nobody knows may lie between them.
_STRANGERS = 3
_ANY_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_PLACES = frozenset({"distally", "proximally"})
_TIE = re.compile(r"\s*(?:\w+\s+)?(?:in|of|at|on|over|from|(?:up\s+)?to|around|across|along|throughout)\s[\w\s'-]*$")
_EVEN = re.compile(r"symmetric|equal", re.IGNORECASE)
_GAP = re.compile(r"[\s:=,(\[-]*(?:is|are|was|were|at|of|about|graded|grade|only|to|measures?)?[\s:=(-]*")
_NORMAL = frozenset({"normal", "negative", "5", "full"})


@dataclass(slots=True)
class Binder(Clause):
    """Goes through the mentions of one sentence from left to right."""

    def bind(self, items: Sequence[Mention]) -> list[Draft]:
        """The findings of the sentence."""
        self.items = items = placed(items)
        for place, one in enumerate(items):
            handler = getattr(self, f"_on_{one.kind}", None)
            if handler is not None:
                handler(place, one)
        self._flush()
        return self.drafts

    # targets

    def _on_target(self, place: int, one: Mention) -> None:
        if self._not_waiting(place, one):
            return
        self._sided(one)
        one.used = False
        if "rest" in one.kinds:
            self._rest(place, one)
            return
        if one.kinds.get("reflex") == "all reflexes":
            self.topic = "reflex"
        elif "reflex" in one.kinds:
            self.topic = "reflex" if one.data not in self.words.bare and set(one.kinds) == {"reflex"} else self.topic
            self.pending = [other for other in self.pending if other.kinds.get("reflex") != "all reflexes"]
        if self._stated(place, one) or self._from_held(place, one):
            return
        self.pending.append(one)

    def _not_waiting(self, place: int, one: Mention) -> bool:
        """Whether a target waits for no value of its own: it only qualifies another, or is settled by what stands around it."""
        if self.rectal and "tone" in one.data:
            self._rectal_tone(one)
            return True
        if set(one.kinds) == {"other"}:
            return True
        if self._qualifies(place, one) or self._felt_there(one):
            one.used = True
            return True
        hit = choose(one, self.bracket.value, self.topic, self.kind, self.words, graded=True) if self.bracket else None
        if hit and self.bracket:
            self._add(hit[0], one, hit[1], self.bracket)
        return hit is not None

    def _sided(self, one: Mention) -> None:
        """Give a target the side within its words, or the one that was named for what comes next."""
        inside = next((other.data for other in self.items if other.kind == "side" and one.start <= other.start < one.end), None)
        if inside:
            inside = OPPOSITE.get(inside, inside) if one.data in SINKING else inside
            one.side = self.side = inside
        elif self.explicit and self.fresh:
            one.side = self.side

    def _felt_there(self, one: Mention) -> bool:
        """Whether a place is that of a cramp, a swelling or another feeling that is no finding here."""
        if not self.held or set(self.held[-1].value) != {"other"}:
            return False
        between = self.text[self.held[-1].end - self.offset : one.start - self.offset]
        return _TIE.match(between) is not None

    def _qualifies(self, place: int, one: Mention) -> bool:
        """Whether a part of the leg only says of what a movement is: "dorsiflexion of the right foot and ankle"."""
        if one.data not in self.words.bare or "power" not in one.kinds:
            return False
        before = self._before(place, "side", "join")
        if before is None or before.kind != "target":
            return False
        between = self.text[before.end - self.offset : one.start - self.offset]
        moved = "power" in before.kinds and before.data not in self.words.bare and "site" not in before.kinds
        listed = before.data in self.words.bare and before.used and before not in self.pending and _AND.fullmatch(between) is not None
        listed = listed or (_AND.fullmatch(between) is not None and _OF_PART.search(before.text) is not None)
        return (moved and _OF.fullmatch(between) is not None) or (listed and bool(self.pending))

    def _rest(self, place: int, one: Mention) -> None:
        """ "Otherwise normal": the rest of what is spoken of."""
        wanted = [self.topic or self.kind] if (self.topic or self.kind) in _REST else list(_REST)
        kinds = {("site" if kind == "sense" else kind): _REST[kind] for kind in wanted if kind}
        for name, words in kinds.items():
            target = replace(one, kinds={name: words}, data="", side="bilateral")
            if one.data.startswith(("noother", "nothingelse")):
                self._add("sense" if name == "site" else name, target, "normal", one)
            else:
                self.pending.append(target)

    def _stated(self, place: int, one: Mention) -> bool:
        """A sign that its name alone states, or a finding of bladder or bowel that needs no value."""
        after = self._next(place, "side")
        if "sphincter_item" in one.kinds:
            part, _, word = one.kinds["sphincter_item"].partition(" ")
            waiting = [other.kinds["sphincter"] for other in self.pending if "sphincter" in other.kinds]
            part = waiting[-1] if waiting and one.data == "incontinence" else part
            self._add("sphincter", replace(one, kinds={"sphincter": part}), "normal" if self.negated else word, one)
            return True
        name = one.kinds.get("test", "")
        record = self.words.lexicon.tests_by_id.get(self._test_id(name))
        if one.data in _AILMENTS and not self.negated:
            self._add("pain", one, "present", one)
            self.topic = "pain"
            return True
        alone = record is not None and (record.id in self.words.alone or (record.kind == "wasting" and not _MEASURED.search(one.data)))
        alone = alone or (record is not None and _SAID.search(one.data) is not None)
        if not alone and not (name and one.text.lower().startswith(("cannot", "unable", "difficulty", "impaired"))):
            return False
        said = after is not None and after.kind in {"value", "grade"} and "test" in after.value and after.start - one.end < _FAR
        if said:
            return False
        if self.held and any("test" in value.value for value in self.held):
            return False
        self._add("test", one, "negative" if self.negated else "positive", one)
        return True

    def _test_id(self, name: str) -> str:
        if not name or name in self.words.lexicon.tests_by_id:
            return name
        found = self.words.lexicon.signs.find(name)
        return found.test if found else ""

    def _from_held(self, place: int, one: Mention) -> bool:
        """A value that stands before its target: "weakness of dorsiflexion", "numb sole"."""
        matching = [
            value
            for value in self.held
            if value.text.lower() not in _POINTING
            and kinds_of(one, value.value, self.topic, self.words, graded=value.kind == "grade" or value.denied)
        ]
        if not matching or self._unread(matching[-1].end, one.start) > _STRANGERS:
            return False
        before = self._before(place, "side", "modality", "topic")
        after = self._next(place, "side", "modality")
        listed = before is not None and before.kind in {"comma", "join"}
        if (
            listed
            and after is not None
            and after.kind in {"value", "grade", "angle"}
            and kinds_of(one, after.value, self.topic, self.words)
        ):
            self.held = []
            return False
        if matching[-1].used and not listed and not self._goes_on(one):
            return False
        made = False
        for value in matching:
            meaning = denied(value.value) if self.negated and value.start < self.since else value.value
            hit = choose(one, meaning, self.topic, self.kind, self.words, graded=value.kind == "grade" or value.denied)
            if hit:
                self._add(hit[0], one, hit[1], value, keep=made or listed)
                for draft in self.last:
                    draft.side = draft.side or one.side
                value.used = made = True
                told = "site" if hit[0] == "sense" else hit[0]
                self.pending = [other for other in self.pending if other.kind != "topic" or told not in other.kinds]
        return made

    def _goes_on(self, one: Mention) -> bool:
        """Whether a second target shares the value of the first: "pain from the back into the calf", not "numb after a wound"."""
        last = max((draft.end for draft in self.last), default=one.start)
        return _BECAUSE.search(self.text, max(last - self.offset, 0), one.start - self.offset) is None

    def _unread(self, start: int, end: int) -> int:
        """How many words between two places nobody read."""
        between = _ANY_WORD.finditer(self.text, max(start - self.offset, 0), max(end - self.offset, 0))
        known = [(one.start - self.offset, one.end - self.offset) for one in self.items if start <= one.start < end]
        return sum(not any(first <= word.start() < last for first, last in known) for word in between)

    # values

    def _on_value(self, place: int, one: Mention) -> None:
        value = denied(one.value) if self.negated else one.value
        shown = replace(one, value=value, denied=self.negated)
        self._say(place, shown)
        one.used = shown.used

    def _on_grade(self, place: int, one: Mention) -> None:
        before = self._before(place)
        gap = self.text[before.end - self.offset : one.start - self.offset] if before is not None else "?"
        near = before is not None and _GAP.fullmatch(gap) is not None and before.kind not in {"break", "not"}
        if one.data == "sure" or (near and (self.pending or self.last)):
            self._say(place, one)

    def _on_angle(self, place: int, one: Mention) -> None:
        self.held = []
        waiting = [target for target in self.pending if "test" in target.kinds]
        last = [draft for draft in self.last if draft.kind == "test"] or [draft for draft in self.drafts if draft.kind == "test"][-1:]
        if not waiting and any(draft.angle is None for draft in last):
            for draft in last:
                draft.angle, draft.end = one.data, max(draft.end, one.end)
            return
        tests = waiting or [replace(draft.target, side=None) for draft in last]
        group = [self._add("test", target, "", one, keep=n > 0) for n, target in enumerate(tests)]
        for draft in group:
            draft.angle = one.data
        self.pending = [target for target in self.pending if target not in waiting]

    def _say(self, place: int, one: Mention) -> None:
        graded = one.kind == "grade"
        if self._elsewhere(place, one) or self._there(place, one):
            return
        targets = [(target, choose(target, one.value, self.topic, self.kind, self.words, graded=graded)) for target in self.pending]
        hits = [(target, hit) for target, hit in targets if hit]
        real = [pair for pair in hits if pair[0].kind != "topic"]
        ahead = self._next(place, "side", "modality")
        if hits and not real and self._leads(one, ahead):
            hits = []
        if hits and all(_is_general(target) for target, _ in hits) and self._tied(one, ahead):
            self.pending, hits = [], []
        kinds = {hit[0] for _, hit in real}
        hits = [(target, hit) for target, hit in hits if target.kind != "topic" or hit[0] not in kinds]
        if not hits and self._wholly(one):
            return
        if hits:
            for n, (target, hit) in enumerate(hits):
                self._add(hit[0], target, hit[1], one, keep=n > 0)
            self.pending = []
            self.held = [one] if set(one.value) & {"pain"} else []
            one.used = True
            return
        if not self._again(place, one, ahead) and not self._named_before(one):
            self._hold(place, one, ahead)

    def _hold(self, place: int, one: Mention, ahead: Mention | None) -> None:
        """Keep a value for the target after it; one that follows another at once is kept beside it."""
        if self._spent(one, ahead):
            self.pending.pop()
        before = self._before(place, "side", "modality", "topic")
        if before is not None and before.kind in {"join", "comma"} and before.text.lower() != "with":
            before = self._before(self.items.index(before), "side", "modality", "topic", "comma")
        again = before is not None and before.kind == "value" and one.start - before.end <= _NEAR and one.kind != "grade"
        if not again:
            self._let_go(self.held)
        self.held = [*self.held, one] if again or set(one.value) == {"plantar"} else [one]

    def _wholly(self, one: Mention) -> bool:
        """ "Left leg normal", "neuro intact": power, sensation and of the whole examination the reflexes too."""
        last = self.pending[-1] if self.pending else None
        if last is None or one.value.get("power") != "normal" or one.value.get("sense") != "normal":
            return False
        kinds = _NEURO if "neuro" in last.kinds else _NEURO[:2] if last.data in _LEGS and self.topic is None else ()
        for n, (kind, name) in enumerate(kinds):
            target = replace(last, kinds={"site" if kind == "sense" else kind: name}, data="")
            self._add(kind, target, "normal", one, keep=n > 0)
        self.pending = [] if kinds else self.pending
        last.used = one.used = bool(kinds) or one.used
        return bool(kinds)

    def _named_before(self, one: Mention) -> bool:
        """ "Quads wasted, power 4/5": the power is that of the muscle."""
        last = self.last[0] if self.last and not self.pending else None
        led = one.kind == "grade" and one.text.lower().startswith(("power", "strength"))
        if last is None or not led or last.kind != "sign" or "power" not in last.target.kinds:
            return False
        self._add("power", last.target, one.value["power"], one, keep=True)
        return True

    def _spent(self, one: Mention, ahead: Mention | None) -> bool:
        """Whether a value stands right after a target that it says nothing of: "thigh weakness" leaves no thigh for what comes next."""
        last = self.pending[-1] if self.pending else None
        if last is None or last.data not in self.words.bare or "power" in last.kinds or "power" not in one.value or self._tied(one, ahead):
            return False
        between = self.text[self.pending[-1].end - self.offset : one.start - self.offset]
        return not between.strip() and one.kind == "value" and one.start >= self.pending[-1].end

    def _elsewhere(self, place: int, one: Mention) -> bool:
        """Whether a value belongs to something that is no finding here: "gait normal", "tone and bulk normal"."""
        before = self._before(place, "side", "stop", "comma")
        if before is None or set(before.kinds) != {"other"} or (self.rectal and before.data == "tone"):
            return False
        joined = self._before(self.items.index(before), "side")
        if joined is not None and joined.kind == "join" and self.pending:
            return False
        self.held = []
        one.used = before.used = True
        return True

    def _there(self, place: int, one: Mention) -> bool:
        """ "Hypoaesthesia was present": that it is there says nothing new."""
        before = self._before(place, "side", "topic")
        if before is None or before.kind != "value" or one.text.lower() not in _PRESENT or one.start - before.end > _NEAR:
            return False
        one.used = bool(self.held) and before is not self.held[-1]
        return True

    def _tied(self, one: Mention, ahead: Mention | None) -> bool:
        """Whether a preposition ties a value to the target after it: "reflexes were 2+ at the knees"."""
        if ahead is None or ahead.kind != "target" or ahead.start - one.end > _REACH or (_is_general(ahead) and ahead.data not in _PLACES):
            return False
        if not kinds_of(ahead, one.value, self.topic, self.words, graded=one.kind == "grade"):
            return False
        if ahead.data in _PLACES:
            return True
        return _TIE.match(self.text[one.end - self.offset : ahead.start - self.offset]) is not None

    def _leads(self, one: Mention, ahead: Mention | None) -> bool:
        """Whether a value without a real target before it has one after it, or says too little to stand for the whole leg."""
        if (
            ahead is not None
            and ahead.kind == "target"
            and bool(kinds_of(ahead, one.value, self.topic, self.words, graded=one.kind == "grade"))
        ):
            return True
        return not set(one.value.values()) & _NORMAL and one.kind != "grade"

    def _again(self, place: int, one: Mention, ahead: Mention | None) -> bool:
        """The same target again: its other side, or a second thing said of it."""
        before, after = self._before(place), self._next(place)
        if self._also(one, before, ahead):
            return True
        if not self.pending and self.last and _EVEN.search(one.text):
            for draft in self.last:
                draft.side = draft.side or "bilateral"
            one.used = True
            return True
        said = [(draft, choose(draft.target, one.value, draft.kind, draft.kind, self.words, graded=True)) for draft in self.last]
        alike = [(draft, hit) for draft, hit in said if hit and hit[0].replace("plantar", "reflex") == draft.kind]
        if not alike or self.pending:
            return False
        sided = before is not None and before.kind == "side" and not (after is not None and after.kind == "target")
        follows = (
            after is not None
            and after.kind == "side"
            and not (ahead is not None and ahead.kind == "target" and ahead.start - after.end < _FAR)
        )
        if not (sided or follows):
            return False
        for n, (draft, hit) in enumerate(alike):
            made = self._add(draft.kind, replace(draft.target, side=None), hit[1], one, keep=n > 0)
            made.side = self.side if sided else None
            made.sure = sided or draft.sure
        one.used = True
        return True

    def _also(self, one: Mention, before: Mention | None, ahead: Mention | None) -> bool:
        """A second thing said of the same place: "the sole hurts and tingles", "numb, even bedclothes hurt"."""
        felt = {"sense", "pain", "sign"}
        if self.pending or not self.last or self.last[0].kind not in felt | {"power"} or not set(one.value) & felt or len(one.value) > 2:
            return False
        joined = before is not None and before.kind == "join" and not (ahead is not None and ahead.kind == "target")
        if not joined and one.value.get("sense") != "hyperalgesia":
            return False
        made = False
        for draft in list(self.last):
            hit = choose(draft.target, one.value, None, None, self.words)
            if hit:
                again = self._add(hit[0], draft.target, hit[1], one, keep=made)
                again.side, again.sure, made = draft.side, draft.sure, True
        return made


def _is_general(target: Mention) -> bool:
    return target.kind == "topic" or bool(_GENERAL & set(target.kinds.values()))
