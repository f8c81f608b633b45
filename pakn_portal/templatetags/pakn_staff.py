"""Fields of the staff's forms, rendered as Wagtail renders its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, normalize_newlines
from django.utils.translation import pgettext
from wagtail.admin.templatetags.wagtailadmin_tags import formattedfield

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import product_words
from pakn_portal.notifications.rule_sets import editable_mails, goes_to_staff
from pakn_portal.pages.answers.cms.doors import beneath
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.names import person
from pakn_portal.snippets.confirmation.versions import is_as_saved
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.letter_variables import variables_of
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff.drafts.posted import WRITER
from pakn_portal.staff.drafts.writers import writer_of
from pakn_portal.staff.mails.occasions import occasion_of
from pakn_portal.staff.mails.preview import Look, look_at
from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.models import Sender
from pakn_portal.text import find_personal_data, label_of, show_phone

register = template.Library()


register.filter("pakn_person", person)


@register.filter
def pakn_phone(stored: str) -> str:
    """`{{ sender.phone|pakn_phone }}`: the number in groups, as people read it out and dial it."""
    return show_phone(stored, extension_word=pgettext("telephone", "ext."))


@register.filter
def pakn_personal(text: str, sender: Sender) -> SafeString:
    """`{{ submission.content|pakn_personal:submission.sender }}`: its paragraphs, with what is personal in it
    marked as in the text for the public, so that nobody copies it elsewhere unawares.
    """
    words, at, pieces = normalize_newlines(text), 0, []
    for find in find_personal_data(words, known=known_values(sender)):
        # a mark must not reach over the end of a paragraph
        if not find.is_sure or "\n" in find.text:
            continue
        pieces.append(conditional_escape(words[at : find.start]))
        marked = '<mark class="pakn-find pakn-find--sent" title="{}">{}</mark>'
        pieces.append(format_html(marked, label_of(find.kind), find.text))
        at = find.end
    pieces.append(conditional_escape(words[at:]))
    return mark_safe(linebreaks("".join(pieces), autoescape=False))  # every piece is escaped


@register.simple_tag(takes_context=True)
def pakn_writer(context: Any, url: str = "") -> SafeString:
    """`{% pakn_writer %}` in a form: for whom it was opened, so that its words outlast the session. `url`:
    where the form is sent to, if not to the address of its page.
    """
    value = writer_of(context["request"], url=url)
    return format_html('<input type="hidden" name="{}" value="{}">', WRITER, value)


@register.simple_tag(takes_context=True)
def pakn_written(context: Any, name: str) -> str:
    """`{% pakn_written "pakn_reason" %}`: what was sent of a field, now or before the session ended."""
    request = context["request"]
    words = request.POST or left_words(request) or {}
    return str(words.get(name, ""))


@register.inclusion_tag("pakn_portal/snippets/variables.html")
def pakn_letter_variables() -> dict[str, Any]:
    """`{% pakn_letter_variables %}`: what a letter template may name, for each kind of letter."""
    groups = [
        (capfirst(kind.label), [(f"{{{{ {one.name} }}}}", one.meaning) for one in variables_of(kind)])
        for kind in LetterKind
    ]
    condition = "{% nếu có lĩnh vực %} … {% không thì %} … {% hết %}"
    return {"groups": groups, "variable": "{{ mã hồ sơ }}", "condition": condition}


@register.inclusion_tag("wagtailadmin/shared/formatted_field.html")
def pakn_field(field: BoundField, classname: str = "") -> dict[str, Any]:
    """`{% pakn_field form.note %}`: like `formattedfield`, which ties only the hint to the control. Here a
    screen reader reads the error with it too, and a group of choices has its label and its error as a group.
    """
    hint, error = f"{field.auto_id}-helptext", f"{field.auto_id}-error"
    described = " ".join([*([error] if field.errors else []), *([hint] if field.help_text else [])])
    attrs: dict[str, Any] = {}
    if field.use_fieldset:
        attrs = {"role": "group", "aria-label": field.label, "aria-describedby": described or False}
    elif described:
        field.field.widget.attrs["aria-describedby"] = described
    context: dict[str, Any] = formattedfield(
        field, classname=classname, help_text_id=hint, error_message_id=error, attrs=attrs
    )
    return context


@register.simple_tag
def pakn_cell(column: Any, row: Any) -> tuple[str, str]:
    """`{% pakn_cell column row as shown %}`: what a chosen column of the list has, for the eye in few
    words and whole.
    """
    whole = str(column.text(row)) or "–"
    return (str(column.short(row)) or "–" if column.short else whole), whole


@register.filter
def pakn_is_answer(page: Any) -> bool:
    """`{% if page|pakn_is_answer %}`: of a case, or imported."""
    return isinstance(page, AnswerPage)


@register.simple_tag
def pakn_answers_among(items: Sequence[Mapping[str, Any]]) -> dict[str, bool]:
    """`{% pakn_answers_among items as answers %}`: whether answers are among the pages of a bulk
    action of the CMS (`are_here`), or beneath these pages (`are_beneath`). One query.
    """
    pages = [one["item"] for one in items]
    keys = {page.pk for page in pages}
    found = AnswerPage.objects.filter(beneath(pages), live=True)
    are_here = [pk in keys for pk in found.values_list("pk", flat=True)]
    return {"are_here": any(are_here), "are_beneath": not all(are_here)}


@register.simple_tag(takes_context=True)
def pakn_look_at_mail(context: Any, template: MailTemplate) -> Look:
    """The mail as its reader would have it, with the chosen case if this user may see it."""
    return look_at(template, context["request"].user)


@register.simple_tag
def pakn_is_unsaved(row: Any) -> bool:
    """Whether this row of a list has words for everybody that are not used, as the database has it: the form
    may show others. No query for another list.
    """
    if not hasattr(row, "words_of_version") or row.pk is None:
        return False
    rows = type(row)._default_manager.select_related("latest_revision")
    return not all(is_as_saved(each) for each in rows.filter(pk=row.pk))


@register.simple_tag
def pakn_editable_mails() -> list[dict[str, Any]]:
    """Each mail whose words may be changed: its name, its variables, the words of the software, and the key
    of the ministry's own (`own`, None without). One query.
    """
    own = dict(MailTemplate.objects.values_list("mail", "pk"))
    found = []
    for mail, variables in editable_mails().items():
        subject, text = product_words(mail)
        row = {
            "code": mail,
            "own": own.get(mail),
            "name": occasion_of(mail),
            "is_to_staff": goes_to_staff(mail),
            "variables": variables,
            "subject": subject,
            "text": text,
        }
        found.append(row)
    return found
