// Everything the desk adds to pages that already work without it.
import "./requests.ts";
import "./autosave.ts";
import "./copy.ts";
import "./dialogs.ts";
import "./dropzone.ts";
import "./go.ts";
import "./here.ts";
import "./linked-panes.ts";
import "./lively.ts";
import "./menus.ts";
import "./relative-time.ts";
import "./table.ts";
import "./toast.ts";
import "./unsaved.ts";
