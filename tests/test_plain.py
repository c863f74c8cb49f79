"""The quick look at a case passes what pydantic passes and never more, and knows the same keys."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lasegue.case import plain, shape
from lasegue.evaluate import benchmark

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.sampled_from([0, 1, 120, 121, -1, 10**400, "4+"])
)
CONTAINERS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2))


def part(checks: dict[str, plain.Check]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from([*checks, "other"]), SCALARS | CONTAINERS, max_size=5)


FINDINGS = {name: st.lists(part(checks), max_size=2) for name, checks in plain.PARTS.items()}
SPHINCTER = st.dictionaries(st.sampled_from([*plain.SPHINCTER]), CONTAINERS | st.lists(part(plain.SPHINCTER_FINDING) | SCALARS, max_size=2))
CASES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(plain.CASE, CONTAINERS) | FINDINGS | {"sphincter": SPHINCTER, "history": st.lists(SCALARS) | SCALARS}
)


def accepted(data: dict[str, object]) -> bool:
    try:
        shape.CaseFile.model_validate(data)
    except ValidationError:
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(CASES)
def test_what_passes_has_no_fault(data: dict[str, object]) -> None:
    assert accepted(data) or not plain.plainly_fits(data)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*plain.CASE]), CONTAINERS)
def test_no_single_key_passes_too_much(key: str, value: object) -> None:
    assert accepted({key: value}) or not plain.plainly_fits({key: value})


@pytest.mark.parametrize("name", plain.PARTS)
def test_a_finding_needs_what_it_needs(name: str) -> None:
    whole = {key: {"past": True}.get(key, 1) for key in plain.PARTS[name]} | ({"modality": ["pin prick", 1]} if name == "sensory" else {})
    assert plain.plainly_fits({name: [whole]})
    for key in whole:
        fewer = {name: [{k: v for k, v in whole.items() if k != key}]}
        assert plain.plainly_fits(fewer) == accepted(fewer), key


def test_the_keys_are_the_same() -> None:
    assert list(plain.CASE) == list(shape.CaseFile.model_fields)
    assert {name: list(keys) for name, keys in plain.PARTS.items()} == {n: list(m.model_fields) for n, m in shape.PARTS.items()}
    assert list(plain.SPHINCTER) == list(shape.SphincterPart.model_fields)
    assert list(plain.SPHINCTER_FINDING) == list(shape.SphincterFindingPart.model_fields)


def test_what_clinicians_write_passes() -> None:
    assert [case["id"] for case in benchmark() if not plain.plainly_fits(dict(case))] == []


def test_a_case_that_fits_is_read_without_pydantic() -> None:
    code = "import sys, lasegue; lasegue.read_case({'power': [{'movement': 'EHL', 'grade': 3}]}); print('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
