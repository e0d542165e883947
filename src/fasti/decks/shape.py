"""The keys of a deck file outside its facts, declared as the kinds of facts are."""

from fasti.core.kinds import BUILT_IN, COMMON, Field, Form

DECK = (
    Field("deck", required=True, about="the title of the deck"),
    Field("id", about="a short name that never changes; by default made from the title"),
    Field("author", about="who wrote the deck"),
    Field("language", about="the language of the deck: en, de, fr, …"),
    Field("description", about="what the deck is about, in a sentence"),
    Field("licence", about="under what terms others may use it"),
    Field("tags", Form.TEXTS, about="words that hold for every fact"),
)
"""The keys of a deck that take texts."""

PARTS = {
    "sources": "works that facts cite by a short name: `name: citation`, or keys and values",
    "kinds": "kinds of facts of this deck's own",
    "facts": "the facts, each beginning with `- ` and its kind",
    "cards": "another word for `facts`",
}
"""The keys of a deck that hold something other than texts, and what each is for."""

SOURCE = (
    Field("title", required=True, about="the title of the work"),
    Field("author", about="who wrote it"),
    Field("publisher", about="who published it"),
    Field("year", about="when it was published"),
    Field("url", about="where it can be read"),
)
"""The keys of a work under `sources`."""

KIND = {
    "fields": "the fields of a fact of this kind, the kind's own name first",
    "cards": "the cards that a fact of this kind makes",
    "about": "what the kind is for, in a few words",
}
"""The keys of a declaration under `kinds`."""

CARD = (
    Field("ask", required=True, about="what is asked; `{field}` stands for the value of a field"),
    Field("answer", required=True, about="the answer; `{field}` stands for the value of a field"),
    Field("word", about="a question word shown before what is asked"),
    Field("judge", about="how an answer is judged: self, text or date"),
    Field("default", about="`no` for a card that is made only where a fact's `ask` names it"),
)
"""The keys of a card of a deck's own kind."""

FORMS = {"text": Form.TEXT, "list": Form.TEXTS, "date": Form.DATE}
"""What a field of a deck's own kind may hold, by the word for it."""

DECK_KEYS = (*(field.name for field in DECK), *PARTS)
COMMON_KEYS = tuple(field.name for field in COMMON)
FIELD_KEYS = frozenset(field.name for kind in BUILT_IN.values() for field in kind.fields)
