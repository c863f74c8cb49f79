"""What every key means in the JSON of the commands that measure or read: evaluate, batch, read."""

_FIGURES = """
n | number of cases
strict | share whose first site is the answer
accepted | share whose first site is the answer or equally defensible
top3 | share with such a one among the first three
p_gold | mean probability given to the answer
logloss | mean log loss; smaller is better
brier | mean Brier score; smaller is better
ece | calibration error of the first site
ece_null | what a perfectly calibrated model would show on as many cases
ece_null90 | its 90 % limit
conf | mean probability of the first site
side | share with the right side, of those where it is known
sided | how many have a known side
none | cases without an answer
intervals | 95 % sampling interval of each figure
intervals.* | low and high
"""


def _figures(under: str) -> str:
    return "".join(f"{under}.{line}\n" for line in _FIGURES.strip().splitlines())


EVALUATE = (
    """
name | the localiser
figures | by group of cases: all, rich and moderate, sparse, published reports
figures.* | the figures of a group
"""
    + _figures("figures.*")
    + """
divisions | the same by class, evidence, source kind and prior
divisions.* | a division
divisions.*.* | the figures of one of its parts
"""
    + _figures("divisions.*.*")
    + """
settings | with --settings: the same with the prior of each setting forced on every case
settings.* | a setting: figures by group
settings.*.* | the figures of a group
"""
    + _figures("settings.*.*")
    + """
reliability | first answers by their probability
reliability[].low | from
reliability[].high | to
reliability[].n | how many
reliability[].right | how many were right
reliability[].share | share right
reliability[].confidence | mean probability
unused | what was not understood, by kind of finding
unused.* | a kind
unused.*.findings | how many findings
unused.*.unused | how many did not count
unused.*.partly | in how many some words did not count
unused.*.share | share that did not count
baselines | two simple localisers on the same cases
baselines[].name | which
baselines[].figures | by group of cases
baselines[].figures.* | the figures of a group
"""
    + _figures("baselines[].figures.*")
    + """
cases | one row a case
cases[].id | the case
cases[].klass | class of the known answer
cases[].evidence | rich, moderate or sparse
cases[].source_kind | report, teaching, series or forum
cases[].prior | the setting used
cases[].first | first site of the answer, or null
cases[].confidence | its probability
cases[].strict | whether it is the answer
cases[].accepted | whether it is accepted
cases[].top3 | whether an accepted one is among the first three
cases[].p_gold | probability given to the answer
cases[].p_accepted | probability given to accepted answers
cases[].side | whether the side is right, or null
cases[].answered | whether there was an answer
"""
)
ON_COHORT = (
    """
name | the localiser
file | the cohort's file
figures | the figures of all patients
figures.* | of a group: all
"""
    + _figures("figures.*")
    + """
divisions | the same by class: the family of the true lesion
divisions.* | a division
divisions.*.* | the figures of one of its parts
"""
    + _figures("divisions.*.*")
    + """
reliability | the reliability table of the first site
reliability[].low | least probability of a bin
reliability[].high | largest
reliability[].n | patients in it
reliability[].confidence | their mean probability
reliability[].right | how many were right
reliability[].share | which share
red_flags | the safety net: who had a red flag of the tier emergency or same_day
red_flags.emergencies | patients whose true lesion is an emergency
red_flags.caught | those of them with such a flag
red_flags.others | all other patients
red_flags.alarmed | those of them with such a flag
red_flags.capture | 95 % interval of the share caught: low and high
"""
)
SIMULATED = """
calibration | patients drawn from the prior
calibration.n | how many
calibration.setting | whose prior
calibration.seed | the seed
calibration.ece | calibration error of the first site
calibration.noise | what sampling alone would give
calibration.right | share whose first site is the truth
calibration.confidence | mean probability of the first site
calibration.log_loss | mean log loss
calibration.bins | first answers by their probability
calibration.bins[].low | from
calibration.bins[].n | how many
calibration.bins[].confidence | mean probability
calibration.bins[].right | share right
confusion | as many patients of each family
confusion.per_family | how many of each
confusion.right | share put in their own family
confusion.taken_for | by family
confusion.taken_for.* | what its patients are taken for
confusion.taken_for.*.* | a family and the share
"""
BATCH = """
format | version of this object's shape
answered | cases answered by this run
before | cases answered by a run before
failed | those of this run that could not be read
seconds | time taken
file | where the answers are
"""
READ = """
case | the case that the note tells; it reads back with `lasegue localize`
case.** | keys of a case file
findings | every finding that was read
findings[].kind | part of the case file: power, sensory, reflexes, tests, history, ...
findings[].path | where it stands in `case`
findings[].span | first character, and the one after the last
findings[].text | the words
findings[].entry | the finding as the case file has it: text or an object
findings[].entry.** | keys of a case file
unused | words that were not used
unused[].span | where
unused[].text | the words
unused[].why | why not
contradictions | groups of findings that cannot all hold; none of them is in `case`
contradictions[][].kind | as under findings[]
contradictions[][].path | an empty text
contradictions[][].span | where
contradictions[][].text | the words
contradictions[][].entry | the finding
contradictions[][].entry.** | keys of a case file
"""
FROM_TEXT = """
kinds | by kind of finding
kinds.* | a kind, or all
kinds.*.f1 | harmonic mean of precision and recall
kinds.*.precision | share of the findings read that the file holds
kinds.*.recall | share of the file's findings that were read
kinds.*.findings | findings of the files
kinds.*.aside | findings that text and file need not share
localised | first answers from the text and from the file
localised.* | text or file
localised.*.strict | how many first sites are the answer
localised.*.accepted | how many are accepted
localised.*.cases | of how many
cases | one row a case
cases[].id | the case
cases[].missed | findings of the file that were not read
cases[].wrong | findings read that the file does not hold
cases[].aside | findings set aside, with the reason
cases[].reasons | why each finding that does not agree does not, by the finding
cases[].reasons.* | the reason, in words
"""
