// -- the document that is open, and verdicts on answers
let shown = ""; // which words of which document are open

function openDocument(button) {
  const { document: id, start, end, whole } = button.dataset;
  for (const other of document.querySelectorAll("[aria-current=true]")) other.removeAttribute("aria-current");
  if (button.closest("#conversation")) button.setAttribute("aria-current", "true");
  const again = shown === [id, start, end, whole].join();
  shown = [id, start, end, whole].join();
  trigger("click", { document: id, start: Number(start), end: Number(end), whole: whole === "1" });
  if (again) showQuote(); // the pane stays as it is, so nothing else would bring the words into view
}

function rate(thumb) {
  const form = thumb.closest(".rating");
  for (const other of form.querySelectorAll("[data-rate]")) other.setAttribute("aria-pressed", String(other === thumb));
  form.querySelector(".comment").hidden = false;
  form.querySelector("textarea").focus();
}
async function keepVerdict(button) {
  const form = button.closest(".rating");
  const good = form.querySelector('[aria-pressed="true"]').dataset.rate === "up";
  const comment = form.querySelector("textarea").value;
  button.disabled = true;
  let told;
  try {
    const reply = await fetch("rate", {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ answer: form.dataset.answer, good, comment }),
    });
    told = await reply.json();
  } catch { told = { error: "This could not be sent." }; }
  button.disabled = false;
  if (!told.kept) { form.querySelector(".failed").textContent = told.error; return; }
  form.setAttribute("role", "status");
  form.textContent = told.kept;
  keepConversation();
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

