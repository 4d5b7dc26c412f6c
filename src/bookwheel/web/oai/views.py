"""`/OAI/Server`: the six verbs of OAI-PMH 2.0, at VuFind's address."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from lxml import etree

from bookwheel.formats.bookwheel_json import NAMESPACE as JSON_NAMESPACE
from bookwheel.jobs.providing import Provided
from bookwheel.records.text import without_controls
from bookwheel.store.provision import Header
from bookwheel.web.catalog.addresses import record_address, site_address
from bookwheel.web.library import library
from bookwheel.web.oai import arguments, formats, response, sets, tokens
from bookwheel.web.oai.refusals import RefusedError
from bookwheel.web.oai.response import element
from bookwheel.web.oai.tokens import Token

_MAX_QUERY = 4_000
"""Characters of a request's arguments; no harvester of the protocol sends more."""


_JSON_SCHEMA = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{JSON_NAMESPACE}">
  <element name="json" type="string"/>
</schema>
"""


@require_safe
def json_schema(request: HttpRequest) -> HttpResponse:
    """What the element is that carries our own JSON."""
    return HttpResponse(_JSON_SCHEMA, content_type="application/xml; charset=utf-8")


class Site(NamedTuple):
    """Who answers: the catalogue's address without a slash at its end, and the beginning of its identifiers."""

    address: str
    prefix: str

    @property
    def server(self) -> str:
        return f"{self.address}/OAI/Server"


Asked: TypeAlias = dict[str, str]


