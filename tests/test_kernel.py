"""The compiled sums give what NumPy's give, on every kind of finding, on random cases and on every published case."""

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import lasegue
from lasegue.case import BadCase, Case, read_cases
from lasegue.inference import Posterior, engine, switch_off, switch_on
from lasegue.inference.ensemble import alive_rows, member_joint
from lasegue.model import SETTINGS, model
from lasegue.model.observe import observe
from lasegue.names import Lexicon
from patients import by_hand, cases

pytestmark = pytest.mark.skipif(not importlib.util.find_spec("numba"), reason="the extra `speed` is not installed")
PUBLISHED = Path(lasegue.__file__).parent / "evaluate" / "data" / "cases.yaml"
MODEL = model()
CLOSE = 1e-12


@cache
def published() -> dict[str, Case | BadCase]:
    return {case.id: case for case in read_cases(PUBLISHED, lexicon=Lexicon.from_knowledge(MODEL.knowledge))}


def ids() -> list[Any]:
    return [entry["id"] for entry in yaml.load(PUBLISHED.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]


def both_ways(case: Case, setting: str = "specialist", map_: str | None = None) -> tuple[Posterior, Posterior]:
    from lasegue.inference import compiled

    used = model(map_)
    evidence = observe(used, case)
    return compiled.posterior(used, case, evidence, setting), reference_posterior(used, case, evidence, setting)


def reference_posterior(*what: Any) -> Posterior:
    from lasegue.inference.posterior import posterior

    return posterior(*what)


def apart(mine: Any, other: Any) -> float:
    """The largest relative difference."""
    one, two = np.asarray(mine, dtype=np.float64), np.asarray(other, dtype=np.float64)
    return float(np.max(np.abs(one - two) / np.maximum(np.maximum(np.abs(one), np.abs(two)), 1e-300), initial=0.0))


def assert_equal(mine: Posterior, other: Posterior) -> None:
    assert apart(mine.probability, other.probability) <= CLOSE
    assert apart(mine.likelihood, other.likelihood) <= CLOSE
    assert apart(mine.by_variant, other.by_variant) <= CLOSE
    assert list(mine.population) == list(other.population)
    assert apart(list(mine.population.values()), list(other.population.values())) <= CLOSE
    pairs = [
        {(p.first, p.second): (p.prior, p.likelihood, q) for p, q in zip(f.pairs, f.pair_probability, strict=True)} for f in (mine, other)
    ]
    assert pairs[0].keys() == pairs[1].keys()
    assert all(apart(pairs[0][key], pairs[1][key]) <= CLOSE for key in pairs[0])


@pytest.mark.parametrize("name", sorted(by_hand(MODEL.knowledge)))
def test_by_hand(name: str) -> None:
    assert_equal(*both_ways(by_hand(MODEL.knowledge)[name]))


@pytest.mark.parametrize("name", ids())
def test_published(name: str) -> None:
    case = published()[name]
    assert isinstance(case, Case)
    assert_equal(*both_ways(case))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(case=cases(MODEL.knowledge))
def test_random_cases(case: Case) -> None:
    assert_equal(*both_ways(case))


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting(setting: str) -> None:
    assert_equal(*both_ways(by_hand(MODEL.knowledge)["person"], setting))


def test_with_a_known_map() -> None:
    assert_equal(*both_ways(by_hand(MODEL.knowledge)["sites"], map_="foerster"))


def test_a_full_library_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from lasegue.inference import compiled, compiled_pairs, library, library_pairs

    monkeypatch.setattr(library, "ROOM", {"muscle": 24, "skin": 6, "arc": 12})
    monkeypatch.setattr(library_pairs, "ROOM", {"muscle": 24, "skin": 6, "arc": 12})
    monkeypatch.setattr(library_pairs, "MARKS", 700)
    small, pairs = library.Library(MODEL), library_pairs.PairLibrary(MODEL)
    monkeypatch.setattr(compiled, "library", lambda _: small)
    monkeypatch.setattr(compiled_pairs, "pair_library", lambda _: pairs)
    some = [case for name, case in by_hand(MODEL.knowledge).items() if name not in ("all others normal", "the leg is weak", "reflexes")]
    for case in some:
        assert_equal(*both_ways(case))
    assert len(small.muscle.slots) < sum(len(case.power) for case in some) + 24


@pytest.fixture
def switched() -> Iterator[None]:
    assert switch_on()
    yield
    switch_off()


def test_the_switch_turns_all_answers(switched: None, monkeypatch: pytest.MonkeyPatch) -> None:
    case = by_hand(MODEL.knowledge)["two lesions"]
    evidence = observe(MODEL, case)
    monkeypatch.setattr(engine, "by_numpy", lambda *_: pytest.fail("NumPy's sums were used"))
    found = engine.posterior(MODEL, case, evidence)
    monkeypatch.undo()
    assert_equal(found, reference_posterior(MODEL, case, evidence, "specialist"))


def test_members_of_the_ensemble_are_the_same_either_way(switched: None) -> None:
    kinds = by_hand(MODEL.knowledge)
    some = [*kinds.values(), *(case for case in published().values() if isinstance(case, Case))]
    heard = [(observe(MODEL, case), case) for case in some]
    both = []
    for evidence, case in heard:
        found = reference_posterior(MODEL, case, evidence, "specialist")
        rows = alive_rows(found)
        mine = member_joint(MODEL, evidence, found, rows, 8)
        switch_off()
        both.append((mine, member_joint(MODEL, evidence, found, rows, 8)))
        switch_on()
    assert len(both) > 40
    assert max(apart(mine, other) for mine, other in both if other.size) <= CLOSE


def test_a_short_answer_is_the_same_either_way(switched: None) -> None:
    from lasegue.assess import brief

    some = [case for case in published().values() if isinstance(case, Case)][:12]
    mine = [brief(case) for case in some]
    switch_off()
    for one, other in zip(mine, [brief(case) for case in some], strict=True):
        assert one.surprise == pytest.approx(other.surprise, rel=1e-9)
        assert [(row.lesion, row.side) for row in one.ranking] == [(row.lesion, row.side) for row in other.ranking]
        assert apart([row.probability for row in one.ranking], [row.probability for row in other.ranking]) <= CLOSE
        assert (one.explained, one.unused, one.red_flags) == (other.explained, other.unused, other.red_flags)
