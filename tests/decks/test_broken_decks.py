"""Broken decks beside the exact problems that are told of them: `line:column code`, a `?` behind warnings."""

import pytest
import yaml

from fasti.core.text import printable
from fasti.decks import nodes
from fasti.decks.codes import Code
from fasti.decks.read import Reading, read_deck

# Each case: what it shows, the deck, its problems, and the titles of the facts that load all the same.
# `F` stands for two lines, `deck: T` and `facts:`, so that facts begin on line 3.
F = "deck: T\nfacts:\n"
GOOD = "  - term: last\n    means: the fact that must load\n"

SYNTAX = [
    (
        "a second colon in a text",
        "  - q: Luther: the 95 Theses\n    a: 1517\n",
        ["3:14 second-colon"],
    ),
    (
        "a second colon in the text of a list",
        "  - effect: War\n    causes:\n      - Poland: invaded\n      - Fear\n",
        ["5:9 mapping-for-text"],
    ),
    (
        "a second colon in a list in brackets",
        "  - effect: War\n    causes: [Poland: invaded, Fear]\n",
        ["4:14 mapping-for-text"],
    ),
    (
        "a colon at the end of a text",
        "  - q: Name the three causes:\n    a: many\n",
        ["3:29 second-colon"],
    ),
    (
        "a second colon in the line below",
        "  - q: What is it?\n    a: The answer of Luther\n      was this: no\n",
        ["5:15 second-colon"],
    ),
    (
        "two mistakes in one fact",
        '  - q: Luther: the Theses\n    a: "a" b\n',
        ["3:14 second-colon", "4:12 text-after-quotes"],
    ),
    (
        "a colon in braces",
        "  - {q: Luther: the Theses, a: 1517}\n",
        ["3:15 second-colon"],
    ),
    (
        "text behind quotation marks",
        '  - q: "Divide" said who?\n    a: Caesar\n',
        ["3:17 text-after-quotes"],
    ),
    (
        "text behind quotation marks in a list",
        '  - effect: War\n    causes: ["Fear" of war, Greed]\n',
        ["4:21 text-after-quotes"],
    ),
    (
        "an apostrophe in single quotes",
        "  - event: 'Peasants' Revolt'\n    date: 1381\n",
        ["3:21 apostrophe"],
    ),
    (
        "an apostrophe in front",
        "  - q: 'Tis what?\n    a: it is\n",
        ["3:8 unclosed-quote"],
    ),
    (
        "a quotation mark that is not closed",
        '  - q: "Who was he?\n    a: Nobody\n',
        ["3:8 unclosed-quote"],
    ),
    (
        "a quotation mark that is closed by the next fact's",
        '  - q: "Who was he?\n    a: Nobody\n  - q: Who?\n    a: "Somebody"\n',
        ["3:8 unclosed-quote"],
    ),
    (
        "a quotation mark that is closed at the end of a later line",
        '  - q: "Who was he?\n    a: Nobody\n  - q: How long?\n    a: 12"\n',
        ["3:8 unclosed-quote"],
    ),
    (
        "a backslash in double quotes",
        '  - q: "C:\\queries"\n    a: b\n',
        ["3:11 bad-escape"],
    ),
    (
        "half a character by its number",
        '  - q: "x \\ud800 y"\n    a: b\n',
        ["3:11 bad-escape"],
    ),
    (
        "a number beyond all characters",
        '  - q: "x \\U00110000"\n    a: b\n',
        ["3:11 bad-escape"],
    ),
    (
        "typographic quotes for straight ones",
        "  - q: “Divide: and rule”\n    a: b\n",
        ["3:8 typographic-quotes"],
    ),
    ("a text that begins with a bracket", "  - q: [sic] he wrote\n    a: b\n", ["3:8 misread-start"]),
    ("a text in brackets", "  - q: [sic]\n    a: b\n", ["3:8 list-for-text"]),
    ("a text that begins with a brace", "  - cloze: {Rome} fell in {476}\n", ["3:12 misread-start"]),
    ("a text in braces", "  - cloze: {Rome}\n", ["3:12 mapping-for-text"]),
    ("two braces in front", "  - cloze: {{c1::Rome}} fell\n", ["3:12 misread-start"]),
    ("an asterisk in front", "  - q: *Guernica* by whom?\n    a: Picasso\n", ["3:8 misread-start"]),
    ("an asterisk before a word", "  - q: *Guernica\n    a: Picasso\n", ["3:8 misread-start"]),
    ("an ampersand in front", "  - q: & Sons\n    a: b\n", ["3:8 misread-start"]),
    ("an ampersand before a word", "  - q: &Sons of whom?\n    a: b\n", ["3:8 misread-start"]),
    ("an exclamation mark in front", "  - q: !important what?\n    a: b\n", ["3:8 misread-start"]),
    ("a tag of Python's", "  - q: !!python/object/apply:os.system [x]\n    a: b\n", ["3:8 misread-start"]),
    ("a percent sign in front", "  - q: %50 of what?\n    a: b\n", ["3:8 misread-start"]),
    ("an at sign in front", "  - q: @home\n    a: b\n", ["3:8 misread-start"]),
    ("a backtick in front", "  - q: `x`\n    a: b\n", ["3:8 misread-start"]),
    ("a bar in front", "  - q: |text\n    a: b\n", ["3:8 misread-start"]),
    ("a greater-than sign in front", "  - q: > 100 people?\n    a: b\n", ["3:8 misread-start"]),
    ("a comma in front", "  - q: , and\n    a: b\n", ["3:8 misread-start"]),
    ("a closing bracket in front", "  - q: ] and\n    a: b\n", ["3:8 misread-start"]),
    ("a question mark in front", "  - q: ? why\n    a: b\n", ["3:8 misread-start"]),
    ("a list on the line of its key", "  - order: x\n    items: - a\n      - b\n", ["4:12 misread-start"]),
    ("a merge key", "  - <<: {a: b}\n    q: x\n    a: y\n", ["3:5 merge-key"]),
    ("a key that is a list", "  - [a, b]: c\n    q: x\n    a: y\n", ["3:5 bad-key"]),
    ("a bracket that is not closed", "  - effect: x\n    causes: [a, b\n", ["4:13 unclosed-bracket"]),
    (
        "a brace that is not closed",
        "  - {q: x, a: y\n  - {q: z, a: w}\n",
        ["3:5 unclosed-bracket"],
    ),
    ("a brace too many", "  - {q: x, a: y}}\n", ["3:17 unclosed-bracket"]),
    ("a comma in a fact in braces", "  - {event: Revolt, which failed, date: 1381}\n", ["3:21 flow-comma"]),
    ("a missing comma in braces", "  - {q: x\n     a: y}\n", ["4:6 missing-comma"]),
    ("a missing colon in braces", "  - {event: x, date 1962}\n", ["3:16 missing-colon"]),
    ("a bracket in braces", "  - {q: he [sic] wrote, a: y}\n", ["3:12 misread-start"]),
    ("a tab before a key", "  - q: x\n\ta: y\n", ["4:1 tab-indent"]),
    (
        "tabs before everything",
        "\t- q: x\n\t\ta: y\n\t- q: z\n\t\ta: w\n",
        ["3:1 tab-indent", "5:1 tab-indent"],
    ),
    ("a tab below spaces", "  - q: x\n  \ta: y\n", ["4:3 tab-indent"]),
    ("a key too far right", "  - q: x\n     a: y\n", ["4:6 wrong-indent"]),
    ("a key too far left", "  - q: x\n   a: y\n", ["4:4 wrong-indent"]),
    ("keys too far left", "  - event: x\n  date: 1962\n  hint: y\n", ["4:3 wrong-indent"]),
    ("a key at the left edge, last", "  - event: x\ndate: 1962\n", ["4:1 wrong-indent"]),
    ("a key at the left edge", "  - event: x\ndate: 1962\n  - q: x\n    a: y\n", ["4:1 wrong-indent"]),
    ("a dash too far right", "  - q: x\n    a: y\n   - q: z\n     a: w\n", ["5:4 wrong-indent"]),
    ("a dash too far left", "  - q: x\n    a: y\n - q: z\n   a: w\n", ["5:2 wrong-indent"]),
    ("a dash under a key", "  - q: x\n    a: y\n    - q: z\n      a: w\n", ["5:5 wrong-indent"]),
    ("a missing dash", "  - q: x\n    a: y\n\n    q: z\n    a: w\n", ["6:5 missing-dash"]),
    ("a missing dash further left", "  - q: x\n    a: y\n\n  q: z\n  a: w\n", ["6:3 missing-dash"]),
    (
        "a missing dash before another kind",
        "  - q: x\n    a: y\n    event: z\n    date: 1962\n",
        ["5:5 missing-dash"],
    ),
    ("another sign for a dash", "  – q: x\n    a: y\n", ["3:3 missing-dash"]),
    ("another sign for a dash, later", "  - q: x\n    a: y\n  • q: z\n    a: w\n", ["5:3 missing-dash"]),
    ("no space after a dash", "  - q: x\n    a: y\n  -q: z\n    a: w\n", ["5:3 missing-space"]),
    ("no space after a colon", "  - q: x\n    a:y\n", ["4:7 missing-space"]),
    ("no space after the first colon", "  - q:x\n    a: y\n", ["3:7 missing-space"]),
    ("no space after the only colon", "  - event:Hastings\n", ["3:11 missing-space"]),
    ("no colon", "  - event: x\n    date 1962\n", ["4:5 missing-colon"]),
    ("an equals sign for a colon", "  - event: x\n    date = 1962\n", ["4:5 missing-colon"]),
    (
        "a dash before every key",
        "  - event: x\n  - date: 1962\n  - note: y\n",
        ["4:5 extra-dash", "5:5 extra-dash"],
    ),
    (
        "an entry under another's text",
        "  - effect: x\n    causes:\n      - a\n        - b\n      - c\n",
        ["6:9 swallowed-item"],
    ),
    ("a list below a text", "  - effect: x\n    causes: a\n      - b\n", ["5:7 swallowed-item"]),
    ("a text that goes on too far left", "  - q: x\n    a: the text\n    goes on\n", ["5:5 stray-text"]),
    ("a text that goes on at the dash", "  - q: x\n    a: the text\n  goes on\n", ["5:3 stray-text"]),
    (
        "a text that goes on below a comment",
        "  - q: x\n    a: the text # here\n      goes on\n",
        ["4:17 lost-text"],
    ),
    ("a block of text that is not indented", "  - q: x\n    a: |\n    text\n", ["5:5 block-text"]),
    ("a block of text that leans left", "  - q: x\n    a: |\n        one\n       two\n", ["6:8 block-text"]),
    ("a comment that cuts a number off", "  - event: Treaty # 3\n    date: 1962\n", ["3:19 lost-text"]),
    ("a comment that cuts a word off", "  - event: Sonata in C #minor\n    date: 1962\n", ["3:24 lost-text"]),
    (
        "a comment that cuts a short number off",
        "  - event: Decree No. #5\n    date: 1962\n",
        ["3:23 lost-text"],
    ),
    ("a comment that may be text", "  - event: x # check this\n    date: 1962\n", ["3:14 lost-text?"]),
    ("a comment that cuts a list off", "  - {event: C #minor, date: 1962}\n", ["3:15 lost-text"]),
    (
        "a comment behind a longer text",
        "  - q: x\n    a: a text that\n      goes on # 3\n",
        ["5:15 lost-text"],
    ),
    ("a number sign in front", "  - q: x\n    a: y\n    tags: #war\n", ["5:5 empty-value"]),
    (
        "an alias bomb",
        "  - q: &a x\n    a: [*a, *a]\n",
        ["3:8 misread-start", "4:8 list-for-text", "4:9 misread-start", "4:13 misread-start"],
    ),
]

