"""What each role may do: the one place that knows, and the one question that asks."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeAlias

from django.db.models import TextChoices
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from bookwheel.web.people.models import Person

Parameters = ParamSpec("Parameters")
View: TypeAlias = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


class Role(TextChoices):
    """Each role may do what the ones before it may."""

    READER = "reader", gettext_lazy("Reader")
    CURATOR = "curator", gettext_lazy("Curator")
    OPERATOR = "operator", gettext_lazy("Operator")


Permission: TypeAlias = Literal["moderate", "edit synonyms", "operate"]
"""moderate: tags, comments and what was reported · edit synonyms: the vocabulary · operate: sources, runs, people."""

_GRANTED: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        Role.READER: frozenset(),
        Role.CURATOR: frozenset({"moderate", "edit synonyms"}),
        Role.OPERATOR: frozenset({"moderate", "edit synonyms", "operate"}),
    }
)


def person_of(request: HttpRequest) -> "Person | None":
    """Who asks; None for a stranger, and for everybody where the catalogue has no accounts."""
    user: Any = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def may(person: "Person | None", permission: Permission) -> bool:
    """Whether somebody may do something; a stranger may do nothing that needs a permission."""
    return person is not None and person.is_active and permission in _GRANTED[person.role]


def signed_in(view: View[Parameters]) -> View[Parameters]:
    """Leads a stranger to the page for signing in, and from there back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **more: Parameters.kwargs) -> HttpResponseBase:
        if person_of(request) is None:
            return to_sign_in(request)
        return view(request, *args, **more)

    return guarded


def requires(permission: Permission) -> Callable[[View[Parameters]], View[Parameters]]:
    """Who may not is told that there is nothing at this address: a stranger learns no page of the operators."""

    def guard(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Parameters.args, **more: Parameters.kwargs) -> HttpResponseBase:
            if not may(person_of(request), permission):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return guard


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page for signing in, which leads back here: to the page a form stood on, where a form was sent."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return redirect(f"/MyResearch/Login?{urlencode({'next': back})}")
