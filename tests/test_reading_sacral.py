"""Sphincter words, reflexes and sensory signs as people write them: present and absent, normal and lost, and the flags they raise."""

import pytest

import lasegue
from lasegue.case.read import read_case

SPHINCTER = """
bladder | not passing urine | bladder.retention
bladder | has not passed urine since yesterday | bladder.retention
bladder | no stream | bladder.retention
bladder | AUR | bladder.retention
bladder | no control | bladder.incontinence
bladder | without control | bladder.incontinence
bladder | no longer continent | bladder.incontinence
bladder | no recovery of control | bladder.incontinence
bladder | no sensation of bladder filling | bladder.no_urge
bladder | no longer feels urge | bladder.no_urge
bladder | no awareness of voiding | bladder.altered_sensation
bladder | not aware of leakage | bladder.altered_sensation
bladder | no retention but reduced stream | bladder.hesitancy
bladder | normal apart from hesitancy | bladder.hesitancy
bladder | urgency, no incontinence | bladder.urgency
bladder | retention without pain | bladder.retention
bladder | no improvement in retention | bladder.retention
bladder | not normal | bladder.dysfunction
bladder | incontinent of urine and faeces | bladder.incontinence bowel.incontinence
bladder | retention 800 ml | bladder.retention post_void_residual=high
bladder | retention of 1.2 L | bladder.retention post_void_residual=high
bladder | PVR 350 ml | post_void_residual=high
bladder | voids normally, PVR 20 | bladder.normal post_void_residual=normal
bladder | stress incontinence longstanding | bladder.incontinence@long_standing
bladder | urinary incontinence since yesterday | bladder.incontinence@new
bladder | chronic urgency, now incontinent | bladder.urgency bladder.incontinence
bladder | no incontinence | bladder.normal
bladder | no retention or incontinence | bladder.normal
bladder | no loss of control | bladder.normal
bladder | no urgency, frequency or hesitancy | bladder.normal
bladder | no sensation or control | bladder.no_urge bladder.incontinence
bladder | no control problems | bladder.normal
bladder | no difficulty passing urine | bladder.normal
bladder | denies urinary symptoms | bladder.normal
bladder | retention denied | bladder.normal
bladder | full control | bladder.normal
bladder | full bladder | ?
bladder | normal until yesterday | ?
bladder | not seen by anyone | ?
bowel | no control | bowel.incontinence
bowel | not continent | bowel.incontinence
bowel | not opened 5 days | bowel.constipation
bowel | no rectal sensation | bowel.altered_sensation
bowel | does not feel passing stool | bowel.altered_sensation
bowel | no incontinence but constipated | bowel.constipation
bowel | no constipation | bowel.normal
saddle_sensation | no feeling | saddle_sensation.absent
saddle_sensation | no light touch | saddle_sensation.absent
saddle_sensation | cannot feel pin | saddle_sensation.absent
saddle_sensation | not intact | saddle_sensation.reduced
saddle_sensation | reduced on left | saddle_sensation.one_sided
saddle_sensation | reduced, left only | saddle_sensation.one_sided
saddle_sensation | hemi-saddle numbness | saddle_sensation.one_sided
saddle_sensation | normal on left, reduced on right | saddle_sensation.one_sided
saddle_sensation | reduced on right, absent on left | saddle_sensation.reduced saddle_sensation.absent
saddle_sensation | no loss of feeling | saddle_sensation.normal
saddle_sensation | no tingling or numbness | saddle_sensation.normal
saddle_sensation | partially preserved | ?
saddle_sensation | no | ?
anal_tone | no contraction | anal_tone.squeeze_weak
anal_tone | not able to squeeze | anal_tone.squeeze_weak
anal_tone | without tone | anal_tone.absent
anal_tone | no anal wink | anal_wink=absent
anal_tone | normal tone, no anal wink | anal_tone.normal anal_wink=absent
anal_tone | loose | anal_tone.reduced
anal_tone | no laxity | anal_tone.normal
anal_tone | no loss of tone | anal_tone.normal
sexual_function | no ejaculation | sexual_function.impaired
sexual_function | cannot get erection | sexual_function.impaired
sexual_function | no sensation | sexual_function.numb
sexual_function | no erection problems | sexual_function.normal
"""

REFLEXES = """
Babinski | present | left:plantar=upgoing
Babinski | absent | left:plantar=normal
Babinski sign | not present | left:plantar=normal
Babinski sign | bilateral | left:plantar=upgoing right:plantar=upgoing
Babinski | 2+ | ?
extensor plantar response | present | left:plantar=upgoing
upgoing plantar | yes | left:plantar=upgoing
Chaddock | positive | left:plantar=upgoing
plantar | present | left:plantar=normal
plantar | withdrawal | left:plantar=mute
plantar | extensor on left, flexor on right | left:plantar=upgoing right:plantar=normal
clonus | present | clonus=positive
clonus | no | clonus=negative
ankle clonus | absent | clonus=negative
ankle clonus | 4 beats | clonus=positive
generalised hyporeflexia | present | generalised_areflexia=positive
areflexia | absent | generalised_areflexia=negative
Hoffmann sign | absent | hoffmann=negative
quadriceps | absent | left:knee=absent
semitendinosus | absent | left:medial_hamstring=absent
biceps femoris | absent | ?
tendo-achilles | absent | left:ankle=absent
ankle jerks | absent bilaterally | left:ankle=absent right:ankle=absent
ankle jerk | absent on right | right:ankle=absent
knee jerk | reduced vs right | left:knee=reduced
knee jerk | reduced vs left | right:knee=reduced
ankle jerk | present but reduced | left:ankle=reduced
ankle | unobtainable even with reinforcement | left:ankle=absent
ankle | not reduced | ?
ankle | normal previously | ?
ankle jerk | normal bilaterally | left:ankle=normal right:ankle=normal
all reflexes | absent | left:ankle=absent left:knee=absent right:ankle=absent right:knee=absent generalised_areflexia=positive
DTRs lower limbs | reduced | left:ankle=reduced left:knee=reduced right:ankle=reduced right:knee=reduced
UL reflexes | brisk | upper_limb_reflexes_brisk=positive
anocutaneous | absent | anal_wink=absent
superficial abdominal | absent | abdominal_reflexes_absent=positive
"""