FACTS = [
    ("a key misspelt", "  - event: x\n    dat: 1962\n", ["4:5 unknown-key"]),
    ("a key in capitals", "  - event: x\n    Date: 1962\n", ["4:5 unknown-key"]),
    ("a key that nobody knows", "  - q: x\n    a: y\n    zzz: 1\n", ["5:5 unknown-key"]),
    ("a required key under another name", "  - event: x\n    wann: 1962\n", ["4:5 unknown-key"]),
    ("a key of another kind", "  - event: x\n    date: 1962\n    who: y\n", ["5:5 other-kinds-key"]),
    ("a missing key", "  - event: x\n", ["3:5 missing-field"]),
    ("a key twice", "  - event: x\n    date: 1962\n    date: 1963\n", ["5:5 duplicate-key"]),
    ("a kind misspelt", "  - evnet: x\n    date: 1962\n", ["3:5 unknown-kind"]),
    ("a kind in English", "  - question: x\n    answer: y\n", ["3:5 unknown-kind", "4:5 unknown-key"]),
    ("a kind that nobody knows", "  - zzz: x\n    yyy: y\n", ["3:5 unknown-kind"]),
    ("a fact without its kind", "  - means: x\n    hint: y\n", ["3:5 unknown-kind"]),
    ("words for a fact", "  - The battle of Hastings\n", ["3:5 not-a-fact"]),
    ("a list for a fact", "  - - q: x\n      a: y\n", ["3:5 not-a-fact"]),
    ("a dash alone", "  -\n", ["3:4 not-a-fact"]),
    ("an empty required value", "  - event: x\n    date:\n", ["4:5 empty-value"]),
    ("an empty first value", "  - event:\n    date: 1962\n", ["3:5 empty-value"]),
    ("an empty value in quotes", '  - event: ""\n    date: 1962\n', ["3:5 empty-value"]),
    ("an empty value that is allowed", "  - q: x\n    a: y\n    note:\n", ["5:5 empty-value?"]),
    ("a tilde", "  - event: x\n    date: ~\n", ["4:5 empty-value"]),
    ("an empty entry", "  - effect: x\n    causes: [a, '']\n", ["4:17 empty-value"]),
    ("an empty list", "  - effect: x\n    causes: []\n", ["4:5 empty-value"]),
    ("a list for a date", "  - event: x\n    date: [1962, 1963]\n", ["4:11 list-for-text"]),
    ("a list below a text's key", "  - q: x\n    a:\n      - y\n      - z\n", ["5:7 list-for-text"]),
    ("keys for a text", "  - q: x\n    a:\n      one: y\n      two: z\n", ["5:7 mapping-for-text"]),
    ("a list in a list", "  - effect: x\n    causes: [a, [b, c]]\n", ["4:17 list-in-list"]),
    ("a text too long", f"  - q: x\n    a: {'y' * 10_001}\n", ["4:8 too-long"]),
    ("a date that is none", "  - event: x\n    date: soon\n", ["4:11 bad-date"]),
    ("a day that is none", "  - event: x\n    date: 2023-02-29\n", ["4:11 bad-date"]),
    ("a date in digits", "  - event: x\n    date: 28/10/1962\n", ["4:11 bad-date"]),
    ("a span backwards", "  - event: x\n    date: 1918 to 1914\n", ["4:11 bad-date"]),
    ("a life backwards", "  - person: x\n    who: y\n    lived: 1918-1914\n", ["5:12 bad-date"]),
    (
        "a calendar misspelt",
        "  - event: x\n    date: 1962\n    calendar: julien\n",
        ["5:15 unknown-calendar"],
    ),
    ("an id with spaces", "  - q: x\n    a: y\n    id: my fact\n", ["5:9 bad-id"]),
    ("an id with a sign", "  - q: x\n    a: y\n    id: a/b\n", ["5:9 bad-id"]),
    ("an id too long", f"  - q: x\n    a: y\n    id: {'i' * 101}\n", ["5:9 bad-id"]),
    (
        "an id twice",
        "  - {q: x, a: y, id: one}\n  - {q: z, a: w, id: one}\n",
        ["4:22 duplicate-id"],
    ),
    (
        "a link that leads nowhere",
        "  - event: x\n    date: 1962\n    leads to: the-end\n",
        ["5:15 unknown-link"],
    ),
    (
        "a link to itself",
        "  - event: x\n    id: me\n    date: 1962\n    leads to: me\n",
        ["6:15 link-to-itself?"],
    ),
    ("a cloze that hides nothing", "  - cloze: Rome fell\n", ["3:12 bad-cloze"]),
    ("a cloze with one brace", "  - cloze: Rome {fell\n", ["3:12 bad-cloze"]),
    ("a sequence of one", "  - order: x\n    items: [a]\n", ["4:12 too-few-items"]),
    ("a sequence as a text", "  - order: x\n    items: a\n", ["4:12 too-few-items"]),
    ("a part twice", "  - order: x\n    items: [a, b, A]\n", ["4:19 repeated-item"]),
    ("a cause twice", "  - effect: x\n    causes: [a, b, a]\n", ["4:20 repeated-item?"]),
    ("a card that is none", "  - event: x\n    date: 1962\n    ask: [when, whta]\n", ["5:17 unknown-card"]),
    (
        "a question among cards",
        "  - event: x\n    date: 1962\n    ask: [when, Why so?]\n",
        ["5:17 unknown-card"],
    ),
    ("a card without an answer", "  - event: x\n    date: 1962\n    ask: causes\n", ["5:10 empty-card?"]),
    ("a picture on one computer", "  - q: x\n    a: y\n    image: /home/me/x.png\n", ["5:12 bad-image"]),
    ("a picture on a drive", "  - q: x\n    a: y\n    image: C:\\x.png\n", ["5:12 bad-image"]),
    ("a picture outside", "  - q: x\n    a: y\n    image: ../x.png\n", ["5:12 bad-image"]),
    ("a picture elsewhere", "  - q: x\n    a: y\n    image: https://example.org/x.png\n", ["5:12 bad-image"]),
    ("a character that turns text round", '  - q: "x \\u202e y"\n    a: y\n', ["3:8 unsafe-character"]),
    ("an escape", '  - q: "x \\e[2J y"\n    a: y\n', ["3:8 unsafe-character"]),
    ("an escape as it is", "  - q: x \x1b[2J\n    a: y\n", ["3:10 unsafe-character"]),
    ("a null", "  - q: x\x00\n    a: y\n", ["3:9 unsafe-character"]),
    ("a fact twice", "  - q: x\n    a: y\n  - q: X\n    a: z\n", ["5:5 same-fact?"]),
    ("a source that is none", "  - q: x\n    a: y\n    source: frus11, doc. 4\n", ["5:13 unknown-source"]),
]

