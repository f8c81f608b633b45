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
})();
