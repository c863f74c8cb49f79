"""The checks of the claims, run: each kind of check has one function that measures and judges."""

from dataclasses import dataclass
from functools import singledispatch

from lasegue.knowledge import claim as vocabulary
from lasegue.ledger.probe import Probe, in_words, under
from lasegue.model.rates import lookup
from lasegue.model.rows import age_factor

YOUNG, OLD = (30.0, 40.0, 49.0), (65.0, 72.0, 80.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a check held, and what was measured, in words."""

    holds: bool
    measured: str


def run(check: vocabulary.Check, probe: Probe) -> Outcome:
    """Measure, and judge as the check expects."""
    found = measure(check, probe)
    return found if check.expect else Outcome(not found.holds, found.measured)


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share * 100:.0f} %"


def _graded(check: vocabulary.Graded, share: float, place: int | None = None) -> bool:
    bounds = (check.at_least is None or share >= check.at_least) and (check.at_most is None or share <= check.at_most)
    return bounds and (check.rank is None or (place is not None and place <= check.rank and share > 0))


def _root_share(check: vocabulary.MuscleRoot | vocabulary.SkinRoot | vocabulary.ReflexRoot, roots: dict[str, float], what: str) -> Outcome:
    place = list(roots).index(check.root) + 1
    shown = ", ".join(f"{root} {percent(share)}" for root, share in roots.items() if share >= 0.005)
    return Outcome(_graded(check, roots[check.root], place), f"{what}: {shown}")


@singledispatch
def measure(check: object, probe: Probe) -> Outcome:
    """Measure what a check asks for."""
    raise TypeError(f"no measure for {type(check).__name__}")


@measure.register
def _muscle_root(check: vocabulary.MuscleRoot, probe: Probe) -> Outcome:
    return _root_share(check, probe.roots(check.target), probe.name(check.target))


@measure.register
def _skin_root(check: vocabulary.SkinRoot, probe: Probe) -> Outcome:
    return _root_share(check, probe.roots(check.where), probe.name(check.where))


@measure.register
def _reflex_root(check: vocabulary.ReflexRoot, probe: Probe) -> Outcome:
    return _root_share(check, probe.reflex_roots(check.reflex), probe.name(check.reflex))


@measure.register
def _root_set(check: vocabulary.RootSet, probe: Probe) -> Outcome:
    members = [part for name in check.of for part in ([name] if probe.is_motor(name) else probe.sites(name))]
    most: dict[str, float] = {}
    for member in members:
        for root, share in probe.roots(member).items():
            most[root] = max(most.get(root, 0.0), share)
    carried = {root for root, share in most.items() if share >= check.at_least}
    shown = ", ".join(f"{root} up to {percent(share)}" for root, share in sorted(most.items()) if share >= 0.005)
    return Outcome(carried == set(check.roots), shown)


@measure.register
def _nerve_supplies(check: vocabulary.NerveSupplies, probe: Probe) -> Outcome:
    share = probe.in_nerve(check.nerve, check.target)
    return Outcome(_graded(check, share), f"{percent(share)} of {probe.name(check.target)} runs in the {probe.name(check.nerve)}")


@measure.register
def _power_after(check: vocabulary.PowerAfter, probe: Probe) -> Outcome:
    kept = probe.power_kept(check.lesion, check.target)
    grade = probe.grade(check.target, kept)
    told = f"{probe.name(check.lesion)}, complete: {probe.name(check.target)} keeps {percent(kept)} of its fibres"
    return Outcome((grade < 5.0) == (check.shows == "weak"), f"{told}, mean grade {min(grade, 5.0):.1f}")


@measure.register
def _skin_after(check: vocabulary.SkinAfter, probe: Probe) -> Outcome:
    kept = probe.skin_kept(check.lesion, check.where)
    chance = probe.numb(kept)
    told = f"{probe.name(check.lesion)}, complete: {probe.name(check.where)} keeps {percent(kept)}, a loss is found in {percent(chance)}"
    return Outcome((chance >= 0.5) == (check.shows == "numb"), told)


@measure.register
def _reflex_after(check: vocabulary.ReflexAfter, probe: Probe) -> Outcome:
    chance = probe.reflex_lost(check.lesion, check.reflex)
    told = f"{probe.name(check.lesion)}, complete: {probe.name(check.reflex)} reduced or absent in {percent(chance)}"
    return Outcome((chance >= 0.5) == (check.shows == "lost"), told)


@measure.register
def _disc_root(check: vocabulary.DiscRoot, probe: Probe) -> Outcome:
    field = "disc_paracentral" if check.zone == "paracentral" else "disc_foraminal"
    reached = [root.id for root in probe.knowledge.roots if getattr(root, field) == check.level]
    return Outcome(reached == [check.root], f"{check.zone} disc at {check.level} reaches {', '.join(reached) or 'no root'}")


@measure.register
def _pain_region(check: vocabulary.PainIn, probe: Probe) -> Outcome:
    region = probe.knowledge.pain_region[check.region]
    rate = lookup(region.by, probe.lesion(check.lesion).id)
    rate = region.base if rate is None else rate
    told = f"pain in {region.name}: {percent(rate)} in {probe.name(check.lesion)}, {percent(region.base)} in leg complaints in general"
    return Outcome(rate >= check.times * region.base, told)


@measure.register
def _test_rate(check: vocabulary.TestRate, probe: Probe) -> Outcome:
    case = {"tests": [{"test": probe.knowledge.test[check.test].name, "result": "positive"}]}
    rate, base = probe.in_lesion(case, check.lesion), probe.in_everyone(case)
    told = f"{probe.name(check.test)}: {rate / base:.1f} times as likely in {probe.name(check.lesion)} as in everyone"
    return Outcome(rate >= check.times * base, told)


@measure.register
def _specificity(check: vocabulary.Specificity, probe: Probe) -> Outcome:
    found = {name: _negative_elsewhere(name, check.target, probe) for name in dict.fromkeys((check.test, *check.among))}
    place = sorted(found.values(), reverse=True).index(found[check.test]) + 1
    shown = ", ".join(f"{probe.name(name)} {percent(share)}" for name, share in sorted(found.items(), key=lambda item: -item[1]))
    return Outcome(_graded(check, found[check.test], place), f"negative without the condition: {shown}")


def _negative_elsewhere(test: str, target: tuple[str, ...], probe: Probe) -> float:
    known = probe.knowledge.test[test]
    others = [lesion for lesion in probe.knowledge.lesions if not any(_has(lesion.id, family) for family in target)]
    whole = sum(lesion.prior["specialist"] for lesion in others)
    rates = {lesion.id: lookup(known.by, lesion.id) for lesion in others}
    return 1.0 - sum(lesion.prior["specialist"] * (known.base if (rate := rates[lesion.id]) is None else rate) for lesion in others) / whole


def _has(lesion: str, family: str) -> bool:
    return lesion == family or lesion.startswith(f"{family}.")


@measure.register
def _leads(check: vocabulary.Leads, probe: Probe) -> Outcome:
    ranking = probe.ranking(check.case, check.among)
    shown = ", ".join(f"{probe.name(name)} {percent(share)}" for name, share in ranking[:3])
    order = "order among its kind" if check.among else "order"
    return Outcome(under(ranking[0][0], check.lesion), f"{in_words(check.case)}: {order} {shown}")


@measure.register
def _raises(check: vocabulary.Raises, probe: Probe) -> Outcome:
    ratio = probe.in_lesion(check.case, check.lesion) / probe.in_everyone(check.case)
    told = f"{ratio:.1f} times as likely in {probe.name(check.lesion)} as in everyone"
    return Outcome(ratio >= check.times, f"{in_words(check.case)}: {told}")


@measure.register
def _separates(check: vocabulary.Separates, probe: Probe) -> Outcome:
    ratio = probe.in_lesion(check.case, check.favours) / probe.in_lesion(check.case, check.against)
    told = f"{ratio:.1f} times as likely in {probe.name(check.favours)} as in {probe.name(check.against)}"
    return Outcome(ratio >= check.times, f"{in_words(check.case)}: {told}")


@measure.register
def _red_flag(check: vocabulary.Flagged, probe: Probe) -> Outcome:
    raised = probe.urgencies(check.case)
    shown = ", ".join(f"{name} ({urgency.replace('_', ' ')})" for name, urgency in raised.items())
    return Outcome(check.urgency in raised.values(), f"{in_words(check.case)}: red flags {shown or 'none'}")


@measure.register
def _prior_share(check: vocabulary.PriorShare, probe: Probe) -> Outcome:
    prior = {lesion.id: lesion.prior["specialist"] for lesion in probe.knowledge.lesions if under(lesion.id, check.among)}
    whole = sum(prior.values())
    own = sum(value for name, value in prior.items() if under(name, check.lesion) or _has(name, check.lesion))
    place = 1 + sum(value > own for name, value in prior.items() if name != check.lesion)
    told = f"{probe.name(check.lesion)}: {percent(own / whole)} of its kind before anything is found, place {place}"
    return Outcome(_graded(check, own / whole, place), told)


@measure.register
def _older(check: vocabulary.Older, probe: Probe) -> Outcome:
    lesion = probe.lesion(check.lesion)
    young, old = (sum(float(age_factor((lesion,), age)[0]) for age in ages) / len(ages) for ages in (YOUNG, OLD))
    return Outcome(old >= check.times * young, f"{probe.name(check.lesion)}: {old / young:.1f} times as frequent from 65 on as under 50")


@measure.register
def _cause(check: vocabulary.CauseKnown, probe: Probe) -> Outcome:
    known = {cause.id: cause for cause in probe.knowledge.causes}[check.cause]
    whole = sum(cause.base for cause in probe.knowledge.causes)
    return Outcome(_graded(check, known.base / whole), f"{known.name}: {100 * known.base / whole:.1f} % of root lesions")


@measure.register
def _key_point(check: vocabulary.KeyPoint, probe: Probe) -> Outcome:
    points = [site.id for site in probe.knowledge.skin_sites if site.key_point == check.root]
    found = points[0] if points else ""
    return Outcome(bool(found) and found in probe.sites(check.where), f"key point of {check.root}: {probe.name(found) or 'none'}")


@measure.register
def _root_counts(check: vocabulary.RootCounts, probe: Probe) -> Outcome:
    names = probe.limb_muscles if check.of == "muscles" else tuple(probe.knowledge.skin_site)
    counts = [sum(share >= check.share for share in probe.roots(name).values()) for name in names]
    share = sum(check.fewest <= count <= check.most for count in counts) / len(counts)
    told = f"{percent(share)} of {check.of} have {check.fewest} to {min(check.most, max(counts))} roots of {percent(check.share)} or more"
    return Outcome(_graded(check, share), told)


@measure.register
def _root_cut_grade(check: vocabulary.RootCutGrade, probe: Probe) -> Outcome:
    singles = [lesion.id for lesion in probe.knowledge.lesions if under(lesion.id, "root")]
    grades = {(m, root): probe.grade(m, probe.power_kept(root, m)) for m in probe.limb_movements for root in singles}
    movement, root = min(grades, key=lambda key: grades[key])
    lowest = grades[movement, root]
    return Outcome(_graded(check, lowest), f"weakest: {probe.name(movement)} under {probe.name(root)}, complete, mean grade {lowest:.1f}")


@measure.register
def _crosses(check: vocabulary.Crosses, probe: Probe) -> Outcome:
    share = probe.crossing(check.of, check.segment)
    return Outcome(_graded(check, share), f"{percent(share)} of the fibres to {check.of} cross {check.segment.rstrip('.')}")


@measure.register
def _name_means(check: vocabulary.NameMeans, probe: Probe) -> Outcome:
    case = probe.case({"tests": [{"test": check.word, "result": "positive"}]})
    found = [finding.test for finding in case.tests]
    return Outcome(found == [check.test], f"{check.word!r} is read as {', '.join(probe.name(name) for name in found) or 'nothing'}")
