// Hits chosen on this page of results and on others of this tab: the choice lasts until it is used or given up.
"use strict";

const selection = document.getElementById("selection");

function hitBoxes() {
  return [...document.querySelectorAll('input[form="selection"][type="checkbox"]')];
}

function showChosen(words) {
  const ids = chosenIds();
  for (const box of hitBoxes()) box.checked = ids.includes(box.value);
  const { one, many } = selection.dataset;
  selection.querySelector(".chosen-count").textContent = words || (ids.length ? counted(ids.length, one, many) : "");
  selection.querySelector("[data-forget]").hidden = !ids.length;
}

if (selection) {
  document.addEventListener("change", (event) => {
    const box = event.target.closest('input[form="selection"][type="checkbox"]');
    if (!box) return;
    const ids = chosenIds();
    if (box.checked && ids.length >= MOST_IDS) {
      showChosen(counted(MOST_IDS, "", selection.dataset.full));
      return;
    }
    putIds(forThisTab, CHOSEN, box.checked ? [...ids, box.value] : ids.filter((id) => id !== box.value));
    showChosen();
  });

  selection.addEventListener("submit", (event) => {
    const ids = chosenIds();
    // A browser that keeps nothing sends the boxes of this page.
    if (!ids.length && hitBoxes().some((box) => box.checked)) return;
    event.preventDefault();
    if (!ids.length) {
      showChosen(selection.dataset.none);
      return;
    }
    const target = event.submitter?.getAttribute("formaction") || selection.getAttribute("action");
    window.location.assign(`${target}?from=chosen`);
  });

  selection.querySelector("[data-into-bag]").addEventListener("click", () => {
    const ids = chosenIds();
    if (!ids.length) {
      showChosen(selection.dataset.none);
      return;
    }
    setBag([...bagged(), ...ids]);
    putIds(forThisTab, CHOSEN, []);
    showChosen(counted(bagged().length, selection.dataset.bagged.replace("0", "1"), selection.dataset.bagged));
  });

  selection.querySelector("[data-forget]").addEventListener("click", () => {
    putIds(forThisTab, CHOSEN, []);
    showChosen();
    hitBoxes()[0]?.focus();
  });

  selection.querySelector("[data-into-bag]").hidden = false;
  showChosen();
  window.addEventListener("pageshow", () => showChosen());
}
