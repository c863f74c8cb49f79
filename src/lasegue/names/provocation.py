"""What brings a complaint on and what eases it: "worse standing, walking and on stairs; relieved by sitting but not by standing"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lasegue.names.fold import Token
from lasegue.names.phrases import Hit, Segment

_PREPOSITION = r"(?:on|by|with|when|whilst|while|during|after|at|in|upon|within|from|through|if|for|to)"
# Words that bring a complaint on or ease it wherever they stand, and words that do so only before a preposition.
_WORSE = (
    "worse|worst|worsened|worsen|worsening|aggravated|aggravate|aggravating|exacerbated|exacerbate|exacerbating|provoked|provoke"
    "|precipitated|triggered|trigger|brought on|brought about|bring on|more painful|more severe|more marked|accentuated|intensified"
    "|reproduced|set off|exercise induced"
)
_WORSE_BEFORE = (
    "(?:in)?tolerant|increased|increase|intensifie|come on|came on|coming on|come|occur|occurring|occurred|flare|flared|only|induced"
    "|appear|hurt"
    "|pain|painful|ache|aching|discomfort|uncomfortable|sore|cramp|cramping|symptom|marked|noticeable|trouble|difficulty|severe"
    "|present|felt|start"
)
_EASED = (
    "relieved|relieve|relieving|relief|eased|ease|easing|better|alleviated|alleviate|alleviating|helped|help|lessened|lessen"
    "|less painful|less pain|less|easier|comfortable|comfort|pain free|painfree|no pain"
)
_EASED_BEFORE = (
    "improved|improve|improving|settled|settle|settling|reduced|reduce|decreased|decrease|abated|abate|subside|subsided|resolved|resolve"
    "|resolving|goe off|goe away|goe|go off|go away|go|gone|disappeared|disappear|stopped|stop|pass off|wear off|ok|fine|free"
    "|quick recovery"
)
_UNTOUCHED = "unaffected|not affected|unchanged|unrelated|not related|independent|no different|no effect|no change"
_HEAD = re.compile(
    rf"\b(?:(?P<untouched>{_UNTOUCHED})(?= {_PREPOSITION}\b)|(?P<eased>(?:{_EASED})\b|(?:{_EASED_BEFORE})(?= {_PREPOSITION}\b))"
    rf"|(?P<worse>(?:{_WORSE})\b|(?:{_WORSE_BEFORE})(?= {_PREPOSITION}\b)))"
)
_AFTER_WORSE = (
    "worsen|aggravate|exacerbate|provoke|increase|bring|trigger|worse|hurt|painful|uncomfortable|intolerable|unbearable|sore|impossible"
    "|alter|affect|change|no difference|no effect"
)
_AFTER_EASED = "ease|relieve|help|improve|alleviate|settle|lessen|reduce|better|comfortable|easier|fine|tolerable"
_AFTER = re.compile(
    rf"^(?: (?:is|are|it|them|this|pain|symptom|thing|leg|make|made|can|will|much|also|often|usually|tend|to|feel"
    rf"|doe|do|did|not|doesnt|didnt|has|have))*"
    rf" (?:(?P<worse>{_AFTER_WORSE})|(?P<eased>{_AFTER_EASED}))\b"
)
# The words that a head begins with, and those that follow activities: a segment without them tells nothing.
_OPENINGS = frozenset(
    word.split()[0]
    for words in (_WORSE, _WORSE_BEFORE.replace("(?:in)?tolerant", "tolerant|intolerant"), _EASED, _EASED_BEFORE, _UNTOUCHED)
    for word in words.split("|")
)
_ENDINGS = frozenset(f"{_AFTER_WORSE}|{_AFTER_EASED}".split("|")) | {"difference", "effect"}
_LOCAL_NO = re.compile(rf"\b(?:not|nor|never|no|without)(?: {_PREPOSITION})?$")
_HEAD_NO = re.compile(
    r"\b(?:not|no|nor|never|without|deny|denied|denie|denying|neither|isnt|doesnt)(?: (?:\w+))?(?: (?:particularly|significantly"
    r"|clearly|made|get|be|is))?$"
)
# Words that may stand between a head and its activities.
_BETWEEN = re.compile(
    rf"^(?: |\b(?:{_PREPOSITION}|and|or|nor|not|but|also|then|more than|more|even|only|both|either|just|mainly|mostly|especially"
    rf"|particularly|some|any"
    r"|prolonged|long|longer|short|brief|lengthy|period|time|far|too|quick|quickly|rapidly|slightly|much|partially|partly|completely"
    r"|fully|immediately"
    r"|always|one|two|three|four|five|ten|heavy|strenuous|very|soon|up|down|out|\d+|few|couple|several|minute|min|hour|second|symptom|pain|it|them|there|leg|back"
    r"|foot|numbness"
    r"|tingling|weakness|burning|little|bit|lot|somewhat|being|having|made|is|was|still|about|around|over|under|whole|day|all|rather"
    r"|often|usually"
    r"|sometime|due|active|gentle|simple|repeated|each|every|affected|stood|he|she|patient|whenever|eg|ie|like|such|as|position"
    r"|posture|doing"
    r")\b)*$"
)

_ACTIVITIES = (
    ("standing_still", r"(?:stopping and )?stand(?:ing)? still|stopping and standing|standing in (?:one place|queue)|queu(?:e|ing|eing)"),
    (
        "stopping",
        r"stop(?:ping|ped)?(?: walking)?|stopping to rest|pausing|pause|(?:few |couple |\d+ |several |two |five |ten )?minute rest"
        r"|(?:short|brief) rest"
        r"|(?:walking )?rest(?:ing)? for (?:few|couple|\d+|several|two|five|ten) minute",
    ),
    (
        "shoes_off",
        r"(?:removing|taking off|remove|kicking off) (?:tight )?(?:shoe|boot)|shoe (?:off|removal)|taking shoe off|(?:going "
        r"|walking )?barefoot",
    ),
    ("footwear", r"(?:tight |narrow |high heeled |in )?(?:shoe|footwear|boot|high heel)(?: wear)?"),
    ("night_lying", r"lying (?:down )?at night|in bed at night"),
    ("night", r"(?:at )?night(?: ?time)?|nocturnally|nocturnal"),
    ("first_steps", r"(?:taking )?1st (?:few )?step|1st thing in morning on walking"),
    ("morning", r"(?:early |1st thing in )?morning|(?:on )?waking|wakening"),
    (
        "evening",
        r"(?:late |towards )?evening|end day|later in day|day (?:goe|go|wear) on|day progresse?|repetition|repeated use|fatigue"
        r"|sustained use",
    ),
    (
        "lying_side",
        r"(?:lying|lie|sleeping|sleep|laying|lay)(?: down)? on (?:to )?(?:(?:left|right|that|same|affected|painful|it|one|either|bad"
        r"|symptomatic|good) ?)*"
        r"(?:side|hip)|side lying|(?:lying|sleeping|lie) on (?:it|left|right|lateral)|fetal position",
    ),
    ("turning_in_bed", r"(?:turning|rolling)(?: over)?(?: in)? bed|(?:turning|rolling) over"),
    (
        "hanging",
        r"(?:hanging|dangling|lowering|putting|holding)(?: out)? (?:leg|foot)(?: (?:down|out bed|over (?:edge|side)(?: bed)?|over bed"
        r"|on floor))*|dependency|leg (?:down|dependent)",
    ),
    ("elevation", r"elevation|elevating(?: leg| foot)?|leg (?:up|elevated|raised)|raising foot"),
    (
        "hip_flexed",
        r"(?:hip|knee|thigh|leg)(?: and (?:hip|knee))?(?: held)? (?:flexed|flexion|bent|drawn up)|flexing (?:hip|knee|leg|thigh)"
        r"|(?:drawing|pulling|bringing|hugging|bending)(?: up)? (?:knee|leg|thigh|hip)(?: up)?(?: to chest)?|pillow under knee|crook lying",
    ),
    ("hip_straight", r"(?:hip|thigh) extension|(?:extending|straightening|stretching) (?:hip|thigh)"),
    (
        "stretch",
        r"(?:extending|straightening|stretching)(?: out)? (?:leg|knee|hamstring)|straight leg(?: raising| raise)?|leg (?:straight"
        r"|stretched|raising)"
        r"|raising leg|lifting leg|knee extension|stretching",
    ),
    (
        "extension",
        r"(?:lumbar |spinal |trunk |back )?(?:hyper)?extension|(?:bending|leaning|arching|lean|bend|arch) (?:back|backward)"
        r"|extending (?:back|spine|lumbar spine)"
        r"|(?:standing )?(?:up)?(?:straightening up|up straight|upright)|(?:being |staying )?upright|standing straight|looking up"
        r"|reaching overhead",
    ),
    (
        "trolley",
        r"(?:(?:leaning|pushing|lean|holding|supporting himself)(?: on| over| onto)?)? ?(?:shopping )?(?:trolley|cart|pram|pushchair"
        r"|buggy|walker|rollator|walking frame|zimmer frame)|leaning on (?:counter|wall|stick|something|rail)",
    ),
    (
        "flexion",
        r"(?:bending|leaning|stooping|lean|bend|stoop|bent|leant|crouching|curling|curled)(?: (?:forward|over|down|up|to floor))*|stooped"
        r"|forward (?:bending|flexion|leaning)|(?:lumbar |spinal |trunk |back )?flexion|flexing (?:back|spine|forward|lumbar spine)"
        r"|touching toe|tying shoelace",
    ),
    ("uphill", r"(?:walking |going |climbing |cycling )?(?:uphill|up ?hill|up (?:incline|slope)|hill|incline|slope)(?: walking)?"),
    ("downhill", r"(?:walking |going )?(?:downhill|down ?hill|down (?:incline|slope))(?: walking)?"),
    ("downstairs", r"(?:walking |going |coming )?(?:downstair|down stair)|descending(?: stair)?|stair descent"),
    (
        "stairs",
        r"(?:(?:climbing|going up|walking up|ascending|negotiating|going|up|using|flight) )*(?:stair|upstair)|climbing(?: step| hill"
        r"| ladder)?|stair climbing|step|ladder",
    ),
    ("squatting", r"(?:deep )?squat(?:ting)?(?: down)?|kneeling|crouching(?: down)?"),
    ("crossing_legs", r"(?:sitting with )?(?:crossing leg|crossed leg|leg crossed|leg crossing|crossing knee)|sitting cross legged"),
    (
        "rising",
        r"(?:getting|standing|rising|get|stand|rise)(?: up)?(?: from| out| off| in and out)+ (?:low )?(?:chair|sitting|seat|bed|car"
        r"|sofa|bath|toilet|floor)|rising(?: from sitting)?"
        r"|getting up|sit to stand|transfer(?:ring)?|1st getting up|getting going",
    ),
    ("standing_up", r"(?:standing|stand) up|getting to foot"),
    ("toilet", r"(?:sitting )?on toilet(?: seat)?|toilet seat|(?:ring|doughnut|donut) cushion"),
    ("driving", r"(?:long )?driv(?:e|ing)|car (?:journey|ride|travel)|(?:sitting )?in car|travel(?:l)?ing"),
    (
        "sitting",
        r"(?:sitting|sit|seated|sat)(?: (?:down|still|in chair|at desk|at work|upright|on hard (?:chair|surface|seat|bench)"
        r"|for (?:a )?long|position|posture))*|desk work|office work",
    ),
    (
        "weight",
        r"(?:full )?weight ?bearing|bearing weight|putting weight (?:on|through)|single leg standing|standing on (?:one|that|affected"
        r"|left|right) leg|one leg standing|hopping",
    ),
    ("standing", r"(?:long )?stand(?:ing)?(?: too long| around| for long)?|being on foot|on foot"),
    (
        "lying",
        r"(?:lying|lie|laying|lay|sleeping)(?: (?:flat|down|supine|prone|on (?:back|front|stomach)|in bed|still))*|supine|prone"
        r"|recumben(?:t|cy)|reclining|bed ?rest|going to bed|in bed|bed",
    ),
    ("running", r"run(?:ning)?|jogging|sprinting|jumping"),
    (
        "walking",
        r"walk(?:ing)?(?: (?:far|distance|fast|quickly|about|around|on flat|on level|more than|outside|barefoot|short distance"
        r"|long distance))*|ambulati(?:on|ng)|mobilis(?:ing|ation)|moving about|moving around|keeping moving|pacing",
    ),
    ("exercise", r"exercise|exercising|exertion|effort|training|sport|physical exertion|kicking"),
    ("rotation", r"(?:hip |internal |external )?rotation|rotating hip|pivoting|twisting|getting dressed"),
    (
        "cough",
        r"cough(?:ing)?|snee[sz](?:e|ing)|strain(?:ing)?(?: at stool| on toilet)?|valsalva(?: manoeuvre| maneuver)?|laugh(?:ing)?"
        r"|bearing down|defecation|opening bowel|blowing nose",
    ),
    ("lifting", r"(?:heavy )?lifting(?: heavy)?|carrying(?: shopping| weight| load| heavy)?|heavy work|manual work|pulling|pushing"),
    ("activity", r"(?:physical )?activity|(?:any )?movement|moving|motion|physical work|housework|gardening|working|work|use"),
    ("rest", r"rest(?:ing)?|at rest|inactivity|sitting or lying|relaxation|immobility"),
    ("touch", r"(?:light )?touch|clothe|clothing|bedclothe|sheet|duvet|bed sheet|contact|trouser|tight clothe"),
    ("heat", r"heat|hot (?:weather|bath|shower)|warm(?:th| bath)?|hot water bottle"),
    ("cold", r"cold(?: weather)?|ice|cold water|damp weather|winter"),
    ("dark", r"dark|darkness|eye (?:closed|shut)|closing eye"),
    ("menses", r"period|menstruation|menses|menstrual cycle"),
    (
        "change",
        r"(?:changing|change) posture|(?:any )?position|changing position|change position|shifting|massage|rubbing|stretching exercise"
        r"|acupuncture",
    ),
)
_ACTIVITY = re.compile("|".join(rf"(?P<{name}>\b(?:{pattern})\b)" for name, pattern in _ACTIVITIES))
_WORSE_ITEMS = {
    "standing_still": "worse_standing",
    "standing": "worse_standing",
    "walking": "worse_walking",
    "uphill": "claudication_distance",
    "downhill": "worse_extension",
    "extension": "worse_extension",
    "downstairs": "knee_buckling",
    "stairs": "worse_stairs",
    "squatting": "worse_stairs",
    "sitting": "worse_sitting",
    "driving": "worse_sitting",
    "toilet": "worse_sitting",
    "lying": "worse_lying",
    "night_lying": "night_pain",
    "lying_side": "side_lying_pain",
    "crossing_legs": "lateral_hip",
    "flexion": "worse_bending_forward",
    "stretch": "worse_bending_forward",
    "exercise": "worse_activity",
    "running": "running",
    "rest": "worse_rest",
    "cough": "cough_pain",
    "lifting": "worse_lifting",
    "night": "night_pain",
    "turning_in_bed": "sacroiliac_words",
    "first_steps": "first_step",
    "rising": "startup_stiffness",
    "standing_up": "startup_stiffness",
    "weight": "startup_stiffness",
    "rotation": "startup_stiffness",
    "footwear": "footwear",
    "touch": "crps",
    "heat": "multiple_sclerosis",
    "morning": "worse_morning",
    "evening": "fatigable",
    "dark": "unsteady",
    "menses": "cyclical",
    "activity": "worse_activity",
    "hip_straight": "hip_held_flexed",
    "elevation": "hanging_leg_relief",
}
_EASED_ITEMS = {
    "sitting": "eased_sitting",
    "flexion": "eased_sitting",
    "trolley": "eased_sitting",
    "uphill": "eased_sitting",
    "squatting": "eased_sitting",
    "standing": "eased_standing",
    "standing_up": "eased_standing",
    "toilet": "relief_sitting_toilet",
    "standing_still": "claudication_distance",
    "stopping": "claudication_distance",
    "rest": "eased_rest",
    "walking": "eased_walking",
    "activity": "eased_walking",
    "exercise": "eased_walking",
    "extension": "eased_walking",
    "lying": "relief_lying",
    "lying_side": "relief_lying",
    "hanging": "hanging_leg_relief",
    "shoes_off": "footwear",
    "hip_flexed": "hip_held_flexed",
}
_OTHER = "eased_or_worse_otherwise"
_LAST_WORD = 8
"""A head whose activities stand in the next segment ends its own, but for a word such as "with"."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Whether what follows makes it worse or eases it, whether that is denied, and where the word stands."""

    worse: bool
    denied: bool
    start: int
    end: int


