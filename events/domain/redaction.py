"""Masks: what everybody may see of storefront keys and of what is known about a buyer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from events.domain import contract, matching
from events.domain.credentials import DOTS, without_keys
from events.domain.disguise import Disguises, without_needless_escapes
from events.domain.personal import CLEAR_KEYS, beside_buyer, buyer_values, said_of_buyer
from events.domain.tree import Array, Json, Number, Object

_WHOLE_WORDS_BELOW = 6
# More than anybody says of one buyer. To look for it in every spelling would keep everybody waiting for minutes.
MOST_VALUES, MOST_LETTERS, MOST_ESCAPES = 200, 20_000, 1_000
_UNESCAPED = re.compile(r"[A-Za-z0-9]+")
_NO_DIGIT = re.compile(r"\D+")
# Foreign letters that a pattern without letter case takes for Latin ones.
_TWINS = str.maketrans("İıſK", "iisk")


def mask_storefront_key(value: str) -> str:
    return f"sfpk_…{value[-4:]}"


def mask_email(value: str) -> str:
    """`wulan@contoh.id` -> `w•••@contoh.id`."""
    local, at, domain = value.strip().rpartition("@")
    return f"{mask_text(local)}@{domain}" if at else mask_text(value)


def mask_phone(value: str) -> str:
    """`0812…` -> `0812•••543`, `62812…` -> `+62 812 ••• 543`; a short one keeps its last three digits at most."""
    digits = re.sub(r"\D", "", value)
    if len(digits) < 10:
        return DOTS + digits[-3:] if len(digits) > 6 else mask_text(value)
    if digits.startswith("0") and not digits.startswith("00"):
        return f"{digits[:4]}{DOTS}{digits[-3:]}"
    form = matching.phone_form(value)
    code = matching.calling_code(form)
    return f"+{code} {form[len(code) : len(code) + 3]} {DOTS} {digits[-3:]}"


def mask_text(value: str) -> str:
    """`Wulan` -> `W•••`; "" stays."""
    first = value.strip()[:1]
    return (first if first.isalnum() else "") + DOTS if first else ""


def masked_buyer(payload: Json) -> str:
    """The buyer in a few letters for lists: her e-mail, else her phone, else her name; "" where none is given."""
    known = dict(said_of_buyer(payload))
    for key, mask in (("em", mask_email), ("ph", mask_phone), ("fn", mask_text), ("ln", mask_text)):
        if known.get(key, "").strip():
            # Half a surrogate pair has no place in text that is stored.
            return mask(known[key]).encode("utf-8", "replace").decode()
    return ""


def mask_payload(tree: Json) -> Json:
    """The same structure with the buyer masked under `user_data` and wherever else she is named."""
    clean = scrubber_of(tree)
    if not isinstance(tree, Object):
        return _mapped(tree, clean)
    return Object(
        tuple(
            (
                key if key in contract.TOP_KEYS else clean(key),
                _masked_member("", value, clean) if key == "user_data" else _mapped(value, clean),
            )
            for key, value in tree.pairs
        )
    )


def scrub(text: str, values: Iterable[str] = (), *, instead: str | None = None) -> str:
    """Free text without keys, e-mails, phones and the given values, however URLs, HTML or JSON escape them.

    Each is replaced by its mask, or by `instead`.
    """
    return Scrubber(values)(text, instead)


class Blotter:
    """Takes these values and no others out of any number of texts, however URLs, HTML or JSON escape them."""

    def __init__(self, values: Iterable[str]) -> None:
        self._looked_for = [(value, _needles(value)) for value in map(str.strip, values) if value]
        longest = [needles[0] if needles else "" for _, needles in self._looked_for]
        self._disguises = Disguises([value for value, _ in self._looked_for], longest)

    def __call__(self, text: str, instead: str | None = DOTS) -> str:
        """The text with `instead` in the place of each, or its mask for None."""
        plain = without_needless_escapes(text)
        if plain != text and (shown := self._clean(plain, instead)) != plain:
            return shown
        return self._clean(text, instead)

    def _clean(self, text: str, instead: str | None) -> str:
        if self._looked_for:
            text = self._disguises.removed(text, DOTS if instead is None else instead)
        for value in _present(text, self._looked_for):
            # One by one: a pattern costs more than its use, and each of these is made once.
            text = re.sub(_spellings(value), _masking(instead), text, flags=re.IGNORECASE)
        return text


class Scrubber(Blotter):
    """`scrub` for many texts and the same values. Of more values than can be looked for, no text shows anything.

    `found_nothing` says that what it looked through shows no value, and no key, e-mail or phone either.
    """

    found_nothing = False

    def __init__(self, values: Iterable[str]) -> None:
        super().__init__(values)
        # The same names and IDs stand in a payload several times over, and nearly all show nothing.
        self._shown: dict[tuple[str, str | None], str] = {}
        self._clear: set[str] = set()
        self._is_too_much = _is_too_much([value for value, _ in self._looked_for])

    def __call__(self, text: str, instead: str | None = None) -> str:
        """The text with the mask of each, or `instead`, in its place."""
        if self._is_too_much:
            return (DOTS if instead is None else instead) if text.strip() else text
        if text in self._clear:
            return text
        if (text, instead) not in self._shown:
            self._shown[text, instead] = super().__call__(text, instead)
        return self._shown[text, instead]

    def look_through(self, several: Iterable[str]) -> None:
        """Take a look at all of them at once; where none shows anything, as is the rule, that was all there is to do.

        What a text shows by itself it shows beside others, too.
        """
        known = frozenset(several)
        together = matching.BETWEEN.join(known)
        self.found_nothing = not self._is_too_much and super().__call__(together) == together
        if self.found_nothing:
            self._clear |= known

    def _clean(self, text: str, instead: str | None) -> str:
        text = super()._clean(without_keys(text, instead), instead)
        return matching.without_contacts(text, _masking(instead))


def scrubber_of(payload: Json) -> Scrubber:
    """What takes a payload's buyer out of texts, those of the payload above all."""
    scrubber = Scrubber(buyer_values(payload))
    scrubber.look_through(beside_buyer(payload))
    return scrubber


