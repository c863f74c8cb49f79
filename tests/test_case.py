"""Reading case files: what is understood, what is wrong, and how it is said."""

import contextlib
import dataclasses
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lasegue.case import BadCase, Case, case_schema, case_to_dict, read_case, read_cases
from lasegue.errors import CaseError
from lasegue.knowledge import load
from lasegue.names import Lexicon

LEXICON = Lexicon.from_knowledge(load())


def read(lenient=False, **data):
    return read_case(data, lexicon=LEXICON, lenient=lenient)


def faults(**data):
    with pytest.raises(CaseError) as caught:
        read(**data)
    return {fault.path: fault for fault in caught.value.faults}


def cases(source, **more):
    return list(read_cases(source, lexicon=LEXICON, **more))


EXAMPLE = {
    "format": 1,
    "id": "demo",
    "age": 52,
    "sex": "F",
    "side": "left",
    "onset": "sudden",
    "course": "worsening",
    "setting": "specialist",
    "history": ["sat with legs crossed for hours", "no diabetes", "worse walking, eased by bending forward"],
    "pain": [{"site": "posterior thigh", "side": "left", "severity": "severe"}],
    "sensory": [{"site": "dorsum of foot", "side": "left", "modality": "pin prick", "finding": "reduced", "source": "tested"}],
    "power": [
        {"movement": "great toe extension", "side": "left", "grade": 3},
        {"movement": "all other muscles", "side": "bilateral", "grade": "normal"},
    ],
    "reflexes": [{"reflex": "ankle", "side": "left", "finding": "absent", "past": True}],
    "tests": [
        {"test": "SLR", "side": "left", "result": "positive", "angle": 40},
        {"test": "foot drop", "side": "left", "result": "positive"},
    ],
    "sphincter": {
        "bladder": "retention",
        "post_void_residual_ml": 450,
        "bowel": "normal",
        "anal_tone": "reduced",
        "saddle_sensation": "reduced",
        "sexual_function": "impaired",
    },
    "investigations": [
        {"test": "MRI lumbar", "result": "L4-5 left paracentral protrusion"},
        {"test": "EMG", "muscle": "tibialis anterior", "side": "left", "result": "denervation"},
        {"test": "NCS", "nerve": "superficial peroneal", "response": "SNAP", "side": "left", "result": "normal"},
    ],
    "text": "free clinical note",
    "gold": {"lesions": ["root.L5"], "also_accept": ["root.L4", "abstain"], "side": "left"},
    "meta": {"anything": {"goes": 1}},
}


def test_the_documented_example_reads_whole():
    case = read_case(EXAMPLE, lexicon=LEXICON)
    assert case.unused == ()
    assert (case.id, case.age, case.sex, case.side, case.setting) == ("demo", 52, "F", "left", "specialist")
    assert (case.tempo.onset, case.tempo.course) == ("sudden", "worsening")
    assert [(one.side, one.grade, one.rest) for one in case.power] == [("left", 3, False), ("left", 5, True), ("right", 5, True)]
    assert (case.reflexes[0].reflex, case.reflexes[0].value, case.reflexes[0].past) == ("ankle", "absent", True)
    assert [(one.test, one.value, one.number) for one in case.tests] == [("slr", "positive", 40), ("foot_drop", "positive", None)]
    assert {one.item for one in case.sphincter} >= {"bladder.retention", "bowel.normal", "anal_tone.reduced", "saddle_sensation.reduced"}
    assert [one.investigation for one in case.investigations] == [
        "mri_lumbar",
        "needle_emg",
        "snap_superficial_peroneal",
        "post_void_residual",
    ]
    assert (case.investigations[0].level, case.investigations[0].zone, case.investigations[0].side) == ("L4-L5", "paracentral", "left")
    assert case.investigations[1].muscle == "tibialis_anterior"
    assert case.gold["lesions"] == ["root.L5"]


def test_an_empty_case_states_nothing():
    case = read()
    assert (case.power, case.sense, case.reflexes, case.tests, case.history, case.side) == ((), (), (), (), (), None)


