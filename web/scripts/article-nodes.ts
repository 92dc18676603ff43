// What an article's text may hold beyond the usual: a picture of the library in its figure, something of another site, a note.
import { mergeAttributes, Node } from "@tiptap/core";

const plain = { default: null, rendered: false } as const;

/** <figure><img><figcaption>…</figcaption></figure>: the caption is written in place. */
export const PictureFigure = Node.create({
  name: "pictureFigure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  addAttributes() {
    return { src: plain, alt: plain };
  },
  parseHTML() {
    const caption = (element: HTMLElement): HTMLElement => element.querySelector("figcaption") ?? document.createElement("figcaption");
    return [
      {
        tag: "figure",
        getAttrs: (element) => {
          const image = element.querySelector("img");
          return image ? { src: image.getAttribute("src"), alt: image.getAttribute("alt") ?? "" } : false;
        },
        contentElement: (element) => caption(element as HTMLElement),
      },
    ];
  },
  renderHTML({ node }) {
    return ["figure", ["img", { src: node.attrs["src"], alt: node.attrs["alt"] ?? "" }], ["figcaption", 0]];
  },
});

/** <figure data-embed="https://…"><figcaption>its name</figcaption></figure>: nothing is loaded here. */
export const EmbedFigure = Node.create({
  name: "embedFigure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  addAttributes() {
    return { address: plain };
  },
  parseHTML() {
    return [
      {
        tag: "figure[data-embed]",
        priority: 60,
        getAttrs: (element) => ({ address: element.getAttribute("data-embed") }),
        contentElement: (element) => (element as HTMLElement).querySelector("figcaption") ?? document.createElement("figcaption"),
      },
    ];
  },
  renderHTML({ node }) {
    return ["figure", { "data-embed": node.attrs["address"] }, ["figcaption", 0]];
  },
});

/** <small class="note">text</small> where its mark will be. */
export const FootNote = Node.create({
  name: "footNote",
  group: "inline",
  inline: true,
  content: "text*",
  marks: "bold italic link",
  atom: false,
  parseHTML() {
    return [{ tag: "small.note" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["small", mergeAttributes(HTMLAttributes, { class: "note" }), 0];
  },
});
