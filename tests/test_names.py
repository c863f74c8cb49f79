"""The lexicon and the name grammar, on invented wordings."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lasegue.errors import UnknownName
from lasegue.knowledge import load
from lasegue.names import Lexicon, fold
from lasegue.names.levels import find_discs, split_roots
from lasegue.names.person import find_age, find_sex
from lasegue.names.sides import split_side
from lasegue.names.tempo import find_duration, onset_class, whole_duration
from lasegue.names.values import NOT_TESTED, read_grade, read_modalities, read_reflex, read_sense

KNOWLEDGE = load()
LEXICON = Lexicon.from_knowledge(KNOWLEDGE)


def sites(text):
    return {site for site, _ in LEXICON.site(text).ids}


def movements(text):
    return [tuple(one for one, _ in (*member.ids, *member.muscles)) for member in LEXICON.movements(text)]


def signs(text):
    return [part.test for part in LEXICON.test(text)[0]]


def items(text):
    return {(match.item, match.negated) for match in LEXICON.history(text).matches}


@given(st.text(max_size=60))
@example("Vertebrae's aes oes zes")
@example("Great the toe of big toes")
@example("First First toe toe")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lasègue’s", "lasegues"),
        ("Paraesthesiae", "paresthesia"),
        ("Dorsi-flexion of the ANKLE", "dorsi flexion ankle"),
        ("Fibular neck", "peroneal necks"),
        ("big toe", "Hallux"),
        ("1st toe", "great toes"),
        ("haematoma", "hematomas"),
        ("labour", "labor"),
        ("paralyzed", "paralysed"),
        ("tensor fasciae latae", "tensor fascia lata"),
        ("back of the thigh", "posterior thighs"),
        ("little toe", "fifth toe"),
        ("inner side of knee", "medial knee"),
    ],
)
def test_spellings_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("kind", ["movements", "movement_groups", "muscles"])
def test_every_movement_name_resolves(kind):
    for record in getattr(KNOWLEDGE, kind):
        for name in (record.id, record.name, *record.names):
            assert LEXICON.movements(name), name


def _claimed(index, records):
    """Names that resolve to another record of the same index."""
    return [(name, record.id) for record in records for name in (record.id, record.name) if index.find(name) != record.id]


def test_every_record_resolves_to_itself():
    assert _claimed(LEXICON.powers.index, [*KNOWLEDGE.movements, *KNOWLEDGE.movement_groups]) == []
    assert _claimed(LEXICON.reflexes.index, KNOWLEDGE.reflexes) == []
    assert _claimed(LEXICON.signs.index, KNOWLEDGE.tests) == []
    assert _claimed(LEXICON.studies.index, KNOWLEDGE.investigations) == []


def test_every_site_and_synonym_resolves():
    for record in (*KNOWLEDGE.skin_sites, *KNOWLEDGE.skin_groups):
        for name in (record.id, record.name, *record.names):
            assert LEXICON.sites.find(name) is not None, name
    for site in KNOWLEDGE.skin_sites:
        assert site.id in sites(site.id)


def test_every_test_reflex_and_study_synonym_resolves():
    for record in KNOWLEDGE.tests:
        for name in (record.id, record.name, *record.names):
            assert LEXICON.signs.index.find(name), name
    for record in KNOWLEDGE.reflexes:
        for name in record.names:
            assert LEXICON.reflexes.index.find(name) == record.id, name
    for record in KNOWLEDGE.investigations:
        for result in record.results:
            found, _ = LEXICON.studies.read(record.id, result.replace("_", " "))
            assert found[0].investigation == record.id


def test_every_history_phrase_is_found():
    missed = [
        name
        for item in KNOWLEDGE.history
        for name in (item.name, *item.names)
        if not item.id.startswith("tempo.") and not LEXICON.history(name).matches and not LEXICON.history(name).leftover
    ]
    assert missed == []


def test_every_pain_name_is_found():
    for region in KNOWLEDGE.pain_regions:
        for name in (region.id, region.name):
            assert LEXICON.pain(name).ids, name


def test_lists_of_places_are_one_patch():
    assert sites("great toe, second and third toes") == sites("hallux") | sites("2nd toe") | sites("third toe")
    assert sites("medial and lateral thigh") == sites("medial thigh") | sites("lateral thigh")
    assert sites("inner knee & sole") == sites("medial knee") | sites("sole")
    assert sites("toes 2-4") == sites("second toe") | sites("third toe") | sites("fourth toe")
    assert sites("heel/lateral malleolus") == sites("heel") | sites("lateral malleolus")
    assert sites("the back of her left calf") == sites("posterior calf")
    assert sum(share for _, share in LEXICON.site("lateral leg and dorsum of foot").ids) == pytest.approx(1.0)


def test_qualifiers_pick_part_of_a_region():
    assert sites("distal medial thigh") <= sites("medial thigh")
    assert sites("upper lateral leg") == {"leg_lat_upper"}
    assert sites("entire sole") == sites("sole")
    assert sites("foot except sole").isdisjoint(sites("sole"))
    assert sites("web between the second and third toes") == {"web2"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("L5 dermatome", "L5"),
        ("dermatomes L4/5", "L4+L5"),
        ("S1-S2 dermatomes", "S1+S2"),
        ("L2 to L4 dermatomes", "L2+L3+L4"),
        ("L3 and L4", "L3+L4"),
        ("S1 nerve root distribution", "S1"),
        ("outer calf (L5 territory)", None),
        ("L5 dermatome of the leg", "L5"),
        ("sole", None),
    ],
)
def test_dermatome_wordings_keep_their_label(text, label):
    assert LEXICON.site(text).label_root == label


@pytest.mark.parametrize(
    ("text", "nerve"),
    [
        ("femoral nerve territory", "femoral"),
        ("sural distribution", "sural"),
        ("territory of the superficial peroneal nerve", "superficial_peroneal"),
        ("deep fibular nerve", "deep_peroneal"),
    ],
)
def test_nerve_territories(text, nerve):
    assert LEXICON.site(text).label_nerve == nerve


def test_elsewhere_is_a_statement_about_the_rest():
    assert LEXICON.site("elsewhere").rest
    assert LEXICON.site("all other dermatomes").rest
    assert LEXICON.movements("all other muscles")[0].rest
    assert LEXICON.movements("remaining groups")[0].rest


def test_lists_of_movements_are_several_targets():
    assert movements("EHL and hip abduction") == [("great_toe_extension",), ("hip_abduction",)]
    assert movements("hip and knee flexors") == [("hip_flexion",), ("knee_flexion",)]
    assert movements("hip flexion & adduction") == [("hip_flexion",), ("hip_adduction",)]
    assert movements("weakness of ankle dorsi-flexion") == [("ankle_dorsiflexion",)]
    assert movements("popliteus") == [("popliteus",)]
    assert "great_toe_extension" not in movements("all muscles except EHL")[0]


def test_myotomes_keep_their_label():
    assert LEXICON.movements("L5 myotome")[0].label_root == "L5"
    assert LEXICON.movements("L2-L4 muscles")[0].label_root == "L2+L3+L4"


def test_reflex_wordings():
    assert [one for one, _ in LEXICON.reflex("KJ and AJ").ids] == ["knee", "ankle"]
    assert LEXICON.reflex("right Achilles tendon reflex").side == "right"
    assert [one for one, _ in LEXICON.reflex("Babinski").ids] == ["plantar"]


def test_test_wordings():
    assert signs("Lasègue's sign") == ["slr"]
    assert signs("popliteal, dorsalis pedis and posterior tibial pulses") == [
        "pulse_popliteal",
        "pulse_dorsalis_pedis",
        "pulse_posterior_tibial",
    ]
    assert signs("heel and toe walking") == ["heel_walk", "toe_walk"]
    assert signs("quadriceps and calf wasting") == ["wasting_quadriceps", "wasting_calf"]
    assert LEXICON.test("SLR at 35°")[0][0].number == 35
    assert LEXICON.test("left foot drop")[1] == "left"


@pytest.mark.parametrize(
    ("ask", "word"),
    [("site", "dorsum of the fot"), ("movement", "hallux extnsion"), ("reflex", "ankel"), ("test", "trendelenberk")],
)
def test_unknown_names_come_with_the_nearest(ask, word):
    with pytest.raises(UnknownName) as caught:
        getattr(LEXICON, ask)(word)
    assert caught.value.word == word
    assert caught.value.nearest


def test_pain_leaves_what_it_does_not_know():
    pain = LEXICON.pain("buttock, shooting into the outer calf, like a purple thing")
    assert {region for region, _ in pain.ids} >= {"buttock"}
    assert pain.leftover == ("like a purple thing",)
    assert LEXICON.pain("nonsense").ids == ()


@pytest.mark.parametrize(
    ("text", "roots", "discs"),
    [
        ("L4/5", ("L4", "L5"), ("L4-L5",)),
        ("L2-L4", ("L2", "L3", "L4"), ("L2-L3", "L3-L4")),
        ("L5/S1 and L3-4", ("L3", "L4", "L5", "S1"), ("L5-S1", "L3-L4")),
        ("S1 & S2", ("S1", "S2"), ()),
        ("T12 to L1", ("T12", "L1"), ("T12-L1",)),
        ("grade 4/5", (), ()),
        ("L5 2 weeks", ("L5",), ()),
        ("L9", (), ()),
    ],
)
def test_levels(text, roots, discs):
    assert split_roots(text)[0] == roots
    if "and" not in text:
        assert find_discs(text) == discs


@pytest.mark.parametrize(
    ("text", "rest", "side"),
    [
        ("left ankle", "ankle", "left"),
        ("ankle (R)", "ankle", "right"),
        ("Lt knee", "knee", "left"),
        ("both feet", "feet", "bilateral"),
        ("b/l soles", "soles", "bilateral"),
        ("knee on the right side", "knee", "right"),
        ("lateral leg", "lateral leg", None),
        ("L5 dermatome", "L5 dermatome", None),
    ],
)
def test_sides(text, rest, side):
    assert split_side(text) == (rest, side)


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (3, 3.0), ("4+", 4.5), ("5-", 4.75), ("4/5", 4.0), ("4-/5", 3.75), ("MRC 2", 2.0), (4.2, 4.0), ("normal", 5.0), ("full power", 5.0),
        ("flicker", 1.0), ("3-4", 3.5), ("paralysed", 0.0), ("weak", "weak"), ("limited by pain", "limited by pain"),
        ("giving way", "give-way"), ("NT", NOT_TESTED), ("4 to 4+", 4.0),
    ],
)  # fmt: skip
def test_grades(value, grade):
    assert read_grade(value) == grade


@pytest.mark.parametrize("value", [7, -1, float("nan"), float("inf"), "6/5", "7", True, "wobbly", "", "3/7", [], "99999"])
def test_grades_off_the_scale(value):
    with pytest.raises(UnknownName):
        read_grade(value)


def test_finding_words():
    assert read_sense("hypoesthesia") == ("reduced",)
    assert read_sense("reduced, tingling") == ("reduced", "paraesthesia")
    assert read_sense("not tested") == (NOT_TESTED,)
    assert read_reflex("++") == "normal"
    assert read_reflex("extensor", plantar=True) == "upgoing"
    assert read_reflex("absent", plantar=True) == "mute"
    assert read_reflex("positive", superficial=True) == "normal"
    assert read_modalities(["pinprick and light touch", "JPS"]) == ("pin_prick", "light_touch", "position")
    with pytest.raises(UnknownName):
        read_sense("magenta")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no back pain", {("back_pain", True)}),
        ("no back pain, bladder or bowel trouble", {("back_pain", True), ("bladder_change", True)}),
        ("denies fever, weight loss, night pain", {("fever", True), ("weight_loss", True), ("night_pain", True)}),
        ("back pain but no fever", {("back_pain", False), ("fever", True)}),
        ("known diabetes, no fever", {("diabetes", False), ("fever", True)}),
        ("back pain: none", {("back_pain", True)}),
        ("lost 14 kg since spring", {("weight_loss", False)}),
    ],
)
def test_negation(text, expected):
    found = items(text)
    missing = {one for one in expected if one not in found and one[0] in LEXICON.history_ids}
    assert missing == set()


@pytest.mark.parametrize("text", ["her mother had diabetes", "? diabetes", "at risk of diabetes"])
def test_relatives_and_suppositions_do_not_count(text):
    reading = LEXICON.history(text)
    assert reading.matches == ()
    assert reading.leftover


def test_history_keeps_side_and_level():
    reading = LEXICON.history("left shingles in the L2 dermatome")
    assert [(match.item, match.side, match.level) for match in reading.matches] == [("zoster.L2", "left", "L2")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 weeks", 21),
        ("numbness for 2/52", 14),
        ("4-6 weeks of tingling", 35),
        ("a 10 month history of foot drop", 304),
        ("pain started two days ago", 2),
        ("since childhood", 20 * 365.25),
        ("weakness, day 2", 2),
        ("2 months right leg weakness", 61),
        ("9 days progressive", 9),
        ("3 years LBP; weak foot for 5 days", 5),
        ("10 years type 2 diabetes with burning feet", None),
        ("rapid relief lying down", None),
        ("8 weeks antenatal bed rest", None),
        ("smoker for 30 years", None),
        ("2 weeks after hip replacement", None),
        ("52 year old man", None),
        ("fell 5 days ago", None),
    ],
)
def test_durations_of_the_complaint(text, days):
    found = LEXICON.history(text).days
    assert (found is None) == (days is None)
    if days is not None:
        assert found == pytest.approx(days, rel=0.01)


def test_onset_classes():
    assert [onset_class(days) for days in (0.2, 3, 21, 200, 1000)] == ["hours", "days", "weeks", "months", "years"]
    assert whole_duration("2.5 years") == pytest.approx(913, abs=1)
    assert whole_duration("years ago in Spain") is None
    assert find_duration("nothing here") is None


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("a 52-year-old woman", 52, "F"),
        ("teenage girl", 16, "F"),
        ("man in his early 30s", 32, "M"),
        ("late seventies", 78, None),
        ("he and she", None, None),
        ("numb foot", None, None),
    ],
)
def test_person(text, age, sex):
    assert find_age(text) == age
    assert find_sex(text) == sex


@pytest.mark.parametrize(
    ("test", "result", "more", "expected"),
    [
        ("MRI lumbar", "L4-5 left paracentral protrusion", {}, ("mri_lumbar", "disc_at_level", "L4-L5", "paracentral", "left")),
        ("lumbar spine MRI", "far lateral extrusion at L3/4", {}, ("mri_lumbar", "disc_at_level", "L3-L4", "extraforaminal", None)),
        ("MRI lumbar", "no nerve root compression", {}, ("mri_lumbar", "no_compression", None, None, None)),
        ("NCS", "absent", {"part": "sural"}, ("snap_sural", "reduced", None, None, None)),
        ("NCS", "normal", {"part": "superficial fibular", "response": "SNAP"}, ("snap_superficial_peroneal", "normal", None, None, None)),
        ("EMG", "fibrillations", {"part": "tibialis anterior"}, ("needle_emg", "denervation", None, None, None)),
        ("bladder scan", "420 ml", {}, ("post_void_residual", "high", None, None, None)),
        ("ABPI", 0.5, {}, ("abpi", "low", None, None, None)),
    ],
)
def test_investigations(test, result, more, expected):
    found, _, _ = LEXICON.investigation(test, result, **more)
    first = found[0]
    assert (first.investigation, first.result, first.level, first.zone, first.side) == expected


@given(st.text(max_size=80))
def test_free_text_is_always_read(text):
    reading = LEXICON.history(text)
    for match in reading.matches:
        assert 0 <= match.span[0] < match.span[1] <= len(text)
        assert match.item in LEXICON.history_ids
        assert match.side in {None, "left", "right", "bilateral"}
    assert all(piece and piece in text for piece, why in reading.leftover if why)
    assert reading.days is None or reading.days >= 0
    regions = LEXICON.pain(text)
    assert all(weight > 0 for _, weight in regions.ids)
    assert all(left in text or left.strip() for left in regions.leftover)


@given(st.text(max_size=40))
def test_closed_kinds_fail_only_as_unknown(text):
    for ask in (LEXICON.site, LEXICON.movements, LEXICON.reflex, LEXICON.test):
        with contextlib.suppress(UnknownName):
            ask(text)