@pytest.mark.parametrize(
    ("case_side", "finding", "sides"),
    [
        ("left", {}, ["left"]),
        ("bilateral", {}, ["left", "right"]),
        ("left", {"side": None}, [None]),
        (None, {}, [None]),
        ("left", {"side": "bilateral"}, ["left", "right"]),
        ("left", {"side": "contralateral"}, ["right"]),
        ("right", {"side": "L"}, ["left"]),
    ],
)
def test_sides_of_a_finding(case_side, finding, sides):
    case = read(side=case_side, power=[{"movement": "EHL", "grade": 2, **finding}])
    assert [one.side for one in case.power] == sides


def test_side_in_the_name_counts_and_must_agree():
    assert read(side="left", reflexes=[{"reflex": "right AJ", "finding": "absent"}]).reflexes[0].side == "right"
    assert "reflexes[0].side" in faults(reflexes=[{"reflex": "right AJ", "side": "left", "finding": "absent"}])


def test_sources_left_out():
    case = read(
        sensory=[
            {"site": "sole", "finding": "tingling"},
            {"site": "calf", "finding": "reduced", "modality": ["pin prick", "light touch"]},
            {"site": "groin", "finding": "reduced"},
            {"site": "knee", "finding": "reduced", "source": "reported"},
        ]
    )
    assert [one.source for one in case.sense] == ["reported", "tested", "unknown", "reported"]
    assert case.sense[1].modalities == ("pin_prick", "light_touch")


def test_not_tested_says_nothing_but_is_kept():
    case = read(
        power=[{"movement": "hip abduction", "grade": "not tested"}],
        sensory=[{"site": "saddle", "finding": "NT"}],
        reflexes=[{"reflex": "plantar", "finding": "not tested"}],
        tests=[{"test": "SLR", "result": "not done"}],
        sphincter={"anal_tone": "not examined"},
    )
    assert (case.power, case.sense, case.reflexes, case.tests, case.sphincter) == ((), (), (), (), ())
    assert [one.kind for one in case.not_tested] == ["sensory", "power", "reflex", "test", "sphincter"]


def test_everything_wrong_is_reported_at_once():
    found = faults(
        sied="left",
        age="fifty",
        power=[{"movement": "EHHL", "grade": 7}, {"movment": "EHL", "grade": 2}],
        sensory=[{"site": "dorsum of fot", "finding": "reducd", "modality": "pin prik"}],
        reflexes=[{"reflex": "ankel", "finding": "absent"}],
        tests=[{"test": "trendelenberk", "result": "positive"}],
        sphincter={"bladder": "purple"},
        investigations=[{"test": "MRI lumbar", "result": "gobbledygook"}],
    )
    assert set(found) == set(
        "sied age power[0].movement power[0].grade power[1].movement power[1].movment sensory[0].site sensory[0].finding "
        "sensory[0].modality reflexes[0].reflex tests[0].test sphincter.bladder investigations[0].result".split()
    )
    assert found["sied"].nearest[0] == "side"
    assert found["power[1].movment"].nearest == ("movement",)
    assert "0 to 5" in found["power[0].grade"].message
    assert found["sensory[0].finding"].nearest[0] == "reduced"
    assert found["power[0].movement"].word == "EHHL"


def test_lenient_reading_moves_unknown_names_to_unused():
    case = read(
        lenient=True,
        sied="left",
        power=[{"movement": "EHHL", "grade": 3}, {"movement": "EHL", "grade": 2}],
        tests=[{"test": "wobble", "result": "positive"}],
    )
    assert [one.grade for one in case.power] == [2]
    assert {one.path for one in case.unused} == {"sied", "power[0].movement", "tests[0].test"}


@pytest.mark.parametrize(
    "data",
    [
        {"age": True},
        {"age": -3},
        {"age": 400},
        {"history": [1, {"a": 2}]},
        {"power": {}},
        {"power": [3]},
        {"power": "EHL 3"},
        {"format": 2},
        {"pain": [{}]},
        {"power": [{"movement": "EHL"}]},
        {"power": [{"movement": "EHL", "grade": 7}]},
        {"power": [{"movement": "EHL", "grade": -1}]},
        {"power": [{"movement": "EHL", "grade": None}]},
        {"power": [{"movement": ["EHL"], "grade": 3}]},
        {"power": [{"movement": "EHL", "grade": float("nan")}]},
        {"tests": [{"test": "foot drop"}]},
        {"tests": [{"test": "foot drop", "angle": 4}]},
        {"reflexes": [{"reflex": "ankle", "finding": "upgoing"}]},
        {"reflexes": [{"reflex": "plantar", "finding": "brisk"}]},
        {"gold": 3},
        {"sphincter": "retention"},
        {"sphincter": {"bladder": {"finding": "retention", "sinse": "new"}}},
        {"side": "lefty"},
        {"sex": "Q"},
        {"setting": "moon"},
        {"onset": "sideways"},
        {"course": "purple"},
        {"investigations": [{"test": "MRI lumbar"}]},
    ],
)
def test_wrong_input_is_a_case_error(data):
    assert faults(**data)


