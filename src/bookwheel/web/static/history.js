// Remembers each search in this browser; for a reader who asked for it, in the account too. The page /Search/History
// shows them.
"use strict";

const SEARCHES = "bookwheel.searches";
const MOST_SEARCHES = 200;

function searches() {
  try {
    const kept = JSON.parse(window.localStorage.getItem(SEARCHES) || "[]");
    return Array.isArray(kept) ? kept.filter((line) => line && Number.isInteger(line.number)) : [];
  } catch {
    return [];
  }
}

function keep(lines) {
  try {
    window.localStorage.setItem(SEARCHES, JSON.stringify(lines.slice(-MOST_SEARCHES)));
  } catch {
    // A full or forbidden storage is no reason to disturb a reader.
  }
}

// A search made again keeps its line; another page or order of the same search is the same search.
function remember(results) {
  const address = new URL(window.location.href);
  const text = address.searchParams.get("lookfor") || "";
  for (const name of ["page", "limit", "sort"]) address.searchParams.delete(name);
  const key = address.pathname + address.search;
  if (!text && !address.searchParams.has("filter[]")) return;
  const lines = searches();
  const known = lines.find((line) => line.address === key);
  const total = Number(results.dataset.total);
  // What a strategy asks in the language of the box, in which lines are combined.
  const words = results.dataset.words;
  if (known) Object.assign(known, { total, when: Date.now() });
  else {
    const number = lines.reduce((most, line) => Math.max(most, line.number), 0) + 1;
    const type = address.searchParams.get("type") || "AllFields";
    const filters = address.searchParams.getAll("filter[]");
    lines.push({ number, text, words, type, filters, address: key, total, when: Date.now() });
  }
  keep(lines);
}

// The form is there for readers who want a history, and says what is sent.
function tell(form) {
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true })
    .catch(() => {});
}

const results = document.querySelector("[data-total]");
if (results) remember(results);
const remembering = document.getElementById("remember");
if (remembering) tell(remembering);
