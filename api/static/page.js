/* What a paper's page can do where there is JavaScript: copy its own address. Everything else works without. */
(() => {
  "use strict";
  const button = document.querySelector("button.copy");
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
})();