@pytest.mark.parametrize(
    "data",
    [
        {"reflexes": [{"reflex": "ankle", "finding": "absent"}, {"reflex": "AJ", "finding": "brisk"}]},
        {"power": [{"movement": "EHL", "grade": 2}, {"movement": "hallux extension", "grade": 5}]},
        {"power": [{"movement": "EHL", "grade": "weak"}, {"movement": "hallux extension", "grade": "normal"}]},
        {
            "sensory": [
                {"site": "sole", "finding": "normal", "modality": "pp"},
                {"site": "sole of foot", "finding": "reduced", "modality": "pin prick"},
            ]
        },
        {"tests": [{"test": "SLR", "result": "positive"}, {"test": "Lasègue", "result": "negative"}]},
        {"sphincter": {"bladder": ["normal", "retention"]}},
    ],
)
def test_contradictions_are_faults(data):
    with pytest.raises(CaseError) as caught:
        read(side="left", **data)
    assert "both cannot hold" in str(caught.value)
    case = read(lenient=True, side="left", **data)
    assert ["both cannot hold" in one.why for one in case.unused] == [True]
    findings = [*case.power, *case.sense, *case.reflexes, *case.tests]
    assert [
        one.value == "weak" or getattr(one, "grade", None) == 2 or one.value in {"absent", "reduced", "positive"} for one in findings
    ] == [True] * len(findings), "the abnormal one is kept"
    assert [one.item for one in case.sphincter] == (["bladder.retention"] if "sphincter" in data else [])


@pytest.mark.parametrize(
    ("kind", "name", "left"),
    [
        ("sensory", {"site": "lateral thigh from hip to knee", "finding": "reduced"}, "from hip to knee"),
        ("tests", {"test": "dorsalis pedis pulse on palpation today", "result": "absent"}, "palpation today"),
    ],
)
def test_words_beside_a_known_name_are_left_when_read_leniently(kind, name, left):
    with pytest.raises(CaseError):
        read(side="left", **{kind: [name]})
    case = read(lenient=True, side="left", **{kind: [name]})
    assert len([*case.sense, *case.tests]) == 1
    assert left in [one.text for one in case.unused]


def test_a_side_against_the_words_is_said_when_read_leniently():
    pain = {"pain": [{"site": "both legs", "side": "right"}]}
    with pytest.raises(CaseError):
        read(**pain)
    case = read(lenient=True, **pain)
    assert len(case.pain) == 1
    assert "own words" in case.unused[0].why


@pytest.mark.parametrize(
    "data",
    [
        {"reflexes": [{"reflex": "ankle", "finding": "absent", "past": True}, {"reflex": "AJ", "finding": "normal"}]},
        {"reflexes": [{"reflex": "ankle", "side": "left", "finding": "absent"}, {"reflex": "AJ", "side": "right", "finding": "brisk"}]},
        {"sensory": [{"site": "sole", "finding": "tingling"}, {"site": "sole", "finding": "reduced"}]},
        {"sensory": [{"site": "sole", "finding": "tingling"}, {"site": "sole", "finding": "normal", "source": "tested"}]},
        {
            "sensory": [
                {"site": "sole", "finding": "normal", "modality": "touch"},
                {"site": "sole", "finding": "reduced", "modality": "pin"},
            ]
        },
        {
            "sensory": [
                {"site": "sole", "finding": "normal", "source": "tested"},
                {"site": "sole", "finding": "reduced", "source": "reported"},
            ]
        },
        {"power": [{"movement": "EHL", "grade": 4}, {"movement": "hallux extension", "grade": "4+"}]},
    ],
)
def test_what_can_both_hold_is_no_fault(data):
    assert isinstance(read(side="left", **data), Case)


