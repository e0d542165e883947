"""Slips of the pen: how many lie between two words, and whether that makes one a misspelling."""


def alike(given: str, word: str) -> bool:
    """Whether `given` is a misspelling of `word`, and not another word of its own.

    One slip from five letters on, two from eight, three from twelve; a letter moved (`Ghandi`) is one. The
    first letter is right, or sounds so.
    """
    allowed = min(len(word) // 4, 3) if len(word) > 4 else 0
    if given == word:
        return True
    if not allowed or not given or frozenset((given, word)) in _DIFFERENT:
        return False
    if given[0] != word[0] and frozenset((given[0], word[0])) not in _SAME_SOUND:
        return False
    moved = len(word) > 5 and sorted(given) == sorted(word)
    allowed = max(allowed, 2) if moved else allowed
    return distance(given, word, allowed) <= allowed


_SAME_SOUND = frozenset(
    map(frozenset, ("ck", "kq", "cq", "sz", "cs", "ij", "jy", "iy", "vw", "gj", "fp", "кх"))
)

# Different things whose names are a slip or two apart.
_DIFFERENT = frozenset(
    frozenset(pair.split())
    for pair in (
        *("austria australia", "slovakia slovenia", "iceland ireland", "mauritania mauritius", "sudan sedan"),
        *("guinea guyana", "prussia russia", "sicily cecily", "alexandria alexandra", "syria styria"),
        *("manet monet", "trojan trajan", "marat murat", "cyrus cyprus", "alexander alexandra"),
        *("augustus augustine", "constantine constantius", "maximian maximilian", "antonius antoninus"),
        *("theodora theodore", "charles charlie", "johnson johnston", "francis frances", "julius julian"),
        *(
            "capital capitol",
            "calvary cavalry",
            "feudal federal",
            "moral morale",
            "martial marital",
            "causal casual",
        ),
        *("secession succession", "persecution prosecution", "imperial imperious", "perpetrate perpetuate"),
    )
)


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one text the other.

    The optimal string alignment distance, worked out no further than `limit`: beyond it the result is
    `limit + 1`. Its cost is the length of the texts times `limit`.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i] + [limit + 1] * len(other)
        for j in range(max(1, i - limit), min(len(other), i + limit) + 1):
            same = letter == other[j - 1]
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (not same))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)
