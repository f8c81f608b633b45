"""Every number that ranks, in one place. Tune them with `make bench-relevance`, never by feel."""

from __future__ import annotations

from typing import Final

# --- What is compared -------------------------------------------------------------------------------
#: Longest query that is read, in characters, and the most syllables of it that count.
QUERY_MAX_CHARACTERS: Final = 500
QUERY_MAX_SYLLABLES: Final = 64
#: Syllables of one text that are indexed; a tsvector ends at one megabyte.
TEXT_MAX_SYLLABLES: Final = 30_000

# --- First stage: syllable pairs of the folded text -------------------------------------------------
TITLE_PAIRS: Final = 1.0
BODY_PAIRS: Final = 1.0
#: Name of the law, sector, unit: where the thing belongs.
CONTEXT_PAIRS: Final = 0.1
TIE_BREAKER: Final = 0.5
#: A synonym counts a little less than the word that was typed.
SYNONYM: Final = 0.6
#: A document number that was typed outweighs any words beside it.
DOCUMENT_NUMBER: Final = 30.0

# --- Second stage: the best of the first are looked at again, with single syllables ------------------
RESCORED: Final = 50
RESCORE_FOLDED: Final = 0.3
RESCORE_EXACT: Final = 0.3
RESCORE_CONTEXT: Final = 0.3

# --- Words in the title ------------------------------------------------------------------------------
#: Up to so many syllables can be a phrase that somebody knows from a title.
PHRASE_SYLLABLES: Final = 12
#: Up to so many are a matter, which titles name: there no text outweighs a title. More are a sentence or a
#: heading, and what is near to it is found in texts as well.
MATTER_SYLLABLES: Final = 4
#: What the words of a matter side by side in the title, and all of them anywhere in it, are worth on
#: Elasticsearch: so many times what they score there.
TITLE_PHRASE: Final = 6.0
TITLE_WORDS: Final = 4.0
#: The same for the database engines, in shares of the best score of the first stage, and what a longer phrase
#: is worth, which Elasticsearch ranks well enough as it is. A document that was named outweighs them all.
TITLE_PHRASE_SHARE: Final = 2.2
TITLE_WORDS_SHARE: Final = 1.6
LONG_TITLE_PHRASE_SHARE: Final = 0.3
DOCUMENT_SHARE: Final = 3.0

# --- Time and force ---------------------------------------------------------------------------------
#: A fresh answer gains this share of its score, halved after so many days.
RECENCY: Final = 0.03
RECENCY_HALF_LIFE_DAYS: Final = 3 * 365
#: What is still in force gains this share over what is replaced.
IN_FORCE: Final = 0.15

# --- Sorting by date: how much of the query something must have to be listed ---------------------------
DATED_SHARE: Final = "2<75%"
#: The same for the database engines: a share of the best score.
DATED_SHARE_OF_BEST: Final = 0.4

# --- Database engines -------------------------------------------------------------------------------
#: Entries the full-text index may hand to ranking for the rare terms, and as many again for the common ones.
CANDIDATES: Final = 4_000
#: Seconds one statement of the database's search may take; then the reader is asked for another word.
DATABASE_SECONDS: Final = 3.0
#: The same for completing what is typed, which nobody waits for.
SUGGESTION_SECONDS: Final = 0.5
#: So many terms count, however common.
FEWEST_TERMS: Final = 3
#: How many of them are looked at again, in Python.
DATABASE_RESCORED: Final = 100
BM25_K1: Final = 1.2
BM25_B: Final = 0.75

# --- Pages and words ----------------------------------------------------------------------------------
#: Nobody reads further; deeper pages only cost.
MAX_PAGE: Final = 100
#: Hits that may be reached at all: Elasticsearch refuses to look deeper.
WINDOW: Final = 10_000
#: A spelling error is looked for in queries up to this long, and in so many of their words.
SPELLED_SYLLABLES: Final = 12
SPELLED_TERMS: Final = 4
#: Where all words are known, another spelling is thought of only below so many hits, and in a short query.
FEW_HITS: Final = 3
DOUBTED_SYLLABLES: Final = 6
#: Spellings of one word, and of two side by side, that are looked up.
SPELLINGS: Final = 40
SPELLED_PAIRS: Final = 300

# --- On the same matter --------------------------------------------------------------------------------
#: A pair of a title is telling where it is in at most this share of the archive, or in so few entries.
TELLING_SHARE: Final = 0.2
TELLING_ENTRIES: Final = 20
#: Shares of a title's telling pairs, by weight, that another title must have: of the same sector; of another
#: one. Of another sector so many pairs at least are in the title, where not that share, so much in the text.
RELATED_PAIRS: Final = 2
RELATED_IN_SECTOR: Final = 0.15
RELATED_TITLE: Final = 0.5
RELATED_TEXT: Final = 0.5
