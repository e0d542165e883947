"""The kinds of facts that a deck declares itself, under `kinds`."""

import re

from fasti.core.card import Judge
from fasti.core.facts import Place
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind, placeholders
from fasti.decks.codes import Code
from fasti.decks.names import bad_name
from fasti.decks.nodes import MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.shape import CARD, COMMON_KEYS, FORMS, KIND
from fasti.decks.values import Findings, given_once, mapping_of, text_of, understood
from fasti.decks.wording import listed, shown

_NO = {"no", "false", "off"}
_YES = {"yes", "true", "on"}
_JUDGES = {judge.value: judge for judge in (Judge.SELF, Judge.TEXT, Judge.DATE)}


def kinds_of(key: ScalarNode, value: Node, found: Findings) -> dict[str, Kind | None]:
    """The deck's own kinds by name; None stands for one that is declared and cannot be used."""
    node = mapping_of(value, key, "name: {fields: [name, …], cards: {…}}", found)
    if node is None:
        return {}
    return {name: _kind(key, value, found) for name, (key, value) in given_once(node, found).items()}


def _kind(key: ScalarNode, value: Node, found: Findings) -> Kind | None:
    told = len(found.problems)
    _check_name(key, found)
    node = mapping_of(value, key, "fields: [quote, speaker]", found)
    if node is None:
        return None
    values = understood(node, tuple(KIND), "a kind", found)
    fields = _fields(key, values, found)
    cards = _cards(key, values, fields, found) if fields else ()
    about = text_of(values["about"][1], values["about"][0], found) if "about" in values else ""
    if any(problem.severity == "error" for problem in found.problems[told:]) or not fields or not cards:
        return None
    needed = {name for card in cards if card.default for name in placeholders(card.ask + card.answer)}
    required = tuple(
        Field(field.name, field.form, required=place == 0 or field.name in needed, about=field.about)
        for place, field in enumerate(fields)
    )
    return Kind(key.text, about or "a kind of this deck's own", required, cards, (key.text,))


def _check_name(key: ScalarNode, found: Findings) -> None:
    if key.text in BUILT_IN:
        message = f"{shown(key.text)} is a kind that every deck has; give yours another name"
    elif key.text in COMMON_KEYS:
        message = f"{shown(key.text)} is a key that every fact may have; give the kind another name"
    elif not key.text.strip() or bad_field(key.text):
        message = "a kind's name is one or a few plain words"
    else:
        return
    found.error(place_of(key), Code.BAD_KIND, message)


_FIELD_NAME = re.compile(r"[^\W_](?:[\w .'-]{0,58}[\w])?")


def bad_field(name: str) -> bool:
    """Whether a word cannot be a key of a fact, and a field in a card's `{…}`."""
    return _FIELD_NAME.fullmatch(name) is None


def _fields(
    kind: ScalarNode, values: dict[str, tuple[ScalarNode, Node]], found: Findings
) -> tuple[Field, ...]:
    if "fields" not in values:
        message = f"the kind {shown(kind.text)} needs `fields`, such as `fields: [{kind.text}, speaker]`"
        found.error(place_of(kind), Code.MISSING_FIELD, message)
        return ()
    key, value = values["fields"]
    items = value.items if isinstance(value, SequenceNode) else [value]
    told = len(found.problems)
    fields: dict[str, Field] = {}
    for item in items:
        field = _field(item, key, kind.text, found)
        if field is None:
            continue
        if field.name in fields:
            found.error(place_of(item), Code.BAD_KIND, f"the field {shown(field.name)} is there twice")
        fields[field.name] = field
    if len(found.problems) == told and next(iter(fields), "") != kind.text:
        message = (
            f"the first field of {shown(kind.text)} must be `{kind.text}`, the key that its facts begin with: "
            f"`fields: [{', '.join([kind.text, *(name for name in fields if name != kind.text)])}]`"
        )
        found.error(place_of(items[0]) if items else place_of(value), Code.BAD_KIND, message)
    return tuple(fields.values()) if len(found.problems) == told else ()


