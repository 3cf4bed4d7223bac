"""All findings in one list that can be searched: where each code on a page leads."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from events.domain.reference import FAMILIES, by_family
from events.domain.rights import Action
from events.views.access import PersonRequest, needs
from events.views.fragment import wants_fragment

LONGEST_QUESTION = 100


@needs(Action.COMPOSE)
@require_safe
def findings(request: PersonRequest) -> HttpResponse:
    """Every code, or those that hold all words of `?q=`; the address of one ends in `#` and its code."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    words = asked.casefold().split()
    families = [
        (letter, FAMILIES[letter], [entry for entry in found if all(word in entry.folded for word in words)])
        for letter, found in by_family().items()
    ]
    context = {"asked": asked, "families": [each for each in families if each[2]]}
    template = "events/_findings.html" if wants_fragment(request) else "events/findings.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