def test_the_narrower_of_two_sites_wins():
    case = read(side="left", sensory=[{"site": "foot", "finding": "normal"}, {"site": "dorsum of foot", "finding": "reduced"}])
    whole, part = ({site for site, _ in one.sites} for one in case.sense)
    assert part == {site for site, _ in LEXICON.site("dorsum of foot").ids}
    assert whole
    assert not whole & part


def test_elsewhere_covers_what_no_other_statement_names():
    case = read(side="left", sensory=[{"site": "calf", "finding": "reduced"}, {"site": "elsewhere", "finding": "normal"}])
    rest = next(one for one in case.sense if one.rest)
    assert not {site for site, _ in rest.sites} & {site for site, _ in LEXICON.site("calf").ids}
    assert len(rest.sites) > 40


def test_duplicates_of_one_target_are_one_finding():
    case = read(side="left", power=[{"movement": "EHL", "grade": 4}, {"movement": "big toe extension", "grade": 3}])
    assert [one.grade for one in case.power] == [3]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({"test": "SLR", "angle": 50}, ("slr", "positive")),
        ({"test": "SLR", "angle": 80}, ("slr", "negative")),
        ({"test": "foot drop", "result": True}, ("foot_drop", "positive")),
        ({"test": "foot drop", "result": "absent"}, ("foot_drop", "negative")),
        ({"test": "dorsalis pedis pulse", "result": "absent"}, ("pulse_dorsalis_pedis", "positive")),
        ({"test": "dorsalis pedis pulse", "result": "present"}, ("pulse_dorsalis_pedis", "negative")),
        ({"test": "heel walk", "result": "unable"}, ("heel_walk", "positive")),
        ({"test": "calf wasting", "result": "present"}, ("wasting_calf", "positive")),
        ({"test": "tone", "result": "increased"}, ("spasticity", "positive")),
        ({"test": "FABER", "result": "painless, stiffer than the other"}, ("faber", "negative")),
        ({"test": "Hoover's sign", "result": "equivocal"}, ("hoover", "equivocal")),
    ],
)
def test_results_of_tests(finding, expected):
    case = read(side="left", tests=[finding])
    assert (case.tests[0].test, case.tests[0].value) == expected


def test_a_test_that_is_something_else_is_read_as_that():
    case = read(
        side="left",
        tests=[
            {"test": "knee jerk", "result": "brisk"},
            {"test": "ankle eversion", "result": "4/5"},
            {"test": "perianal sensation", "result": "reduced"},
            {"test": "anal tone", "result": "reduced"},
            {"test": "ABPI", "value": 0.5},
        ],
        power=[{"movement": "upper limbs", "grade": 4}],
        reflexes=[{"reflex": "upper limb reflexes", "finding": "brisk"}],
    )
    assert case.reflexes[0].value == "brisk"
    assert (case.power[0].grade, case.power[0].movements) == (4, (("ankle_eversion", 1.0),))
    assert case.sense[0].value == "reduced"
    assert case.sphincter[0].item == "anal_tone.reduced"
    assert case.investigations[0].result == "low"
    assert {one.test for one in case.tests} == {"upper_limb_weakness", "upper_limb_reflexes_brisk"}


def test_midline_findings_have_one_record():
    case = read(side="bilateral", reflexes=[{"reflex": "anal wink", "finding": "absent"}], pain=[{"site": "low back"}, {"site": "calf"}])
    assert [one.side for one in case.reflexes] == [None]
    assert [one.side for one in case.pain] == [None, "left", "right"]


def test_pain_is_never_an_error():
    case = read(side="left", pain=[{"site": "the moon"}, {"region": "outer thigh", "severity": "8/10"}, {"site": "no back pain"}])
    assert [one.path for one in case.unused] == ["pain[0].site"]
    assert [(one.severity, one.present) for one in case.pain] == [("severe", True), (None, False)]


def test_notes_count_as_history():
    case = read(side="left", power=[{"movement": "EHL", "grade": 4, "note": "known diabetes"}])
    assert [(one.item, one.origin.path) for one in case.history] == [("diabetes", "power[0].note")]


