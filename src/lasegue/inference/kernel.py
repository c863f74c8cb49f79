"""The compiled sums of one case: what `sides`, `posterior` and `pairs` add up with NumPy, state by state and with nothing stored between.

Compiled by numba, which only this file imports; who imports it has decided to wait for that (`compiled.switch_on`). Of each case a side's
findings come as numbers of tables in the library and as tables P(value | kept); see `coded`. Losses stand in the order of
`library.STATES`, the 13 of 25 pairs of motor and sensory loss that any lesion has.
"""

import numpy as np
from numba import njit

from lasegue.inference.library import MOTOR_STATE, SENSORY_STATE
from lasegue.inference.midline import REASSURANCE
from lasegue.model.terms import STATEMENT_TRUST

MOTOR_OF = np.array(MOTOR_STATE)
SENSORY_OF = np.array(SENSORY_STATE)
STATES = len(MOTOR_STATE)
LOST = 4
"""Losses above 0; at 0 all that is read is kept, whatever the pattern."""
BACKGROUNDS = 3


@njit(cache=True, nogil=True)
def _power(p, places, intact, slots, tables, groups, factors, trust, out, well, badly):
    """Power and what else reads muscles, mixed over reliability: out (c, g × a), with a above 0, and at 0 (c, last)."""
    size = places.shape[3]
    for c in range(BACKGROUNDS):
        well[: size + 1] = 1.0
        badly[: size + 1] = 1.0
        first = 0
        while first < len(slots):
            last = first + 1
            while groups[first] > 0 and last < len(slots) and groups[last] == groups[first]:
                last += 1
            for j in range(size + 1):
                one = two = 1.0
                for f in range(first, last):
                    at = places[slots[f], p, c, j] if j < size else intact[slots[f], c]
                    one *= tables[f, 0, at]
                    two *= tables[f, 1, at]
                if groups[first] > 0:
                    one = STATEMENT_TRUST * one + (1.0 - STATEMENT_TRUST)
                    two = STATEMENT_TRUST * two + (1.0 - STATEMENT_TRUST)
                spare = 1.0 - factors[first, p]
                well[j] *= one if spare == 1.0 else 1.0 - (1.0 - one) * spare
                badly[j] *= two if spare == 1.0 else 1.0 - (1.0 - two) * spare
            first = last
        for j in range(size + 1):
            out[c, j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _senses(p, places, intact, slots, tables, extras, extra, same, trust, maps, out, well, badly):
    """Sensation, mixed over reliability and maps: out (c, g × b), b above 0, and out (c, after those, g) at 0."""
    size = places.shape[3]
    wide = size // len(maps)
    for c in range(BACKGROUNDS):
        if c == 1 and same:
            out[1] = out[0]
            continue
        well[:size] = 1.0
        badly[:size] = 1.0
        for f in range(len(slots)):
            row = places[slots[f], p, c]
            good, poor = tables[f, 0], tables[f, 1]
            if extras[f] < 0:
                for j in range(size):
                    well[j] *= good[row[j]]
                    badly[j] *= poor[row[j]]
            else:
                for j in range(size):
                    spare = 1.0 - extra[extras[f], p, j // LOST]
                    well[j] *= 1.0 - (1.0 - good[row[j]]) * spare
                    badly[j] *= 1.0 - (1.0 - poor[row[j]]) * spare
        for j in range(wide):
            total = 0.0
            for d in range(len(maps)):
                total += maps[d] * (trust[0] * well[d * wide + j] + trust[1] * badly[d * wide + j])
            out[c, j] = total
        _at_no_loss(p, c, wide, intact, slots, tables, extras, extra, trust, maps, out)


@njit(cache=True, nogil=True)
def _at_no_loss(p, c, wide, intact, slots, tables, extras, extra, trust, maps, out):
    """Sensation at no loss, by anatomy, for irritation alone tells of it: out (c, wide + g)."""
    anatomies = wide // LOST
    any_extra = False
    for f in range(len(slots)):
        any_extra = any_extra or extras[f] >= 0
    for g in range(anatomies):
        if g > 0 and not any_extra:
            out[c, wide + g] = out[c, wide]
            continue
        total = 0.0
        for d in range(len(maps)):
            one = two = 1.0
            for f in range(len(slots)):
                at = intact[slots[f], c]
                spare = 1.0 if extras[f] < 0 else 1.0 - extra[extras[f], p, d * anatomies + g]
                one *= 1.0 - (1.0 - tables[f, 0, at]) * spare
                two *= 1.0 - (1.0 - tables[f, 1, at]) * spare
            total += maps[d] * (trust[0] * one + trust[1] * two)
        out[c, wide + g] = total


@njit(cache=True, nogil=True)
def _reflexes(p, places, lifts, slots, tables, ups, exaggerated, steady, out):
    """Reflexes: out (c, g × states). `steady` ones are exaggerated whatever is left of the arc."""
    for c in range(BACKGROUNDS):
        out[c] = 1.0
        for f in range(len(slots)):
            row, table, up = places[slots[f], p, c], tables[f], ups[f, p]
            if up == 0.0:
                for j in range(len(row)):
                    out[c, j] *= table[row[j]]
            else:
                for j in range(len(row)):
                    share = up if steady[f] else up * lifts[slots[f], p, c, j]
                    out[c, j] *= (1.0 - share) * table[row[j]] + share * exaggerated[f]


@njit(cache=True, nogil=True)
def side_of(first, found, block, shares, trusts, power, sense, arcs, rate):
    """P(findings of a side | pattern, state, background) of one block, into `found` (patterns, states, 3) from pattern `first` on."""
    motor, motor_whole, skin, skin_whole, reflex, lifts = block
    anatomy, maps = shares
    m_slots, m_tables, m_groups, m_factors = power
    s_slots, s_tables, extras, extra, same = sense
    k_slots, k_tables, ups, exaggerated, steady = arcs
    count, wide = motor.shape[1], motor.shape[3]
    by_motor = np.ones((BACKGROUNDS, wide + 1))
    by_sense = np.ones((BACKGROUNDS, wide + len(anatomy)))
    by_arc = np.ones((BACKGROUNDS, reflex.shape[3]))
    well, badly = np.empty(skin.shape[3] + 1), np.empty(skin.shape[3] + 1)
    for p in range(count):
        if len(m_slots):
            _power(p, motor, motor_whole, m_slots, m_tables, m_groups, m_factors[:, first:], trusts[0], by_motor, well, badly)
        if len(s_slots):
            _senses(p, skin, skin_whole, s_slots, s_tables, extras, extra, same, trusts[1], maps, by_sense, well, badly)
        if len(k_slots):
            _reflexes(p, reflex, lifts, k_slots, k_tables, ups[:, first:], exaggerated, steady, by_arc)
        for s in range(STATES):
            a, b = MOTOR_OF[s], SENSORY_OF[s]
            for c in range(BACKGROUNDS):
                total = 0.0
                for g in range(len(anatomy)):
                    strong = by_motor[c, g * LOST + a - 1] if a else by_motor[c, wide]
                    felt = by_sense[c, g * LOST + b - 1] if b else by_sense[c, wide + g]
                    total += anatomy[g] * strong * felt * by_arc[c, g * STATES + s]
                found[first + p, s, c] = total * rate[first + p]


@njit(cache=True, nogil=True)
def middle_of(v, mid, background, told, healthy):
    """P(midline findings | variant, state, background): told (states, 3)."""
    places, tables, when_lost, when_kept, normal, skin = mid
    for s in range(STATES):
        for c in range(BACKGROUNDS):
            telling = reassuring = 1.0
            for f in range(len(places)):
                at = places[f, v, SENSORY_OF[s] if skin[f] else MOTOR_OF[s], c]
                value = when_kept[f, v] + (when_lost[f] - when_kept[f, v]) * tables[f, at]
                if normal[f]:
                    reassuring *= value
                else:
                    telling *= value
            told[s, c] = background[c] * telling * ((1.0 - REASSURANCE) * reassuring + REASSURANCE * healthy[c])


@njit(cache=True, nogil=True)
def variants_of(found, left, right, rows, severity, same, background, mid, healthy):
    """P(findings of the body | variant), times its share, into `found`: (variants,)."""
    near, far, near_is_left, lesion, share, spared = rows
    weight = np.empty((STATES, BACKGROUNDS))
    weight[:] = background
    for v in range(len(near)):
        if len(mid[0]):
            middle_of(v, mid, background, weight, healthy)
        mine = left[near[v]] if near_is_left[v] else right[near[v]]
        other = right[far[v]] if near_is_left[v] else left[far[v]]
        states, kept = severity[lesion[v]], same[lesion[v]]
        total = 0.0
        for c in range(BACKGROUNDS):
            apart = 0.0
            if spared[v]:
                apart = other[0, c]
            else:
                for s in range(STATES):
                    apart += states[s] * other[s, c]
            for s in range(STATES):
                if states[s] > 0.0:
                    beside = apart if spared[v] else kept * other[s, c] + (1.0 - kept) * apart
                    total += states[s] * mine[s, c] * beside * weight[s, c]
        found[v] = total * share[v]
