"""What a composition can begin with: a usual event, or one that somebody saved for the store."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain.presets import filled
from events.domain.tree import Object
from events.domain.usual import BY_NAME, USUAL, Usual, preset
from events.forms.compose.starting import fresh_values, shop_of
from events.models import CatalogueItem, Draft, Person, Preset, Store, encryption
from events.templatetags.console import words
from events.views.drafts import row_number, start_draft


class NoPreset(Exception):
    """There is none of this name, or none that can be read; `words` says so."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.words = said


@dataclass(frozen=True)
class Beginning:
    """The payload to begin with, its placeholders filled in, and what is said above the form."""

    tree: Object
    notice: str


def begin(person: Person, store: Store, name: str, *, before: str = "") -> Draft:
    """A draft from the preset of this name: a usual event's, or the number of a saved one. Raises `NoPreset`."""
    beginning = _usual(store, BY_NAME[name]) if name in BY_NAME else _saved(store, row_number(name))
    return start_draft(person, store, beginning.tree, timezone.now(), notice=beginning.notice, before=before)


def _usual(store: Store, usual: Usual) -> Beginning:
    said = [_("Started from %(name)s. The buyer is invented.") % {"name": usual.name}]
    if usual.has_goods and not CatalogueItem.objects.of(store).exists():
        said.append(_("The product is invented, too: read the store's products in, and a real one stands here."))
    if not store.hosts:
        said.append(_("The shop's address is invented: the store names no host."))
    said.append(_("To find the event in Meta's Test Events, put your own e-mail or phone in."))
    return Beginning(_filled(preset(usual, shop_of(store))), " ".join(said))


def _saved(store: Store, pk: int) -> Beginning:
    saved = Preset.objects.filter(store=store, pk=pk).first()
    if saved is None:
        raise NoPreset(_("This preset is not there any more. Choose another one."))
    try:
        tree = saved.tree()
    except encryption.Unreadable as error:
        raise NoPreset(words(error.words)) from error
    notice = _("Started from %(name)s. Its event IDs and order numbers are new.")
    return Beginning(_filled(tree), notice % {"name": saved.name})


def _filled(tree: Object) -> Object:
    done = filled(tree, fresh_values(timezone.now()))
    return done if isinstance(done, Object) else tree


def preset_menu(store: Store | None) -> dict[str, object]:
    """For the menu of the composer; the saved ones are asked for only where it is drawn."""
    return {"usual": USUAL, "saved": store.presets.defer("envelope") if store else ()}
