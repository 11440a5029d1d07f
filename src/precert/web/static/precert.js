// What HTML and htmx do not do by themselves. Every page works without this file.
"use strict";

(() => {
  const answer = () => document.getElementById("answer");

  // An answer about other codes than those in the box must not look like the present one.
  document.addEventListener("input", (event) => {
    if (event.target.form && event.target.form.id === "ask" && answer()) {
      answer().classList.add("old");
      answer().setAttribute("aria-busy", "true");
    }
  });

  const settle = () => {
    if (answer()) {
      answer().classList.remove("old");
      answer().removeAttribute("aria-busy");
    }
    const codes = document.getElementById("codes");
    const message = document.getElementById("codes-message");
    if (codes && message) {
      codes.setAttribute("aria-invalid", message.textContent.trim() ? "true" : "false");
    }
  };
  document.addEventListener("htmx:afterSettle", settle);

  // Without a reply there is no answer: the one that stands there is taken away.
  const fail = () => {
    const shown = document.getElementById("no-reply");
    if (shown && answer()) {
      answer().replaceChildren(shown.content.cloneNode(true));
      settle();
    }
  };
  document.addEventListener("htmx:sendError", fail);
  document.addEventListener("htmx:responseError", fail);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-does]");
    if (!button) return;
    if (button.dataset.does === "print") window.print();
    if (button.dataset.does === "copy") {
      const text = document.getElementById(button.dataset.copies).textContent;
      navigator.clipboard.writeText(text).then(() => { button.textContent = "Copied"; });
    }
  });

  const show = () => document.querySelectorAll("button[data-does]").forEach((one) => { one.hidden = false; });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
