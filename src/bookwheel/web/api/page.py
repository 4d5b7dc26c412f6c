"""The page that describes the API to people, as a value made from the table of endpoints."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext

from bookwheel.search.query import Query
from bookwheel.web.api.endpoints import ENDPOINTS, QUESTION, Endpoint
from bookwheel.web.api.parameters import Parameter
from bookwheel.web.catalog.labels import number
from bookwheel.web.library import Catalogue


@dataclass(frozen=True, slots=True)
class ParameterView:
    """`takes` says in words what it may be; `choices` are the values of a closed list."""

    name: str
    meaning: str
    takes: str
    choices: tuple[str, ...]
    default: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class EndpointView:
    """`example` is an address of this catalogue that answers. `shared` are further parameters, those of a search."""

    name: str
    path: str
    summary: str
    example: str
    parameters: tuple[ParameterView, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """`site` is the catalogue's address. `per_minute` is what strangers may ask, "" for as much as they like."""

    endpoints: tuple[EndpointView, ...]
    site: str
    per_minute: str


def api_page(catalogue: Catalogue, site: str) -> ApiPage:
    newest = catalogue.search(Query(sort="newest", size=1)).hits
    record_id = newest[0].id if newest else ""
    limit = settings.BOOKWHEEL.api_per_minute
    return ApiPage(
        tuple(_endpoint(endpoint, record_id) for endpoint in ENDPOINTS.values()),
        site,
        number(limit) if limit else "",
    )


def _endpoint(endpoint: Endpoint, record_id: str) -> EndpointView:
    examples = {
        "search": [("lookfor", "leukemia"), ("sort", "newest"), ("facet[]", "language")],
        "record": [("id[]", record_id)],
        "facets": [("facet", "topic_facet"), ("lookfor", "leukemia")],
        "suggest": [("q", "leuk")],
        "similar": [("id", record_id)],
        "cite": [("id[]", record_id), ("style", "vancouver")],
        "export": [("lookfor", "leukemia")],
    }
    path = f"/api/v1/{endpoint.name}"
    shared = () if endpoint.name == "search" else [each for each in endpoint.parameters if each in QUESTION]
    return EndpointView(
        endpoint.name,
        path,
        gettext(endpoint.summary),
        f"{path}?{urlencode(examples[endpoint.name], safe='[]')}",
        tuple(_parameter(each) for each in endpoint.parameters if each not in shared),
        tuple(_name(each) for each in shared),
    )


def _parameter(parameter: Parameter) -> ParameterView:
    return ParameterView(
        _name(parameter),
        gettext(parameter.meaning),
        _takes(parameter),
        tuple(choice for choice in parameter.choices if choice),
        parameter.default,
        parameter.is_required,
    )


def _name(parameter: Parameter) -> str:
    names = parameter.names
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"


def _takes(parameter: Parameter) -> str:
    if parameter.kind == "number":
        limits = {"least": number(parameter.least), "most": number(parameter.most)}
        takes = gettext("%(least)s to %(most)s") % limits
    elif parameter.choices:
        takes = ""
    else:
        takes = gettext("up to %(most)s characters") % {"most": number(parameter.most)}
    if parameter.repeats == 1:
        return takes
    times = gettext("up to %(most)s times") % {"most": number(parameter.repeats)}
    return f"{takes}, {times}" if takes else times
