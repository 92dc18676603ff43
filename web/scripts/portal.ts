// The portal needs no script; this makes a few things kinder.
import "./ask-machine.ts";
import "./embeds.ts";
import "./menus.ts";
import "./relative-time.ts";
import "./suggest.ts";
import "./toast.ts";
