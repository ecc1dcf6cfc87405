// -- the document that is open, and verdicts on answers
let shown = ""; // which words of which document are open

/** Opens the document of a marker or a source, with all quotes of the same answer in it marked. */
function openDocument(button, event) {
  hush();
  const { document: id, start, end, whole } = button.dataset;
  const turn = button.closest(".turn");
  for (const other of document.querySelectorAll("[aria-current=true]")) other.removeAttribute("aria-current");
  if (turn) {
    button.setAttribute("aria-current", "true");
    opener = button;
    goesThere = event?.detail === 0; // from the keyboard
    const markers = [...turn.querySelectorAll(".marker")].filter((marker) => marker.dataset.document === id);
    places = [...new Set(markers.map((marker) => `${marker.dataset.start},${marker.dataset.end}`))]
      .map((place) => place.split(",").map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  } else if (!button.classList.contains("more")) places = [];
  show(id, Number(start), Number(end), whole === "1");
}
function show(id, start, end, whole) {
  const again = shown === [id, start, end, whole].join();
  shown = [id, start, end, whole].join();
  here = { id, start, end };
  trigger("click", { document: id, start, end, whole, quotes: places });
  if (again) showQuote(); // the pane stays as it is, so nothing else would bring the words into view
}
let opener = null; // what was clicked in the conversation
let goesThere = false; // whether the keyboard goes to the document
let places = []; // the quotes of the answer in the document that is open
let here = null;

function step(by) {
  if (!here || places.length < 2) return;
  const at = places.findIndex(([start, end]) => start === here.start && end === here.end);
  const [start, end] = places[(at + by + places.length) % places.length];
  show(here.id, start, end, false);
}
pane().addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowRight") step(1);
  else if (event.key === "ArrowLeft") step(-1);
  else if (event.key === "Escape" && opener?.isConnected) opener.focus();
  else return;
  event.preventDefault();
});

// -- what stands behind a marker, while it is pointed at
const card = part("div", "", "card");
card.setAttribute("role", "tooltip");
card.id = "card";
card.hidden = true;
one("#panes").append(card);
function tell(marker) {
  const { quote, name, path, under } = marker.dataset;
  if (!quote) return;
  card.replaceChildren(part("p", name, "card-name"), part("p", path, "card-path"));
  if (under) card.append(part("p", under, "card-under"));
  card.append(part("q", quote, "card-quote"));
  card.hidden = false;
  marker.setAttribute("aria-describedby", "card");
  const at = marker.getBoundingClientRect();
  const size = card.getBoundingClientRect();
  card.style.left = Math.max(8, Math.min(at.left - 20, innerWidth - size.width - 8)) + "px";
  card.style.top = (at.bottom + size.height + 10 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)) + "px";
}
function hush() {
  card.hidden = true;
  one("[aria-describedby=card]")?.removeAttribute("aria-describedby");
}
for (const [begins, ends] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(begins, (event) => {
    const marker = event.target.closest?.("#conversation .marker");
    if (marker && !(narrow.matches && begins === "mouseover")) tell(marker);
  });
  document.addEventListener(ends, (event) => { if (event.target.closest?.(".marker")) hush(); });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hush(); });
conversation().addEventListener("scroll", hush, { passive: true });

