"""The knowledge: it loads, it is sound, and every rule notices a breach of it."""

import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lasegue.errors import KnowledgeError
from lasegue.knowledge import Knowledge, load
from lasegue.knowledge.checks import RULES, check
from lasegue.knowledge.checks.skin import unserved
from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import COMPILED, compiled, digest, parse, parse_yaml, read_texts

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "lasegue" / "knowledge" / "data"
EXAMPLES = Path(__file__).parent / "knowledge"
INVALID = sorted((EXAMPLES / "invalid").glob("*.yaml"))
VALID = sorted((EXAMPLES / "valid").glob("*.yaml"))
WHILE_READING = {"keys_once", "records_fit_their_type"}


@cache
def whole() -> Knowledge:
    return load()


def overlaid(path: Path) -> Knowledge:
    """The real knowledge, with the records of an example in the place of those of the same id."""
    raw = parse_yaml(path.read_bytes(), path.stem)
    typed = {kind: [msgspec.convert(record, KINDS[kind]) for record in records] for kind, records in raw.items()}
    fields: dict[str, Any] = {}
    for kind, records in typed.items():
        ids = {record.id for record in records}
        kept = tuple(record for record in getattr(whole(), kind) if record.id not in ids) if records else ()
        fields[kind] = kept + tuple(records)
    return msgspec.structs.replace(whole(), **fields)


def test_the_knowledge_is_sound() -> None:
    assert check(whole()) == []


def test_every_kind_has_its_file_and_every_file_its_kind() -> None:
    assert sorted(path.stem for path in DATA.glob("*.yaml")) == sorted(KINDS)
    assert all(hasattr(Knowledge, kind) for kind in KINDS)


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert {path.stem for path in INVALID} == set(RULES) | WHILE_READING
    assert VALID


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_breaches_are_noticed(path: Path) -> None:
    assert path.read_text().startswith(f"# rule: {path.stem}\n# Must fail: ")
    if path.stem in WHILE_READING:
        with pytest.raises((KnowledgeError, msgspec.ValidationError)):
            overlaid(path)
    else:
        assert list(RULES[path.stem](overlaid(path))) != []


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_sound_records_pass(path: Path) -> None:
    assert path.read_text().startswith("# Must pass: ")
    sound = set(check(whole()))
    assert [fault for fault in check(overlaid(path)) if fault not in sound] == []


def test_duplicate_keys_and_wrong_types_are_named_with_file_and_record() -> None:
    with pytest.raises(KnowledgeError, match=r"muscles\.yaml: line 1: the key id stands twice"):
        parse({"muscles": b"- {id: soleus, id: gastrocnemius}"})
    with pytest.raises(KnowledgeError, match=r"roots\.yaml: record 1 \(L1\): .*`plexus`"):
        parse({"roots": b"- {id: L1, name: L1 root, sources: [Gray], basis: judgement, confidence: low}"})
    with pytest.raises(KnowledgeError, match=r"roots\.yaml"):
        parse({"roots": b"- {id: [L1"})


def test_compiled_and_parsed_are_the_same() -> None:
    made = msgspec.json.decode(compiled(DATA), type=Knowledge)
    texts = read_texts(DATA)
    assert made.digest == digest(texts)
    parsed = parse(texts)
    assert all(getattr(made, kind) == getattr(parsed, kind) for kind in KINDS)


def test_the_build_hook_compiles_beside_the_data(tmp_path: Path) -> None:
    package = tmp_path / "lasegue"
    for source in (ROOT / "src" / "lasegue").glob("errors.py"):
        package.mkdir()
        (package / source.name).write_bytes(source.read_bytes())
    for source in (ROOT / "src" / "lasegue" / "knowledge").rglob("*"):
        if source.suffix in {".py", ".yaml"}:
            target = package / "knowledge" / source.relative_to(ROOT / "src" / "lasegue" / "knowledge")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    assert hook.compile_knowledge(package) == package / "knowledge" / COMPILED
    assert msgspec.json.decode((package / "knowledge" / COMPILED).read_bytes(), type=Knowledge).digest == digest(read_texts(DATA))


