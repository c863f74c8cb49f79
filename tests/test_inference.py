"""The engine equals brute-force enumeration: by hand for every kind of finding, on random cases, on every published case."""

from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import lasegue
from lasegue.case import BadCase, Case, read_cases
from lasegue.inference import Posterior, posterior
from lasegue.inference.pairs import KEPT_PAIRS
from lasegue.model import SETTINGS, Model, model
from lasegue.model.observe import SideTerm, observe
from lasegue.model.terms import MidTerm, RowTerm
from lasegue.names import Lexicon
from lasegue.wiring import MAPS
from oracle import Array, Found, Oracle
from patients import by_hand, cases

PUBLISHED = Path(lasegue.__file__).parent / "evaluate" / "data" / "cases.yaml"
BY_HAND = sorted(by_hand(model().knowledge))
CLOSE = 1e-12
RANDOM_CASES = 10
KNOWN_MAP = "foerster"


@cache
def oracle(map_: str | None = None) -> Oracle:
    return Oracle(model(map_))


@cache
def published() -> dict[str, Case | BadCase]:
    return {case.id: case for case in read_cases(PUBLISHED, lexicon=Lexicon.from_knowledge(model().knowledge))}


def deviation(mine: Array, other: Array) -> float:
    """The largest difference: relative above 1e-12, absolute below."""
    size = np.maximum(np.abs(mine), np.abs(other))
    return float(np.max(np.abs(mine - other) / np.where(size > CLOSE, size, 1.0), initial=0.0))


def both_ways(case: Case, map_: str | None = None, setting: str | None = None) -> tuple[Posterior, Found]:
    used: Model = model(map_)
    evidence = observe(used, case)
    where = setting or case.setting or "specialist"
    found = posterior(used, case, evidence, where)
    return found, oracle(map_).posterior(case, evidence, where, found.pairs)


def assert_equal(found: Posterior, truth: Found) -> None:
    assert deviation(found.probability, truth.probability) <= CLOSE
    assert deviation(found.pair_probability, truth.pair_probability) <= CLOSE
    assert deviation(np.log(found.likelihood), np.log(truth.likelihood)) <= CLOSE
    assert deviation(np.array([p.prior for p in found.pairs]), truth.pair_prior) <= CLOSE
    assert found.population.keys() == truth.population.keys()
    assert deviation(np.array(list(found.population.values())), np.array([truth.population[key] for key in found.population])) <= CLOSE
    assert found.probability.sum() + found.pair_probability.sum() == pytest.approx(1.0, abs=CLOSE)


def test_the_rows_are_those_of_the_oracle() -> None:
    rows = model().rows
    mine = [(model().lesions[k].id, side) for k, side in zip(rows.lesion, rows.side, strict=True)]
    assert mine == [(row.lesion.id, row.side) for row in oracle().rows]


def test_every_kind_of_finding_is_tried() -> None:
    tried = set()
    for case in by_hand(model().knowledge).values():
        evidence = observe(model(), case)
        tried |= {type(t) for t in (*evidence.left, *evidence.right, *evidence.mid, *evidence.rows)}
    assert tried == {*get_args(SideTerm), MidTerm, RowTerm}


@pytest.mark.parametrize("name", BY_HAND)
def test_by_hand(name: str) -> None:
    assert_equal(*both_ways(by_hand(model().knowledge)[name]))


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting(setting: str) -> None:
    assert_equal(*both_ways(by_hand(model().knowledge)["person"], setting=setting))


def test_with_a_known_map() -> None:
    assert KNOWN_MAP in MAPS
    found, truth = both_ways(by_hand(model().knowledge)["sites"], KNOWN_MAP)
    assert_equal(found, truth)
    unknown, _ = both_ways(by_hand(model().knowledge)["sites"])
    assert deviation(found.probability, unknown.probability) > 1e-3, "the map changes nothing"


@settings(max_examples=RANDOM_CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(case=cases(model().knowledge))
def test_random_cases(case: Case) -> None:
    assert_equal(*both_ways(case))


def _ids() -> list[Any]:
    return [entry["id"] for entry in yaml.load(PUBLISHED.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]


@pytest.mark.parametrize("name", _ids())
def test_published(name: str) -> None:
    case = published()[name]
    assert isinstance(case, Case), f"cannot be read: {case}"
    assert_equal(*both_ways(case))


def test_no_better_pair_is_screened_out() -> None:
    """Among several hundred pairs that were not kept, none scores above the least that was, by the oracle's own score."""
    case = by_hand(model().knowledge)["two lesions"]
    evidence = observe(model(), case)
    found = posterior(model(), case, evidence)
    assert len(found.pairs) >= KEPT_PAIRS
    kept = {frozenset((p.first, p.second)) for p in found.pairs}
    least = min(oracle().screened(evidence, found.prior, p.first, p.second) for p in found.pairs)
    tried = np.random.default_rng(5).choice(np.argsort(-found.probability)[:120], size=(400, 2))
    others = [(int(a), int(b)) for a, b in tried if a != b and frozenset((int(a), int(b))) not in kept]
    assert len(others) > 300
    assert max(oracle().screened(evidence, found.prior, a, b) for a, b in others) <= least * (1 + 1e-9)


def test_a_statement_that_covers_nothing_is_unused() -> None:
    weak = {"movement": "leg", "grade": "weak", "side": "right"}
    rest = {"movement": "all other muscles", "grade": "normal", "side": "right"}
    case = {"id": "statement", "power": [weak, rest]}
    alone = lasegue.localize({**case, "power": [weak]})
    both = lasegue.localize(case)
    assert [(row["lesion"], row["probability"]) for row in both["ranking"]] == [(r["lesion"], r["probability"]) for r in alone["ranking"]]
    assert [one["path"] for one in both["unused"]] == ["power[1]"]
