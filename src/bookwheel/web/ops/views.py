"""The operators' pages: how the catalogue stands, sources, quarantine, jobs, statistics, and one missing record."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.errors import UnknownNameError
from bookwheel.web.jobs import asking
from bookwheel.web.jobs.board import board, history, row
from bookwheel.web.library import library
from bookwheel.web.ops import missing as tracing
from bookwheel.web.ops import quarantine as lying
from bookwheel.web.ops.overview import overview
from bookwheel.web.ops.sources import source_page, sources
from bookwheel.web.ops.statistics import statistics
from bookwheel.web.people.permissions import requires

LONGEST_ASKED = 1_000

_CHANGES: Mapping[str, Callable[[str], None]] = MappingProxyType(
    {"run": asking.ask, "pause": asking.pause, "resume": asking.resume}
)


def now() -> datetime:
    return datetime.now(UTC)


@requires("operate")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/home.html", {"overview": overview(library(), now())})


@requires("operate")
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/sources.html", {"sources": sources(library(), now())})


@requires("operate")
@require_safe
def source(request: HttpRequest, name: str) -> HttpResponse:
    found = source_page(library(), name, now())
    if found is None:
        raise Http404
    return render(request, "ops/source.html", {"found": found, "source": found.source})


@requires("operate")
@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("source", "")
    after = request.GET.get("after", "")
    found = lying.pieces(library(), chosen, int(after) if after.isdecimal() and len(after) < 16 else 0)
    context = {"found": found, "chosen": chosen, "retry": row("retry", now())}
    return render(request, "ops/quarantine.html", context)


@requires("operate")
@require_safe
def piece(request: HttpRequest, number: int) -> HttpResponse:
    found = lying.piece(library(), number)
    if found is None:
        raise Http404
    context = {"view": lying.piece_view(found), "piece": found, "retry": row("retry", now())}
    return render(request, "ops/piece.html", context)


@requires("operate")
@require_safe
def piece_bytes(request: HttpRequest, number: int) -> HttpResponse:
    """The piece byte for byte, as a file that no browser opens."""
    found = lying.piece(library(), number)
    if found is None:
        raise Http404
    response = HttpResponse(found.payload, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="quarantine-{number}.bin"'
    return response


@requires("operate")
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/jobs.html", {"jobs": board(now())})


@requires("operate")
@require_safe
def job(request: HttpRequest, name: str) -> HttpResponse:
    found = row(name, now())
    if found is None:
        raise Http404
    return render(request, "ops/job.html", {"job": found, "runs": history(name)})


@requires("operate")
@require_POST
def change_job(request: HttpRequest) -> HttpResponse:
    """Run a job now, pause it, or let it run again; leads back to the page that belongs to it."""
    name, change = request.POST.get("job", ""), _CHANGES.get(request.POST.get("do", ""))
    if change is None:
        raise Http404
    try:
        change(name)
    except UnknownNameError as error:
        raise Http404 from error
    told = {
        "run": gettext("%(job)s runs as soon as a worker is free."),
        "pause": gettext("%(job)s is paused."),
        "resume": gettext("%(job)s runs by itself again."),
    }
    messages.success(request, told[request.POST["do"]] % {"job": name})
    return HttpResponseRedirect(_page_of(name, request.POST.get("page", "")))


@requires("operate")
@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/statistics.html", {"statistics": statistics(library(), get_language() or "")})


@requires("operate")
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """An operator pastes what a reader misses, and is told where it is."""
    asked = request.GET.get("q", "")[:LONGEST_ASKED].strip()
    steps = tracing.steps(library(), asked) if asked else ()
    return render(request, "ops/missing.html", {"asked": asked, "steps": steps})


def _page_of(name: str, page: str) -> str:
    """Where a form stood: on one of our own pages, named and not addressed, so that none leads elsewhere."""
    match page:
        case "source":
            return f"/Admin/Sources/{quote(name.partition(':')[2])}"
        case "job":
            return f"/Admin/Jobs/{quote(name)}"
        case "quarantine":
            return "/Admin/Quarantine"
        case "home":
            return "/Admin/Home"
    return "/Admin/Jobs"
