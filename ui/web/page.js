// Runs once, in the document pane: `element` is the pane. Clicks anywhere on the page are heard, so that the HTML of
// answers and documents needs no script of its own.
const narrow = window.matchMedia("(max-width: 860px)");
const conversation = () => document.getElementById("conversation");
const pane = () => document.getElementById("pane");
const MOST_FILES = 20;
let shown = ""; // which words of which document are open
let followed = true; // whether the conversation scrolls by itself: not while a person reads further up

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-document], button[data-library], button[data-back], button[data-question], button[data-edit], button[data-rate], button[data-keep]");
  if (!button) return;
  if (button.dataset.rate) { rate(button); return; }
  if (button.dataset.keep) { keep(button); return; }
  const { document: id, start, end, whole, question, edit } = button.dataset;
  if (edit) {
    const box = document.querySelector("#question textarea");
    box.value = edit;
    box.dispatchEvent(new Event("input", { bubbles: true })); // Gradio keeps a copy of what is typed
    box.focus();
  } else if (button.dataset.back) conversation().scrollIntoView({ block: "end" });
  else if (button.dataset.library) { shown = ""; trigger("clear", {}); }
  else if (question) trigger("submit", { question });
  else {
    for (const other of document.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    if (button.closest("#conversation")) button.setAttribute("aria-current", "true");
    const again = shown === [id, start, end, whole].join();
    shown = [id, start, end, whole].join();
    trigger("click", { document: id, start: Number(start), end: Number(end), whole: whole === "1" });
    if (again) showQuote(); // the pane stays as it is, so nothing else would bring the words into view
  }
});

function rate(thumb) {
  const box = thumb.closest(".rating");
  for (const other of box.querySelectorAll("[data-rate]")) other.setAttribute("aria-pressed", String(other === thumb));
  box.querySelector(".comment").hidden = false;
  box.querySelector("textarea").focus();
}
async function keep(button) {
  const box = button.closest(".rating");
  const good = box.querySelector('[aria-pressed="true"]').dataset.rate === "up";
  const comment = box.querySelector("textarea").value;
  button.disabled = true;
  let told;
  try {
    const reply = await fetch("rate", {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ answer: box.dataset.answer, good, comment }),
    });
    told = await reply.json();
  } catch { told = { error: "This could not be sent." }; }
  button.disabled = false;
  if (!told.kept) { box.querySelector(".failed").textContent = told.error; return; }
  box.setAttribute("role", "status");
  box.textContent = told.kept;
}

conversation().setAttribute("role", "log");
conversation().setAttribute("aria-label", "Conversation");
pane().setAttribute("role", "region");
pane().setAttribute("aria-label", "Document");
pane().tabIndex = 0; // so that the arrow keys scroll it

function showQuote() {
  const mark = element.querySelector("mark");
  if (narrow.matches && element.querySelector(".tools")) pane().scrollIntoView({ block: "start" });
  if (!mark) { pane().scrollTop = 0; return; }
  // Twice: parts above that were never laid out get their true height only when they come near.
  mark.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => mark.scrollIntoView({ block: "center" }));
}
watch("value", showQuote);

function follow() {
  const box = conversation();
  const turn = [...box.querySelectorAll(".turn")].at(-1);
  if (!followed || !turn) return;
  if (turn.offsetHeight < box.clientHeight) box.scrollTop = box.scrollHeight;
  else box.scrollTop += turn.getBoundingClientRect().top - box.getBoundingClientRect().top;
}
new MutationObserver(follow).observe(conversation(), { childList: true, subtree: true, characterData: true });
for (const kind of ["wheel", "touchmove"]) {
  conversation().addEventListener(kind, () => {
    const box = conversation();
    followed = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  }, { passive: true });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest("#question")) return;
  followed = true;
  if (narrow.matches) document.getElementById("chat").scrollIntoView();
});

async function upload(files) {
  const tokens = [], refused = [];
  if (files.length > MOST_FILES) {
    trigger("upload", { refused: [`Only ${MOST_FILES} files at once are added here. Use \`footnoted ingest\` for more.`] });
    return;
  }
  if (!files.length) return;
  document.body.classList.add("uploading");
  for (const file of files) {
    try {
      const reply = await fetch("upload?name=" + encodeURIComponent(file.name), { method: "POST", body: file });
      const told = await reply.json();
      if (reply.ok) tokens.push(told.token); else refused.push(told.error);
    } catch { refused.push(file.name + " could not be sent."); }
  }
  document.body.classList.remove("uploading");
  trigger("upload", { tokens, refused });
}
document.addEventListener("change", (event) => {
  if (event.target.id !== "files") return;
  const files = [...event.target.files];
  event.target.value = "";
  upload(files);
});
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!carriesFiles(event)) return;
  event.preventDefault();
  upload([...event.dataTransfer.files]);
});
