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
})();
