"""The claim ledger: complete, executable, and honest about what was measured and who has reviewed it."""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import get_args

import msgspec
import pytest

from lasegue.errors import InputError, KnowledgeError
from lasegue.knowledge import claim as vocabulary
from lasegue.knowledge import load
from lasegue.ledger import TOPICS, VERDICTS, Entry, as_dict, build, claims_command, ledger
from lasegue.ledger.checking import run
from lasegue.ledger.measure import Bench
from lasegue.ledger.probe import Probe
from lasegue.ledger.text import in_words
from lasegue.model import build as build_model
from lasegue.model import model

COUNTS = {"s0": ("doc_tables", 68), "s1": ("doc_garden", 40), "s2": ("doc_revision", 238), "s3": ("doc_answer", 52)}
ANATOMY = {"myotome", "dermatome", "cutaneous_nerve", "reflex", "disc", "pain", "test"}
RECENT = 2016


@cache
def probe() -> Probe:
    return Probe(Bench(model()))


def entry(id_: str) -> Entry:
    return next(one for one in ledger() if one.claim.id == id_)


def test_no_claim_is_left_out() -> None:
    wanted = [f"{prefix}-{n:03d}" for prefix, (_, count) in COUNTS.items() for n in range(1, count + 1)]
    assert [one.claim.id for one in ledger()] == wanted
    assert len(wanted) == 398
    assert all(one.claim.sources == (COUNTS[one.claim.id[:2]][0],) for one in ledger())
    assert all(one.claim.text and one.claim.place for one in ledger())


def test_every_check_runs_and_bears_out_its_verdict() -> None:
    fresh = build(model())
    assert {one.claim.id: [(outcome.holds, outcome.measured) for outcome in one.outcomes] for one in fresh if not one.agrees} == {}
    assert {one.claim.id: one.outcomes for one in ledger()} == {one.claim.id: one.outcomes for one in fresh}, "what was recorded is stale"


def test_nearly_all_of_the_anatomy_is_checked() -> None:
    assert ledger().counts()["reproduced"] >= 185
    anatomical = [one for one in ledger() if one.claim.topic in ANATOMY]
    assert sum(bool(one.claim.check) for one in anatomical) >= 0.95 * len(anatomical)


def test_each_verdict_carries_what_it_needs() -> None:
    for one in ledger():
        claim = one.claim
        assert bool(claim.check) or claim.verdict != "reproduced", claim.id
        assert not (claim.check and claim.verdict in ("told", "superseded")), claim.id
        if claim.verdict == "disputed":
            assert claim.answer, claim.id
            assert claim.answer_sources or one.conflicts, claim.id
        if claim.verdict == "superseded":
            assert claim.answer, claim.id
            assert any((load().source[name].year or 0) >= RECENT for name in claim.answer_sources), claim.id


def test_nobody_has_reviewed_anything_yet_and_it_says_so() -> None:
    assert all(one.claim.review == vocabulary.Review("draft", None, None) for one in ledger())
    printed = claims_command(topic="governance")
    assert "No clinician has reviewed any of these claims yet" in printed
    assert printed.count("draft, not reviewed") == len(ledger().where(topic="governance"))


def test_a_review_is_printed_with_name_and_date() -> None:
    whole = ledger().where(topic="governance")
    first = whole.entries[0]
    signed = msgspec.structs.replace(first.claim, review=vocabulary.Review("reviewed", "A. Neurologist", "2027-01-31"))
    printed = in_words(replace(whole, entries=(replace(first, claim=signed), *whole.entries[1:])))
    assert "reviewed by A. Neurologist, 2027-01-31" in printed
    assert f"1 of {len(whole)} reviewed by a clinician." in printed


def test_every_kind_of_check_is_used() -> None:
    used = Counter(type(check) for one in ledger() for check in one.claim.check)
    assert set(used) == set(get_args(vocabulary.Check))


def test_a_check_judges_both_ways() -> None:
    first: dict[type, vocabulary.Check] = {}
    for one in ledger():
        for check in one.claim.check:
            first.setdefault(type(check), check)
    for check in first.values():
        turned = msgspec.structs.replace(check, expect=not check.expect)
        assert run(check, probe()).holds != run(turned, probe()).holds
        assert run(check, probe()).measured == run(turned, probe()).measured


def test_an_unknown_name_in_a_check_is_refused() -> None:
    with pytest.raises(KnowledgeError, match=r"no lesion is called root\.L9"):
        run(vocabulary.PowerAfter(lesion="root.L9", target="hip_flexion", shows="weak"), probe())
    with pytest.raises(KnowledgeError, match="nowhere"):
        run(vocabulary.SkinRoot(where="nowhere", root="L5", rank=1), probe())
    with pytest.raises(KnowledgeError, match=r"cord\."):
        run(vocabulary.Crosses(of="sites", segment="cord."), probe())


