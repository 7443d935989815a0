import '@fontsource-variable/inter/index.css';
import '@tabler/core/dist/css/tabler.min.css';
import './css/tokens.css';
import './css/base.css';
import './css/shell.css';
import './css/parts.css';
import './css/tables.css';
import './css/forms.css';
import './css/grid.css';
import './css/door.css';
import './css/trace.css';
import './css/plan.css';
import './css/task.css';
import './css/workshop.css';
import htmx from 'htmx.org';
import { conditions } from './js/conditions.js';
import { copying } from './js/copying.js';
import { dates } from './js/dates.js';
import { filling } from './js/filling.js';
import { grid } from './js/grid.js';
import { help } from './js/help.js';
import { keys } from './js/keys.js';
import { pasting } from './js/pasting.js';
import { reasons } from './js/reasons.js';
import { rows } from './js/rows.js';
import { selection } from './js/selection.js';
import { tabs } from './js/tabs.js';
import { totals } from './js/totals.js';

// Pages work without any of this; everything is checked again on the server.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[2345]..', swap: true },
];
for (const start of [conditions, copying, dates, filling, grid, help, keys, pasting, reasons, rows, selection, tabs, totals]) start(document);
document.querySelector('#problems')?.focus();
document.body.dataset.ready = '1';
