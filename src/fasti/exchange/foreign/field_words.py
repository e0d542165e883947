"""The words by which people name the fields of their notes and the columns of their tables."""

import re
from collections.abc import Iterable, Mapping, Sequence

from fasti.core.text import normalised

_WORDS = {
    "event": """event, events, historical event, what happened, was geschah, was passierte, qué pasó, happening, battle, treaty, war, ereignis, evenement,
        événement, evento, acontecimiento, suceso, gebeurtenis""",
    "date": """date, dates, year, years, when, date of event, event date, datum, jahr, jahreszahl, wann, année, annee,
        quand, fecha, año, cuando, cuándo, data, anno, ano, quando""",
    "what": """what, what happened, description, summary, details, detail, beschreibung, descripción, descripcion,
        descrizione, résumé, resumen""",
    "caused by": "caused by, causes, because of, ursachen, causé par, causado por",
    "leads to": "leads to, led to, consequences, effects, results, folgen, conséquences, consecuencias",
    "person": """person, people, figure, historical figure, historical person, ruler, leader, full name, name,
        persönlichkeit, personne, personnage, persona, personaje, nom, nombre, nome""",
    "who": """who, who was it, who is it, who was this, who they were, description, role, known for, famous for,
        importance, significance, biography, bio, achievement, achievements, wer, wer war das, beschreibung, rolle,
        bedeutung, qui, rôle, quién, quien, papel, descripción, descripcion""",
    "lived": """lived, life, lifespan, life span, life dates, born died, years of life, dates, years, lebensdaten,
        gelebt, lebte, a vécu, vécu, vivió""",
    "born": """born, birth, date of birth, birth date, birthdate, year of birth, birth year, geboren, geburt,
        naissance, né, nacimiento, nació, nacido""",
    "died": """died, death, date of death, death date, year of death, death year, gestorben, tod, mort, décès, muerte,
        murió""",
    "effect": "effect, consequence, result, outcome, wirkung, folge, auswirkung, effet, conséquence, efecto, consecuencia",
    "causes": "causes, ursachen, causas, reasons, gründe",
    "cause": "cause, reason, ursache, grund, causa",
    "why": "why, how, explanation, mechanism, warum, erklärung, pourquoi, explication, por qué, explicación",
    "term": """term, key term, terms, word, words, concept, vocabulary, vocab, expression, keyword, begriff, fachbegriff,
        wort, terme, mot, término, termino, palabra, concepto, concept""",
    "means": """means, meaning, definition, explanation, translation, bedeutung, erklärung, definición, definicion,
        définition, übersetzung, signification, sens, significado, traduction, traducción""",
    "q": """q, question, questions, front, prompt, frage, vorderseite, recto, pregunta, anverso, domanda, pergunta,
        vraag""",
    "a": """a, answer, answers, back, response, antwort, rückseite, réponse, reponse, verso, respuesta, reverso,
        risposta, resposta, antwoord""",
    "cloze": "cloze, text, sentence, cloze text, gap text, lückentext, satz, texte, phrase, texto, frase",
    "order": "order, sequence, reihenfolge, ordre, orden",
    "items": "items, steps, parts, stages, elements, schritte, étapes, elementos, pasos",
    "kind": "kind, type, note type, notetype, card type, art, typ, tipo, genre",
    "id": "id, guid, key, identifier, fact id, note id",
    "hint": "hint, hints, clue, clues, mnemonic, hinweis, tipp, indice, pista, ayuda",
    "accept": "accept, accepts, also accept, alternatives, alternative answers, also right, synonyms, synonym, auch",
    "source": """source, sources, reference, references, citation, citations, quelle, quellen, fuente, fuentes, fonte,
        référence, références, url, link, links, further reading""",
    "note": """note, notes, comment, comments, remark, remarks, extra, extras, back extra, info, information,
        additional info, additional information, extra info, context, background, more, notiz, notizen, anmerkung,
        anmerkungen, bemerkung, bemerkungen, kommentar, remarque, remarques, commentaire, nota, notas, comentario,
        comentarios, observaciones""",
    "tags": "tags, tag, labels, keywords, schlagwörter, schlagworte, étiquettes, etiquetas",
    "ask": "ask, ask for, cards",
    "unit": "unit, lesson, chapter, topic, section, module, deck, subdeck, lektion, kapitel, thema, unité, chapitre, unidad, capítulo, tema",
    "image": """image, images, picture, pictures, photo, photos, map, portrait, illustration, bild, bilder, foto, fotos,
        karte, imagen, imágenes, mapa""",
    "calendar": "calendar, kalender, calendrier, calendario",
    "question": "own question, full question",
}

WORDS: Mapping[str, frozenset[str]] = {
    role: frozenset(" ".join(word.split()) for word in words.split(",")) for role, words in _WORDS.items()
}
"""By what a field of ours, or something that every fact has, is called elsewhere; in small letters."""


def plain_name(name: str) -> str:
    """A name as the words are written: small letters, no numbers behind it, no brackets, no signs between words."""
    words = _BRACKETS.sub(" ", normalised(name))
    return " ".join(_SIGNS.sub(" ", _NUMBER.sub("", words)).split()) or normalised(name)


def means(name: str, role: str) -> bool:
    """Whether a field of this name is likely to hold what `role` says."""
    return plain_name(name) in WORDS[role]


def only_numbers(name: str, texts: Iterable[str]) -> bool:
    """Whether a field or column holds nothing but what tells its notes or rows apart: ids, or numbers to sort by."""
    plain = plain_name(name)
    if plain in WORDS["id"]:
        return not any(" " in text for text in texts)
    return plain in _COUNTERS and not any(map(_has_word, texts))


def assigned(names: Sequence[str], roles: Iterable[str]) -> dict[str, int]:
    """For each role, in turn, the place of the first name that means it and has no role yet."""
    taken: dict[str, int] = {}
    for role in roles:
        place = next(
            (at for at, name in enumerate(names) if at not in taken.values() and means(name, role)), None
        )
        if place is not None:
            taken[role] = place
    return taken


_COUNTER_NAMES = """no, nr, num, number, index, sort, sort field, sort id, sort order, sorting, rank, row, line, count, lfd nr,
    laufende nummer, nummer, sortierung, numéro, número, numero, n, id nr, note nr, card nr, order"""
_COUNTERS = frozenset(" ".join(word.split()) for word in _COUNTER_NAMES.split(","))
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"[\s_#-]*[0-9]+$")
_SIGNS = re.compile(r"[_\-–/:?!*#.,&+]+")


def _has_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1
