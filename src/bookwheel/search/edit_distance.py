"""How far two words are apart in spelling."""

from __future__ import annotations


def is_within(one: str, other: str, distance: int) -> bool:
    """Whether a word becomes another by at most `distance` letters put in, left out, changed, or swapped with the next.

    Letters swapped are not changed again (the distance engines call restricted Damerau-Levenshtein).
    """
    if abs(len(one) - len(other)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row = row, [place]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, row[-1] + 1, last[column - 1] + (letter != wanted))
            is_swapped = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted
            row.append(min(cost, before[column - 2] + 1) if is_swapped else cost)
        before = last
    return row[-1] <= distance
