"""The keys of a deck file outside its facts, declared as the kinds of facts are."""

from fasti.core.kinds import BUILT_IN, COMMON, Field, Form

DECK = (
    Field("deck", required=True, about="the title of the deck", examples=("Cuban Missile Crisis",)),
    Field(
        "id",
        about="a short name that never changes; by default made from the title",
        examples=("cuban-missile-crisis",),
    ),
    Field("author", about="who wrote the deck", examples=("Year 12 history, Park School",)),
    Field("language", about="the language of the deck: en, de, fr, …", examples=("en",)),
    Field(
        "description",
        about="what the deck is about, in a sentence",
        examples=("From the first photographs to the last ship",),
    ),
    Field("licence", about="under what terms others may use it", examples=("CC BY 4.0",)),
    Field("tags", Form.TEXTS, about="words that hold for every fact", examples=(("cold-war",),)),
)
"""The keys of a deck that take texts."""

PARTS = {
    "sources": (
        "works that facts cite by a short name: `name: citation`, or keys and values",
        "gaddis: Gaddis, The Cold War (2005)",
    ),
    "kinds": (
        "kinds of facts of this deck's own",
        'quote: {fields: [quote, speaker], cards: {speaker: {ask: "{quote}", answer: "{speaker}"}}}',
    ),
    "facts": (
        "the facts, each beginning with `- ` and its kind",
        "- event: Kennedy announces the quarantine",
    ),
    "cards": ("another word for `facts`", "- term: quarantine"),
}
"""The keys of a deck that hold something other than texts: what each is for, and an example of what it holds."""

SOURCE = (
    Field("title", required=True, about="the title of the work", examples=("FRUS 1961-1963, vol. XI",)),
    Field("author", about="who wrote it", examples=("John Lewis Gaddis",)),
    Field("publisher", about="who published it", examples=("Penguin",)),
    Field("year", about="when it was published", examples=("2005",)),
    Field("url", about="where it can be read", examples=("https://history.state.gov/historicaldocuments",)),
)
"""The keys of a work under `sources`."""

KIND = {
    "fields": (
        "the fields of a fact of this kind, the kind's own name first",
        "[quote, speaker, {said: date}]",
    ),
    "cards": ("the cards that a fact of this kind makes", 'speaker: {ask: "{quote}", answer: "{speaker}"}'),
    "about": ("what the kind is for, in a few words", "who said what"),
}
"""The keys of a declaration under `kinds`: what each is for, and an example."""

CARD = (
    Field(
        "ask",
        required=True,
        about="what is asked; `{field}` stands for the value of a field",
        examples=("{quote}",),
    ),
    Field(
        "answer",
        required=True,
        about="the answer; `{field}` stands for the value of a field",
        examples=("{speaker}",),
    ),
    Field("word", about="a question word shown before what is asked", examples=("Who said it?",)),
    Field("judge", about="how an answer is judged: self, text or date", examples=("text",)),
    Field(
        "default",
        about="`no` for a card that is made only where a fact's `ask` names it",
        examples=("no",),
    ),
)
"""The keys of a card of a deck's own kind."""

FORMS = {"text": Form.TEXT, "list": Form.TEXTS, "date": Form.DATE}
"""What a field of a deck's own kind may hold, by the word for it."""

DECK_KEYS = (*(field.name for field in DECK), *PARTS)
COMMON_KEYS = tuple(field.name for field in COMMON)
FIELD_KEYS = frozenset(field.name for kind in BUILT_IN.values() for field in kind.fields)
