// The form "Add an entry": lists that can be searched, a count of words, a word when the site cannot be reached.
// Everything works without this file; it only spares steps.
"use strict";

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function showChosen(picker) {
  const list = picker.querySelector("[data-picker-chosen]");
  list.replaceChildren();
  for (const box of picker.querySelectorAll("input[type=checkbox]:checked")) {
    const short = box.closest("label").querySelector("[data-short]") || box.closest("label");
    const item = document.createElement("li");
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = short.textContent.trim();
    item.append(tag);
    list.append(item);
  }
  list.hidden = list.children.length === 0;
}

function search(picker, said) {
  const words = fold(said).split(/\s+/u).filter(Boolean);
  let found = 0;
  for (const group of picker.querySelectorAll("[data-picker-group]")) {
    let here = 0;
    for (const label of group.querySelectorAll("[data-words]")) {
      const fits = words.every((word) => label.dataset.words.includes(word));
      label.hidden = !fits;
      here += fits ? 1 : 0;
    }
    group.hidden = here === 0;
    if (group.tagName === "DETAILS") {
      group.open = words.length ? here > 0 : group.querySelector("input:checked") !== null;
    }
    found += here;
  }
  picker.querySelector("[data-picker-none]").hidden = found > 0;
}

function preparePicker(picker) {
  const box = picker.querySelector("[data-picker-search]");
  const input = box.querySelector("input");
  box.hidden = false;
  // The search is no part of what is written: it saves nothing, and Enter does not send the form.
  for (const kind of ["input", "change"]) {
    input.addEventListener(kind, (event) => event.stopPropagation());
  }
  input.addEventListener("input", () => search(picker, input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape") {
      input.value = "";
      search(picker, "");
    }
  });
  picker.addEventListener("change", () => showChosen(picker));
}

function preparePickers() {
  for (const picker of document.querySelectorAll("[data-picker]:not([data-ready])")) {
    picker.dataset.ready = "";
    preparePicker(picker);
  }
}

// As the library's `word_count`: Han characters count by the word they would be in English.
function countWords(text, language) {
  const han = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/gu;
  const characters = (text.match(han) || []).length;
  const word = /[\p{L}\p{N}]+(?:[-'’.,\u0300-\u036f\u064b-\u0652][\p{L}\p{N}]+)*/gu;
  const others = (text.replace(han, " ").match(word) || []).length;
  const words = Math.round(characters / 1.6);
  return others + (characters && language === "zh" ? Math.max(words, 1) : words);
}

function showCount() {
  const line = document.getElementById("word-count");
  if (!line) return;
  const text = document.getElementById("id_description").value;
  const words = countWords(text, document.getElementById("id_language").value);
  line.querySelector("[data-count]").textContent = words;
  line.classList.toggle("word-count-off", words < Number(line.dataset.least) || words > Number(line.dataset.most));
}

preparePickers();
for (const field of ["id_description", "id_language"]) {
  document.getElementById(field).addEventListener("input", showCount);
}
document.body.addEventListener("htmx:oobAfterSwap", preparePickers);
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, () => {
    const line = document.createElement("p");
    line.className = "alert alert-error";
    line.textContent = document.getElementById("writing").dataset.unreachable;
    document.getElementById("saved").replaceChildren(line);
  });
}
