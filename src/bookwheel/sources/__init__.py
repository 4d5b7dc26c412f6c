"""Where do payloads come from? One module per transport; each yields pages of raw records."""

from bookwheel.sources.base import BEGINNING, Clock, Header, HeaderPage, Lister, Source, Start

__all__ = ["BEGINNING", "Clock", "Header", "HeaderPage", "Lister", "Source", "Start"]
