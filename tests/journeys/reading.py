"""A page as somebody without JavaScript meets it: its headings and words, its links, its forms and their buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
UNSEEN = {"script", "style", "template", "svg", "datalist"}


@dataclass(eq=False)
class Element:
    """A tag with its attributes; `content` holds elements and texts in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        yield self
        for each in self.content:
            if isinstance(each, Element):
                yield from each.walk()

    def all(self, *tags: str) -> list[Element]:
        return [each for each in self.walk() if each.tag in tags]

    @property
    def classes(self) -> set[str]:
        return set(self.attrs.get("class", "").split())

    @property
    def raw(self) -> str:
        """Its text, letter for letter."""
        return "".join(each if isinstance(each, str) else each.raw for each in self.content)

    @property
    def text(self) -> str:
        """Its words, blanks evened out."""
        parts = (each if isinstance(each, str) else f" {each.text} " for each in self.content)
        return "" if self.tag in UNSEEN else " ".join("".join(parts).split())

    def inside(self, tag: str) -> Element | None:
        """The nearest element of this tag around it."""
        around = self.parent
        while around and around.tag != tag:
            around = around.parent
        return around


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("page")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.content.append(made)
        if tag not in VOID:
            self.at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.content.append(Element(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        around = self.at
        while around.tag != tag and around.parent:
            around = around.parent
        if around.tag == tag and around.parent:
            self.at = around.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data)


class Page:
    """An answer of the console, read. `url` is where it was found after all redirects."""

    def __init__(self, url: str, status: int, html: str, headers: dict[str, str] | None = None) -> None:
        self.url, self.status, self.html, self.headers = url, status, html, headers or {}
        builder = _Builder()
        builder.feed(html)
        self.root = builder.root

    @property
    def heading(self) -> str:
        return next((each.text for each in self.root.all("h1")), "")

    @property
    def text(self) -> str:
        return next((each.text for each in self.root.all("main")), self.root.text)

    def by_id(self, name: str) -> Element:
        return next(each for each in self.root.walk() if each.attrs.get("id") == name)

    def of_class(self, name: str) -> list[Element]:
        return [each for each in self.root.walk() if name in each.classes]

    def link(self, words: str) -> str:
        """Where the link with these words (whole, or its beginning) leads."""
        links = [each for each in self.root.all("a") if "href" in each.attrs]
        found = [each for each in links if name_of(each) == words] or [
            each for each in links if name_of(each).startswith(words)
        ]
        assert found, f"no link {words!r} on {self.url}: {[name_of(each) for each in links]}"
        return found[0].attrs["href"]

    def buttons(self) -> list[str]:
        return [name_of(each) for each in self.root.all("button")]

    def button(self, words: str, number: int = 0) -> Element:
        """The button with these words (whole, or its beginning), from the `number`-th on."""
        whole = [each for each in self.root.all("button") if name_of(each) == words]
        found = whole or [each for each in self.root.all("button") if name_of(each).startswith(words)]
        assert len(found) > number, f"no button {words!r} on {self.url}: {self.buttons()}"
        return found[number]

    def form_of(self, button: Element) -> Element:
        form = self.by_id(button.attrs["form"]) if "form" in button.attrs else button.inside("form")
        assert form
        return form

    def fields(self, form: Element) -> list[Element]:
        """What the form would send: its inputs, also those that stand elsewhere and name it."""
        named = form.attrs.get("id")
        return [
            each
            for each in self.root.all("input", "select", "textarea")
            if each.attrs.get("name")
            and "disabled" not in each.attrs
            and (each.inside("form") is form or (named and each.attrs.get("form") == named))
        ]

    def label_of(self, field: Element) -> str:
        """What somebody reads beside a field."""
        if "aria-label" in field.attrs:
            return field.attrs["aria-label"]
        wanted = field.attrs.get("id", "")
        return next((each.text for each in self.root.all("label") if each.attrs.get("for") == wanted), "")

    def value(self, label: str) -> str:
        """What the field with this label (with or without its wire name behind it) or this name holds."""
        fields = self.root.all("input", "select", "textarea")
        labels = [(each, self.label_of(each)) for each in fields]
        found = [
            each
            for each, text in labels
            if text == label or text.startswith(f"{label} ") or each.attrs.get("name") == label
        ]
        assert found, f"no field {label!r} on {self.url}: {[text for _, text in labels if text]}"
        return value_of(found[0]) or ""


def name_of(element: Element) -> str:
    return element.attrs.get("aria-label") or element.text


def value_of(field: Element) -> str | None:
    """What a field holds, None for an unticked box."""
    if field.tag == "textarea":
        # The first line break behind the tag belongs to the markup.
        return field.raw.removeprefix("\n")
    if field.tag == "select":
        options = field.all("option")
        chosen = [each for each in options if "selected" in each.attrs] or options[:1]
        return chosen[0].attrs.get("value", chosen[0].text) if chosen else None
    if field.attrs.get("type") in ("radio", "checkbox"):
        return field.attrs.get("value", "on") if "checked" in field.attrs else None
    return field.attrs.get("value", "")
