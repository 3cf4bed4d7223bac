"""Encryption at rest: AES-256-GCM envelopes under an ordered list of master keys.

An envelope is: version (1 byte), length of the master key's ID (1 byte), that ID, a nonce (12 bytes), ciphertext and
tag. Its associated data names the table, column, row and store, so that an envelope moved to another row does not
open. Nothing falls back to clear text: what cannot be opened raises.
"""

from __future__ import annotations

import base64
import functools
import hmac
import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models, transaction

from events.domain.text import Text
from events.models import statements
from events.models.secret import ConsoleSecret
from events.models.statements import Condition

VERSION = 1
NONCE_BYTES = 12
HASH_LENGTH = 12
# Base32 in small letters, ten bits at a time: the standard library's takes longer than the hash itself.
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_TWO_DIGITS = tuple(first + second for first in _BASE32 for second in _BASE32)
_PLACES = range(50, -1, -10)
INDEX_KEY, FINGERPRINT_KEY = "index_key", "fingerprint_key"
CANARY_PREFIX = "canary:"
_CANARY_TEXT = b"the console can read what it wrote"
_KEY_LINE = re.compile(r"([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/_-]{43})=?\Z")


class Unreadable(Exception):
    """An envelope that does not open: changed, moved to another row, or made by something else."""

    @property
    def words(self) -> Text:
        """What a page says in the place of what it cannot show."""
        return Text("This was changed outside the console and cannot be read any more.")


class KeyMissing(Unreadable):
    """The envelope needs a master key that is not in the list. `key_id` names it."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"needs master key {key_id}")
        self.key_id = key_id

    @property
    def words(self) -> Text:
        return Text(
            "This needs master key {key_id}, which is not in the console's list. "
            "Ask whoever runs the console to put it back.",
            key_id=self.key_id,
        )


class MasterKeysInvalid(ValueError):
    """The list of master keys is missing or malformed; the message is one line and holds no key."""


@dataclass(frozen=True)
class MasterKeys:
    """The master keys' derived encryption ciphers by ID; `primary` is used for writing."""

    primary: str
    ciphers: dict[str, AESGCM]


@functools.lru_cache(maxsize=4)
def parse_master_keys(text: str) -> MasterKeys:
    """Read `id:base64` entries, one a line or parted by commas. Raises `MasterKeysInvalid`."""
    ciphers: dict[str, AESGCM] = {}
    entries = [entry.strip() for entry in re.split(r"[\n,]", text) if entry.strip()]
    if not entries:
        raise MasterKeysInvalid("No master key is set: CONSOLE_MASTER_KEYS needs at least one id:key entry.")
    for number, entry in enumerate(entries, 1):
        key_id, cipher = _cipher(entry, number)
        if key_id in ciphers:
            raise MasterKeysInvalid(f"Two master keys are called {key_id}: give each its own id.")
        ciphers[key_id] = cipher
    return MasterKeys(primary=next(iter(ciphers)), ciphers=ciphers)


def new_master_key(key_id: str) -> str:
    """A fresh entry for the list of master keys."""
    return f"{key_id}:{base64.b64encode(os.urandom(32)).decode()}"


def _cipher(entry: str, number: int) -> tuple[str, AESGCM]:
    match = _KEY_LINE.match(entry)
    if not match:
        raise MasterKeysInvalid(f"Master key number {number} is malformed: write id:key, the key 32 bytes in base64.")
    # Both spellings of base64 are taken, padded or not: people make keys with whatever is at hand.
    raw = base64.b64decode(match.group(2).translate(str.maketrans("-_", "+/")) + "=")
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"scalev-console encryption 1").derive(raw)
    return match.group(1), AESGCM(derived)


def master_keys() -> MasterKeys:
    return parse_master_keys(settings.CONSOLE_MASTER_KEYS)


def seal(plaintext: bytes, *, context: str) -> bytes:
    """Encrypt under the primary master key. `context` (table, column, row, store) must be given again to open."""
    keys = master_keys()
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.ciphers[keys.primary].encrypt(nonce, plaintext, context.encode())
    return prefix_of(keys.primary) + nonce + sealed


def prefix_of(key_id: str) -> bytes:
    """How every envelope under this master key begins."""
    return bytes((VERSION, len(key_id))) + key_id.encode()


