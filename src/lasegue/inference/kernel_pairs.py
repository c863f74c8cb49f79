"""The compiled sums of pairs of lesions: the screening of all of them, and the weighing of the best. See `kernel`."""

import numpy as np
from numba import njit

from lasegue.inference.midline import REASSURANCE
from lasegue.inference.pairs import TIE
from lasegue.model.tables import GRID, HALF
from lasegue.model.terms import ARC_FOR_BRISK, STATEMENT_TRUST

BACKGROUNDS = 3
PLACES = GRID - 1.0
MOTOR = np.array([0, 1, 2, 1, 2, 0, 1])
SENSORY = np.array([0, 1, 2, 0, 1, 1, 2])
"""The pairs of motor and sensory loss that a lesion of a pair can have, of three losses each."""
STATES = 7
LOSSES = 3
ROOM = 4096


@njit(cache=True, nogil=True)
def _either(one, other):
    return 1.0 - (1.0 - one) * (1.0 - other)


@njit(cache=True, nogil=True)
def _rated(first, second, rates, turned, out):
    """Multiply by what signs of no wiring make of two patterns: the larger rate of each."""
    for r in range(len(rates)):
        for k in range(len(out)):
            rate = max(rates[r, first[k]], rates[r, second[k]])
            out[k] *= 1.0 - rate if turned[r] else rate


@njit(cache=True, nogil=True)
def _times(well, badly, row, table, beside):
    """Multiply by the values of a table at some places, by reliability; `beside` is a second cause of the finding."""
    good, poor = table[0], table[1]
    if beside == 0.0:
        for j in range(len(row)):
            well[j] *= good[row[j]]
            badly[j] *= poor[row[j]]
    else:
        for j in range(len(row)):
            well[j] *= _either(good[row[j]], beside)
            badly[j] *= _either(poor[row[j]], beside)


@njit(cache=True, nogil=True)
def _stated(well, badly, one, two):
    """Multiply by a statement: true of each of its movements, or never tested."""
    for j in range(len(one)):
        well[j] *= STATEMENT_TRUST * one[j] + (1.0 - STATEMENT_TRUST)
        badly[j] *= STATEMENT_TRUST * two[j] + (1.0 - STATEMENT_TRUST)


@njit(cache=True, nogil=True)
def _screened_power(first, second, places, slots, tables, groups, factors, trust, out):
    well, badly, one, two = np.ones(len(out)), np.ones(len(out)), np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        row, good, poor = places[slots[f]], tables[f, 0], tables[f, 1]
        if groups[f] > 0:
            _times(one, two, row, tables[f], 0.0)
            if f + 1 == len(slots) or groups[f + 1] != groups[f]:
                _stated(well, badly, one, two)
                one[:], two[:] = 1.0, 1.0
        elif factors[f].max() == 0.0:
            _times(well, badly, row, tables[f], 0.0)
        else:
            for k in range(len(out)):
                beside = max(factors[f, first[k]], factors[f, second[k]])
                well[k] *= _either(good[row[k]], beside)
                badly[k] *= _either(poor[row[k]], beside)
    for k in range(len(out)):
        out[k] *= trust[0] * well[k] + trust[1] * badly[k]


@njit(cache=True, nogil=True)
def _screened_sense(places, slots, tables, extras, beside, trust, out):
    well, badly = np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        row, good, poor = places[slots[f]], tables[f, 0], tables[f, 1]
        if extras[f] < 0:
            _times(well, badly, row, tables[f], 0.0)
        else:
            extra = beside[extras[f]]
            for k in range(len(out)):
                well[k] *= _either(good[row[k]], extra[k])
                badly[k] *= _either(poor[row[k]], extra[k])
    for k in range(len(out)):
        out[k] *= trust[0] * well[k] + trust[1] * badly[k]


@njit(cache=True, nogil=True)
def screened(found, patterns, trusts, power, sense, arcs, rates):
    """P(findings of a side | both patterns act on it) at the loss of the screening, without background: (pairs,)."""
    m_places, m_slots, m_tables, m_groups, m_factors = power
    s_places, s_slots, s_tables, extras, beside = sense
    k_places, k_ups, k_slots, k_tables, exaggerated = arcs
    found[:] = 1.0
    _rated(patterns[0], patterns[1], rates[0], rates[1], found)
    if len(m_slots):
        _screened_power(patterns[0], patterns[1], m_places, m_slots, m_tables, m_groups, m_factors, trusts[0], found)
    if len(s_slots):
        _screened_sense(s_places, s_slots, s_tables, extras, beside, trusts[1], found)
    for f in range(len(k_slots)):
        ups, row, table = k_ups[k_slots[f]], k_places[k_slots[f]], k_tables[f]
        for k in range(len(found)):
            found[k] *= (1.0 - ups[k]) * table[row[k]] + ups[k] * exaggerated[f]


