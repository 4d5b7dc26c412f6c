"""The page of the people of a catalogue: an operator finds somebody, gives a role, lets in or shuts out."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.web.ops import people
from bookwheel.web.ops.people import LastOperatorError
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Role, person_of, requires

LONGEST_ASKED = 254


@requires("operate")
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")[:LONGEST_ASKED]
    found = people.people(asked, request.GET.get("page", "1"))
    context = {"found": found, "asked": asked, "roles": Role.choices, "me": person_of(request)}
    return render(request, "ops/people.html", context)


def can_ask_again(request: HttpRequest | None = None) -> bool:
    """Whether there is a page that asks for the password again."""
    try:
        reverse("account_reauthenticate")
    except NoReverseMatch:
        return False
    return True


@requires("operate")
@require_POST
@reauthentication_required(enabled=can_ask_again)  # type: ignore[untyped-decorator]
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change somebody's role, or whether they may sign in."""
    try:
        if "role" in request.POST:
            person = people.change_role(number, request.POST["role"])
            told = gettext("%(person)s: %(role)s.") % {"person": person, "role": person.get_role_display()}
        else:
            active = request.POST.get("active") == "yes"
            person = people.set_active(number, active)
            told = (
                gettext("%(person)s can sign in.") if person.is_active else gettext("%(person)s can no longer sign in.")
            )
            told %= {"person": person}
    except (Person.DoesNotExist, ValueError) as error:
        raise Http404 from error
    except LastOperatorError:
        messages.error(request, gettext("This is the last operator: make somebody else one first."))
    else:
        messages.success(request, told)
    asked = request.POST.get("q", "")[:LONGEST_ASKED]
    return HttpResponseRedirect(f"/Admin/People?{urlencode({'q': asked})}" if asked else "/Admin/People")
