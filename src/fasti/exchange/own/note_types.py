"""The note types of our facts in Anki: one a built-in kind, and one for the kinds that decks declare.

They are frozen. Whatever changes here changes the collection of everyone who has a deck of ours in Anki:
a field or template more makes Anki leave their notes alone or asks them to sync one way. What is new goes
into a spare field; templates and stylesheet may change if `MOD` is raised with them.
"""

from collections.abc import Mapping
from hashlib import blake2b

from fasti.core.card import Judge
from fasti.core.kinds import BUILT_IN, CardForm, Form, Kind, filled
from fasti.exchange.collection import NoteField, NoteType, Template
from fasti.exchange.own.stylesheet import STYLESHEET

MOD = 1_795_000_000
"""When the templates or the stylesheet last changed, in seconds; Anki takes what is newer."""

OWN = "own"
"""The key in `NOTE_TYPES` of the note type for kinds that decks declare."""

SLOTS = 5
"""How many cards a note of the type `OWN` has room for."""

RECORD = "fasti"
"""The last field of each note type: what is needed to read the fact back, as JSON."""

OWN_QUESTION = "Own question"
WEEKDAY = "Weekday"
SHUFFLED = "Shuffled"
TITLE = "Fact"
OWN_KIND = "Kind"
COMMON_FIELDS = ("Accept", "Hint", "Note", "Source", "Image")
_FOLDED = ("Spare 1", "Spare 2", "Spare 3", RECORD)
LAST_FIELDS = (*COMMON_FIELDS, *_FOLDED)

_NAMES = {"q": "Question", OWN: "Own"}
_LABELS = {("q", "q"): "Question", ("q", "a"): "Answer", ("cloze", "cloze"): "Text"}


def label(kind: str, field: str) -> str:
    """What a field of a built-in kind is called in Anki."""
    return _LABELS.get((kind, field)) or field[0].upper() + field[1:]


def switch(form: str) -> str:
    """The field that is filled where this card is asked; it holds the question word that is shown."""
    return f"Ask {form}"


def slot(name: str, number: int) -> str:
    """A field of the note type `OWN`: `Question 1`. Slots count from 1."""
    return f"{name} {number}"


def forms_of(kind: Kind) -> tuple[CardForm, ...]:
    """The cards that are templates of the kind's note type; their place is Anki's `ord`.

    A cloze has one template for all its cards; a card for each of several causes is a note of its own.
    """
    return tuple(form for form in kind.cards if not form.each)


def has_switch(kind: Kind, form: CardForm) -> bool:
    """Whether a card has its switch; the only card of a kind needs none where it has no question word."""
    return bool(form.word) or len(forms_of(kind)) > 1


def weekday_of(kind: Kind) -> str:
    """The field of a kind whose day of the week is shown: a date that is always there; or nothing."""
    dates = (field.name for field in kind.fields if field.form is Form.DATE and field.required)
    return next(dates, "")


def also_right(kind: Kind, form: CardForm) -> bool:
    """Whether the further right answers of a fact belong to this card: to typed ones, where a kind has any."""
    typed = [each for each in kind.cards if is_typed(each.judge)]
    return form in typed or (not typed and form.default)


def is_typed(judge: Judge) -> bool:
    """Whether the student types the answer."""
    return judge in (Judge.TEXT, Judge.DATE)


