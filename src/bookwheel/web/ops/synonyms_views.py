"""The page on which curators keep synonyms: look first at what changes, then keep it, or go back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bookwheel.errors import UnknownNameError, VocabularyError
from bookwheel.web.library import library
from bookwheel.web.ops import synonyms
from bookwheel.web.people.permissions import requires

ADDRESS = "/Admin/Synonyms"


@requires("edit synonyms")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponseBase:
    """GET shows the text; POST shows what the one sent would change, and with `do=keep` keeps it."""
    page = synonyms.synonyms_page(library().vocabulary)
    if request.method != "POST" or not page.is_editable:
        return _page(request, page, page.text)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if len(text) > synonyms.LONGEST:
        return _page(request, page, text, mistake=gettext("This is too long for a page: load it from a file."))
    try:
        if request.POST.get("do") != "keep":
            return _page(request, page, text, changes=synonyms.changes(library().vocabulary, text))
        kept = synonyms.keep(library().vocabulary, text)
    except VocabularyError as error:
        return _page(request, page, text, mistake=str(error))
    if kept:
        messages.success(
            request, gettext("Kept as version %(number)s, and used from now on.") % {"number": kept.number}
        )
    else:
        messages.info(request, gettext("Nothing was new: the version in use stays."))
    return redirect(ADDRESS)


@requires("edit synonyms")
@require_POST
def restore(request: HttpRequest) -> HttpResponseBase:
    number = request.POST.get("version", "")
    try:
        version = synonyms.restore(library().vocabulary, int(number) if number.isdecimal() else 0)
    except UnknownNameError as error:
        raise Http404 from error
    messages.success(request, gettext("Version %(number)s is used again.") % {"number": version.number})
    return redirect(ADDRESS)


def _page(request: HttpRequest, page: synonyms.SynonymsPage, text: str, **more: object) -> HttpResponse:
    context = {
        "page": page,
        "text": text,
        "longest": synonyms.LONGEST,
        "is_used": library().config.synonyms,
        "changes": None,
        "mistake": "",
        **more,
    }
    return render(request, "ops/synonyms.html", context, status=422 if context["mistake"] else 200)
