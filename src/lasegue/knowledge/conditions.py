"""The language in which red flags, questions and presentations speak of a case; it is described at the head of red_flags.yaml.

Here a condition is only read and checked. What it means for a case is decided where the case is at hand.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lasegue.errors import KnowledgeError
from lasegue.knowledge.loader import Knowledge, load

SPHINCTER_PARTS: Final = ("bladder", "bowel", "anal_tone", "saddle_sensation", "sexual_function")
ONSETS: Final = ("sudden", "hours", "days", "weeks", "months", "years")
SLOW: Final = frozenset({"months", "years"})
COURSES: Final = ("worsening", "stable", "improving", "fluctuating", "episodic")
SETTINGS: Final = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `value` is what must be found (weak, <=3, lost, severe, a result), the marks say where and when."""

    text: str
    kind: str
    subject: str
    value: str = ""
    marks: frozenset[str] = field(default=frozenset())
    unless: bool = False


Alternative = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """What may stand after a kind: the subjects that are no ids, the values, whether one is needed, and the marks."""

    words: str = ""
    values: str = ""
    needed: bool = False
    marks: frozenset[str] = field(default=frozenset())


_OLD, _SIDED = frozenset({"old"}), frozenset({"bilateral", "old"})
_FORMS: Final = {
    "history": _Form(marks=_OLD),
    "test": _Form(marks=_SIDED),
    "sphincter": _Form("any|" + "|".join(SPHINCTER_PARTS), marks=_OLD),
    "sense": _Form("any|saddle", "loss", marks=_SIDED),
    "power": _Form("any", r"weak|<=[0-5](?:\.\d+)?", needed=True, marks=_SIDED),
    "reflex": _Form("any", "lost|brisk|clonus|upgoing", needed=True, marks=_SIDED),
    "pain": _Form("leg|any", "severe", marks=_SIDED),
    "result": _Form("", r"[a-z0-9_]+", needed=True, marks=_OLD),
    "onset": _Form("slow|" + "|".join(ONSETS)),
    "course": _Form("|".join(COURSES)),
    "age": _Form(r"(?:<|>=)\d+"),
    "sex": _Form("F|M"),
    "setting": _Form("|".join(SETTINGS)),
}
_TOLD: Final = frozenset({"onset", "course", "age", "sex", "setting"})
_MAY_BE_UNSAID: Final = frozenset({"history", "onset", "course", "setting"})


def parse(text: str, *, answer: bool = False) -> Condition:
    """The condition of a text; with `answer` one of `answered_by`, which has no value. Raises KnowledgeError where the form is wrong."""
    kind, *parts = text.removeprefix("unless:").split(":")
    unless = text.startswith("unless:")
    form = _FORMS.get(kind)
    if form is None:
        raise KnowledgeError([f"{text}: there is no kind of condition {kind!r}"])
    if not parts or not all(part and part == part.strip() for part in parts):
        raise KnowledgeError([f"{text}: something is missing between colons"])
    subject, *rest = parts
    value = ""
    if rest and not answer and form.values and re.fullmatch(form.values, rest[0]):
        value, *rest = rest
    condition = Condition(text, kind, subject, value, frozenset(rest), unless)
    fault = _fault_of_form(condition, form, rest, answer)
    if fault:
        raise KnowledgeError([f"{text}: {fault}"])
    return condition


def _fault_of_form(condition: Condition, form: _Form, rest: Sequence[str], answer: bool) -> str | None:
    allowed = form.marks
    if answer:  # the other leg can be asked for where a finding has a side; what was found there does not matter
        allowed = frozenset({"other"}) if "bilateral" in form.marks else frozenset()
    strange = next((word for word in rest if word not in allowed), None)
    any_told = answer and condition.kind in {"onset", "course"} and condition.subject == "any"
    if strange is not None:
        return f"{strange!r} may not stand there"
    if len(set(rest)) < len(rest):
        return "a word stands twice"
    if form.needed and not condition.value and not answer:
        return "the value is missing"
    if condition.unless and (condition.kind not in _MAY_BE_UNSAID or rest or answer):
        return "`unless` may stand before history, onset, course and setting only"
    if condition.kind in _TOLD and not any_told and not re.fullmatch(form.words, condition.subject):
        return f"{condition.subject!r} is no {condition.kind}"
    return None


def _subjects(kind: str, knowledge: Knowledge) -> Collection[str]:
    known: dict[str, Collection[str]] = {
        "history": knowledge.history_item,
        "test": knowledge.test,
        "sphincter": knowledge.sphincter_item,
        "sense": {**knowledge.skin_site, **knowledge.skin_group},
        "power": knowledge.movement,
        "reflex": knowledge.reflex,
        "pain": knowledge.pain_region,
        "result": knowledge.investigation,
    }
    return known[kind]


def _fault_of_id(condition: Condition, knowledge: Knowledge) -> str | None:
    kind, subject = condition.kind, condition.subject
    if kind in _TOLD or re.fullmatch(_FORMS[kind].words or "(?!)", subject):
        return None
    known = _subjects(kind, knowledge)
    prefix = kind == "history" and subject.endswith(".*")
    if not any(one.startswith(subject[:-1]) for one in known) if prefix else subject not in known:
        return f"{subject!r} is not known"
    if kind == "result" and condition.value and condition.value not in knowledge.investigation[subject].results:
        return f"{condition.value!r} is no result of {subject}"
    if condition.value == "upgoing" and knowledge.reflex[subject].kind != "plantar":
        return "only a plantar response goes up"
    return None


def condition_faults(text: str, knowledge: Knowledge | None = None, *, answer: bool = False) -> str | None:
    """What is wrong with a condition, in form or because it names something unknown; None when it is sound."""
    try:
        condition = parse(text, answer=answer)
    except KnowledgeError as error:
        return error.faults[0].removeprefix(f"{text}: ")
    return _fault_of_id(condition, knowledge or load())


def alternative_faults(place: str, any_of: Iterable[Sequence[str]], knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with the alternatives of a rule, each fault named by `place`; one that needs nothing to be found would always fire."""
    for one in any_of:
        yield from (f"{place}: {text}: {fault}" for text in one if (fault := condition_faults(text, knowledge)))
        if all(text.startswith("unless:") for text in one):
            yield f"{place}: {list(one)}: nothing needs to be found"


def answer_faults(place: str, answered_by: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with the conditions that answer a question."""
    return (f"{place}: {text}: {fault}" for text in answered_by if (fault := condition_faults(text, knowledge, answer=True)))


def read(any_of: Iterable[Sequence[str]]) -> tuple[Alternative, ...]:
    """The alternatives of a rule. Raises KnowledgeError at the first condition of a wrong form."""
    return tuple(tuple(parse(text) for text in one) for one in any_of)
