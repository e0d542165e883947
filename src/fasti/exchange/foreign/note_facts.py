"""The facts that one foreign note becomes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fasti.core.facts import Fact
from fasti.exchange.foreign.cloze import (
    beside_cloze,
    cloze_of,
    question_of,
    told_sentence,
)
from fasti.exchange.foreign.drafts import Draft
from fasti.exchange.foreign.field_words import means
from fasti.exchange.foreign.known_kinds import Made
from fasti.exchange.foreign.losses import (
    EMBEDDED,
    FORMULAS,
    MORE_PICTURES,
    NO_PICTURE,
    RESPELT,
    SCRIPTS,
    SOUNDS,
    TOO_LONG,
    UNREADABLE_DATE,
    WEB_PICTURE,
    Loss,
    Losses,
    field_left_out,
)
from fasti.exchange.foreign.note_plans import Plan
from fasti.exchange.foreign.note_shapes import hints_of
from fasti.exchange.foreign.notes import ForeignNote, Sides, same_words, shown_on, sides_of, switches_of
from fasti.exchange.foreign.pictures import Pictures, is_on_the_web
from fasti.exchange.plain_text import tidy

LONGEST = 10_000
"""How many characters a text of a deck may have."""


class Beside(NamedTuple):
    """What stands beside an answer."""

    hints: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


class NoteFacts:
    """Makes the facts of one note, and counts what it loses."""

    def __init__(self, note: ForeignNote, plan: Plan, pictures: Pictures, losses: Losses) -> None:
        self._note = note
        self._plan = plan
        self._pictures = pictures
        self._losses = losses
        self._ords = tuple(dict.fromkeys(card.ord for card in note.cards)) or tuple(
            range(1 if note.type.cloze else len(note.type.templates))
        )
        self._met: dict[str, None] = {}
        self._carried: set[str] = set()

    def drafts(self) -> list[Draft]:
        """The facts, in the order of the cards."""
        drafts = self._cloze() if self._note.type.cloze else self._of_cards()
        self._count(told=bool(drafts))
        return drafts

    def _of_cards(self) -> list[Draft]:
        made = self._plan.made(self._note)
        drafts = [self._made(made)] if made else []
        if made and not self._note.cards:
            return drafts
        if not made:
            self._lose(UNREADABLE_DATE, self._plan.unread_dates(self._note))
        rest = [ord for ord in self._ords if not made or ord not in made.asks]
        notes = [] if made else self._lines(self._unseen())
        questions = (self._question(ord, f"-{ord + 1}" if ord or made else "", notes) for ord in rest)
        return [*drafts, *(draft for draft in questions if draft)]

    def _made(self, made: Made) -> Draft:
        """The fact of the kind that the note's type is."""
        ords = tuple(made.asks) or self._ords
        sides = [each for ord in ords if (each := sides_of(self._note, ord, self._plan.aside))]
        told = {*made.used, *self._plan.aside}
        rest = [place for place in (*self._plan.shown, *self._unseen()) if place not in told]
        notes = self._lines(dict.fromkeys(rest))
        beside = self._beside(ords, sides, self._plan.aside, notes)
        answer = " ".join(text for texts in made.fields.values() for text in texts)
        self._lose(UNREADABLE_DATE, len(made.unreadable))
        return Draft(self._fact(made.kind, made.fields, beside, sides, answer, made.ask), "", made.asks)

    def _question(self, ord: int, suffix: str, notes: Sequence[str]) -> Draft | None:
        """One card as a question and its answer."""
        sides = sides_of(self._note, ord, self._plan.aside)
        if sides is None:
            return None
        named = [place for place in self._plan.aside if self._is(place, "source")]
        beside = self._beside((ord,), [sides], [*sides.aside, *named], notes)
        return self._asked(ord, suffix, self._in_words(ord, sides), sides.answer, sides, beside)

    def _in_words(self, ord: int, sides: Sides) -> str:
        """The front; with a question word, where our kind has one for this card and the front has none."""
        known = self._plan.known
        form = known.forms.get(ord) if known and not known.pair else None
        if form is None:
            return sides.question
        bare = sides.question and "?" not in sides.question
        return f"{form.word} {sides.question}" if bare else sides.question

    def _cloze(self) -> list[Draft]:
        """The note as one sentence with gaps, and a question for each card that this cannot be.

        The first of them has the note's own name, so that it stays when the note is edited.
        """
        note = self._note
        sentence = told_sentence(note)
        sides = {ord: each for ord in self._ords if (each := sides_of(note, ord, self._plan.aside))}
        unseen = self._lines(self._unseen())
        besides = {
            ord: self._beside(
                (ord,), [each], self._plan.aside, [beside_cloze(each.answer, sentence), *unseen]
            )
            for ord, each in sides.items()
        }
        cloze = cloze_of(note) if sides else None
        drafts: list[Draft] = []
        if cloze and len(cloze.text) <= LONGEST:
            beside = next((each for each in besides.values() if each.note), next(iter(besides.values())))
            fields = {"cloze": (cloze.text,)}
            fact = self._fact("cloze", fields, beside, list(sides.values()), cloze.text)
            drafts.append(Draft(fact, "", cloze.asks))
            self._lose(RESPELT, int(cloze.respelt))
            sides = {ord: each for ord, each in sides.items() if note.cards and ord not in cloze.asks}
        for ord, each in sides.items():
            suffix = f"-c{ord + 1}" if drafts else ""
            if draft := self._asked(ord, suffix, *question_of(note, ord), each, besides[ord]):
                drafts.append(draft)
        return drafts

    def _asked(
        self, ord: int, suffix: str, question: str, answer: str, sides: Sides, beside: Beside
    ) -> Draft | None:
        """A question and an answer as a fact; a picture may stand for one of them."""
        front, back = self._files(sides.front_pictures), self._files(sides.back_pictures)
        pictured = bool(answer and front) and question == same_words(self._note.type, ord)
        if pictured:
            question = question or "What does the picture show?"
        elif question and not answer and back and not front:
            return Draft(self._with_picture_as_answer(question, back[0], beside), suffix, {ord: "answer"})
        if not question or not answer:
            return None
        fact = self._fact("q", {"q": (question,), "a": (answer,)}, beside, [sides], answer)
        return Draft(fact, suffix, {ord: "answer"}, pictured)

    def _with_picture_as_answer(self, question: str, picture: str, beside: Beside) -> Fact:
        """A question whose answer names the picture; as the fact's image it would stand beside the question."""
        self._carried.add(picture)
        answer = f"See the picture {self._pictures.path(picture, '')}"
        return self._fact("q", {"q": (question,), "a": (answer,)}, beside, [], answer)

    def _fact(
        self,
        kind: str,
        fields: Mapping[str, tuple[str, ...]],
        beside: Beside,
        sides: Sequence[Sides],
        answer: str,
        ask: tuple[str, ...] = (),
    ) -> Fact:
        return Fact(
            kind,
            {name: self._fitting(texts) for name, texts in fields.items()},
            hints=self._fitting(beside.hints),
            sources=self._fitting(beside.sources),
            note="".join(self._fitting((beside.note,))),
            image=self._image(sides, answer),
            ask=ask,
        )

    def _beside(
        self, ords: Sequence[int], sides: Sequence[Sides], aside: Sequence[int], notes: Sequence[str]
    ) -> Beside:
        """What stands beside an answer: fields by what their names say they are, then other texts as notes."""
        hints = [self._note.text(place) for ord in ords for place in hints_of(self._note.type, ord)]
        sources: list[str] = []
        texts: list[str] = []
        for place in aside:
            text = self._note.text(place)
            if self._is(place, "source"):
                sources += text.split("\n")
            else:
                (hints if self._is(place, "hint") else texts).append(text)
        links = [link for each in sides for link in each.links if not any(link in text for text in sources)]
        return Beside(
            tuple(dict.fromkeys(filter(None, hints))),
            tuple(dict.fromkeys(filter(None, [*sources, *links]))),
            "\n".join(dict.fromkeys(filter(None, [*texts, *notes]))),
        )

    def _labelled(self, place: int) -> str:
        text = self._note.text(place)
        label = tidy(self._note.type.fields[place].name)
        return f"{label}: {text}" if text and label else text

    def _lines(self, places: Iterable[int]) -> list[str]:
        """The texts of fields, with their names where these say more than that it is a note."""
        return [
            self._note.text(place) if self._is(place, "note") else self._labelled(place) for place in places
        ]

    def _unseen(self) -> list[int]:
        """The fields that no card of the note shows; neither those that only number the notes nor switches.

        Sources that stand beside every answer are not among them.
        """
        shown = {place for ord in self._ords for place in shown_on(self._note, ord)}
        known = {*shown, *self._plan.numbering, *switches_of(self._note.type)}
        return [
            place
            for place in range(len(self._note.type.fields))
            if place not in known and not (place in self._plan.aside and self._is(place, "source"))
        ]

    def _is(self, place: int, role: str) -> bool:
        return means(self._note.type.fields[place].name, role)

    def _fitting(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Texts cut at what a deck may hold."""
        self._lose(TOO_LONG, sum(len(text) > LONGEST for text in texts))
        return tuple(text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…" for text in texts)

    def _files(self, addresses: Sequence[str]) -> list[str]:
        """The names of the files that addresses mean, of those that the collection has."""
        self._met |= dict.fromkeys(addresses)
        return [name for address in addresses if (name := self._pictures.found(address))]

    def _image(self, sides: Sequence[Sides], answer: str) -> str:
        shown = [address for each in sides for address in each.front_pictures]
        shown += [address for each in sides for address in each.back_pictures]
        files = self._files(shown)
        if not files:
            return ""
        self._carried.add(files[0])
        return self._pictures.path(files[0], answer)

    def _count(self, *, told: bool) -> None:
        """Count what no fact of the note has; `told` says that there is one."""
        fields = [self._note.plain(place) for place in range(len(self._note.type.fields))]
        for address in dict.fromkeys([*self._met, *(each for field in fields for each in field.pictures)]):
            name = self._pictures.found(address)
            if is_on_the_web(address):
                self._lose(WEB_PICTURE)
            elif name is None:
                self._lose(NO_PICTURE)
            elif name not in self._carried:
                self._lose(MORE_PICTURES, int(told))
        embedded = [name for field in fields for name in field.embedded]
        self._lose(SCRIPTS, embedded.count("script"))
        self._lose(EMBEDDED, len(embedded) - embedded.count("script"))
        self._lose(SOUNDS, self._note.sounds)
        if told:
            self._lose(FORMULAS, self._note.formulas)
            for place in self._plan.numbering:
                name = tidy(self._note.type.fields[place].name).replace("`", "'")
                self._lose(field_left_out(name), int(bool(fields[place].text)))

    def _lose(self, loss: Loss, number: int = 1) -> None:
        if number:
            self._losses.add(loss, self._note.note.id, self._note.name, number)