def constant_id(*names: str) -> int:
    """A number for these names: the same for ever, and exact in JavaScript (below 2^53)."""
    digest = blake2b("\x1f".join(("fasti", *names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 12 | 1 << 51


def _note_type(key: str, fields: tuple[str, ...], templates: tuple[Template, ...]) -> NoteType:
    name = _NAMES.get(key, key.capitalize())
    return NoteType(
        id=constant_id(key),
        name=f"fasti {name}",
        fields=tuple(
            NoteField(field, constant_id(key, "field", field), field in _FOLDED) for field in fields
        ),
        templates=tuple(
            template._replace(id=constant_id(key, "template", template.name)) for template in templates
        ),
        css=STYLESHEET,
        cloze=key == "cloze",
        mod=MOD,
    )


def _built_in(kind: Kind) -> NoteType:
    forms = forms_of(kind)
    own = [label(kind.name, field.name) for field in kind.fields]
    if weekday_of(kind):
        own.append(WEEKDAY)
    if any(form.judge is Judge.ORDER for form in forms):
        own.append(SHUFFLED)
    switches = [switch(form.name) for form in forms if has_switch(kind, form)]
    templates = tuple(_template(kind, form) for form in forms) or (_cloze_template(kind),)
    return _note_type(kind.name, (*own, OWN_QUESTION, *switches, *LAST_FIELDS), templates)


def _own() -> NoteType:
    numbers = range(1, SLOTS + 1)
    slots = [slot(name, number) for number in numbers for name in ("Question", "Answer", "Typed", "Extra")]
    templates = tuple(_slot_template(number) for number in numbers)
    return _note_type(OWN, (TITLE, OWN_KIND, *slots, *LAST_FIELDS), templates)


# MathJax reads the finished text, where no character reference protects it: these classes keep it out.
_OPEN = '<div class="fasti mathjax_ignore tex2jax_ignore">\n'
_CLOSE = "</div>"
_PICTURE = '{{#Image}}<div class="picture">{{Image}}</div>{{/Image}}\n'
_HINT = '{{#Hint}}<div class="hints">{{hint:Hint}}</div>{{/Hint}}\n'
_RULE = "<hr id=answer>\n"
_ALSO = '{{#Accept}}<div class="also" dir="auto"><span class="label">Also right:</span> {{Accept}}</div>{{/Accept}}\n'
_LAST = (
    '{{#Note}}<div class="note" dir="auto">{{Note}}</div>{{/Note}}\n'
    '{{#Source}}<div class="source" dir="auto">{{Source}}</div>{{/Source}}\n'
)


def _template(kind: Kind, form: CardForm) -> Template:
    labels = {field.name: f"{{{{{label(kind.name, field.name)}}}}}" for field in kind.fields}
    question = _question(kind, form, filled(form.ask, labels))
    answer = filled(form.answer, labels)
    typed = _typed(answer[2:-2]) if is_typed(form.judge) else ""
    if form.answer == f"{{{weekday_of(kind)}}}":
        answer += f'{{{{#{WEEKDAY}}}}}<span class="weekday">, a {{{{{WEEKDAY}}}}}</span>{{{{/{WEEKDAY}}}}}'
    front = question + typed + _HINT
    back = "".join(
        [
            *(question, _RULE, typed, f'<div class="answer" dir="auto">{answer}</div>\n'),
            *(_extra(kind, name) for name in extras_of(kind, form)),
            *([_ALSO] if also_right(kind, form) else []),
            _LAST,
        ]
    )
    if has_switch(kind, form):
        front, back = (_if(switch(form.name), text) for text in (front, back))
    return Template(form.name.capitalize(), _OPEN + front + _CLOSE, _OPEN + back + _CLOSE)


def extras_of(kind: Kind, form: CardForm) -> tuple[str, ...]:
    """The fields shown with the answer of a card because it neither asks them nor asks for them."""
    used = form.ask + form.answer
    return tuple(
        field.name
        for field in kind.fields
        if field.form in (Form.TEXT, Form.DATE) and f"{{{field.name}}}" not in used
    )


def _question(kind: Kind, form: CardForm, prompt: str) -> str:
    """The question word and the prompt, or the author's own question, which then is in the switch."""
    whole = switch(form.name) if has_switch(kind, form) else OWN_QUESTION
    word = f'<div class="word" dir="auto">{{{{{whole}}}}}</div>\n' if has_switch(kind, form) else ""
    items = ""
    if form.judge is Judge.ORDER:
        items = f'<div class="parts" dir="auto">{{{{{SHUFFLED}}}}}</div>\n'
    return (
        f'{{{{#{OWN_QUESTION}}}}}<div class="prompt" dir="auto">{{{{{whole}}}}}</div>{{{{/{OWN_QUESTION}}}}}\n'
        f"{{{{^{OWN_QUESTION}}}}}\n"
        f'{word}<div class="prompt" dir="auto">{prompt}</div>\n'
        f"{{{{/{OWN_QUESTION}}}}}\n"
        f"{items}{_PICTURE}"
    )


def _extra(kind: Kind, name: str) -> str:
    field = kind.field(name)
    shown = label(kind.name, name)
    title = f'<span class="label">{name}</span> ' if field and field.form is Form.DATE else ""
    return _if(shown, f'<div class="extra" dir="auto">{title}{{{{{shown}}}}}</div>\n')


def _cloze_template(kind: Kind) -> Template:
    form = kind.cards[0]
    text = label(kind.name, form.each)
    question = (
        f'<div class="word" dir="auto">{{{{#{OWN_QUESTION}}}}}{{{{{OWN_QUESTION}}}}}{{{{/{OWN_QUESTION}}}}}'
        f"{{{{^{OWN_QUESTION}}}}}{form.word}{{{{/{OWN_QUESTION}}}}}</div>\n"
        f'<div class="prompt" dir="auto">{{{{cloze:{text}}}}}</div>\n{_PICTURE}'
    )
    typed = _typed(f"cloze:{text}")
    return Template(
        form.name.capitalize(),
        _OPEN + question + typed + _HINT + _CLOSE,
        _OPEN + question + _RULE + typed + _ALSO + _LAST + _CLOSE,
    )


def _slot_template(number: int) -> Template:
    asked, answer, typed, extra = (slot(name, number) for name in ("Question", "Answer", "Typed", "Extra"))
    question = f'<div class="prompt" dir="auto">{{{{{asked}}}}}</div>\n{_PICTURE}'
    box = _if(typed, _typed(typed))
    # Further right answers belong to typed cards; to all where the kind has none that is typed.
    also = _if(typed, _ALSO)
    untyped = _ALSO
    for other in range(1, SLOTS + 1):
        untyped = f"{{{{^{slot('Typed', other)}}}}}{untyped.rstrip()}{{{{/{slot('Typed', other)}}}}}\n"
    back = (
        f'{question}{_RULE}{box}<div class="answer" dir="auto">{{{{{answer}}}}}</div>\n'
        + _if(extra, f'<div class="extra" dir="auto">{{{{{extra}}}}}</div>\n')
        + f"{also}{untyped}{_LAST}"
    )
    return Template(
        f"Card {number}",
        _OPEN + _if(asked, question + box + _HINT) + _CLOSE,
        _OPEN + _if(asked, back) + _CLOSE,
    )


def _typed(field: str) -> str:
    return f'<div class="typed">{{{{type:{field}}}}}</div>\n'


def _if(field: str, html: str) -> str:
    return f"{{{{#{field}}}}}{html.rstrip()}{{{{/{field}}}}}\n"


NOTE_TYPES: Mapping[str, NoteType] = {kind.name: _built_in(kind) for kind in BUILT_IN.values()} | {
    OWN: _own()
}
"""The note types by the name of the built-in kind, and the one at `OWN`."""
