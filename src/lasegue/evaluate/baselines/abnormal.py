"""What both baselines take for an abnormal finding: present, objective or reported, and not known to be old."""

from lasegue.case.model import Power, ReflexFinding, Sense, SphincterFinding

FULL_GRADE = 4.9


def abnormal_power(power: Power) -> bool:
    """Weakness; what pain or effort limits is none."""
    if power.past:
        return False
    return power.value == "weak" or (power.value == "graded" and power.grade is not None and power.grade < FULL_GRADE)


def normal_power(power: Power) -> bool:
    """Full strength."""
    return power.value == "graded" and power.grade is not None and power.grade >= FULL_GRADE


def abnormal_sense(sense: Sense) -> bool:
    """Loss, tingling or pain on touch."""
    return sense.value != "normal" and not sense.past


def abnormal_reflex(reflex: ReflexFinding) -> bool:
    """A reflex that is reduced or absent."""
    return reflex.value in ("reduced", "absent") and not reflex.past


def abnormal_sphincter(finding: SphincterFinding) -> bool:
    """Any trouble of bladder, bowel, anal tone, saddle or sexual function."""
    return not finding.past and finding.item.split(".")[-1] not in ("normal", "pvr_low")
