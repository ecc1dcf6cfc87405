"use strict";
// Shows the cases that fit the search, the result and the tag.
const cases = [...document.querySelectorAll(".case")];
const [search, state, tag, count] = ["search", "state", "tag", "count"].map((id) => document.getElementById(id));
function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const one of cases) {
    const fits = words.every((word) => one.dataset.search.includes(word))
      && (!state.value || one.dataset.state === state.value)
      && (!tag.value || one.dataset.tags.split("\n").includes(tag.value));
    one.hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${cases.length} cases`;
}
for (const field of [search, state, tag]) field.addEventListener("input", filter);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
filter();
