// <figure data-chart>: lines and columns that answer to pointer and keys (Apache ECharts, its SVG renderer). The figures are those of the
// table beside the picture, in the words of the table; colours are the tokens of the page, so both themes are right.
import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from "echarts/charts";
import { GridComponent, LegendPlainComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, BarChart, GridComponent, LegendPlainComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

type Value = number | null;
type Series = LineSeriesOption | BarSeriesOption;

interface Column {
  name: string;
  values: Value[];
  words: string[];
  /** From 1; 0 for what is not drawn. */
  drawn: number;
  tone: string;
  band: string;
}

interface Figures {
  labels: string[];
  columns: Column[];
  /** From which rows on something else is counted. */
  breaks: number[];
}

// As the server draws them: by mark and dash, not by colour alone.
const MARKS = ["circle", "rect", "triangle", "diamond"];
const DASHES: ("solid" | number[])[] = ["solid", [8, 4], [3, 3], [10, 3, 3, 3]];
const NUMBER = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
/** With more places than this only values that stand alone have a mark. */
const MARKS_MAX = 60;
const QUICK_MS = 140;

/** Reads the table. */
function read(figure: HTMLElement): Figures {
  const table = figure.querySelector<HTMLTableElement>("table[data-twin]")!;
  const rows = [...table.tBodies[0]!.rows];
  const text = (element: Element) => (element.textContent ?? "").trim();
  const heads = [...table.tHead!.rows[0]!.cells].slice(1);
  const columns = heads.map((head, turn) => {
    const cells = rows.map((row) => row.cells[turn + 1]!);
    return {
      name: text(head),
      values: cells.map((cell) => (cell.dataset.value ? Number(cell.dataset.value) : null)),
      words: cells.map(text),
      drawn: Number(head.dataset.drawn ?? 0),
      tone: head.dataset.tone ?? "",
      band: head.dataset.band ?? "",
    };
  });
  const label = (row: HTMLTableRowElement) => (row.cells[0]!.firstChild?.textContent ?? "").trim();
  return { labels: rows.map(label), columns, breaks: rows.flatMap((row, turn) => (row.dataset.break ? [turn] : [])) };
}

/** What a colour of the style sheet is on this page, in this theme. */
class Palette {
  #probe = document.createElement("span");
  #pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;

  constructor(figure: HTMLElement) {
    this.#probe.hidden = true;
    figure.append(this.#probe);
  }

  /** As red, green and blue, which is what the renderer understands. */
  of(token: string): string {
    this.#probe.style.color = `var(--${token})`;
    this.#pen.fillStyle = getComputedStyle(this.#probe).color;
    this.#pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = this.#pen.getImageData(0, 0, 1, 1).data;
    return `rgb(${red},${green},${blue})`;
  }

  series(column: Column): string {
    return this.of(column.tone ? `${column.tone}-bar` : `chart-${column.drawn}`);
  }

  done(): void {
    this.#probe.remove();
  }
}

/** The columns of a line between changes of definition: no line runs over one. */
function runs(column: Column, breaks: number[]): Value[][] {
  const edges = [0, ...breaks, column.values.length];
  return edges.slice(1).map((end, turn) => column.values.map((value, at) => (at >= edges[turn]! && at < end ? value : null)));
}

function lines(column: Column, figures: Figures, colour: string): Series[] {
  const turn = column.drawn - 1;
  const dash = column.tone ? (column.tone === "unknown" ? [5, 4] : "solid") : DASHES[turn]!;
  return runs(column, figures.breaks).map((data) => ({
    type: "line",
    name: column.name,
    data,
    symbol: MARKS[turn],
    symbolSize: 8,
    showAllSymbol: figures.labels.length <= MARKS_MAX,
    connectNulls: false,
    lineStyle: { color: colour, width: 2, type: dash },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
  }));
}

function columns(column: Column, colour: string, paper: string): Series {
  const hollow = column.drawn % 2 === 0;
  return {
    type: "bar",
    name: column.name,
    data: column.values,
    barCategoryGap: "24%",
    barGap: "0%",
    barMinHeight: 2,
    itemStyle: { color: hollow ? paper : colour, borderColor: colour, borderWidth: hollow ? 2 : 0 },
    emphasis: { disabled: true },
  };
}

/** Where a forecast may lie: what is between the two columns of the table. */
function band(figures: Figures, colour: string, words: string): Series[] {
  const of = (which: string) => figures.columns.find((column) => column.band === which)?.values;
  const [low, high] = [of("low"), of("high")];
  if (!low || !high) return [];
  const plain = { type: "line", name: words, stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } } as const;
  const wide = low.map((value, at) => (value === null ? null : (high[at] ?? value) - value));
  return [{ ...plain, data: low }, { ...plain, data: wide, areaStyle: { color: colour, opacity: 0.18 } }];
}

/** The target, and where something else began to be counted. */
function marks(figure: HTMLElement, figures: Figures, palette: Palette): Series[] {
  const target = figure.dataset.target;
  const line = (colour: string, dash: number[]) => ({ color: palette.of(colour), type: dash, width: colour === "ink" ? 2 : 1 });
  const data = [
    ...(target ? [{ yAxis: Number(target), lineStyle: line("ink", [4, 3]), label: { formatter: figure.dataset.targetWords ?? "" } }] : []),
    ...figures.breaks.map((at) => ({ xAxis: at, lineStyle: line("ink-soft", [2, 3]), label: { position: "end" as const, color: palette.of("ink-soft"), formatter: figure.dataset.breakWords ?? "" } })),
  ];
  if (data.length === 0) return [];
  const label = { position: "insideEndTop", color: palette.of("ink"), fontSize: 13 } as const;
  return [{ type: "line", name: "", data: [], markLine: { silent: true, symbol: "none", animation: false, label, data } }];
}

function option(figure: HTMLElement, figures: Figures) {
  const palette = new Palette(figure);
  const [soft, line, strong, paper] = ["ink-soft", "line", "line-strong", "paper-raised"].map((token) => palette.of(token));
  const unit = figure.dataset.unit === "%" ? " %" : "";
  const drawn = figures.columns.filter((column) => column.drawn > 0);
  const [low, high, step] = (figure.dataset.axis ?? "").split(" ").map(Number);
  const ticks: string[] = JSON.parse(figure.dataset.ticks || "[]");
  const places = Math.max(ticks.length, figures.labels.length);
  const series = drawn.flatMap((column) =>
    figure.dataset.chart === "bar" ? [columns(column, palette.series(column), paper!)] : lines(column, figures, palette.series(column)),
  );
  const text = { color: soft, fontSize: 13, fontFamily: getComputedStyle(figure).fontFamily };
  const made = {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: QUICK_MS,
    animationDurationUpdate: QUICK_MS,
    textStyle: text,
    grid: { left: 0, right: 0, top: 26, bottom: 28, outerBoundsMode: "none" as const },
    legend: { show: false, data: drawn.map((column) => column.name) },
    tooltip: {
      trigger: "axis" as const,
      confine: true,
      renderMode: "html" as const,
      className: "chart-tip",
      transitionDuration: 0,
      axisPointer: { type: figure.dataset.chart === "bar" ? ("shadow" as const) : ("line" as const), lineStyle: { color: strong }, animation: false },
      formatter: (at: unknown) => tip(figures, place(at)),
    },
    xAxis: {
      type: "category" as const,
      data: Array.from({ length: places }, (_, at) => ticks[at] ?? figures.labels[at] ?? ""),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: strong } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value" as const,
      // The server's: both pictures have the same lines.
      min: low,
      max: high,
      interval: step,
      splitLine: { lineStyle: { color: line } },
      // As on paper: above its line, so that the lines begin at the edge; zero needs no number.
      axisLabel: {
        ...text,
        inside: true,
        margin: 0,
        verticalAlign: "bottom" as const,
        padding: [0, 0, 3, 0],
        formatter: (value: number) => (value === 0 ? "" : NUMBER.format(value) + unit),
      },
    },
    series: [...band(figures, palette.of("chart-1"), figure.dataset.bandWords ?? ""), ...marks(figure, figures, palette), ...series],
  };
  palette.done();
  return made;
}

