// A button beside each text worth carrying away.
"use strict";

for (const place of document.querySelectorAll("[data-copy]")) {
  const text = place.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = place.dataset.copy;
  button.setAttribute("aria-describedby", text.id);
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // Without leave for the clipboard the text stands selected, one key from being copied.
      return;
    }
    button.textContent = place.dataset.copied;
    window.setTimeout(() => { button.textContent = place.dataset.copy; }, 2000);
  });
  place.append(button);
}
