import { offerColumns } from "./columns.ts";
import { command } from "./keyboard.ts";

/** Keyboard, selection and choice of columns for a table that works without them. */
class Table extends HTMLElement {
  #last = -1;

  connectedCallback(): void {
    for (const row of this.#rows()) row.tabIndex = -1;
    const first = this.#rows()[0];
    if (first) first.tabIndex = 0;
    this.addEventListener("keydown", (event) => this.#press(event));
    document.addEventListener("keydown", this.#begin);
    this.addEventListener("click", (event) => this.#pickRange(event));
    this.addEventListener("change", () => this.#count());
    const table = this.querySelector("table");
    if (table) offerColumns(table, this.querySelector("[data-columns]"), `columns:${this.id}`);
    this.#count();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#begin);
  }

  /** j and k begin at the first table of a page, wherever the focus is, unless the page has other uses for them. */
  #begin = (event: KeyboardEvent): void => {
    const key = command(event);
    if ((key !== "j" && key !== "k") || (event.target as Element).closest("lt-table, dialog")) return;
    if (document.querySelector("lt-linked-panes") || document.querySelector("lt-table:has(tbody tr)") !== this) return;
    this.#focus(event, this.#rows().find((row) => row.tabIndex === 0));
  };

  #rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tbody tr:not(.group)")];
  }

  #picks(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("tbody .pick input")];
  }

  #press(event: KeyboardEvent): void {
    const rows = this.#rows();
    const row = (event.target as Element).closest("tr");
    const at = row ? rows.indexOf(row) : -1;
    switch (command(event)) {
      case "j": case "ArrowDown": return this.#focus(event, rows[Math.min(at + 1, rows.length - 1)]);
      case "k": case "ArrowUp": return this.#focus(event, rows[Math.max(at - 1, 0)]);
      case "Home": return this.#focus(event, rows[0]);
      case "End": return this.#focus(event, rows.at(-1));
      case "x": return row?.querySelector<HTMLInputElement>(".pick input")?.click();
      case "Enter": if (event.target === row) row?.querySelector<HTMLAnchorElement>("a[href]")?.click();
    }
  }

  #focus(event: KeyboardEvent, row?: HTMLTableRowElement): void {
    if (!row) return;
    event.preventDefault();
    for (const other of this.#rows()) other.tabIndex = other === row ? 0 : -1;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  /** Shift and a click picks all rows between; the tick in the head picks all. */
  #pickRange(event: MouseEvent): void {
    const target = event.target;
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
    const picks = this.#picks();
    if (target.matches("[data-pick-all]")) {
      for (const pick of picks) pick.checked = target.checked;
    } else if (picks.includes(target)) {
      const at = picks.indexOf(target);
      if (event.shiftKey && this.#last >= 0) {
        for (const pick of picks.slice(Math.min(at, this.#last), Math.max(at, this.#last) + 1)) pick.checked = target.checked;
      }
      this.#last = at;
    }
    this.#count();
  }

  #count(): void {
    const picks = this.#picks();
    const picked = picks.filter((pick) => pick.checked).length;
    const all = this.querySelector<HTMLInputElement>("[data-pick-all]");
    if (all) {
      all.checked = picked > 0 && picked === picks.length;
      all.indeterminate = picked > 0 && picked < picks.length;
    }
    const scope = this.closest("form") ?? this.parentElement;
    const bulk = scope?.querySelector<HTMLElement>("[data-bulk]");
    if (!bulk || !picks.length) return;
    bulk.hidden = picked === 0;
    const number = bulk.querySelector("[data-picked]");
    if (number) number.textContent = String(picked);
  }
}
customElements.define("lt-table", Table);
