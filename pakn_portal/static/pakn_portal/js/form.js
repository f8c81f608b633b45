// Comfort for forms: the summary of errors is read first, and a second click sends nothing twice.
(() => {
  const summary = document.querySelector("[data-pakn-focus]");
  if (summary) summary.focus();

  for (const link of document.querySelectorAll(".pakn-error-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      const field = target.matches("input, textarea, select, button") ? target : target.querySelector("input:not([type=hidden]), textarea, select");
      if (!field) return;
      event.preventDefault();
      field.focus({ preventScroll: true });
      (field.closest(".pakn-field, [data-field-wrapper]") || field).scrollIntoView({ block: "start" });
    });
  }

  // The server cuts off what is far too much before anybody reads it, and the words would be gone. So it is not sent.
  const TEXT_MOST = 2 * 1024 * 1024;
  const FILES_MOST = 100;
  const isTooMuch = (form) => {
    const files = form.querySelector("[data-pakn-most]");
    if (!files) return false;
    const chosen = [...files.files].reduce((sum, file) => sum + file.size, 0);
    const text = [...new FormData(form).values()].reduce((sum, value) => sum + (value instanceof File ? 0 : new Blob([value]).size), 0);
    return text > TEXT_MOST || files.files.length > FILES_MOST || chosen > Number(files.dataset.paknMost);
  };

  for (const form of document.querySelectorAll("[data-pakn-form]")) {
    let isSending = false;
    const tooMuch = form.querySelector("#files_too_much");
    // Before the check of the browser, which sends by itself.
    form.addEventListener(
      "submit",
      (event) => {
        if (!tooMuch) return;
        tooMuch.hidden = !isTooMuch(form);
        if (tooMuch.hidden) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        tooMuch.scrollIntoView({ block: "center" });
      },
      true,
    );
    form.addEventListener("submit", (event) => {
      // The check of the browser may stop a first submit and send again by itself.
      if (event.defaultPrevented) return;
      if (isSending) {
        event.preventDefault();
        return;
      }
      isSending = true;
      for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
    });
    // Back from the history the page is shown again as it was left.
    window.addEventListener("pageshow", () => {
      isSending = false;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    });
  }
})();
