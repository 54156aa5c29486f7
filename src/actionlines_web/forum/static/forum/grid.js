// Sessions of the grid can be dragged to another cell. Everything works without this file: a session is chosen by its
// link, and its cell by a button.
"use strict";

const grid = document.querySelector("[data-grid]");

function cellOf(event) {
  return event.target instanceof Element ? event.target.closest("td[data-slot]") : null;
}

function post(address, values) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

if (grid) {
  document.addEventListener("dragstart", (event) => {
    const session = event.target instanceof Element ? event.target.closest("[data-place]") : null;
    if (session && session.draggable) {
      event.dataTransfer.setData("text/plain", session.dataset.place);
      event.dataTransfer.effectAllowed = "move";
    }
  });
  grid.addEventListener("dragover", (event) => {
    const cell = cellOf(event);
    if (cell) {
      event.preventDefault();
      cell.classList.add("grid-over");
    }
  });
  grid.addEventListener("dragleave", (event) => {
    cellOf(event)?.classList.remove("grid-over");
  });
  grid.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    const address = event.dataTransfer.getData("text/plain");
    // Only a place of this grid: text dragged in from elsewhere is no address.
    const known = [...document.querySelectorAll("[data-place]")].some((item) => item.dataset.place === address);
    if (cell && known) {
      event.preventDefault();
      post(address, { csrfmiddlewaretoken: grid.dataset.csrf, slot: cell.dataset.slot, room: cell.dataset.room });
    }
  });
}
