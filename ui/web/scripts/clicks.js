// -- clicks anywhere, and keys
const CLICKS = {
  ask: (button) => ask(button.dataset.ask),
  send,
  stop,
  again: (button) => { const turn = button.closest(".turn"); removeFrom(turn); ask(turn.dataset.question); },
  change: (button) => change(button.closest(".turn")),
  edit: (button) => { write(button.dataset.edit); box().focus(); },
  choose,
  chosen,
  unchoose: chooseAll,
  pick: (button) => pick(button.dataset.pick),
  new: newConversation,
  menu: () => document.body.classList.toggle("menu"),
  take: takeAway,
  rate,
  keep: keepVerdict,
  back: () => conversation().scrollIntoView({ block: "end" }),
  library: openLibrary,
  pageFrom: turnPage,
  remove: removeDocument,
  undo,
  dismiss,
  step: (button) => step(Number(button.dataset.step)),
  document: openDocument,
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const kind = button && Object.keys(CLICKS).find((name) => name in button.dataset);
  if (kind) CLICKS[kind](button, event);
  if (document.body.classList.contains("menu") && !event.target.closest("#side, .menu")) document.body.classList.remove("menu");
});
document.addEventListener("click", (event) => { if (event.target.id === "chooser") event.target.close(); });
