"""What every key of every command's JSON means.

A path writes `[]` for the entries of a list. `.*` stands for keys that depend on the data (roots, sides, values); `.**` for anything below.
"""

from collections.abc import Iterator
from typing import Any, Final

from handbook.measured_keys import BATCH, EVALUATE, FROM_TEXT, ON_COHORT, READ, SIMULATED

VERSIONS = """
format | version of this object's shape; it rises when a key changes its meaning
model_version | version of the model
knowledge_version | version of the knowledge
"""
LOCALIZE = """
id | the case's own id, or an empty text
format | version of the answer's shape
model_version | version of the model
knowledge_version | version of the knowledge
prior | the setting whose priors were used
scope | why the case lies at the edge of what the model was made for; empty when it does not
scope[].id | under_16, pregnant, postoperative, trauma, and the like
scope[].text | the same in words
ranking | every lesion on a side with a probability of 0.001 or more, highest first; empty where nothing may be ranked
ranking[].lesion | lesion id
ranking[].label | its name
ranking[].side | left, right, bilateral, or null where the case names no side
ranking[].probability | the mean model's probability
ranking[].interval | 5th and 95th percentile of the ensemble of models, or null where it was not worked out
pairs | two lesions together, with a probability of 0.001 or more
pairs[].parts | the two
pairs[].parts[].lesion | lesion id
pairs[].parts[].side | its side
pairs[].probability | probability of both together
rest | what rows and pairs left out hold; ranking, pairs and rest sum to 1
families | the ranking summed by the first part of the id
families[].family | root, nerve, plexus, mimic, ...
families[].probability | their sum
roots | by side: how likely each root is hurt, alone or with others
roots.* | left and right, or unknown
roots.*.* | a root and its probability
discs | disc and zone that would fit, if a root is hurt; not a surgical level
discs[].level | such as L4-L5
discs[].zone | central, paracentral, foraminal, extraforaminal
discs[].probability | given that a root is hurt
causes | what may hurt the root, if a root is hurt
causes[].cause | disc_herniation, foraminal_stenosis, ...
causes[].probability | given that a root is hurt
fit | how well the leader explains the findings
fit.explained | false when `unlisted` leads or surprise is below 0.01; null without a ranking
fit.surprise | tail probability of findings such as these under the leader, 0 to 1; small is odd
fit.misfits | findings that the leader seldom brings about
fit.misfits[].finding | in words
fit.misfits[].side | its side, or null
fit.misfits[].expected | P(finding given the leader and the other findings)
prior_weight | log10 of the prior odds, leader to rival
joint | what the findings weigh together beyond their single weights, log10
because | findings by weight; prior_weight, joint and the weights add up to the log10 odds of leader to rival
because[].finding | in words
because[].path | where it stands in the case file; a place that a line of the history names is `history[0].pain@13`, the word's position
because[].side | its side, or null
because[].weight | log10 of how much likelier it is under the leader, the others given; negative speaks against
because[].for | the leader
because[].against | the rival
because[].sources | ids of the sources behind it
cannot_separate | a sentence where the findings do not separate two neighbours; else null
would_change | the smallest change of one finding that puts another lesion first; null where none does
would_change.path | where the finding stands
would_change.finding | in words
would_change.side | its side, or null
would_change.was | what was found
would_change.instead | what would turn the answer, or null where leaving it out does
would_change.lesion | the lesion that would lead
would_change.lesion_side | its side
would_change.probability | its probability then
must_ask | what must be asked or examined in this presentation, whatever the ranking says
must_ask[].finding | what
must_ask[].why | the reason
must_ask[].how | how to ask or examine
next_tests | what to ask and test next, the most useful for the least cost first
next_tests[].id | id of the test
next_tests[].test | in words
next_tests[].side | side to be examined, or null
next_tests[].kind | kind of test
next_tests[].bits | expected information between classes of action
next_tests[].cost_minutes | minutes of the patient's time
next_tests[].discomfort | 0 to 1
next_tests[].how | how it is done
next_tests[].why | what it tells apart
next_tests[].note | a caution, or an empty text
next_tests[].changes | what each result would leave in front
next_tests[].changes[].result | the result
next_tests[].changes[].chance | how likely that result is
next_tests[].changes[].lesion | the leader then
next_tests[].changes[].side | its side
next_tests[].changes[].probability | its probability then
red_flags | dangers that the findings raise, the most urgent first; never lowered by the ranking
red_flags[].id | id of the rule
red_flags[].urgency | emergency, same_day, urgent or routine
red_flags[].text | what to do
red_flags[].because | the findings that raised it
red_flags[].sources | ids of the sources of the rule
red_flags_not_asked | questions of the safety net that the case leaves open
unused | what was read and did not count
unused[].path | where it stands
unused[].text | the words
unused[].why | why they did not count
limits | the statement of limits
"""
FAULTS = """
id | the case's id, where it has one
errors | everything that is wrong with the case
errors[].path | where in the case file
errors[].word | the word
errors[].message | what is the matter
errors[].nearest | the closest known names
"""