TESTS = """
saddle numbness | present | perianal=reduced
saddle numbness | absent | perianal=normal
saddle anaesthesia | present | perianal=absent
saddle anesthesia | negative | perianal=normal
saddle anaesthesia | full | ?
saddle | numb | perianal=reduced
saddle sensation | present | perianal=normal
reduced perianal sensation | present | perianal=reduced
no saddle numbness | yes | ?
DRE | lax | anal_tone.reduced
PR | reduced tone | anal_tone.reduced
loss of anal tone | present | anal_tone.reduced
loss of anal tone | absent | anal_tone.normal
urinary retention | present | bladder.retention
urinary retention | absent | bladder.normal
incontinence | present | bladder.incontinence
genital numbness | yes | sexual_function.numb
joint position sense | impaired | hallux_dorsum=reduced/position
proprioception | normal | hallux_dorsum=normal/position
vibration | reduced ankles | medial_malleolus=reduced/vibration
light touch | reduced | ?
Babinski | present | left:plantar=upgoing
Babinski present | yes | left:plantar=upgoing
Babinski | absent | left:plantar=normal
absent ankle jerk | present | left:ankle=absent
ankle clonus | 4 beats | clonus=positive
areflexia | present | generalised_areflexia=positive
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    found = [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]
    return [(first, second, third) for first, second, third in found]


def findings(data: dict[str, object]) -> str:
    """What a case was read as, in the shorthand of the tables; "?" where all went to unused."""
    case = read_case({"side": "left", **data}, lenient=True)
    told = [f"{one.item}@{one.since}" if one.since else one.item for one in case.sphincter]
    told += sorted(f"{one.side}:{one.reflex}={one.value}" if one.side else f"{one.reflex}={one.value}" for one in case.reflexes)
    told += [f"{one.test}={one.value}" for one in case.tests]
    told += [f"{one.sites[0][0]}={one.value}" + "".join(f"/{modality}" for modality in one.modalities) for one in case.sense]
    told += [f"{one.movements or one.muscles}={one.value}" for one in case.power]
    told += [f"{one.investigation}={one.result}" for one in case.investigations]
    if not told:
        assert case.unused
    return " ".join(told) or "?"


@pytest.mark.parametrize(("part", "words", "wanted"), rows(SPHINCTER))
def test_sphincter_words(part: str, words: str, wanted: str) -> None:
    assert findings({"sphincter": {part: words}}) == wanted


@pytest.mark.parametrize(("name", "words", "wanted"), rows(REFLEXES))
def test_reflex_words(name: str, words: str, wanted: str) -> None:
    assert findings({"reflexes": [{"reflex": name, "finding": words}]}) == wanted


@pytest.mark.parametrize(("name", "words", "wanted"), rows(TESTS))
def test_sensory_and_sphincter_signs_among_the_tests(name: str, words: str, wanted: str) -> None:
    assert findings({"tests": [{"test": name, "result": words}]}) == wanted


LOST = [{"sphincter": {part: words}} for part, words, wanted in rows(SPHINCTER) if not any(mark in wanted for mark in ("?", "normal", "@"))]
RAISED = [
    *LOST,
    *({"tests": [{"test": name, "result": "present"}]} for name in ("saddle numbness", "saddle anaesthesia", "urinary retention")),
    {"tests": [{"test": "DRE", "result": "lax"}]},
]
WEAK = {"power": [{"movement": "knee extension", "grade": 3}]}
CORD = [
    {"reflexes": [{"reflex": "Babinski", "finding": "present"}]},
    {"reflexes": [{"reflex": "extensor plantars", "finding": "yes"}]},
    {"tests": [{"test": "Babinski present", "result": "yes"}]},
    {"reflexes": [{"reflex": "clonus", "finding": "present"}]},
    {"tests": [{"test": "clonus", "result": "present"}]},
]


def flags(data: dict[str, object]) -> set[str]:
    case = read_case({"side": "left", "history": ["back pain"], **data}, lenient=True)
    return {flag["id"] for flag in lasegue.localize(case)["red_flags"]}


@pytest.mark.parametrize("data", RAISED, ids=str)
def test_a_told_loss_raises_the_cauda_equina_flag(data: dict[str, object]) -> None:
    assert "cauda_equina.emergency" in flags(data)


@pytest.mark.parametrize("data", CORD, ids=str)
def test_a_told_cord_sign_raises_the_cord_flag(data: dict[str, object]) -> None:
    assert "cord_signs.emergency" in flags({**data, **WEAK})


def test_denied_signs_raise_no_flag() -> None:
    denied = {"reflexes": [{"reflex": "Babinski", "finding": "absent"}, {"reflex": "clonus", "finding": "absent"}]}
    assert not {one for one in flags({**denied, **WEAK}) if one.startswith("cord_signs")}
    assert "cauda_equina.emergency" not in flags({"sphincter": {"bladder": "no control problems", "saddle_sensation": "no numbness"}})
