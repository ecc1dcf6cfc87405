// The scripts of this folder run as one, once, in the pane: `element` is the pane, `trigger` raises its events. What is
// done anywhere on the page is heard here, so that the HTML of answers and documents needs no script of its own.

// -- asking: the conversation that is open is the browser's, and the server knows nothing of it but what it is told
const narrow = window.matchMedia("(max-width: 860px)");
const one = (selector, within = document) => within.querySelector(selector);
const conversation = () => one("#conversation");
const pane = () => one("#pane");
const box = () => one("#question");
const turnsOf = () => [...document.querySelectorAll("#turns .turn, #current .turn")];
const MOST_TURNS = 6;
const LONGEST_ANSWER = 4000;
const SLOW_SECONDS = 10;
let scope = { only: [], since: "", until: "" };
let asking = false;
let changed = null; // the turn whose question is being edited
let followed = true; // whether the conversation scrolls by itself: not while a person reads further up
let slow = 0;
let stopped = false; // the answer under way; what still comes of it has no place any more

function ask(question) {
  question = question.trim();
  if (!question || asking) return;
  if (changed?.isConnected) removeFrom(changed);
  changed = null;
  settle();
  const turns = turnsOf().filter((turn) => turn.dataset.answer).slice(-MOST_TURNS).map((turn) => ({
    question: turn.dataset.question,
    answer: turn.dataset.answer.slice(0, LONGEST_ANSWER),
    query: turn.dataset.query || "",
  }));
  asking = true;
  stopped = false;
  followed = true;
  document.body.classList.add("asking");
  document.body.classList.remove("editing");
  if (narrow.matches) one("#chat").scrollIntoView();
  waitFor();
  trigger("submit", { question, turns, ...scope });
}

/** The last turn joins the earlier ones, so that the next has its place. */
function settle() {
  const last = one("#current .turn");
  if (!last) return;
  one("#turns").append(last.cloneNode(true));
  last.remove();
}

function removeFrom(turn) {
  const all = turnsOf();
  for (const later of all.slice(all.indexOf(turn))) later.remove();
}

function finished() {
  asking = false;
  clearTimeout(slow);
  document.body.classList.remove("asking", "slow", "unreachable");
  keepConversation();
}

function stop() {
  if (!asking) return;
  trigger("stop", {});
  const turn = one("#current .turn");
  if (turn) {
    for (const busy of turn.querySelectorAll('[aria-busy="true"]')) busy.setAttribute("aria-busy", "false");
    const draft = one(".draft", turn);
    if (draft) one(".progress", draft).textContent = "Stopped. This draft was not checked.";
    else for (const line of turn.querySelectorAll(".progress")) line.textContent = "Stopped.";
    turn.dataset.state = "done";
    turn.dataset.answer = one(".draft .claims", turn)?.textContent || "Stopped.";
    settle();
  }
  stopped = true;
  finished();
}

/** Says when an answer is slow in coming, and when nobody is there to give it. */
function waitFor() {
  clearTimeout(slow);
  document.body.classList.remove("slow", "unreachable");
  if (!asking) return;
  slow = setTimeout(async () => {
    const isThere = await fetch("page.css", { method: "HEAD" }).then((reply) => reply.ok, () => false);
    if (asking) document.body.classList.add(isThere ? "slow" : "unreachable");
  }, SLOW_SECONDS * 1000);
}

new MutationObserver(() => {
  if (stopped) one("#current .turn")?.remove();
  if (!asking) return;
  waitFor();
  const turn = one("#current .turn");
  if (turn?.dataset.state === "done") finished();
  follow();
}).observe(one("#current"), { childList: true, subtree: true, characterData: true, attributes: true });

function follow() {
  const frame = conversation();
  const turn = turnsOf().at(-1);
  if (!followed || !turn) return;
  if (turn.offsetHeight < frame.clientHeight) frame.scrollTop = frame.scrollHeight;
  else frame.scrollTop += turn.getBoundingClientRect().top - frame.getBoundingClientRect().top;
}
for (const kind of ["wheel", "touchmove"]) {
  conversation().addEventListener(kind, () => {
    const frame = conversation();
    followed = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 80;
  }, { passive: true });
}

function send() {
  if (asking || !box().value.trim()) return;
  const question = box().value;
  write("");
  ask(question);
}
function write(words) {
  box().value = words;
  fit();
}
function fit() {
  box().style.height = "auto";
  box().style.height = Math.min(box().scrollHeight, 180) + "px";
}
box().addEventListener("input", fit);
box().addEventListener("keydown", (event) => {
  if (event.key === "Escape" && changed) cancelChange();
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});

/** A question is put back into the box; asking it again takes the place of its answer and of what came after. */
function change(turn) {
  changed = turn;
  document.body.classList.add("editing");
  write(turn.dataset.question);
  box().focus();
}
function cancelChange() {
  changed = null;
  document.body.classList.remove("editing");
  write("");
}

// -- which documents are asked
function showScope() {
  const shown = one(".scope");
  shown.replaceChildren();
  const days = [["since", scope.since], ["until", scope.until]].filter(([, day]) => day);
  const short = (name) => name.split("/").at(-1); // of a single document, its file
  const chips = [...scope.only.map((name) => [short(name), () => (scope.only = scope.only.filter((other) => other !== name))]),
    ...days.map(([end, day]) => [`${end} ${day}`, () => (scope[end] = "")])];
  if (chips.length) shown.append(part("span", "Asked of", "asked-of"));
  for (const [words, drop] of chips) {
    const chip = part("button", words, "chip");
    chip.type = "button";
    chip.dir = "auto";
    chip.title = words;
    chip.setAttribute("aria-label", `${words}: do not ask only of this`);
    chip.addEventListener("click", () => { drop(); useScope(); });
    shown.append(chip);
  }
  for (const item of document.querySelectorAll("[data-pick]")) {
    const picked = scope.only.includes(item.dataset.pick);
    item.setAttribute("aria-pressed", String(picked));
  }
}
const isScoped = () => Boolean(scope.only.length || scope.since || scope.until);
function useScope() {
  showScope();
  trigger("apply", scope);
  keepConversation();
}
function part(tag, words, kind) {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = words;
  return made;
}
function choose() {
  const dialog = one("#chooser");
  if (!dialog) return;
  for (const name of dialog.querySelectorAll("[name=only]")) name.checked = scope.only.includes(name.value);
  for (const end of ["since", "until"]) one(`[name=${end}]`, dialog).value = scope[end];
  dialog.showModal();
}
function chosen() {
  const dialog = one("#chooser");
  const offered = [...dialog.querySelectorAll("[name=only]")];
  const others = scope.only.filter((name) => !offered.some((box) => box.value === name)); // single documents
  scope = {
    only: [...offered.filter((box) => box.checked).map((box) => box.value), ...others],
    since: one("[name=since]", dialog).value.trim(),
    until: one("[name=until]", dialog).value.trim(),
  };
  dialog.close();
  useScope();
  box().focus();
}
function pick(name) {
  const picked = scope.only.includes(name);
  scope.only = picked ? scope.only.filter((other) => other !== name) : [...scope.only, name];
  useScope();
}
function chooseAll() {
  one("#chooser").close();
  scope = { only: [], since: "", until: "" };
  useScope();
  box().focus();
}
