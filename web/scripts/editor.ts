// The editor of an article's text: stands over the form's own field, which works without it and is what is sent.
import { Editor, mergeAttributes, type JSONContent } from "@tiptap/core";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { behind, EmbedFigure, FIGURES, FootNote, leaveNote, NOTES, PictureFigure } from "./article-nodes.ts";
import { choosePicture } from "./pictures.ts";

/** As the extension, without the styles that it writes onto the element: our policy refuses them. */
const PlainTable = Table.extend({
  renderHTML({ HTMLAttributes }) {
    const { style: _, ...attributes } = mergeAttributes(this.options.HTMLAttributes, HTMLAttributes);
    return ["table", attributes, ["tbody", 0]];
  },
});

type Act = { do: (editor: Editor) => void; is?: (editor: Editor) => boolean };

const heading = (level: 2 | 3): Act => ({
  do: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  is: (editor) => editor.isActive("heading", { level }),
});

/** What the buttons do, by their data-do. */
const ACTS: Record<string, Act> = {
  "heading-2": heading(2),
  "heading-3": heading(3),
  bold: { do: (editor) => editor.chain().focus().toggleBold().run(), is: (editor) => editor.isActive("bold") },
  italic: { do: (editor) => editor.chain().focus().toggleItalic().run(), is: (editor) => editor.isActive("italic") },
  list: { do: (editor) => editor.chain().focus().toggleBulletList().run(), is: (editor) => editor.isActive("bulletList") },
  numbers: { do: (editor) => editor.chain().focus().toggleOrderedList().run(), is: (editor) => editor.isActive("orderedList") },
  quote: { do: (editor) => editor.chain().focus().toggleBlockquote().run(), is: (editor) => editor.isActive("blockquote") },
  table: {
    do: (editor) => {
      if (editor.isActive("table")) editor.chain().focus().deleteTable().run();
      else editor.chain().focus().command(leaveNote).insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run();
    },
    is: (editor) => editor.isActive("table"),
  },
  row: { do: (editor) => editor.chain().focus().addRowAfter().run() },
  column: { do: (editor) => editor.chain().focus().addColumnAfter().run() },
  undo: { do: (editor) => editor.chain().focus().undo().run() },
  redo: { do: (editor) => editor.chain().focus().redo().run() },
};

/** Whether nothing is there: a picture without a caption is something, though it has no letters. */
function isEmpty(editor: Editor): boolean {
  let figures = 0;
  editor.state.doc.descendants((node) => {
    if (FIGURES.includes(node.type.name)) figures++;
  });
  return figures === 0 && editor.isEmpty;
}

/**
 * Puts a block at the caret, behind the figure or the note that it stands in: they are never replaced. The caret goes on behind
 * it, in what stands there of the paragraph, or else in a new one.
 */
function insertBlock(editor: Editor, block: JSONContent): void {
  const { doc, selection } = editor.state;
  const out = behind(selection, FIGURES) ?? behind(selection, NOTES);
  const { from, to } = out === null ? selection : { from: out, to: out };
  const end = doc.resolve(to);
  const goesOn = end.parent.isTextblock && end.parentOffset < end.parent.content.size;
  editor
    .chain()
    .focus()
    .insertContentAt({ from, to }, goesOn ? [block] : [block, { type: "paragraph" }])
    .run();
  editor.view.focus(); // at once: the chain waits for the next frame, and letters typed before it would be lost
}

/** Puts a note behind what is chosen, and the caret behind the note. */
function insertNote(editor: Editor, text: string): void {
  const { selection } = editor.state;
  const at = behind(selection, NOTES) ?? selection.to;
  editor
    .chain()
    .focus()
    .insertContentAt(at, { type: "footNote", content: [{ type: "text", text }] })
    .command(leaveNote)
    .run();
  editor.view.focus();
}

/**
 * Makes what is chosen a link, or changes the one at the caret; without either the address itself stands there. The caret goes on
 * behind it, so that what is typed next neither replaces nor lengthens it. An empty address takes the link off.
 */
function setLink(editor: Editor, href: string): void {
  editor.view.focus(); // at once, as above: what is chosen would still be replaced by a letter typed before the next frame
  const chain = editor.chain().extendMarkRange("link");
  if (!href) {
    chain.unsetLink().run();
    return;
  }
  if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] });
  else chain.setLink({ href });
  chain
    .command(({ tr, commands }) => commands.setTextSelection(tr.selection.to))
    .unsetMark("link")
    .run();
}

/**
 * <lt-editor data-field="text" data-label="…"> holds a <template data-text> with the text as HTML, and a hidden toolbar whose
 * buttons have data-do; data-picture-hint and data-embed-hint stand in empty captions. The field is written only once something was changed here: a text that was only looked at stays as
 * it was typed.
 */
class ArticleEditor extends HTMLElement {
  #editor?: Editor;