# Nothing is changed here, whichever method asks.
@csrf_exempt
def server(request: HttpRequest) -> HttpResponse:
    config = library().config
    if not config.oai.admin_email:
        raise Http404
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    address = site_address(request)
    host = config.oai.repository_identifier or urlsplit(address).hostname or "localhost"
    body = _answered(_parameters(request), Site(address, f"oai:{host}:"))
    return HttpResponse(body, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _parameters(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method == "POST":
        return [(name, text) for name, texts in request.POST.lists() for text in texts if isinstance(text, str)]
    return parse_qsl(request.META.get("QUERY_STRING", "")[:_MAX_QUERY], keep_blank_values=True)


def _answered(parameters: Sequence[tuple[str, str]], site: Site) -> bytes:
    asked: Asked = {}
    try:
        verb = arguments.verb(parameters)
        asked = {"verb": verb, **arguments.arguments(verb, parameters)}
        return response.answer(site.server, _echo(asked), _VERBS[verb](site, asked))
    except RefusedError as refused:
        return response.refusal(site.server, _echo(asked), refused)


def _echo(asked: Asked) -> Asked:
    return {name: without_controls(text) for name, text in asked.items()}


def _identify(site: Site, asked: Asked) -> etree._Element:
    config, provider = library().config, library().provider
    return element(
        "Identify",
        element("repositoryName", config.title),
        element("baseURL", site.server),
        element("protocolVersion", "2.0"),
        element("adminEmail", config.oai.admin_email),
        element("earliestDatestamp", provider.earliest() or "2000-01-01T00:00:00Z"),
        element("deletedRecord", "persistent"),
        element("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )


def _list_metadata_formats(site: Site, asked: Asked) -> etree._Element:
    if identifier := asked.get("identifier"):
        found = _record(site, identifier)
        kept = {found.raw.format} if found.raw else set()
    else:
        kept = set(library().provider.formats())
    offered = [known for known in formats.FORMATS.values() if known.export or known.prefix in kept]
    return element(
        "ListMetadataFormats",
        *(
            element(
                "metadataFormat",
                element("metadataPrefix", known.prefix),
                element("schema", known.schema if "://" in known.schema else f"{site.address}/{known.schema}"),
                element("metadataNamespace", known.namespace),
            )
            for known in offered
        ),
    )


def _list_sets(site: Site, asked: Asked) -> etree._Element:
    provider, size = library().provider, library().config.oai.page_size
    token = tokens.read(asked["resumptionToken"], "ListSets") if "resumptionToken" in asked else None
    found = [] if token else list(sets.named(provider))
    journals = sets.of_journals(provider, token.after_journal if token else "", size + 1)
    found += journals[:size]
    listed = [element("set", element("setSpec", one.spec), element("setName", one.name)) for one in found]
    cursor = token.cursor if token else 0
    if len(journals) > size:
        last = journals[size - 1].spec.removeprefix(sets.JOURNAL)
        after = Token("ListSets", cursor=cursor + len(found), after_journal=last)
        listed.append(response.resumption(tokens.write(after), cursor, -1))
    elif token:
        listed.append(response.resumption("", cursor, -1))
    return element("ListSets", *listed)


def _get_record(site: Site, asked: Asked) -> etree._Element:
    prefix = formats.known(asked["metadataPrefix"]).prefix
    found = _record(site, asked["identifier"])
    return element(
        "GetRecord", _record_element(site, found, prefix, sets.memberships(library().provider, [found.header]))
    )


def _list_identifiers(site: Site, asked: Asked) -> etree._Element:
    _, headers, resumption = _listed(asked)
    specs = sets.memberships(library().provider, headers)
    return element("ListIdentifiers", *(_header(site, header, specs) for header in headers), *resumption)


def _list_records(site: Site, asked: Asked) -> etree._Element:
    token, headers, resumption = _listed(asked)
    provider = library().provider
    specs = sets.memberships(provider, headers)
    found = provider.records(headers, with_payloads=True)
    return element("ListRecords", *(_record_element(site, one, token.prefix, specs) for one in found), *resumption)


_VERBS: Mapping[str, Callable[[Site, Asked], etree._Element]] = MappingProxyType(
    {
        "Identify": _identify,
        "ListMetadataFormats": _list_metadata_formats,
        "ListSets": _list_sets,
        "GetRecord": _get_record,
        "ListIdentifiers": _list_identifiers,
        "ListRecords": _list_records,
    }
)


def _listed(asked: Asked) -> tuple[Token, list[Header], list[etree._Element]]:
    """The page of a list that is asked for, and its resumption token where the list has several pages."""
    token = _token(asked)
    chosen, provider = sets.chosen(token.set), library().provider
    kept = token.prefix if formats.is_kept(token.prefix) else ""
    span = chosen.span._replace(since=token.since, until=token.until, format=kept)
    headers, more = provider.headers(span, chosen.query, token.place, library().config.oai.page_size)
    if not headers:
        raise RefusedError("noRecordsMatch", "no record changed in this span, set and format")
    is_first = token.cursor == 0
    total = token.total if not is_first else provider.count(span) if not chosen.query else -1
    if not more:
        return token, headers, [] if is_first else [response.resumption("", token.cursor, total)]
    place, cursor = headers[-1].place, token.cursor + len(headers)
    following = token._replace(moment=place.moment, change=place.change, cursor=cursor, total=total)
    return token, headers, [response.resumption(tokens.write(following), token.cursor, total)]


def _token(asked: Asked) -> Token:
    """The place asked for; the beginning of a list where there is no resumption token."""
    verb = asked["verb"]
    if "resumptionToken" in asked:
        return tokens.read(asked["resumptionToken"], verb)
    span = arguments.dates(asked)
    return Token(verb, formats.known(asked["metadataPrefix"]).prefix, asked.get("set", ""), span.since, span.until)


def _record(site: Site, identifier: str) -> Provided:
    """The record of an OAI identifier. Raises RefusedError for one we never gave."""
    record_id = identifier.removeprefix(site.prefix)
    found = library().provider.record(record_id) if record_id != identifier else None
    if found is None:
        raise RefusedError("idDoesNotExist", f"{identifier[:100]!r} is no identifier of this repository")
    return found


def _header(site: Site, header: Header, specs: Mapping[str, Sequence[str]]) -> etree._Element:
    return response.header(site.prefix + header.id, header.moment, specs[header.id], header.deleted)


def _record_element(site: Site, found: Provided, prefix: str, specs: Mapping[str, Sequence[str]]) -> etree._Element:
    header = _header(site, found.header, specs)
    if found.header.deleted:
        return element("record", header)
    made = formats.metadata(found, prefix, site.address + record_address(found.header.id))
    return element("record", header, element("metadata", made))
