// The page of searches: lines with numbers that combine, "#1 AND #2", by putting each line's words in their place.
"use strict";

const page = document.getElementById("history");
const lineList = document.getElementById("searches");
const combineForm = document.getElementById("combine");
const problem = document.getElementById("combine-problem");
const LINE_NUMBER = /#\s?(\d{1,4})/g;

// The words of a line as a part of a larger search: its field before them, and parentheses around.
function part(line) {
  if (line.words) return `(${line.words})`;
  const words = `(${line.text || "*:*"})`;
  return line.type && line.type !== "AllFields" ? `${line.type}:${words}` : words;
}

// The name of a field as the list beside the box says it.
function fieldName(type) {
  if (!type || type === "AllFields") return "";
  const option = document.querySelector(`#type option[value="${CSS.escape(type)}"]`);
  return `${option ? option.textContent : type}: `;
}

function combined(text, lines) {
  const missing = [...text.matchAll(LINE_NUMBER)].map((found) => Number(found[1]))
    .filter((number) => !lines.some((line) => line.number === number));
  if (missing.length) return { missing };
  const used = [...text.matchAll(LINE_NUMBER)].map((found) => lines.find((line) => line.number === Number(found[1])));
  const whole = text.replace(LINE_NUMBER, (_, number) => part(lines.find((line) => line.number === Number(number))));
  const filters = [...new Set(used.flatMap((line) => line.filters || []))];
  return { text: whole, filters };
}

function show() {
  const lines = searches();
  lineList.replaceChildren(...[...lines].reverse().map((line) => {
    const item = document.createElement("li");
    const number = document.createElement("span");
    const link = document.createElement("a");
    const count = document.createElement("span");
    const forget = document.createElement("button");
    number.className = "number";
    number.textContent = `#${line.number}`;
    link.href = line.address;
    const words = document.createElement("bdi");
    words.textContent = line.text || "*:*";
    link.append(fieldName(line.type), words);
    count.className = "count";
    count.textContent = Number.isFinite(line.total) ? line.total.toLocaleString(document.documentElement.lang) : "";
    forget.type = "button";
    forget.className = "plain";
    forget.textContent = "×";
    forget.setAttribute("aria-label", `${page.dataset.forget} #${line.number}`);
    forget.addEventListener("click", () => {
      keep(searches().filter((other) => other.number !== line.number));
      show();
      lineList.querySelector("button, a")?.focus();
    });
    item.append(number, link);
    if (line.filters && line.filters.length) {
      const filters = document.createElement("span");
      filters.className = "hint";
      filters.textContent = `${page.dataset.filters}: ${line.filters.join(", ")}`;
      item.append(filters);
    }
    item.append(count, forget);
    return item;
  }));
  if (!lines.length) {
    const nothing = document.createElement("li");
    nothing.textContent = page.dataset.nothing;
    lineList.append(nothing);
  }
}

combineForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = combineForm.elements.lines.value.trim();
  if (!text) return;
  const found = combined(text, searches());
  problem.hidden = !found.missing;
  problem.textContent = found.missing ? `${page.dataset.unknown} ${found.missing.map((n) => `#${n}`).join(", ")}` : "";
  if (found.missing) return;
  const parameters = new URLSearchParams({ lookfor: found.text, type: "AllFields" });
  for (const filter of found.filters) parameters.append("filter[]", filter);
  window.location.assign(`/Search/Results?${parameters}`);
});

document.getElementById("forget").addEventListener("click", () => {
  keep([]);
  show();
});

page.hidden = false;
show();