  connectedCallback(): void {
    const field = document.getElementById(this.dataset["field"] ?? "") as HTMLTextAreaElement | null;
    const tools = this.querySelector<HTMLElement>("[role=toolbar]");
    const text = this.querySelector<HTMLTemplateElement>("template[data-text]");
    if (!field || !tools || !text) return;
    const place = document.createElement("div");
    this.append(place);
    const editor = new Editor({
      element: place,
      injectCSS: false,
      content: text.innerHTML,
      extensions: [
        StarterKit.configure({
          heading: { levels: [2, 3, 4] },
          link: { openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["http", "https", "mailto", "tel"] },
          code: false,
          codeBlock: false,
        }),
        PlainTable.configure({ resizable: false }),
        TableRow,
        TableHeader,
        TableCell,
        EmbedFigure,
        PictureFigure,
        FootNote,
      ],
      editorProps: {
        attributes: {
          class: "prose input",
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": this.dataset["label"] ?? "",
          "aria-describedby": field.getAttribute("aria-describedby") ?? "",
        },
      },
      onUpdate: ({ editor }) => {
        field.value = isEmpty(editor) ? "" : editor.getHTML();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onTransaction: ({ editor }) => this.#mark(tools, editor),
    });
    this.#editor = editor;
    // What an empty caption says, for the style sheet.
    for (const kind of ["picture", "embed"]) this.style.setProperty(`--${kind}-hint`, JSON.stringify(this.dataset[`${kind}Hint`] ?? ""));
    tools.addEventListener("click", (event) => {
      const name = (event.target as HTMLElement).closest<HTMLElement>("[data-do]")?.dataset["do"];
      if (name) ACTS[name]?.do(editor);
    });
    this.#links(tools, editor);
    this.#inserts(tools, editor);
    field.hidden = true;
    document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => editor.commands.focus());
    tools.hidden = false;
    this.#mark(tools, editor);
  }

  disconnectedCallback(): void {
    this.#editor?.destroy();
  }

  #mark(tools: HTMLElement, editor: Editor): void {
    for (const button of tools.querySelectorAll<HTMLElement>("[data-do]")) {
      const is = ACTS[button.dataset["do"] ?? ""]?.is;
      if (is) button.setAttribute("aria-pressed", String(is(editor)));
      if (button.hasAttribute("data-in-table")) button.hidden = !editor.isActive("table");
    }
  }

  /** A picture is chosen in the dialog; a note and what another site shows are typed beside the toolbar. */
  #inserts(tools: HTMLElement, editor: Editor): void {
    tools.querySelector("[data-picture]")?.addEventListener("click", () =>
      choosePicture(({ src, alt, caption }) => {
        const content = caption ? [{ type: "text", text: caption }] : [];
        insertBlock(editor, { type: "pictureFigure", attrs: { src, alt }, content });
      }),
    );
    this.#box(tools, editor, "note", ([text]) => {
      if (text) insertNote(editor, text);
    });
    this.#box(tools, editor, "embed", ([address, title]) => {
      if (!address) return;
      const content = title ? [{ type: "text", text: title }] : [];
      insertBlock(editor, { type: "embedFigure", attrs: { address }, content });
    });
  }

  #box(tools: HTMLElement, editor: Editor, name: string, take: (typed: string[]) => void): void {
    const box = tools.querySelector<HTMLElement>(`[data-box="${name}"]`);
    const fields = [...(box?.querySelectorAll("input") ?? [])];
    const first = fields[0];
    if (!box || !first) return;
    const done = (): void => {
      const typed = fields.map((field) => field.value.trim());
      for (const field of fields) field.value = "";
      box.hidden = true;
      editor.view.focus(); // also where nothing was typed: the field that had it is gone
      take(typed);
    };
    tools.querySelector(`[data-opens="${name}"]`)?.addEventListener("click", () => {
      box.hidden = !box.hidden;
      if (!box.hidden) first.focus();
    });
    for (const field of fields) {
      field.addEventListener("input", (event) => event.stopPropagation());
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing) {
          event.preventDefault();
          done();
        } else if (event.key === "Escape") {
          box.hidden = true;
          editor.commands.focus();
        }
      });
    }
    box.querySelector("button")?.addEventListener("click", done);
  }

  /** The address of a link is typed beside the toolbar: empty takes the link off. */
  #links(tools: HTMLElement, editor: Editor): void {
    const box = tools.querySelector<HTMLElement>("[data-link]");
    const address = box?.querySelector("input");
    const open = tools.querySelector<HTMLButtonElement>("[data-link-open]");
    if (!box || !address || !open) return;
    const set = (): void => {
      setLink(editor, address.value.trim());
      box.hidden = true;
    };
    open.addEventListener("click", () => {
      address.value = String(editor.getAttributes("link")["href"] ?? "");
      box.hidden = !box.hidden;
      if (!box.hidden) address.focus();
    });
    address.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        set();
      } else if (event.key === "Escape") {
        box.hidden = true;
        editor.commands.focus();
      }
    });
    address.addEventListener("input", (event) => event.stopPropagation());
    box.querySelector("button")?.addEventListener("click", set);
  }
}
customElements.define("lt-editor", ArticleEditor);