@njit(cache=True, nogil=True)
def _insert(heap, value):
    """Put a value in the place of the least of a few, kept in order from the least on."""
    n = 0
    while n + 1 < len(heap) and heap[n + 1] < value:
        heap[n] = heap[n + 1]
        n += 1
    heap[n] = value


@njit(cache=True, nogil=True)
def _bounds(told):
    """The most that the told part of a pair can be, by one of its rows."""
    bound = np.ones(told.shape[1])
    for t in range(len(told)):
        most = told[t].max()
        for r in range(len(bound)):
            bound[r] *= 0.5 * (told[t, r] + most)
    return bound


@njit(cache=True, nogil=True)
def _after(values, order):
    """The most that any row further on in the order has: (rows + 1,)."""
    found = np.zeros(len(order) + 1)
    for n in range(len(order) - 1, -1, -1):
        found[n] = max(found[n + 1], values[order[n]])
    return found


@njit(cache=True, nogil=True)
def best(kept, order, left, right, looks, other, chances, told):
    """The pairs of rows that score best, whichever way round, and those that score as the last of them does: first and second rows.

    `left` and `right` (patterns, patterns) are what the sides say of two patterns, `looks` the patterns of each look; `other` is the second
    look of a row or -1. `order` has rows that promise most first, so that a bound cuts most pairs off.
    """
    prior, unnoticed, together = chances
    bound, most = _bounds(told), left.max() * right.max()
    heap, count = np.zeros(kept), 0
    first, second, scores = np.empty(ROOM, np.intp), np.empty(ROOM, np.intp), np.empty(ROOM)
    prior_after, unnoticed_after = _after(prior, order), _after(unnoticed, order)
    for m in range(len(order)):
        i = order[m]
        limit = (prior[i] * unnoticed_after[m + 1] + unnoticed[i] * prior_after[m + 1]) * together[i].max()
        if limit * bound[i] * most < heap[0] * (1.0 - TIE):
            continue
        for n in range(m + 1, len(order)):
            j = order[n]
            score = (prior[i] * unnoticed[j] + unnoticed[i] * prior[j]) * together[i, j]
            limit, least = min(bound[i], bound[j]), heap[0] * (1.0 - TIE)
            if score <= 0.0 or score * limit * most < least:
                continue
            seen = 0.0
            for x in (i, other[i]):
                for y in (j, other[j]):
                    if x >= 0 and y >= 0:
                        seen = max(seen, left[looks[0, x], looks[0, y]] * right[looks[1, x], looks[1, y]])
            score *= seen
            if score * limit < least:
                continue
            for t in range(len(told)):
                score *= 0.5 * (told[t, i] + told[t, j])
            if score > 0.0 and score >= least:
                _insert(heap, score)
                if count == ROOM:
                    count = _cut(first, second, scores, heap[0])
                first[count], second[count], scores[count] = min(i, j), max(i, j), score
                count += 1
    count = _cut(first[:count], second[:count], scores[:count], heap[0])
    return first[:count], second[:count]


@njit(cache=True, nogil=True)
def _cut(first, second, scores, least):
    """Leave out what is below the least; how many remain."""
    count = 0
    for n in range(len(scores)):
        if scores[n] >= least * (1.0 - TIE):
            first[count], second[count], scores[count] = first[n], second[n], scores[n]
            count += 1
    return count


@njit(cache=True, nogil=True)
def patterns_of(first, second, variants, patterns, count, seen):
    """The pairs of patterns of one side that some pairs of rows have, each once; `seen` (patterns²) gets their places, else -1."""
    start, order = variants
    seen[:] = -1
    found, total = np.empty(count * count, np.intp), 0
    for n in range(len(first)):
        for v in order[start[first[n]] : start[first[n] + 1]]:
            for w in order[start[second[n]] : start[second[n] + 1]]:
                key = patterns[v] * count + patterns[w]
                if seen[key] < 0:
                    seen[key] = total
                    found[total] = key
                    total += 1
    return found[:total]


@njit(cache=True, nogil=True)
def _strong(mark, places, slots, tables, groups, spoilt, trust, out):
    """P(all that reads muscles | pair of patterns, motor losses, background), mixed over reliability: (losses² × 3,)."""
    size = len(out)
    well, badly, one, two = np.ones(size), np.ones(size), np.ones(size), np.ones(size)
    for f in range(len(slots)):
        row = places[slots[f], mark]
        if groups[f] > 0:
            _times(one, two, row, tables[f], 0.0)
            if f + 1 == len(slots) or groups[f + 1] != groups[f]:
                _stated(well, badly, one, two)
                one[:], two[:] = 1.0, 1.0
        else:
            _times(well, badly, row, tables[f], spoilt[f])
    for j in range(size):
        out[j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _felt(mark, places, slots, tables, beside, trust, out):
    """P(all that is felt | pair of patterns, sensory losses, background), mixed over reliability: (losses² × 3,)."""
    well, badly = np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        _times(well, badly, places[slots[f], mark], tables[f], beside[f])
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
    _rated(pairs[0], pairs[1], rates[0], rates[1], rate)
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