def provocations(parts: Sequence[Segment]) -> Iterator[tuple[int, Hit]]:
    """What brings the complaint on and what eases it, with the place of its segment."""
    head: _Head | None = None
    for place, part in enumerate(parts):
        line = " ".join(word.text for word in part.words)
        words = {word.text for word in part.words}
        heads = list(_heads(line)) if words & _OPENINGS else []
        if heads or (part.hard and not _goes_on(line)):
            head = None
        told = words & _ENDINGS or head is not None or heads
        read = list(_read(line, heads, head)) if told else []
        for worse, denied, activity, start, end, carried in read:
            item = (_WORSE_ITEMS if worse else _EASED_ITEMS).get(activity, _OTHER)
            first, last = _span(part.words, start, end)
            yield place, Hit(item, first, last, 0, True if denied else False if carried else None)
        if heads:
            head = heads[-1] if read or heads[-1].end >= len(line) - _LAST_WORD else None


def _goes_on(line: str) -> bool:
    """ "But not by standing": a denial after "but" goes on with the head that stands before it."""
    return line.startswith(("but not ", "but no ", "though not ", "except ", "but also "))


def _heads(line: str) -> Iterator[_Head]:
    for found in _HEAD.finditer(line):
        denied = bool(found["untouched"]) or _HEAD_NO.search(line[: found.start()].rstrip()) is not None
        yield _Head(not found["eased"], denied and not line[found.start() :].startswith("no pain"), found.start(), found.end())