def unseal(envelope: bytes, *, context: str) -> bytes:
    """Open an envelope. Raises `KeyMissing` or `Unreadable`, and never returns what it could not verify."""
    key_id, nonce, sealed = _parts(envelope)
    cipher = master_keys().ciphers.get(key_id)
    if cipher is None:
        raise KeyMissing(key_id)
    try:
        return cipher.decrypt(nonce, sealed, context.encode())
    except InvalidTag:
        raise Unreadable("the envelope was changed, or belongs to another row") from None


def key_id_of(envelope: bytes) -> str:
    """The ID of the master key that an envelope needs."""
    return _parts(envelope)[0]


def _parts(envelope: bytes) -> tuple[str, bytes, bytes]:
    if len(envelope) < 2 or envelope[0] != VERSION:
        raise Unreadable("no envelope of a known version")
    start = 2 + envelope[1]
    nonce, sealed = envelope[start : start + NONCE_BYTES], envelope[start + NONCE_BYTES :]
    if len(nonce) < NONCE_BYTES or len(sealed) < 16:
        raise Unreadable("the envelope is cut off")
    return envelope[2:start].decode("ascii", "replace"), nonce, sealed


def index_hasher() -> Callable[[str, str], str]:
    """A function (kind, normal form) -> the keyed hash under which a buyer's value is found.

    Hashes are lower-case letters and digits and always `HASH_LENGTH` long. The secret is read once, here.
    """
    keyed = _keyed(console_secret(INDEX_KEY))

    def index_hash(kind: str, normal_form: str) -> str:
        # Five bits make a character; sixty keep a million buyers apart.
        bits = int.from_bytes(_digest(keyed, f"{kind}:{normal_form}")[:8]) >> 4
        return "".join([_TWO_DIGITS[bits >> place & 1023] for place in _PLACES])

    return index_hash


def fingerprint(value: str) -> str:
    """Eight hexadecimal digits by which equal storefront keys are spotted without reading them."""
    return _digest(_keyed(console_secret(FINGERPRINT_KEY)), value).hex()[:8]


def _digest(keyed: hmac.HMAC, message: str) -> bytes:
    # `hmac.digest` sets the key up anew each time, and lets another thread go first each time: a dozen times a send.
    digest = keyed.copy()
    digest.update(message.encode("utf-8", "surrogatepass"))
    return digest.digest()


@functools.lru_cache(maxsize=4)
def _keyed(secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, digestmod="sha256")


def console_secret(name: str) -> bytes:
    """One of the console's random secrets, made on first use."""
    return _opened(_stored_envelope(name), name, settings.CONSOLE_MASTER_KEYS)


def _stored_envelope(name: str) -> bytes:
    found = statements.first(ConsoleSecret, Condition("name = %s", (name,)))
    if found is not None:
        return bytes(found.envelope)
    fresh = _CANARY_TEXT if name.startswith(CANARY_PREFIX) else os.urandom(32)
    with transaction.atomic():
        # Two processes may both find nothing: the first row stands, and both read it back.
        row, _ = ConsoleSecret.objects.get_or_create(
            name=name, defaults={"envelope": seal(fresh, context=secret_context(name))}
        )
    return bytes(row.envelope)


@functools.lru_cache(maxsize=64)
def _opened(envelope: bytes, name: str, _master_keys: str) -> bytes:
    """Opened once a process; under another list of master keys it must open anew."""
    return unseal(envelope, context=secret_context(name))


def secret_context(name: str) -> str:
    return f"console_secret.envelope:{name}:-"


def canaries() -> models.QuerySet[ConsoleSecret, str]:
    """The names of the canaries: one for every master key that this installation was started with."""
    return ConsoleSecret.objects.filter(name__startswith=CANARY_PREFIX).values_list("name", flat=True)


def check_canaries() -> None:
    """Prove that today's master keys open what this installation wrote. Raises `KeyMissing` or `Unreadable`.

    Every master key that was ever the primary one has a canary of its own, so that one which is dropped too early,
    or replaced under the same ID, is missed at the next start and not at the next look at an old row.
    """
    console_secret(CANARY_PREFIX + master_keys().primary)
    for name in canaries():
        if console_secret(name) != _CANARY_TEXT:
            raise Unreadable("the canary reads differently")
