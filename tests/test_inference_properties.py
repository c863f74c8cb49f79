"""What must hold of any posterior, whatever the knowledge says."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lasegue.case.model import Case
from lasegue.inference import Posterior, posterior
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import case_prior
from lasegue.model import INTACT, SETTINGS, SIDES, model
from lasegue.model.observe import Evidence, observe
from lasegue.model.terms import RateTerm, RowTerm
from lasegue.wiring import Array
from patients import KINDS, OTHER, all_past, by_hand, cases, each_saddle, mirrored, power, reflex, sense, sphincter

MODEL = model()
KNOWN = MODEL.knowledge
PLENTY = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
REASSURANCE = 0.25


def solve(case: Case, evidence: Evidence | None = None) -> Posterior:
    return posterior(MODEL, case, evidence or observe(MODEL, case))


def pairs_of(found: Posterior, renamed: Array | None = None) -> dict[frozenset[int], float]:
    names = np.arange(len(found.prior)) if renamed is None else renamed
    return {frozenset((int(names[p.first]), int(names[p.second]))): q for p, q in zip(found.pairs, found.pair_probability, strict=True)}


def assert_same(one: Posterior, two: Posterior, renamed: Array | None = None) -> None:
    """Equal rows and equal pairs, the second's rows `renamed`."""
    rows = two.probability if renamed is None else two.probability[renamed]
    assert one.probability == pytest.approx(rows, rel=1e-9, abs=1e-12)
    mine, other = pairs_of(one), pairs_of(two, renamed)
    for pair in mine.keys() | other.keys():  # at the end of the list, one of two that are equally good may stand for the other
        assert mine.get(pair, other.get(pair)) == pytest.approx(other.get(pair, mine.get(pair)), rel=1e-9, abs=1e-12)


@PLENTY
@given(case=cases(KNOWN))
def test_probabilities_sum_to_one_with_the_pairs(case: Case) -> None:
    found = solve(case)
    assert found.probability.sum() + found.pair_probability.sum() == pytest.approx(1.0, abs=1e-12)
    assert found.pair_probability.min(initial=0.0) >= 0.0


@PLENTY
@given(case=cases(KNOWN))
def test_nothing_is_impossible(case: Case) -> None:
    """Every row keeps a chance, whatever was found: no table holds a 0, and no row is unreachable."""
    found = solve(case)
    assert found.probability.min() > 0.0
    assert np.isfinite(found.likelihood).all()
    assert found.likelihood.max() <= 1.0 + 1e-12
    assert all(0.0 < rate <= 1.0 for rate in found.population.values())


def test_every_lesion_has_its_rows() -> None:
    rows = {(MODEL.lesions[k].id, side) for k, side in zip(MODEL.rows.lesion, MODEL.rows.side, strict=True)}
    for lesion in KNOWN.lesions:
        assert any((lesion.id, side) in rows for side in SIDES), f"{lesion.id} has no row"
        assert not lesion.one_sided or lesion.bilateral == 1 or {(lesion.id, "left"), (lesion.id, "right")} <= rows
    for prior in MODEL.rows.prior.values():
        assert prior.sum() == pytest.approx(1.0)
    assert set(MODEL.rows.prior) == set(SETTINGS)
    assert max(np.max(prior) for prior in MODEL.rows.prior.values()) < 1.0
    assert np.min(np.max(list(MODEL.rows.prior.values()), axis=0)) > 0.0, "a row without a prior in any setting"


def test_every_row_can_be_found() -> None:
    """A story told only of one row makes that row lead, even over the commonest; `unlisted` has no story of its own."""
    rows, lost = np.arange(len(MODEL.rows.side)), []
    for row in rows:
        term = RowTerm("story", np.where(rows == row, 1.0, 1e-9))
        if MODEL.lesions[MODEL.rows.lesion[row]].id != "unlisted" and np.argmax(solve(Case(), Evidence(rows=[term])).probability) != row:
            lost.append((MODEL.lesions[MODEL.rows.lesion[row]].id, MODEL.rows.side[row]))
    assert lost == []


def test_a_pattern_belongs_to_one_lesion() -> None:
    """Rates go by the lesion that a pattern belongs to; a pattern of two lesions would give one of them the other's."""
    owners: dict[str, set[str]] = defaultdict(set)
    for lesion in KNOWN.lesions:
        for variant in (*lesion.one_sided, *lesion.both):
            owners[variant.near].add(lesion.id)
            owners[variant.far].add(lesion.id)
    assert {name: ids for name, ids in owners.items() if name != INTACT and len(ids) > 1} == {}
    assert set(owners) == set(MODEL.patterns)


@PLENTY
@given(case=cases(KNOWN), data=st.data())
def test_order_does_not_matter(case: Case, data: st.DataObject) -> None:
    """Each finding keeps its place in the file (its path), and is read in another order."""
    shuffled: dict[str, Any] = {kind: tuple(data.draw(st.permutations(getattr(case, kind)))) for kind in KINDS}
    assert_same(solve(case), solve(replace(case, **shuffled)))


