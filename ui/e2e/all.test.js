// Every flow in one process: they share one demo and one browser, one after the other.
import "./pages.js";
import "./keyboard.js";
import "./live.js";
import "./portal.js";
import "./chain.js";
import "./entry.js";
import "./compose.js";
import "./hostile.js";
import "./choose.js";
import "./upward.js";
