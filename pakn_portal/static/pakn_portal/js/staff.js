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

  // The CMS asks before a form with unsaved words is left, but begins to look two seconds after the page has come
  // and then twice a second. Whoever types and leaves faster is asked too.
  for (const form of document.querySelectorAll("form[data-controller~=w-unsaved]")) {
    let isWatched = false;
    form.addEventListener("w-unsaved:watch-edits", () => {
      isWatched = true;
    });
    form.addEventListener("input", () => {
      if (!isWatched) form.dataset.wUnsavedForceValue = "true";
      form.dataset.wUnsavedHasEditsValue = "true";
    });
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
