"""The curators' page: comments that wait or were reported, and the tags of all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.web.comments.moderating import PAGE, decide, moderation_page
from bookwheel.web.people.permissions import requires
from bookwheel.web.tags.curating import rename_for_all, set_hidden
from bookwheel.web.tags.entry import LONGEST, is_too_long, single


@requires("moderate")
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    page = moderation_page(single(request.GET.get("tag", "")), request.GET.get("page", "1"))
    return render(request, "comments/moderation.html", {"page": page, "most": LONGEST})


@requires("moderate")
@require_POST
def comment(request: HttpRequest) -> HttpResponseBase:
    """`do` is show (approve, keep) or hide (reject), `id` the comment."""
    asked, do = request.POST.get("id", ""), request.POST.get("do", "")
    if do not in ("show", "hide") or not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404
    if not decide(int(asked), shown=do == "show"):
        messages.error(request, gettext("Its writer has deleted this comment meanwhile."))
    elif do == "show":
        messages.success(request, gettext("Everybody sees the comment."))
    else:
        messages.success(request, gettext("Only its writer sees the comment."))
    return redirect(PAGE)


@requires("moderate")
@require_POST
def tag(request: HttpRequest) -> HttpResponseBase:
    """`do` is rename, hide or show, `tag` which one."""
    word, do = single(request.POST.get("tag", "")), request.POST.get("do", "")
    if do == "rename":
        _rename(request, word, single(request.POST.get("new", "")))
    elif do in ("hide", "show"):
        if not set_hidden(word, do == "hide"):
            messages.error(request, gettext("There is no tag “%(tag)s” any more.") % {"tag": word})
        elif do == "hide":
            messages.success(request, gettext("“%(tag)s” is hidden from all but those who gave it.") % {"tag": word})
        else:
            messages.success(request, gettext("Everybody sees “%(tag)s” again.") % {"tag": word})
    else:
        raise Http404
    return redirect(f"{PAGE}#tags")


def _rename(request: HttpRequest, word: str, new: str) -> None:
    if not new or is_too_long(new):
        said = gettext("“%(tag)s” keeps its name: the new one has to be of 1 to %(most)s characters.")
        messages.error(request, said % {"tag": word, "most": LONGEST})
        return
    count = rename_for_all(word, new)
    said = ngettext(
        "“%(tag)s” is “%(new)s” now, given %(count)s time.", "“%(tag)s” is “%(new)s” now, given %(count)s times.", count
    )
    messages.success(request, said % {"tag": word, "new": new, "count": count})
