"""A server whose answers wait until a test lets them through."""

from playwright.sync_api import Page, WebSocketRoute


class Held:
    """Stands between a tab and the server; open the page after making it."""

    def __init__(self, tab: Page) -> None:
        self._tab = tab
        self._is_holding = False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        tab.route_web_socket(lambda url: "/_event" in url, self._between)

    def hold(self) -> None:
        """Keep what the server says from now on."""
        self._is_holding = True

    def release(self) -> None:
        """Let through what was kept, in its order, and all that follows."""
        self._is_holding = False
        while self._waiting:
            tab, message = self._waiting.pop(0)
            tab.send(message)

    def release_slowly(self, pause: float) -> None:
        """Let through what was kept, with `pause` milliseconds after each message, and all that follows."""
        while self._waiting:
            tab, message = self._waiting.pop(0)
            tab.send(message)
            self._tab.wait_for_timeout(pause)
        self._is_holding = False

    def _between(self, tab: WebSocketRoute) -> None:
        tab.connect_to_server().on_message(lambda message: self._pass(tab, message))

    def _pass(self, tab: WebSocketRoute, message: str | bytes) -> None:
        if self._is_holding:
            self._waiting.append((tab, message))
        else:
            tab.send(message)
