"""What a user changed in a note of ours in Anki, carried over to its fact."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fasti.core.card import Judge
from fasti.core.cards import citation
from fasti.core.facts import Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.core.links import Links
from fasti.exchange.own.cloze import cloze_of
from fasti.exchange.own.drafts import EACH
from fasti.exchange.own.losses import Loss
from fasti.exchange.own.markup import mark, pictures_in, plain, text_of
from fasti.exchange.own.note_reading import OwnNote, changed_texts
from fasti.exchange.own.note_types import (
    OWN,
    OWN_QUESTION,
    TITLE,
    forms_of,
    has_switch,
    label,
    slot,
    switch,
)
from fasti.exchange.own.record_reading import field_flaw


@dataclass(slots=True)
class Edited:
    """A fact as it is after what was done to it in Anki.

    `changed` says whether anything on its cards was; `picture` is the name of its picture among the media.
    """

    fact: Fact
    changed: bool = False
    picture: str = ""
    losses: list[Loss] = field(default_factory=list)


def edited(fact: Fact, kind: Kind, notes: Sequence[OwnNote], links: Links) -> Edited:
    """A fact with what its notes show now, where that is not what we wrote; `links` are those of its deck.

    `notes` have a fact's main note first. Of a note without a record everything counts as changed.
    """
    editor = _Editor(fact, kind, links)
    for note in notes:
        editor.take(note)
    return editor.done()


class _Editor:
    """Takes over what changed, note by note."""

    def __init__(self, fact: Fact, kind: Kind, links: Links) -> None:
        self._fact = fact
        self._kind = kind
        self._links = links
        self._fields = dict(fact.fields)
        self._values: dict[str, Any] = {}
        self._picture = ""
        self._losses: list[Loss] = []

    def take(self, note: OwnNote) -> None:
        texts = dict(changed_texts(note))
        if note.key == OWN:
            self._take_slots(note, texts)
        elif note.key != self._kind.name:
            self._take_each(note, texts)
        else:
            self._take_fields(note, texts)
            self._take_asks(note)
        self._take_question(note, texts)
        self._take_common(note, texts)

    def done(self) -> Edited:
        changed = bool(self._values) or self._fields != self._fact.fields
        fact = replace(self._fact, fields=self._fields, **self._values) if changed else self._fact
        return Edited(fact, changed, self._picture, self._losses)

    def _take_fields(self, note: OwnNote, texts: Mapping[str, str]) -> None:
        for declared in self._kind.fields:
            name = label(self._kind.name, declared.name)
            if name in texts and declared.form is Form.CLOZE:
                cloze, _ = cloze_of(note.values[name])
                self._put(declared, (cloze,) if cloze else ())
            elif name in texts:
                self._put_text(declared, texts[name])

    def _put_text(self, declared: Field, text: str) -> None:
        """Take what a field shows: one text, or a list with an entry a line."""
        lines = tuple(dict.fromkeys(text.splitlines()))
        if declared.form is Form.LINKS:
            self._put(declared, self._linked(declared, lines))
        elif declared.form is Form.TEXTS:
            self._put(declared, lines)
        else:
            self._put(declared, (text,) if text else ())

    def _put(self, declared: Field, texts: tuple[str, ...]) -> None:
        if field_flaw(declared, texts, self._fact.calendar):
            losses = {Form.DATE: Loss.DATE, Form.CLOZE: Loss.CLOZE}
            self._losses.append(losses.get(declared.form, Loss.EMPTIED) if texts else Loss.EMPTIED)
        elif texts:
            self._fields[declared.name] = texts
        else:
            self._fields.pop(declared.name, None)

    def _linked(self, declared: Field, lines: Sequence[str]) -> tuple[str, ...]:
        """Ids where a line is the title that an id stood for; what other facts say of this one is theirs to say."""
        own = {self._shown(declared, value): value for value in self._fact.fields.get(declared.name, ())}
        received = {plain(text) for text in self._links.values(self._fact, self._kind, declared.name)}
        return tuple(own.get(line, line) for line in lines if line in own or line not in received)

    def _shown(self, declared: Field, value: str) -> str:
        alone = Fact(self._kind.name, {declared.name: (value,)})
        return plain(self._links.values(alone, self._kind, declared.name)[0])

    def _take_each(self, note: OwnNote, texts: Mapping[str, str]) -> None:
        """Take a note of one of several causes; what the main note says counts for the rest."""
        each = next(form.each for form in self._kind.cards if form.each)
        for declared in BUILT_IN[EACH].fields:
            text = texts.get(label(EACH, declared.name))
            if text is None:
                continue
            ours = self._kind.field(each if declared.name == EACH else declared.name)
            if ours is None:
                self._losses.append(Loss.WORDS)
            elif ours.name == each:
                self._replace_one(ours, note, text)
            elif self._fields.get(ours.name) == self._fact.fields.get(ours.name):
                self._put_text(ours, text)

    def _replace_one(self, declared: Field, note: OwnNote, text: str) -> None:
        before = note.record.seen.get(label(EACH, EACH)) if note.record else None
        values = self._fields.get(declared.name, ())
        places = [at for at, value in enumerate(values) if mark(self._shown(declared, value)) == before]
        if not places or not text:
            self._losses.append(Loss.EMPTIED if not text else Loss.WORDS)
            return
        self._put(declared, (*values[: places[0]], " ".join(text.split()), *values[places[0] + 1 :]))

    def _take_asks(self, note: OwnNote) -> None:
        """A card whose switch was emptied is asked no more; one whose switch was filled is asked too."""
        forms = [form for form in forms_of(self._kind) if has_switch(self._kind, form)]
        words = {
            form.name: text_of(note.values[switch(form.name)])
            for form in forms
            if switch(form.name) in note.values
        }
        now = {name for name, word in words.items() if word}
        before = set(note.record.asks.values()) & set(words) if note.record else set()
        if now == before or not now:
            self._losses += [Loss.WORDS for form in forms if _other_word(form, words, now, self._fact)]
            return
        wanted = set(_wanted(self._fact, self._kind)) if note.record else set()
        asked = (wanted - (before - now)) | (now - before)
        ask = tuple(form.name for form in self._kind.cards if form.name in asked)
        default = tuple(form.name for form in self._kind.cards if form.default)
        if ask != (self._fact.ask or default):
            self._values["ask"] = () if ask == default else ask

    def _take_question(self, note: OwnNote, texts: Mapping[str, str]) -> None:
        """The author's own question stands in a field of its own and in the switch of the first card."""
        if OWN_QUESTION in texts:
            self._values["question"] = texts[OWN_QUESTION]
            return
        first = _wanted(self._fact, self._kind)[:1]
        for name, text in texts.items():
            if name.startswith(switch("")):
                if [name] == [switch(form) for form in first] and text:
                    self._values["question"] = _COUNT.sub("", text)
                else:
                    self._losses.append(Loss.WORDS)

    def _take_common(self, note: OwnNote, texts: Mapping[str, str]) -> None:
        if "Accept" in texts:
            answers = (part.strip() for part in re.split(r"[;\n]", texts["Accept"]))
            self._values["accept"] = tuple(filter(None, answers))
        if "Hint" in texts:
            self._values["hints"] = tuple(texts["Hint"].splitlines())
        if "Note" in texts:
            self._values["note"] = texts["Note"]
        if "Source" in texts:
            sources = note.record.sources if note.record else {}
            self._values["sources"] = _cited(texts["Source"], self._fact, sources)
        pictures = pictures_in(note.values.get("Image", ""))
        self._picture = pictures[0] if pictures else self._picture
        if "Image" in texts:
            self._values["image"] = f"media/{texts['Image']}" if texts["Image"] else ""

    def _take_slots(self, note: OwnNote, texts: Mapping[str, str]) -> None:
        """Take the cards of a deck's own kind: what is a field alone on a card is that field."""
        first = self._kind.fields[0]
        if TITLE in texts and first.form is not Form.CLOZE:
            self._put_text(first, texts[TITLE])
        for ord, asks in note.record.asks.items() if note.record else ():
            form = self._kind.card(asks)
            asked, answer, typed, extra = (
                texts.get(slot(name, ord + 1)) for name in ("Question", "Answer", "Typed", "Extra")
            )
            if form is None or extra is not None:
                self._losses.append(Loss.WORDS)
            elif answer is not None or typed is not None:
                text = answer if answer is not None else typed
                self._put_alone(form.answer, _WEEKDAY.sub("", text or ""))
            if form is not None and asked is not None:
                self._take_slot_question(form, asked)

    def _take_slot_question(self, form: CardForm, text: str) -> None:
        if self._fact.question and [form.name] == _wanted(self._fact, self._kind)[:1]:
            self._values["question"] = text
            return
        word = plain(form.word)
        text = text[len(word) :].strip() if word and text.startswith(word) else text
        self._put_alone(form.ask, _COUNT.sub("", text) if form.judge is Judge.LIST else text)

    def _put_alone(self, template: str, text: str) -> None:
        declared = next((one for one in self._kind.fields if template == f"{{{one.name}}}"), None)
        if declared is None or declared.form is Form.CLOZE:
            self._losses.append(Loss.WORDS)
        else:
            self._put_text(declared, text)


_WEEKDAY = re.compile(r", a [A-Z][a-z]+day$")
_COUNT = re.compile(r"\s+\d+ (?:cause|effect|answer)s?$")


def _wanted(fact: Fact, kind: Kind) -> list[str]:
    return [form.name for form in kind.cards if (form.name in fact.ask if fact.ask else form.default)]


def _other_word(form: CardForm, words: Mapping[str, str], now: set[str], fact: Fact) -> bool:
    return not fact.question and form.name in now and not words[form.name].startswith(plain(form.word))


def _cited(text: str, fact: Fact, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Citations by the short names of works where they are as we wrote them."""
    named = {plain(citation(source, sources)): source for source in fact.sources}
    return tuple(named.get(line, line) for line in text.splitlines())
