// -- files that are added
const MOST_FILES = 20;
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
