// A link from a mail carries its token behind the #, which no server and no log sees. It is sent as a POST and then forgotten.
// In a tab that shows this page already only the # changes, so nothing is loaded anew.
(() => {
  const form = document.querySelector("[data-pakn-link]");
  if (!form) return;

  const isWriting = () => [...document.querySelectorAll("textarea:not([readonly])")].some((field) => field.value.trim());

  const open = () => {
    const match = /^#lien-ket=([0-9a-f]{32})$/.exec(window.location.hash);
    if (!match) return;
    form.elements.token.value = match[1];
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    if (isWriting()) {
      // Words that are not sent yet would be gone: the person says when.
      form.hidden = false;
      form.querySelector("button").focus();
    } else {
      form.requestSubmit();
    }
  };

  open();
  window.addEventListener("hashchange", open);
})();
