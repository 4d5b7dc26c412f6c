// A button beside each address that is there to be given away.
"use strict";

for (const field of document.querySelectorAll("[data-copy-link]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = field.dataset.copyLink;
  button.setAttribute("aria-describedby", field.id);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without leave for the clipboard the text stands selected, one key from being copied.
      return;
    }
    button.textContent = field.dataset.copied;
    window.setTimeout(() => { button.textContent = field.dataset.copyLink; }, 2000);
  });
  field.after(button);
}
