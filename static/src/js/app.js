// Everything here only makes a page that works without it more comfortable. The words stand in the templates, not here.
import "htmx.org";
import "./confirm.js";
import "./counter.js";
import "./drafting/blocks.js";
import "./drafting/pages.js";
import "./filing/offer.js";
import "./focus.js";
import "./once.js";
import "./problem.js";
import "./take.js";
import "./toast.js";
import "./token.js";
import "./unsaved.js";
import "./upload.js";