def test_tempo_from_fields_and_from_history():
    assert read(onset="3 weeks").tempo.onset == "weeks"
    told = read(history=["numbness for 5 months", "getting worse"])
    assert (told.tempo.onset, told.tempo.course) == ("months", "worsening")
    assert {one.item for one in told.history} >= {"tempo.months", "course.worsening"}
    assert read(onset="sudden", history=["numbness for 5 months"]).tempo.onset == "sudden"


def test_person_from_history_only_where_fields_are_silent():
    case = read(history=["a 61-year-old man"])
    assert (case.age, case.sex, case.unused) == (61, "M", ())
    assert read(age=40, sex="F", history=["a 61-year-old man"]).age == 40


def test_sphincter_forms():
    case = read(
        sphincter={
            "bladder": ["hesitancy", {"finding": "straining", "since": "long-standing"}],
            "bowel": "no symptoms",
            "anal_tone": {"finding": "lax", "since": "new"},
        }
    )
    assert [(one.item, one.since) for one in case.sphincter] == [
        ("bladder.hesitancy", None),
        ("bladder.straining", "long_standing"),
        ("bowel.normal", None),
        ("anal_tone.reduced", "new"),
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("[1,", "not YAML"),
        ("a: b: c", "not YAML"),
        ("id: 1\nid: 2", "stands twice"),
        ("power:\n- {movement: EHL, movement: x}", "stands twice"),
        ('{"id": 1, "id": 2}', "stands twice"),
        ("just words: [", "not YAML"),
        ("- 3\n", "set of keys"),
        ("[]", "no case"),
        ("[" * 5000, "deeply"),
        ("{a: " * 3000, "deeply"),
        ("a: &x [*x]", "alias"),
        ('{"id": 1}\n{"id": }', "not JSON"),
        ("id: \x00", "not YAML"),
    ],
)
def test_files_that_cannot_be_read(text, word):
    found = cases(text)
    bad = [one for one in found if isinstance(one, BadCase)]
    assert bad
    assert word in str(bad[0].faults[0].message)


def test_aliases_that_explode_are_refused():
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)
    )
    assert "unfold" in cases(f"meta:\n  {text.replace(chr(10), chr(10) + '  ')}")[0].faults[0].message


def test_a_case_over_a_megabyte_is_refused(tmp_path):
    big = {"id": "big", "text": "x" * 1_000_001}
    assert "characters" in cases(json.dumps(big))[0].faults[0].message
    lines = tmp_path / "cases.jsonl"
    lines.write_text(json.dumps({"id": "a"}) + "\n" + json.dumps(big) + "\n" + json.dumps({"id": "b"}) + "\n")
    found = cases(lines)
    assert [isinstance(one, BadCase) for one in found] == [False, True, False]
    many = tmp_path / "many.yaml"
    many.write_text("".join(f"- {{id: {n}, text: {'y' * 300_000}}}\n" for n in range(4)))
    assert [one.id for one in cases(many)] == ["0", "1", "2", "3"]


