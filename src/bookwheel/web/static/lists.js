// The book bag and the choice of hits: both are kept in this browser, and nowhere else.
"use strict";

const BAG = "bookwheel.bag";
const CHOSEN = "bookwheel.chosen";
const LEAVING = "bookwheel.leaving";
const MOST_IDS = 2000;

// The storages a browser refuses are as if they were empty.
function idsIn(storage, name) {
  try {
    const ids = JSON.parse(storage().getItem(name) || "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function putIds(storage, name, ids) {
  try {
    storage().setItem(name, JSON.stringify([...new Set(ids)].slice(0, MOST_IDS)));
    return true;
  } catch {
    return false;
  }
}

const forGood = () => window.localStorage;
const forThisTab = () => window.sessionStorage;

function bagged() {
  return idsIn(forGood, BAG);
}

function setBag(ids) {
  putIds(forGood, BAG, ids);
  showBag();
}

function chosenIds() {
  return idsIn(forThisTab, CHOSEN);
}

// "0 works" with the number in its place, or the words for one.
function counted(count, one, many) {
  return count === 1 ? one : many.replace("0", count.toLocaleString(document.documentElement.lang));
}

function showBag() {
  const ids = bagged();
  for (const count of document.querySelectorAll(".bag-count")) {
    count.hidden = !ids.length;
    count.textContent = ids.length.toLocaleString(document.documentElement.lang);
  }
  for (const offer of document.querySelectorAll(".bag-offer")) {
    offer.hidden = !ids.length;
    offer.querySelector("a").textContent = counted(ids.length, offer.dataset.one, offer.dataset.many);
  }
  for (const button of document.querySelectorAll("[data-bag]")) {
    button.dataset.put ??= button.textContent;
    button.textContent = ids.includes(button.dataset.bag) ? button.dataset.out : button.dataset.put;
    button.hidden = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-bag]");
  if (!button) return;
  const ids = bagged();
  const id = button.dataset.bag;
  setBag(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
});

// Boxes of a page that are ticked together.
for (const all of document.querySelectorAll(".choose-all")) {
  const form = all.closest("form");
  const boxes = () => [...document.querySelectorAll(`input[form="${form.id}"][type="checkbox"]`)];
  const box = all.querySelector("input");
  const show = () => {
    const ticked = boxes().filter((each) => each.checked).length;
    box.checked = ticked > 0 && ticked === boxes().length;
    box.indeterminate = ticked > 0 && ticked < boxes().length;
  };
  box.addEventListener("change", () => {
    const wanted = box.checked;
    for (const each of boxes()) {
      if (each.checked === wanted) continue;
      each.checked = wanted;
      each.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  document.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  all.hidden = false;
}

// What was saved leaves the bag, or the choice: not when the form is sent, but on the page that says so.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-let-go]");
  if (!form) return;
  try {
    const ids = JSON.parse(form.elements.ids.value || "[]");
    forThisTab().setItem(LEAVING, JSON.stringify({ source: form.dataset.carry, ids }));
  } catch {
    // Nothing leaves.
  }
});

function letGo() {
  try {
    const { source, ids } = JSON.parse(forThisTab().getItem(LEAVING) || "{}");
    forThisTab().removeItem(LEAVING);
    if (!ids || !document.querySelector('[data-message="saved"]')) return;
    const gone = new Set(ids);
    if (source === "bag") setBag(bagged().filter((id) => !gone.has(id)));
    else putIds(forThisTab, CHOSEN, chosenIds().filter((id) => !gone.has(id)));
  } catch {
    // Nothing leaves.
  }
}

letGo();
showBag();
window.addEventListener("storage", showBag);
window.addEventListener("pageshow", showBag);
