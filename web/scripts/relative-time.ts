// <time datetime="…" data-relative>: "2 giờ trước", with the full time on hover. Without script the full time stands there.
import { onContent } from "./page.ts";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [["second", 60], ["minute", 60], ["hour", 24], ["day", 7]];

function ago(from: Date, now: Date, words: Intl.RelativeTimeFormat): string | null {
  let amount = (from.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return null; // older than a week: the date says more
}

function refresh(): void {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  const now = new Date();
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    time.title ||= time.textContent?.trim() ?? "";
    time.textContent = ago(new Date(time.dateTime), now, words) ?? time.title;
  }
}

onContent(refresh);
setInterval(refresh, 60_000);
