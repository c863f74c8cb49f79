"""The compiled sums of pairs of lesions: the weighing of the best. See `kernel`, and `kernel_screen` for which those are."""

import numpy as np
from numba import njit

from lasegue.inference.kernel import stated
from lasegue.inference.midline import REASSURANCE
from lasegue.model.tables import GRID, HALF
from lasegue.model.terms import ARC_FOR_BRISK

BACKGROUNDS = 3
PLACES = GRID - 1.0
MOTOR = np.array([0, 1, 2, 1, 2, 0, 1])
SENSORY = np.array([0, 1, 2, 0, 1, 1, 2])
"""The pairs of motor and sensory loss that a lesion of a pair can have, of three losses each."""
STATES = 7
LOSSES = 3


@njit(cache=True, nogil=True)
def either(one, other):
    """P(at least one of two causes)."""
    return 1.0 - (1.0 - one) * (1.0 - other)


@njit(cache=True, nogil=True)
def rated(first, second, rates, turned, out):
    """Multiply by what signs of no wiring make of two patterns: the larger rate of each."""
    for r in range(len(rates)):
        for k in range(len(out)):
            rate = max(rates[r, first[k]], rates[r, second[k]])
            out[k] *= 1.0 - rate if turned[r] else rate


@njit(cache=True, nogil=True)
def times(well, badly, row, table, beside):
    """Multiply by the values of a table at some places, by reliability; `beside` is a second cause of the finding."""
    good, poor = table[0], table[1]
    if beside == 0.0:
        for j in range(len(row)):
            well[j] *= good[row[j]]
            badly[j] *= poor[row[j]]
    else:
        for j in range(len(row)):
            well[j] *= either(good[row[j]], beside)
            badly[j] *= either(poor[row[j]], beside)


