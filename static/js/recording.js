// <form data-recording>: of a recording only what the page judges is sent, which is little of a large file and none of
// its cookies, headers, answers and passwords. What this cannot read goes as it is, and the server says why it is no
// recording. A file that is dropped on the form is checked at once.
const JUDGED = /^https?:\/\/([^/?#]+\.)?facebook\.com[:/]|\/public\/analytics\//i;
const form = document.querySelector("form[data-recording]");
const field = form.querySelector("input[type=file]");
const says = form.querySelector("[data-recording-says]");
form.querySelector("[data-recording-note]").hidden = false;
let cut = null;

function judged({ startedDateTime, request, response, _error }) {
  const { method, url, postData } = request;
  return { startedDateTime, _error, request: { method, url, postData }, response: { status: response?.status, _error: response?._error } };
}

async function cutDown(file) {
  try {
    const { log } = JSON.parse(await file.text());
    // The others only count: `{}` is as much as is told of them.
    const entries = log.entries.map((entry) => (JUDGED.test(entry?.request?.url) ? judged(entry) : {}));
    return new File([JSON.stringify({ log: { entries } })], file.name, { type: "application/json" });
  } catch {
    return file;
  }
}

function hold(file) {
  const files = new DataTransfer();
  files.items.add(file);
  field.files = files.files;
}

form.addEventListener("submit", async (event) => {
  const [file] = field.files;
  if (!file || file === cut) return;
  event.preventDefault();
  says.textContent = says.dataset.recordingSays.replace("{name}", file.name);
  const small = await cutDown(file);
  if (small.size > Number(field.dataset.mostSent)) {
    says.textContent = field.dataset.tooLarge;
    return;
  }
  hold(small);
  [cut] = field.files;
  form.requestSubmit();
});

for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.dataset.over = "";
  });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => delete form.dataset.over);
form.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return;
  event.preventDefault();
  hold(file);
  form.requestSubmit();
});
// The back button shows the page as it was left: the next press reads the file anew.
addEventListener("pageshow", () => { says.textContent = ""; });
