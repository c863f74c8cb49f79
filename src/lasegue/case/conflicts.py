"""Findings that cannot both hold, findings said twice, and statements that a narrower one cuts back.

Of two that cannot both hold, the abnormal one is kept where a case is read leniently: a warning must not be lost to a contradiction.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from lasegue.case.context import Context, Found
from lasegue.case.model import Power, ReflexFinding, Sense, Shares, SphincterFinding, TestFinding
from lasegue.names.resolved import evenly, scaled

_SAME_GRADE = 1.0
_NORMAL_GRADE = 5.0
_IRRITATION = frozenset({"paraesthesia", "hyperalgesia"})
Finding = TypeVar("Finding", Power, Sense, ReflexFinding, TestFinding)


def settle(context: Context) -> None:
    """Report contradictions, merge what was said twice, and let the narrower of two statements win."""
    found = context.found
    found.power = _settle_power(context, found.power)
    found.sense = _settle_sense(context, found.sense)
    found.reflexes = _merge(context, found.reflexes, lambda one: (one.reflex, one.side, one.past), lambda one: one.value, "reflex")
    found.tests = _merge(
        context,
        found.tests,
        lambda one: (one.test, one.side, one.past, frozenset(one.parts)),
        lambda one: "" if one.value == "equivocal" else one.value,
        "test",
    )
    _check_sphincter(context, found)


def _merge(
    context: Context, findings: Sequence[Finding], key: Callable[[Finding], object], value: Callable[[Finding], str], kind: str
) -> list[Finding]:
    """One finding for each target; two that differ are a fault."""
    kept: dict[object, Finding] = {}
    for finding in findings:
        before = kept.setdefault(key(finding), finding)
        if value(before) != value(finding) and value(before) and value(finding):
            kept[key(finding)] = _clash(context, before, finding, f"the same {kind} is {value(before)}", value(finding))
    return list(kept.values())


def _clash(context: Context, before: Finding, finding: Finding, first: str, second: str) -> Finding:
    """The one of two contradicting findings that is kept; the other is a fault or, leniently, unused."""
    kept, other = (finding, before) if _harmless(before) and not _harmless(finding) else (before, finding)
    message = (
        f"{first} at {before.origin.path} and {second} {'here' if other is finding else f'at {finding.origin.path}'}: both cannot hold"
    )
    context.unusable(other.origin.path, other.origin.text, message)
    return kept


def _harmless(finding: Power | Sense | ReflexFinding | TestFinding) -> bool:
    """Whether a finding only reassures."""
    graded = isinstance(finding, Power) and finding.value == "graded"
    return finding.grade == _NORMAL_GRADE if graded else finding.value in {"normal", "negative"}  # type: ignore[union-attr]


def _targets(finding: Power) -> frozenset[str]:
    return frozenset(identifier for identifier, _ in (*finding.movements, *finding.muscles))


def _strength(finding: Power) -> str:
    """Power findings in classes that exclude each other: weak and normal cannot both hold, the rest can."""
    if finding.value == "weak":
        return "weak"
    return "normal" if finding.grade == _NORMAL_GRADE else "graded" if finding.grade is not None else ""


def _settle_power(context: Context, findings: Sequence[Power]) -> list[Power]:
    kept: dict[object, Power] = {}
    for finding in findings:
        key = (_targets(finding), finding.side, finding.past, finding.rest, finding.value in {"limited_by_pain", "give_way"})
        before = kept.get(key)
        if before is None:
            kept[key] = finding
        elif before.grade is not None and finding.grade is not None:
            if abs(before.grade - finding.grade) > _SAME_GRADE:
                kept[key] = _clash(context, before, finding, f"grade {before.grade:g}", f"grade {finding.grade:g}")
            elif finding.grade < before.grade:
                kept[key] = finding
        elif {_strength(before), _strength(finding)} == {"weak", "normal"}:
            kept[key] = _clash(context, before, finding, _strength(before), _strength(finding))
        elif before.grade is None and finding.grade is not None:
            kept[key] = finding
    return [one for one in (_narrowed_power(finding, list(kept.values())) for finding in kept.values()) if one is not None]


def _narrowed_power(finding: Power, others: Sequence[Power]) -> Power | None:
    """A statement about many muscles holds for those that no narrower statement names."""
    if finding.rest or finding.label_root:
        return finding
    mine = _targets(finding)
    narrower = {
        target
        for other in others
        if other.side == finding.side and other.past == finding.past and not other.rest and _targets(other) < mine
        for target in _targets(other)
    }
    if not narrower:
        return finding
    movements = scaled(pair for pair in finding.movements if pair[0] not in narrower)
    muscles = scaled(pair for pair in finding.muscles if pair[0] not in narrower)
    return replace(finding, movements=movements, muscles=muscles) if movements or muscles else None


def _sites(finding: Sense) -> frozenset[str]:
    return frozenset(site for site, _ in finding.sites)


def _settle_sense(context: Context, findings: Sequence[Sense]) -> list[Sense]:
    kept: dict[object, Sense] = {}
    for finding in findings:
        mark = finding.value if finding.value in _IRRITATION else ""
        key = (_sites(finding), finding.label_root, finding.side, finding.modalities, finding.source, finding.past, finding.rest, mark)
        before = kept.setdefault(key, finding)
        if before.value != finding.value:
            kept[key] = _clash(context, before, finding, before.value, finding.value)
    settled = list(kept.values())
    narrowed = [one for one in (_narrowed_sense(finding, settled) for finding in settled) if one is not None]
    return [one for one in (_elsewhere(context, finding, settled) if finding.rest else finding for finding in narrowed) if one is not None]


def _may_clash(one: Sense, other: Sense) -> bool:
    """Whether two findings on sensation speak of the same thing; a finding without modality or source speaks of any."""
    same_modality = not one.modalities or not other.modalities or set(one.modalities) & set(other.modalities)
    same_source = "unknown" in {one.source, other.source} or one.source == other.source
    irritated = (one.value in _IRRITATION) or (other.value in _IRRITATION)
    return bool(
        one.side == other.side and one.past == other.past and same_modality and same_source and one.value != other.value and not irritated
    )


def _narrowed_sense(finding: Sense, others: Sequence[Sense]) -> Sense | None:
    """The narrower of two overlapping statements wins: the broader keeps only the sites that are left."""
    if finding.rest or finding.label_root:
        return finding
    mine = _sites(finding)
    taken: set[str] = set()
    for other in others:
        shared = mine & _sites(other)
        if shared and len(_sites(other)) < len(mine) and not other.rest and not other.label_root and _may_clash(finding, other):
            taken |= shared
    if not taken:
        return finding
    left = scaled(pair for pair in finding.sites if pair[0] not in taken)
    return replace(finding, sites=left) if left else None


def _elsewhere(context: Context, finding: Sense, others: Sequence[Sense]) -> Sense | None:
    """ "Normal elsewhere": every place on that leg, or on the part named, which no other statement of sensation names."""
    named = {site for other in others if other.side == finding.side and not other.rest for site in _sites(other)}
    left: Shares = evenly(site for site in (dict(finding.sites) or context.lexicon.leg_sites) if site not in named)
    return replace(finding, sites=left) if left else None


def _check_sphincter(context: Context, found: Found) -> None:
    """A part is not normal and something else at once."""
    kept: dict[tuple[str, bool], SphincterFinding] = {}
    for finding in found.sphincter:
        kept.setdefault((finding.item, finding.past), finding)
    found.sphincter = list(kept.values())
    for part in {finding.item.split(".")[0] for finding in found.sphincter}:
        normal = context.lexicon.sphincters.normal(part)
        mine = [finding for finding in found.sphincter if finding.item.split(".")[0] == part and not finding.past]
        others = [finding for finding in mine if finding.item != normal and not finding.item.endswith(("pvr_low", "pvr_high"))]
        said = next((finding for finding in mine if finding.item == normal), None)
        if said and others:
            other = others[0]
            dropped = said if context.lenient else other
            place = f"at {other.origin.path}" if context.lenient else "here"
            message = f"{part.replace('_', ' ')} is normal at {said.origin.path} and {other.origin.text} {place}: both cannot hold"
            context.unusable(dropped.origin.path, dropped.origin.text, message)
            if context.lenient:
                found.sphincter.remove(said)
