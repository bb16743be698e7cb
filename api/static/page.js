/* What the pages can do where there is JavaScript. Asking, finding and reading all work without. */
(() => {
  "use strict";
  // Beside the page on a wide screen, above it on a narrow one: there it would push the page out of sight.
  if (matchMedia("(width < 48rem)").matches) {
    for (const each of document.querySelectorAll("details[data-narrow=closed]")) each.open = false;
  }

  const copy = document.querySelector("button.copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href);
      copy.parentElement.querySelector("[role=status]").textContent = copy.dataset.copied;
    });
  }

  for (const asked of document.querySelectorAll(".useful")) {
    asked.hidden = false;
    asked.setAttribute("role", "status");
    asked.addEventListener("click", (event) => {
      if (!event.target.value) return;
      const body = JSON.stringify({ answer_id: asked.dataset.answer, helpful: event.target.value === "yes" });
      fetch("/feedback", { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => {});
      asked.textContent = asked.dataset.thanks;
    });
  }
})();
