// What another site shows is loaded only once the reader asks for it: the link becomes the frame.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-frame]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset["frame"] ?? "";
  frame.title = link.querySelector("strong")?.textContent ?? "";
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  // Players want to know which site shows them, no more.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
