"""Every kind of page, each as one address: what is true of all pages is asked of these."""

from typing import NamedTuple
from urllib.parse import quote_plus

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
RIGHT_TO_LEFT = "sample-0000023"
HOSTILE = "sample-0000031"

STRATEGY = """Leukemia[mh]
leuk*[tiab] OR (chronic lymphocytic[tiab] AND treatment[tw])
#1 OR #2"""
"""A search of several lines, in PubMed's language, with a part that cannot be honoured as asked."""


class State(NamedTuple):
    name: str
    address: str
    status: int = 200


STATES = (
    State("home", "/"),
    State("results", "/Search/Results?lookfor=treatment&limit=5"),
    State(
        "results with filters",
        "/Search/Results?lookfor=study&limit=5&filter[]=format:%22Article%22&filter[]=-language:%22German%22"
        "&daterange[]=publishDate&publishDatefrom=1990&publishDateto=2026",
    ),
    State("results with a note", "/Search/Results?lookfor=%28lenalidomide+rituximab+alemtuzumab"),
    State("no results", "/Search/Results?lookfor=xyzzy"),
    State("no results with filters", "/Search/Results?lookfor=leukemia&filter[]=format:%22Map%22"),
    State("page after the last", "/Search/Results?lookfor=lenalidomide+rituximab+alemtuzumab&page=40"),
    State("record", f"/Record/{SEED}"),
    State("description", f"/Record/{SEED}/Description"),
    State("cite this", f"/Record/{SEED}/Cite?style=vancouver"),
    State("similar items", f"/Record/{SEED}/Similar"),
    State("other versions", "/Record/sample-0000002/Versions"),
    State("staff view", f"/Record/{SEED}/Details"),
    State("versions of a work", "/Search/Versions?id=sample-0000002"),
    State("from right to left", f"/Record/{RIGHT_TO_LEFT}/Description"),
    State("did you mean", "/Search/Results?lookfor=leukemai+OR+asthma&type=AllFields"),
    State("a strategy", f"/Search/Results?lookfor={quote_plus(STRATEGY)}&type=AllFields"),
    State(
        "a strategy that finds nothing", f"/Search/Results?lookfor={quote_plus(STRATEGY)}%0Axyzzy[ti]%0A%233+AND+%234"
    ),
    State("advanced form", "/Search/Advanced"),
    State(
        "advanced form of two groups",
        "/Search/Advanced?lookfor0[]=leukemia&lookfor0[]=lymphoma&type0[]=Title&type0[]=Subject&bool0[]=OR"
        "&lookfor1[]=treatment&type1[]=AllFields&bool1[]=NOT&join=AND&filter[]=-language:%22German%22",
    ),
    State("lists to browse", "/Browse/Home"),
    State("authors", "/Alphabrowse/Home?source=author&from=m"),
    State("titles", "/Alphabrowse/Home?source=title"),
    State("subjects", "/Alphabrowse/Home?source=topic"),
    State("journals", "/Alphabrowse/Home?source=journal"),
    State("end of a list", "/Alphabrowse/Home?source=journal&from=zzzz"),
    State("facet list", "/Search/FacetList?lookfor=treatment&facet=topic_facet"),
    State("facet list by alphabet", "/Search/FacetList?facet=author_facet&facetsort=index&contains=a"),
    State("history", "/Search/History"),
    State("what is new", "/Search/NewItem"),
    State("newly added", "/Search/Results?sort=added&filter[]=first_indexed:%22[2026-01-01+TO+*]%22"),
    State("to follow a search", "/Search/Feed?lookfor=treatment"),
    State("to follow a search that finds nothing", "/Search/Feed?lookfor=xyzzy&filter[]=format:%22Map%22"),
    State("why it stands here", f"/Record/{SEED}/Explain?lookfor=lenalidomide+treatment&type=AllFields"),
    State(
        "why is it not here",
        "/Search/Why?lookfor=leukemia&type=AllFields&papers=10.1155/2012/393864%0A10.1000/nowhere%0Asome+title+nobody+has",
    ),
    State("tags", "/Browse/Tag"),
    State("no such tag", "/Tag/Home?lookfor=nothing"),
    State("book bag", "/Cart/Home"),
    State("to carry chosen works away", f"/Cart/Export?id[]={SEED}"),
    State("public lists", "/List/Browse"),
    State("help", "/Help/Home"),
    State("nothing at this address", "/Nowhere", 404),
    State("a withdrawn record", "/Record/sample-0000109", 410),
    State("beyond a limit", "/Search/Results?page=1000", 400),
    State("home in German", "/?lng=de"),
    State("results in German", f"/Search/Results?lookfor={quote_plus(STRATEGY)}&lng=de"),
    State("help in German", "/Help/Home?lng=de"),
)

EXTREMES = (
    State("a hundred and twenty authors", "/Record/sample-0000013"),
    State("a very long title", "/Record/sample-0000017"),
    State("formulae", "/Record/sample-0000029"),
    State("a hostile record", f"/Record/{HOSTILE}"),
    State("a hostile record's staff view", f"/Record/{HOSTILE}/Details"),
    State("results of every kind", "/Search/Results?sort=title"),
    State("one long word", f"/Search/Results?lookfor={'w' * 300}"),
)
"""Pages of the same kinds with content that strains them."""
