"""Tagging on the pages of a record: the form, what it adds, and what its button takes off."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.markup import plain
from bookwheel.web.library import library
from bookwheel.web.people.permissions import person_of, signed_in
from bookwheel.web.tags.entry import LONGEST, LONGEST_TEXT, single
from bookwheel.web.tags.tagging import Added, add_tags, remove_tag
from bookwheel.web.works.keeping import work_of, works_of

if TYPE_CHECKING:
    from bookwheel.library import Found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_tag(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """VuFind's `/Record/ID/AddTag`: a form, and where it is sent."""
    found = library().record(record_id)
    if found is None or found.deleted:
        raise Http404
    if request.method != "POST":
        return _form(request, found)
    text, private = request.POST.get("tag", ""), "private" in request.POST
    if not text.strip():
        return _form(request, found, gettext("Write at least one tag."), text, private)
    if len(text) > LONGEST_TEXT:
        said = gettext("That is too much at once: %(most)s characters are the most.") % {"most": LONGEST_TEXT}
        return _form(request, found, said, text[:LONGEST_TEXT], private)
    person = person_of(request)
    assert person is not None
    added = add_tags(person, work_of(found), text, private)
    if not added.tags:
        mistake = " ".join(added.refused) or gettext("Write at least one tag.")
        return _form(request, found, mistake, text, private)
    _say(request, added)
    return redirect(record_address(record_id))


@require_POST
@signed_in
def remove_tag_of_record(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """Takes one of the reader's own tags off; also off a record that is gone."""
    person, tag = person_of(request), single(request.POST.get("tag", ""))
    work = works_of([record_id]).get(record_id)
    if person is None or work is None or not remove_tag(person, work, tag):
        raise Http404
    messages.success(request, gettext("Your tag “%(tag)s” was removed.") % {"tag": tag})
    return redirect(record_address(record_id))


def _form(
    request: HttpRequest, found: "Found", mistake: str = "", text: str = "", private: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "record_id": found.id,
        "title": plain(found.record.title.value),
        "mistake": mistake,
        "text": text,
        "private": private,
        "longest": LONGEST,
        "longest_text": LONGEST_TEXT,
    }
    return render(request, "tags/add.html", context)


def _say(request: HttpRequest, added: Added) -> None:
    quoted = ", ".join(gettext("“%(text)s”") % {"text": tag} for tag in added.tags)
    messages.success(request, gettext("Tagged with %(tags)s.") % {"tags": quoted})
    for sentence in added.refused:
        messages.warning(request, sentence)
