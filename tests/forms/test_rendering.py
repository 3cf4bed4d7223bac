"""The widgets that are put together without templates read as Django's own."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from events.forms.rendering import Renderer

ODD = """Tas "Kulit" <b>& 'Rotan'</b> %s {{ x }} é"""
CHOICES = [
    ("", gettext_lazy("All")), ("a", ODD), (ODD, "b"), (7, 8), (True, SafeString("<i>in italics</i>")),
    (ODD, [("c", "C"), (None, ODD)]), ("Empty", []),
]  # fmt: skip
ATTRS: list[dict[str, object]] = [
    {}, {"id": "id_x", "class": ODD}, {"required": True, "disabled": False, "rows": 3, "title": SafeString("&amp;")},
]  # fmt: skip
WIDGETS: list[forms.Widget] = [
    forms.TextInput(), forms.TextInput({"type": "datetime-local"}), forms.NumberInput(), forms.EmailInput(),
    forms.URLInput(), forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.DateInput(), forms.TimeInput(),
    forms.DateTimeInput(), forms.CheckboxInput(), forms.Textarea(), forms.Select(choices=CHOICES),
    forms.NullBooleanSelect(), forms.RadioSelect(choices=CHOICES), forms.SelectMultiple(choices=CHOICES),
]  # fmt: skip


@pytest.mark.parametrize("attrs", ATTRS)
@pytest.mark.parametrize("value", ["", None, ODD, "a", 7, 0, True, False, 12345.5, "line\nline", SafeString("<u>")])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_widget_is_drawn_to_the_letter_as_by_its_template(
    widget: forms.Widget, value: object, attrs: dict[str, object]
) -> None:
    if isinstance(widget, forms.SelectMultiple):
        value = [value]

    drawn, meant = (widget.render(ODD, value, attrs, renderer) for renderer in (Renderer(), TemplatesSetting()))

    assert drawn == meant
    assert isinstance(drawn, SafeString)
