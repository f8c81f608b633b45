// The message of a refused sign-in brings what a proof needs; it belongs into the form, where captcha.js finds it.
(() => {
  const box = document.querySelector("[data-pakn-proof]");
  const form = document.querySelector("input[type=password]")?.form;
  if (!box || !form) return;
  const foot = form.querySelector("footer");
  if (foot) foot.before(box);
  else form.append(box);
})();
