"""bookwheel.toml and the environment, read into a frozen Config: every setting once, with type, default and unit.

An empty file is a working system. `BOOKWHEEL_<SETTING>` in the environment wins over the file for top-level settings
that are text, numbers or switches.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_origin

import msgspec

from bookwheel.errors import CatalogueError, ConfigError

FILE_NAME = "bookwheel.toml"


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One place records come from, `[sources.NAME]` in the file."""

    type: str = "oai"
    """Transport: "oai"; "files"; "folder", which is watched; "http", files to download; or "resourcesync"."""
    url: str = ""
    """Base address of an OAI-PMH repository; for type "http" the file's address, for "resourcesync" that of the
    source description."""
    urls: tuple[str, ...] = ()
    """More files, for type "http"."""
    sha256: str = ""
    """Checksum of the one file of type "http"; empty looks for one beside the file, with ".sha256" behind its name."""
    max_download_bytes: int = 20_000_000_000
    """A larger file of type "http" is refused, counted as sent."""
    path: str = ""
    """File or folder, for types "files" and "folder"; relative to the catalogue folder."""
    format: str = "oai_doaj"
    """Reader, and metadataPrefix asked for."""
    sets: tuple[str, ...] = ()
    """OAI-PMH sets, harvested one after the other; none asks for everything."""
    institution: str = ""
    """Value of the index field `institution`; empty takes the catalogue's."""
    collection: str = ""
    """Value of the index field `collection`; empty takes the format's ("DOAJ")."""
    id_prefix: str = ""
    """Stands before the last part of the source's identifier in record ids; empty takes the format's ("doaj-art-")."""
    user: str = ""
    password: str = field(default="", repr=False)
    """HTTP basic authentication."""
    api_key: str = field(default="", repr=False)
    """Sent as the parameter `api_key`, and kept out of every log and message."""
    method: str = "GET"
    """GET or POST."""
    overlap_hours: int = 48
    """Hours asked again before the newest datestamp of the last complete list."""
    page_deadline_seconds: float = 120.0
    """Time one page may take in all, retries not counted."""
    max_page_bytes: int = 50_000_000
    """A larger answer is refused, counted after decompression."""


@dataclass(frozen=True, slots=True)
class SetConfig:
    """A set that others can harvest, `[oai.sets.NAME]` in the file: the records a search finds."""

    query: str
    """The search as the address of its result page has it: "lookfor=leukemia&type=Subject"."""
    title: str = ""
    """Name of the set; empty takes NAME."""


@dataclass(frozen=True, slots=True)
class OaiConfig:
    """What harvesters of others are told, `[oai]` in the file; the catalogue answers them once it has an address."""

    admin_email: str = ""
    """Whom harvesters write to; the protocol demands one, and empty switches the server off."""
    repository_identifier: str = ""
    """The middle of "oai:search.example.org:id"; empty takes the host of `public_url`."""
    page_size: int = 100
    """Records on a page."""
    sets: Mapping[str, SetConfig] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LoginConfig:
    """A provider of OpenID Connect whose people can sign in here, `[login.NAME]` in the file."""

    issuer: str
    """Address of the provider, under which it describes itself ("https://login.example.org")."""
    client_id: str
    """What the provider calls this catalogue."""
    client_secret: str = field(default="", repr=False)
    """What the catalogue proves itself with."""
    title: str = ""
    """What readers see on the button; empty takes NAME."""