/** The row that the pointer is at. */
function place(at: unknown): number {
  const first: unknown = Array.isArray(at) ? at[0] : at;
  return typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : 0;
}

/** What stands at a row, in the words of the table. */
function lineOf(figures: Figures, at: number): [string, [string, string][]] {
  const shown = figures.columns.filter((column) => column.words[at] !== undefined);
  return [figures.labels[at] ?? "", shown.map((column) => [column.name, column.words[at]!])];
}

function tip(figures: Figures, at: number): HTMLElement {
  const [label, figuresThere] = lineOf(figures, at);
  const box = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = label;
  const list = document.createElement("dl");
  for (const [name, words] of figuresThere) {
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, value.textContent] = [name, words];
    list.append(term, value);
  }
  box.append(head, list);
  return box;
}

/** Left, right, Home and End go from row to row; what stands there is shown and said. */
function keys(box: HTMLElement, chart: ECharts, figures: Figures): void {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.after(said);
  let at = -1;
  const last = figures.labels.length - 1;
  box.addEventListener("keydown", (event) => {
    const steps: Record<string, () => number> = {
      ArrowLeft: () => Math.max(0, at - 1),
      ArrowRight: () => Math.min(last, at + 1),
      Home: () => 0,
      End: () => last,
    };
    if (event.key === "Escape") return leave();
    const step = steps[event.key];
    if (!step || last < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    at = step();
    const x = chart.convertToPixel({ xAxisIndex: 0 }, at) as unknown as number;
    chart.dispatchAction({ type: "showTip", x, y: chart.getHeight() / 3 });
    const [label, there] = lineOf(figures, at);
    said.textContent = `${label}: ${there.map(([name, words]) => `${name} ${words}`).join("; ")}`;
  });
  const leave = () => {
    at = -1;
    said.textContent = "";
    chart.dispatchAction({ type: "hideTip" });
  };
  box.addEventListener("blur", leave);
}

/** Each name of the key shows or hides its series. */
function toggles(figure: HTMLElement, chart: ECharts): void {
  const key = [...figure.querySelectorAll<HTMLLIElement>(".key > li")];
  for (const item of key) {
    const name = item.dataset.name ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.append(...item.childNodes);
    button.addEventListener("click", () => {
      const pressed = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(pressed));
      chart.dispatchAction({ type: pressed ? "legendSelect" : "legendUnSelect", name });
    });
    item.append(button);
  }
}