def test_loading_imports_no_arrays() -> None:
    code = "import sys, lasegue.knowledge as k; k.load(); print(sorted({'numpy', 'pydantic', 'rich', 'click'} & set(sys.modules)))"
    knowledge_alone = "import sys, types; p = types.ModuleType('lasegue'); p.__path__ = [sys.argv[1]]; sys.modules['lasegue'] = p; " + code
    run = subprocess.run(
        [sys.executable, "-c", knowledge_alone, str(ROOT / "src" / "lasegue")], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_unserved_is_the_share_that_finds_no_branch() -> None:
    carried = {"a": ("L4",), "b": ("L4", "L5")}
    assert unserved({"a": 0.5, "b": 0.5}, {"L4": 0.5, "L5": 0.5}, carried) == pytest.approx(0)
    assert unserved({"a": 0.5, "b": 0.5}, {"L4": 0.2, "L5": 0.8}, carried) == pytest.approx(0.3)
    assert unserved({"a": 1.0}, {"S1": 1.0}, carried) == pytest.approx(1)


# what the anatomy must say, whatever the weights


def leading(shares: dict[str, float]) -> str:
    return max(shares, key=lambda name: shares[name])


def movement_roots(movement: str) -> dict[str, float]:
    total: dict[str, float] = {}
    for muscle, share in whole().movement[movement].muscles.items():
        for root, part in whole().muscle[muscle].roots.items():
            total[root] = total.get(root, 0) + share * part
    return total


@pytest.mark.parametrize(
    ("movement", "root"),
    [
        ("hip_flexion", "L2"),
        ("hip_adduction", "L3"),
        ("knee_extension", "L3"),
        ("ankle_dorsiflexion", "L5"),
        ("great_toe_extension", "L5"),
        ("hip_abduction", "L5"),
        ("ankle_inversion_plantarflexed", "L5"),
        ("ankle_eversion", "L5"),
        ("ankle_plantarflexion", "S1"),
        ("hip_extension", "S1"),
        ("knee_flexion", "S1"),
        ("anal_sphincter_squeeze", "S3"),
    ],
)
def test_leading_root_of_a_movement(movement: str, root: str) -> None:
    assert leading(movement_roots(movement)) == root


def test_no_muscle_of_the_leg_hangs_on_one_root() -> None:
    assert [muscle.id for muscle in whole().muscles if max(muscle.roots.values()) > 0.8] == []


def above(nerve: str) -> list[str]:
    found = [nerve]
    while (parent := whole().nerve[found[-1]].parent) is not None:
        found.append(parent)
    return found


def test_plantarflexed_inversion_escapes_the_peroneal_nerve() -> None:
    muscles = whole().movement["ankle_inversion_plantarflexed"].muscles
    assert [muscle for muscle in muscles if "common_peroneal" in above(whole().muscle[muscle].nerve)] == []


def test_short_head_of_biceps_is_the_peroneal_muscle_above_the_knee() -> None:
    assert above(whole().muscle["biceps_femoris_short"].nerve) == ["sciatic_peroneal_division", "sciatic"]


@pytest.mark.parametrize("map_", ["consensus", "foerster", "lee2008"])
def test_key_points_lead_with_their_root(map_: str) -> None:
    unsure = {"T12", "L1", "S4-5"}  # the groin is T12 or L1 by taste; S4 and S5 are one point
    points = {site.key_point: site for site in whole().skin_sites if site.key_point}
    assert set(points) == {"T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4-5"}
    for root, site in points.items():
        if root not in unsure and map_ in site.maps:
            assert leading(site.maps[map_]) == root, site.id


def test_the_sural_nerve_has_two_parents() -> None:
    shares = whole().skin_site["heel_lateral"].branches
    tibial = sum(share for branch, share in shares.items() if "tibial" in above(whole().skin_branch[branch].nerve))
    assert tibial == pytest.approx(0.7)
    assert 1 - tibial == pytest.approx(0.3)
    assert all(whole().skin_branch[branch].snap == "sural" for branch in shares)


def test_eighty_nine_sites_three_of_the_maps_and_all_groups() -> None:
    assert len(whole().skin_sites) == 89
    for root in ("T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5"):
        assert whole().skin_group[f"dermatome.{root}"].sites
    for id_ in ("sole", "lateral_leg", "stocking.knees", "saddle", "territory.common_peroneal", "territory.sural"):
        assert whole().skin_group[id_].sites
    assert [group.id for group in whole().skin_groups if not group.sites] == ["upper_limb", "trunk", "face"]


def test_all_other_muscles_means_the_usual_screen_only() -> None:
    rest = [group for group in whole().movement_groups if group.rest]
    assert [group.id for group in rest] == ["all_other_muscles"]
    assert set(rest[0].movements) == {movement.id for movement in whole().movements if movement.usual_screen}


def test_ankle_jerk_fades_with_age_as_published() -> None:
    assert whole().reflex["ankle"].absent_when_old == pytest.approx(0.23)
    assert "Vrancken2006" in whole().reflex["ankle"].sources


def test_addresses_are_pages_of_the_work() -> None:
    copies = ("scribd", "slideshare", "docslib", "studylib", "metajournal")
    urls = {source.id: source.url for source in whole().sources if source.url}
    assert [id_ for id_, url in urls.items() if any(word in url for word in copies)] == []
    assert [id_ for id_, url in urls.items() if not re.match(r"https://[a-z]", url)] == []