@njit(cache=True, nogil=True)
def _strong(mark, places, slots, tables, groups, spoilt, trust, out):
    """P(all that reads muscles | pair of patterns, motor losses, background), mixed over reliability: (losses² × 3,)."""
    size = len(out)
    well, badly, one, two = np.ones(size), np.ones(size), np.ones(size), np.ones(size)
    for f in range(len(slots)):
        row = places[slots[f], mark]
        if groups[f] > 0:
            times(one, two, row, tables[f], 0.0)
            if f + 1 == len(slots) or groups[f + 1] != groups[f]:
                stated(well, badly, one, two)
                one[:], two[:] = 1.0, 1.0
        else:
            times(well, badly, row, tables[f], spoilt[f])
    for j in range(size):
        out[j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _felt(mark, places, slots, tables, beside, trust, out):
    """P(all that is felt | pair of patterns, sensory losses, background), mixed over reliability: (losses² × 3,)."""
    well, badly = np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        times(well, badly, places[slots[f], mark], tables[f], beside[f])
    for j in range(len(out)):
        out[j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _reflex(p, q, motor, sensory, table, ups, exaggerated, steady, background, out):
    """Multiply by P(reflex | what both leave of its arc): out (states, states, 3)."""
    most = max(ups[p], ups[q])
    for s in range(STATES):
        for t in range(STATES):
            kept = motor[MOTOR[s] * LOSSES + MOTOR[t]] * sensory[SENSORY[s] * LOSSES + SENSORY[t]]
            for c in range(BACKGROUNDS):
                left = kept * background[c]
                value = table[int(min(max(left * PLACES + HALF, 0.0), PLACES + HALF))]
                if most > 0.0:
                    up = most if steady else most * min(1.0, left / ARC_FOR_BRISK)
                    value = (1.0 - up) * value + up * exaggerated
                out[s, t, c] *= value


@njit(cache=True, nogil=True)
def joined(found, pairs, marks, trusts, power, sense, arcs, rates):
    """P(findings of a side | pair of patterns, states of both, background): (pairs, states, states, 3)."""
    m_places, m_slots, m_tables, m_groups, m_factors = power
    s_places, s_reach, s_slots, s_tables, told, irritates = sense
    kept, k_slots, k_tables, ups, exaggerated, steady, background = arcs
    spoilt, beside = np.zeros(len(m_slots)), np.zeros(len(s_slots))
    strong, felt = np.ones(LOSSES * LOSSES * BACKGROUNDS), np.ones(LOSSES * LOSSES * BACKGROUNDS)
    rate = np.ones(len(marks))
    rated(pairs[0], pairs[1], rates[0], rates[1], rate)
    for n in range(len(marks)):
        p, q, mark = pairs[0][n], pairs[1][n], marks[n]
        if len(m_slots):
            for f in range(len(m_slots)):
                spoilt[f] = max(m_factors[f, p], m_factors[f, q])
            _strong(mark, m_places, m_slots, m_tables, m_groups, spoilt, trusts[0], strong)
        if len(s_slots):
            for f in range(len(s_slots)):
                beside[f] = told[f, 0] + told[f, 1] * max(irritates[p], irritates[q]) * s_reach[s_slots[f], mark]
            _felt(mark, s_places, s_slots, s_tables, beside, trusts[1], felt)
        for s in range(STATES):
            for t in range(STATES):
                x = BACKGROUNDS * (MOTOR[s] * LOSSES + MOTOR[t])
                y = BACKGROUNDS * (SENSORY[s] * LOSSES + SENSORY[t])
                for c in range(BACKGROUNDS):
                    found[n, s, t, c] = rate[n] * strong[x + c] * felt[y + c]
        for f in range(len(k_slots)):
            arc = kept[k_slots[f], mark]
            _reflex(p, q, arc[0], arc[1], k_tables[f], ups[f], exaggerated[f], steady[f], background[f], found[n])


@njit(cache=True, nogil=True)
def _spread(side, which, severity, same, out):
    """A side that is far for one lesion: its severity there is the near one's with its coupling, else one of its own."""
    for s in range(STATES):
        for c in range(BACKGROUNDS):
            apart = 0.0
            for t in range(STATES):
                apart += severity[t] * (side[t, s, c] if which == 0 else side[s, t, c])
            for t in range(STATES):
                if which == 0:
                    out[t, s, c] = same * side[t, s, c] + (1.0 - same) * apart
                else:
                    out[s, t, c] = same * side[s, t, c] + (1.0 - same) * apart


@njit(cache=True, nogil=True)
def _midline(one, two, lefts, rights, mid, healthy, out):
    """P(midline findings | two rows, states of both, background), where `lefts` and `rights` are the patterns of the sides."""
    alone, backgrounds, tables, when_lost, when_kept, normal, skin = mid
    out[:] = 1.0
    reassuring = np.ones((STATES, STATES, BACKGROUNDS))
    values = np.empty((LOSSES, LOSSES, BACKGROUNDS))
    for f in range(len(alone)):
        rest = 0.5 * (when_kept[f, one] + when_kept[f, two])
        for x in range(LOSSES):
            for y in range(LOSSES):
                both = alone[f, lefts[0], x] * alone[f, lefts[1], y] + alone[f, rights[0], x] * alone[f, rights[1], y]
                for c in range(BACKGROUNDS):
                    at = int(min(max(0.5 * both * backgrounds[f, c] * PLACES + HALF, 0.0), PLACES + HALF))
                    values[x, y, c] = rest + (when_lost[f] - rest) * tables[f, at]
        for s in range(STATES):
            for t in range(STATES):
                x, y = (SENSORY[s], SENSORY[t]) if skin[f] else (MOTOR[s], MOTOR[t])
                for c in range(BACKGROUNDS):
                    if normal[f]:
                        reassuring[s, t, c] *= values[x, y, c]
                    else:
                        out[s, t, c] *= values[x, y, c]
    for s in range(STATES):
        for t in range(STATES):
            for c in range(BACKGROUNDS):
                out[s, t, c] *= (1.0 - REASSURANCE) * reassuring[s, t, c] + REASSURANCE * healthy[c]


@njit(cache=True, nogil=True)
def _side(table, is_left, near, spared, severities, same, out, spare):
    """One side's table for two variants, with the severities that are far there spread."""
    if near[0] != is_left and not spared[0]:
        _spread(table, 0, severities[0], same[0], out)
        if near[1] != is_left and not spared[1]:
            _spread(out, 1, severities[1], same[1], spare)
            return spare
        return out
    if near[1] != is_left and not spared[1]:
        _spread(table, 1, severities[1], same[1], out)
        return out
    return table


@njit(cache=True, nogil=True)
def _summed(severities, background, tables, there, weight):
    """The sum over both states and the background of what the sides and the midline make of two variants."""
    total = 0.0
    for s in range(STATES):
        for t in range(STATES):
            part = 0.0
            for c in range(BACKGROUNDS):
                value = background[c] * weight[s, t, c]
                if there[0]:
                    value *= tables[0][s, t, c]
                if there[1]:
                    value *= tables[1][s, t, c]
                part += value
            total += severities[0][s] * severities[1][t] * part
    return total


@njit(cache=True, nogil=True)
def _weigh_one(found, chosen, variants, rows, sides, background):
    """As `weigh`, where one side alone has findings, or none has."""
    start, order = variants
    patterns, _, share, severity, _, _ = rows
    tables, seen, there, count = sides
    which = 0 if there[0] else 1
    table, place, mine = (tables[0], seen[0], patterns[0]) if there[0] else (tables[1], seen[1], patterns[1])
    for n in range(len(found)):
        one, two = chosen[0][n], chosen[1][n]
        total = 0.0
        for v in order[start[one] : start[one + 1]]:
            for w in order[start[two] : start[two + 1]]:
                at = place[mine[v] * count + mine[w]] if there[which] else 0
                part = 0.0
                for s in range(STATES):
                    for t in range(STATES):
                        for c in range(BACKGROUNDS):
                            part += severity[one, s] * severity[two, t] * background[c] * table[at, s, t, c]
                total += share[v] * share[w] * part
        found[n] = total


@njit(cache=True, nogil=True)
def weigh(found, chosen, variants, rows, sides, mid, healthy, background):
    """P(findings of the body | two rows) of each pair: (pairs,). `there` says which sides have findings, and so tables."""
    start, order = variants
    patterns, near_is_left, share, severity, coupling, whole = rows
    tables, seen, there, count = sides
    # with findings on one side alone, whose severity is whose changes nothing: each sums to 1
    apart = len(mid[0]) > 0 or (there[0] and there[1])
    if not apart:
        _weigh_one(found, chosen, variants, rows, sides, background)
        return
    buffers, weight = np.empty((4, STATES, STATES, BACKGROUNDS)), np.ones((STATES, STATES, BACKGROUNDS))
    for n in range(len(found)):
        one, two = chosen[0][n], chosen[1][n]
        severities, same = (severity[one], severity[two]), (coupling[one], coupling[two])
        total = 0.0
        for v in order[start[one] : start[one + 1]]:
            for w in order[start[two] : start[two + 1]]:
                near = (near_is_left[v], near_is_left[w])
                left, right = tables[0][0], tables[1][0]
                if there[0]:
                    left = tables[0][seen[0][patterns[0, v] * count + patterns[0, w]]]
                    spared = (patterns[0, v] == whole, patterns[0, w] == whole)
                    left = _side(left, True, near, spared, severities, same, buffers[0], buffers[1])
                if there[1]:
                    right = tables[1][seen[1][patterns[1, v] * count + patterns[1, w]]]
                    spared = (patterns[1, v] == whole, patterns[1, w] == whole)
                    right = _side(right, False, near, spared, severities, same, buffers[2], buffers[3])
                if len(mid[0]):
                    lefts, rights = (patterns[0, v], patterns[0, w]), (patterns[1, v], patterns[1, w])
                    _midline(one, two, lefts, rights, mid, healthy, weight)
                total += share[v] * share[w] * _summed(severities, background, (left, right), there, weight)
        found[n] = total
