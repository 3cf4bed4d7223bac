"""Views on what their address names: it is looked up before they are called."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, TypeVar

from django.http import HttpResponse

from events.views.access import PersonRequest

Found = TypeVar("Found")
# Finds what a part of the address names, or answers in place of the view.
Look = Callable[[PersonRequest, Any], Found | HttpResponse]
ViewOn = Callable[Concatenate[PersonRequest, Found, ...], HttpResponse]


def looked_up(look: Look[Found], part: str) -> Callable[[ViewOn[Found]], Callable[..., HttpResponse]]:
    """For views that take what `look` finds in place of this part of their address; its answer stands for theirs."""

    def decorate(view: ViewOn[Found]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def look_first(request: PersonRequest, **address: Any) -> HttpResponse:
            found = look(request, address.pop(part))
            return found if isinstance(found, HttpResponse) else view(request, found, **address)

        return look_first

    return decorate
