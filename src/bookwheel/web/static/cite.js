// A button beside each citation: one tap takes it with its italics, and plain where italics cannot go.
"use strict";

function onClipboard(text, html) {
  if (!window.ClipboardItem) return navigator.clipboard.writeText(text);
  const item = new ClipboardItem({
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  });
  return navigator.clipboard.write([item]);
}

for (const place of document.querySelectorAll(".citation[data-copy]")) {
  const shown = place.querySelector("span[dir]");
  const label = place.closest("li").querySelector("h3");
  label.id = label.id || `style-${place.closest("li").id}`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = place.dataset.copy;
  button.setAttribute("aria-describedby", label.id);
  button.addEventListener("click", async () => {
    try {
      await onClipboard(place.dataset.text, shown.innerHTML);
    } catch {
      // Without leave for the clipboard the citation stands selected, one key from being copied.
      window.getSelection().selectAllChildren(shown);
      return;
    }
    button.textContent = place.dataset.copied;
    window.setTimeout(() => { button.textContent = place.dataset.copy; }, 2000);
  });
  place.append(button);
}
