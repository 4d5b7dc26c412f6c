"""Records written by an enemy harm no page: each payload, in each field, on each page (reliability S1-S3)."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.test import Client
from lxml import html
from tests.web.stub import StubLibrary, sample

from bookwheel.records.model import Container, Contributor, Identifier, Link, PublicationDate, Record, Subject, Text
from bookwheel.records.raw import Problem, Provenance, RawRecord, Reading
from bookwheel.web.library import use

PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=//evil.example/x.swf>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<form action=//evil.example><input name=a>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example/x.css'</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<i onmouseover=alert(1)>x</i>",
    "<b/onclick=alert(1)>x</b>",
    "<sub style=position:fixed>x</sub>",
    "<p class=masthead id=content>x</p>",
    "<br onclick=alert(1)>",
    "<mark>forged</mark>",
    "{{{{START_HILITE}}}}<script>alert(1)</script>{{{{END_HILITE}}}}",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "--><script>alert(1)</script><!--",
    "<!--<script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "</textarea></style></noscript><script>alert(1)</script>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)",
    "{{ 7*7 }}{% include 'x' %}${7*7}#{7*7}<%= 7*7 %>",
    "\u202e\u2066evil\u2069 text",
    "a\x00<script>alert(1)</script>",
    "a\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>",
    "<\x00script>alert(1)</script>",
    "<script\u2028>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<" * 500,
    "javascript:alert(1)",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "//evil.example/x",
    "/Search/Results",
    "\\\\evil.example\\x",
    "http:evil.example",
    "http:///evil.example",
    "https://",
    "http://[::1",
    "mailto:a@example.org",
    "about:blank",
    "view-source:https://example.org",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>alert(1)</script>",
    "http://example.org/ space",
)

_OUR_TAGS = """
html head meta title link script body a header svg circle g path rect span search form label input select
option button main article section aside div p h1 h2 h3 ul ol li dl dt dd table caption thead tbody tr th td
nav footer details summary fieldset legend cite mark sup sub i b em strong br code pre small q bdi blockquote wbr
textarea tfoot noscript abbr
"""
_TAGS = frozenset(_OUR_TAGS.split())


def _hostile(payload: str) -> Record:
    """A record that says it everywhere."""
    return sample(
        1,
        id=f"evil {payload}",
        title=Text(payload, payload),
        contributors=(Contributor(payload, orcid=payload, affiliations=(payload,)),),
        container=Container(
            payload, payload, payload, payload, payload, payload, payload, payload, languages=(payload,)
        ),
        published=PublicationDate("2012", payload),
        publisher=payload,
        abstract=Text(f"word {payload} word", payload),
        other_abstracts=(Text(payload),),
        languages=("eng",),
        subjects=(Subject(payload), Subject(payload, "LCC", payload)),
        identifiers=(Identifier("doi", payload),),
        links=(Link(payload),),
        licence=payload,
        format=payload,
    )


def _check(content: bytes) -> None:
    """Only our elements, no handler, no inline style, and no address that leaves the site but over http(s)."""
    root: Any = html.fromstring(content.decode())
    for element in root.iter():
        if not isinstance(element.tag, str):
            assert element.tag is not html.HtmlComment or b"<!--" not in content
            continue
        tag = element.tag.rpartition("}")[2]
        assert tag in _TAGS, tag
        if tag == "script" and element.get("type") == "application/ld+json":
            assert json.loads(element.text)["@context"] == "https://schema.org"
        elif tag == "script":
            assert element.get("src", "").startswith("/static/")
            assert not element.text
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name != "style"
            if name in ("href", "src", "action"):
                assert not str(value).startswith("//")
                assert urlsplit(str(value)).scheme in ("", "http", "https"), value
        if tag in ("i", "b", "em", "strong", "sub", "br", "mark"):
            assert not element.attrib


@pytest.mark.parametrize("payload", PAYLOADS)
def test_record_that_says_it_everywhere_harms_no_page(payload: str) -> None:
    record = _hostile(payload)
    raw = RawRecord("s", payload, payload, payload, payload.encode(), fetched=payload)
    reading = Reading(record, (Problem(payload, payload),), (Provenance(payload, payload, payload),), (payload,))
    library = StubLibrary(
        [record, replace(record, id="twin")], payloads_by_id={record.id: [raw]}, readings={record.id: reading}
    )
    address = f"/Record/{quote(record.id, safe='')}"
    pages = ["/", "/Search/Results", f"/Search/Versions?id={quote(record.id)}", f"{address}/nothing"]
    pages += [address + tab for tab in ("", "/Description", "/Similar", "/Versions", "/Details")]
    asked = {"lookfor": payload, "type": payload, "filter[]": f'~format:"{payload}"'}
    pages += [f"{path}?{urlencode(asked)}" for path in ("/Search/Results", "/Search/Advanced", f"{address}/Explain")]
    pages += [f"/Search/Why?{urlencode(asked | {'papers': payload})}", f"{address}/Explain?lookfor=word"]
    pages += [f"/Search/FacetList?{urlencode({'facet': 'author_facet', 'contains': payload})}"]
    pages += [f"/Alphabrowse/Home?source={name}" for name in ("author", "title", "topic", "journal")]
    pages += [f"/Alphabrowse/Home?{urlencode({'from': payload, 'after': payload})}"]
    client = Client(raise_request_exception=False)
    with use(library):
        for page in pages:
            response = client.get(page, follow=True)
            assert response.status_code in (200, 404), page
            _check(response.content)
        library.deleted = frozenset({record.id})
        gone = client.get(address)
        assert gone.status_code == 410
        _check(gone.content)


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_a_work_leads_out_over_the_web_or_nowhere(address: str) -> None:
    with use(StubLibrary([sample(1, links=(Link(address),), licence=address)])):
        content = Client().get("/Record/sample-1").content
    _check(content)
    root: Any = html.fromstring(content.decode())
    for element in root.xpath("//a[contains(@class, 'url')]"):
        assert urlsplit(element.get("href")).scheme in ("http", "https")
        assert urlsplit(element.get("href")).hostname == "example.org"
        assert element.get("rel") == "noopener nofollow ugc"
