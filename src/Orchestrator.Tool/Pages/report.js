"use strict";
// Everything can be read without this: it sorts tables, filters images, and unfolds what a link leads to.

const element = (name, text, parent) => {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
};

const key = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.classList.contains("number") ? -Infinity : cell.textContent;
};

const compare = (one, other) => typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en", { numeric: true });

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const text = head.textContent;
    head.textContent = "";
    const button = element("button", text, head);
    button.type = "button";
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") !== "ascending" : !head.classList.contains("number");
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((one, other) => (ascending ? 1 : -1) * compare(key(one, column), key(other, column)));
      table.tBodies[0].append(...rows);
    });
  });
}

for (const table of document.querySelectorAll("table.filtered")) {
  const rows = [...table.tBodies[0].rows];
  const state = row => row.cells[1].textContent;
  const controls = document.createElement("div");
  controls.className = "controls";
  const textLabel = element("label", "Only images with", controls);
  const text = element("input", "", textLabel);
  text.type = "search";
  const stateLabel = element("label", "that are", controls);
  const choice = element("select", "", stateLabel);
  element("option", "anything", choice).value = "";
  for (const word of [...new Set(rows.map(state))].sort()) {
    element("option", word, choice).value = word;
  }
  const count = element("output", "", controls);
  count.setAttribute("aria-live", "polite");
  const show = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = (choice.value !== "" && state(row) !== choice.value) || !row.textContent.toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} shown`;
  };
  text.addEventListener("input", show);
  choice.addEventListener("change", show);
  show();
  table.parentElement.before(controls);
}

const folded = [...document.querySelectorAll("details")];
if (folded.length > 1) {
  const controls = document.createElement("div");
  controls.className = "controls";
  for (const [text, open] of [["Unfold all", true], ["Fold all", false]]) {
    const button = element("button", text, controls);
    button.type = "button";
    button.addEventListener("click", () => folded.forEach(item => { item.open = open; }));
  }
  folded[0].before(controls);
}

for (const drawing of document.querySelectorAll(".drawing")) {
  const controls = document.createElement("div");
  controls.className = "controls";
  const label = element("label", "", controls);
  const fit = document.createElement("input");
  fit.type = "checkbox";
  label.append(fit, "As small as the page is wide");
  fit.addEventListener("change", () => drawing.classList.toggle("fit", fit.checked));
  drawing.before(controls);
}

const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector("summary").focus();
    target.scrollIntoView();
  }
};
addEventListener("hashchange", unfold);
unfold();
