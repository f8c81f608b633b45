// Computes the proof of work while the form is being filled in. Without it the plain question stays.
(() => {
  const box = document.querySelector("[data-pakn-proof]");
  if (!box || !window.Worker) return;
  const form = box.closest("form");
  const field = box.querySelector("input[name=altcha]");
  const state = box.querySelector("[role=status]");
  const plain = box.querySelector(".pakn-captcha__plain");
  const GOOD_FOR = 15 * 60 * 1000;
  let solvedAt = 0;
  let running = null;

  const tell = (text) => {
    state.textContent = text;
    state.hidden = !text;
  };

  const compute = (task) =>
    new Promise((resolve, reject) => {
      const thread = new Worker(box.dataset.worker);
      thread.onmessage = (event) => {
        thread.terminate();
        if (event.data === null) reject(new Error("no number fits"));
        else resolve(event.data);
      };
      thread.onerror = (event) => {
        thread.terminate();
        reject(new Error(event.message));
      };
      thread.postMessage(task);
    });

  const solve = async () => {
    tell(box.dataset.working);
    const answer = await fetch(box.dataset.paknProof, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const task = await answer.json();
    const number = await compute({ challenge: task.challenge, salt: task.salt, most: task.maxnumber ?? task.max_number ?? 1000000 });
    const { algorithm, challenge, salt, signature } = task;
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took: 0 }));
    solvedAt = Date.now();
    tell(box.dataset.done);
  };

  const start = () => {
    if (Date.now() - solvedAt < GOOD_FOR) return Promise.resolve();
    running ??= solve().finally(() => {
      running = null;
    });
    return running;
  };

  const giveUp = () => {
    field.value = "";
    plain.hidden = false;
    tell(box.dataset.failed);
  };

  // The line stands there from the start: were it to appear on the first touch, the button would move from under the finger.
  plain.hidden = true;
  tell(box.dataset.waiting);
  form.addEventListener("focusin", () => start().catch(giveUp), { once: true });
  form.addEventListener(
    "submit",
    (event) => {
      const isDraft = event.submitter && event.submitter.value === "attach";
      if (isDraft || !plain.hidden || Date.now() - solvedAt < GOOD_FOR) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      start().then(() => form.requestSubmit(event.submitter), () => {
        giveUp();
        plain.querySelector("input").focus();
      });
    },
    true,
  );
})();