def test_formats(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("- {id: a}\n- {id: b, age: no}\n- {id: c}\n")
    found = cases(path)
    assert [one.id for one in found] == ["a", "b", "c"]
    assert found[1].to_dict() == {
        "id": "b",
        "errors": [{"path": "age", "word": "False", "message": found[1].faults[0].message, "nearest": []}],
    }
    assert [one.id for one in cases("id: x\n---\nid: y\n")] == ["x", "y"]
    assert [one.id for one in cases('[{"id": "x"}, {"id": "y"}]')] == ["x", "y"]
    assert [one.id for one in cases('{"id": "x"}\n{"id": "y"}\n')] == ["x", "y"]
    assert "cannot read" in cases(tmp_path / "missing.yaml")[0].faults[0].message
    (tmp_path / "latin.yaml").write_bytes(b"id: \xe9\xff")
    assert "UTF-8" in cases(tmp_path / "latin.yaml")[0].faults[0].message


def test_round_trip():
    case = read_case(EXAMPLE, lexicon=LEXICON)
    assert case_to_dict(case) == EXAMPLE
    made = Case(
        id="made", side="left", power=case.power, sense=case.sense, reflexes=case.reflexes, tests=case.tests, sphincter=case.sphincter
    )
    again = read_case(case_to_dict(made), lexicon=LEXICON)
    assert [(one.side, one.grade, one.rest) for one in again.power] == [(one.side, one.grade, one.rest) for one in made.power]
    assert [one.item for one in again.sphincter] == [one.item for one in made.sphincter]
    assert {site for site, _ in again.sense[0].sites} == {site for site, _ in made.sense[0].sites}


def test_schema_accepts_the_example():
    schema = case_schema()
    assert schema["version"]
    assert set(EXAMPLE) <= set(schema["properties"])
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(EXAMPLE, schema)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 200)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["left", "EHL", "sole", "normal", "absent", "ankle", "SLR", "L5", "MRI lumbar"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
ENTRY = st.dictionaries(
    st.sampled_from(
        [
            "site",
            "movement",
            "reflex",
            "test",
            "finding",
            "grade",
            "result",
            "side",
            "modality",
            "note",
            "past",
            "since",
            "value",
            "muscle",
            "nerve",
            "severity",
            "x",
        ]
    ),
    JSON,
    max_size=5,
)
CASE = st.dictionaries(
    st.sampled_from([*EXAMPLE, "zzz"]),
    JSON
    | st.lists(ENTRY, max_size=3)
    | st.dictionaries(st.sampled_from(["bladder", "bowel", "anal_tone", "post_void_residual_ml"]), JSON, max_size=3),
    max_size=6,
)


@given(JSON | CASE, st.booleans())
def test_any_data_reads_or_is_a_case_error(data, lenient):
    with contextlib.suppress(CaseError):
        read_case(data, lexicon=LEXICON, lenient=lenient)


@given(st.text(max_size=200))
def test_any_text_reads_or_is_a_bad_case(text):
    for one in read_cases(f"{text}\n", lexicon=LEXICON):
        assert isinstance(one, Case | BadCase)


def test_reading_stays_out_of_pydantic_until_a_case_is_read():
    code = "import lasegue.case, sys; print(*{'pydantic', 'yaml', 'rapidfuzz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.stdout.split() == []


def test_a_case_made_in_memory_reads_back():
    case = read_case({**EXAMPLE, "sensory": [*EXAMPLE["sensory"], {"site": "elsewhere", "finding": "normal"}]}, lexicon=LEXICON)
    again = read_case(case_to_dict(dataclasses.replace(case, source={})), lexicon=LEXICON)
    assert [(one.investigation, one.result, one.level, one.zone) for one in again.investigations] == [
        (one.investigation, one.result, one.level, one.zone) for one in case.investigations
    ]
    assert {(one.item, one.present) for one in again.history} == {(one.item, one.present) for one in case.history}
    assert [{site for site, _ in one.sites} for one in again.sense] == [{site for site, _ in one.sites} for one in case.sense]
    assert (again.tempo.onset, again.tempo.course, again.pain[0].severity) == ("sudden", "worsening", "severe")


def test_a_line_of_the_history_may_be_known_to_be_old():
    told = ["back pain", {"told": "foot drop for 3 weeks", "past": True}, {"told": "no diabetes"}]
    case = read_case({"history": told}, lexicon=LEXICON)
    assert [(one.item, one.present, one.past) for one in case.history] == [
        ("back_pain", True, False),
        ("weakness_symptom", True, True),
        ("diabetes", False, False),
    ]
    assert case.tempo.duration_days is None
    again = read_case(case_to_dict(dataclasses.replace(case, source={})), lexicon=LEXICON)
    assert [(one.item, one.past) for one in again.history] == [(one.item, one.past) for one in case.history]


def test_faults_of_a_line_of_the_history_are_told_once_each():
    with pytest.raises(CaseError) as error:
        read_case({"history": [{"past": True}, True, {"told": "back pain", "pst": True}]}, lexicon=LEXICON)
    assert sorted(fault.path for fault in error.value.faults) == ["history[0].told", "history[1]", "history[2].pst"]


@pytest.mark.parametrize("muscle", ["paraspinal", "lumbar paraspinals", "lumbosacral paraspinals", "multifidus"])
def test_paraspinal_muscles_without_a_level_are_a_study_of_their_own(muscle: str) -> None:
    found = read_case({"side": "left", "investigations": [{"test": "EMG", "muscle": muscle, "result": "denervation"}]})
    assert [(one.investigation, one.muscle) for one in found.investigations] == [("emg_paraspinal", None)]
    assert found.unused == ()
