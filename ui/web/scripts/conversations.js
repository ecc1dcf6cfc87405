// -- conversations: kept in this browser, for each library by itself
const SHELF = `footnoted:${one(".side").dataset.of}:`;
const MOST_CONVERSATIONS = 100;
const MOST_CHARACTERS = 4_000_000; // browsers give a site about five million
const LONGEST_TITLE = 80;
let open = ""; // the id of the conversation that is open; empty until its first answer

function keptList() {
  try {
    const list = JSON.parse(localStorage.getItem(SHELF + "list") || "[]");
    return Array.isArray(list) ? list.filter((item) => typeof item?.id === "string") : [];
  } catch { return []; }
}
function writeList(list) {
  while (list.length > MOST_CONVERSATIONS) localStorage.removeItem(SHELF + list.pop().id);
  keep(SHELF + "list", JSON.stringify(list));
}
/** Keeps a text; where there is no room, the oldest conversations make it. */
function keep(key, text) {
  for (;;) {
    const oldest = keptList().filter((item) => item.id !== open).at(-1);
    try {
      const used = Object.keys(localStorage).reduce((sum, name) => sum + name.length + localStorage.getItem(name).length, 0);
      if (used + text.length > MOST_CHARACTERS && oldest) throw new DOMException("full");
      localStorage.setItem(key, text);
      return true;
    } catch {
      if (!oldest) return false;
      localStorage.removeItem(SHELF + oldest.id);
      localStorage.setItem(SHELF + "list", JSON.stringify(keptList().filter((item) => item.id !== oldest.id)));
    }
  }
}

function keepConversation() {
  const turns = turnsOf().filter((turn) => turn.dataset.state === "done");
  if (!turns.length) return;
  const known = keptList().find((item) => item.id === open);
  if (!open) {
    open = crypto.getRandomValues(new Uint32Array(2)).reduce((id, part) => id + part.toString(36), "");
    history.replaceState(null, "", "#c=" + open);
  }
  const title = known?.named ? known.title : turns[0].dataset.question.slice(0, LONGEST_TITLE);
  const item = { ...known, id: open, title, at: Date.now() };
  if (!keep(SHELF + open, JSON.stringify({ scope, turns: turns.map((turn) => turn.outerHTML) }))) return;
  writeList([item, ...keptList().filter((other) => other.id !== open)]);
  showList();
}

// What is kept came from this server, but whatever else was served from this address could have written here.
const TAGS = new Set("ARTICLE B BUTTON DIV EM FOOTER H2 H3 H4 LI OL P Q SECTION SMALL SPAN STRONG SUP SVG PATH TABLE TBODY TD TEXTAREA TFOOT TH THEAD TIME TR UL".split(" "));
const ATTRIBUTES = /^(?:class|dir|title|type|role|hidden|rows|maxlength|placeholder|viewbox|d|scope|colspan|(?:data|aria)-[\w-]+)$/;
function cleaned(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of [...body.querySelectorAll("*")]) {
    if (!TAGS.has(node.tagName.toUpperCase())) { node.remove(); continue; }
    for (const { name } of [...node.attributes]) if (!ATTRIBUTES.test(name.toLowerCase())) node.removeAttribute(name);
  }
  return [...body.childNodes];
}

function openConversation(id) {
  if (asking) stop();
  open = "";
  cancelChange();
  one("#current .turn")?.remove();
  one("#turns").replaceChildren();
  scope = { only: [], since: "", until: "" };
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(SHELF + id)); } catch { /* as if it were not there */ }
  if (id && Array.isArray(kept?.turns)) {
    open = id;
    one("#turns").append(...kept.turns.flatMap((html) => cleaned(String(html))));
    const only = Array.isArray(kept.scope?.only) ? kept.scope.only.map(String) : [];
    scope = { only, since: String(kept.scope?.since || ""), until: String(kept.scope?.until || "") };
  } else if (location.hash) history.replaceState(null, "", location.pathname);
  document.body.classList.remove("menu");
  showScope();
  if (isScoped() || one("#meant p")) trigger("apply", scope);
  showList();
  followed = true;
  follow();
}
const addressed = () => /^#c=(\w+)$/.exec(location.hash)?.[1] || "";
addEventListener("hashchange", () => { if (addressed() !== open) openConversation(addressed()); });
addEventListener("storage", (event) => { if (event.key?.startsWith(SHELF)) showList(); });

function newConversation() {
  if (location.hash) history.pushState(null, "", location.pathname);
  openConversation("");
  box().focus();
}
addEventListener("popstate", () => { if (addressed() !== open) openConversation(addressed()); });

function age(at) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  return at >= midnight ? "Today" : at >= midnight - 6 * 86_400_000 ? "This week" : "Earlier";
}
function showList() {
  const shown = one(".conversations");
  const words = one(".find").value.trim().toLowerCase();
  const list = keptList().filter((item) => !words || holds(item, words));
  shown.replaceChildren();
  let last = "";
  for (const item of list) {
    if (age(item.at) !== last) shown.append(part("h3", last = age(item.at), "age"), document.createElement("ul"));
    const entry = part("li", "", "kept-one");
    const link = part("a", String(item.title), "to");
    link.href = "#c=" + item.id;
    link.dir = "auto";
    link.title = String(item.title);
    if (item.id === open) link.setAttribute("aria-current", "page");
    entry.append(link, tool("Rename", item), tool("Delete", item));
    shown.lastElementChild.append(entry);
  }
  if (!list.length) shown.append(part("p", words ? "No conversation holds these words." : "None yet.", "none"));
  one(".side").classList.toggle("few", keptList().length < 6);
}
function holds(item, words) {
  return String(item.title).toLowerCase().includes(words) || (localStorage.getItem(SHELF + item.id) || "").toLowerCase().includes(words);
}
function tool(name, item) {
  const button = part("button", name === "Rename" ? "✎" : "×", name.toLowerCase());
  button.type = "button";
  button.title = name;
  button.setAttribute("aria-label", `${name} “${item.title}”`);
  button.addEventListener("click", () => (name === "Rename" ? rename(button, item) : remove(button, item)));
  return button;
}
function rename(button, item) {
  const field = document.createElement("input");
  field.value = item.title;
  field.maxLength = LONGEST_TITLE;
  field.setAttribute("aria-label", "Name of the conversation");
  const done = (keeps) => {
    const title = field.value.trim();
    if (keeps && title) writeList(keptList().map((other) => (other.id === item.id ? { ...other, title, named: true } : other)));
    showList();
  };
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === "Escape") { field.onblur = null; done(event.key === "Enter"); } });
  field.onblur = () => done(true);
  button.parentElement.replaceChildren(field);
  field.select();
}
function remove(button, item) {
  if (!button.classList.contains("sure")) { // asked once
    button.classList.add("sure");
    button.textContent = "Delete?";
    button.onblur = showList;
    button.focus();
    return;
  }
  button.onblur = null;
  localStorage.removeItem(SHELF + item.id);
  writeList(keptList().filter((other) => other.id !== item.id));
  if (item.id === open) newConversation();
  showList();
}
one(".find").addEventListener("input", showList);
openConversation(addressed());
