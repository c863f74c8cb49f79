"""What a condition of the red flags means for one case.

A condition looks for something that was found. No normal, negative or denied finding makes one false: the only words that can
are those of `unless` (long-standing, stable, a habit that explains the palsy), and they have to be said.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lasegue.case.model import (
    Case,
    HistoryFinding,
    InvestigationFinding,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    SphincterFinding,
    TestFinding,
)
from lasegue.case.wording import told
from lasegue.knowledge import Knowledge
from lasegue.knowledge.conditions import SLOW, Alternative, Condition
from lasegue.names.tempo import onset_class
from lasegue.names.values import read_since

PARTS: Final = {
    "history": "history",
    "test": "tests",
    "sphincter": "sphincter",
    "sense": "sense",
    "power": "power",
    "reflex": "reflexes",
    "pain": "pain",
    "result": "investigations",
}
"""The part of a case that a kind of condition reads."""
BOTH: Final = frozenset({"left", "right"})
SQUEEZE: Final = "anal_sphincter_squeeze"
FULL: Final = 5.0
MAIN_MUSCLE: Final = 0.2
"""A movement is weak with a muscle that gives it this share or more."""
WIDE: Final = 5
"""A finding over this many movements is a statement on the usual screen, not a test of each."""
SADDLE_ROOTS: Final = frozenset({"S3", "S4", "S5"})
SADDLE_CORE: Final = frozenset({"perianal", "perineum_mid"})
SADDLE_SHARE: Final = 0.25
"""A patch without core sites (thigh and perineum together, say) is saddle when this share of it is."""
OFF_LIMB: Final = frozenset(
    {"low_back", "thoracic_back", "sacrum_coccyx", "sacroiliac", "genital", "perineum", "abdomen", "flank", "band_trunk", "neck_arm"}
)
"""Pain regions that are no part of the limb; every other one is."""
REGION_PARTS: Final = {
    "buttock": frozenset({"ischium"}),
    "hip": frozenset({"lateral_hip"}),
    "thigh": frozenset({f"{part}_thigh" for part in ("anterior", "anterolateral", "lateral", "posterolateral", "posterior", "medial")}),
    "knee": frozenset({"medial_knee", "lateral_knee", "popliteal"}),
    "lower_leg": frozenset({"medial_leg", "shin_anterior", "lateral_leg", "calf"}),
    "ankle": frozenset({"ankle_medial", "ankle_lateral"}),
    "foot": frozenset({"foot_dorsum", "great_toe", "forefoot", "sole", "heel", "medial_foot", "lateral_foot", "toes"}),
}
"""Pain regions that are met by pain in their parts."""
REFLEX_VALUES: Final = {
    "lost": frozenset({"reduced", "absent"}),
    "brisk": frozenset({"brisk", "clonus"}),
    "clonus": frozenset({"clonus"}),
    "upgoing": frozenset({"upgoing"}),
}
CONTRADICTED_BY: Final = {"slow": frozenset({"sudden", "hours", "days", "weeks"}), "stable": frozenset({"worsening"})}
"""Words that may hold a warning back do so only where nothing that is said contradicts them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing of the case that met a condition, as it is told to the reader, and its side."""

    text: str
    side: str | None = None


class Reader:
    """Answers conditions about one case; each is looked up once."""

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self.case = case
        self.knowledge = knowledge
        self._seen: dict[str, tuple[Hit, ...]] = {}
        self._abnormal = {(kind, old): [f for f in self._may_be(kind) if is_old(f) == old] for kind in PARTS for old in (False, True)}
        self._onsets = dict(self._stated_onsets())
        self._courses = dict(self._stated("course.", case.tempo.course, "course"))

    def holds(self, alternative: Alternative) -> tuple[Hit, ...] | None:
        """What met the conditions, or None where one is not met."""
        found: dict[Hit, None] = {}
        for condition in alternative:
            if condition.unless:
                if self._said(condition):
                    return None
                continue
            hits = self.hits(condition)
            if not hits:
                return None
            found |= dict.fromkeys(hits)
        return tuple(found)

    def hits(self, condition: Condition) -> tuple[Hit, ...]:
        """Everything of the case that meets a condition, `unless` left aside."""
        if condition.text not in self._seen:
            read = self._told if condition.kind not in PARTS else self._found
            self._seen[condition.text] = tuple(read(condition))
        return self._seen[condition.text]

    def answers(self, condition: Condition) -> bool:
        """Whether a finding, normal or not, answers what a condition without a value asks for."""
        if condition.kind not in PARTS:
            stated = {"onset": self._onsets, "course": self._courses}.get(condition.kind, {})
            return bool(stated) if condition.subject == "any" else bool(self.hits(condition))
        concerns, known = _ABOUT[condition.kind], self.knowledge
        about = (f for f in self._part(condition) if concerns(f, condition, known) and _particular(f, condition, known))
        return self._other_side(about) if "other" in condition.marks else any(True for _ in about)

    def _may_be(self, kind: str) -> tuple[Any, ...]:
        """The findings of a kind less those that no condition can call abnormal: of most cases most were asked and denied."""
        found: tuple[Any, ...] = getattr(self.case, PARTS[kind])
        if kind in ("history", "pain"):
            return tuple(f for f in found if f.present)
        return tuple(f for f in found if f.value == "positive") if kind == "test" else found

    # -- what was found ------------------------------------------------------------------------------------------------

    def _part(self, condition: Condition) -> tuple[Any, ...]:
        return tuple(getattr(self.case, PARTS[condition.kind]))

    def _found(self, condition: Condition) -> Iterator[Hit]:
        old = "old" in condition.marks
        abnormal, concerns, known = _ABNORMAL[condition.kind], _ABOUT[condition.kind], self.knowledge
        mine = self._abnormal[condition.kind, old]
        found = [f for f in mine if abnormal(f, condition, known) and concerns(f, condition, known)]
        if "bilateral" in condition.marks and not self._sides(found) >= BOTH:
            return
        yield from (Hit(told(f), getattr(f, "side", None)) for f in found)

    def _sides(self, findings: Iterable[Any]) -> set[str]:
        """The sides of findings; one without a side is on both where the whole case is."""
        sides: set[str] = set()
        for finding in findings:
            sides |= {finding.side} if finding.side else BOTH if self.case.side == "bilateral" else set()
        return sides

    def _other_side(self, findings: Iterable[Any]) -> bool:
        """Whether findings speak of the leg that is not complained of; of both legs where it is not known which that is."""
        sides = self._sides(findings)
        complained = {str(self.case.side)}
        return bool(sides - complained) if complained <= BOTH else sides >= BOTH

    # -- what was told -------------------------------------------------------------------------------------------------

    def _stated(self, family: str, value: str | None, name: str) -> Iterator[tuple[str, Hit]]:
        for finding in self.case.history:
            if finding.item.startswith(family) and finding.present and not finding.past:
                word = finding.item.removeprefix(family)
                yield word, Hit(f"{name}: {finding.origin.text or word}")
        if value:
            yield value, Hit(f"{name}: {value}")

    def _stated_onsets(self) -> Iterator[tuple[str, Hit]]:
        """What is said of the beginning: words, a duration, and a finding marked as new or changed, which is weeks old at most."""
        findings: tuple[PainFinding | Power | Sense | TestFinding, ...] = (
            *self.case.pain,
            *self.case.power,
            *self.case.sense,
            *self.case.tests,
        )
        for finding in findings:
            if _is_new(finding):
                yield "weeks", Hit(f"{finding.origin.text}: {finding.origin.since}")
        days = self.case.tempo.duration_days
        if days is not None:
            yield onset_class(days), Hit(f"duration: {days:g} days")
        yield from self._stated("tempo.", self.case.tempo.onset, "onset")

    def _told(self, condition: Condition) -> Iterator[Hit]:
        kind, subject = condition.kind, condition.subject
        if kind == "onset":
            yield from (hit for word, hit in self._onsets.items() if word == subject or (subject == "slow" and word in SLOW))
        elif kind == "course":
            yield from (hit for word, hit in self._courses.items() if word == subject)
        elif kind == "age":
            if self.case.age is not None and _within(self.case.age, subject):
                yield Hit(f"age {self.case.age:g}")
        elif getattr(self.case, kind) == subject:
            yield Hit(f"{kind}: {subject.replace('_', ' ')}")

    def _said(self, condition: Condition) -> bool:
        """Whether a word that holds a warning back was said, and nothing that contradicts it."""
        against = CONTRADICTED_BY.get(condition.subject, frozenset()) if condition.kind in ("onset", "course") else frozenset()
        return bool(self.hits(condition)) and not against & {*self._onsets, *self._courses}


def is_old(finding: Any) -> bool:
    """Whether a finding is known to be old: marked so, or said to be long-standing."""
    return bool(finding.past) or getattr(finding, "since", None) == "long_standing"


def _is_new(finding: PainFinding | Power | Sense | TestFinding) -> bool:
    """Whether something abnormal is said to be new, or changed of late."""
    normal = not finding.present if isinstance(finding, PainFinding) else finding.value in ("normal", "negative")
    full = isinstance(finding, Power) and finding.grade is not None and finding.grade >= FULL
    return not (normal or full or finding.past) and read_since(finding.origin.since) in ("new", "changed")


def _within(age: float, bound: str) -> bool:
    return age >= float(bound[2:]) if bound.startswith(">=") else age < float(bound[1:])


def _particular(finding: Any, condition: Condition, knowledge: Knowledge) -> bool:
    """Whether a finding tells of what it is asked about by itself. "All other muscles normal" does so for the usual screen only."""
    if condition.subject == "any":
        return True
    if isinstance(finding, Power):
        screened = condition.subject in knowledge.movement and knowledge.movement[condition.subject].usual_screen
        return screened or (not finding.rest and len(finding.movements) < WIDE)
    return not (isinstance(finding, Sense) and finding.rest)


# -- whether a finding is about the subject of a condition -----------------------------------------------------------------


def _about_history(finding: HistoryFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    subject = condition.subject
    return finding.item.startswith(subject[:-1]) or finding.item == subject[:-2] if subject.endswith(".*") else finding.item == subject


def _about_test(finding: TestFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    return finding.test == condition.subject


def _about_sphincter(finding: SphincterFinding, condition: Condition, knowledge: Knowledge) -> bool:
    return condition.subject in ("any", finding.item, knowledge.sphincter_item[finding.item].part)


def _about_sense(finding: Sense, condition: Condition, knowledge: Knowledge) -> bool:
    sites = {site for site, share in finding.sites if share > 0}
    if condition.subject == "any":
        return True
    if condition.subject == "saddle":
        return is_saddle(finding, knowledge)
    group = knowledge.skin_group.get(condition.subject)
    return bool(sites & set(group.sites if group else {condition.subject}))


def _about_power(finding: Power, condition: Condition, knowledge: Knowledge) -> bool:
    muscles, movements = {m for m, _ in finding.muscles}, {m for m, _ in finding.movements}
    if condition.subject == "any":
        sphincter = movements <= {SQUEEZE} and muscles <= set(knowledge.movement[SQUEEZE].muscles)
        return finding.rest or not sphincter
    if condition.subject in movements or not muscles:
        return condition.subject in movements
    return bool(muscles & {muscle for muscle, share in knowledge.movement[condition.subject].muscles.items() if share >= MAIN_MUSCLE})


def _about_reflex(finding: ReflexFinding, condition: Condition, knowledge: Knowledge) -> bool:
    return knowledge.reflex[finding.reflex].kind == "tendon" if condition.subject == "any" else finding.reflex == condition.subject


def _about_pain(finding: PainFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    regions = {region for region, share in finding.regions if share > 0}
    if condition.subject == "any":
        return True
    if condition.subject == "leg":
        return bool(regions - OFF_LIMB)
    return bool(regions & ({condition.subject} | REGION_PARTS.get(condition.subject, frozenset())))


def _about_result(finding: InvestigationFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    return finding.investigation == condition.subject


def is_saddle(finding: Sense, knowledge: Knowledge) -> bool:
    """Whether a patch of skin is of the saddle. The anterior genital skin is L1 and never speaks for it."""
    if SADDLE_ROOTS & set((finding.label_root or "").split("+")):
        return True
    if SADDLE_CORE & {site for site, share in finding.sites if share > 0}:
        return True
    perineal = {s.id for s in knowledge.skin_sites if s.region == "perineum" and not {"L1", "L2"} & set(s.maps["consensus"])}
    whole = sum(share for _, share in finding.sites)
    return whole > 0 and sum(share for site, share in finding.sites if site in perineal) >= SADDLE_SHARE * whole


# -- whether a finding is abnormal in the way that a condition asks for ----------------------------------------------------


def _present(finding: HistoryFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del condition, knowledge
    return finding.present


def _positive(finding: TestFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del condition, knowledge
    return finding.value == "positive"


def _sphincter_abnormal(finding: SphincterFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del condition
    return knowledge.sphincter_item[finding.item].abnormal


def _sense_abnormal(finding: Sense, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    return finding.value in ("reduced", "absent") if condition.value == "loss" else finding.value != "normal"


def _weak(finding: Power, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    if finding.value != "graded" or finding.grade is None:
        return finding.value == "weak" and condition.value == "weak"
    return finding.grade < FULL if condition.value == "weak" else finding.grade <= float(condition.value[2:])


def _reflex_abnormal(finding: ReflexFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    return finding.value in REFLEX_VALUES[condition.value]


def _painful(finding: PainFinding, condition: Condition, knowledge: Knowledge) -> bool:
    del knowledge
    return finding.present and (condition.value != "severe" or finding.severity == "severe")


def _reported(finding: InvestigationFinding, condition: Condition, knowledge: Knowledge) -> bool:
    """The report says so, or its number does; of the two the one that warns counts."""
    study = knowledge.investigation[finding.investigation]
    if finding.number is not None and study.measure:
        beyond = finding.number > study.measure.bound if study.measure.positive == "above" else finding.number < study.measure.bound
        first = next(iter(study.results), "")
        if beyond and condition.value == first:
            return True
    return finding.result == condition.value


Judge = Callable[[Any, Condition, Knowledge], bool]
_ABOUT: Final[dict[str, Judge]] = {
    "history": _about_history,
    "test": _about_test,
    "sphincter": _about_sphincter,
    "sense": _about_sense,
    "power": _about_power,
    "reflex": _about_reflex,
    "pain": _about_pain,
    "result": _about_result,
}
_ABNORMAL: Final[dict[str, Judge]] = {
    "history": _present,
    "test": _positive,
    "sphincter": _sphincter_abnormal,
    "sense": _sense_abnormal,
    "power": _weak,
    "reflex": _reflex_abnormal,
    "pain": _painful,
    "result": _reported,
}
