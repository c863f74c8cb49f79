"""Whether what a line of the history says is denied: "no fever, weight loss or trauma", "retention: denies", "not just back pain"."""

from collections.abc import Sequence
from dataclasses import dataclass

from lasegue.names.phrases import Hit, Segment

NO = frozenset("no not denied deny denying without never nil negative neg free neither nor absence lack lacking absent nolonger".split())
NO_AFTER = frozenset("denied deny absent excluded none nil negative neg no never".split())
_DENIAL = frozenset("deny denied denying nor neither or".split())
_NO_DENIAL = frozenset("just only merely doubt know notice noticed aware realise realised".split())
"""After "not" these do not deny what follows: "did not know she had wet herself"."""
_TWO_WORDS = frozenset({("rather", "than"), ("ruled", "out")})
_AS_IT_SHOULD_BE = frozenset("normal unremarkable clear clean fine ok okay intact good preserved unaffected".split())
_MAY_BE_NORMAL = frozenset(
    "diabetes b12_deficiency thyroid bladder_change bowel_change sexual_change saddle_numbness sensory_symptoms weakness_symptom unsteady "
    "cold_pale_foot walking_difficulty cognition stairs_chair muscle_wasting_noticed renal_failure cancer swallowing face_speech "
    "arm_weakness hiv vasculitis lyme rheumatoid".split()
)
"""Of these "normal", said after them, is a denial: "fasting glucose normal"."""
_ABSENCES = frozenset(
    "painless active_life unremarkable_habits new_onset course.stable tempo.sudden relief_lying eased_rest eased_sitting "
    "relief_sitting_toilet eased_or_worse_otherwise".split()
)
"""Items that a denial tells in full."""
_PREPOSITIONS = frozenset("to from with by on in at when for since after".split())
_ASKED_TOGETHER = frozenset("fever weight_loss night_pain relief_lying".split())
"""Asked in one breath: "no fever, weight loss, night sweats" denies all three."""
_SACRAL = frozenset("bladder_change bowel_change urinary_urgency saddle_numbness sexual_change".split())
_REVIEWED = _SACRAL | frozenset(
    "fever weight_loss night_pain cancer iv_drug_use steroid injury fall_injury weakness_symptom sensory_symptoms diabetes alcohol hiv "
    "recent_infection headache double_vision swallowing breathless recurrent_falls anticoagulant recent_surgery".split()
)
"""What is asked of everybody, and denied in one list."""
_ADJECTIVES = frozenset("numb weak numbing failing dead".split())
_PADDING = frozenset("and or any other problem symptom trouble issue complaint use change involvement history known".split())
_CLOSES_A_LIST = frozenset("negative neg normal absent unremarkable".split())
_BLOOD = frozenset("hiv vasculitis lyme b12_deficiency thyroid diabetes rheumatoid lymphoma renal_failure recent_infection fever".split())
_OF_A_LIST = 5
_AFTER_NON = frozenset("diabetic traumatic alcoholic drinker febrile painful pregnant".split())
_OPENERS = frozenset("has had with is was now but develop developed worse better eased relieved aggravated provoked only".split())
_MENDING = frozenset("recovery improvement resolution return".split())
UNLIKE_NOUNS = frozenset(
    "worse eased relieved better aggravated progressive sudden gradual worsening acute improving now only started developed".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase in its place: which segment holds it."""

    hit: Hit
    segment: int


def denied(parts: Sequence[Segment], said: Sequence[Said], one: Said) -> bool:
    """Whether one of the phrases of a line is denied by the words around it."""
    here = [other.hit for other in said if other.segment == one.segment]
    part = parts[one.segment]
    denials = [end for end in _denials(part, here) if end <= one.hit.start]
    if one.hit.item != "course.improving":
        denials = [end for end in denials if not _mending(part, end, here)]
    if one.hit.item.startswith("tempo."):
        return bool(denials) and not any(denials[-1] <= word.start < one.hit.start for word in part.words)
    if denials and _excepted(parts, one.segment):
        return False
    if denials:
        return not _ended_by_and(part, denials[-1], one.hit) and not _ended_by_after(part, denials[-1], one.hit)
    return (
        _prefixed(part, one.hit)
        or any(_opens_denial(part, hit) and _or_between(part, hit.start, one.hit.start) for hit in here)
        or _denied_after(part, one.hit)
        or (here[-1] == one.hit and _answered_no(parts, one.segment))
        or _denied_in_list(parts, said, one)
        or _denied_at_the_end(parts, said, one)
    )


def _excepted(parts: Sequence[Segment], place: int) -> bool:
    """ "No numbness except the big toe": there is some."""
    following = parts[place + 1].words[0].text if place + 1 < len(parts) else ""
    return following in {"except", "apart", "bar"}


def _prefixed(part: Segment, hit: Hit) -> bool:
    """ "Non-diabetic"."""
    before = [word.text for word in part.words if word.end <= hit.start]
    return before[-1:] == ["non"] and any(word.text in _AFTER_NON and hit.start <= word.start < hit.end for word in part.words)


def _answered_no(parts: Sequence[Segment], place: int) -> bool:
    """ "Retention: nil"."""
    following = [word.text for word in parts[place + 1].words] if place + 1 < len(parts) else []
    return len(following) == 1 and following[0] in NO_AFTER


def _denied_at_the_end(parts: Sequence[Segment], said: Sequence[Said], one: Said) -> bool:
    """ "HIV, hepatitis and syphilis negative": one word closes the list of tests."""
    last = one.segment
    while last + 1 < len(parts) and not parts[last + 1].hard:
        last += 1
    members = [other.hit.item for other in said if one.segment <= other.segment <= last]
    closed = parts[last].words[-1].text in _CLOSES_A_LIST and all(len(part.words) <= _OF_A_LIST for part in parts[one.segment : last + 1])
    return one.hit.item in _BLOOD and closed and all(item in _BLOOD for item in members)


def _denials(part: Segment, hits: Sequence[Hit]) -> list[int]:
    """Where the words stand that deny what follows; one within a phrase ("no response to …") is part of the phrase."""
    following = [word.text for word in part.words[1:]] + [""]
    return [
        word.end
        for word, then in zip(part.words, following, strict=True)
        if (word.text in NO or (word.text, then) in _TWO_WORDS)
        and then not in _NO_DENIAL
        and not any(hit.start <= word.start < hit.end for hit in hits)
    ]


def _denied_after(part: Segment, hit: Hit) -> bool:
    """ "Retention denied", "cancer: found none", "fasting glucose normal"."""
    after = [word.text for word in part.words if word.start >= hit.end]
    if not after:
        return False
    return (
        (after[0] in NO_AFTER and (len(after) == 1 or after[0] not in {"no", "never"}))
        or after[:2] == ["ruled", "out"]
        or after[-1] in {"absent", "denied", "excluded"}
        or after[-2:] == ["found", "none"]
        or (after[0] in _AS_IT_SHOULD_BE and hit.item in _MAY_BE_NORMAL)
    )


def _mending(part: Segment, denial: int, here: Sequence[Hit]) -> bool:
    """ "No recovery of the foot drop": it is there still, and so is what follows."""
    first = min((hit.start for hit in here if hit.start >= denial and hit.item != "course.improving"), default=denial)
    between = {word.text for word in part.words if denial <= word.start < first}
    return bool(between & _MENDING) and not between & {"or", "nor", "and"}


def _opens_denial(part: Segment, hit: Hit) -> bool:
    """A phrase that is a denial itself and no loss: "no pain or weakness" denies both, "no erections or bladder control" neither."""
    if hit.item not in _ABSENCES:
        return False
    words = [word.text for word in part.words if hit.start <= word.start < hit.end]
    return bool(words) and words[0] in NO and (words[:2] == ["no", "pain"] or not _PREPOSITIONS.intersection(words))


def _or_between(part: Segment, start: int, end: int) -> bool:
    return any(word.text in {"or", "nor"} and start < word.start < end for word in part.words)


def _ended_by_and(part: Segment, denial: int, hit: Hit) -> bool:
    """ "No back pain and worse at night": after "and" a denial goes on only over a bare noun that ends the clause."""
    between = [word for word in part.words if denial <= word.start < hit.start]
    if not any(word.text == "and" for word in between):
        return False
    denier = next(word.text for word in part.words if word.end == denial)
    if denier in _DENIAL:
        return False
    inside = [word.text for word in part.words if hit.start <= word.start < hit.end]
    bare = between[-1].text == "and" and part.words[-1].end == hit.end
    return not bare or inside[0] in UNLIKE_NOUNS


def _ended_by_after(part: Segment, denial: int, hit: Hit) -> bool:
    """ "Never came back after the dislocation": what a denial came after is not denied."""
    between = [word for word in part.words if denial <= word.start < hit.start]
    return len(between) > 1 and between[-1].text in {"after", "following", "since"}


def _denied_in_list(parts: Sequence[Segment], said: Sequence[Said], one: Said) -> bool:
    """ "No back pain, bladder or bowel trouble": a denial reaches over commas to the member after "or", or over a bare list."""
    first = one.segment
    while first > 0 and not parts[first].hard:
        first -= 1
        here = [other.hit for other in said if other.segment == first]
        if not _denials(parts[first], here) and not any(_opens_denial(parts[first], hit) for hit in here):
            continue
        last = one.segment
        while last + 1 < len(parts) and not parts[last + 1].hard and not _opens_anew(parts[last + 1]):
            last += 1
        reach = parts[first + 1 : last + 1]
        if any(_opens_anew(part) for part in parts[first + 1 : one.segment + 1]):
            return False
        joined = any(word.text in {"or", "nor"} for part in parts[one.segment : last + 1] for word in part.words)
        asked = {other.hit.item for other in said if first <= other.segment <= one.segment}
        joined = joined or (asked <= _ASKED_TOGETHER and all(len(part.words) <= 2 for part in reach))
        deny = any(word.text in {"deny", "denied", "denying"} for word in parts[first].words)
        return joined or (deny and all(len(part.words) <= 5 for part in reach)) or _bare_list(parts, said, first, one)
    return False


def _bare_list(parts: Sequence[Segment], said: Sequence[Said], first: int, one: Said) -> bool:
    """ "No weakness, numbness, bladder problems": bare nouns that are asked of everybody.

    Three members make a list. Two are one only where both are sacral: after "no trauma" a retention may well be there.
    """
    inside = range(first, one.segment + 1)
    hits = {place: [other.hit for other in said if other.segment == place] for place in inside}
    members = [hit for place in inside for hit in hits[place]]
    longest = one.segment
    while longest + 1 < len(parts) and not parts[longest + 1].hard:
        longest += 1
    bare = all(_bare(parts[place], hits[place]) for place in inside if place > first)
    known = all(hit.item in _REVIEWED for hit in members)
    return bare and known and (longest - first >= 2 or all(hit.item in _SACRAL for hit in members))


def _bare(part: Segment, hits: Sequence[Hit]) -> bool:
    """Whether a segment holds nothing but the nouns of its phrases."""
    inside = [word.text for word in part.words if any(hit.start <= word.start < hit.end for hit in hits)]
    rest = [word.text for word in part.words if not any(hit.start <= word.start < hit.end for hit in hits)]
    return bool(inside) and not _ADJECTIVES & set(inside) and all(word in _PADDING for word in rest)


def _opens_anew(part: Segment) -> bool:
    """Whether a segment after a comma starts a statement of its own."""
    return part.words[0].text in UNLIKE_NOUNS or any(word.text in _OPENERS for word in part.words[:3])
