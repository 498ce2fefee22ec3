// Everything here only makes a page that works without it more comfortable. The words stand in the templates, not here.
import "htmx.org";
import "./busy.js";
import "./confirm.js";
import "./counter.js";
import "./drafting/blocks.js";
import "./drafting/pages.js";
import "./filing/offer.js";
import "./plan_preview/blocks.js";
import "./plan_preview/duties.js";
import "./focus.js";
import "./send_once.js";
import "./no_answer.js";
import "./take_over.js";
import "./toast.js";
import "./token.js";
import "./leave_warning.js";
import "./upload.js";
