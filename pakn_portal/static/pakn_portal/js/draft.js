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
  // Two places: what is written while an older draft is still offered must not take its place.
  const placesOf = (path) => [keyOf(path), `${keyOf(path)} 2`];

  // The receipt ends the draft that was sent, and once: neither the older one that was only offered beside it, nor what
  // is written anew while the receipt stands open.
  const goingOf = (path) => `pakn-draft-going ${path}`;
  const sent = document.querySelector("[data-pakn-draft-sent]");
  if (sent && stores().length) {
    const going = goingOf(sent.dataset.paknDraftSent);
    const place = window.sessionStorage.getItem(going);
    if (placesOf(sent.dataset.paknDraftSent).includes(place)) forget(place);
    window.sessionStorage.removeItem(going);
  }

  const form = document.querySelector("form[data-pakn-draft]");
  const [lasting, passing] = stores();
  if (!form || !lasting) return;
  const places = placesOf(form.dataset.paknDraft);
  const matter = new Set(form.dataset.paknDraftMatter.split(" "));
  const offer = form.querySelector("[data-pakn-draft-offer]");
  const choice = form.querySelector("[data-pakn-draft-choice]");
  const own = form.querySelector("[data-pakn-draft-own]");
  const saved = form.querySelector("[data-pakn-draft-saved]");
  let timer = 0;
  let writtenAt = places[0];
  let offered;
  let isTouched = false;

  const at = (instant) => new Intl.DateTimeFormat(document.documentElement.lang || "vi", { dateStyle: "short", timeStyle: "short" }).format(instant);

  const mayKeep = ([name]) => !NEVER.has(name) && (own.checked || matter.has(name));
  const words = () => [...new FormData(form)].filter(([, value]) => typeof value === "string" && value);

  const put = (place, draft) => {
    const kept = draft.words.filter(mayKeep);
    if (kept.length) (own.checked ? lasting : passing).setItem(place, JSON.stringify({ at: draft.at, words: kept }));
    (own.checked ? passing : lasting).removeItem(place);
  };

  const save = () => {
    // What the address or the server filled in is nobody's draft.
    if (!isTouched || !words().some(mayKeep)) return;
    const now = Date.now();
    try {
      put(writtenAt, { at: now, words: words() });
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

  const kept = () =>
    places
      .map((place) => ({ place, ...(read(lasting, place) || read(passing, place)) }))
      .filter((draft) => draft.words)
      .sort((one, other) => other.at - one.at);

  // The newest of those kept; meanwhile what is written goes to the other place.
  const show = (draft) => {
    offered = draft;
    offer.hidden = !draft;
    if (!draft) return;
    if (!isTouched) writtenAt = places.find((place) => place !== draft.place);
    const found = offer.querySelector("[data-pakn-draft-found]");
    found.textContent = found.dataset.paknDraftFound.replace("{at}", at(draft.at));
  };

  choice.hidden = false;
  own.checked = places.some((place) => read(lasting, place));
  // A form that comes back from the server has the words already.
  const isEmpty = ![...matter].some((name) => {
    const field = form.elements[name];
    return field && !(field instanceof RadioNodeList) && field.value;
  });
  if (isEmpty) show(kept()[0]);
  else if (kept().length) writtenAt = kept()[0].place;
  offer.querySelector("[data-pakn-draft-use]").addEventListener("click", () => {
    save();
    const draft = offered;
    writtenAt = draft.place;
    show();
    fill(draft);
    const first = form.elements.title || form.querySelector("input:not([type=hidden])");
    first.focus();
  });
  offer.querySelector("[data-pakn-draft-drop]").addEventListener("click", () => {
    forget(offered.place);
    show(kept().find((draft) => !isTouched || draft.place !== writtenAt));
    own.checked = places.some((place) => read(lasting, place));
    own.focus();
  });

  form.addEventListener("input", (event) => {
    if (event.target === own) return;
    isTouched = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, AFTER);
  });
  own.addEventListener("change", () => {
    isTouched = isTouched || !isEmpty;
    try {
      for (const draft of kept()) put(draft.place, draft);
    } catch {
      saved.textContent = ""; // no room left
    }
    save();
  });
  form.addEventListener("submit", () => {
    save();
    try {
      passing.setItem(goingOf(form.dataset.paknDraft), writtenAt);
    } catch {
      // no room left: the draft stays, and is offered once more
    }
  });
  window.addEventListener("pagehide", save);
})();
