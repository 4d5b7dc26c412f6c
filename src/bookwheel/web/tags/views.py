"""Pages of tags: the records that bear one, all there are, and a reader's own with what can be done to them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.web.library import library
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import person_of, signed_in
from bookwheel.web.people.writers import may_write
from bookwheel.web.tags import mine
from bookwheel.web.tags.addresses import BROWSE, MINE
from bookwheel.web.tags.entry import LONGEST, is_too_long, single
from bookwheel.web.tags.pages import cloud_page, found_page, own_page


@require_safe
def found(request: HttpRequest) -> HttpResponseBase:
    """VuFind's `/Tag/Home?lookfor=…`."""
    text = request.GET.get("lookfor", "")
    if not single(text):
        return redirect(BROWSE)
    size = settings.BOOKWHEEL.page_size
    page = found_page(library(), person_of(request), text, request.GET.get("page", "1"), size)
    return _of_people(render(request, "tags/found.html", {"page": page}))


@require_safe
def cloud(request: HttpRequest) -> HttpResponse:
    """`/Browse/Tag`: in alphabetical order, or the most given first."""
    page = cloud_page(person_of(request), request.GET.get("sort") == "count", request.GET.get("page", "1"))
    return _of_people(render(request, "tags/cloud.html", {"page": page}))


@require_safe
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    assert person is not None
    return render(request, "tags/own.html", {"page": own_page(person, request.GET.get("page", "1")), "most": LONGEST})


@require_POST
@signed_in
def change_own(request: HttpRequest) -> HttpResponseBase:
    """What the forms of one's own tags ask for: `do` is rename, hide, show or delete, `tag` which one."""
    person, tag = person_of(request), single(request.POST.get("tag", ""))
    assert person is not None
    match request.POST.get("do"):
        case "rename":
            _rename(request, person, tag, single(request.POST.get("new", "")))
        case "delete":
            count = mine.remove_own(person, tag)
            sentence = ngettext(
                "“%(tag)s” was taken off %(count)s record.", "“%(tag)s” was taken off %(count)s records.", count
            )
            _say(request, count, sentence, tag=tag)
        case "hide":
            _say(request, mine.set_private(person, tag, True), gettext("Only you see your tag “%(tag)s” now."), tag=tag)
        case "show" if may_write(person):
            count = mine.set_private(person, tag, False)
            _say(request, count, gettext("Everybody sees your tag “%(tag)s” now."), tag=tag)
    return redirect(MINE)


def _rename(request: HttpRequest, person: Person, tag: str, new: str) -> None:
    if not new or is_too_long(new):
        said = gettext("“%(tag)s” keeps its name: the new one has to be of 1 to %(most)s characters.")
        messages.error(request, said % {"tag": tag, "most": LONGEST})
    elif may_write(person):
        count = mine.rename_own(person, tag, new)
        _say(request, count, gettext("Your tag “%(tag)s” is “%(new)s” now."), tag=tag, new=new)


def _say(request: HttpRequest, count: int, sentence: str, **words: str) -> None:
    """What was done, if anything was."""
    if count:
        messages.success(request, sentence % {"count": count, **words})
    else:
        messages.error(request, gettext("You have no tag “%(tag)s”.") % words)


def _of_people(response: HttpResponse) -> HttpResponse:
    """What people wrote changes at any moment, and is no page of the catalogue for search engines."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response
