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
def _times(well, badly, row, table):
    """Multiply by the values of a table at some places, by reliability."""
    good, poor = table[0], table[1]
    for j in range(len(row)):
        well[j] *= good[row[j]]
        badly[j] *= poor[row[j]]


@njit(cache=True, nogil=True)
def _power(places, intact, slots, tables, groups, factors, trust, out):
    """Power and what else reads muscles, mixed over reliability: out (p, c, g × a), with a above 0, and at 0 (p, c, last)."""
    size = places.shape[3]
    row = np.empty(size + 1, np.uint8)
    well, badly, one, two = np.empty(size + 1), np.empty(size + 1), np.empty(size + 1), np.empty(size + 1)
    for p in range(places.shape[1]):
        for c in range(BACKGROUNDS):
            well[:], badly[:] = 1.0, 1.0
            for f in range(len(slots)):
                row[:size] = places[slots[f], p, c]
                row[size] = intact[slots[f], c]
                factor = factors[f, p]
                if groups[f] == 0 and factor == 0.0:
                    _times(well, badly, row, tables[f])
                    continue
                if f == 0 or groups[f] == 0 or groups[f - 1] != groups[f]:
                    one[:], two[:] = 1.0, 1.0
                _times(one, two, row, tables[f])
                if groups[f] == 0:
                    for j in range(size + 1):
                        well[j] *= 1.0 - (1.0 - one[j]) * (1.0 - factor)
                        badly[j] *= 1.0 - (1.0 - two[j]) * (1.0 - factor)
                elif f + 1 == len(slots) or groups[f + 1] != groups[f]:
                    for j in range(size + 1):
                        well[j] *= STATEMENT_TRUST * one[j] + (1.0 - STATEMENT_TRUST)
                        badly[j] *= STATEMENT_TRUST * two[j] + (1.0 - STATEMENT_TRUST)
            for j in range(size + 1):
                out[p, c, j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _senses(places, intact, slots, tables, extras, extra, same, trust, maps, out):
    """Sensation, mixed over reliability and maps: out (p, c, g × b), b above 0, and out (p, c, after those, g) at 0."""
    size = places.shape[3]
    wide = size // len(maps)
    well, badly = np.empty(size), np.empty(size)
    for p in range(places.shape[1]):
        for c in range(BACKGROUNDS):
            if c == 1 and same:
                out[p, 1, :wide] = out[p, 0, :wide]
                continue
            well[:], badly[:] = 1.0, 1.0
            for f in range(len(slots)):
                row = places[slots[f], p, c]
                if extras[f] < 0:
                    _times(well, badly, row, tables[f])
                else:
                    for j in range(size):
                        spare = 1.0 - extra[extras[f], p, j // LOST]
                        well[j] *= 1.0 - (1.0 - tables[f, 0, row[j]]) * spare
                        badly[j] *= 1.0 - (1.0 - tables[f, 1, row[j]]) * spare
            out[p, c, :wide] = 0.0
            for d in range(len(maps)):
                good, poor, start = maps[d] * trust[0], maps[d] * trust[1], d * wide
                for j in range(wide):
                    out[p, c, j] += good * well[start + j] + poor * badly[start + j]
    _at_no_loss(wide, intact, slots, tables, extras, extra, trust, maps, out)


@njit(cache=True, nogil=True)
def _at_no_loss(wide, intact, slots, tables, extras, extra, trust, maps, out):
    """Sensation at no loss, by anatomy, for irritation alone tells of it: out (p, c, wide + g)."""
    anatomies = wide // LOST
    told = False
    for f in range(len(slots)):
        told = told or extras[f] >= 0
    for p in range(len(out)):
        for c in range(BACKGROUNDS):
            for g in range(anatomies):
                if not told and (p > 0 or g > 0):
                    out[p, c, wide + g] = out[0, c, wide]
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
                out[p, c, wide + g] = total


@njit(cache=True, nogil=True)
def _reflexes(places, lifts, slots, tables, ups, exaggerated, steady, out):
    """Reflexes: out (p, c, g × states). `steady` ones are exaggerated whatever is left of the arc."""
    for p in range(places.shape[1]):
        for c in range(BACKGROUNDS):
            for f in range(len(slots)):
                row, table, up = places[slots[f], p, c], tables[f], ups[f, p]
                if up == 0.0:
                    for j in range(len(row)):
                        out[p, c, j] *= table[row[j]]
                else:
                    lift = lifts[slots[f], p, c]
                    for j in range(len(row)):
                        share = up if steady[f] else up * lift[j]
                        out[p, c, j] *= (1.0 - share) * table[row[j]] + share * exaggerated[f]


@njit(cache=True, nogil=True)
def _by_state(first, found, anatomy, by_motor, by_sense, by_arc, rate):
    """Sum over anatomies, at the pairs of losses that there are."""
    wide = LOST * len(anatomy)
    for p in range(len(by_motor)):
        for c in range(BACKGROUNDS):
            strong, felt, jerk = by_motor[p, c], by_sense[p, c], by_arc[p, c]
            for s in range(STATES):
                a, b = MOTOR_OF[s], SENSORY_OF[s]
                total = 0.0
                for g in range(len(anatomy)):
                    power = strong[g * LOST + a - 1] if a else strong[wide]
                    sense = felt[g * LOST + b - 1] if b else felt[wide + g]
                    total += anatomy[g] * power * sense * jerk[g * STATES + s]
                found[first + p, s, c] = total * rate[first + p]


@njit(cache=True, nogil=True)
def side_of(first, found, block, shares, trusts, power, sense, arcs, rate):
    """P(findings of a side | pattern, state, background) of one block, into `found` (patterns, states, 3) from pattern `first` on."""
    motor, motor_whole, skin, skin_whole, reflex, lifts = block
    anatomy, maps = shares
    m_slots, m_tables, m_groups, m_factors = power
    s_slots, s_tables, extras, extra, same = sense
    k_slots, k_tables, ups, exaggerated, steady = arcs
    count, wide = motor.shape[1], motor.shape[3]
    by_motor = np.ones((count, BACKGROUNDS, wide + 1))
    by_sense = np.ones((count, BACKGROUNDS, wide + len(anatomy)))
    by_arc = np.ones((count, BACKGROUNDS, reflex.shape[3]))
    if len(m_slots):
        _power(motor, motor_whole, m_slots, m_tables, m_groups, m_factors[:, first:], trusts[0], by_motor)
    if len(s_slots):
        _senses(skin, skin_whole, s_slots, s_tables, extras, extra, same, trusts[1], maps, by_sense)
    if len(k_slots):
        _reflexes(reflex, lifts, k_slots, k_tables, ups[:, first:], exaggerated, steady, by_arc)
    _by_state(first, found, anatomy, by_motor, by_sense, by_arc, rate)


@njit(cache=True, nogil=True)
def middle_of(background, mid, healthy, told):
    """P(midline findings | variant, state, background), times the background's share: told (variants, states, 3)."""
    places, tables, when_lost, when_kept, normal, skin = mid
    for v in range(len(told)):
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
                told[v, s, c] = background[c] * telling * ((1.0 - REASSURANCE) * reassuring + REASSURANCE * healthy[c])


@njit(cache=True, nogil=True)
def variants_of(found, left, right, rows, severity, same, background, mid, healthy):
    """P(findings of the body | variant), times its share, into `found`: (variants,)."""
    near, far, near_is_left, lesion, share, spared = rows
    weights = np.empty((len(near) if len(mid[0]) else 1, STATES, BACKGROUNDS))
    weights[:] = background
    if len(mid[0]):
        middle_of(background, mid, healthy, weights)
    for v in range(len(near)):
        mine = left[near[v]] if near_is_left[v] else right[near[v]]
        other = right[far[v]] if near_is_left[v] else left[far[v]]
        weight = weights[v if len(weights) > 1 else 0]
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
