// Which columns of a table are shown: a choice of this person on this browser, kept under `key`.

function kept(key: string): string[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return []; // storage is off or holds something else: all columns are shown
  }
}

function keep(key: string, hidden: string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(hidden));
  } catch { /* storage is off: the choice lasts as long as the page */ }
}

function show(table: HTMLTableElement, index: number, shown: boolean): void {
  for (const row of table.rows) {
    // A row with joined cells (a total, a group) keeps its shape.
    if ([...row.cells].every((cell) => cell.colSpan === 1)) row.cells[index]?.toggleAttribute("hidden", !shown);
  }
}

/** Fills `slot` with a menu that shows and hides the columns whose head carries data-column. */
export function offerColumns(table: HTMLTableElement, slot: HTMLElement | null, key: string): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].filter((head) => head.dataset["column"]);
  if (!slot || !heads.length) return;
  const hidden = new Set(kept(key));
  const list = document.createElement("div");
  list.className = "menu-list choices";
  for (const head of heads) {
    const name = head.dataset["column"]!;
    const label = document.createElement("label");
    label.className = "choice";
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = !hidden.has(name);
    tick.addEventListener("change", (event) => {
      event.stopPropagation();
      tick.checked ? hidden.delete(name) : hidden.add(name);
      keep(key, [...hidden]);
      show(table, head.cellIndex, tick.checked);
    });
    label.append(tick, head.textContent?.trim() ?? name);
    list.append(label);
    if (!tick.checked) show(table, head.cellIndex, false);
  }
  slot.querySelector(".menu")?.append(list);
  slot.hidden = false;
}