def _field(item: Node, key: ScalarNode, kind: str, found: Findings) -> Field | None:
    """A field as it is declared: a name, or a name and the form of its values."""
    form = Form.TEXT
    place = place_of(item)
    if isinstance(item, MappingNode) and len(item.pairs) == 1:
        name_node, form_node = item.pairs[0]
        name = name_node.text
        word = text_of(form_node, name_node, found, required=True)
        if word and word not in FORMS:
            message = f"{shown(word)} is not a form of field; the forms are {listed(FORMS, 'and')}"
            found.error(place_of(form_node), Code.BAD_KIND, message)
        form = FORMS.get(word, Form.TEXT)
    else:
        name = text_of(item, key, found, required=True)
    if not name:
        return None
    if name in COMMON_KEYS:
        if name != kind:
            message = f"{shown(name)} is a key that every fact may have already; take it out of `fields`"
            found.error(place, Code.BAD_KIND, message)
    elif bad_field(name):
        found.error(place, Code.BAD_KIND, f"{shown(name)} cannot be a key; use one or a few plain words")
    return Field(name, form)


def _cards(
    kind: ScalarNode,
    values: dict[str, tuple[ScalarNode, Node]],
    fields: tuple[Field, ...],
    found: Findings,
) -> tuple[CardForm, ...]:
    if "cards" not in values:
        message = (
            f"the kind {shown(kind.text)} needs `cards`, such as "
            f'`cards: {{{fields[-1].name}: {{ask: "{{{kind.text}}}", answer: "{{{fields[-1].name}}}"}}}}`'
        )
        found.error(place_of(kind), Code.MISSING_FIELD, message)
        return ()
    node = mapping_of(values["cards"][1], values["cards"][0], "speaker: {ask: …, answer: …}", found)
    if node is None:
        return ()
    if not node.pairs:
        found.error(place_of(node), Code.BAD_KIND, f"the kind {shown(kind.text)} has no cards; declare one")
    cards = [_card(key, value, fields, found) for key, value in given_once(node, found).values()]
    return tuple(card for card in cards if card is not None)


def _card(key: ScalarNode, value: Node, fields: tuple[Field, ...], found: Findings) -> CardForm | None:
    if reason := bad_name(key.text):
        found.error(place_of(key), Code.BAD_ID, f"the card's name {shown(key.text)} {reason}")
    node = mapping_of(value, key, 'ask: "{quote}"', found)
    if node is None:
        return None
    values = understood(node, tuple(field.name for field in CARD), "a card", found)
    texts = {field.name: _card_text(field, key, values, found) for field in CARD}
    for name in ("ask", "answer"):
        if texts[name]:
            _check_template(texts[name], place_of(values[name][1]), fields, found)
    if texts["answer"] and not placeholders(texts["answer"]):
        message = f"the answer is the same for every fact; name a field in it: `{{{fields[-1].name}}}`"
        found.error(place_of(values["answer"][1]), Code.BAD_TEMPLATE, message)
    judge = _judge(texts["answer"], fields)
    if word := texts["judge"]:
        if word not in _JUDGES:
            message = f"{shown(word)} is not a way to judge an answer; they are {listed(_JUDGES, 'and')}"
            found.error(place_of(values["judge"][1]), Code.BAD_KIND, message)
        judge = _JUDGES.get(word, judge)
    default = texts["default"].casefold()
    if default and default not in _NO | _YES:
        found.error(place_of(values["default"][1]), Code.BAD_KIND, "`default` is `yes` or `no`")
    return CardForm(key.text, texts["word"], texts["ask"], texts["answer"], judge, default=default not in _NO)


def _card_text(
    field: Field, card: ScalarNode, values: dict[str, tuple[ScalarNode, Node]], found: Findings
) -> str:
    if field.name not in values:
        if field.required:
            message = f"the card {shown(card.text)} has no `{field.name}`"
            found.error(place_of(card), Code.MISSING_FIELD, message)
        return ""
    key, value = values[field.name]
    return text_of(value, key, found, required=field.required)


def _check_template(text: str, place: Place, fields: tuple[Field, ...], found: Findings) -> None:
    """A template names plain fields in braces, and nothing else: no attributes, no formats."""
    known = [field.name for field in fields]
    for name in placeholders(text):
        if name not in known:
            message = f"{shown('{' + name + '}')} is not a field of this kind; its fields are {listed(known, 'and')}"
            found.error(place, Code.BAD_TEMPLATE, message)
            return
    rest = text
    for name in placeholders(text):
        rest = rest.replace(f"{{{name}}}", "")
    if "{" in rest or "}" in rest:
        message = "a brace has no partner; a field stands in one pair of braces, like `{quote}`"
        found.error(place, Code.BAD_TEMPLATE, message)


def _judge(answer: str, fields: tuple[Field, ...]) -> Judge:
    """How an answer that is one field alone is judged, where the card does not say."""
    form = next((field.form for field in fields if answer == f"{{{field.name}}}"), Form.TEXT)
    return {Form.DATE: Judge.DATE, Form.TEXTS: Judge.LIST}.get(form, Judge.SELF)
