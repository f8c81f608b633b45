// For whoever works by keyboard or by ear: after each step the page begins at what came of it.
(() => {
  const focusOn = (element) => {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  };

  // What was done, or why not; an error above a form goes before (form.js).
  if (!document.querySelector("[data-pakn-focus]")) {
    const isFiltered = new URLSearchParams(window.location.search).has("q");
    focusOn(document.querySelector(".messages li") || (isFiltered && document.querySelector(".pakn-count")));
  }

  for (const button of document.querySelectorAll("[data-pakn-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Escape shuts the menu of other actions and goes back to its button. Left alone, focus would vanish with the
  // menu, and on a phone the CMS would take it to its own.
  document.addEventListener(
    "keydown",
    (event) => {
      const menu = event.key === "Escape" && document.activeElement.closest(".pakn-next__menu");
      const toggle = menu && menu.querySelector("button[aria-expanded=true]");
      if (!toggle) return;
      event.stopImmediatePropagation();
      toggle.click();
      toggle.focus();
    },
    true,
  );
})();
