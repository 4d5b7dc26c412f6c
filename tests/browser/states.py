"""Every kind of page, each as one address: what is true of all pages is asked of these."""

from collections.abc import Mapping
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

    def at(self, places: Mapping[str, str]) -> "State":
        """The state at the address in which braces are filled in."""
        return self._replace(address=self.address.format_map(places))


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

OF_STRANGERS = (
    State("sign in", f"/MyResearch/Login?next=/Record/{SEED}"),
    State("sign up", "/MyResearch/Account"),
    State("password forgotten", "/MyResearch/Recover"),
    State("look into your mail", "/account/email/sent/"),
    State("a used link of a mail", "/account/email/x/"),
    State("a used link for a password", "/account/recover/1-x/"),
    State("account deleted", "/account/deleted/"),
    State("a record with tags", f"/Record/{SEED}"),
    State("comments of others", f"/Record/{SEED}/UserComments"),
    State("a tag", "/Tag/Home?lookfor=leukemia"),
    State("a cloud of tags", "/Browse/Tag?sort=count"),
    State("lists of others", "/List/Browse"),
    State("a public list", "/MyResearch/MyList/{public}"),
    State("a list by its link", "/MyResearch/MyList/{full}?{shared}"),
    State("end an alert", "/Alerts/Unsubscribe/{ending}"),
    State("a link of a mail that is none", "/Alerts/Unsubscribe/x", 404),
)
"""Pages of a house that is lived in (`furnishing`), for those who are not signed in."""

OWN = (
    State("overview", "/MyResearch/Home"),
    State("profile", "/MyResearch/Profile"),
    State("e-mail address", "/account/email/"),
    State("change the password", "/MyResearch/ChangePassword"),
    State("second factor", "/account/factor/"),
    State("sessions", "/account/sessions/"),
    State("linked accounts", "/account/linked/"),
    State("take out", "/MyResearch/TakeOut"),
    State("put back", "/MyResearch/PutBack"),
    State("delete the account", "/MyResearch/DeleteAccount"),
    State("sign out", "/MyResearch/Logout"),
    State("own record", f"/Record/{SEED}"),
    State("own comments", f"/Record/{SEED}/UserComments"),
    State("change a comment", f"/Record/{SEED}/EditComment?id={{comment}}"),
    State("own results", "/Search/Results?lookfor=treatment&limit=5"),
    State("add a tag", f"/Record/{SEED}/AddTag"),
    State("own tags", "/MyResearch/Tags"),
    State("lists", "/MyResearch/Favorites"),
    State("a list", "/MyResearch/MyList/{full}"),
    State("a list in which nothing is found", "/MyResearch/MyList/{full}?lookfor=xyzzy"),
    State("an empty list", "/MyResearch/MyList/{empty}"),
    State("edit a list", "/MyResearch/EditList/{full}"),
    State("new list", "/MyResearch/EditList/NEW"),
    State("share a list", "/MyResearch/MyList/{full}/Sharing"),
    State("history of a list", "/MyResearch/MyList/{full}/History"),
    State("export a list", "/MyResearch/MyList/{full}/Export"),
    State("delete a list", "/MyResearch/DeleteList/{full}"),
    State("save a record", f"/Record/{SEED}/Save"),
    State("save chosen works", f"/MyResearch/BulkSave?id[]={SEED}"),
    State("save all that was found", "/MyResearch/SaveAll?lookfor=treatment"),
    State("saved searches", "/MyResearch/Searches"),
    State("a saved search", "/MyResearch/Searches/{search}?preview=1"),
    State("save a search", "/MyResearch/SaveSearch?lookfor=treatment&filter[]=format:%22Article%22"),
    State("a digest", "/Alerts/Digest/1"),
    State("own history", "/Search/History"),
    State("moderation", "/Admin/Moderation"),
    State("operation", "/Admin/Home"),
    State("sources", "/Admin/Sources"),
    State("a source", "/Admin/Sources/samples"),
    State("quarantine", "/Admin/Quarantine"),
    State("a piece in quarantine", "/Admin/Quarantine/{piece}"),
    State("jobs", "/Admin/Jobs"),
    State("a job", "/Admin/Jobs/harvest:samples"),
    State("people", "/Admin/People"),
    State("statistics", "/Admin/Statistics"),
    State("missing record", "/Admin/Missing?q=10.1155/2012/393864"),
    State("nothing of one's own", "/MyResearch/MyList/nothing", 404),
)
"""Pages for the one who runs the house. Braces name what `furnishing` found out."""

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
