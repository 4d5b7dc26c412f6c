// Puts what was chosen, or what is in the book bag, into a form that saves or exports it.
"use strict";

const carrier = document.querySelector("[data-carry]");
const carriedLine = document.querySelector(".carried");

if (carrier && !carrier.elements.ids.value) {
  const ids = carrier.dataset.carry === "bag" ? bagged() : chosenIds();
  if (ids.length) {
    carrier.elements.ids.value = JSON.stringify(ids);
    carriedLine.textContent = counted(ids.length, carriedLine.dataset.one, carriedLine.dataset.many);
  } else {
    carriedLine.textContent = carriedLine.dataset.none;
    carrier.hidden = true;
  }
}