def test_wrong_wiring_is_noticed() -> None:
    """With the roots of one muscle exchanged, just the claims that rest on them lose their verdict."""
    known = load()
    wrong = msgspec.structs.replace(known.muscle["extensor_hallucis_longus"], roots={"S1": 0.9, "S2": 0.1})
    swapped = tuple(wrong if muscle.id == wrong.id else muscle for muscle in known.muscles)
    broken = build(build_model(msgspec.structs.replace(known, muscles=swapped)))
    lost = {one.claim.id for one in broken.where(topic="myotome") if not one.agrees}
    assert {"s2-055", "s2-061", "s2-115"} <= lost
    assert {"s2-053", "s2-057", "s0-038"}.isdisjoint(lost)
    assert "the checks no longer bear this verdict out" in in_words(broken.where(topic="myotome"))


@pytest.mark.parametrize(
    ("id_", "verdict", "says"),
    [
        ("s2-177", "disputed", "Inversion is spared"),
        ("s2-178", "disputed", "hip abduction and inversion"),
        ("s0-004", "disputed", "L1 carries so little"),
        ("s2-157", "superseded", "do not offer gabapentinoids"),
        ("s2-169", "superseded", "within 4 hours"),
        ("s2-213", "reproduced", ""),
        ("s0-041", "reproduced", ""),
    ],
)
def test_claims_that_matter_most(id_: str, verdict: str, says: str) -> None:
    assert entry(id_).verdict == verdict
    assert says in entry(id_).claim.answer


def test_all_conflicts_are_carried_with_their_positions() -> None:
    conflicts = ledger().conflicts
    assert [conflict.id for conflict in conflicts] == [f"c{n:02d}" for n in range(1, 67)]
    assert Counter(conflict.severity for conflict in conflicts) == {"safety": 12, "teaching": 19, "granularity": 35}
    ids = {one.claim.id for one in ledger()}
    for conflict in conflicts:
        assert conflict.positions, conflict.id
        assert conflict.consensus, conflict.id
        assert conflict.evidence, conflict.id
        assert {claim for position in conflict.positions for claim in position.claims} <= ids
        holders = {position.holder for position in conflict.positions}
        assert holders & {source for source, _ in COUNTS.values()}, conflict.id
        assert len(conflict.positions) > 1 or conflict.id in {"c11", "c57"}, conflict.id


def test_positions_name_claims_of_their_holder() -> None:
    for conflict in ledger().conflicts:
        for position in conflict.positions:
            assert all(COUNTS[claim[:2]][0] == position.holder for claim in position.claims), conflict.id


def test_filters() -> None:
    whole = ledger()
    assert len(whole.where()) == 398
    assert sum(len(whole.where(topic=topic)) for topic in TOPICS) == 398
    assert sum(len(whole.where(verdict=verdict)) for verdict in VERDICTS) == 398
    some = whole.where(topic="dermatome", root="L4", verdict="disputed")
    assert {one.claim.id for one in some} == {"s1-022", "s1-023", "s1-025", "s1-026", "s3-015"}
    assert {"c26", "c27"} <= {conflict.id for conflict in some.conflicts}
    assert len(some.conflicts) < len(whole.conflicts)


@pytest.mark.parametrize("wrong", [{"topic": "magic"}, {"root": "L9"}, {"verdict": "true"}])
def test_unknown_filters_are_refused_with_the_choices(wrong: dict[str, str]) -> None:
    with pytest.raises(InputError, match="choose one of"):
        claims_command(**wrong)


def test_json_has_frozen_keys() -> None:
    told = json.loads(claims_command(topic="reflex", as_json=True))
    assert told == json.loads(json.dumps(as_dict(ledger().where(topic="reflex"))))
    assert set(told) == {"knowledge_version", "counts", "claims", "conflicts"}
    assert set(told["counts"]) == {"reproduced", "disputed", "told", "superseded"}
    keys = {
        "id", "topic", "text", "roots", "verdict", "agrees", "measured", "answer", "answer_sources",
        "sources", "place", "confidence", "conflicts", "review",
    }  # fmt: skip
    assert all(set(claim) == keys for claim in told["claims"])
    assert {claim["review"]["status"] for claim in told["claims"]} == {"draft"}
    assert all(
        set(conflict) == {"id", "title", "nature", "severity", "positions", "evidence", "consensus", "confidence", "rule", "sources"}
        for conflict in told["conflicts"]
    )


def test_print_shows_measure_answer_and_conflict() -> None:
    printed = claims_command(topic="reflex")
    assert "measured: S1 radiculopathy, complete" in printed
    assert "Where texts disagree" in printed
    assert max(map(len, printed.splitlines())) <= 120


def test_words_are_the_products_own() -> None:
    texts = [text for one in ledger() for text in (one.claim.text, one.claim.answer, one.claim.place)]
    texts += [p.says for c in ledger().conflicts for p in c.positions] + [c.consensus + c.evidence + c.title for c in ledger().conflicts]
    assert [text for text in texts if re.search(r"\bseeds?\b|/work|helper", text)] == []
