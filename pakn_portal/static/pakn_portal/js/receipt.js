// Copy and print, where the browser can.
(() => {
  for (const comfort of document.querySelectorAll("[data-pakn-comfort]")) comfort.hidden = false;

  for (const button of document.querySelectorAll("[data-pakn-print]")) button.addEventListener("click", () => window.print());

  for (const button of document.querySelectorAll("[data-pakn-copy]")) {
    if (!navigator.clipboard) {
      button.hidden = true;
      continue;
    }
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const parts = button.dataset.paknCopy.split(" ").map((selector) => document.querySelector(selector));
      await navigator.clipboard.writeText(parts.filter(Boolean).map((part) => part.textContent.trim()).join("\n"));
      button.textContent = button.dataset.copied;
      window.setTimeout(() => {
        button.textContent = label;
      }, 4000);
    });
  }
})();
