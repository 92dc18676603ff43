/** Whether the person is typing into something, so that a letter is a letter and not a command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select");
}

/** A key pressed alone, as a command: its name, or "" while typing or with a modifier held. */
export function command(event: KeyboardEvent): string {
  return event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) ? "" : event.key;
}
