// <textarea data-as-file="id of a file field">: text that is too long for a form's field goes along as a file instead.
// <input type=file data-most-bytes="…" data-too-large="…">: says before it is sent that a file is too large.
const LONGEST = 800_000;

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-most-bytes]")) return;
  const isTooLarge = [...target.files].some((file) => file.size > Number(target.dataset.mostBytes));
  target.setCustomValidity(isTooLarge ? target.dataset.tooLarge : "");
  target.reportValidity();
});

document.addEventListener("submit", ({ target }) => {
  for (const area of target.querySelectorAll("[data-as-file]")) {
    const field = document.getElementById(area.dataset.asFile);
    if (area.value.length <= LONGEST || field.files.length) continue;
    const files = new DataTransfer();
    files.items.add(new File([area.value], "pasted.json", { type: "application/json" }));
    field.files = files.files;
    area.value = "";
  }
});