def mirror_image() -> Array:
    """For each row, the row of the same lesion on the other side."""
    place = {(int(k), side): n for n, (k, side) in enumerate(zip(MODEL.rows.lesion, MODEL.rows.side, strict=True))}
    return np.array([place[int(k), OTHER.get(side, side)] for k, side in zip(MODEL.rows.lesion, MODEL.rows.side, strict=True)])


def sided(case: Case) -> Case:
    """A case in which whatever has a side names it: without one, the left stands in."""
    named = {kind: tuple(replace(f, side=f.side or "right") if hasattr(f, "side") else f for f in getattr(case, kind)) for kind in KINDS}
    return replace(case, **named)


@PLENTY
@given(case=cases(KNOWN).map(sided))
def test_the_mirrored_case_has_the_mirrored_posterior(case: Case) -> None:
    assert_same(solve(case), solve(mirrored(case)), mirror_image())


@pytest.mark.parametrize("name", ["saddle", "sound saddle", "tingling saddle", "two lesions", "modalities"])
def test_mirror_by_hand(name: str) -> None:
    case = by_hand(KNOWN)[name]
    assert_same(solve(case), solve(mirrored(case)), mirror_image())


@pytest.mark.parametrize("setting", SETTINGS)
def test_an_empty_case_has_the_prior(setting: str) -> None:
    case = Case(age=62, sex="M")
    found = posterior(MODEL, case, observe(MODEL, case), setting)
    assert found.probability / found.probability.sum() == pytest.approx(case_prior(MODEL, case, setting), rel=1e-12)
    assert found.likelihood == pytest.approx(np.ones(len(found.prior)), rel=1e-12)
    assert found.pair_probability == pytest.approx([p.prior * found.probability.sum() for p in found.pairs], rel=1e-12)


def test_an_item_with_equal_rates_changes_nothing() -> None:
    case = by_hand(KNOWN)["two lesions"]
    plain = solve(case)
    for rate in (0.02, 0.5, 0.97):
        told, seen = observe(MODEL, case), observe(MODEL, case)
        told.rows.append(RowTerm("told", np.full(len(plain.prior), rate)))
        seen.left.append(RateTerm("seen", dict.fromkeys(MODEL.patterns, rate)))
        assert_same(plain, solve(case, told))
        assert_same(plain, solve(case, seen))


@PLENTY
@given(case=cases(KNOWN), old=cases(KNOWN))
def test_what_is_past_changes_nothing(case: Case, old: Case) -> None:
    """Old findings beside the new ones.

    Diabetes stays diabetes, and "all others" leaves out what was said to be old: these are not drawn.
    """
    case, aged = sided(case), all_past(old)
    aged = replace(aged, history=tuple(f for f in aged.history if f.item != "diabetes"))
    if any(f.rest for f in case.power):
        aged = replace(aged, power=())
    both = replace(case, **{kind: (*getattr(case, kind), *moved(getattr(aged, kind))) for kind in KINDS})
    assert_same(solve(case), solve(both))


def moved(findings: tuple[Any, ...]) -> tuple[Any, ...]:
    """To other places in the file, so that no path is used twice."""
    return tuple(replace(f, origin=replace(f.origin, path=f"old.{f.origin.path}")) for f in findings)


def reassuring() -> list[Case]:
    """Every two normal sacral findings, all of them, and these beside sound saddle skin."""
    normal = [sphincter(item.id) for item in KNOWN.sphincter if not item.abnormal]
    some = [Case(sphincter=pair) for pair in combinations(normal, 2)]
    saddle = each_saddle(KNOWN, "normal")
    return [*some, Case(sphincter=tuple(normal)), Case(sense=saddle), Case(sense=saddle, sphincter=tuple(normal))]


@pytest.mark.parametrize("case", reassuring())
def test_sacral_normals_only_reassure_so_far(case: Case) -> None:
    """In every state of every lesion they stay at a quarter, at least, of what they are in the healthy."""
    evidence = observe(MODEL, case)
    assert evidence.mid
    assert all(term.normal for term in evidence.mid)
    healthy = np.ones(3)
    for term in evidence.mid:
        healthy = healthy * term.rate(np.ones(1), term.healthy)
    assert np.min(midline_likelihood(MODEL, evidence.mid) / healthy) >= REASSURANCE - 1e-12
    found = solve(case)
    none = [n for n, k in enumerate(MODEL.rows.lesion) if MODEL.lesions[k].id == "none"]
    if np.max(np.abs([np.log(term.when_kept[none] / term.healthy) for term in evidence.mid])) < 1e-12:
        assert np.min(found.likelihood / found.likelihood[none].max()) >= REASSURANCE - 1e-9


def test_the_two_sides_are_added_up() -> None:
    """One abnormal finding on each side says more of a bilateral row than either alone."""
    one = Case(power=(power("ankle_plantarflexion", 3),), sense=(sense("web1", "normal"),), reflexes=(reflex("ankle", "absent"),))
    two = replace(
        one, power=(*one.power, power("ankle_plantarflexion", 3, "right")), reflexes=(*one.reflexes, reflex("ankle", "absent", "right"))
    )
    both = np.array([side == "bilateral" for side in MODEL.rows.side])
    assert solve(two).probability[both].sum() > solve(one).probability[both].sum()
