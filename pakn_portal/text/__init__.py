"""Vietnamese text: pure functions, without Django, linear in the length of any text given."""

from __future__ import annotations

from pakn_portal.text.alphabet import alphabet_key
from pakn_portal.text.documents.mentions import Mention, document_mentions
from pakn_portal.text.documents.numbers import (
    NumberSpan,
    begun_document_numbers,
    document_number_key,
    document_number_prefixes,
    document_number_spans,
    document_numbers,
)
from pakn_portal.text.folding import fold, fold_aligned, search_form
from pakn_portal.text.identifiers import (
    find_case_numbers,
    has_two_phones,
    latin_twins,
    mask_case_numbers,
    plain,
    read_case_number,
    read_email,
    read_phone,
    read_tax_code,
    show_phone,
    without_case_numbers,
)
from pakn_portal.text.keystrokes import read_keystrokes
from pakn_portal.text.letters import is_accented
from pakn_portal.text.normalize import normalize
from pakn_portal.text.personal.data import Find, find_personal_data
from pakn_portal.text.personal.numbers import is_office_line
from pakn_portal.text.personal.old_encodings import is_in_old_letters
from pakn_portal.text.personal.redaction import label_of, mask, mask_all, mask_note, mask_sure, masked_label
from pakn_portal.text.secrecy import secret_markings
from pakn_portal.text.syllable_shapes import farther_syllables, is_syllable, near_syllables
from pakn_portal.text.syllables import Span, pairs, syllable_spans, syllables
from pakn_portal.text.tones import ToneStyle, place_tones, unify_tones

__all__ = [
    "Find",
    "Mention",
    "NumberSpan",
    "Span",
    "ToneStyle",
    "alphabet_key",
    "begun_document_numbers",
    "document_mentions",
    "document_number_key",
    "document_number_prefixes",
    "document_number_spans",
    "document_numbers",
    "farther_syllables",
    "find_case_numbers",
    "find_personal_data",
    "fold",
    "fold_aligned",
    "has_two_phones",
    "is_accented",
    "is_in_old_letters",
    "is_office_line",
    "is_syllable",
    "label_of",
    "latin_twins",
    "mask",
    "mask_all",
    "mask_case_numbers",
    "mask_note",
    "mask_sure",
    "masked_label",
    "near_syllables",
    "normalize",
    "pairs",
    "place_tones",
    "plain",
    "read_case_number",
    "read_email",
    "read_keystrokes",
    "read_phone",
    "read_tax_code",
    "search_form",
    "secret_markings",
    "show_phone",
    "syllable_spans",
    "syllables",
    "unify_tones",
    "without_case_numbers",
]