def _kind(name: str, what: str, *, rated: bool = False, kept: bool = False) -> str:
    lines = [f"{name} | {what}", f"{name}[].id | id", f"{name}[].name | name"]
    lines += [f"{name}[].kept | mean share of fibres kept"] if kept else []
    lines += [f"{name}[].probability | by value", f"{name}[].probability.* | P(value given the lesion)"]
    if rated:
        lines += [f"{name}[].base | rate in people with leg complaints in general, where it is known"]
        lines += [f"{name}[].ratio | how much commoner it is under the lesion"]
    return "\n".join(lines) + "\n"


SIMULATE = (
    VERSIONS
    + """
lesion | lesion id
label | its name
side | left, right or bilateral
severity | irritated, mild, moderate, severe or complete
"""
    + _kind("power", "MRC grade of each movement", kept=True)
    + _kind("sensation", "each skin site", kept=True)
    + _kind("groups", "the wordings that cover several sites", kept=True)
    + _kind("reflexes", "each reflex")
    + _kind("tests", "bedside signs and tests", rated=True)
    + _kind("sphincter", "bladder, bowel, anal tone, saddle, sexual function", rated=True)
    + _kind("tempo", "onset and course")
    + _kind("history", "items of the history", rated=True)
    + _kind("pain", "regions of pain", rated=True)
    + _kind("other_side", "what shows on the side that is not named", kept=True)
    + """
other_side[].kind | power, sensation or reflex
case | a case file of the likeliest findings; it reads back with `lasegue localize`
case.** | keys of a case file
"""
)
COHORT = """
format | version of this object's shape
patients | how many were drawn
seed | the seed
setting | whose prior
lesion | the lesion that they were drawn from, or null
file | where they were written
"""
COMPARE = (
    VERSIONS
    + """
lesions | the two, in the order of the call
lesions[].lesion | lesion id
lesions[].label | its name
lesions[].side | its side
severity | one severity for both, or null: as each tends to present
given | the loss of function that both are taken to show, or null
given.kind | kind of finding
given.id | its id
given.name | its name
given.value | the value that is given
findings | every finding, the most separating first
findings[].kind | power, sensation, group, reflex, test, sphincter, tempo, history or pain
findings[].id | id
findings[].name | name
findings[].bits | half the symmetrised Kullback-Leibler divergence, in bits
findings[].weight | the same in log10: expected log10 likelihood ratio for the truth
findings[].probability | two objects, one a lesion, in the order of the call
findings[].probability[].* | P(value given the lesion)
findings[].telling | the value whose chance differs most
findings[].speaks_for | the lesion for which that value speaks
findings[].how | how to examine it
findings[].sources | ids of the sources
"""
)
SHOW = """
format | version of this object's shape
knowledge_version | version of the knowledge
found | one card for everything that goes by the name
found[].kind | root, nerve, muscle, movement, skin site, reflex, test, lesion, history, source, ...
found[].id | id
found[].name | name
found[].names | what else people write
found[].facts | what the knowledge and the wiring say; the keys depend on the kind
found[].facts.** | facts by name
found[].figures | published figures
found[].figures[].id | id of the figure
found[].figures[].quantity | sensitivity, specificity, prevalence, ...
found[].figures[].value | the value
found[].figures[].interval | its interval, or null
found[].figures[].population | in whom
found[].figures[].reference_standard | against what, or null
found[].figures[].source | citation
found[].figures[].basis | read, secondary or judgement
found[].basis | read, secondary or judgement
found[].confidence | high, medium or low
found[].note | a remark, or null
found[].conflicts | where texts disagree about it
found[].conflicts[].id | id of the conflict
found[].conflicts[].title | the question
found[].conflicts[].positions | who holds what
found[].conflicts[].positions[].holder | who
found[].conflicts[].positions[].says | what
found[].conflicts[].consensus | what Lasegue goes by
found[].conflicts[].evidence | what studies found
found[].conflicts[].sources | their sources
found[].conflicts[].sources[].** | as under found[].sources[]
found[].sources | citations
found[].sources[].id | id of the source
found[].sources[].cite | authors and title
found[].sources[].year | year
found[].sources[].doi | DOI, where it has one
found[].sources[].pmid | PMID, where it has one
found[].sources[].access | how it was used: read or secondary
"""
TABLE = """
format | version of this object's shape
knowledge_version | version of the knowledge
table | roots, nerves, reflexes or myotomes
title | what the table shows
columns | names of the columns, in order
sources | ids of the documents whose printed table stands under `printed`
lines | one object a line, by column
lines[].root | root id (table roots)
lines[].nerve | nerve id (table nerves)
lines[].reflex | reflex id (table reflexes)
lines[].movement | movement id (table myotomes)
lines[].movements | by movement: share of fibres lost with the root or nerve
lines[].movements.* | a movement and its share
lines[].muscles | by muscle: share lost with the nerve
lines[].muscles.* | a muscle and its share
lines[].skin | skin sites that the root leads; under a nerve the share that each loses
lines[].skin.* | a site and its share
lines[].reflexes | by reflex: share of the arc lost
lines[].reflexes.* | a reflex and its share
lines[].roots | roots of the nerve; of a reflex or movement with their shares
lines[].roots.* | a root and its share
lines[].nerves | by nerve: share of the movement or reflex
lines[].nerves.* | a nerve and its share
lines[].lost_with_root | by root: share of the arc lost
lines[].lost_with_root.* | a root and the share
lines[].absent_when_old | share of healthy old people in whom the reflex is absent
lines[].disc_paracentral | the disc that hurts the root beside the midline
lines[].disc_foraminal | the disc that hurts it in the foramen
lines[].parent | the nerve from which it comes
lines[].printed | what the documents print: text, roots, or null
lines[].printed.** | the printed line of the root table
lines[].printed_nerve | the nerve that the documents print for the reflex
"""
CLAIMS = """
knowledge_version | version of the knowledge
counts | claims by verdict
counts.* | a verdict and its number
claims | every claim that was asked for
claims[].id | id of the claim
claims[].topic | myotome, dermatome, reflex, ...
claims[].text | the claim, restated
claims[].roots | the roots that it is about
claims[].verdict | reproduced, disputed, told or superseded
claims[].agrees | whether the checks, run now, bear the verdict out
claims[].measured | what each check measured
claims[].answer | what the studies say instead, or a note; null where there is none
claims[].sources | the document that makes the claim
claims[].answer_sources | sources of the answer
claims[].place | where in the document
claims[].confidence | confidence in the verdict
claims[].conflicts | ids of the conflicts that name it
claims[].review | who has checked it
claims[].review.status | draft or reviewed
claims[].review.reviewed_by | a clinician, or null
claims[].review.date | date of the review, or null
conflicts | where texts disagree
conflicts[].id | id of the conflict
conflicts[].title | the question
conflicts[].nature | the kind of disagreement
conflicts[].severity | how much it matters
conflicts[].positions | who holds what
conflicts[].positions[].holder | who
conflicts[].positions[].says | what
conflicts[].positions[].claims | ids of the claims that say so
conflicts[].evidence | what studies found
conflicts[].consensus | what Lasegue goes by
conflicts[].confidence | confidence in it
conflicts[].rule | the rule of the model that follows, or null
conflicts[].sources | ids of the sources
"""

