// Keeps what somebody writes: some seconds after a change the form is posted to its own address with its button
// "Keep as draft", and every half minute the server hears that it is open. Without this the button does it.
(() => {
  const AFTER = 3000;
  const LATEST = 15000;
  const SEEN_EVERY = 30000;
  const AGAIN_AFTER = 10000;

  const tabWord = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const words = (form) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const ASIDE = new Set(["csrfmiddlewaretoken", "kept", "kept_revision", "writer"]);
  const asText = (data) => JSON.stringify([...data].filter(([name]) => !ASIDE.has(name)));

  for (const button of document.querySelectorAll("button[data-pakn-keep]")) {
    const form = button.form;
    const shown = form.querySelector("[data-pakn-kept]");
    const told = form.querySelector("[data-pakn-kept-told]");
    const others = form.querySelector("[data-pakn-others]");
    const tab = tabWord();
    button.hidden = true; // it is kept by itself, and two buttons that save would stand side by side
    let last = asText(words(form));
    let timer = 0;
    let changedAt = 0;
    let isBusy = false;
    let isSending = false;
    let isWanted = false;
    let wasWrong = "";
    let isKept = Number(form.elements.kept_revision.value) > 0;
    const asking = new AbortController();

    const say = (sentence, isWrong) => {
      shown.textContent = sentence;
      shown.classList.toggle("pakn-kept--wrong", isWrong);
      // Only what needs somebody is read out: not each of a hundred times that all is well.
      const spoken = isWrong ? sentence : wasWrong ? sentence : "";
      if (spoken && spoken !== told.textContent) told.textContent = spoken;
      wasWrong = isWrong ? sentence : "";
    };

    const post = async (kind, isSecond = false) => {
      const data = kind === "seen" ? new FormData() : words(form);
      if (kind === "seen") for (const name of ["csrfmiddlewaretoken", "writer", "kept", "kept_revision"]) data.set(name, form.elements[name].value);
      data.set("keep_draft", kind);
      data.set("kept_tab", tab);
      const response = await fetch(form.getAttribute("action") || window.location.href, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        redirect: "error",
        signal: asking.signal,
        headers: { "X-Pakn-Keep": "1", Accept: "application/json" },
      });
      const answer = await response.json();
      // A sign-in in another window changes the token; what was lost is taken up where it stopped.
      if (answer.token && !isSecond) {
        for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = answer.token;
        if (response.status === 403) return post(kind, true);
      }
      return { response, answer };
    };

    const run = async (kind) => {
      if (isBusy) isWanted = isWanted || kind !== "seen"; // what is newer goes behind what is under way
      if (isBusy || isSending) return;
      isBusy = true;
      isWanted = false;
      const text = asText(words(form));
      try {
        const { response, answer } = await post(kind);
        if (response.ok) {
          form.elements.kept.value = answer.kept;
          form.elements.kept_revision.value = answer.revision;
          if (kind !== "seen") {
            last = text;
            isKept = true;
            say(answer.sentence, answer.apart);
          }
          if (others) {
            others.hidden = !answer.others;
            const names = others.querySelector("span");
            if (names.textContent !== answer.others) names.textContent = answer.others;
          }
        } else {
          say(answer.sentence, true);
          later(AGAIN_AFTER);
        }
      } catch {
        if (isSending) return;
        say(button.dataset.paknUnreached, true);
        later(AGAIN_AFTER);
      } finally {
        isBusy = false;
        if (isWanted) later(0);
      }
    };

    const save = () => {
      timer = 0;
      changedAt = 0;
      if (asText(words(form)) !== last) run("1");
    };

    const later = (wait) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
    };

    const changed = () => {
      changedAt = changedAt || Date.now();
      later(Math.min(AFTER, Math.max(0, changedAt + LATEST - Date.now())));
    };

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    // Shown again with what has not been saved: the words are here and nowhere else.
    if (form.dataset.wUnsavedForceValue === "true") {
      last = "";
      later(AFTER);
    }

    button.addEventListener("click", (event) => {
      event.preventDefault();
      window.clearTimeout(timer);
      run("1");
    });

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      // What is under way must not arrive behind the form itself.
      isSending = true;
      window.clearTimeout(timer);
      asking.abort();
      // Whoever comes back from a form that was refused finds the draft with all of it, bases and files too: the
      // browser alone would put the words back into a form that lacks them.
      if (isKept && !form.getAttribute("action")) {
        const here = new URL(window.location.href);
        here.searchParams.set("kept", form.elements.kept.value);
        window.history.replaceState(window.history.state, "", here);
      }
    });

    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save();
      else run("seen");
    });
    window.setInterval(() => {
      if (document.visibilityState === "visible") run("seen");
    }, SEEN_EVERY);
    run("seen");
  }
})();
