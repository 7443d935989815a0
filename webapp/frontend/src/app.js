import '@fontsource-variable/inter/index.css';
import '@tabler/core/dist/css/tabler.min.css';
import './app.css';
import htmx from 'htmx.org';

window.htmx = htmx;
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