def _read(line: str, heads: Sequence[_Head], carried: _Head | None) -> Iterator[tuple[bool, bool, str, int, int, bool]]:
    """The activities of a segment: (worse, denied, activity, start, end, whether the head stands in an earlier segment)."""
    if not heads and carried is None:
        yield from _before_their_head(line, 0)
        return
    if not heads and carried is not None:
        found = list(_list(line, 0, carried))
        covered = line
        for _, _, start, end in reversed(found):
            covered = covered[:start] + covered[end:]
        if found and _BETWEEN.match(" " + covered.strip()):
            for activity, denied, start, end in found:
                yield carried.worse, denied, activity, start, end, True
        return
    if _ENDINGS & set(line[: heads[0].end].split()):
        yield from _before_their_head(line[: heads[0].end], 0)
    for number, head in enumerate(heads):
        stop = heads[number + 1].start if number + 1 < len(heads) else len(line)
        for activity, denied, start, end in _list(line[:stop], head.end, head):
            yield head.worse, denied, activity, head.start if start - head.end < 12 else start, end, False


def _list(line: str, at: int, head: _Head) -> Iterator[tuple[str, bool, int, int]]:
    """The members of a list after its head; a "not" within it denies what follows."""
    denied = head.denied
    while found := _ACTIVITY.search(line, at):
        between = line[at : found.start()]
        if not _BETWEEN.match(between):
            return
        local = _LOCAL_NO.search(between.strip())
        denied = denied or (local is not None and not head.denied)
        yield str(found.lastgroup), denied, found.start(), found.end()
        at = found.end()


def _before_their_head(line: str, at: int) -> Iterator[tuple[bool, bool, str, int, int, bool]]:
    """ "Sitting and driving make it worse"."""
    pending: list[tuple[str, int, int]] = []
    while found := _ACTIVITY.search(line, at):
        if not _BETWEEN.match(line[at : found.start()]):
            pending = []
        pending.append((str(found.lastgroup), found.start(), found.end()))
        at = found.end()
        after = _AFTER.match(line[at:])
        if after:
            denied = re.search(r"\b(?:not|no|neither|never|doesnt|didnt)\b", line[: at + after.end()]) is not None
            for activity, start, end in pending:
                yield after["worse"] is not None, denied, activity, start, end, False
            pending = []
            at += after.end()


def _span(words: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Where a stretch of the folded line stands in the text."""
    at, first, last = 0, words[-1].start, words[0].end
    for word in words:
        stop = at + len(word.text)
        if stop > start and at < end:
            first, last = min(first, word.start), max(last, word.end)
        at = stop + 1
    return first, last
