"""Form fields for what people type: normalised first, forgiving in form, clear in their messages."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from pakn_portal.text import normalize, secret_markings

_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{9}")
_SERVICE: Final = re.compile(r"1[89]00\d{4,6}")
_ABROAD: Final = re.compile(r"\+\d{8,15}")
_PUNCTUATION: Final = re.compile(r"[\s.()\-–—]+")
_TAX_CODE: Final = re.compile(r"\d{10}(-?\d{3})?")
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
MOST_LINKS: Final = 30


class TextField(forms.CharField):
    """One line, or several with `lines`. Normalised before anything looks at it; line breaks only where
    they belong.
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
        """Without maxlength: a browser that cuts what was pasted loses text unseen; we say how much is too
        much.
        """
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class AtMost(MaxLengthValidator):
    message = _("This has %(show_value)s characters; at most %(limit_value)s fit. Shorten it a little.")


class NameField(TextField):
    """A person's or organisation's name in any one script; letters of two scripts that look alike are
    refused (H9).
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
    """Spaces, dots, brackets and +84 are fine; stored as dialled inside the country, +… from abroad."""

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().to_python(value))
        plain = _PUNCTUATION.sub("", typed)
        return re.sub(r"^(\+84|0084|84(?=[35789]\d{8}$|2\d{9}$))0?", "0", plain)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(kind.fullmatch(value) for kind in (_MOBILE, _LANDLINE, _SERVICE, _ABROAD)):
            raise ValidationError(
                _(
                    "This telephone number does not seem complete. Write it as 0912 345 "
                    "678; from abroad with + first."
                )
            )


class TaxCodeField(TextField):
    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace(" ", "").replace(".", "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _TAX_CODE.fullmatch(value):
            raise ValidationError(
                _("A tax code has 10 digits, or 13 for a branch. Leave it empty if you are not sure.")
            )


class OpenTextField(TextField):
    """What people tell us. Marks of secrecy are handled by the form, which can ask about them."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(_LINK.findall(value)) > MOST_LINKS:
            raise ValidationError(_("There are too many links in the text. Keep the ones that matter."))


def markings_in(*texts: str) -> list[str]:
    """The marks of secrecy in these texts, each once, as they stand there."""
    return list(dict.fromkeys(find.text for text in texts for find in secret_markings(text)))
