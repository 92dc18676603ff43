// The editor of an article's text: stands over the form's own field, which works without it and is what is sent.
import { Editor, mergeAttributes } from "@tiptap/core";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { EmbedFigure, FootNote, PictureFigure } from "./article-nodes.ts";
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
      else editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run();
    },
    is: (editor) => editor.isActive("table"),
  },
  row: { do: (editor) => editor.chain().focus().addRowAfter().run() },
  column: { do: (editor) => editor.chain().focus().addColumnAfter().run() },
  undo: { do: (editor) => editor.chain().focus().undo().run() },
  redo: { do: (editor) => editor.chain().focus().redo().run() },
};

/**
 * <lt-editor data-field="text" data-label="…"> holds a <template data-text> with the text as HTML, and a hidden toolbar whose
 * buttons have data-do. The field is written only once something was changed here: a text that was only looked at stays as
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
        field.value = editor.isEmpty ? "" : editor.getHTML();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onTransaction: ({ editor }) => this.#mark(tools, editor),
    });
    this.#editor = editor;
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
        editor.chain().focus().insertContent({ type: "pictureFigure", attrs: { src, alt }, content }).run();
      }),
    );
    this.#box(tools, editor, "note", ([text]) => {
      if (text) editor.chain().focus().insertContent({ type: "footNote", content: [{ type: "text", text }] }).run();
    });
    this.#box(tools, editor, "embed", ([address, title]) => {
      if (!address) return;
      const content = title ? [{ type: "text", text: title }] : [];
      editor.chain().focus().insertContent({ type: "embedFigure", attrs: { address }, content }).run();
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
      take(typed);
    };
    tools.querySelector(`[data-opens="${name}"]`)?.addEventListener("click", () => {
      box.hidden = !box.hidden;
      if (!box.hidden) first.focus();
    });
    for (const field of fields) {
      field.addEventListener("input", (event) => event.stopPropagation());
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
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
      const href = address.value.trim();
      const chain = editor.chain().focus().extendMarkRange("link");
      if (href) chain.setLink({ href }).run();
      else chain.unsetLink().run();
      box.hidden = true;
    };
    open.addEventListener("click", () => {
      address.value = String(editor.getAttributes("link")["href"] ?? "");
      box.hidden = !box.hidden;
      if (!box.hidden) address.focus();
    });
    address.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
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
