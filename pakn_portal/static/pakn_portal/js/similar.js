// While the title is typed: what was answered already. It stands beneath the title, stops nobody, and can be hidden.
(() => {
  const box = document.querySelector("[data-pakn-similar]");
  const title = document.querySelector("form[data-pakn-form] [name=title]");
  if (!box || !title || !window.fetch) return;
  const told = document.querySelector("[data-pakn-similar-told]");
  const list = box.querySelector("[data-pakn-answers]");
  const AFTER = 700;
  const FEWEST = 4;
  let timer = 0;
  let asking = null;
  let asked = "";
  let isHidden = false;

  title.closest(".pakn-field").after(box);

  const show = (answers) => {
    list.replaceChildren(
      ...answers.map((one, index) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = one.url;
        link.target = "_blank";
        link.rel = "noopener";
        link.id = `pakn-similar-${index}`;
        link.textContent = one.title;
        const note = document.createElement("span");
        note.className = "pakn-visually-hidden";
        note.textContent = ` (${list.dataset.paknNewTab})`;
        link.append(note);
        const button = document.createElement("button");
        button.type = "submit";
        button.className = "pakn-link-button";
        button.setAttribute("form", "pakn-answered");
        button.name = "answer";
        button.value = one.key;
        button.textContent = list.dataset.paknButton;
        button.setAttribute("aria-describedby", link.id);
        item.append(link, " ", button);
        return item;
      }),
    );
    box.hidden = !answers.length;
    told.textContent = answers.length ? told.dataset.paknSimilarTold.replace("{number}", answers.length) : "";
  };

  const ask = async () => {
    const text = title.value.trim();
    if (isHidden || text === asked) return;
    asked = text;
    if (asking) asking.abort();
    if (text.split(/\s+/).length < FEWEST) return show([]);
    asking = new AbortController();
    const body = new FormData();
    body.set("title", text);
    body.set("csrfmiddlewaretoken", title.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(box.dataset.paknSimilar, { method: "POST", body, credentials: "same-origin", signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show((await answer.json()).answers);
    } catch {
      // Nothing is lost: the page before sending has them too.
    }
  };

  title.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, AFTER);
  });
  title.addEventListener("change", ask);
  box.querySelector("[data-pakn-hide]").addEventListener("click", () => {
    isHidden = true;
    show([]);
    title.focus();
  });
})();
