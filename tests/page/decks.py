"""Decks to make pages of: a hostile one, one from right to left, one of odd dates and long texts."""

from pathlib import Path

from fasti.core.card import Judge
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import CardForm, Field, Form, Kind
from fasti.decks.read import read_deck

BUNDLED = Path(__file__).parent.parent.parent / "decks"

PAYLOADS = (
    "</script><script>window.owned=1</script>",
    "</title></style><img src=x onerror=window.owned=1>",
    '"><svg onload=window.owned=1><a href="javascript:window.owned=1">x</a>',
    "' autofocus onfocus='window.owned=1' x='",
    "</text></svg><script>window.owned=1</script><svg><text>",
    "]]><!--<img src=x onerror=window.owned=1>--><![CDATA[",
    "&lt;script&gt;window.owned=1&lt;/script&gt; &#x3c;b&#x3e;",
    "{{7*7}} ${window.owned=1} {event} %(x)s {0.__class__}",
    "javascript:window.owned=1",
    "\u202egnp.eruces\u202c \u2066x\u2069 \x1b]0;owned\x07 \x00 \u2028 \ud800 \u200f",
    "<iframe srcdoc='<script>parent.owned=1</script>'></iframe><base href=//evil.example/>",
    "<style>*{background:url(//evil.example)}</style><meta http-equiv=refresh content=0;url=//evil.example>",
)
EVERYTHING = " ".join(PAYLOADS)
ADDRESSES = (
    "javascript:window.owned=1",
    "JaVaScRiPt:window.owned=1//https://example.org",
    "data:text/html,<script>window.owned=1</script>",
    'https://example.org/" onclick="window.owned=1',
    "https://example.org/' style='x:y",
    "http://user:password@example.org/",
    "vbscript:x",
    "//evil.example/x",
    "https:evil.example",
    "https://",
    "https://exa\u202emple.org/",
    " javascript:window.owned=1",
    "file:///etc/passwd",
    "https://[::1",
)


def bundled(name: str) -> Deck:
    """A deck that comes with the program."""
    return deck((BUNDLED / f"{name}.yaml").read_text(encoding="utf-8"))


def deck(text: str) -> Deck:
    """The deck that a text is."""
    read = read_deck(text).deck
    assert read is not None
    return read


def hostile() -> Deck:
    """A deck in which every field of every kind is an attack; no deck file could say most of it."""
    own = Kind(
        EVERYTHING,
        EVERYTHING,
        (Field(EVERYTHING, required=True), Field("lived" + EVERYTHING, Form.DATE), Field("x", Form.LINKS)),
        (CardForm(EVERYTHING, EVERYTHING, f"{EVERYTHING}{{x}}", EVERYTHING, Judge.SELF),),
        (EVERYTHING,),
    )
    facts = [fact for payload in (*PAYLOADS, EVERYTHING) for fact in _facts(payload)]
    sources = {f"s{place}": Source(f"s{place}", payload, payload, payload, payload, address)
               for place, (payload, address) in enumerate(zip(PAYLOADS * 2, ADDRESSES, strict=False))}  # fmt: skip
    return Deck(
        EVERYTHING,
        EVERYTHING,
        (
            *facts,
            _fact(
                EVERYTHING,
                EVERYTHING,
                {EVERYTHING: (EVERYTHING,), "lived" + EVERYTHING: ("1962",), "x": PAYLOADS},
            ),
        ),
        kinds={EVERYTHING: own},
        sources={**sources, EVERYTHING: Source(EVERYTHING, EVERYTHING, url=ADDRESSES[0])},
        author=EVERYTHING,
        language='en" onload="window.owned=1',
        description=EVERYTHING,
        licence=EVERYTHING,
        tags=PAYLOADS,
    )


def _facts(text: str) -> list[Fact]:
    hidden = text.replace("{", "(").replace("}", ")").replace("|", "/")
    return [
        _fact("event", text, {"event": (text,), "date": ("1962-10-22",), "what": (text,), "caused by": (text, "plain " + text)}),
        _fact("event", text, {"event": ("again " + text,), "date": (text,), "leads to": (text,)}),
        _fact("person", text, {"person": (text,), "who": (text,), "lived": ("c. 100 BC to 44 BC",)}),
        _fact("effect", text, {"effect": (text,), "causes": (text + " a", text + " b"), "why": (text,)}),
        _fact("cause", text, {"cause": (text,), "effect": (text + "!",), "why": (text,)}),
        _fact("term", text, {"term": (text,), "means": (text,)}),
        _fact("q", text, {"q": (text,), "a": (text,)}),
        _fact("cloze", text, {"cloze": (f"{hidden} {{{hidden}w|{hidden}}} {hidden}",)}),
        _fact("order", text, {"order": (text,), "items": (text, text + "2")}),
    ]  # fmt: skip


def _fact(kind: str, text: str, fields: dict[str, tuple[str, ...]]) -> Fact:
    return Fact(
        kind,
        fields,
        id=f"{kind} {text}",
        hints=(text, text),
        accept=(text,),
        sources=(text, "s1, " + text),
        note=text,
        tags=(text,),
        unit=text,
        image=text,
    )


RIGHT_TO_LEFT = """
deck: سقوط القسطنطينية
language: ar
description: "نهاية الإمبراطورية البيزنطية (1453)"
sources: {runciman: {title: "The Fall of Constantinople 1453", author: Steven Runciman, year: 1965}}
facts:
  - event: فتح القسطنطينية
    id: fall
    date: 29 May 1453
    unit: الفتح
    source: runciman, p. 1
  - event: "بناء قلعة روملي حصار (Rumelihisarı)"
    date: 1452
    unit: الفتح
    leads to: fall
  - person: محمد الفاتح
    who: سلطان عثماني
    lived: 1432-1481
    unit: الناس
  - cloze: سقطت المدينة سنة {1453|متى؟}.
  - order: ترتيب
    items: [أولا, ثانيا, ثالثا]
"""

ODD_DATES = """
deck: Odd dates
facts:
  - {event: Rome is founded, date: 753 BC}
  - {event: Caesar is killed, date: 15 March 44 BC}
  - {event: Gutenberg prints, date: c. 1455}
  - {event: Hastings, date: 14 October 1066, calendar: julian}
  - {event: Before all that, date: before 1000 BC}
  - {event: Since then, date: since 1945}
  - {event: The war, date: 1914-1918}
  - {event: The century, date: 15th century}
  - {event: The decade, date: 1450s}
"""

LONG_WORDS = "Donaudampfschifffahrtsgesellschaftskapitän " * 9


def long_texts() -> Deck:
    """Texts that fill cards, and some that no card has room for."""
    facts = [
        Fact(
            "q",
            {"q": (f"Q{size} " + "word and " * size,), "a": (f"A{size} " + "answer with words " * size,)},
            note="A note that goes on. " * (size // 4),
            sources=("A source, p. 5",) * (size // 12),
        )
        for size in (1, 5, 10, 20, 30, 40, 60, 400)
    ]
    facts += [
        Fact("q", {"q": (LONG_WORDS,), "a": ("漢字仮名交じり文" * 20,)}),
        Fact("term", {"term": ("WWWW MMMM " * 12,), "means": ("Mwmwm @@@@ WM " * 20,)}),
        Fact("order", {"order": ("Many",), "items": tuple(f"Thing number {n} of the many" for n in range(12))}),
        Fact("effect", {"effect": ("Much",), "causes": tuple(f"Cause {n}, told at some length here" for n in range(9))}),
    ]  # fmt: skip
    return Deck("long", "Long texts", tuple(facts))
