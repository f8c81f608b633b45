/* Suggestions while typing, as an accessible combobox. The search works without this. */
(function () {
  "use strict";

  const form = document.querySelector(".pakn-search-form");
  const source = document.querySelector("[data-pakn-suggestions]");
  const input = form && form.querySelector('input[name="q"]');
  if (!input || !source || !window.fetch) {
    return;
  }
  const address = source.dataset.paknSuggestions;
  const words = source.dataset;
  const list = document.createElement("ul");
  const live = document.createElement("span");
  let active = -1;
  let timer = 0;
  let asked = "";

  list.className = "pakn-suggestions";
  list.id = "pakn-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.label);
  live.className = "pakn-visually-hidden";
  live.setAttribute("role", "status");
  input.closest(".pakn-search").insertAdjacentElement("afterend", list);
  form.append(live);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren();
    suggestions.forEach(function (one, index) {
      const item = document.createElement("li");
      item.id = "pakn-suggestion-" + index;
      item.setAttribute("role", "option");
      item.dataset.url = one.url;
      if (one.kind !== "sector" && words.titlesLang) {
        item.lang = words.titlesLang;
      }
      item.textContent = (one.kind === "sector" ? words.sector + ": " : "") + one.text;
      list.append(item);
    });
    close();
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(Boolean(suggestions.length)));
    live.textContent = suggestions.length ? suggestions.length + " " + words.count : "";
  }

  function move(step) {
    const items = list.children;
    if (list.hidden || !items.length) {
      return;
    }
    if (items[active]) {
      items[active].removeAttribute("aria-selected");
    }
    active = (active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length;
    items[active].setAttribute("aria-selected", "true");
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  }

  function ask() {
    const typed = input.value.trim();
    asked = typed;
    if (typed.length < 2) {
      show([]);
      return;
    }
    fetch(address + "?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } })
      .then(function (response) {
        return response.ok ? response.json() : { suggestions: [] };
      })
      .then(function (answer) {
        if (typed === asked && document.activeElement === input) {
          show(answer.suggestions);
        }
      })
      .catch(close);
  }

  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  input.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      window.location.assign(list.children[active].dataset.url);
    }
  });
  input.addEventListener("blur", function () {
    asked = "";
    setTimeout(close, 150);
  });
  list.addEventListener("mousedown", function (event) {
    const item = event.target.closest("li");
    if (item) {
      event.preventDefault();
      window.location.assign(item.dataset.url);
    }
  });
})();
