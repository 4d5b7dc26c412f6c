// Suggestions under the search box: an editable combobox with a list, as the ARIA Authoring Practices describe it.
"use strict";

const MIN_LETTERS = 3;
const WAIT_MILLISECONDS = 120;

function enhance(input) {
  const form = input.form;
  const type = form.elements.type;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let waiting = 0;
  let request = null;
  let options = [];
  let active = -1;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions || "Suggestions");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const field = document.createElement("div");
  field.className = "field";
  // What moves in the document loses the focus; the first page puts it into the box from the start.
  const hadFocus = document.activeElement === input || input.autofocus;
  input.replaceWith(field);
  field.append(input, list, status);
  if (hadFocus) input.focus();
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function close() {
    list.hidden = true;
    list.replaceChildren();
    options = [];
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function forget() {
    window.clearTimeout(waiting);
    if (request) request.abort();
    request = null;
  }

  function activate(place) {
    if (options[active]) options[active].removeAttribute("aria-selected");
    active = place;
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[place].setAttribute("aria-selected", "true");
    options[place].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[place].id);
  }

  function show(found) {
    close();
    options = found.map(({ value, kind, type: searchType }, place) => {
      const option = document.createElement("li");
      const text = document.createElement("span");
      const label = document.createElement("span");
      option.id = `suggestion-${place}`;
      option.setAttribute("role", "option");
      text.className = "value";
      text.dir = "auto";
      text.textContent = value;
      label.className = "kind";
      label.textContent = kind;
      option.append(text, " ", label);
      // The box keeps the focus while a finger or the mouse chooses.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose({ value, searchType }));
      option.suggestion = { value, searchType };
      return option;
    });
    list.append(...options);
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    const words = options.length === 1 ? form.dataset.one : form.dataset.many;
    status.textContent = (options.length ? words || "" : form.dataset.none || "").replace("0", options.length);
  }

  function choose({ value, searchType }) {
    forget();
    close();
    input.value = `"${value.replaceAll('"', " ")}"`;
    if (type && [...type.options].some((option) => option.value === searchType)) type.value = searchType;
    form.requestSubmit();
  }

  async function ask() {
    const text = input.value.trim();
    forget();
    if (text.length < MIN_LETTERS) {
      close();
      return;
    }
    const asked = new AbortController();
    request = asked;
    const parameters = new URLSearchParams({ q: text, type: type ? type.value : "AllFields" });
    try {
      const response = await fetch(`/suggest?${parameters}`, { signal: asked.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      // An answer that was overtaken by another question, or by the reader's leaving, is not shown.
      if (request === asked && document.activeElement === input) show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, WAIT_MILLISECONDS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = options.length - 1;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      event.preventDefault();
      if (last < 0) ask();
      else if (event.key === "ArrowDown") activate(active < last ? active + 1 : -1);
      else activate(active < 0 ? last : active - 1);
    } else if (event.key === "ArrowDown" && last < 0) {
      ask();
    } else if (event.key === "Escape" && last >= 0) {
      event.preventDefault();
      forget();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options[active].suggestion);
    } else if (event.key === "Tab") {
      forget();
      close();
    }
  });
  input.addEventListener("blur", () => {
    forget();
    close();
  });
  form.addEventListener("submit", forget);
}

const box = document.querySelector("#search input[name=lookfor]");
if (box) enhance(box);