@dataclass(frozen=True, slots=True)
class Config:
    """The catalogue's settings."""

    folder: Path = Path()
    """The catalogue folder; not a setting, but where the file was found."""
    title: str = "Bookwheel"
    """Name of the catalogue on every page."""
    institution: str = "OA Journals"
    """Value of the index field `institution` where a source does not say."""
    public_url: str = ""
    """Address readers use ("https://search.example.org"), for links in feeds and mail; empty: none are absolute."""
    language: str = "en"
    """Language of the pages when the browser asks for none we have."""
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    """Host names the server answers to."""
    secret_key: str = ""
    """Signs what the server must know again; empty: made at the first start and kept in `secret.key`."""
    database_url: str = ""
    """SQLAlchemy address of the store; empty: records.sqlite3 in the catalogue folder."""
    engine: str = "tantivy"
    """Search engine: "tantivy", or one that an installed package brings."""
    facets: tuple[str, ...] = ()
    """Index fields shown as facets, in order; empty: the default list."""
    page_size: int = 20
    """Hits on a result page."""
    search_deadline_seconds: float = 3.0
    """Time one request may take in the index; what comes too late is left out, or the search refused as too broad."""
    index_memory_mb: int = 512
    """Memory of the index writer, in megabytes."""
    index_threads: int = 2
    """Threads of the index writer."""
    semantic: bool = False
    """Whether hits for plain words are also ordered by meaning; needs the extra "semantic" and `bookwheel vectors`."""
    export_limit: int = 0
    """Most records one download of a search gives; 0: all it finds."""
    exports_at_once: int = 2
    """Downloads of whole searches that one server process does at the same time; more are asked to wait."""
    api_per_minute: int = 600
    """Requests to the API that one address may make in a minute without a key, of one server process; 0: any number."""
    address_header: str = ""
    """Header in which your own proxy names the reader's address as its last value ("X-Forwarded-For"); empty: none."""
    oai: OaiConfig = OaiConfig()
    synonyms: bool = False
    """Whether plain words are also searched by their synonyms, where `bookwheel vocabulary` has loaded any."""
    accounts: bool = True
    """Whether readers can have accounts, and with them lists, tags, alerts; false: no page knows of any."""
    registration: Literal["open", "closed"] = "open"
    """Whether strangers can make themselves an account; closed: `bookwheel user add` makes one."""
    registration_domains: tuple[str, ...] = ()
    """Domains of addresses that accounts can be made with ("example.org"); empty: any."""
    inactive_days: int = 0
    """Days after which an account that nobody used is deleted, with a warning by mail 30 days before; 0: never."""
    people_url: str = ""
    """Address of a PostgreSQL database for what people write; empty: people.sqlite3 in the catalogue folder."""
    comments: Literal["off", "moderated", "on"] = "off"
    """Whether readers can comment records, and whether a curator reads a comment before others do."""
    ratings: bool = False
    """Whether readers can rate records."""
    history_days: int = 90
    """Days for which the history of searches is kept, of readers who asked for one."""
    mail_host: str = ""
    """Server that mail is sent through; empty: mail is written into the folder `mail` of the catalogue."""
    mail_port: int = 587
    """Port of that server."""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to that server is kept secret."""
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    """What the catalogue proves itself to that server with; empty: nothing."""
    mail_from: str = ""
    """Sender of mail ("Our library <library@example.org>"); empty: "bookwheel" at the host of `public_url`."""
    login: Mapping[str, LoginConfig] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, SourceConfig] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def people_path(self) -> Path:
        return self.folder / "people.sqlite3"

    @property
    def mail_folder(self) -> Path:
        return self.folder / "mail"

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'records.sqlite3'}"

    @property
    def index_folder(self) -> Path:
        return self.folder / "index"

    @property
    def keys_path(self) -> Path:
        return self.folder / "keys.sqlite3"

    @property
    def vocabulary_path(self) -> Path:
        return self.folder / "vocabulary.sqlite3"

    @property
    def semantic_folder(self) -> Path:
        return self.folder / "semantic"


NOT_ONE_VALUE = ("folder", "login", "oai", "sources")
"""Fields of Config that are no setting of one line."""


def read_config(folder: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings of a catalogue folder.

    Raises CatalogueError when the folder holds no bookwheel.toml, ConfigError for a file that cannot be used.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise CatalogueError(f"{folder} is no catalogue: it has no {FILE_NAME}. 'bookwheel init {folder}' makes one.")
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}. The settings are listed in docs/reference/settings.md.") from error
    settings |= _from_environment(environ)
    _refuse_unknown(settings, Config, str(path))
    try:
        sources = msgspec.convert(settings.get("sources", {}), dict[str, dict[str, Any]])
        for name, source in sources.items():
            _refuse_unknown(source, SourceConfig, f"{path}: [sources.{name}]")
        logins = msgspec.convert(settings.get("login", {}), dict[str, dict[str, Any]])
        for name, login in logins.items():
            _refuse_unknown(login, LoginConfig, f"{path}: [login.{name}]")
        oai = msgspec.convert(settings.get("oai", {}), dict[str, Any])
        _refuse_unknown(oai, OaiConfig, f"{path}: [oai]")
        for name, chosen in msgspec.convert(oai.get("sets", {}), dict[str, dict[str, Any]]).items():
            _refuse_unknown(chosen, SetConfig, f"{path}: [oai.sets.{name}]")
        return msgspec.convert({**settings, "folder": folder.resolve()}, Config, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}. The settings are listed in docs/reference/settings.md.") from error


def _path(type_: type, value: object) -> object:
    return value if type_ is Path else NotImplemented


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for setting in fields(Config):
        text = environ.get(f"BOOKWHEEL_{setting.name.upper()}")
        if text is None or setting.name in NOT_ONE_VALUE:
            continue
        if setting.type is int:
            if not text.isdecimal():
                raise ConfigError(f"BOOKWHEEL_{setting.name.upper()}={text!r} is no whole number.")
            found[setting.name] = int(text)
        elif setting.type is bool:
            if text not in ("true", "false"):
                raise ConfigError(f"BOOKWHEEL_{setting.name.upper()}={text!r} is neither true nor false.")
            found[setting.name] = text == "true"
        elif setting.type is str or get_origin(setting.type) is Literal:
            found[setting.name] = text
        else:
            found[setting.name] = [part.strip() for part in text.split(",") if part.strip()]
    return found


def _refuse_unknown(settings: Mapping[str, Any], known: type, where: str) -> None:
    names = [f.name for f in fields(known) if f.name != "folder"]
    for name in settings:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{where}: unknown setting {name!r}.{hint} Known: {', '.join(names)}.")
