"""What was sent and what came back, word for word: compressed, then encrypted, beside the narrow row."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from django.db import models

from events.domain.tree import Json, NotJson, read
from events.models import encryption
from events.models.delivery import Delivery
from events.models.dictionary import DICTIONARIES, NEWEST

# A stored record is never larger than what one send may hold; more means somebody made it so.
MAX_RECORD_BYTES = 32 * 1024 * 1024
# As small as the dictionary lets it be: zlib's usual 256 KB are asked of the system anew for each record, which takes
# longer than to compress it.
WINDOW_BITS, MEMORY_LEVEL = 13, 7


@dataclass(frozen=True)
class Record:
    """One side of an exchange: facts about it (JSON values only) and its body's exact bytes."""

    facts: dict[str, Any]
    body: bytes


class Body(models.Model):
    """One-to-one with a delivery: the request is written before the call and never changed, the response after it."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="body")
    request = models.BinaryField()
    response = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"body of {self.delivery_id}"

    def read_request(self) -> Record:
        """What was sent. Raises `encryption.Unreadable`."""
        return opened(bytes(self.request), request_context(self.delivery))

    def read_response(self) -> Record | None:
        """What came back, or None while nothing did. Raises `encryption.Unreadable`."""
        if self.response is None:
            return None
        return opened(bytes(self.response), response_context(self.delivery))

    def read_payload(self) -> Json:
        """What was sent as a tree; None where it is no JSON, or cannot be read any more."""
        try:
            return read(self.read_request().body)
        except (NotJson, encryption.Unreadable):
            return None


def payload_of(delivery: Delivery) -> Json:
    """What was sent as a tree; None also where nothing of it is kept."""
    try:
        return delivery.body.read_payload()
    except Body.DoesNotExist:
        return None


def request_context(delivery: Delivery) -> str:
    return f"body.request:{delivery.uuid}:{delivery.store_id}"


def response_context(delivery: Delivery) -> str:
    return f"body.response:{delivery.uuid}:{delivery.store_id}"


def sealed(record: Record, context: str) -> bytes:
    """Pack, compress and encrypt a record: dictionary version, then zlib over (length, facts as JSON, body)."""
    facts = json.dumps(record.facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    packed = struct.pack(">I", len(facts)) + facts + record.body
    compressor = zlib.compressobj(6, zlib.DEFLATED, WINDOW_BITS, MEMORY_LEVEL, zdict=DICTIONARIES[NEWEST])
    return encryption.seal(bytes((NEWEST,)) + compressor.compress(packed) + compressor.flush(), context=context)


def opened(envelope: bytes, context: str) -> Record:
    """The record of an envelope. Raises `encryption.Unreadable`."""
    plain = encryption.unseal(envelope, context=context)
    packed = zlib.decompressobj(zdict=DICTIONARIES[plain[0]]).decompress(plain[1:], MAX_RECORD_BYTES)
    (length,) = struct.unpack(">I", packed[:4])
    facts = json.loads(packed[4 : 4 + length].decode("utf-8", "surrogatepass"))
    return Record(facts=facts, body=packed[4 + length :])