/** Puts a chart in the place of the picture that the server drew, which stays for print. */
export function enliven(figure: HTMLElement): void {
  const drawing = figure.querySelector<HTMLElement>(":scope > .drawing");
  const figures = read(figure);
  if (!drawing || figures.labels.length === 0) return;
  const box = document.createElement("div");
  box.className = "lively";
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${figure.querySelector("h3")?.textContent ?? ""}. ${figure.dataset.hint ?? ""}`);
  drawing.before(box);
  figure.dataset.lively = "";
  const chart = init(box, null, { renderer: "svg" });
  const draw = () => chart.setOption(option(figure, figures), { replaceMerge: ["series"] });
  draw();
  box.querySelector("svg")?.setAttribute("aria-hidden", "true");
  keys(box, chart, figures);
  toggles(figure, chart);
  follow(box, chart, draw);
}

/** The chart keeps to its place and to the theme for as long as its figure is on the page. */
function follow(box: HTMLElement, chart: ECharts, draw: () => void): void {
  const over = new AbortController();
  const size = new ResizeObserver(() => during(() => chart.resize()));
  const during = (work: () => void) => {
    if (box.isConnected) return work();
    // The page or this part of it was replaced.
    over.abort();
    size.disconnect();
    chart.dispose();
  };
  // What leaves the page has no size any more, which is told here as well.
  size.observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => during(draw), { signal: over.signal });
}
