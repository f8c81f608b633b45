// What a visitor writes stays on the device until it is sent: the matter alone, until the tab is closed; everything, for
// two weeks, once they say that the device is their own. Nothing leaves it.
(() => {
  const DAYS = 14;
  const AFTER = 1000;
  const NEVER = new Set(["csrfmiddlewaretoken", "shown_again", "form_key", "action", "altcha", "plain_answer", "website", "holds_no_secret", "secrecy_mark", "secrecy_checked", "remove_file"]);
  const keyOf = (path) => `pakn-draft ${path}`;

  const read = (store, key) => {
    try {
      const draft = JSON.parse(store.getItem(key));
      if (!draft || Date.now() - draft.at > DAYS * 24 * 60 * 60 * 1000) {
        store.removeItem(key);
        return null;
      }
      return draft;
    } catch {
      return null;
    }
  };
  const stores = () => {
    try {
      return [window.localStorage, window.sessionStorage];
    } catch {
      return []; // switched off in this browser
    }
  };
  const forget = (key) => stores().forEach((store) => store.removeItem(key));

  const sent = document.querySelector("[data-pakn-draft-sent]");
  if (sent) forget(keyOf(sent.dataset.paknDraftSent));

  const form = document.querySelector("form[data-pakn-draft]");
  const [lasting, passing] = stores();
  if (!form || !lasting) return;
  const key = keyOf(form.dataset.paknDraft);
  const matter = new Set(form.dataset.paknDraftMatter.split(" "));
  const offer = form.querySelector("[data-pakn-draft-offer]");
  const choice = form.querySelector("[data-pakn-draft-choice]");
  const own = form.querySelector("[data-pakn-draft-own]");
  const saved = form.querySelector("[data-pakn-draft-saved]");
  let timer = 0;

  const at = (instant) => new Intl.DateTimeFormat(document.documentElement.lang || "vi", { dateStyle: "short", timeStyle: "short" }).format(instant);

  const words = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !NEVER.has(name) && (own.checked || matter.has(name)));

  const save = () => {
    const kept = words();
    if (!kept.length) return;
    const now = Date.now();
    try {
      (own.checked ? lasting : passing).setItem(key, JSON.stringify({ at: now, words: kept }));
      (own.checked ? passing : lasting).removeItem(key);
      saved.textContent = saved.dataset.paknDraftSaved.replace("{at}", at(now));
    } catch {
      saved.textContent = ""; // no room left
    }
  };

  const fill = (draft) => {
    for (const [name, value] of draft.words) {
      const field = form.elements[name];
      if (!field || NEVER.has(name)) continue;
      if (field instanceof RadioNodeList) field.value = value;
      else if (field.type === "checkbox") field.checked = true;
      else field.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  choice.hidden = false;
  const draft = read(lasting, key) || read(passing, key);
  own.checked = Boolean(read(lasting, key));
  // A form that comes back from the server has the words already.
  const isEmpty = ![...matter].some((name) => {
    const field = form.elements[name];
    return field && !(field instanceof RadioNodeList) && field.value;
  });
  if (draft && isEmpty) {
    const found = offer.querySelector("[data-pakn-draft-found]");
    found.textContent = found.dataset.paknDraftFound.replace("{at}", at(draft.at));
    offer.hidden = false;
    offer.querySelector("[data-pakn-draft-use]").addEventListener("click", () => {
      fill(draft);
      offer.hidden = true;
      const first = form.elements.title || form.querySelector("input:not([type=hidden])");
      first.focus();
    });
    offer.querySelector("[data-pakn-draft-drop]").addEventListener("click", () => {
      forget(key);
      own.checked = false;
      offer.hidden = true;
      own.focus();
    });
  }

  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, AFTER);
  });
  own.addEventListener("change", () => {
    forget(key);
    save();
  });
  form.addEventListener("submit", save);
  window.addEventListener("pagehide", save);
})();
