// While somebody writes, the half hour of the page begins anew. Where this does not run, the page asks for number and
// code again and gives the words back.
(() => {
  const form = document.querySelector("[data-pakn-renew]");
  if (!form) return;
  const EVERY = 5 * 60 * 1000;
  let renewedAt = Date.now();

  const renew = async () => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "grant"]) body.set(name, form.elements[name].value);
    body.set("action", "renew");
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { grant } = await answer.json();
    for (const field of document.querySelectorAll("input[name=grant]")) field.value = grant;
  };

  form.addEventListener("input", () => {
    if (Date.now() - renewedAt < EVERY) return;
    renewedAt = Date.now();
    renew().catch(() => {});
  });
})();
