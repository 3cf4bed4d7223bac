// <div id="in-…-remarks" data-remarks="error">: what is said under a field. A pause in typing redraws it and leaves
// the field alone, so the field's own marks follow here: for the eye and for screen readers.
function follow(remarks) {
  const severity = remarks.dataset.remarks;
  for (const field of document.querySelectorAll(`[aria-describedby~="${CSS.escape(remarks.id)}"]`)) {
    if (severity === "error") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    const around = field.closest(".field");
    if (around && severity) around.dataset.severity = severity;
    else if (around) delete around.dataset.severity;
  }
}

document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.target.matches?.("[data-remarks]")) follow(event.target);
});
