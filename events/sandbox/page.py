"""The frame around every page."""

from .markup import Markup, tag, together


def document(title: str, *content: Markup) -> Markup:
    """A whole HTML document."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("title", f"{title} · Scalev stand-in"),
        tag("link", rel="icon", href="/icon.svg"),
        tag("link", rel="stylesheet", href="/sandbox.css"),
    )
    bar = tag(
        "header",
        tag("a", "Scalev stand-in", href="/", class_="brand"),
        tag("span", "Sandbox", class_="environment"),
        class_="bar",
    )
    body = tag("body", bar, tag("main", *content))
    return together(Markup("<!doctype html>"), tag("html", head, body, lang="en"))