// -- the page itself, where it can be drawn
let asText = false; // whether a person wants the text and not the page
async function draw() {
  const figure = element.querySelector(".picture");
  if (!figure) return;
  const view = part("span", "", "views");
  view.setAttribute("role", "group");
  view.setAttribute("aria-label", "Show");
  for (const [words, wanted] of [["Page", false], ["Text", true]]) {
    const button = part("button", words, "view");
    button.type = "button";
    button.setAttribute("aria-pressed", String(asText === wanted));
    button.addEventListener("click", () => { asText = wanted; draw(); if (asText) showQuote(); });
    view.append(button);
  }
  element.querySelector(".views")?.remove();
  element.querySelector(".tools")?.prepend(view);
  const { of, page, boxes } = figure.dataset;
  const wanted = [of, page, boxes].join();
  const isDrawn = figure.drawn === wanted && one(".sheet", figure);
  element.querySelector(".document").classList.toggle("as-page", !asText && Boolean(isDrawn)); // the text until then
  if (asText || isDrawn) return;
  figure.drawn = wanted;
  figure.querySelector(".sheet")?.remove();
  try {
    const reply = await fetch(`picture?of=${of}&page=${page}`);
    if (!reply.ok) throw new Error((await reply.json()).error);
    const wide = Number(reply.headers.get("x-points-wide"));
    const data = await reply.blob().then((blob) => new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    }));
    if (!figure.isConnected || figure.drawn !== wanted) return;
    const image = new Image();
    image.alt = `Page ${page} with the quote framed`;
    image.src = data;
    await image.decode();
    const sheet = part("div", "", "sheet");
    sheet.append(image);
    const high = wide * image.naturalHeight / image.naturalWidth;
    for (const box of boxes.split(";")) {
      const [left, top, right, bottom] = box.split(",").map(Number);
      const frame = part("span", "", "frame");
      Object.assign(frame.style, {
        left: `${100 * left / wide}%`, top: `${100 * top / high}%`,
        width: `${100 * (right - left) / wide}%`, height: `${100 * (bottom - top) / high}%`,
      });
      sheet.append(frame);
    }
    figure.append(sheet);
    element.querySelector(".document").classList.add("as-page");
    one(".frame", sheet)?.scrollIntoView({ block: "center" });
  } catch (error) {
    if (figure.drawn !== wanted) return;
    const views = element.querySelector(".views"); // the text is what there is
    views?.replaceChildren(part("span", error.message || "The page cannot be drawn.", "no-page"));
  }
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
  const mark = element.querySelector("mark.here") || element.querySelector("mark");
  // A document was asked for; the library is there from the start, below the questions.
  if (narrow.matches && element.querySelector(".top .path")) pane().scrollIntoView({ block: "start" });
  if (!mark) { pane().scrollTop = 0; return; }
  // Twice: parts above that were never laid out get their true height only when they come near.
  const block = narrow.matches ? "nearest" : "center"; // there the whole page scrolls
  mark.scrollIntoView({ block });
  requestAnimationFrame(() => mark.scrollIntoView({ block }));
}
watch("value", () => {
  showQuote();
  draw();
  showScope(); // which documents are picked
  if (goesThere) pane().focus({ preventScroll: true });
  goesThere = false;
});


// -- what is taken away
async function takeAway(button) {
  const turn = button.closest(".turn");
  const kind = button.dataset.take;
  if (kind === "copy") {
    try {
      await navigator.clipboard.writeText(turn.dataset.copy);
      tellDone(button, "Copied");
    } catch { tellDone(button, "Not allowed"); }
    return;
  }
  const [ending, type] = kind === "markdown" ? [".md", "text/markdown"] : [".json", "application/json"];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([turn.dataset[kind]], { type }));
  link.download = (turn.dataset.question.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "answer") + ending;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
function tellDone(button, words) {
  const before = button.dataset.name || button.textContent;
  button.dataset.name = before;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; delete button.dataset.name; }, 1500);
}
// What a person marks and copies: footnotes must not run into the figures before them.
document.addEventListener("copy", (event) => {
  const marked = getSelection();
  if (!marked.rangeCount || marked.isCollapsed || !conversation().contains(marked.getRangeAt(0).commonAncestorContainer)) return;
  const copied = document.createElement("div");
  copied.append(marked.getRangeAt(0).cloneContents());
  for (const marker of copied.querySelectorAll(".marker")) marker.replaceWith(` [${marker.textContent}]`);
  for (const tools of copied.querySelectorAll(".after, .rating")) tools.remove();
  copied.className = "copied";
  one("#conversation").append(copied); // innerText needs it laid out, to know its lines
  event.clipboardData.setData("text/plain", copied.innerText.trim());
  copied.remove();
  event.preventDefault();
});
