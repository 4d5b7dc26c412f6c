"""Refuses bodies too large for any page before they fill the disk (FILE_UPLOAD_HANDLERS)."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from bookwheel.web.account.belongings import MOST_BYTES


class Capped(FileUploadHandler):
    """First of the handlers: lets nothing of such a body pass on; the page then says what is wrong with it."""

    _is_too_large = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django gives it by this name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self._is_too_large = content_length > MOST_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self._is_too_large else raw_data

    def file_complete(self, file_size: int) -> None:
        return None
