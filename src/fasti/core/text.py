"""Deck text: what of it may reach a terminal, how it is compared, and how it becomes a name."""

import re
import unicodedata

NORMALISATION = 1
"""Version of `normalised`; a stored key made by an older one is made anew, never dropped."""

# Tab and line feed are text; every other control, the bidirectional overrides and isolates that can
# make a line read as something else, byte-order marks and lone surrogates are not.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = {ord(mark): plain for plain, marks in {"'": "‘’‚‛`´ʼ′", '"': "“”„‟«»″"}.items() for mark in marks}
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_PARTS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


def unsafe_character(text: str) -> str | None:
    """The first character of `text` that no deck may hold, or None."""
    # None of them is printable, and that is known at once of nearly every text.
    if text.replace("\n", " ").isprintable():
        return None
    found = _UNSAFE.search(text)
    return found.group() if found else None


def printable(text: str) -> str:
    """`text` with every character that could act on a terminal replaced by U+FFFD."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def normalised(text: str) -> str:
    """`text` as facts are compared by it: case, accents' encoding, dashes, quotes and spacing do not count."""
    if text.isascii():  # nothing below changes it but for the one quotation mark; a fifth of the time
        if "  " in text or not text.isprintable():
            text = " ".join(text.split())
        return text.replace("`", "'").strip().lower().rstrip(" .;,")
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _SPACE.sub(" ", _DASHES.sub("-", text)).strip()
    return text.casefold().rstrip(" .;,")


def searchable(text: str) -> str:
    """`text` as it is searched: as `normalised`, and without accents, so that `Łódź` is found by `lodz`."""
    if text.isascii():
        return _SPACE.sub(" ", text).strip().casefold()
    return unicodedata.normalize("NFC", _without_accents(normalised(text)))


def slug(text: str, longest: int = 60) -> str:
    """`text` as a name of letters, digits and hyphens: `The Suez crisis, 1956` is `the-suez-crisis-1956`.

    Latin letters lose their accents; other scripts keep their letters. At most `longest` characters,
    cut between words where that is possible. Text without a letter or digit gives the empty string.
    """
    plain = _without_accents(text)
    words = unicodedata.normalize("NFC", _NOT_WORD.sub("-", plain).strip("-"))
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition("-")[0] or words[:longest]


def fingerprint(*parts: str, length: int = 6) -> str:
    """A short name of letters and digits for these texts, the same on every machine and in every run."""
    # Imported here: hashlib loads OpenSSL, and only a fact that is met for the first time needs it.
    from hashlib import blake2b

    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    number = int.from_bytes(digest) & ((1 << 5 * length) - 1)
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join([letters[(number >> (5 * place)) & 31] for place in range(length)])


def _without_accents(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Letters of mathematics are capitals only once they are taken apart.
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = unicodedata.normalize("NFKD", "".join(_PARTS.get(letter, letter) for letter in plain))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