DECKS = [
    ("nothing", "", ["1:1 not-a-deck"]),
    ("only a remark", "# soon\n", ["1:1 not-a-deck"]),
    ("words", "The Cold War\n", ["1:1 not-a-deck"]),
    ("keys of something else", "version: 3\nservices: {}\n", ["1:1 not-a-deck"]),
    ("a list alone", "- q: x\n  a: y\n", ["1:1 not-a-deck"]),
    ("no title", "facts:\n  - q: x\n    a: y\n", ["1:1 no-title"]),
    ("an empty title", "deck:\nfacts:\n  - q: x\n    a: y\n", ["1:1 empty-value"]),
    ("a title under another name", "title: T\nfacts:\n  - q: x\n    a: y\n", ["1:1 unknown-key"]),
    ("a title with a colon", "deck: Cold War: origins\nfacts:\n  - q: x\n    a: y\n", ["1:15 second-colon"]),
    ("no facts", "deck: T\n", ["1:1 no-facts"]),
    ("facts without any", "deck: T\nfacts:\n", ["2:1 no-facts"]),
    ("facts misspelt", "deck: T\nfact:\n  - q: x\n    a: y\n", ["2:1 unknown-key"]),
    ("facts in words", "deck: T\nfacts: none yet\n", ["2:8 not-a-fact"]),
    ("facts without dashes", "deck: T\nfacts:\n  q: x\n  a: y\n", ["3:3 missing-dash"]),
    (
        "facts with dashes too close",
        "deck: T\nfacts:\n  -q: x\n  -q: y\n",
        ["3:3 missing-field", "3:3 missing-space", "4:3 missing-field", "4:3 missing-space"],
    ),
    (
        "facts with another sign for a dash",
        "deck: T\nfacts:\n  – event: x\n  – event: y\n",
        ["3:3 missing-dash", "3:3 missing-field", "4:3 missing-dash", "4:3 missing-field"],
    ),
    ("facts by name", "deck: T\nfacts:\n  one: {q: x, a: y}\n", ["3:3 not-a-fact"]),
    ("a title without its key", "My deck\ndeck: T\nfacts:\n  - q: x\n    a: y\n", ["1:1 stray-text"]),
    ("a key of a deck misspelt", "deck: T\nauthr: me\nfacts:\n  - q: x\n    a: y\n", ["2:1 unknown-key"]),
    ("a key of a deck twice", "deck: T\ndeck: U\nfacts:\n  - q: x\n    a: y\n", ["2:1 duplicate-key"]),
    ("a deck's id with a space", "deck: T\nid: my deck\nfacts:\n  - q: x\n    a: y\n", ["2:5 bad-id"]),
    (
        "a second deck",
        "deck: T\nfacts:\n  - {q: x, a: y}\n---\ndeck: U\nfacts: []\n",
        ["4:1 several-documents"],
    ),
    (
        "a line between facts",
        "deck: T\nfacts:\n  - {q: x, a: y}\n---\n  - {q: z, a: w}\n",
        ["4:1 several-documents"],
    ),
    (
        "a source that nobody cites",
        "deck: T\nsources:\n  one: A book\nfacts:\n  - {q: x, a: y}\n",
        ["3:3 unused-source?"],
    ),
    (
        "a source misspelt",
        "deck: T\nsources:\n  gaddis: A book\nfacts:\n  - {q: x, a: y, source: gadis}\n  - {q: z, a: y, source: gaddis}\n",
        ["5:26 unknown-source"],
    ),
    (
        "a source without a title",
        "deck: T\nsources:\n  one: {author: Me}\nfacts:\n  - {q: x, a: y, source: one}\n",
        ["3:3 missing-field"],
    ),
    (
        "a source with a colon",
        "deck: T\nsources:\n  one: Gaddis: A book\nfacts:\n  - {q: x, a: y, source: one}\n",
        ["3:14 second-colon"],
    ),
    (
        "a source with a comma in braces",
        "deck: T\nsources:\n  one: {title: FRUS, vol. XI, year: 1996}\nfacts:\n  - {q: x, a: y, source: one}\n",
        ["3:22 flow-comma"],
    ),
    (
        "a source's key misspelt",
        "deck: T\nsources:\n  one: {titel: Book}\nfacts:\n  - {q: x, a: y, source: one}\n",
        ["3:9 unknown-key"],
    ),
    ("sources in a list", "deck: T\nsources: [one]\nfacts:\n  - {q: x, a: y}\n", ["2:10 text-for-mapping"]),
    (
        "a source's name with a comma",
        'deck: T\nsources:\n  "one, two": A book\nfacts:\n  - {q: x, a: y, source: "one, two"}\n',
        ["3:3 bad-source-name", "3:3 unused-source?", "5:26 unknown-source"],
    ),
    (
        "facts on one line",
        "deck: T\nfacts: [{q: x, a: y}, {q: z: z, a: w}, {q: v, a: u}]\n",
        ["2:28 second-colon"],
    ),
    (
        "facts in brackets, one not closed",
        "deck: T\nfacts: [\n  {q: x, a: y},\n  {q: z, a: w\n  {q: v, a: u},\n]\n",
        ["4:3 unclosed-bracket"],
    ),
    (
        "facts in brackets without a comma",
        "deck: T\nfacts: [\n  {q: x, a: y}\n  {q: v, a: u},\n]\n",
        ["4:3 missing-comma"],
    ),
    (
        "facts without the word",
        "deck: T\n\n- q: x\n  a: y\n- q: z\n  a: w\n",
        ["3:1 no-facts"],
    ),
    ("facts without a colon", "deck: T\nFacts\n  - q: x\n    a: y\n", ["2:1 missing-colon"]),
    ("facts with numbers", "deck: T\nfacts:\n  1. q: x\n     a: y\n", ["3:3 missing-dash"]),
    (
        "facts in brackets, a comma missing between keys",
        'deck: T\nfacts: [\n  {"event": "x" "date": "1962"},\n  {q: x, a: y}]\n',
        ["3:17 missing-comma"],
    ),
    (
        "facts under other words",
        "deck: T\nevents:\n  - {event: x, date: 1962}\npeople:\n  - {person: y, who: z}\n",
        ["2:1 unknown-key", "4:1 unknown-key"],
    ),
    ("a fact alone", "event: x\ndate: 1962\n", ["1:1 not-a-deck"]),
    ("line ends of Windows", "deck: T\r\nfacts:\r\n  - q: x: y\r\n    a: z\r\n", ["3:9 second-colon"]),
    ("line ends of old", "deck: T\rfacts:\r  - q: x: y\r    a: z\r", ["3:9 second-colon"]),
    (
        "separators that editors do not count",
        "deck: T\u2028U\nfacts:\n  - q: x: y\n    a: z\n",
        ["3:9 second-colon"],
    ),
]

