// Adds rows and groups to the advanced form at once; without this script the same buttons ask the server.
"use strict";

const advanced = document.getElementById("advanced");
const MOST_ROWS = 10;

advanced.addEventListener("click", (event) => {
  const button = event.target.closest("button.add-row");
  if (!button) return;
  event.preventDefault();
  const rows = button.closest(".group").querySelectorAll(".row");
  const row = rows[0].cloneNode(true);
  const number = rows.length + 1;
  for (const part of row.querySelectorAll("[id], [for]")) {
    for (const name of ["id", "for"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/\d+$/, number));
    }
    if (part.matches("label")) part.textContent = part.textContent.replace("1", number);
    if (part.matches("input")) part.value = "";
    if (part.matches("select")) part.selectedIndex = 0;
  }
  rows[rows.length - 1].after(row);
  row.querySelector("input").focus();
  if (number >= MOST_ROWS) button.hidden = true;
});

// What was left empty stays out of the address.
advanced.addEventListener("submit", (event) => {
  if (!event.submitter || event.submitter.name !== "find") return;
  for (const field of advanced.elements) {
    if (field.name.startsWith("publishDate") && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  for (const field of advanced.querySelectorAll("[disabled]")) field.disabled = false;
});
