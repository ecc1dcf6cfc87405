// -- the library: what of it is looked at, what is removed
let browsed = { words: "", suffix: "", part: "", order: "name", first: 0 };
let looking = 0;

function look() {
  shown = "";
  here = null;
  trigger("clear", browsed);
}
function openLibrary() {
  document.body.classList.remove("menu");
  look();
  if (narrow.matches) pane().scrollIntoView();
}
pane().addEventListener("input", (event) => {
  const { name, value } = event.target;
  if (!event.target.matches(".look")) return;
  browsed = { ...browsed, [name]: value, first: 0 };
  clearTimeout(looking);
  looking = setTimeout(look, name === "words" ? 250 : 0);
});
function turnPage(button) {
  browsed = { ...browsed, first: Number(button.dataset.pageFrom) };
  look();
  pane().scrollTop = 0;
}
/** Asked once: the second click removes. */
function removeDocument(button) {
  if (!button.classList.contains("sure")) {
    button.classList.add("sure");
    button.textContent = "Remove it?";
    button.onblur = () => { button.classList.remove("sure"); button.textContent = "Remove"; };
    return;
  }
  button.onblur = null;
  button.disabled = true;
  button.textContent = "Removing …";
  trigger("edit", { remove: button.dataset.remove, browsed });
}
const undo = (button) => trigger("edit", { undo: button.dataset.undo, browsed });
const dismiss = (button) => trigger("edit", { dismiss: button.dataset.dismiss, browsed });
const UNDO_SECONDS = 10;
let undoing = 0;
new MutationObserver(() => {
  const way = one("#status [data-undo]");
  if (!way || way.seen === way.dataset.undo) return;
  way.seen = way.dataset.undo;
  clearTimeout(undoing);
  undoing = setTimeout(() => one("#status [data-undo]")?.closest(".notes").remove(), UNDO_SECONDS * 1000);
}).observe(one("#status"), { childList: true, subtree: true, attributes: true });

// -- files that are added, some at a time, so that the others can still be left out
const FILES_AT_A_TIME = 10;
let adding = null; // how far it has come
let added = () => {};

async function upload(files) {
  if (!files.length) return;
  if (adding) { adding.files.push(...files); showAdding(); return; }
  adding = { files: [...files], done: 0, began: Date.now(), stopped: false };
  document.body.classList.add("uploading");
  while (adding.files.length && !adding.stopped) {
    const tokens = [], refused = [];
    for (const file of adding.files.splice(0, FILES_AT_A_TIME)) {
      showAdding();
      const told = await sent(file);
      if (told.token) tokens.push(told.token); else refused.push(told.error);
      adding.done += 1;
      if (adding.stopped) break;
    }
    const batch = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    const read = new Promise((resolve) => { added = () => one(`#status [data-batch="${batch}"], #status .error`) && resolve(); });
    trigger("upload", { tokens, refused, batch, browsed: shown ? null : browsed }); // what is open stays open
    showAdding();
    await read;
  }
  adding = null;
  document.body.classList.remove("uploading");
  one(".adding").replaceChildren();
}
/** The server's token for a file; where too many files wait there, it is tried again. */
async function sent(file) {
  for (let tries = 0; ; tries += 1) {
    try {
      const reply = await fetch("upload?name=" + encodeURIComponent(file.name), { method: "POST", body: file });
      if (reply.status === 503 && tries < 60) { await new Promise((done) => setTimeout(done, 1000)); continue; }
      return await reply.json();
    } catch { return { error: file.name + " could not be sent." }; }
  }
}
function showAdding() {
  const shownAt = one(".adding");
  const all = adding.done + adding.files.length;
  const seconds = (Date.now() - adding.began) / 1000;
  const rate = adding.done / Math.max(seconds, 0.1);
  const left = adding.files.length / Math.max(rate, 0.01);
  const words = [`Adding ${adding.done} of ${Math.max(all, adding.done)}`];
  if (all > FILES_AT_A_TIME && adding.done >= FILES_AT_A_TIME) {
    words.push(`${rate.toFixed(rate < 3 ? 1 : 0)} files a second`, left < 90 ? `${Math.ceil(left)} s left` : `${Math.ceil(left / 60)} min left`);
  }
  shownAt.replaceChildren(part("span", words.join(" · "), "far"));
  if (adding.files.length) {
    const button = part("button", "Cancel", "plain");
    button.type = "button";
    button.addEventListener("click", () => { adding.stopped = true; });
    shownAt.append(button);
  }
}
new MutationObserver(() => added()).observe(one("#status"), { childList: true, subtree: true, characterData: true, attributes: true });

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
