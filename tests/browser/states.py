"""Every kind of page, each as one address: what is true of all pages is asked of these."""

from typing import NamedTuple

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
RIGHT_TO_LEFT = "sample-0000023"
HOSTILE = "sample-0000031"


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
    State("similar items", f"/Record/{SEED}/Similar"),
    State("other versions", "/Record/sample-0000002/Versions"),
    State("staff view", f"/Record/{SEED}/Details"),
    State("versions of a work", "/Search/Versions?id=sample-0000002"),
    State("from right to left", f"/Record/{RIGHT_TO_LEFT}/Description"),
    State("nothing at this address", "/Nowhere", 404),
    State("a withdrawn record", "/Record/sample-0000109", 410),
    State("beyond a limit", "/Search/Results?page=1000", 400),
    State("home in German", "/?lng=de"),
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
