// The standalone page: a model that keeps the rows in the browser and gives them out as a file.

const COLUMNS = ["old_fingerprint", "new_fingerprint", "decision", "coder", "date", "note",
  "old_year", "new_year", "old_title", "new_title"];
const state = JSON.parse(document.getElementById("pdd-data").textContent);
const stored = localStorage.getItem(state.key);
if (stored) state.rows = JSON.parse(stored);
state.saved = "";
state.error = "";

const model = {
  get: (name) => state[name],
  set: (name, value) => { state[name] = value; },
  on: () => {},
  save_changes: () => {
    try {
      localStorage.setItem(state.key, JSON.stringify(state.rows));
      state.saved = "kept in this browser 已存于本浏览器";
    } catch (problem) {
      state.error = `not kept 未保存: ${problem.message}; download now 请立即下载`;
    }
  },
};

function csv() {
  const quote = (cell) => `"${String(cell ?? "").replaceAll('"', '""')}"`;
  const lines = state.rows.map((row) => COLUMNS.map((name) => quote(row[name])).join(","));
  return "\ufeff" + [COLUMNS.join(","), ...lines].join("\n") + "\n";
}

document.getElementById("pdd-download").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
  link.download = `decisions-${state.coder}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
});

render({ model, el: document.getElementById("pdd-review") });
