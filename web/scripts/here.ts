// Where one is, in the list of places at the side: the list may be longer than the window.
const places = document.querySelector<HTMLElement>(".desk-side nav");
const here = places?.querySelector<HTMLElement>("[aria-current]");
if (places && here) {
  const below = here.getBoundingClientRect().bottom - places.getBoundingClientRect().bottom;
  // And one more line, so that it is seen to go on.
  if (below > 0) places.scrollTop += below + here.offsetHeight;
}
