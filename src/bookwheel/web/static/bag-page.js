// The page of the book bag: fetches the titles of its records a piece at a time.
"use strict";

const bagPage = document.getElementById("bag");
const bagList = bagPage.querySelector(".bag-list");
const moreButton = document.getElementById("bag-more");
const PIECE = Number(bagPage.dataset.piece);

function showTotal(words) {
  const count = bagged().length;
  const line = bagPage.querySelector(".bag-total");
  line.textContent = words || (count ? counted(count, bagPage.dataset.one, bagPage.dataset.many) : "");
  bagPage.querySelector(".bag-nothing").hidden = count > 0;
  bagPage.querySelector(".bag-actions").hidden = !count;
  moreButton.hidden = bagList.children.length >= count;
}

function withButton(item) {
  const button = document.createElement("button");
  const title = document.createElement("span");
  button.type = "button";
  button.className = "plain";
  button.textContent = bagPage.dataset.remove;
  title.className = "visually-hidden";
  title.textContent = `: ${item.querySelector(".hit-title").textContent}`;
  button.append(title);
  button.addEventListener("click", () => {
    const next = item.nextElementSibling || item.previousElementSibling;
    setBag(bagged().filter((id) => id !== item.dataset.id));
    item.remove();
    showTotal();
    (next?.querySelector("button") || document.getElementById("content")).focus();
  });
  item.append(button);
  return item;
}

async function showPiece() {
  const shown = new Set([...bagList.children].map((item) => item.dataset.id));
  const ids = bagged().filter((id) => !shown.has(id)).slice(0, PIECE);
  if (!ids.length) {
    showTotal();
    return;
  }
  const asked = new URLSearchParams(ids.map((id) => ["id[]", id]));
  try {
    const answer = await fetch(`/Cart/Titles?${asked}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const first = bagList.children.length;
    bagList.append(...[...page.querySelectorAll("li[data-id]")].map((item) => withButton(document.adoptNode(item))));
    showTotal();
    if (first) bagList.children[first]?.querySelector("a, button").focus();
  } catch {
    showTotal(bagPage.dataset.failed);
    moreButton.hidden = false;
  }
}

document.getElementById("bag-empty").addEventListener("click", () => {
  if (!window.confirm(bagPage.dataset.sure)) return;
  setBag([]);
  bagList.replaceChildren();
  showTotal();
});

moreButton.addEventListener("click", showPiece);
bagPage.hidden = false;
showPiece();
