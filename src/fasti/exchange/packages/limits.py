"""How much a package may hold. A decompressor, a parser or a list is stopped there, whatever the file claims."""

MIB = 1 << 20

MAX_DATABASE = 1024 * MIB
"""Bytes of an unpacked database; the largest shared decks (30,000 long notes) have about 150 MiB."""

MAX_TEXT = 512 * MIB
"""Bytes of all texts of a database together. Rows of a crafted database may share their pages."""

MAX_CELL = 64 * MIB
"""Bytes of one value of a database; a note with pictures written into it has a few MiB."""

MAX_JSON = 64 * MIB
"""Bytes of a CrowdAnki file, which is not packed; Python may need twenty times as much to read JSON."""

MAX_LIST = 16 * MIB
"""Bytes of the list of media, and of the note types and decks of older collections: 80 for each of 200,000 media."""

MAX_MEDIA_FILE = 100 * MIB
"""Bytes of one media file; AnkiWeb takes none that is larger."""

MAX_TOTAL = 16384 * MIB
"""Bytes of everything that is unpacked from one package."""

FREE = 256 * MIB
"""Bytes that any package may unpack to, however small it is."""

MAX_RATIO = 100
"""How much larger than the package everything beyond `FREE` may get; databases of text come to 10 or 20."""

MAX_MEMBERS = 200_000
"""Files in a package; collections with every kind of media have tens of thousands."""

MAX_DIRECTORY = 16 * MIB
"""Bytes of the zip file's own list, which is read at one go: 80 bytes a member."""

MAX_NOTES = 500_000
MAX_CARDS = 1_000_000
MAX_REVIEWS = 5_000_000
"""Rows of a database: ten years of 1,000 reviews a day are 3,650,000."""

MAX_NOTE_TYPES = 10_000
MAX_DECKS = 50_000
MAX_ROWS = 200_000
"""Rows of any other table: fields, templates, settings. Anki becomes unusable long before."""

MAX_PARTS = 500
"""Fields of a note type, and templates of one."""

MAX_FIELDS = 20_000_000
"""Fields of all notes together: even empty ones take room."""

MAX_DEPTH = 50
"""Decks inside each other."""

MAX_SCHEMA_STEPS = 50_000
"""Steps of SQLite's machine while it learns what tables there are: 8 a table, and Anki has 25 tables and indexes."""

MAX_STEPS = 1_000_000_000
"""Steps while it reads them: 20 a row, so that the limits of rows are met first unless the file is crafted."""

MAX_TEMPLATE_STEPS = 5_000_000
"""Parts of fronts that are gone through to find which cards CrowdAnki's notes have. Notes of a type with the same
fields filled are looked at once, so that real decks need some thousands."""

FREE_SHOWN = 32_000_000
SHOWN_PER_NOTE = 10_000
MAX_SHOWN_RATIO = 20
"""Characters, a tag for twenty more, that the cards of other people's notes may show together on both sides: so many
in any case, so many a note, and so many times what the notes hold. A note has one to three cards, and a template a
few thousand characters; ten million are read in a second."""
