// Small comforts; every page is whole without them.
"use strict";

// "/" goes to the search box, as in most reading rooms of the web.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("lookfor");
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// A value is wanted or not wanted, never both: ticking one box of a pair clears the other.
document.addEventListener("change", (event) => {
  const row = event.target.closest(".choice");
  if (!row || !event.target.checked) return;
  for (const box of row.querySelectorAll("input")) {
    if (box !== event.target) box.checked = false;
  }
});

// A syntax was chosen for the text it was chosen for: another text shows its own.
document.addEventListener("submit", (event) => {
  const { lookfor, syntax } = event.target.elements;
  if (lookfor && syntax?.type === "hidden" && lookfor.value !== lookfor.defaultValue) syntax.disabled = true;
});

// Fields left empty stay out of the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const range = [...form.elements].filter((field) => field.name.startsWith("publishDate"));
  if (range.length && range.every((field) => !field.value)) {
    for (const field of form.elements) {
      if (field.name === "daterange[]" || field.name.startsWith("publishDate")) field.disabled = true;
    }
  }
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("#search [disabled], [form=search][disabled]")) field.disabled = false;
});
