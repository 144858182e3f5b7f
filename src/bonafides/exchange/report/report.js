(() => {
"use strict";
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
all(".js").forEach((part) => { part.hidden = false; });

// Fragments lead into closed dossiers.
const show = () => {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
  if (!target) return;
  let inside = false;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    inside = inside || !box.open;
    box.open = true;
  }
  if (inside) target.scrollIntoView();
  if (target.matches("article[tabindex]")) target.focus({ preventScroll: true });
};
addEventListener("hashchange", show);
show();

const dossiers = all(".dossier");
const toggle = (id, open) => {
  const button = document.getElementById(id);
  if (button) button.addEventListener("click", () => dossiers.forEach((box) => { box.open = open; }));
};
toggle("open-all", true);
toggle("close-all", false);
let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  closed.forEach((box) => { box.open = true; });
});
addEventListener("afterprint", () => closed.forEach((box) => { box.open = false; }));

// The worklist: sort by a column, show those that fit.
const work = document.getElementById("work");
if (work) {
  const body = work.tBodies[0];
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    const text = cell.dataset.v === undefined ? cell.textContent.trim() : cell.dataset.v;
    return kind === "number" ? Number(text) : text.toLowerCase();
  };
  all("thead th", work).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      all("thead th", work).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = Array.from(body.rows).map((row) => [value(row, column, head.dataset.sort), Number(row.cells[0].dataset.v), row]);
      rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (up ? 1 : -1) || a[1] - b[1]);
      body.append(...rows.map((row) => row[2]));
    });
  });
  const form = document.getElementById("filters");
  const fields = ["tier", "explanation", "network", "company"];
  const count = document.getElementById("f-count");
  const sift = () => {
    const wanted = fields.map((name) => [name, document.getElementById("f-" + name).value]);
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !wanted.every(([name, text]) => !text || row.dataset[name] === text);
      if (!row.hidden) shown += 1;
    }
    count.textContent = shown + " of " + body.rows.length + " shown";
  };
  form.addEventListener("change", sift);
  form.addEventListener("reset", () => setTimeout(sift));
  form.addEventListener("submit", (event) => event.preventDefault());
  sift();
}

// The pictures: what is pointed at lights up with what it is tied to; a click keeps it lit.
all("[data-graph]").forEach((figure) => {
  const svg = figure.querySelector("svg.net");
  const told = figure.querySelector("[data-told]");
  const hint = told.textContent;
  const spokes = all(".spokes path", svg);
  const hubs = all(".h", svg);
  const members = all(".m", svg);
  let kept = null;
  const light = (node) => {
    [...spokes, ...hubs, ...members].forEach((part) => part.classList.remove("on"));
    svg.classList.toggle("lit", node !== null);
    if (node === null) { told.textContent = hint; return; }
    const isHub = node.matches(".h");
    const own = isHub ? "h" : "m";
    const names = [];
    node.classList.add("on");
    spokes.filter((path) => path.dataset[own] === node.dataset[own] && !path.matches(".off")).forEach((path) => {
      path.classList.add("on");
      const other = isHub ? members[path.dataset.m] : hubs[path.dataset.h];
      other.classList.add("on");
      names.push(other.getAttribute("aria-label").split(",")[0]);
    });
    const what = node.getAttribute("aria-label");
    told.textContent = isHub ? what + ": " + names.join(", ") : what + " holds " + (names.join(", ") || "nothing that is shown");
  };
  const keep = (node) => {
    kept = kept === node ? null : node;
    hubs.forEach((hub) => hub.setAttribute("aria-pressed", String(hub === kept)));
    light(kept);
  };
  hubs.forEach((hub) => {
    hub.setAttribute("role", "button");
    hub.setAttribute("tabindex", "0");
    hub.setAttribute("aria-pressed", "false");
    hub.addEventListener("click", () => keep(hub));
    hub.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); keep(hub); }
    });
  });
  [...hubs, ...members].forEach((node) => {
    node.addEventListener("pointerenter", () => light(node));
    node.addEventListener("pointerleave", () => light(kept));
    node.addEventListener("focus", () => light(node));
    node.addEventListener("blur", () => light(kept));
  });
  figure.addEventListener("keydown", (event) => { if (event.key === "Escape") { kept = hubs[0]; keep(hubs[0]); } });
  all("[data-kind]", figure).filter((box) => box.matches("input")).forEach((box) => box.addEventListener("change", () => {
    hubs.filter((hub) => hub.dataset.kind === box.dataset.kind).forEach((hub) => {
      hub.classList.toggle("off", !box.checked);
      spokes.filter((path) => path.dataset.h === hub.dataset.h).forEach((path) => path.classList.toggle("off", !box.checked));
    });
    light(kept);
  }));
});
})();
