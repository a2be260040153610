// One review screen, used by the notebook widget and by the standalone page. It asks its model for
// "cases", "options", "coder", "blind", and keeps "rows" there: the coder's decisions, one object a
// row of the decisions file. Whoever holds the model saves them.

const KEYS = { c: "confirm", r: "reject", l: "relink", s: "split", n: "note", u: "undo",
  j: "next", k: "back", ArrowRight: "next", ArrowLeft: "back" };
const LABELS = { confirm: "Confirm 确认", reject: "Reject 否定", relink: "Link to another 改连",
  split: "Split further 再拆分", note: "Note 备注", undo: "Undo 撤销", back: "Back 上一对",
  next: "Next 下一对" };

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function pairOf(row) {
  return row.old_fingerprint + row.new_fingerprint;
}

function said(rows, pair) {
  const mine = rows.filter((row) => pairOf(row) === pair && row.decision !== "note");
  mine.sort((a, b) => (a.date < b.date ? -1 : 1));
  return mine.length ? mine[mine.length - 1].decision : "";
}

function render({ model, el }) {
  const cases = model.get("cases");
  const options = model.get("options");
  const blind = model.get("blind");
  const done = [];
  let asking = "";
  let place = Math.max(cases.findIndex((each) => !said(model.get("rows"), pairOf(each))), 0);

  const root = make("div", { className: "pdd-review", tabIndex: 0 });
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.setAttribute("role", "application");
  root.setAttribute("aria-label", "planddiff review");
  el.append(root);

  function now() {
    const times = model.get("rows").map((row) => row.date);
    const latest = times.length ? times.reduce((a, b) => (a > b ? a : b)) : "";
    const date = new Date().toISOString();
    return date > latest ? date : new Date(Date.parse(latest) + 1).toISOString();
  }

  function row(old, fresh, decision, note = "") {
    return { old_fingerprint: old.old_fingerprint, new_fingerprint: fresh.new_fingerprint,
      decision, coder: model.get("coder"), date: now(), note, old_year: old.old_year,
      new_year: fresh.new_year, old_title: old.old_title, new_title: fresh.new_title };
  }

  function keep(rows) {
    model.set("rows", [...model.get("rows"), ...rows]);
    done.push({ rows, place });
    model.save_changes();
  }

  function undo() {
    const last = done.pop();
    if (!last) return;
    const dates = new Set(last.rows.map((each) => pairOf(each) + each.date + each.decision));
    model.set("rows", model.get("rows").filter(
      (each) => !dates.has(pairOf(each) + each.date + each.decision)));
    model.save_changes();
    place = last.place;
  }

  function act(name) {
    const one = cases[place];
    asking = "";
    if (name === "confirm" || name === "reject") {
      keep([row(one, one, name)]);
      place = Math.min(place + 1, cases.length - 1);
    } else if (name === "undo") undo();
    else if (name === "next") place = Math.min(place + 1, cases.length - 1);
    else if (name === "back") place = Math.max(place - 1, 0);
    else asking = name;
    draw();
  }

  function choose(fresh) {
    const one = cases[place];
    const first = row(one, one, asking === "relink" ? "reject" : "confirm");
    keep([first, row(one, fresh, "confirm")]);
    act("next");
  }

  function side(one, name) {
    const heading = make("h4", {}, `${one[name + "_year"]} · ${one[name + "_ordinal"]} `);
    if (one[name + "_constructed"]) {
      heading.append(make("span", { className: "pdd-made" }, "示例构造文本 constructed"));
    }
    return make("section", {}, heading, make("p", {}, one[name + "_text"]));
  }

  function redline(one) {
    const text = make("p", { className: "pdd-redline" });
    for (const [kind, words] of one.redline) {
      const tag = { delete: "del", insert: "ins", equal: "span" }[kind];
      text.append(make(tag, {}, words));
    }
    return make("section", {}, make("h4", {}, "Redline 修订对照"), text);
  }

  function evidence(one) {
    const table = make("table", {}, make("tr", {}, ...["evidence 证据", "value", "log-odds", ""]
      .map((name) => make("th", {}, name))));
    for (const [name, value, weight, meaning] of one.evidence) {
      table.append(make("tr", {}, make("td", {}, name),
        make("td", { className: "pdd-number" }, value.toFixed(2)),
        make("td", { className: "pdd-number" }, weight.toFixed(2)), make("td", {}, meaning)));
    }
    const verdict = one.linked ? "link 对应" : "no link 不对应";
    return make("section", { className: "pdd-machine" },
      make("h4", {}, `Machine 机器: ${verdict}, ${one.confidence.toFixed(2)}`), table);
  }

  function ask(one) {
    const box = make("div", { className: "pdd-ask" });
    const words = make("input", { type: "text" });
    if (asking === "note") {
      words.placeholder = "note, then Enter 备注后回车";
      words.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && words.value.trim()) {
          keep([row(one, one, "note", words.value.trim())]);
          asking = "";
          draw();
        }
      });
      box.append(words);
      return [box, words];
    }
    words.placeholder = "words or number, ↓ and Enter 输入词或序号,回车选择";
    const list = make("select", { size: 8 });
    const rest = options[one.document].filter((e) => e.new_fingerprint !== one.new_fingerprint);
    function fill() {
      const sought = words.value.trim();
      const fit = (each) => String(each.new_ordinal) === sought ? 3
        : each.new_title.includes(sought) ? 2 : each.new_text.includes(sought) ? 1 : 0;
      const found = rest.filter(fit).sort((a, b) => fit(b) - fit(a));
      list.replaceChildren(...found.map((each) =>
        make("option", { value: each.new_fingerprint, title: each.new_text },
          `${each.new_ordinal}. ${each.new_title} — ${each.new_text.slice(0, 60)}`)));
      if (list.options.length) list.selectedIndex = 0;
    }
    function take() {
      const chosen = rest.find((each) => each.new_fingerprint === list.value);
      if (chosen) choose(chosen);
    }
    words.addEventListener("input", fill);
    words.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { list.focus(); event.preventDefault(); }
      if (event.key === "Enter") take();
    });
    list.addEventListener("keydown", (event) => { if (event.key === "Enter") take(); });
    list.addEventListener("dblclick", take);
    fill();
    box.append(words, list);
    return [box, words];
  }

  function draw() {
    const rows = model.get("rows");
    const one = cases[place];
    const decided = cases.filter((each) => said(rows, pairOf(each))).length;
    const saved = make("span", { className: "pdd-saved" });
    const trouble = model.get("error");
    if (trouble) saved.className = "pdd-error";
    saved.textContent = trouble || model.get("saved");
    const header = make("header", {}, make("b", {}, one ? `${place + 1} / ${cases.length}` : "0"),
      make("progress", { max: cases.length || 1, value: decided }),
      make("span", { className: "pdd-progress" }, `${decided} decided 已决定`),
      make("span", {}, `${model.get("coder")}${blind ? " · blind 盲评" : ""}`), saved);
    root.replaceChildren(header);
    if (!one) {
      root.append(make("p", {}, "Nothing to review 没有待复核的条目对。"));
      return;
    }
    const verdict = said(rows, pairOf(one));
    if (!blind && one.doubt) header.append(make("span", { className: "pdd-doubt" }, one.doubt));
    root.append(make("div", { className: "pdd-sides" }, side(one, "old"), side(one, "new")),
      redline(one));
    if (!blind) root.append(evidence(one));
    const links = rows.filter((each) => each.old_fingerprint === one.old_fingerprint &&
      each.new_fingerprint !== one.new_fingerprint &&
      said(rows, pairOf(each)) === "confirm").map((each) => each.new_title);
    const notes = rows.filter((each) => pairOf(each) === pairOf(one) && each.note)
      .map((each) => each.note);
    const standing = [verdict && `decided 已决定: ${verdict}`,
      links.length && `linked to 连至: ${[...new Set(links)].join("; ")}`,
      notes.length && `note 备注: ${notes.join("; ")}`].filter(Boolean).join(" · ");
    root.append(make("div", { className: "pdd-standing" }, standing));
    const actions = make("div", { className: "pdd-actions" });
    for (const [name, label] of Object.entries(LABELS)) {
      const key = Object.keys(KEYS).find((each) => KEYS[each] === name);
      const button = make("button", { type: "button", onclick: () => act(name) }, label,
        make("kbd", {}, key));
      button.dataset.action = name;
      button.setAttribute("aria-pressed", String(verdict === name || asking === name));
      if (name === "undo") button.disabled = !done.length;
      actions.append(button);
    }
    root.append(actions);
    if (asking) {
      const [box, field] = ask(one);
      root.append(box);
      field.focus();
    } else if (el.contains(document.activeElement) || document.activeElement === document.body) {
      root.focus({ preventScroll: true });
    }
  }

  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") { asking = ""; draw(); return; }
    const typing = ["INPUT", "SELECT"].includes(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    act(KEYS[event.key]);
  });
  for (const name of ["saved", "error"]) model.on(`change:${name}`, () => { if (!asking) draw(); });
  draw();
}

export default { render };