def _masking(instead: str | None) -> Callable[[re.Match[str]], str]:
    return lambda match: _mask_any(match.group()) if instead is None else instead


def hide_keys(text: str) -> str:
    """Text as it is but for keys and tokens, which nobody is shown."""
    shown = without_keys(text)
    plain = without_needless_escapes(shown)
    return shown if (hidden := without_keys(plain)) == plain else hidden


def _mask_any(value: str) -> str:
    plain = matching.unescaped_email(value)
    if "@" in plain:
        return mask_email(plain)
    dialled = matching.unescaped_phone(plain)
    return mask_phone(dialled) if matching.is_phone(dialled) else mask_text(value)


def _is_too_much(values: list[str]) -> bool:
    letters = sum(map(len, values))
    if len(values) > MOST_VALUES or letters > MOST_LETTERS:
        return True
    return letters > MOST_ESCAPES and sum(len(_UNESCAPED.sub("", value)) for value in values) > MOST_ESCAPES


def _needles(value: str) -> tuple[str, ...]:
    """The parts of the value that no spelling of it escapes, in lower case, longest first; of a phone its digits."""
    if matching.is_phone(value):
        return (_subscriber(value),)
    return tuple(sorted(map(str.lower, _UNESCAPED.findall(value)), key=len, reverse=True))


def _present(text: str, looked_for: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The values that may stand in a text: nearly always none, and a look is quicker by far than a pattern of all."""
    letters = (text if text.isascii() else text.translate(_TWINS)).lower()
    digits = _NO_DIGIT.sub("", text.replace("%20", ""))
    return [value for value, needles in looked_for if _may_stand(needles, letters, digits)]


def _may_stand(needles: tuple[str, ...], letters: str, digits: str) -> bool:
    if not needles:
        return True
    if needles[0] in letters:
        return all(needle in letters for needle in needles)
    return len(needles) == 1 and needles[0] in digits


def _spellings(value: str) -> str:
    """A pattern for a value as it is, in any letter case, escaped for a URL, HTML or JSON, or spaced as a phone."""
    if matching.is_phone(value):
        digits = r"(?:[ ().+-]|%20){0,2}".join(_subscriber(value))
        return r"(?:(?:\+|%2B)?\(?\d{1,4}[ ().-]{0,3})?" + digits + r"(?!\d)"
    written = "".join(_sign(sign) for sign in value)
    if len(value) >= _WHOLE_WORDS_BELOW:
        return written
    # "Ani" must not be cut out of "Animasi".
    return rf"(?:(?<![^\W_])|(?<=%[0-9a-f]{{2}})){written}(?![^\W_])"


def _subscriber(phone: str) -> str:
    return _NO_DIGIT.sub("", phone)[-9:]


def _sign(sign: str) -> str:
    if sign.isascii() and sign.isalnum():
        return sign
    url = "".join(rf"%(?:25)*{byte:02x}" for byte in sign.encode("utf-8", "replace"))
    html, json = rf"&#(?:{ord(sign)}|x0*{ord(sign):x});", rf"\\u{ord(sign):04x}"
    return "(?:" + "|".join((re.escape(sign), url, html, json, *(["[+]"] if sign == " " else []))) + ")"


def _mapped(tree: Json, clean: Callable[[str], str]) -> Json:
    """The tree with every text, key and number that looks like the buyer cleaned."""
    match tree:
        case str():
            return clean(tree)
        case Number(text):
            return tree if (cleaned := clean(text)) == text else cleaned
        case Array(items):
            return Array(tuple(_mapped(item, clean) for item in items))
        case Object(pairs):
            return Object(tuple((clean(key), _mapped(value, clean)) for key, value in pairs))
        case _:
            return tree


def _masked_member(key: str, value: Json, clean: Callable[[str], str]) -> Json:
    """What stands under `user_data`, masked at any depth and of any type: a shop may send odd things there."""
    match value:
        case str(text) | Number(text) if key not in CLEAR_KEYS:
            masks = {"em": mask_email, "ph": mask_phone}
            return masks.get(key, _mask_any)(text)
        case Array(items):
            return Array(tuple(_masked_member(key, item, clean) for item in items))
        case Object(pairs):
            return Object(
                tuple((_clean_key(name, clean), _masked_member(name, member, clean)) for name, member in pairs)
            )
        case _:
            return value


def _clean_key(name: str, clean: Callable[[str], str]) -> str:
    return name if name in contract.USER_KEYS else clean(name)
