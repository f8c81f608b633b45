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

  // A chosen file is sent at once, so that a reload does not lose it; without this the button beside it does it.
  for (const field of document.querySelectorAll("input[type=file][data-pakn-attach]")) {
    field.addEventListener("change", () => {
      if (field.files.length) field.form.requestSubmit(field.form.elements.attach);
    });
  }

  // The mail to the sender follows what is typed; without this the button beneath it shows it.
  for (const letter of document.querySelectorAll("[data-pakn-letter]")) {
    const form = letter.closest("form");
    const button = form.querySelector("[data-pakn-look]");
    let timer = 0;
    let running = null;
    const show = async () => {
      if (running) running.abort();
      running = new AbortController();
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      data.set(button.name, button.value);
      try {
        const response = await fetch(form.action || window.location.href, {
          method: "POST",
          body: data,
          headers: { "X-Pakn-Part": button.value },
          redirect: "error",
          signal: running.signal,
        });
        if (response.ok) letter.innerHTML = await response.text();
        // folded away where its words stand above; what somebody must do is not
        const fold = letter.closest("details");
        if (fold && letter.querySelector(".help-warning")) fold.open = true;
      } catch {
        // the button shows it
      }
    };
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(show, 600);
    });
    show();
    button.addEventListener("click", (event) => {
      event.preventDefault();
      show();
    });
  }

  // What may be personal data is looked for again while one types; without this the button does it.
  for (const button of document.querySelectorAll("[data-pakn-look-again]")) {
    let timer = 0;
    let running = null;
    const look = async () => {
      if (running) running.abort();
      running = new AbortController();
      const data = new FormData(button.form);
      data.set(button.name, button.value);
      try {
        const response = await fetch(window.location.href, {
          method: "POST",
          body: data,
          headers: { "X-Pakn-Part": button.name },
          redirect: "error",
          signal: running.signal,
        });
        if (!response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const part of document.querySelectorAll("[data-pakn-live]")) {
          const anew = page.querySelector(`[data-pakn-live="${part.dataset.paknLive}"]`);
          if (anew && !part.contains(document.activeElement)) part.replaceWith(document.importNode(anew, true));
        }
      } catch {
        // the button shows it
      }
    };
    button.form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, 1000);
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
