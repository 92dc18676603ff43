// What an article's text may hold beyond the usual: a picture of the library in its figure, something of another site, a note.
import { mergeAttributes, Node, type CommandProps } from "@tiptap/core";
import { NodeSelection, Plugin, TextSelection, type Selection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

export const FIGURES: readonly string[] = ["pictureFigure", "embedFigure"];
export const NOTES: readonly string[] = ["footNote"];

/** Where it goes on behind the node of these that is chosen or holds the end of the selection; null when none does. */
export function behind(selection: Selection, names: readonly string[]): number | null {
  if (selection instanceof NodeSelection && names.includes(selection.node.type.name)) return selection.to;
  const { $to } = selection;
  for (let depth = $to.depth; depth > 0; depth--) {
    if (names.includes($to.node(depth).type.name)) return $to.after(depth);
  }
  return null;
}

/**
 * Puts the caret behind the note that it stands in or right behind. Browsers write what is typed at the edge of an inline element
 * into that element: so the caret goes behind a space, which is added where the paragraph ends with the note.
 */
export function leaveNote({ tr, dispatch }: Pick<CommandProps, "tr" | "dispatch">): boolean {
  const at = behind(tr.selection, NOTES) ?? tr.selection.to;
  const place = tr.doc.resolve(at);
  if (!dispatch || !NOTES.includes(place.nodeBefore?.type.name ?? "")) return true;
  const next = place.nodeAfter;
  if (!next) tr.insertText(" ", at);
  tr.setSelection(TextSelection.create(tr.doc, !next || next.text?.startsWith(" ") ? at + 1 : at));
  return true;
}

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
  addKeyboardShortcuts() {
    return {
      // At its end both keys leave it. Where nothing follows in the paragraph, Enter goes on to do there what it does.
      Enter: ({ editor }) => {
        const at = behind(editor.state.selection, NOTES);
        if (at === null) return false;
        if (editor.state.doc.resolve(at).nodeAfter) return editor.chain().command(leaveNote).scrollIntoView().run();
        editor.commands.setTextSelection(at);
        return false;
      },
      ArrowRight: ({ editor }) => {
        const { empty, $to } = editor.state.selection;
        const isAtEnd = empty && $to.parent.type === this.type && $to.parentOffset === $to.parent.content.size;
        return isAtEnd && editor.chain().command(leaveNote).scrollIntoView().run();
      },
    };
  },
  // What is typed right behind a note, with the caret there, is no part of it, though the browser puts it there.
  addProseMirrorPlugins() {
    const handleTextInput = (view: EditorView, from: number, to: number, text: string): boolean => {
      const { selection, tr } = view.state;
      const isBehind = selection.empty && selection.$from.nodeBefore?.type === this.type;
      if (!isBehind || view.composing || from !== to || from !== selection.from - 1) return false;
      view.dispatch(tr.insertText(text, selection.from).scrollIntoView());
      return true;
    };
    return [new Plugin({ props: { handleTextInput } })];
  },
  parseHTML() {
    return [{ tag: "small.note" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["small", mergeAttributes(HTMLAttributes, { class: "note" }), 0];
  },
});
