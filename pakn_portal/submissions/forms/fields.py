"""Form fields for what people type: normalised first, tolerant of formats, with clear messages."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from pakn_portal.submissions.forms.wrong_contacts import wrong_email, wrong_phone
from pakn_portal.text import has_two_phones, normalize, read_email, read_phone, read_tax_code, secret_markings

_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{9}")
_SERVICE: Final = re.compile(r"1[89]00\d{4,6}")
_ABROAD: Final = re.compile(r"\+\d{8,15}")
#: The part of a telephone number that is dialled after it, within an office.
_EXTENSION: Final = re.compile(r"x\d{1,5}$")
#: Circular 86/2024/TT-BTC art. 5: ten digits, with three more for a dependent unit; since 1 July 2025 the tax
#: code of households and individuals is the personal number of twelve digits.
_TAX_CODE: Final = re.compile(r"\d{10}(-\d{3})?|\d{12}")
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
MOST_LINKS: Final = 30


class TextField(forms.CharField):
    """One line, or several with `lines`. Normalised before validation; line breaks
    are kept only with `lines`.
    """

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        kwargs.setdefault("widget", forms.Textarea if lines else forms.TextInput)
        super().__init__(**kwargs)
        if self.max_length is not None:
            own = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
            self.validators = [*own, AtMost(self.max_length)]

    def to_python(self, value: Any) -> str:
        text = normalize(str(value or ""))
        return super().to_python(text if self.lines else " ".join(text.split())) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would silently cut pasted text; we say by how much it is too long."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class AtMost(MaxLengthValidator):
    message = _("This has %(show_value)s characters; at most %(limit_value)s fit. Shorten it a little.")


class NameField(TextField):
    """A name of a person or organisation, in any one script; refuses lookalike
    letters of two scripts (H9).
    """

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        scripts = {unicodedata.name(char, "?").split()[0] for char in value if char.isalpha()}
        if not scripts:
            raise ValidationError(_("Write the name in letters."))
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "CHEROKEE"}:
            raise ValidationError(_("The name mixes letters of different alphabets. Type it again."))


class PhoneField(TextField):
    """In any usual notation; stored as dialled inside the country, or +… from abroad,
    with an extension after an x.
    """

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if has_two_phones(typed):
            raise ValidationError(
                _("Two telephone numbers stand here. Leave one; the other can stand in your text.")
            )
        return read_phone(typed)

    def validate(self, value: str) -> None:
        super().validate(value)
        number = _EXTENSION.sub("", value)
        if value and not any(kind.fullmatch(number) for kind in (_MOBILE, _LANDLINE, _SERVICE, _ABROAD)):
            raise ValidationError(wrong_phone(number, is_optional=not self.required))


class MailField(forms.EmailField):
    """Extracts the address from what was pasted: with a name, `mailto:`, a full stop after it."""

    def to_python(self, value: Any) -> str:
        return super().to_python(read_email(str(value or ""))) or ""

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            if (told := wrong_email(str(value), is_optional=not self.required)) and _is_invalid(error):
                raise ValidationError(told, code="invalid") from error
            raise

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength, as in `TextField`: pasted text may be longer than the address in it."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def _is_invalid(error: ValidationError) -> bool:
    """Whether the address itself is wrong, not only too long."""
    return any(each.code == "invalid" for each in error.error_list)


class TaxCodeField(TextField):
    def to_python(self, value: Any) -> str:
        return read_tax_code(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _TAX_CODE.fullmatch(value):
            raise ValidationError(
                _(
                    "A tax code has 10 digits, 12 for a household or a person, or 13 for a branch. "
                    "Leave it empty if you are not sure."
                )
            )


class SayingField(TextField):
    """A text that must contain words: punctuation alone is refused."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(char.isalnum() for char in value):
            raise ValidationError(_("Write it in words: here is no letter and no figure."))


class OpenTextField(SayingField):
    """A long text from the sender. The form handles marks of secrecy, because it can ask about them."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(_LINK.findall(value)) > MOST_LINKS:
            raise ValidationError(_("There are too many links in the text. Keep the ones that matter."))


def markings_in(*texts: str) -> list[str]:
    """The marks of secrecy in these texts, as written, without repeats."""
    return list(dict.fromkeys(find.text for text in texts for find in secret_markings(text)))