COMMANDS: Final = {
    "localize": LOCALIZE,
    "localize, a case that cannot be read": FAULTS,
    "simulate": SIMULATE,
    "simulate --cohort": COHORT,
    "batch": BATCH,
    "compare": COMPARE,
    "show": SHOW,
    "table": TABLE,
    "claims": CLAIMS,
    "evaluate": EVALUATE,
    "evaluate --simulated": SIMULATED,
    "evaluate --cohort": ON_COHORT,
    "evaluate --from-text": FROM_TEXT,
    "read": READ,
}


def documented(command: str) -> dict[str, str]:
    """Paths of a command's JSON and what they mean."""
    lines = [line.partition(" | ") for line in COMMANDS[command].splitlines() if line.strip()]
    return {path: meaning for path, _, meaning in lines}


def paths(value: Any, known: dict[str, str], at: str = "") -> Iterator[str]:
    """The paths of an answer, written as in `known`: keys below `.*` are open, nothing is looked at below `.**`."""
    if isinstance(value, list):
        for entry in value:
            yield from paths(entry, known, f"{at}[]")
    elif isinstance(value, dict):
        if f"{at}.**" in known:
            yield f"{at}.**"
            return
        for key, below in value.items():
            path = f"{at}.*" if f"{at}.*" in known else f"{at}.{key}" if at else str(key)
            yield path
            yield from paths(below, known, path)
