from __future__ import annotations

from django import forms
from django.template import Context, Template


class AForm(forms.Form):
    note = forms.CharField(label="Note", help_text="Short.")
    reason = forms.ChoiceField(label="Reason", choices=[("a", "A")], widget=forms.RadioSelect)


def drawn(name: str, form: forms.Form) -> str:
    return Template("{% load pakn_staff %}{% pakn_field field %}").render(Context({"field": form[name]}))


def test_the_error_is_read_with_the_control_and_before_its_hint() -> None:
    html = drawn("note", AForm({}))
    assert 'aria-describedby="id_note-error id_note-helptext"' in html
    assert 'id="id_note-error"' in html
    assert 'id="id_note-helptext"' in html


def test_a_field_in_order_is_described_by_its_hint_alone() -> None:
    assert 'aria-describedby="id_note-helptext"' in drawn("note", AForm())


def test_choices_are_a_group_with_a_name_and_its_error() -> None:
    html = drawn("reason", AForm({}))
    assert 'role="group" aria-label="Reason" aria-describedby="id_reason-error"' in html
    assert 'aria-describedby="False"' not in drawn("reason", AForm())
