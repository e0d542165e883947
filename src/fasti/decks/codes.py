"""The names of everything that can be wrong with a deck file. Stable: scripts and documentation lean on them."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """What kind of problem it is; `about` says in one line what the code stands for."""

    about: str

    def __new__(cls, value: str, about: str) -> Self:
        """A member of the enumeration: the text itself, with what it stands for."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.about = about
        return code

    # The file as a whole
    BAD_ENCODING = "bad-encoding", "the file is not text in UTF-8 or UTF-16"
    TOO_LARGE = "too-large", "the file is larger, or holds more entries, than a deck may"
    TOO_DEEP = "too-deep", "lists and braces stand inside each other too often"
    TOO_MANY_PROBLEMS = "too-many-problems", "there are more problems than are listed"
    UNSAFE_CHARACTER = "unsafe-character", "a character that no deck may hold, such as a control character"
    SEVERAL_DOCUMENTS = "several-documents", "a line of `---` or `...` begins a second document"
    NOT_A_DECK = "not-a-deck", "the file does not have the form of a deck"
    NO_TITLE = "no-title", "the deck has no `deck: title` line"
    NO_FACTS = "no-facts", "the deck has no facts"

    # How the file is written
    SECOND_COLON = "second-colon", "a colon inside an unquoted text, which YAML takes for another key"
    LOST_TEXT = "lost-text", "text after ` #`, which YAML takes for a comment"
    MISREAD_START = "misread-start", "a text that begins with a character that means something to YAML"
    TEXT_AFTER_QUOTES = "text-after-quotes", "a text that goes on after its closing quotation mark"
    UNCLOSED_QUOTE = "unclosed-quote", "a quotation mark that is not closed"
    APOSTROPHE = "apostrophe", "an apostrophe that closes a text in single quotes"
    TYPOGRAPHIC_QUOTES = "typographic-quotes", "typographic quotation marks where YAML needs straight ones"
    BAD_ESCAPE = "bad-escape", "a backslash in double quotes that stands for no character"
    UNCLOSED_BRACKET = "unclosed-bracket", "a `[` or `{` without its partner"
    MISSING_COMMA = "missing-comma", "two entries in brackets without a comma between them"
    FLOW_COMMA = "flow-comma", "a comma inside `{…}` that cuts a text in two"
    TAB_INDENT = "tab-indent", "a line indented with a tab"
    WRONG_INDENT = "wrong-indent", "a line that does not stand where its neighbours do"
    BLOCK_TEXT = "block-text", "the lines of a text under `|` or `>` are not indented alike"
    STRAY_TEXT = "stray-text", "a line that belongs to no key"
    MISSING_SPACE = "missing-space", "no space after a colon or a dash"
    MISSING_COLON = "missing-colon", "no colon after a key"
    MISSING_DASH = "missing-dash", "a fact that does not begin with `- `"
    EXTRA_DASH = "extra-dash", "a `- ` before a key that belongs to the fact above"
    SWALLOWED_ITEM = "swallowed-item", "an entry of a list that is read as part of the text above it"
    BAD_KEY = "bad-key", "a key that is not a plain word"
    MERGE_KEY = "merge-key", "the merge key `<<`, which decks do not use"
    YAML_SYNTAX = "yaml-syntax", "something else that YAML cannot read"

    # Keys
    UNKNOWN_KEY = "unknown-key", "a key that nothing here takes"
    OTHER_KINDS_KEY = "other-kinds-key", "a key that belongs to another kind of fact"
    DUPLICATE_KEY = "duplicate-key", "a key that is given twice"
    MISSING_FIELD = "missing-field", "a key that is required and not there"
    UNKNOWN_KIND = "unknown-kind", "a fact that begins with no known kind"
    NOT_A_FACT = "not-a-fact", "an entry under `facts` that is not a fact"

    # Values
    EMPTY_VALUE = "empty-value", "a key without a value"
    LIST_FOR_TEXT = "list-for-text", "a list where one text is wanted"
    MAPPING_FOR_TEXT = "mapping-for-text", "keys and values where a text is wanted"
    TEXT_FOR_MAPPING = "text-for-mapping", "a text or a list where keys and values are wanted"
    LIST_IN_LIST = "list-in-list", "a list inside a list of texts"
    TOO_LONG = "too-long", "a text of more than 10,000 characters"
    BAD_DATE = "bad-date", "a date that cannot be read, or that cannot be"
    UNKNOWN_CALENDAR = "unknown-calendar", "a calendar other than gregorian and julian"
    BAD_ID = "bad-id", "an id with a character that ids do not have"
    DUPLICATE_ID = "duplicate-id", "an id that another fact has"
    BAD_CLOZE = "bad-cloze", "a cloze text that hides nothing, or whose braces do not match"
    TOO_FEW_ITEMS = "too-few-items", "a sequence of fewer than two parts"
    REPEATED_ITEM = "repeated-item", "an entry that the same list has twice"
    BAD_IMAGE = "bad-image", "a picture that is not named by a path beside the deck file"
    MISSING_IMAGE = "missing-image", "a picture that is not there"

    # What facts say of each other, of sources and of cards
    UNKNOWN_SOURCE = "unknown-source", "a short name that is not under `sources`"
    UNUSED_SOURCE = "unused-source", "a work under `sources` that no fact cites"
    BAD_SOURCE_NAME = "bad-source-name", "a name under `sources` by which no fact could cite the work"
    UNKNOWN_LINK = "unknown-link", "a link to an id that no fact has"
    LINK_TO_ITSELF = "link-to-itself", "a fact that names itself as its cause or effect"
    SAME_FACT = "same-fact", "two facts that say the same"
    UNKNOWN_CARD = "unknown-card", "`ask` names a card that the kind does not have"
    EMPTY_CARD = "empty-card", "`ask` names a card that would have no answer"

    # A deck's own kinds
    BAD_KIND = "bad-kind", "a declaration under `kinds` that cannot be used"
    BAD_TEMPLATE = "bad-template", "a card's text that names something other than a field of its kind"

    # Comments that silence a problem
    BAD_IGNORE = "bad-ignore", "a `# fasti: ignore[…]` comment that can silence nothing"
    UNUSED_IGNORE = "unused-ignore", "a `# fasti: ignore[…]` comment for what is not told of there"
