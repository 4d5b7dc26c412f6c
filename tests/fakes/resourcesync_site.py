"""A site with ResourceSync: resources that come, change and go, and the lists that tell of them."""

from dataclasses import dataclass, field
from hashlib import md5, sha256
from xml.sax.saxutils import quoteattr

from tests.fakes.file_server import BASE, Files

_HEAD = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"'


@dataclass
class Site:
    """`publish` writes the lists as the site stands; `list_size` resources make a list, more make an index.

    `changes_from` is where the change list begins.
    """

    files: Files = field(default_factory=Files)
    list_size: int = 1000
    changes_from: str = "2024-01-01T00:00:00Z"
    changes: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    resources: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, body: bytes) -> None:
        change = "updated" if path in self.resources else "created"
        self._later()
        self.resources[path] = self._now()
        self.files.content[path] = body
        self._change(path, change, self._facts(path))

    def delete(self, path: str) -> None:
        self._later()
        del self.resources[path], self.files.content[path]
        self._change(path, "deleted", {})

    def publish(self, *, with_changes: bool = True) -> str:
        """Gives the address of the source description."""
        content = self.files.content
        entries = [
            _entry("url", BASE + path, stamp, self._facts(path)) for path, stamp in sorted(self.resources.items())
        ]
        at = {"capability": "resourcelist", "at": self._now()}
        parts = [entries[first : first + self.list_size] for first in range(0, len(entries), self.list_size)]
        for number, part in enumerate(parts):
            content[f"/list{number}.xml"] = _document("urlset", at, part)
        index = [_entry("sitemap", f"{BASE}/list{number}.xml", "", {}) for number in range(len(parts))]
        content["/list.xml"] = _document("sitemapindex", at, index) if len(parts) != 1 else content["/list0.xml"]
        changed = [_entry("url", BASE + path, stamp, about) for path, stamp, about in self.changes]
        content["/changes.xml"] = _document("urlset", {"capability": "changelist", "from": self.changes_from}, changed)
        lists = ["list", *(["changes"] if with_changes else [])]
        kinds = {"list": "resourcelist", "changes": "changelist"}
        found = [_entry("url", f"{BASE}/{name}.xml", "", {"capability": kinds[name]}) for name in lists]
        content["/capabilities.xml"] = _document("urlset", {"capability": "capabilitylist"}, found)
        described = [_entry("url", f"{BASE}/capabilities.xml", "", {"capability": "capabilitylist"})]
        content["/source.xml"] = _document("urlset", {"capability": "description"}, described)
        return f"{BASE}/source.xml"

    def asked(self) -> list[str]:
        """The resources asked for, in order; empties the record of requests."""
        found = [asked.path for asked in self.files.requests if not asked.path.endswith(".xml")]
        self.files.requests.clear()
        return found

    def _facts(self, path: str) -> dict[str, str]:
        body = self.files.content[path]
        digests = f"md5:{md5(body, usedforsecurity=False).hexdigest()} sha-256:{sha256(body).hexdigest()}"
        told = {"type": self.types[path]} if path in self.types else {}
        return {"hash": digests, "length": str(len(body)), **told}

    def _change(self, path: str, change: str, facts: dict[str, str]) -> None:
        self.changes.append((path, self._now(), {"change": change, "datetime": self._now(), **facts}))

    def _now(self) -> str:
        return f"{self.files.feed.clock.now():%Y-%m-%dT%H:%M:%SZ}"

    def _later(self) -> None:
        self.files.feed.clock.advance(seconds=60)


def _document(root: str, about: dict[str, str], entries: list[str]) -> bytes:
    return f"<?xml version='1.0'?><{root} {_HEAD}>{_md(about)}{''.join(entries)}</{root}>".encode()


def _entry(kind: str, uri: str, modified: str, about: dict[str, str]) -> str:
    stamp = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<{kind}><loc>{uri}</loc>{stamp}{_md(about)}</{kind}>"


def _md(about: dict[str, str]) -> str:
    return f"<rs:md {' '.join(f'{name}={quoteattr(value)}' for name, value in about.items())}/>" if about else ""