K = "deck: T\nkinds:\n"
QUOTE = "facts:\n  - quote: Who said it?\n    speaker: Caesar\n"
KINDS = [
    (
        "a kind that every deck has",
        "  event: {fields: [event], cards: {x: {ask: a, answer: '{event}'}}}\n",
        ["3:3 bad-kind", "5:5 unknown-kind"],
    ),
    (
        "a key of every fact",
        "  hint: {fields: [hint], cards: {x: {ask: a, answer: '{hint}'}}}\n",
        ["3:3 bad-kind", "5:5 unknown-kind"],
    ),
    ("no fields", "  quote: {cards: {x: {ask: a, answer: '{quote}'}}}\n", ["3:3 missing-field"]),
    ("no cards", "  quote: {fields: [quote, speaker]}\n", ["3:3 missing-field"]),
    (
        "another first field",
        "  quote: {fields: [speaker, quote], cards: {x: {ask: a, answer: '{quote}'}}}\n",
        ["3:20 bad-kind"],
    ),
    (
        "a field of every fact",
        "  quote: {fields: [quote, id], cards: {x: {ask: a, answer: '{quote}'}}}\n",
        ["3:27 bad-kind"],
    ),
    (
        "a form that is none",
        "  quote: {fields: [quote, {speaker: name}], cards: {x: {ask: a, answer: '{quote}'}}}\n",
        ["3:37 bad-kind"],
    ),
    (
        "an attribute",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote.__class__}', answer: '{speaker}'}}}\n",
        ["3:54 bad-template"],
    ),
    (
        "a field that is none",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote}', answer: '{author}'}}}\n",
        ["3:73 bad-template"],
    ),
    (
        "a brace alone",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote', answer: '{speaker}'}}}\n",
        ["3:54 bad-template"],
    ),
    (
        "an answer without a field",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote}', answer: Caesar}}}\n",
        ["3:73 bad-template"],
    ),
    (
        "a template without quotes",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: {quote}, answer: '{speaker}'}}}\n",
        ["3:54 mapping-for-text"],
    ),
    (
        "a way to judge that is none",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote}', answer: '{speaker}', judge: me}}}\n",
        ["3:93 bad-kind"],
    ),
    (
        "a default that is none",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote}', answer: '{speaker}', default: 5}}}\n",
        ["3:95 bad-kind"],
    ),
    (
        "a card with a space",
        "  quote: {fields: [quote, speaker], cards: {a b: {ask: '{quote}', answer: '{speaker}'}}}\n",
        ["3:45 bad-id"],
    ),
    (
        "a card's key misspelt",
        "  quote: {fields: [quote, speaker], cards: {x: {ask: '{quote}', answr: '{speaker}'}}}\n",
        ["3:65 unknown-key"],
    ),
    ("a kind in words", "  quote: speaker\n", ["3:10 text-for-mapping"]),
    (
        "a kind that is not YAML",
        "  quote:\n    fields: [quote, speaker\n    cards: {x: {ask: '{quote}', answer: '{speaker}'}}\n",
        ["4:13 unclosed-bracket"],
    ),
]


