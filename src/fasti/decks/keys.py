"""Which key of its kind each key of a fact is, the misspelt ones too."""

from collections.abc import Mapping

from fasti.core.kinds import Field, Kind
from fasti.decks.codes import Code
from fasti.decks.items import Item, Kinds
from fasti.decks.nodes import BROKEN, MappingNode, Node, ScalarNode, place_of
from fasti.decks.values import Findings, is_cut, tell_cut, tell_duplicate
from fasti.decks.wording import listed, respelt, shown

Given = dict[str, tuple[ScalarNode, Node]]
"""Keys and values by the name of the field that each is for."""


def given_keys(item: Item, kind: Kind, kinds: Kinds, found: Findings) -> Given:
    """The keys of a fact; one that is not known, or given twice, is told of.

    A key that was probably meant for another counts as that, so that nothing is said of its absence.
    """
    declared = kinds.fields(kind.name)
    given: Given = {}
    unknown: list[tuple[ScalarNode, Node]] = []
    for pair in item.pairs:
        name, _, _, style = pair[0]
        if style == BROKEN:
            continue
        if name not in declared:
            unknown.append(pair)
        elif name in given:
            tell_duplicate(pair[0], given[name][0], found)
        else:
            given[name] = pair
    first = kind.fields[0].name
    if unknown and first not in given and unknown[0][0] is item.pairs[0][0]:
        # A kind that was misspelt, and told of.
        given[first] = unknown.pop(0)
    if unknown:
        _guess(_without_cuts(unknown, item.node, given, declared, found), given, kind, kinds, found)
    return given


def missing_keys(given: Given, item: Item, kind: Kind, kinds: Kinds) -> list[str]:
    """The keys that a fact lacks; none where a key could not be read, which may be the one."""
    missing = [name for name in kinds.required(kind.name) if name not in given]
    return [] if missing and any(key.broken for key, _ in item.pairs) else missing


def _without_cuts(
    unknown: list[tuple[ScalarNode, Node]],
    node: Node,
    given: Given,
    declared: Mapping[str, Field],
    found: Findings,
) -> list[tuple[ScalarNode, Node]]:
    """Without what is no key but the text behind a comma in braces; of each row of those, one is told."""
    rest: list[tuple[ScalarNode, Node]] = []
    after_cut = False
    for key, value in unknown:
        cut = isinstance(node, MappingNode) and is_cut(node, value)
        if cut and not after_cut:
            word = tell_cut(key, tuple(declared), found)
            if word:
                given.setdefault(word, (key, ScalarNode("", *place_of(key), BROKEN)))
        elif not cut:
            rest.append((key, value))
        after_cut = cut
    return rest


def _guess(
    unknown: list[tuple[ScalarNode, Node]], given: Given, kind: Kind, kinds: Kinds, found: Findings
) -> None:
    for key, value in unknown:
        guess = found.meant(key.text, [name for name in kinds.fields(kind.name) if name not in given])
        missing = [name for name in kinds.required(kind.name) if name not in given]
        if not guess and len(unknown) == len(missing) == 1 and not kinds.with_key(key.text):
            guess = missing[0]
        if guess:
            given[guess] = (key, value)
        _tell_unknown(key, guess, kind, kinds, found)


def _tell_unknown(key: ScalarNode, guess: str | None, kind: Kind, kinds: Kinds, found: Findings) -> None:
    keys = listed(kinds.own_keys(kind.name), "and")
    if owners := kinds.with_key(key.text):
        advice = f"; did you mean `{guess}`?" if guess else f", whose keys are {keys}"
        message = f"{shown(key.text)} is a key of {listed(owners)}, not of {shown(kind.name)}{advice}"
        found.error(place_of(key), Code.OTHER_KINDS_KEY, message)
        return
    advice = f"did you mean `{guess}`?" if guess else f"its keys are {keys}, and those of every fact"
    message = f"{shown(key.text)} is not a key of {shown(kind.name)}; {advice}"
    found.error(place_of(key), Code.UNKNOWN_KEY, message, respelt(key.text, guess, place_of(key)))
