// The search box keeps the lines of what is pasted into it: an input drops them, so it becomes a textarea.
"use strict";

const LONG_TEXT = 160;

// In a box of several lines Enter searches, as in a box of one; Shift and Enter begin a line.
function searchOnEnter(area) {
  const hint = document.createElement("p");
  hint.id = "lines-hint";
  hint.className = "hint";
  hint.textContent = area.form.dataset.lines || "";
  area.after(hint);
  area.setAttribute("aria-describedby", hint.id);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    area.form.requestSubmit();
  });
}

// Puts a textarea in the place of the input, with `text` where the reader's selection was.
function growLines(input, text) {
  const area = document.createElement("textarea");
  for (const name of ["id", "name", "maxlength", "autocomplete", "autocapitalize", "spellcheck"]) {
    if (input.hasAttribute(name)) area.setAttribute(name, input.getAttribute(name));
  }
  area.dir = "auto";
  const { selectionStart, selectionEnd } = input;
  area.value = input.value;
  area.setRangeText(text.slice(0, area.maxLength), selectionStart, selectionEnd, "end");
  area.rows = Math.min(8, Math.max(2, area.value.split("\n").length));
  input.replaceWith(area);
  searchOnEnter(area);
  area.focus();
}

const lookfor = document.getElementById("lookfor");
if (lookfor instanceof HTMLTextAreaElement) searchOnEnter(lookfor);
else if (lookfor) {
  lookfor.addEventListener("paste", (event) => {
    const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n").trim();
    if (!text.includes("\n") && text.length <= LONG_TEXT) return;
    event.preventDefault();
    growLines(lookfor, text);
  });
  lookfor.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || event.isComposing) return;
    event.preventDefault();
    growLines(lookfor, "\n");
  });
}
