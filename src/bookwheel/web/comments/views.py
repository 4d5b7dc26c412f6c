"""Where the forms of the tab "Comments" are sent: every answer leads back to the tab, or shows what to mend."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.markup import plain
from bookwheel.web.comments import writing
from bookwheel.web.comments.models import LONGEST, Comment, State
from bookwheel.web.comments.tab import has_comments, has_ratings
from bookwheel.web.library import library
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import person_of, signed_in
from bookwheel.web.works.keeping import work_of

if TYPE_CHECKING:
    from bookwheel.library import Found

View = Callable[..., HttpResponseBase]


def _where(exists: Callable[[], bool]) -> Callable[[View], View]:
    """A page of catalogues that have comments, or ratings; elsewhere there is nothing at its address."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, record_id: str) -> HttpResponseBase:
            if not exists():
                raise Http404
            return view(request, record_id)

        return guarded

    return guard


@_where(has_comments)
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """VuFind's `/Record/ID/AddComment`: a form, and where it and the one of the tab are sent."""
    found, person = _found(record_id), _person(request)
    if request.method != "POST":
        return _form(request, found)
    text = request.POST.get("comment", "")
    try:
        comment = writing.write(person, work_of(found), text)
    except writing.Refused as refused:
        return _form(request, found, text, str(refused))
    messages.success(request, _thanks(comment))
    return _back(record_id)


@_where(has_comments)
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, record_id: str) -> HttpResponseBase:
    found = _found(record_id)
    comment = _comment(request, record_id)
    if comment.person != _person(request):
        raise Http404
    if request.method != "POST":
        return _form(request, found, comment.text, edited=comment.pk)
    text = request.POST.get("comment", "")
    try:
        writing.rewrite(comment, text)
    except writing.Refused as refused:
        return _form(request, found, text, str(refused), comment.pk)
    messages.success(request, _thanks(comment))
    return _back(record_id)


@_where(has_comments)
@require_POST
@signed_in
def delete(request: HttpRequest, record_id: str) -> HttpResponseBase:
    comment = _comment(request, record_id)
    if comment.person != _person(request):
        raise Http404
    comment.delete()
    messages.success(request, gettext("Your comment was deleted."))
    return _back(record_id)


@_where(has_comments)
@require_POST
@signed_in
def report(request: HttpRequest, record_id: str) -> HttpResponseBase:
    comment, person = _comment(request, record_id), _person(request)
    if comment.person == person:
        raise Http404
    try:
        writing.report(person, comment)
        messages.success(request, gettext("Thank you. A curator will look at this comment."))
    except writing.Refused as refused:
        messages.error(request, str(refused))
    return _back(record_id)


@_where(has_ratings)
@require_POST
@signed_in
def rate(request: HttpRequest, record_id: str) -> HttpResponseBase:
    found = _found(record_id)
    given = request.POST.get("stars", "")
    stars = int(given) if given.isascii() and given.isdecimal() else -1
    try:
        writing.rate(_person(request), work_of(found), stars)
        messages.success(request, gettext("Your rating is kept.") if stars else gettext("Your rating was removed."))
    except writing.Refused as refused:
        messages.error(request, str(refused))
    return _back(record_id)


def _found(record_id: str) -> "Found":
    found = library().record(record_id)
    if found is None or found.deleted:
        raise Http404
    return found


def _person(request: HttpRequest) -> Person:
    person = person_of(request)
    assert person is not None
    return person


def _comment(request: HttpRequest, record_id: str) -> Comment:
    """The comment that is named, of those on this record that the reader may see."""
    asked = (request.POST if request.method == "POST" else request.GET).get("id", "")
    seen = Comment.objects.visible_to(_person(request)).filter(work__record_id=record_id).select_related("person")
    comment = seen.filter(pk=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    if comment is None:
        raise Http404
    return comment


def _thanks(comment: Comment) -> str:
    if comment.state == State.WAITING:
        return gettext("Thank you. Your comment is shown to others once a curator has read it.")
    return gettext("Thank you. Your comment is kept.")


def _back(record_id: str) -> HttpResponseBase:
    return redirect(f"{record_address(record_id, 'UserComments')}#tab")


def _form(
    request: HttpRequest, found: "Found", text: str = "", mistake: str = "", edited: int | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "record_id": found.id,
        "title": plain(found.record.title.value),
        "text": text,
        "mistake": mistake,
        "edited": edited,
        "longest": LONGEST,
    }
    return render(request, "comments/write.html", context)
