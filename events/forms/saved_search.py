"""A name for a search, who sees it, and what of the search is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.matching import holds_contact
from events.forms.log import Address
from events.models import Person, SavedSearch
from events.models.saved_search import MOST_SAVED, NAME_LENGTH, QUERY_LENGTH

MINE, EVERYBODY = "mine", "everybody"


def kept_query(address: Address) -> str:
    """The query string that may be kept: what could be read, from the newest page on, no buyer's value in clear."""
    return Address(replace(address.query, notes=())).hidden().encoded()


def is_kept_as(saved: str, query: str) -> bool:
    """Whether a search was saved already, in today's words or in older ones: `?outcome=rejected`."""
    is_older = not saved.startswith("q=") or "&" in saved or "outcome" in saved
    return saved == query or (is_older and kept_query(Address.of(QueryDict(saved))) == query)


class SavedSearchForm(forms.Form):
    """For a new one, or for `saved`, one's own; `query` is what is looked at now."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("No e-mail and no phone: names are not encrypted, and others may read them."),
        widget=forms.TextInput({"autocomplete": "off", "placeholder": gettext_lazy("Refused purchases of this week")}),
        error_messages={"required": gettext_lazy("Give the search a name.")},
    )
    seen_by = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=[(MINE, gettext_lazy("Only I")), (EVERYBODY, gettext_lazy("Everybody who uses this console"))],
        widget=forms.RadioSelect,
        initial=MINE,
    )
    replaces = forms.BooleanField(label=gettext_lazy("Search for what you look at now"), required=False)

    def __init__(self, data: Any, *, by: Person, query: str, saved: SavedSearch | None = None) -> None:
        shown = {"name": saved.name, "seen_by": EVERYBODY if saved.is_shared else MINE} if saved else {}
        super().__init__(data, initial=shown)
        self.by, self.query, self.saved = by, query, saved
        if saved is None or is_kept_as(saved.query, query):
            del self.fields["replaces"]

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if holds_contact(name):
            raise forms.ValidationError(_("This holds an e-mail or a phone. Name the search without it."))
        others = SavedSearch.objects.filter(by=self.by, name__iexact=name)
        if (others.exclude(pk=self.saved.pk) if self.saved else others).exists():
            raise forms.ValidationError(_("You have a search of this name. Choose another one, or change that one."))
        return name

    def clean(self) -> dict[str, Any]:
        if self.saved is None and SavedSearch.objects.filter(by=self.by).count() >= MOST_SAVED:
            raise forms.ValidationError(
                _("You have saved %(most)s searches, and more do not fit. Delete one first.") % {"most": MOST_SAVED}
            )
        if len(self.query) > QUERY_LENGTH and (self.saved is None or self.cleaned_data.get("replaces")):
            raise forms.ValidationError(_("This search is too long to be saved. Take something out of it first."))
        return self.cleaned_data

    def save(self) -> SavedSearch:
        """The search as it stands from now on. Raises `IntegrityError` where another tab took the name meanwhile."""
        saved = self.saved or SavedSearch(by=self.by, query=self.query, created_at=timezone.now())
        saved.name, saved.is_shared = self.cleaned_data["name"], self.cleaned_data["seen_by"] == EVERYBODY
        if self.cleaned_data.get("replaces"):
            saved.query = self.query
        saved.save()
        return saved