def told(reading: Reading) -> list[str]:
    return [
        f"{problem.place.line}:{problem.place.column} {problem.code}{'?' if problem.severity == 'warning' else ''}"
        for problem in reading.problems
    ]


CASES = [
    *((name, F + facts, problems) for name, facts, problems in SYNTAX + FACTS),
    *DECKS,
    *((f"{name} as a kind", K + kind + QUOTE, problems) for name, kind, problems in KINDS),
]


@pytest.mark.parametrize(("name", "deck", "problems"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_deck_is_told_of_in_full(name: str, deck: str, problems: list[str]) -> None:
    assert told(read_deck(deck)) == problems


@pytest.mark.parametrize(
    ("name", "facts", "problems"), SYNTAX + FACTS, ids=[case[0] for case in SYNTAX + FACTS]
)
def test_the_facts_around_a_broken_one_load(name: str, facts: str, problems: list[str]) -> None:
    reading = read_deck(F + GOOD.replace("last", "first") + facts + GOOD)

    assert reading.deck is not None
    titles = [fact.text("term") for fact in reading.deck.facts if fact.kind == "term"]
    assert titles == ["first", "last"]


# What PyYAML's own parser takes, or does not take, and libyaml does.
PURE_PYTHON_DIFFERS = {"half a character by its number", "a question among cards"}


@pytest.mark.parametrize(("name", "deck", "problems"), CASES, ids=[case[0] for case in CASES])
def test_without_libyaml_the_same_is_told(
    name: str, deck: str, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "_Loader", yaml.BaseLoader)

    assert (told(read_deck(deck)) == problems) is (name not in PURE_PYTHON_DIFFERS)


@pytest.mark.parametrize(("name", "deck", "problems"), CASES, ids=[case[0] for case in CASES])
def test_a_problem_is_told_in_one_plain_sentence(name: str, deck: str, problems: list[str]) -> None:
    for problem in read_deck(deck).problems:
        sentence = problem.message
        assert sentence == printable(sentence)
        assert "\n" not in sentence
        assert sentence[-1] not in ".!"
        assert len(sentence) < 300


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            "  - q: Luther: the 95 Theses\n    a: 1517\n",
            (
                "this second colon makes YAML look for another key; "
                'put quotes round the whole text: `"Luther: the 95 Theses"`'
            ),
        ),
        (
            "  - event: War; date: 1914\n",
            (
                "this second colon makes YAML look for another key; put quotes round the whole text: "
                '`"War; date: 1914"`; or, if `date` is a key, begin a new line with it'
            ),
        ),
        (
            '  - q: "Divide" said who?\n    a: Caesar\n',
            (
                "the quotation marks close before this, yet the text goes on; "
                "put quotes round the whole text: `'\"Divide\" said who?'`"
            ),
        ),
        (
            "  - event: 'Peasants' Revolt'\n    date: 1381\n",
            (
                "this apostrophe closes the text that began with `'`; "
                'put double quotes round the whole text: `"Peasants\' Revolt"`'
            ),
        ),
        (
            "  - cloze: {Rome} fell\n",
            (
                "a text that begins with `{` means something else to YAML; "
                'put quotes round the whole text: `"{Rome} fell"`'
            ),
        ),
        (
            "  - {event: Revolt, which failed, date: 1381}\n",
            (
                "in `{…}` the comma before this ends the text; "
                'put quotes round the whole text: `"Revolt, which failed"`'
            ),
        ),
        (
            "  - event: Treaty # 3\n    date: 1962\n",
            '`# 3` is lost, because ` #` begins a comment; put quotes round the whole text: `"Treaty # 3"`',
        ),
        (
            "  - event: x # check this\n    date: 1962\n",
            (
                "`# check this` is taken for a comment; put two spaces before the `#` if it is one, "
                "quotes round the whole text if not"
            ),
        ),
        (
            "  - q: x\n\ta: y\n",
            "this line is indented with a tab; use spaces, the same number as the lines beside it",
        ),
        ("  - q: x\n     a: y\n", "`a` is indented by 5 spaces and the key above it by 4; indent it by 4"),
        ("  - event: x\n    dat: 1962\n", "`dat` is not a key of `event`; did you mean `date`?"),
        ("  - event: x\n", "this `event` has no `date`; add `date: …`"),
        (
            "  - event: x\n    date: 1962\n    date: 1963\n",
            "`date` is given already on line 4; a key stands once",
        ),
        (
            "  - zzz: x\n",
            (
                "`zzz` is not a kind of fact; a fact begins with `event`, `person`, `effect`, `cause`, `term`, "
                "`q`, `cloze` or `order`"
            ),
        ),
        (
            "  - order: x\n    items: Marne, Verdun\n",
            "`items` needs 2 parts or more, and has 1; a list stands in brackets: `[Marne, Verdun]`",
        ),
    ],
)
def test_a_sentence_says_what_to_write_instead(facts: str, sentence: str) -> None:
    (problem,) = read_deck(F + facts).problems

    assert problem.message == sentence


def test_every_code_is_shown_by_a_broken_deck() -> None:
    shown = {problem.split()[1].rstrip("?") for _, _, problems in CASES for problem in problems}
    elsewhere = {"bad-encoding", "too-large", "too-deep", "too-many-problems", "missing-image", "yaml-syntax"}
    elsewhere |= {"bad-ignore", "unused-ignore"}

    assert shown | elsewhere == {code.value for code in Code}
