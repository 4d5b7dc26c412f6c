"""Sees what a page must never do: ask, complain, break its policy or call elsewhere."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request


class Watch:
    """Collects the faults of a page, in words, from the moment it is made."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self.page = page
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        """Broken policies and scripts are told here; so is the status of a page that is an error by design."""
        is_the_page_itself = message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not (
            message.text.startswith("Failed to load resource") and is_the_page_itself
        ):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.faults.append(f"request to another host: {request.url}")
