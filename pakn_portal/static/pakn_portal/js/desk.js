// What saves steps at the desk. Every screen works without it.
(() => {
  // Intake: the due date follows what is chosen, and the unit follows the sector until somebody chooses one.
  const intake = document.querySelector("[data-pakn-intake]");
  if (intake) {
    const { sentences, of } = JSON.parse(intake.dataset.paknDue);
    const [sector, urgency, unit] = ["sector", "urgency", "to_unit"].map((name) => intake.elements[name]);
    const usual = JSON.parse(sector.dataset.paknUnits || "{}");
    const sentence = intake.querySelector("[data-pakn-due-sentence]");
    let isChosen = false;
    unit.addEventListener("change", () => {
      isChosen = true;
    });
    for (const field of [sector, urgency]) {
      field.addEventListener("change", () => {
        const index = of[`${sector.value} ${urgency.value}`];
        sentence.textContent = index === undefined ? "" : sentences[index];
        if (field === sector && !isChosen && usual[sector.value]) unit.value = usual[sector.value];
      });
    }
  }

  // Intake of many: in each row the unit follows the sector until somebody chooses one.
  const takeIn = document.querySelector("[data-pakn-take-in]");
  if (takeIn) {
    const usual = JSON.parse(takeIn.dataset.paknTakeIn || "{}");
    const chosen = new Set();
    takeIn.addEventListener("change", (event) => {
      const [kind, key] = event.target.name.split("-");
      if (kind === "unit") chosen.add(key);
      const unit = takeIn.querySelector(`[name="unit-${key}"]`);
      if (kind === "sector" && !chosen.has(key) && usual[event.target.value]) unit.value = usual[event.target.value];
    });
  }

  // Menus of the list: one at a time, shut by Escape and by a click elsewhere.
  const menus = () => document.querySelectorAll("[data-pakn-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });

  // The tour of the case page: a dialog instead of the guides, remembered as Wagtail remembers what was dismissed.
  const tour = document.querySelector("[data-pakn-tour]");
  if (tour) {
    const [dialog, opener] = [tour.querySelector("dialog"), tour.querySelector("[data-pakn-tour-open]")];
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      opener.classList.remove("button", "button-small", "button-secondary");
      opener.focus();
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = JSON.parse(document.getElementById("wagtail-config").textContent);
      fetch(tour.dataset.url, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", [CSRF_HEADER_NAME]: CSRF_TOKEN },
        body: JSON.stringify({ [tour.dataset.paknTour]: true }),
      });
    });
  }

  // Many at once: one box chooses all that are shown, and the bar stays in sight while something is chosen.
  const picks = () => [...document.querySelectorAll("[data-pakn-pick]")];
  const tellChosen = () => {
    const bar = document.querySelector("[data-pakn-bulk-bar]");
    if (bar) bar.classList.toggle("is-chosen", picks().some((pick) => pick.checked));
  };
  const showAll = () => {
    const all = document.querySelector("[data-pakn-all]");
    if (all) all.hidden = false;
  };
  showAll();
  tellChosen();
  document.addEventListener("w-swap:success", showAll);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pakn-all]")) for (const pick of picks()) pick.checked = event.target.checked;
    if (event.target.matches("[data-pakn-all], [data-pakn-pick]")) tellChosen();
  });

  // Keys without a modifier, unless whoever is signed in has turned the CMS's shortcuts off; never while one types.
  const config = document.getElementById("wagtail-config");
  const hasKeys = !config || JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED !== false;
  const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog]");
  const step = (rows, by) => {
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    row.querySelector(".pakn-cases__title a").focus();
    row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (!hasKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key !== "j" && event.key !== "k" && event.key !== "x") return;
    const rows = [...document.querySelectorAll("[data-pakn-row]")];
    const beside = document.querySelector(`.pakn-neighbours [rel=${event.key === "j" ? "next" : "prev"}]`);
    if (event.key === "x") {
      const row = document.activeElement.closest("[data-pakn-row]");
      const pick = row && row.querySelector("[data-pakn-pick]");
      if (pick && document.activeElement !== pick) pick.click();
    } else if (rows.length) step(rows, event.key === "j" ? 1 : -1);
    else if (beside) beside.click();
  });
  // They are told where the CMS tells its own.
  document.addEventListener("w-dialog:shown", (event) => {
    const table = event.target.querySelector && event.target.querySelector(".w-keyboard-shortcuts table, table");
    const ours = document.querySelector("template[data-pakn-shortcuts]");
    const isTheirs = event.target.id === "keyboard-shortcuts-dialog" || event.target.closest("#keyboard-shortcuts-dialog");
    if (!isTheirs || !table || !ours || table.querySelector("[data-pakn-keys]")) return;
    const body = table.createTBody();
    body.dataset.paknKeys = "";
    body.append(ours.content.cloneNode(true));
  });

  // Entry: what may have come before is looked for when a field is left; the button does it without scripts.
  const entry = document.querySelector("[data-pakn-look]");
  const told = document.getElementById("pakn-look");
  if (entry && told) {
    let asking = null;
    entry.addEventListener("change", async (event) => {
      if (!["title", "content", "full_name", "phone", "email"].includes(event.target.name)) return;
      const words = new FormData(entry);
      words.delete("attachments");
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(entry.dataset.paknLook, {
          method: "POST",
          body: words,
          headers: { "X-CSRFToken": words.get("csrfmiddlewaretoken") },
          redirect: "error",
          signal: asking.signal,
        });
        if (answer.ok) told.innerHTML = await answer.text();
      } catch {
        // the button shows it
      }
    });
  }
})();
